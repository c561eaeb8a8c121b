"""The audit lines of a data folder: who changed what of whom, and when. No health data: codes and bare words.

Each computer appends to a file of its own (`audit/COMPUTER.tsv` in the data folder), so that two on a shared folder
never write into one another's lines. A line is written before the thing is done: nothing is done without one.
"""

import getpass
import os
import platform
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from posture_trainer.errors import UserError
from posture_trainer.private_files import make_private_folder

FOLDER = "audit"
EVERYBODY = "(all)"
_PATIENTS = "patients"


def note_of(patient: Path, what: str) -> None:
    """One line on something of the patient in that folder; none where it is no folder of a record. Raises UserError."""
    if patient.parent.name == _PATIENTS:
        note(patient.parent.parent, patient.name, what)


def note(data: Path, code: str, what: str) -> None:
    """One line: UTC time, the system's user, the patient's code, what. what: words of the program, never of a person.

    Raises UserError when it can't be written: then the thing must not be done.
    """
    place = data / FOLDER / f"{_computer()}.tsv"
    line = "\t".join((datetime.now(UTC).isoformat(timespec="seconds"), _user(), code, what)) + "\n"
    make_private_folder(place.parent)
    try:
        descriptor = os.open(place, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, line.encode())
        finally:
            os.close(descriptor)
    except OSError as error:
        raise UserError(f"Nothing was done, for no line can be added to {place} ({error.strerror}).") from error


def _computer() -> str:
    return re.sub(r"[^A-Za-z0-9-]", "-", platform.node())[:60] or "computer"


def _user() -> str:
    """The name of the system's account; not what the environment says, where the system itself can be asked."""
    if sys.platform != "win32":
        import pwd

        try:
            return pwd.getpwuid(os.getuid()).pw_name
        except KeyError:
            return str(os.getuid())
    return re.sub(r"\s", " ", getpass.getuser())
