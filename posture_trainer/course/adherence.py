"""What was asked for on each day and what was done: practice against the plan. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from posture_trainer.course.extras import finite
from posture_trainer.course.past_session import PastSession
from posture_trainer.words.harmless import plain_text

_WHOLE = ("done", "time")  # how a plan's session ends that was not broken off
_WHOLE_MIRROR = (*_WHOLE, "stopped", "end of file")  # the mirror as it is has no end of its own


@dataclass(frozen=True)
class PracticeDay:
    """One day. asked: how many sessions the plan asked for; None where no plan asks for any on this day.

    done: sessions that came to their end, cut_short: those that did not, refused: those that there were none of.
    minutes: of counted practice. pain: the highest rating before a session, 0 to 100.
    """

    day: date
    asked: int | None
    done: int = 0
    cut_short: int = 0
    refused: int = 0
    minutes: float = 0.0
    pain: float | None = None


@dataclass(frozen=True)
class AskedPlan:
    """A plan as a session recorded it: its name, how often a day, and whether only once a week."""

    name: str
    times_a_day: int
    weekly: bool


def practice_days(sessions: Sequence[PastSession], today: date) -> list[PracticeDay]:
    """Every day from the first session with a date up to today, which is where the patient lives, or the last session.

    A plan asks from the first session on that recorded it until another takes its place. What is meant once a week
    (tests) asks for no day, and takes no other plan's place.
    """
    dated = [(session.day, session) for session in sessions if session.day is not None and session.day <= today]
    if not dated:
        return []
    by_day: dict[date, list[PastSession]] = {}
    for day, session in dated:
        by_day.setdefault(day, []).append(session)
    days, asked = [], None
    for place in range((max(today, max(by_day)) - min(by_day)).days + 1):
        day = min(by_day) + timedelta(days=place)
        mine = by_day.get(day, [])
        for plan in plans(mine):
            asked = asked if plan.weekly else plan.times_a_day
        days.append(_day(day, asked, mine))
    return days


def _day(day: date, asked: int | None, sessions: list[PastSession]) -> PracticeDay:
    held = [session for session in sessions if not session.refused]
    whole = [session for session in held if _whole(session)]
    ratings = [session.extras.ratings.get(("pain", "before")) for session in sessions]
    return PracticeDay(
        day,
        asked,
        done=len(whole),
        cut_short=len(held) - len(whole),
        refused=len(sessions) - len(held),
        minutes=sum(session.figures.seen_s for session in held if session.figures is not None) / 60,
        pain=max((rating for rating in ratings if rating is not None), default=None),
    )


def _whole(session: PastSession) -> bool:
    guided = isinstance(session.header.get("plan"), dict)
    return not session.trouble and session.ended in (_WHOLE if guided else _WHOLE_MIRROR)


def plans(sessions: Sequence[PastSession]) -> Iterator[AskedPlan]:
    """The plans that sessions recorded, in their order; a session without one has none."""
    for session in sessions:
        recorded: Any = session.header.get("plan")
        if isinstance(recorded, dict):
            times = finite(recorded.get("times_a_day"))
            if times is not None and 1 <= times <= 12:
                yield AskedPlan(plain_text(recorded.get("name", ""), 60), round(times), recorded.get("weekly") is True)


def plan_changes(sessions: Sequence[PastSession]) -> int:
    """How often another plan took the place of one; tests once a week do not count."""
    names = [plan.name for plan in plans(sessions) if not plan.weekly]
    return sum(earlier != later for earlier, later in pairwise(names))


def asked_per_week(days: Sequence[PracticeDay], window_days: int) -> float | None:
    """On how many days a week practice was asked for, over the last so many days; None where no plan asked."""
    asked = sum(each.asked is not None for each in days[-window_days:])
    return 7 * asked / window_days if asked else None
