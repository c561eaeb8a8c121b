"""What a session has reached, for the page at its end: beside the session before, this week, the plan."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from posture_trainer.course.adherence import Asked
from posture_trainer.course.patients import SessionLine
from posture_trainer.course.practice_days import counts
from posture_trainer.course.week import done, week_days
from posture_trainer.errors import UserError
from posture_trainer.exercises.hold import HoldSettings
from posture_trainer.figures.nearest import nearest_deg
from posture_trainer.figures.session_summary import Summary
from posture_trainer.pages.front.end import EndSeen
from posture_trainer.records.clinic.overview import lines_of
from posture_trainer.records.samples_file import load_samples
from posture_trainer.records.session_reader import read_events, read_object
from posture_trainer.session.front.at_home import asked_now
from posture_trainer.session.todays_plan import settings_of, todays_plan

INTERIM = "interim_target"


def reached(data: Path, code: str, folder: Path, summary: Summary, now: datetime, guest: bool) -> EndSeen:
    """Of the session that has just ended, the last one in that person's folder."""
    lines = lines_of(data, code)
    latest = lines[-1] if lines else None
    asked: Asked | None = None
    ahead = ""
    with suppress(UserError):
        settings = settings_of(folder)
        asked = asked_now(folder, settings)
        ahead = "" if guest else _ahead(folder)
    week = done(lines, now.date())
    events = list(read_events(latest.folder)) if latest is not None else []
    return EndSeen(
        hold_s=summary.longest_neutral_s,
        last_s=None if guest or latest is None else _last_s(lines[:-1], latest),
        nearest_deg=_nearest(latest),
        minutes=summary.seen_s / 60,
        week=tuple(week.practised(day) for day in week_days(now.date())),
        weekday=now.weekday(),
        asked=asked.days_a_week if asked is not None else 0,
        ahead=ahead,
        step=any(event.get("event") == INTERIM for event in events),
        guest=guest,
    )


def _last_s(before: list[SessionLine], latest: SessionLine) -> float | None:
    """The longest hold of the session before, where both were judged alike: the same straight, the same tolerances."""
    judged = _judged_by(latest.folder)
    for line in reversed(before):
        if counts(line) and line.summary is not None:
            return line.summary.longest_neutral_s if _judged_by(line.folder) == judged else None
    return None


def _judged_by(folder: Path) -> tuple[Any, ...]:
    header = read_object(folder / "session.json")
    baseline = header.get("baseline")
    plan = header.get("plan")
    return (
        header.get("feedback"),
        baseline.get("created_utc") if isinstance(baseline, dict) else None,
        plan.get("name") if isinstance(plan, dict) else None,
    )


def _nearest(line: SessionLine | None) -> float | None:
    if line is None:
        return None
    with suppress(UserError, ValueError):
        return nearest_deg(load_samples(line.folder))
    return None


def _ahead(folder: Path) -> str:
    """What the plan asks for next time; '' where it is the mirror as it is."""
    found = todays_plan(folder, None, settings_of(folder))
    if found is None or found.open_ended:
        return ""
    for trial in found.session.trials:
        if isinstance(trial.settings, HoldSettings):
            return f"holds of {trial.settings.hold_s:.0f} seconds, as in your plan"
    return f"{found.meant.plan.title}, as in your plan"
