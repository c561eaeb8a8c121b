"""A guest's last session becomes the first one of somebody with a code."""

import json
from pathlib import Path

from posture_trainer.errors import UserError
from posture_trainer.private_files import make_private_folder, write_private_file
from posture_trainer.records.people import GUEST, patient_folder, session_folders
from posture_trainer.records.session_reader import read_object

HEADER = "session.json"


def keep_last_of_guest(data: Path, code: str) -> Path:
    """Move it into the folder of that code, and say in its header whose it is now; gives its new place.

    Raises UserError when there is none, or it can't be moved; then it is where it was.
    """
    sessions = session_folders(patient_folder(data, GUEST))
    if not sessions:
        raise UserError("There is no session of a guest to keep.")
    place = patient_folder(data, code) / "sessions" / sessions[-1].name
    make_private_folder(place.parent)
    try:
        sessions[-1].rename(place)
        header = {**read_object(place / HEADER), "patient": code}
        write_private_file(place / HEADER, json.dumps(header, indent=1, ensure_ascii=False) + "\n")
    except OSError as error:
        raise UserError(f"The session can't be kept under {code} ({error.strerror}).") from error
    return place
