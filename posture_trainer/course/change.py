"""Has a figure changed over many sessions, by how much, and when? Pure.

All sessions are used. A change is looked for as a steady one, as one over the middle third and as a step at every
session. Its size is that of the step, or of the gradual change from the first third of the sessions to the last.
docs/report-method.md explains it.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from posture_trainer.course.statistics.evidence import Told, evidence, told
from posture_trainer.course.statistics.likelihood import Series, Shapes
from posture_trainer.figures.samples import Floats

Name = TypeVar("Name", bound=Hashable)
LEAST_SESSIONS, LEAST_DAYS = 8, 6.5
MOST_POINTS = 120  # more sessions are averaged with their neighbours first
MOST_TESTED = 40  # steps
GRADUAL, GRADUAL_SHARE = 2, 0.42  # shapes of a gradual change, and their prior weight; the rest is for steps
MIDDLE_WEIGHT = 2.0  # of a step in the middle half: one further out is hardly told from a good or a bad time


@dataclass(frozen=True)
class Change:
    """A change of one figure. sessions: how many were used. first, last: the levels of the first and the last third.

    change: last less first, of a gradual change between the means of the thirds, of a step its size; low, high: its
    95 % interval; detectable: a smaller one could have stayed unseen; None if that can't be told. chance: how often a
    record without any change looks as changed. Units: the figure's. step: the sessions (counted from 0, of those used)
    before which the step came, were it one: the likeliest middle, and an 80 % interval.
    """

    sessions: int
    first: float
    last: float
    change: float
    low: float
    high: float
    detectable: float | None
    chance: float
    step: tuple[int, int, int]


def change(series: Series, level: float, others: Sequence[Told] = ()) -> Change | None:
    """The change over these sessions; None where there are too few, or they tell nothing of it.

    level: the significance at which `detectable` is meant, 0 to 1. others: what the patient's other figures say of how
    long a good or a bad time lasts (`runs`).
    """
    if not enough(series.days):
        return None
    few, place = _pooled(series)
    thirds = _thirds(len(few.values))
    first, last = (float(np.median(few.values[third])) for third in thirds)
    if float(np.ptp(few.values)) <= 0:
        return Change(len(series.values), first, last, 0.0, 0.0, 0.0, None, 1.0, (0, 0, 0))
    shapes, steps = _shapes(few.days, thirds)
    found = evidence(few, shapes, level, others, _tested(shapes))
    if found is None:
        return None
    middle = (first + last) / 2
    by_step = np.cumsum(found.shapes[GRADUAL:])
    at = [int(place[steps[int(np.searchsorted(by_step, share * by_step[-1]))]]) for share in (0.5, 0.1, 0.9)]
    return Change(
        sessions=len(series.values),
        first=middle - found.change / 2,
        last=middle + found.change / 2,
        change=found.change,
        low=found.low,
        high=found.high,
        detectable=found.detectable,
        chance=found.chance,
        step=(at[0], at[1], at[2]),
    )


def enough(days: Floats) -> bool:
    """Whether so many sessions, on these days, can say anything of a change."""
    return len(days) >= LEAST_SESSIONS and float(np.ptp(days)) >= LEAST_DAYS


def holm(chances: dict[Name, float], weights: dict[Name, float], level: float) -> set[Name]:
    """The names that are significant all together: with no true change, any at all in at most `level` of the cases.

    Holm's step-down method with weights (Holm 1979, Scand J Stat 6:65): weights are any positive numbers.
    """
    left = dict(chances)
    named: set[Name] = set()
    while left:
        name = min(left, key=lambda each: left[each] / weights[each])
        if left[name] > level * weights[name] / sum(weights[each] for each in left):
            break
        named.add(name)
        del left[name]
    return named


def _pooled(series: Series) -> tuple[Series, NDArray[np.int_]]:
    """At most 120 points: more are averaged with neighbours on the same neutral. And each point's first session."""
    count = len(series.values)
    size = -(-count // MOST_POINTS)
    place = np.arange(count)
    if size == 1:
        return series, place
    new = np.append(True, np.diff(series.baseline) != 0)
    begun = np.maximum.accumulate(np.where(new, place, 0))
    group = np.cumsum((place - begun) % size == 0) - 1
    how_many = np.bincount(group)

    def mean(column: Floats) -> Floats:
        return np.asarray(np.bincount(group, column) / how_many)

    first = np.flatnonzero(np.append(True, np.diff(group) != 0))
    fixed = np.column_stack([mean(column) for column in series.fixed.T])
    return replace(
        series, days=mean(series.days), values=mean(series.values), baseline=series.baseline[first], fixed=fixed
    ), first


def _thirds(count: int) -> tuple[slice, slice]:
    size = max(1, count // 3)
    return slice(0, size), slice(count - size, count)


def runs(series: Series) -> Told | None:
    """What the series says of how long a good or a bad time lasts; None with too few sessions."""
    if not enough(series.days):
        return None
    few, _ = _pooled(series)
    return told(few, _tested(_shapes(few.days, _thirds(len(few.values)))[0]))


def _shapes(days: Floats, thirds: tuple[slice, slice]) -> tuple[Shapes, NDArray[np.int_]]:
    """A steady change, one over the middle third, each such that its factor is the change from the first third to the
    last, then a step before each session that is not among the outermost. And where each step is."""
    count = len(days)
    edge = max(2, count // 6)
    steps = np.arange(edge, count - edge + 1)
    begun, done = days[thirds[0].stop - 1], days[thirds[1].start]
    gradual = [days, np.clip(days, begun, done)]
    scaled = [column / (column[thirds[1]].mean() - column[thirds[0]].mean()) for column in gradual]
    at = (np.arange(count)[:, None] >= steps).astype(float)
    return Shapes(np.column_stack((*scaled, at)), _prior(steps, count)), steps


def _prior(steps: NDArray[np.int_], count: int) -> Floats:
    weights = np.where(np.abs(steps - count / 2) <= count / 4, MIDDLE_WEIGHT, 1.0)
    return np.append(np.full(GRADUAL, GRADUAL_SHARE / GRADUAL), (1 - GRADUAL_SHARE) * weights / weights.sum())


def _tested(shapes: Shapes) -> Shapes:
    """The gradual changes and at most 40 of the steps, evenly spread: enough to tell whether there was one."""
    steps = shapes.columns.shape[1] - GRADUAL
    kept = GRADUAL + np.unique(np.linspace(0, steps - 1, min(steps, MOST_TESTED)).round().astype(int))
    places = [*range(GRADUAL), *kept]
    prior = shapes.prior[places]
    prior[GRADUAL:] *= (1 - GRADUAL_SHARE) / prior[GRADUAL:].sum()
    return Shapes(shapes.columns[:, places], prior)
