"""All sessions of all patients at a glance, from their summaries: a clinic's thousands in a second or two.

Only of a session that was cut off, or whose summary is damaged, the rows are read.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from posture_trainer.course.patients import Overview, SessionLine
from posture_trainer.course.session_day import session_begun, session_day
from posture_trainer.errors import UserError
from posture_trainer.feedback import PostureState
from posture_trainer.figures import practice_time
from posture_trainer.figures.session_summary import Summary
from posture_trainer.records.order import date_doubt
from posture_trainer.records.people import folders_in, is_code
from posture_trainer.records.samples_file import load_samples
from posture_trainer.records.session_reader import read_object, read_summary


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
        lines += lines_of(data, patient, troubles)
    return Overview(tuple(lines), tuple(troubles))


def lines_of(data: Path, patient: str, troubles: list[str] | None = None) -> list[SessionLine]:
    """The sessions of one patient, by time. troubles: takes what else could not be read, in words."""
    folder = data / "patients" / patient / "sessions"
    return [_line(patient, folder / name) for name in _folders(folder, [] if troubles is None else troubles)]


def _line(patient: str, folder: Path) -> SessionLine:
    summary, trouble = read_summary(folder)
    neutral_s, out_s = (summary.neutral_s, summary.out_s) if summary is not None else _from_rows(folder)
    doubt = date_doubt(folder.name, 0, datetime.now(UTC))
    day = _day(folder, summary) if neutral_s + out_s > 0 else None
    return SessionLine(patient, folder.name, folder, summary, trouble or doubt, day, neutral_s, out_s, bool(doubt))


def _from_rows(folder: Path) -> tuple[float, float]:
    """Seconds in neutral and out of it of a session without a summary, by what its rows say."""
    try:
        samples = load_samples(folder)
    except (UserError, ValueError):
        return 0.0, 0.0
    in_neutral, out = PostureState.NEUTRAL, PostureState.OUT
    return practice_time.state_s(samples, in_neutral), practice_time.state_s(samples, out)


def _day(folder: Path, summary: Summary | None) -> date | None:
    """The day on which the session began; of one without a summary its header tells."""
    header = read_object(folder / "session.json") if summary is None else {}
    offset_s = header.get("utc_offset_s") if summary is None else summary.utc_offset_s
    return session_day(session_begun(folder.name, header), offset_s)


def _folders(place: Path, troubles: list[str]) -> list[str]:
    try:
        return folders_in(place)
    except OSError as error:
        troubles.append(f"{place} can't be read ({error.strerror})")
        return []
