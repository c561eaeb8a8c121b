"""What the minutes at the desk say of each day. Days of their own, never mixed with practice. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from posture_trainer.reminders.minutes import Minute, share_inside

LEAST_SEEN_S = 600.0  # of a day: less says nothing of it


@dataclass(frozen=True)
class DeskDay:
    """A day at the desk. seen_s: with the head seen. inside: share of it in the desk's tolerance. reminders, followed,
    breaks: how many were told, followed, done."""

    day: date
    seen_s: float
    inside: float | None
    reminders: int
    followed: int
    breaks: int

    @property
    def told(self) -> float | None:
        """The share in percent, of a day that says something."""
        return None if self.inside is None or self.seen_s < LEAST_SEEN_S else 100 * self.inside


def desk_days(minutes: Iterable[Minute]) -> list[DeskDay]:
    """The days, oldest first, each by the clock of the place where its minutes were."""
    by_day: dict[date, list[Minute]] = {}
    for minute in minutes:
        by_day.setdefault(minute.began.date(), []).append(minute)
    return [
        DeskDay(
            day,
            sum(each.seen_s for each in mine),
            share_inside(mine),
            sum(bool(each.reminder) for each in mine),
            sum(each.followed == "yes" for each in mine),
            sum(each.break_ == "done" for each in mine),
        )
        for day, mine in sorted(by_day.items())
    ]
