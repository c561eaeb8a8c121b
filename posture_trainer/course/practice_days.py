"""On which days a patient practised, and how long. Pure."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from posture_trainer.course.past_session import PastSession
from posture_trainer.course.session_day import session_begun, session_day
from posture_trainer.figures.session_summary import Summary
from posture_trainer.plans.expand import History


def practice_minutes(sessions: list[PastSession]) -> dict[date, float]:
    """Minutes of counted practice on each day with any, by the sessions' own time zones."""
    minutes: dict[date, float] = {}
    for session in sessions:
        day = session.day
        if day is not None and session.figures is not None and session.figures.seen_s > 0:
            minutes[day] = minutes.get(day, 0.0) + session.figures.seen_s / 60
    return minutes


def plan_history(sessions: Iterable[tuple[str, dict[str, Any], Summary | None]], plan: str, today: date) -> History:
    """What the patient's earlier sessions say to the plan of that name. A session counts as practice when a trial was
    completed. sessions: folder's name, header and summary of each, oldest first. today: where the patient lives."""
    days: set[date] = set()
    went_well: list[float | None] = []
    for name, header, summary in sessions:
        named, sections = header.get("plan"), _sections(summary.exercises if summary else None)
        if not isinstance(named, dict) or not sections:
            continue
        if "hold" in sections:
            share = sections["hold"].get("went_well_share")
            went_well.append(share if isinstance(share, int | float) else None)
        day = session_day(session_begun(name, header), header.get("utc_offset_s"))
        if named.get("name") == plan and day is not None and day < today and _practised(sections):
            days.add(day)
    return History(len(days), went_well)


def _sections(exercises: dict[str, Any] | None) -> dict[str, dict[str, Any]]:
    """The sections of exercises alone."""
    return {name: part for name, part in (exercises or {}).items() if isinstance(part, dict) and "completed" in part}


def _practised(sections: dict[str, dict[str, Any]]) -> bool:
    return any(part.get("completed") for part in sections.values())
