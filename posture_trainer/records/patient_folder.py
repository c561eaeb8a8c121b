"""Where records live on this computer: one folder for each patient, readable by its owner alone."""

import os
import re
from datetime import datetime
from pathlib import Path

import platformdirs

from posture_trainer.errors import UserError, WrongCall

GUEST = "guest"
DEMO = "demo"
REPORT = "report"  # in a patient's folder: what `review` writes
REVIEW_FIGURES = "review-figures.json"  # in a patient's folder: figures kept for the next review
_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")


def data_folder(chosen: Path | None) -> Path:
    """The folder for all records: the one chosen, or POSTURE_TRAINER_HOME, or the platform's own place."""
    if chosen is not None:
        return chosen
    from_environment = os.environ.get("POSTURE_TRAINER_HOME")
    return Path(from_environment) if from_environment else Path(platformdirs.user_data_dir("posture_trainer", False))


def checked_code(code: str) -> str:
    """The patient's code, if it is one: letters, digits, - and _, up to 64. Raises WrongCall otherwise.

    Nothing else may pass, because the code becomes the name of a folder.
    """
    if not _CODE.fullmatch(code):
        raise WrongCall(f"{code!r} is not a patient code. Use letters, digits, - and _ only, up to 64 of them.")
    return code


def patient_folder(data: Path, code: str) -> Path:
    """The folder of one patient (which may not exist yet)."""
    return data / "patients" / checked_code(code)


def utc_name(now: datetime) -> str:
    """A file name for a moment: 2026-01-31T08-15-00.123Z (no colons, which Windows refuses)."""
    return now.strftime("%Y-%m-%dT%H-%M-%S.") + f"{now.microsecond // 1000:03d}Z"


def make_private_folder(folder: Path) -> None:
    """Make the folder and what is missing above it, each for its owner alone. Raises UserError."""
    missing = [folder, *folder.parents]
    try:
        for each in reversed([place for place in missing if not place.exists()]):
            each.mkdir(mode=0o700, exist_ok=True)
        if not folder.is_dir():
            raise NotADirectoryError
    except OSError as error:
        raise UserError(f"I can't make the folder {folder} ({error.strerror or 'a file is in the way'}).") from error


def create_private_file(path: Path) -> int:
    """A descriptor of a new file for its owner alone. Raises OSError, FileExistsError if it is there."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)


def write_private_file(path: Path, text: str) -> None:
    """Write a whole new file so that it is either there complete or not at all. Raises OSError."""
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    try:
        with os.fdopen(create_private_file(part), "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
