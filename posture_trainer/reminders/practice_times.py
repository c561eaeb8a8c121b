"""When practice is reminded of, at times of day. Pure.

By the clock on the wall, as a calendar does: after a change of the clock it is the same time of day. A time that was
slept through is reminded of for half an hour, and never twice on a day.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

LATE_S = 1800.0


@dataclass(frozen=True)
class Reminded:
    """What was said, on which day: no time twice, also where the clock is set back."""

    day: date | None = None
    told: frozenset[str] = frozenset()


def due(reminded: Reminded | None, times: Sequence[str], now: datetime, done: int = 0) -> tuple[Reminded, str]:
    """The time ("09:00") whose reminder is due now, or ''.

    reminded: None at first. done: how often was practised today: so many of the times are past, whenever it was.
    """
    if reminded is None or reminded.day != now.date():
        reminded = Reminded(now.date())
    for number, each in enumerate(times):
        late_s = (now.replace(tzinfo=None) - datetime.combine(now.date(), time.fromisoformat(each))).total_seconds()
        if 0 <= late_s < LATE_S and each not in reminded.told:
            reminded = replace(reminded, told=reminded.told | {each})
            if number >= done:
                return reminded, each
    return reminded, ""
