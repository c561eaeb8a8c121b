"""Delete: the code again, then nothing is left, and nobody else is touched."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from made.common import RunCommand, child_environment
from made.patients import files_of, make_patient

from posture_trainer.errors import UserError
from posture_trainer.exchange.archive.take_in import import_archive
from posture_trainer.exchange.archive.write import export_patient
from posture_trainer.records.delete import delete_patient
from posture_trainer.records.staging import staging, sweep
from posture_trainer.report import write
from posture_trainer.report.page import Page
from posture_trainer.report.sections.trust import trust

posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX permissions and links")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Three patients whose codes begin alike."""
    for code in ("anna", "anna-1", "ann"):
        make_patient(tmp_path / "data", code)
    return tmp_path / "data"


def test_nothing_is_left_and_nobody_else_is_touched(data: Path, call_command: RunCommand) -> None:
    others = {name: content for name, content in files_of(data).items() if not name.startswith("patients/anna/")}
    done = call_command("delete", "--patient", "anna", "--yes", "anna", "--data-dir", data)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Deleted" in done.stdout
    assert files_of(data) == others
    assert sorted(each.name for each in (data / "patients").iterdir()) == ["ann", "anna-1"]


@pytest.mark.parametrize("again", ["ann", "ANNA", "anna-1", ""])
def test_another_code_deletes_nothing(data: Path, call_command: RunCommand, again: str) -> None:
    before = files_of(data)
    done = call_command("delete", "--patient", "anna", "--yes", again, "--data-dir", data)
    assert done.returncode == 2
    assert "Nothing was deleted" in done.stderr
    assert files_of(data) == before


def test_without_an_answer_nothing_is_deleted(data: Path, call_command: RunCommand) -> None:
    before = files_of(data)
    done = call_command("delete", "--patient", "anna", "--data-dir", data)
    assert done.returncode == 2
    assert "--yes anna" in done.stderr
    assert files_of(data) == before


@pytest.mark.parametrize(("typed", "gone"), [("anna\n", True), ("y\n", False), ("\n", False)])
def test_the_code_is_asked_for(data: Path, typed: str, gone: bool) -> None:
    call = [sys.executable, "-m", "posture_trainer", "delete", "--patient", "anna", "--data-dir", str(data)]
    done = subprocess.run(
        call, input=typed, env=child_environment(), capture_output=True, text=True, timeout=60, check=False
    )
    assert "2 sessions and 1 baseline of anna" in done.stdout
    assert done.returncode == (0 if gone else 2)
    assert (data / "patients" / "anna").exists() is not gone


def test_who_is_not_there_can_not_be_deleted(data: Path, call_command: RunCommand) -> None:
    before = files_of(data)
    done = call_command("delete", "--patient", "ben", "--yes", "ben", "--data-dir", data)
    assert done.returncode == 1
    assert "no records of ben" in done.stderr
    assert "ann, anna, anna-1" in done.stderr
    assert call_command("delete", "--patient", "..", "--yes", "..", "--data-dir", data).returncode == 2
    assert files_of(data) == before


@posix
def test_what_links_lead_to_stays(data: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "file").write_text("kept", encoding="utf-8")
    (data / "patients" / "anna" / "link").symlink_to(tmp_path / "outside", target_is_directory=True)
    (data / "patients" / "linked").symlink_to(tmp_path / "outside", target_is_directory=True)
    delete_patient(data, "anna")
    with pytest.raises(UserError, match="no records of linked"):
        delete_patient(data, "linked")
    assert (tmp_path / "outside" / "file").read_text(encoding="utf-8") == "kept"


def killed_import(data: Path, archive: Path) -> Path:
    """An import that was killed when all was unpacked; gives what it left."""
    program = (
        "import os, sys\nfrom posture_trainer.exchange.archive import take_in\n"
        "take_in.place = lambda *_: os._exit(9)\n"
        "from pathlib import Path\ntake_in.import_archive(Path(sys.argv[1]), Path(sys.argv[2]))"
    )
    call = [sys.executable, "-c", program, str(data), str(archive)]
    assert subprocess.run(call, env=child_environment(), timeout=60, check=False).returncode == 9
    (left,) = data.glob(".importing-*")
    assert files_of(left)
    return left


def test_nothing_of_a_killed_import_outlives_the_patient(data: Path, tmp_path: Path) -> None:
    export_patient(data, "anna", tmp_path / "anna.zip")
    left = killed_import(data, tmp_path / "anna.zip")
    delete_patient(data, "ann")
    assert not left.exists(), "whoever's it is: it is of no use"
    killed_import(data, tmp_path / "anna.zip")
    (data / ".importing-of-before" / "sessions").mkdir(parents=True)  # as a version before left it
    (data / ".importing-of-before" / "sessions" / "x.csv").write_text("1", encoding="utf-8")
    delete_patient(data, "anna")
    assert sorted(each.name for each in data.iterdir()) == ["audit", "locks", "patients"]
    assert not any(name.startswith("patients/anna/") for name in files_of(data))


def test_an_import_sweeps_what_another_left_and_spares_one_at_work(data: Path, tmp_path: Path) -> None:
    export_patient(data, "anna", tmp_path / "anna.zip")
    left = killed_import(data, tmp_path / "anna.zip")
    with staging(data, "ben") as at_work:
        (at_work / "patient.toml").write_text("", encoding="utf-8")
        import_archive(data, tmp_path / "anna.zip")
        assert not left.exists()
        assert at_work.exists()
        delete_patient(data, "ann")
        assert at_work.exists()
        assert sweep(data, "ben") == []
        assert not at_work.exists(), "of a patient who is deleted nothing may stay"
    assert not list(data.glob(".importing-*"))


def test_a_report_that_comes_after_the_deletion_makes_no_folder(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    patient = data / "patients" / "anna"

    def deleted_meanwhile(page: Page) -> object:
        delete_patient(data, "anna")
        return trust(page)

    monkeypatch.setattr(write, "trust", deleted_meanwhile)
    with pytest.raises(UserError, match="can't make the folder"):
        write.patient_report(patient, patient / "report")
    assert not patient.exists()


def test_what_can_not_be_deleted_is_told(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("posture_trainer.records.delete.shutil.rmtree", lambda *_arguments, **_more: None)
    with pytest.raises(UserError, match="Not all of"):
        delete_patient(data, "anna")
