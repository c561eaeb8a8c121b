"""Export and import of a patient: a round trip, and everything that an archive from elsewhere could try."""

import hashlib
import json
import os
import stat
import struct
import subprocess
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from made.common import RunCommand
from made.patients import change_header, files_of, make_patient

from posture_trainer.errors import UserError
from posture_trainer.exchange.archive.face_shape import without_face_shape
from posture_trainer.exchange.archive.names import Limits, split_member, unfit
from posture_trainer.exchange.archive.take_in import ImportResult, import_archive
from posture_trainer.exchange.archive.write import export_patient
from posture_trainer.pose.neutral.baseline import Baseline
from posture_trainer.records.baseline_files import load_baseline
from posture_trainer.records.session_reader import read_session
from posture_trainer.report.write import patient_report

posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX permissions and links")


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    """An archive of a patient with two sessions, without the shape of the face."""
    make_patient(tmp_path / "home", "anna-1")
    export_patient(tmp_path / "home", "anna-1", tmp_path / "anna.zip")
    return tmp_path / "anna.zip"


def rewritten(
    archive: Path,
    changed: dict[str, bytes | None] | None = None,
    added: dict[zipfile.ZipInfo | str, bytes] | None = None,
    mend_sums: bool = True,
) -> Path:
    """The archive with members changed (None: removed) and added; with a right list of checksums, as a forger would."""
    out = archive.with_name("changed.zip")
    with zipfile.ZipFile(archive) as source:
        members: list[tuple[zipfile.ZipInfo | str, bytes]] = [(name, source.read(name)) for name in source.namelist()]
    members = [
        (name, (changed or {}).get(str(name), content) or b"")
        for name, content in members
        if (changed or {}).get(str(name), content) is not None
    ]
    members += list((added or {}).items())
    if mend_sums:
        sums = {_name(member): hashlib.sha256(content).hexdigest() for member, content in members}
        sums.pop("SHA256SUMS", None)
        lines = "".join(f"{digest}  {name}\n" for name, digest in sums.items())
        members = [
            (member, lines.encode() if _name(member) == "SHA256SUMS" else content) for member, content in members
        ]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for member, content in members:
            target.writestr(member, content)
    return out


def _name(member: zipfile.ZipInfo | str) -> str:
    return member if isinstance(member, str) else member.filename


def refused(tmp_path: Path, archive: Path, match: str, limits: Limits | None = None) -> None:
    """The import must say why, and leave no trace."""
    data = tmp_path / "clinic"
    before = files_of(tmp_path)
    with pytest.raises(UserError, match=match) as caught:
        import_archive(data, archive, limits=limits)
    assert str(archive) in str(caught.value)
    assert files_of(tmp_path) == before
    assert not data.exists() or not any(data.iterdir())


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


# --- archives that are not taken --------------------------------------------------------------------------------

EVIL = [
    "../evil.json", "patients/anna-1/../../evil.json", "/etc/evil.json", "C:/evil.json", "C:evil.json",
    "patients\\anna-1\\evil.json", "patients/anna-1/..\\evil.json", "//host/share/evil.json", "~/evil.json",
    "patients/../evil.json", "patients/anna-1//evil.json", "patients/anna-1/./evil.json", "patients/anna-1/a.json:b",
    "patients/anna-1/con.json", "patients/anna-1/evil.py", "patients/anna-1/.hidden.json", "patients/anna-1/evil.json ",
    "patients/anna-1/evil.json.", "patients/anna-1/a/b/c/d/e/f/g.json", "patients/ben-2/a.json", "evil.json",
    "patients/anna-1/sessions/\x1b[2J.json", "patients/anna-1/é.json", "PATIENTS/anna-1/evil.json",
    "patients/con/a.json",
]  # fmt: skip


@pytest.mark.parametrize("name", EVIL)
def test_an_evil_name_is_refused(tmp_path: Path, exported: Path, name: str) -> None:
    refused(tmp_path, rewritten(exported, added={name: b"{}"}), "not taken")


@given(
    name=st.one_of(
        st.text(min_size=1, max_size=60), st.from_regex(r"patients/anna-1/[./\\:a-zA-Z0-9 -]{1,40}", fullmatch=True)
    )
)
@example(name="patients/anna-1/sessions/x/summary.json")
def test_no_name_leads_out_of_the_patients_folder(name: str) -> None:
    split = split_member(name)
    if split is None:
        return
    with tempfile.TemporaryDirectory() as place:
        folder = (Path(place) / split[0]).resolve()
        target = Path(os.path.normpath(folder / split[1]))
        assert target.is_relative_to(folder)
        assert target != folder
        assert target.relative_to(folder).as_posix() == split[1]
    assert not set(split[1]) & set('\\:*?"<>|\0')


@given(name=st.text(alphabet="ab./\\:C~ \n", min_size=1, max_size=20))
def test_a_forged_archive_changes_nothing_outside(name: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        top = Path(place)
        content = {"export.json": b'{"schema_version": 1, "patient": "a"}', name: b"{}"}
        sums = "".join(f"{hashlib.sha256(each).hexdigest()}  {key}\n" for key, each in content.items())
        with zipfile.ZipFile(top / "a.zip", "w") as archive:
            for key, each in {**content, "SHA256SUMS": sums.encode()}.items():
                archive.writestr(key, each)
        with pytest.raises(UserError):
            import_archive(top / "data", top / "a.zip")
        assert [each.name for each in top.iterdir() if each.name != "data"] == ["a.zip"]


def test_a_symbolic_link_is_refused(tmp_path: Path, exported: Path) -> None:
    link = zipfile.ZipInfo("patients/anna-1/sessions/link.json")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    refused(tmp_path, rewritten(exported, added={link: b"/etc/passwd"}), "not a plain file")


def test_a_name_that_is_there_twice_is_refused(tmp_path: Path, exported: Path) -> None:
    for twin in ("patients/anna-1/twin.json", "patients/anna-1/TWIN.json"):
        first = zipfile.ZipInfo("patients/anna-1/twin.json")
        with pytest.warns(UserWarning, match="Duplicate") if twin in first.filename else _quietly():
            changed = rewritten(exported, added={first: b"{}", twin: b"{ }"})
        refused(tmp_path, changed, "twice")


class _quietly:
    def __enter__(self) -> None: ...

    def __exit__(self, *_error: object) -> None: ...


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, exported: Path) -> None:
    bomb = rewritten(exported, added={"patients/anna-1/bomb.csv": bytes(30_000_000)})
    assert bomb.stat().st_size < 1_000_000
    refused(tmp_path, bomb, "grows more than any record")
    refused(tmp_path, rewritten(exported, added={"patients/anna-1/big.json": b" " * 6_000_000}), "too large")
    refused(tmp_path, exported, "would grow", Limits(total_bytes=1000))
    refused(tmp_path, exported, "files, more than", Limits(files=3))
    huge = {"export.json": b'{"patient": "anna-1", "schema_version": 1, "more": [' + b"[]," * 200_000 + b"1]}"}
    refused(tmp_path, rewritten(exported, dict(huge)), "not an export")


def test_the_members_are_counted_before_they_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = struct.pack("<4s4B4HL2L5H2L", b"PK\1\2", 20, 3, 20, 0, 0, 0, 0, 33, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    listed = tmp_path / "listed.zip"
    monkeypatch.setattr(zipfile, "ZipFile", lambda _path: pytest.fail("the members were read"))
    for said, comment in ((3, b""), (0xFFFF, b"c" * 65_535)):
        end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, said, said, len(entry) * 50_000, 0, len(comment))
        listed.write_bytes(entry * 50_000 + end + comment)
        refused(tmp_path, listed, "more than 40,000 files")
    long = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 3, 3, 1 << 40, 0)
    listed.write_bytes(long + struct.pack("<4sLQL", b"PK\6\7", 0, 0, 1) + end + comment)
    refused(tmp_path, listed, "more than 40,000 files")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name here")
def test_a_pipe_is_no_archive_and_no_baseline(run_command: RunCommand, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "no archive" in run_command("import", tmp_path / "pipe", "--data-dir", tmp_path / "data").stderr
    with pytest.raises(UserError, match="a pipe, and no file"):
        load_baseline(tmp_path / "pipe")


def test_what_can_not_lie_side_by_side_on_every_disk_is_refused(tmp_path: Path, exported: Path) -> None:
    sessions = "patients/anna-1/sessions"
    for names, words in (
        ((f"{sessions}/a/x.json", f"{sessions}/A/y.json"), "twice"),
        ((f"{sessions}/a.json", f"{sessions}/a.json/b.json"), "a file and a folder"),
        (tuple(f"patients/anna-1/plan-{number}.toml" for number in range(201)), "200 plans"),
    ):
        refused(tmp_path, rewritten(exported, added=dict.fromkeys(names, b"{}")), words)


def test_a_bomb_of_many_small_files_is_refused_too(tmp_path: Path, exported: Path) -> None:
    zeros = b"0" * 900_000
    many: dict[zipfile.ZipInfo | str, bytes] = {
        f"patients/anna-1/sessions/bomb-{number}/samples.csv": zeros for number in range(40)
    }
    refused(tmp_path, rewritten(exported, added=many), "grow")


def test_a_size_that_is_a_lie_is_found_out(tmp_path: Path, exported: Path) -> None:
    bomb = rewritten(exported, added={"patients/anna-1/bomb.csv": bytes(3_000_000)})
    content = bytearray(bomb.read_bytes())
    real, said = (3_000_000).to_bytes(4, "little"), (300).to_bytes(4, "little")
    assert content.count(real) == 2  # in the local header and in the directory
    bomb.write_bytes(bytes(content).replace(real, said))
    refused(tmp_path, bomb, "not taken")


def test_a_truncated_archive_is_refused(tmp_path: Path, exported: Path) -> None:
    content = exported.read_bytes()
    for length in (0, 10, len(content) // 2, len(content) - 1):
        exported.write_bytes(content[:length])
        refused(tmp_path, exported, "not taken")
    exported.write_bytes(b"This is no archive at all.")
    refused(tmp_path, exported, "not a whole zip archive")


@pytest.fixture(scope="module")
def small_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of very little, with the shape of the face."""
    top = tmp_path_factory.mktemp("small")
    make_patient(top / "home", "anna-1", sessions=1, rows=5)
    export_patient(top / "home", "anna-1", top / "a.zip", face_shape=True)
    return top / "a.zip"


@given(place=st.integers(0, 10_000), byte=st.integers(0, 255))
def test_a_damaged_byte_is_found_or_changes_nothing(small_archive: Path, place: int, byte: int) -> None:
    content = bytearray(small_archive.read_bytes())
    content[place % len(content)] = byte
    with tempfile.TemporaryDirectory() as top:
        data, damaged = Path(top) / "clinic", Path(top) / "a.zip"
        damaged.write_bytes(content)
        try:
            import_archive(data, damaged)
        except UserError:
            assert not (data / "patients").exists()
        else:
            assert files_of(data) == files_of(small_archive.parent / "home")


def test_a_wrong_checksum_is_refused(tmp_path: Path, exported: Path) -> None:
    name = "patients/anna-1/sessions/2026-01-30T08-15-00.000Z/samples.csv"
    with zipfile.ZipFile(exported) as archive:
        content = archive.read(name).replace(b"neutral", b"out", 1)
    refused(tmp_path, rewritten(exported, changed={name: content}, mend_sums=False), "checksum differs")


def test_files_and_checksums_must_be_the_same_list(tmp_path: Path, exported: Path) -> None:
    extra = rewritten(exported, added={"patients/anna-1/extra.json": b"{}"}, mend_sums=False)
    refused(tmp_path, extra, "do not agree")
    fewer = rewritten(exported, changed={"README.txt": None}, mend_sums=False)
    refused(tmp_path, fewer, "do not agree")
    refused(tmp_path, rewritten(exported, changed={"SHA256SUMS": b"x\n"}, mend_sums=False), "damaged")
    refused(tmp_path, rewritten(exported, changed={"SHA256SUMS": None}, mend_sums=False), "SHA256SUMS can't be read")


@pytest.mark.parametrize(
    "about",
    [None, b"", b"[]", b'{"schema_version": 1}', b'{"schema_version": 2, "patient": "anna-1"}',
     b'{"schema_version": 1, "patient": "../x"}', b"[" * 100_000],
)  # fmt: skip
def test_an_archive_must_say_whose_it_is(tmp_path: Path, exported: Path, about: bytes | None) -> None:
    refused(tmp_path, rewritten(exported, changed={"export.json": about}), "export.json")


def test_an_archive_of_another_code_inside_is_refused(tmp_path: Path, exported: Path) -> None:
    changed = rewritten(exported, changed={"export.json": b'{"schema_version": 1, "patient": "ben-2"}'})
    refused(tmp_path, changed, "it is of ben-2, but holds files of 'anna-1'")


def test_all_that_goes_out_can_come_in() -> None:
    for path in (
        "baselines/2026-01-31T08-15-00.123Z.json",
        "patient.toml",
        "sessions/2026-01-31T08-15-00.123Z/samples.csv",
    ):
        assert unfit(path) == ""
        assert split_member(f"patients/-a_1/{path}") == ("-a_1", path)


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
