"""Deletes the whole record of a patient."""

import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from posture_trainer.audit import note
from posture_trainer.errors import UserError
from posture_trainer.records.beside import desk, diary
from posture_trainer.records.clinic.lock import held
from posture_trainer.records.people import known_patient, session_folders
from posture_trainer.records.settings import load_settings, save_settings
from posture_trainer.records.staging import put_aside, sweep


@dataclass(frozen=True)
class Holdings:
    """What there is of a patient, for the question before it is deleted. diary: its entries. desk: runs there."""

    folder: Path
    sessions: int
    baselines: int
    diary: int = 0
    desk: int = 0

    @property
    def beside(self) -> str:
        """What there is beside practice, to follow its words; '' for nothing."""
        counted = ((self.diary, "diary", "entry", "entries"), (self.desk, "desk", "record", "records"))
        return "".join(f", {many} {kind} {one if many == 1 else more}" for many, kind, one, more in counted if many)


def holdings(data: Path, code: str) -> Holdings:
    """What would be deleted. Raises UserError when there is no patient of exactly that code."""
    folder = known_patient(data, code)
    return Holdings(
        folder,
        len(session_folders(folder)),
        len(list((folder / "baselines").glob("*.json"))),
        len(list((folder / diary.FOLDER).glob("*.json"))),
        len(list((folder / desk.FOLDER).glob(f"*/{desk.ROWS}"))),
    )


def forget(data: Path, code: str) -> None:
    """Take what this computer remembers of somebody, the name among it, out of its settings. Raises UserError."""
    settings, _ = load_settings(data)
    if settings != settings.without_person(code):
        save_settings(data, settings.without_person(code))


def delete_patient(data: Path, code: str) -> Path:
    """Delete all files of a patient, and what this computer remembers of them; gives back the folder that is gone.
    Links in it go, what they lead to stays.

    Also what imports and deletions that were killed left in the data folder. The record is gone at once for every
    other program: one that is still writing into it finds no folder, and makes none.

    Raises UserError when something could not be deleted: calling it again goes on with the rest.
    """
    folder = known_patient(data, code)
    with held(data, code):
        note(data, code, "delete")
        _delete(data, folder)
    forget(data, code)
    left = sweep(data, code)
    if left:
        raise UserError(f"What an import left in {left[0]} could not be deleted. Please delete that folder by hand.")
    return folder


def _delete(data: Path, folder: Path) -> None:
    failed: list[str] = []
    try:
        aside = put_aside(folder, data)
    except OSError:  # Windows: a program has a file of it open
        aside = folder
    shutil.rmtree(aside, onerror=lambda _call, path, _error: failed.append(str(path)))
    if aside.exists():
        if aside != folder:
            with suppress(OSError):
                aside.rename(folder)
        raise UserError(
            f"Not all of {folder} could be deleted (for example {failed[0] if failed else folder}). "
            "Close programs that use it and delete again."
        )
