"""How often somebody practised today, and on which days of this week. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from posture_trainer.course.adherence import WEEK_DAYS
from posture_trainer.course.patients import SessionLine
from posture_trainer.course.practice_days import counts, days_with_practice


@dataclass(frozen=True)
class Done:
    """today: sessions of today. days: with practice, in this week, of Monday to Sunday. last: the last day of all."""

    today: int
    days: tuple[date, ...]
    last: date | None

    def practised(self, day: date) -> bool:
        """Whether that day of this week had practice."""
        return day in self.days


def done(lines: Iterable[SessionLine], today: date) -> Done:
    """What one person's sessions say. today: where the person is."""
    known = list(lines)
    days, begun = sorted(days_with_practice(known)), monday(today)
    return Done(
        sum(counts(line) and line.practice_day == today for line in known),
        tuple(day for day in days if begun <= day <= today),
        max((day for day in days if day <= today), default=None),
    )


def monday(day: date) -> date:
    """The first day of that day's week."""
    return day - timedelta(days=day.weekday())


def week_days(today: date) -> tuple[date, ...]:
    """The seven days of this week."""
    return tuple(monday(today) + timedelta(days=number) for number in range(WEEK_DAYS))
