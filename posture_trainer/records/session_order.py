"""The order of a patient's sessions, and whether the clock can be right when a new one begins."""

from datetime import datetime
from pathlib import Path

from posture_trainer.records.baseline_files import latest_baseline_file
from posture_trainer.records.order import clock_doubt, named_ms, next_order_ms, order_ms, to_ms
from posture_trainer.records.people import session_folders
from posture_trainer.records.session_reader import read_object


def session_order_ms(folder: Path) -> int:
    """The place in order of the session in that folder."""
    return order_ms(folder.name, read_object(folder / "session.json").get("order_ms"))


def new_session(patient: Path, now: datetime) -> tuple[int, str]:
    """The place in order of a session that begins now, and what to say of the clock, or ''."""
    sessions = session_folders(patient)
    # As a rule the last one by name is the last one made, and older than now; only else all have to be looked at.
    usual = bool(sessions) and max(session_order_ms(sessions[-1]), named_ms(sessions[-1].name) or 0) <= to_ms(now)
    places = [(session_order_ms(folder), folder.name) for folder in (sessions[-1:] if usual else sessions)]
    last_session = max(places, default=(0, None))[1]
    baseline = latest_baseline_file(patient)
    doubts = (clock_doubt(now, last_session), clock_doubt(now, baseline.stem if baseline else None))
    return next_order_ms(now, (place for place, _ in places)), next(filter(None, doubts), "")
