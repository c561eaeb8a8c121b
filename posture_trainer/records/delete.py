"""Deletes the whole record of a patient."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from posture_trainer.errors import UserError
from posture_trainer.records.people import known_patient, session_folders


@dataclass(frozen=True)
class Holdings:
    """What there is of a patient, for the question before it is deleted."""

    folder: Path
    sessions: int
    baselines: int


def holdings(data: Path, code: str) -> Holdings:
    """What would be deleted. Raises UserError when there is no patient of exactly that code."""
    folder = known_patient(data, code)
    return Holdings(folder, len(session_folders(folder)), len(list((folder / "baselines").glob("*.json"))))


def delete_patient(data: Path, code: str) -> Path:
    """Delete all files of a patient; gives back the folder that is gone. Links in it go, what they lead to stays.

    Raises UserError when something could not be deleted: calling it again goes on with the rest.
    """
    folder = known_patient(data, code)
    failed: list[str] = []
    shutil.rmtree(folder, onerror=lambda _call, path, _error: failed.append(str(path)))
    if folder.exists():
        raise UserError(
            f"Not all of {folder} could be deleted (for example {failed[0] if failed else folder}). "
            "Close programs that use it and delete again."
        )
    return folder
