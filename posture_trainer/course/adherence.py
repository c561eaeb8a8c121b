"""What a plan asks for and what of it was done: the one figure of home, progress, report and the page of all patients.

A plan asks for so many days of a week, whichever they are, and on each of them so many times. Pure.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any

from posture_trainer.course.extras import finite
from posture_trainer.course.past_session import PastSession
from posture_trainer.course.practice_days import ITS_END, counts
from posture_trainer.plans.plan import Plan
from posture_trainer.words.harmless import plain_text

WINDOW_DAYS, WEEK_DAYS = 28, 7
_WHOLE_MIRROR = (*ITS_END, "stopped", "end of file")  # the mirror as it is has no end of its own


@dataclass(frozen=True)
class Asked:
    """By a plan. times_a_day: sessions on a day of practice. days_a_week: of practice, 1 to 7."""

    times_a_day: int
    days_a_week: int


USUAL = Asked(3, 5)
"""Where a plan says nothing else."""
_ONCE_A_WEEK = Asked(1, 1)


@dataclass(frozen=True)
class AskedPlan:
    """A plan as a session recorded it. weekly: a test, at most once a week."""

    name: str
    asked: Asked
    weekly: bool


@dataclass(frozen=True)
class AskedAndDone:
    """Of some days. done: those with practice. asked: how many were asked for; None where no plan asks."""

    done: int
    asked: int | None


def practice_words(practice: AskedAndDone) -> str:
    """Days of practice and, where a plan asks, of how many: 19 of 20."""
    return f"{practice.done}" if practice.asked is None else f"{practice.done} of {practice.asked}"


class DayMark(StrEnum):
    """What a day was, against the plan."""

    DONE = "done as asked"
    LESS = "less often"
    MISSED = "asked, none"
    FREE = "not asked"


@dataclass(frozen=True)
class PracticeDay:
    """One day. asked: by the plan of that day; None where there is none.

    done: sessions that count as practice, cut_short: those that did not come to their end, also
    where they count, refused: those that there
    were none of. minutes: of counted time. pain: the highest rating before a session, 0 to 100.
    """

    day: date
    asked: Asked | None = None
    done: int = 0
    cut_short: int = 0
    refused: int = 0
    minutes: float = 0.0
    pain: float | None = None
    mark: DayMark = DayMark.FREE


def asked_of(plan: Plan, most_a_day: int) -> Asked:
    """What a plan asks for. most_a_day: sessions that the patient may practise in a day."""
    return _ONCE_A_WEEK if plan.weekly else Asked(min(plan.times_a_day, most_a_day), plan.days_a_week)


def recorded_plan(header: dict[str, Any]) -> AskedPlan | None:
    """The plan in a session's header; None for the mirror as it is, and for what no program wrote.

    Headers of before have no `days_a_week`: then the usual five were meant.
    """
    recorded = header.get("plan")
    if not isinstance(recorded, dict):
        return None
    times, days = finite(recorded.get("times_a_day")), finite(recorded.get("days_a_week", USUAL.days_a_week))
    if times is None or not 1 <= times <= 12 or days is None or not 1 <= days <= WEEK_DAYS:
        return None
    weekly = recorded.get("weekly") is True
    asked = _ONCE_A_WEEK if weekly else Asked(round(times), round(days))
    return AskedPlan(plain_text(recorded.get("name", ""), 60), asked, weekly)


def _stands_in(header: dict[str, Any]) -> bool:
    today = header["plan"].get("today")
    return isinstance(today, dict) and bool(today.get("instead_of"))


def plans(sessions: Iterable[PastSession]) -> Iterator[AskedPlan]:
    """The plans that sessions recorded, in their order; a session without one has none, nor has one in which the gentle
    set stood in for the plan of a day: nobody has changed it."""
    for session in sessions:
        plan = recorded_plan(session.header)
        if plan is not None and not _stands_in(session.header):
            yield plan


def plan_changes(sessions: Sequence[PastSession]) -> int:
    """How often another plan took the place of one; tests once a week do not count."""
    names = [plan.name for plan in plans(sessions) if not plan.weekly]
    return sum(earlier != later for earlier, later in pairwise(names))


def dated_plans(sessions: Iterable[PastSession], today: date) -> list[tuple[date, AskedPlan]]:
    """The plans of sessions in which somebody was seen up to today, each with its day."""
    return [
        (session.practice_day, plan)
        for session in sessions
        if session.practice_day is not None and session.practice_day <= today and not session.wrong_date
        for plan in plans([session])
    ]


def asked_by_day(recorded: Iterable[tuple[date, AskedPlan]], first: date, last: date) -> list[Asked | None]:
    """What is asked for on each day from the first to the last.

    A plan asks from the first day on that recorded it until another takes its place. A test once a week takes no other
    plan's place; where it is the only one it asks for one day a week.
    """
    waiting, plan, found = sorted(recorded, key=lambda each: each[0], reverse=True), None, list[Asked | None]()
    for number in range((last - first).days + 1):
        while waiting and waiting[-1][0] <= first + timedelta(days=number):
            _, newer = waiting.pop()
            plan = plan if newer.weekly and plan is not None and not plan.weekly else newer
        found.append(None if plan is None else plan.asked)
    return found


def asked_days(asked: Iterable[Asked | None]) -> int | None:
    """How many of these days were asked for: each is a seventh of its plan's week. None where no plan asks."""
    sevenths = [each.days_a_week for each in asked if each is not None]
    return max(1, round(sum(sevenths) / WEEK_DAYS)) if sevenths else None


def asked_in_week(asked: Sequence[Asked | None]) -> int | None:
    """How many days of a week, Monday to Sunday, were asked for: by the newest of its plans, for the whole week."""
    return next((each.days_a_week for each in reversed(asked) if each is not None), None)


def window_begins(today: date) -> date:
    """The first of the days that `lately` looks at."""
    return today - timedelta(days=WINDOW_DAYS - 1)


def lately(practised: Collection[date], recorded: Iterable[tuple[date, AskedPlan]], today: date) -> AskedAndDone:
    """Asked against done in the four weeks up to today. practised: all days with practice."""
    first = window_begins(today)
    return AskedAndDone(
        sum(first <= day <= today for day in practised), asked_days(asked_by_day(recorded, first, today))
    )


def calendar_days(sessions: Sequence[PastSession], today: date) -> list[PracticeDay]:
    """Every day from the first session with a date up to today, which is where the patient lives."""
    by_day: dict[date, list[PastSession]] = {}
    for session in sessions:
        if session.day is not None and session.day <= today:
            by_day.setdefault(session.day, []).append(session)
    if not by_day:
        return []
    first = min(by_day)
    asked = asked_by_day(dated_plans(sessions, today), first, today)
    days = [first + timedelta(days=number) for number in range(len(asked))]
    return _marked([_day(day, each, by_day.get(day, [])) for day, each in zip(days, asked, strict=True)], today)


def _day(day: date, asked: Asked | None, sessions: list[PastSession]) -> PracticeDay:
    held = [session for session in sessions if not session.refused]
    ratings = [session.extras.ratings.get(("pain", "before")) for session in sessions]
    return PracticeDay(
        day,
        asked,
        done=sum(counts(session) for session in held),
        cut_short=sum(not (_whole(session) and counts(session)) for session in held),
        refused=len(sessions) - len(held),
        minutes=sum(session.seen_s for session in held) / 60,
        pain=max((rating for rating in ratings if rating is not None), default=None),
    )


def _whole(session: PastSession) -> bool:
    guided = isinstance(session.header.get("plan"), dict)
    return not session.trouble and session.ended in (ITS_END if guided else _WHOLE_MIRROR)


def _marked(days: list[PracticeDay], today: date) -> list[PracticeDay]:
    """The days with their marks. Of a week the first days without practice are free, as many as the plan leaves; so a
    week that reached its days has none that was missed, and any other as many as were missing. Today is not over."""
    found, empty = [], 0
    for each in days:
        empty = 0 if each.day.weekday() == 0 else empty
        if each.done:
            mark = DayMark.DONE if each.asked is None or each.done >= each.asked.times_a_day else DayMark.LESS
        else:
            empty += each.asked is not None
            left = 0 if each.asked is None else WEEK_DAYS - each.asked.days_a_week
            mark = DayMark.MISSED if each.asked is not None and empty > left and each.day < today else DayMark.FREE
        found.append(replace(each, mark=mark))
    return found
