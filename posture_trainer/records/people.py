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


def patient_codes(data: Path) -> list[str]:
    """The codes of all patients with records."""
    folder = data / "patients"
    try:
        return [name for name in folders_in(folder) if is_code(name)]
    except OSError as error:
        raise UserError(f"The folder {folder} can't be read ({error.strerror}).") from error


def known_patient(data: Path, code: str) -> Path:
    """The folder of a patient who has records. Raises UserError when there is none of exactly that code."""
    folder = patient_folder(data, code)
    codes = patient_codes(data)  # from the listing: on some systems ANNA would open the folder anna
    if code not in codes:
        shown = ", ".join(codes[:10]) + (f" and {len(codes) - 10} more" if len(codes) > 10 else "")
        raise UserError(f"There are no records of {code} in {data}. Patients there: {shown or 'none'}.")
    return folder


def session_folders(patient: Path) -> list[Path]:
    """The folders of a patient's sessions, oldest first."""
    try:
        return [patient / "sessions" / name for name in folders_in(patient / "sessions")]
    except OSError:
        return []


def folders_in(place: Path) -> list[str]:
    """The names of the folders in a place, sorted, without links; none where there is no such place. Raises OSError."""
    try:
        with os.scandir(place) as entries:
            return sorted(entry.name for entry in entries if entry.is_dir(follow_symlinks=False))
    except FileNotFoundError:
        return []


def is_code(name: str) -> bool:
    """Whether that is a patient's code, letter for letter."""
    try:
        return checked_code(name) == name
    except UserError:
        return False
