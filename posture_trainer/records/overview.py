"""All sessions of all patients at a glance, from their summaries only: a clinic's thousands in a second or two."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from posture_trainer.course.patients import Overview, SessionLine
from posture_trainer.course.session_day import session_begun, session_day
from posture_trainer.errors import UserError
from posture_trainer.figures import practice_time
from posture_trainer.figures.session_summary import Summary
from posture_trainer.records.people import folders_in, is_code
from posture_trainer.records.samples_file import load_samples
from posture_trainer.records.session_reader import CUT_OFF, read_object

LARGEST_BYTES = 5_000_000
_FEW_BYTES = 65_536


def overview(data: Path, progress: Callable[[int, int], None] = lambda _done, _all: None) -> Overview:
    """Read the summaries of all sessions in a data folder. Never raises for what is damaged there: it is listed.

    progress gets the number of patients done, and of all.
    """
    lines: list[SessionLine] = []
    troubles: list[str] = []
    patients = _folders(data / "patients", troubles)
    for done, patient in enumerate(patients):
        progress(done, len(patients))
        if not is_code(patient):
            troubles.append(f"{patient!a} is not the folder of a patient")
            continue
        folder = data / "patients" / patient / "sessions"
        lines += [_line(patient, folder / name) for name in _folders(folder, troubles)]
    return Overview(tuple(lines), tuple(troubles))


def _line(patient: str, folder: Path) -> SessionLine:
    summary, trouble = None, ""
    try:
        with (folder / "summary.json").open("rb") as file:
            content = file.read(LARGEST_BYTES + 1)
        if len(content) > LARGEST_BYTES:
            trouble = "summary.json is too large to be one"
        else:
            summary = Summary.model_validate_json(content)
    except FileNotFoundError:
        trouble = CUT_OFF
    except ValidationError:
        trouble = "summary.json is damaged"
    except OSError as error:
        trouble = f"summary.json can't be read ({error.strerror})"
    return SessionLine(patient, folder.name, folder, summary, trouble, _practice_day(folder, summary))


def _practice_day(folder: Path, summary: Summary | None) -> date | None:
    """The day of a session in which the patient was seen; of one without a summary its rows tell."""
    if summary is None:
        header = read_object(folder / "session.json")
        return session_day(session_begun(folder.name, header), header.get("utc_offset_s")) if _seen(folder) else None
    return session_day(session_begun(folder.name, {}), summary.utc_offset_s) if summary.seen_s > 0 else None


def _seen(folder: Path) -> bool:
    """Whether there is any counted time in its rows; the first ones mostly tell."""
    for most_bytes in (_FEW_BYTES, None):
        try:
            samples = load_samples(folder, most_bytes)
        except (UserError, ValueError):
            return False
        if practice_time.time_s(samples, practice_time.counted(samples)) > 0:
            return True
    return False


def _folders(place: Path, troubles: list[str]) -> list[str]:
    try:
        return folders_in(place)
    except OSError as error:
        troubles.append(f"{place} can't be read ({error.strerror})")
        return []
