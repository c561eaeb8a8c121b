"""Two programs at one patient's record: one waits outside, and is told where the other one is."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import filelock
import pytest
from made.common import RunCommand, child_environment
from made.patients import make_patient

from posture_trainer.errors import UserError
from posture_trainer.plans.patient_file import load_patient_settings, save_patient_settings
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.records.clinic import lock
from posture_trainer.records.clinic.lock import LEASE_S, InUse, held
from posture_trainer.records.delete import delete_patient

HOLDER = """
import sys
from pathlib import Path
from posture_trainer.records.clinic.lock import held
with held(Path(sys.argv[1]), "anna-1"):
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(lock, "_SHORT_S", 0.05)
    make_patient(tmp_path / "data", "anna-1", sessions=1)
    return tmp_path / "data"


@pytest.fixture
def holder(data: Path) -> Iterator[subprocess.Popen[str]]:
    """Another program that holds the lock of anna-1."""
    other = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(data)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=child_environment(),
    )
    with other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        yield other
        other.kill()


@pytest.mark.usefixtures("holder")
def test_another_program_is_told_and_changes_nothing(data: Path, call_command: RunCommand) -> None:
    with pytest.raises(InUse, match="another window on this computer"):
        delete_patient(data, "anna-1")
    done = call_command(
        "calibrate", "--patient", "anna-1", "--source", "nothing.mp4", "--no-window", "--data-dir", data
    )
    assert done.returncode == 1
    assert "is in use in another window on this computer" in done.stderr
    assert (data / "patients/anna-1/sessions").is_dir()
    with held(data, "ben-2"), held(data, "guest"):
        pass  # others are free


def test_it_is_free_at_once_when_that_program_is_killed(data: Path, holder: subprocess.Popen[str]) -> None:
    os.kill(holder.pid, signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
    holder.wait()
    with held(data, "anna-1"):
        pass


def test_within_itself_it_may_be_asked_for_again(data: Path) -> None:
    with held(data, "anna-1"), held(data, "anna-1"):
        delete_patient(data, "anna-1")
    assert not (data / "patients/anna-1").exists()
    assert list((data / "locks").iterdir()) == []


def elsewhere(data: Path) -> Path:
    """A lock as a program on another computer has made it."""
    with held(data, "anna-1"):
        content = (data / "locks/anna-1.lock").read_text(encoding="utf-8")
    host = next(line for line in content.splitlines() if line.startswith("host="))
    (data / "locks/anna-1.lock").write_text(content.replace(host, "host=RECEPTION-2"), encoding="utf-8")
    return data / "locks/anna-1.lock"


def test_of_another_computer_its_name_is_told(data: Path) -> None:
    elsewhere(data)
    with pytest.raises(InUse, match="on the computer RECEPTION-2"), held(data, "anna-1"):
        pass


def test_a_computer_that_was_switched_off_is_waited_for_and_no_longer(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = elsewhere(data)
    long_ago = time.time() - 2 * LEASE_S
    os.utime(left, (long_ago, long_ago))
    waited = []

    def acquire(_lease: filelock.SoftFileLease, timeout: float) -> None:
        waited.append(timeout)
        raise filelock.Timeout(str(left))

    monkeypatch.setattr(filelock.SoftFileLease, "acquire", acquire)
    with pytest.raises(InUse), held(data, "anna-1"):
        pass
    assert waited == [LEASE_S + 5]


def test_each_change_leaves_one_line_without_a_figure(data: Path, call_command: RunCommand, tmp_path: Path) -> None:
    folder = data / "patients/anna-1"
    settings = PatientSettings(plan="meige", note="pain since May", pain_limit=60)
    save_patient_settings(folder, settings)
    sound = settings.sound.model_copy(update={"volume": 0.3})
    save_patient_settings(folder, load_patient_settings(folder).model_copy(update={"sound": sound}))
    for kind, out in (("zip", "a.zip"), ("csv", "tables")):
        call_command("export", "--patient", "anna-1", "--format", kind, "--out", tmp_path / out, "--data-dir", data)
    call_command("import", tmp_path / "a.zip", "--data-dir", data)
    delete_patient(data, "anna-1")
    (file,) = (data / "audit").iterdir()
    lines = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]
    assert [line[2:] for line in lines] == [
        ["anna-1", what] for what in ("baseline", "plan", "settings", "export zip", "export csv", "import", "delete")
    ]
    assert len({line[1] for line in lines}) == 1
    assert all(line[0].endswith("+00:00") for line in lines)
    assert "May" not in file.read_text(encoding="utf-8")
    assert "60" not in "".join(line[3] for line in lines)


def test_where_no_line_can_be_added_nothing_is_done(data: Path) -> None:
    (file,) = (data / "audit").iterdir()
    file.unlink()
    file.mkdir()  # holds for root too
    before = sorted((data / "patients/anna-1/baselines").iterdir())
    with pytest.raises(UserError, match="Nothing was done"):
        delete_patient(data, "anna-1")
    assert sorted((data / "patients/anna-1/baselines").iterdir()) == before
