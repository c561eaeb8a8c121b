"""Asked against done: how often today, and on how many days of this week. The one figure of home, progress, the end of
a session and the therapist's list. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from posture_trainer.course.patients import SessionLine

LEAST_S = 120.0  # what was shorter was broken off, unless it came to its own end
DAYS = 7


@dataclass(frozen=True)
class Done:
    """today: sessions of today. days: with practice, in this week, of Monday to Sunday. last: the last day of all."""

    today: int
    days: tuple[date, ...]
    last: date | None

    def practised(self, day: date) -> bool:
        """Whether that day of this week had practice."""
        return day in self.days


@dataclass(frozen=True)
class Asked:
    """By the plan. times_a_day, days_a_week: how often it is meant."""

    times_a_day: int
    days_a_week: int


def done(lines: Iterable[SessionLine], today: date) -> Done:
    """What one person's sessions say. today: where the person is."""
    counted = [line for line in lines if counts(line) and line.practice_day is not None]
    days = sorted({line.practice_day for line in counted if line.practice_day is not None})
    begun = monday(today)
    return Done(
        sum(line.practice_day == today for line in counted),
        tuple(day for day in days if begun <= day <= today),
        max((day for day in days if day <= today), default=None),
    )


def counts(line: SessionLine) -> bool:
    """Whether it was practice: somebody was seen, and it came to its end or lasted a while."""
    if line.refused or line.wrong_date or line.practice_day is None:
        return False
    return line.seen_s >= LEAST_S or (line.summary is not None and line.summary.ended == "done")


def monday(day: date) -> date:
    """The first day of that day's week."""
    return day - timedelta(days=day.weekday())


def week_days(today: date) -> tuple[date, ...]:
    """The seven days of this week."""
    return tuple(monday(today) + timedelta(days=number) for number in range(DAYS))
