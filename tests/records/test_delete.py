"""Delete: the code again, then nothing is left, and nobody else is touched."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from made.common import RunCommand, child_environment
from made.patients import files_of, make_patient

from posture_trainer.errors import UserError
from posture_trainer.records.delete import delete_patient

posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX permissions and links")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Three patients whose codes begin alike."""
    for code in ("anna", "anna-1", "ann"):
        make_patient(tmp_path / "data", code)
    return tmp_path / "data"


def test_nothing_is_left_and_nobody_else_is_touched(data: Path, run_command: RunCommand) -> None:
    others = {name: content for name, content in files_of(data).items() if not name.startswith("patients/anna/")}
    done = run_command("delete", "--patient", "anna", "--yes", "anna", "--data-dir", data)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Deleted" in done.stdout
    assert files_of(data) == others
    assert sorted(each.name for each in (data / "patients").iterdir()) == ["ann", "anna-1"]


@pytest.mark.parametrize("again", ["ann", "ANNA", "anna-1", ""])
def test_another_code_deletes_nothing(data: Path, run_command: RunCommand, again: str) -> None:
    before = files_of(data)
    done = run_command("delete", "--patient", "anna", "--yes", again, "--data-dir", data)
    assert done.returncode == 2
    assert "Nothing was deleted" in done.stderr
    assert files_of(data) == before


def test_without_an_answer_nothing_is_deleted(data: Path, run_command: RunCommand) -> None:
    before = files_of(data)
    done = run_command("delete", "--patient", "anna", "--data-dir", data)
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


def test_who_is_not_there_can_not_be_deleted(data: Path, run_command: RunCommand) -> None:
    before = files_of(data)
    done = run_command("delete", "--patient", "ben", "--yes", "ben", "--data-dir", data)
    assert done.returncode == 1
    assert "no records of ben" in done.stderr
    assert "ann, anna, anna-1" in done.stderr
    assert run_command("delete", "--patient", "..", "--yes", "..", "--data-dir", data).returncode == 2
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


def test_what_can_not_be_deleted_is_told(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("posture_trainer.records.delete.shutil.rmtree", lambda *_arguments, **_more: None)
    with pytest.raises(UserError, match="Not all of"):
        delete_patient(data, "anna")
