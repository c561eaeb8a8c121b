"""The starts and lengths of a patient's last sessions, those that were cut off too."""

from datetime import datetime, timedelta
from pathlib import Path

from posture_trainer.course.doses import PastDose
from posture_trainer.course.session_day import session_begun
from posture_trainer.records.people import session_folders
from posture_trainer.records.session_reader import read_session

_LOOKED_AT = timedelta(days=2)
_RECORDED = "file"  # the kind of source of a video: nobody practised before it


def past_doses(patient: Path, now: datetime) -> list[PastDose]:
    """What was practised in the last two days. Never raises for what files hold."""
    found = []
    for folder in session_folders(patient):
        begun = session_begun(folder.name, {})
        if begun is None or abs(now - begun) > _LOOKED_AT:
            continue
        record = read_session(folder)
        source = record.header.get("source")
        if isinstance(source, dict) and source.get("kind") == _RECORDED:
            continue
        found.append(PastDose(begun, record.summary.length_s if record.summary is not None else 0.0))
    return found
