"""What a patient's earlier sessions say to the plan of today: days of practice, and how the holds went."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from posture_trainer.plans.expand import History
from posture_trainer.records.session_reader import read_session


def history(patient: Path, plan: str, today: date | None = None) -> History:
    """The patient's history with the plan of that name. A session counts as practice when a trial was completed."""
    today = today or datetime.now().astimezone().date()
    days: set[date] = set()
    went_well: list[float | None] = []
    for folder in sorted((patient / "sessions").glob("*")):
        record = read_session(folder)
        named, sections = record.header.get("plan"), _sections(record.summary.exercises if record.summary else None)
        if not isinstance(named, dict) or not sections:
            continue
        if "hold" in sections:
            share = sections["hold"].get("went_well_share")
            went_well.append(share if isinstance(share, int | float) else None)
        day = _day(record.header.get("created_utc"))
        if named.get("name") == plan and day is not None and day < today and _practised(sections):
            days.add(day)
    return History(len(days), went_well)


def _sections(exercises: dict[str, Any] | None) -> dict[str, dict[str, Any]]:
    """The sections of exercises alone."""
    return {name: part for name, part in (exercises or {}).items() if isinstance(part, dict) and "completed" in part}


def _practised(sections: dict[str, dict[str, Any]]) -> bool:
    return any(part.get("completed") for part in sections.values())


def _day(created_utc: object) -> date | None:
    """The day, where the patient lives, on which a session began."""
    try:
        moment = datetime.fromisoformat(str(created_utc))
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone().date()
