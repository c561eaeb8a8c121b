"""Export and import of a patient: a round trip, what it leaves out, what it never overwrites, and the commands."""

import hashlib
import json
import os
import stat
import subprocess
import zipfile
from pathlib import Path

import pytest
from made.archives import made_archive, rewritten
from made.common import RunCommand
from made.patients import change_header, files_of, make_patient

from posture_trainer.errors import UserError
from posture_trainer.exchange.archive.face_shape import without_face_shape
from posture_trainer.exchange.archive.take_in import ImportResult, import_archive
from posture_trainer.exchange.archive.write import export_patient
from posture_trainer.pose.neutral.baseline import Baseline
from posture_trainer.records.baseline_files import load_baseline
from posture_trainer.records.session_reader import read_session
from posture_trainer.report.write import patient_report

posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX permissions and links")


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    return made_archive(tmp_path)


# --- round trips ------------------------------------------------------------------------------------------------


def test_what_is_exported_comes_back_the_same_but_for_the_shape(tmp_path: Path, exported: Path) -> None:
    result = import_archive(tmp_path / "clinic", exported)
    before, after = files_of(tmp_path / "home"), files_of(tmp_path / "clinic")
    assert set(before) == set(after)
    for name, content in before.items():
        if "baselines" in name:
            known = json.loads(content)
            assert len(known.pop("landmarks")) == 478
            assert known.pop("face_model")
            assert json.loads(after[name]) == known
        else:
            assert after[name] == content
    placed = result.placed
    assert (result.code, placed.sessions, placed.baselines, placed.files) == ("anna-1", 2, 1, 9)
    assert (placed.same, placed.kept, placed.foreign, placed.without_shape) == (0, (), (), 1)
    assert all(read_session(place).trouble == "" for place in (result.folder / "sessions").iterdir())


def test_with_the_shape_all_files_are_identical(tmp_path: Path) -> None:
    make_patient(tmp_path / "home", "anna-1")
    export_patient(tmp_path / "home", "anna-1", tmp_path / "anna.zip", face_shape=True)
    result = import_archive(tmp_path / "clinic", tmp_path / "anna.zip")
    assert files_of(tmp_path / "clinic") == files_of(tmp_path / "home")
    assert result.placed.without_shape == 0
    (baseline,) = (result.folder / "baselines").iterdir()
    assert len(load_baseline(baseline).landmarks or []) == 478


def test_a_baseline_without_shape_is_for_review_only_and_says_so(tmp_path: Path, exported: Path) -> None:
    result = import_archive(tmp_path / "clinic", exported)
    (path,) = (result.folder / "baselines").iterdir()
    baseline = Baseline.model_validate_json(path.read_bytes())
    assert len(baseline.rotation) == 3
    assert baseline.landmarks is None
    assert baseline.face_model is None
    with pytest.raises(UserError, match=r"without the shape of the face.*have it set again"):
        load_baseline(path)


def test_the_archive_explains_and_checks_itself(tmp_path: Path, exported: Path) -> None:
    with zipfile.ZipFile(exported) as archive:
        archive.extractall(tmp_path / "unpacked")
        assert archive.testzip() is None
    held = files_of(tmp_path / "unpacked")
    text = held["README.txt"].decode()
    assert "anna-1" in text
    assert "shape of the face was left out" in text
    assert "not a medical device" in text
    assert held["formats.md"].decode().startswith("# The files")
    about = json.loads(held["export.json"])
    assert (about["patient"], about["face_shape"], about["left_out"]) == ("anna-1", False, [])
    lines = [line.split("  ") for line in held.pop("SHA256SUMS").decode().splitlines()]
    sums = {name: digest for digest, name in lines}
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in held.items()}
    for content in held.values():
        assert b'landmarks":' not in content


@posix
def test_sha256sum_agrees(tmp_path: Path, exported: Path) -> None:
    with zipfile.ZipFile(exported) as archive:
        archive.extractall(tmp_path / "unpacked")
    done = subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=tmp_path / "unpacked", check=False)
    assert done.returncode == 0


@posix
def test_archive_and_imported_files_are_for_their_owner_alone(tmp_path: Path, exported: Path) -> None:
    import_archive(tmp_path / "clinic", exported)
    assert stat.S_IMODE(exported.stat().st_mode) == 0o600
    for place in (tmp_path / "clinic").rglob("*"):
        assert stat.S_IMODE(place.stat().st_mode) == (0o700 if place.is_dir() else 0o600)


# --- what is left out -------------------------------------------------------------------------------------------


def test_a_shape_under_any_key_and_at_any_depth_is_left_out() -> None:
    content = {"a": [{"landmarks": [1], "face_model_v2": 2, "keep": "ä"}], "face_model": 3, "face_width_px": 4}
    for path in ("baselines/x.json", "sessions/s/session.json", "plan.json"):
        left = without_face_shape(path, json.dumps(content).encode())
        assert left is not None
        assert json.loads(left) == {"a": [{"keep": "ä"}], "face_width_px": 4}
    lines = b'{"t_s": 1, "event": "cue"}\n{"t_s": 2, "event": "baseline", "landmarks": [1]}\n{"half'
    assert without_face_shape("sessions/s/events.jsonl", lines) is None
    assert without_face_shape("sessions/s/events.jsonl", lines[:27]) == lines[:27]


def test_what_can_not_be_given_away_is_told(tmp_path: Path) -> None:
    folder = make_patient(tmp_path / "home", "anna-1")
    (baseline,) = (folder / "baselines").iterdir()
    torn = baseline.with_name("2026-02-01T00-00-00.000Z.json")
    torn.write_bytes(baseline.read_bytes()[:-5])
    baseline.with_name("x.json.part").write_bytes(baseline.read_bytes())
    (folder / "report.html").write_text("<html>", encoding="utf-8")
    (folder / "sessions" / "link").symlink_to(tmp_path, target_is_directory=True)
    (folder / "half.jsonl").write_text('{"t_s": 1', encoding="utf-8")
    result = export_patient(tmp_path / "home", "anna-1", tmp_path / "anna.zip")
    assert [words.partition(":")[0] for words in result.left_out] == [
        "baselines/x.json.part", "report.html", "sessions/link", f"baselines/{torn.name}"
    ]  # fmt: skip
    assert (result.sessions, result.baselines, result.files) == (2, 1, 10)
    taken = import_archive(tmp_path / "clinic", tmp_path / "anna.zip")
    assert (taken.folder / "half.jsonl").read_text(encoding="utf-8") == '{"t_s": 1'


# --- nothing is overwritten -------------------------------------------------------------------------------------


def test_importing_again_changes_nothing(tmp_path: Path, exported: Path) -> None:
    import_archive(tmp_path / "clinic", exported)
    before = files_of(tmp_path / "clinic")
    again = import_archive(tmp_path / "clinic", exported).placed
    assert files_of(tmp_path / "clinic") == before
    assert (again.files, again.same, again.kept) == (0, 9, ())


def test_settings_and_plans_beyond_a_limit_are_not_taken_but_the_sessions_are(tmp_path: Path) -> None:
    anna = make_patient(tmp_path / "home", "anna-1")
    (anna / "patient.toml").write_text("[reach]\nrotation_deg = 60\n", encoding="utf-8")
    (anna / "mine.toml").write_text('title = "x"\n[[block]]\nkind = "hold"\nhold_s = 120\n', encoding="utf-8")
    (anna / "fine.toml").write_text('title = "x"\n[[block]]\nkind = "hold"\n', encoding="utf-8")
    export_patient(tmp_path / "home", "anna-1", tmp_path / "anna.zip")
    taken = import_archive(tmp_path / "clinic", tmp_path / "anna.zip")
    assert taken.placed.sessions == 2
    assert {path.name for path in taken.folder.glob("*.toml")} == {"fine.toml"}
    assert taken.beyond_limits == (
        "mine.toml: block 1 (hold), hold_s is 120; allowed: at most 30.",
        "patient.toml: reach.rotation_deg is 60; allowed: at most 45.",
    )


def test_reports_and_kept_figures_stay_behind_and_are_not_taken(tmp_path: Path, exported: Path) -> None:
    """A forged file of kept figures would otherwise put its numbers into the therapist's report."""
    anna = tmp_path / "home" / "patients" / "anna-1"
    patient_report(anna, anna / "report")
    again = tmp_path / "again.zip"
    result = export_patient(tmp_path / "home", "anna-1", again)
    assert result.left_out == ()
    with zipfile.ZipFile(again) as archive, zipfile.ZipFile(exported) as before:
        assert set(archive.namelist()) == set(before.namelist())
    forged: dict[zipfile.ZipInfo | str, bytes] = {
        f"patients/anna-1/{name}": b"{}" for name in ("review-figures.json", "report/anna-1-figures.csv")
    }
    import_archive(tmp_path / "clinic", rewritten(exported, added=forged))
    assert not any("report" in name or "review" in name for name in files_of(tmp_path / "clinic"))


def test_a_baseline_with_its_shape_here_is_the_same_as_one_without(tmp_path: Path, exported: Path) -> None:
    before = files_of(tmp_path / "home")
    again = import_archive(tmp_path / "home", exported).placed
    assert files_of(tmp_path / "home") == before
    assert (again.files, again.same, again.kept) == (0, 9, ())


def test_a_session_that_differs_stays_whole_and_others_are_taken(tmp_path: Path, exported: Path) -> None:
    folder = make_patient(tmp_path / "clinic", "anna-1", sessions=1)
    (mine,) = (folder / "sessions").iterdir()
    (mine / "summary.json").unlink()
    change_header(mine, notes=["mine"])
    before = files_of(mine)
    placed = import_archive(tmp_path / "clinic", exported).placed
    assert files_of(mine) == before
    assert placed.kept == (f"sessions/{mine.name}",)
    assert placed.sessions == 1


def test_a_session_of_another_patient_is_pointed_out(tmp_path: Path) -> None:
    folder = make_patient(tmp_path / "home", "anna-1", sessions=1)
    (session,) = (folder / "sessions").iterdir()
    change_header(session, patient="ben-2")
    export_patient(tmp_path / "home", "anna-1", tmp_path / "anna.zip")
    assert import_archive(tmp_path / "clinic", tmp_path / "anna.zip").placed.foreign == (f"sessions/{session.name}",)


def test_an_export_never_overwrites(tmp_path: Path, exported: Path) -> None:
    before = exported.read_bytes()
    with pytest.raises(UserError, match="there already"):
        export_patient(tmp_path / "home", "anna-1", exported)
    assert exported.read_bytes() == before
    with pytest.raises(UserError, match="can't be written"):
        export_patient(tmp_path / "home", "anna-1", tmp_path / "nowhere" / "a.zip")


def test_links_in_the_place_of_records_are_not_followed(tmp_path: Path, exported: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    folder = tmp_path / "clinic" / "patients" / "anna-1" / "sessions"
    folder.mkdir(parents=True)
    (folder / "2026-01-30T08-15-00.000Z").symlink_to(outside, target_is_directory=True)
    import_archive(tmp_path / "clinic", exported)
    assert not any(outside.iterdir())


# --- the commands -----------------------------------------------------------------------------------------------


def test_the_commands_say_what_they_did(call_command: RunCommand, tmp_path: Path) -> None:
    make_patient(tmp_path / "home", "anna-1")
    done = call_command("export", "--patient", "anna-1", "--out", tmp_path / "a.zip", "--data-dir", tmp_path / "home")
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 sessions and 1 baseline of anna-1, without the shape of the face" in done.stdout
    done = call_command("import", tmp_path / "a.zip", "--data-dir", tmp_path / "clinic")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Took 2 sessions and 1 baseline (9 files) of anna-1" in done.stdout
    assert "posture-trainer calibrate --patient anna-1" in done.stdout
    done = call_command("review", "--data-dir", tmp_path / "clinic")
    assert "anna-1" in done.stdout
    done = call_command("import", tmp_path / "a.zip", "--data-dir", tmp_path / "clinic")
    assert "Here already, and the same: 9 files" in done.stdout


@pytest.mark.parametrize(
    ("call", "code", "words"),
    [
        (["export", "--out", "x.zip"], 2, "--patient"),
        (["export", "--patient", "a/b", "--out", "x.zip"], 2, "a/b"),
        (["export", "--patient", "nobody", "--out", "x.zip"], 1, "no records of nobody"),
        (["export", "--format", "xml", "--out", "x"], 2, "--format"),
        (["export", "--format", "csv", "--with-face-shape", "--out", "x"], 2, "--with-face-shape"),
        (["export", "--format", "csv", "--out", "x"], 1, "no sessions"),
        (["import", "nothing.zip"], 1, "nothing.zip"),
        (["import"], 2, "archive"),
    ],
)  # fmt: skip
def test_wrong_calls(call_command: RunCommand, tmp_path: Path, call: list[str], code: int, words: str) -> None:
    where: list[str | Path] = [] if call == ["import"] else ["--data-dir", tmp_path / "empty"]
    done = call_command(*call, *where)
    assert done.returncode == code
    assert words in done.stderr.replace("ARCHIVE", "archive")
    assert 1 <= len(done.stderr.splitlines()) <= 2


def test_result_type_is_plain() -> None:
    assert ImportResult.__dataclass_params__.frozen  # type: ignore[attr-defined]
