"""Where sessions stand in the cycles of a patient's injections: weeks, phases, what is before and after. Pure.

Benefit begins within days to a week, is largest at about 4 weeks and wears off towards 12 (docs/report.md): so sessions
of different weeks of a cycle are never compared as if time alone lay between them.
"""

from bisect import bisect_right
from datetime import date
from itertools import pairwise

import numpy as np

from posture_trainer.figures.samples import Floats

LONGEST_DAYS = 112  # 16 weeks: later, an injection says nothing of a session any more
BEFORE_DAYS = 28
RESPONSE_WEEKS = (3, 6)  # the weeks after an injection in which its benefit is at its largest
KNOTS_DAYS = (0.0, 14.0, 28.0, 42.0, 63.0, 84.0, 112.0)


def week_after(days: int) -> int:
    """The week after an injection that a day is in: days 0 to 7 in week 1, day 14 in week 2, day 15 in week 3."""
    return max(1, -(-days // 7))


def week_before(days: int) -> int:
    """The week before an injection that a day is in, days counted back from it: 1 to 7 in week 1."""
    return -(-days // 7)


def last_before(day: date, injections: list[date]) -> date | None:
    """The last injection on or before a day; injections in order."""
    place = bisect_right(injections, day)
    return injections[place - 1] if place else None


def relevant(days: list[date], injections: list[date]) -> bool:
    """Whether any of these days is touched by an injection: up to 16 weeks after one."""
    return any((last := last_before(day, injections)) is not None and (day - last).days <= LONGEST_DAYS for day in days)


def phases(days: list[date], injections: list[date]) -> tuple[list[int], list[int], Floats]:
    """Of the days with a known phase: their places in `days`, the number of the cycle each is in, and the days since
    its injection. A day before the first known injection has none, nor has one more than 16 weeks after the last."""
    places, cycles, since = [], [], []
    for place, day in enumerate(days):
        cycle = bisect_right(injections, day) - 1
        if cycle >= 0 and (day - injections[cycle]).days <= LONGEST_DAYS:
            places.append(place)
            cycles.append(cycle)
            since.append(float((day - injections[cycle]).days))
    return places, cycles, np.array(since)


def phase_columns(since_days: Floats) -> Floats:
    """(n, columns) a piecewise straight course over the days since an injection, as columns that sum to 1 in each row.

    Knots where nothing is near are left out.
    """
    knots = np.array(KNOTS_DAYS)
    columns = np.column_stack([np.interp(since_days, knots, each) for each in np.eye(len(knots))])
    used = columns.sum(axis=0) > 1.0
    kept = knots[used] if used.any() else knots[:1]
    return np.column_stack([np.interp(since_days, kept, each) for each in np.eye(len(kept))])


def overlapping(cycles: list[int], since_days: Floats) -> bool:
    """Whether two cycles at least have days of the same phase (within a week) to be compared: three of each or more."""
    numbers = sorted(set(cycles))
    mine = {number: since_days[np.array(cycles) == number] for number in numbers}
    for earlier, later in pairwise(numbers):
        near = np.abs(mine[later][:, None] - mine[earlier]) <= 7
        if near.any(axis=1).sum() >= 3 and near.any(axis=0).sum() >= 3:
            return True
    return False
