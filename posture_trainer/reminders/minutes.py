"""What was at the desk, a row a minute: the rows of desk.csv. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from posture_trainer.pose.angles import HeadAngles
from posture_trainer.reminders.desk import Moment, Sight, Told
from posture_trainer.reminders.held import medians

MINUTE_S = 60.0
CLOCK_SET_S = 5.0  # the clock on the wall and the one that never goes back may part by so much


@dataclass(frozen=True)
class Minute:
    """A minute, or less where it was cut short: by a pause, the sleep of the computer, the end.

    began: by the clock on the wall, with its offset. inside_s: of seen_s, in tolerance. unsure_s: somebody was there,
    but not to be measured. angles: medians from the nearest place of work. reminder: the way that was told, '' for
    none. followed: of the last reminder, 'yes' or 'no' in the minute in which that was known. break_: 'proposed',
    'done' or 'later'. hushed: a reminder would have been due, and a call or a talk filled the screen.
    """

    began: datetime
    began_s: float
    seen_s: float = 0.0
    inside_s: float = 0.0
    away_s: float = 0.0
    unsure_s: float = 0.0
    paused_s: float = 0.0
    angles: HeadAngles | None = None
    reminder: str = ""
    followed: str = ""
    break_: str = ""
    hushed: bool = False

    @property
    def length_s(self) -> float:
        """All of it."""
        return self.seen_s + self.away_s + self.unsure_s + self.paused_s


@dataclass(frozen=True)
class Tally:
    """The minute that runs. seen: the angles in it."""

    minute: Minute | None = None
    seen: tuple[HeadAngles, ...] = field(default=(), repr=False)

    def add(self, moment: Moment, told: Told, at: datetime) -> tuple["Tally", tuple[Minute, ...]]:
        """With one more moment at that time on the wall; gives the minutes that are over too."""
        over = list[Minute]()
        tally = self
        if tally.minute is not None and (told.gap or tally._cut(moment.t_s, at)):
            over += tally.close()
            tally = Tally()
        minute = tally.minute or Minute(at, moment.t_s)
        name = {Sight.AWAY: "away_s", Sight.UNSURE: "unsure_s", Sight.PAUSED: "paused_s"}.get(moment.sight, "seen_s")
        minute = replace(minute, **{name: getattr(minute, name) + told.dt_s})
        if told.inside:
            minute = replace(minute, inside_s=minute.inside_s + told.dt_s)
        if told.reminder is not None:
            minute = replace(minute, reminder=told.reminder.value)
        if told.followed is not None:
            minute = replace(minute, followed="yes" if told.followed else "no")
        if told.break_due:
            minute = replace(minute, break_="proposed")
        minute = replace(minute, hushed=minute.hushed or (moment.hushed and told.sign.value == "drifting"))
        seen = tally.seen if told.angles is None else (*tally.seen, told.angles)
        return Tally(minute, seen), tuple(over)

    def with_break(self, what: str) -> "Tally":
        """A break was done, or put off."""
        return self if self.minute is None else replace(self, minute=replace(self.minute, break_=what))

    def close(self) -> tuple[Minute, ...]:
        """The minute as it stands; none where nothing was."""
        if self.minute is None or self.minute.length_s <= 0:
            return ()
        return (replace(self.minute, angles=medians(self.seen)),)

    def _cut(self, t_s: float, at: datetime) -> bool:
        """Whether the minute is over, or the clock was set."""
        assert self.minute is not None
        by_the_wall_s = (at.astimezone(UTC) - self.minute.began.astimezone(UTC)).total_seconds()
        ran_s = t_s - self.minute.began_s
        return ran_s >= MINUTE_S or abs(by_the_wall_s - ran_s) > CLOCK_SET_S


def share_inside(minutes: Iterable[Minute]) -> float | None:
    """Share of the time seen that was in the desk's tolerance, 0 to 1; None where nothing was seen."""
    known = list(minutes)
    seen_s = sum(each.seen_s for each in known)
    return sum(each.inside_s for each in known) / seen_s if seen_s > 0 else None
