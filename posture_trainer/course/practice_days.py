"""What counts as practice, on which days there was some, how long, and what it says to the next. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from posture_trainer.course.extras import finite, list_of, ratings_of
from posture_trainer.course.session_day import session_begun, session_day
from posture_trainer.figures.session_summary import Summary
from posture_trainer.plans.expand import History
from posture_trainer.plans.plan import Plan
from posture_trainer.plans.progress import Practised, steps_to
from posture_trainer.plans.restriction import Restriction

LEAST_S = 120.0  # what was shorter was broken off, unless it came to its own end
ITS_END = ("done", "time")  # how a session ends that was not broken off


class Practice(Protocol):
    """What tells whether a session was practice: of one line of all patients, and of a session read whole."""

    @property
    def practice_day(self) -> date | None:
        """The day it began on, in its own time zone; None if nobody was seen in it."""

    @property
    def seen_s(self) -> float:
        """Counted seconds."""

    @property
    def ended(self) -> str:
        """How it ended, '' if that is not known."""

    @property
    def refused(self) -> bool | str:
        """Whether there was none."""

    @property
    def wrong_date(self) -> bool:
        """Whether its date lies in the future."""


def counts(session: Practice) -> bool:
    """Whether it was practice: somebody was seen, and it came to its end or lasted a while."""
    if session.refused or session.wrong_date or session.practice_day is None:
        return False
    return session.seen_s >= LEAST_S or session.ended in ITS_END


def days_with_practice(sessions: Iterable[Practice]) -> set[date]:
    """The days on which there was practice, by the sessions' own time zones. The one figure of all that tell days."""
    return {session.practice_day for session in sessions if counts(session) and session.practice_day is not None}


def practice_minutes(sessions: Iterable[Practice]) -> dict[date, float]:
    """Counted minutes on each day with any, those of sessions that were broken off too."""
    minutes: dict[date, float] = {}
    for session in sessions:
        if session.practice_day is not None and not session.wrong_date:
            minutes[session.practice_day] = minutes.get(session.practice_day, 0.0) + session.seen_s / 60
    return minutes


@dataclass(frozen=True)
class PastPractice:
    """What a session left, as far as the next one goes by it. name: of its folder."""

    name: str
    header: dict[str, Any]
    summary: Summary | None
    events: Sequence[dict[str, Any]] = ()


def plan_history(sessions: Iterable[PastPractice], name: str, plan: Plan) -> History:
    """What the patient's earlier sessions, oldest first, say to the plan of that name; damaged ones say nothing."""
    practised: list[Practised] = []
    went_well: list[float | None] = []
    done_on: dict[str, set[date]] = {}
    holds = _holds(plan.model_dump(mode="json", by_alias=True))
    for session in sessions:
        sections = _sections(session.summary.exercises if session.summary else None)
        day = session_day(session_begun(session.name, session.header), session.header.get("utc_offset_s"))
        if "hold" in sections:
            share = sections["hold"].get("went_well_share")
            went_well.append(share if isinstance(share, int | float) else None)
        if day is not None:
            for kind in sections:
                done_on.setdefault(kind, set()).add(day)
            practised.append(_practised(session, day, sections, (name, holds)))
    return History(tuple(practised), went_well=went_well, done_on=done_on)


Holds = tuple[tuple[float, float, float, int], ...]
"""Of each block of holds: where it begins, its step, its longest (seconds), its repetitions."""


def _practised(
    session: PastPractice, day: date, sections: dict[str, dict[str, Any]], plan: tuple[str, Holds]
) -> Practised:
    """A session for plans/progress.py. plan: the name and the holds of today's."""
    recorded = session.header.get("plan")
    recorded = recorded if isinstance(recorded, dict) else {}
    holds, done = _holds(recorded), finite(sections.get("hold", {}).get("completed"))
    planned = sum(repetitions for *_, repetitions in holds)
    same = [each[:2] for each in holds] == [each[:2] for each in plan[1]]
    ratings = ratings_of(session.events)
    return Practised(
        day=day,
        own=recorded.get("name") == plan[0] and same and bool(sections),
        most_steps=max((steps_to(*each[:3]) for each in holds), default=0),
        completed_share=min(1.0, done / planned) if planned and done is not None else None,
        full=not set(_restrictions(session.header, recorded)) & _LESSENING,
        pain_before=ratings.get(("pain", "before")),
        pain_after=ratings.get(("pain", "after")),
    )


_LESSENING = {Restriction.GENTLE.value, Restriction.HALF.value}


def _restrictions(header: dict[str, Any], plan: dict[str, Any]) -> list[str]:
    """What held in a session, by its header: of the answers before it, and of its plan's own progress."""
    found: list[str] = []
    for place in (header, plan.get("today")):
        held = place.get("restrictions") if isinstance(place, dict) else None
        found += [each for each in held if isinstance(each, str)] if isinstance(held, dict | list) else []
    return found


def _holds(plan: dict[str, Any]) -> Holds:
    """The blocks of holds of a plan as it is recorded; files of before name the step otherwise."""
    found = []
    for block in list_of(plan.get("block")):
        if isinstance(block, dict) and block.get("kind") == "hold":
            step_s = finite(block.get("hold_step_s", block.get("hold_growth_s_per_day"))) or 0.0
            hold_s, longest_s = finite(block.get("hold_s")) or 0.0, finite(block.get("longest_hold_s")) or 0.0
            found.append((hold_s, step_s, longest_s, int(finite(block.get("repetitions")) or 0)))
    return tuple(found)


def _sections(exercises: dict[str, Any] | None) -> dict[str, dict[str, Any]]:
    """The sections of exercises alone."""
    return {name: part for name, part in (exercises or {}).items() if isinstance(part, dict) and "completed" in part}
