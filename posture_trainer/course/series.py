"""One measure over the sessions that can be compared, ready for the evidence. Pure."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from posture_trainer.course.cycles import overlapping, phase_columns, phases, relevant
from posture_trainer.course.measures import Cut, Measure, compared
from posture_trainer.course.past_session import PastSession
from posture_trainer.course.statistics.likelihood import Series
from posture_trainer.figures.samples import AXES, Floats
from posture_trainer.pose.neutral.repeatability import placement_limit_deg

_DAY_S = 86_400.0
_INTERVAL_95 = 1.96


@dataclass(frozen=True, eq=False)
class Track:
    """A measure over sessions that can be compared and have a value of it, oldest first."""

    measure: Measure
    sessions: list[PastSession]
    values: Floats

    @property
    def days(self) -> list[date]:
        """The day of each."""
        return [session.day for session in self.sessions if session.day is not None]

    def only(self, places: list[int]) -> "Track":
        """These sessions alone."""
        return Track(self.measure, [self.sessions[place] for place in places], self.values[places])


def track(measure: Measure, sessions: list[PastSession], latest: PastSession) -> Track:
    """The measure over the sessions up to the latest."""
    known = [
        (session, value)
        for session in compared(measure, sessions, latest)
        if session.day is not None and (value := measure.value(session)) is not None
    ]
    return Track(measure, [session for session, _ in known], np.array([value for _, value in known]))


def plain_series(found: Track, fixed: Floats | None = None) -> Series:
    """The track as a series. fixed: (n, columns) of the mean; a constant if none are given."""
    first = found.sessions[0].begun if found.sessions else None
    days = [
        (session.begun - first).total_seconds() / _DAY_S
        for session in found.sessions
        if session.begun is not None and first is not None
    ]
    numbers = {name: number for number, name in enumerate(dict.fromkeys(each.baseline for each in found.sessions))}
    return Series(
        np.array(days),
        found.values,
        np.array([numbers[session.baseline] for session in found.sessions], dtype=int),
        placement_sd_deg(found.sessions) if found.measure.cut is Cut.PLACEMENT else 0.0,
        np.ones((len(days), 1)) if fixed is None else fixed,
    )


def by_phase(found: Track, injections: list[date]) -> tuple[Track, Series] | None:
    """The sessions that are used, and their series, compared at the same phase of an injection's cycle.

    All as they are where no injection touches them; None where no two cycles can be compared yet.
    """
    if not relevant(found.days, injections):
        return found, plain_series(found)
    places, cycles, since = phases(found.days, injections)
    if not overlapping(cycles, since):
        return None
    used = found.only(places)
    return used, plain_series(used, phase_columns(since))


def placement_sd_deg(sessions: list[PastSession]) -> float:
    """What a newly placed neutral adds to a deviation, as a standard deviation in degrees.

    The placement limits of the axes (95 % intervals; pose/neutral/repeatability.py) act along the direction in which
    the head was out at the start, in the first third of the sessions: not along that of the largest angle today.
    """
    pull = start_pull(sessions)
    size = np.hypot.reduce([pull[axis] for axis in AXES])
    slow = [each.slow_deg for each in sessions if each.slow_deg is not None]
    limits = {axis: placement_limit_deg(axis, *([max(slow)] if slow else [])) for axis in AXES}
    if not size:
        return max(limits.values()) / _INTERVAL_95
    return float(np.hypot.reduce([limits[axis] * pull[axis] / size for axis in AXES])) / _INTERVAL_95


def start_pull(sessions: list[PastSession]) -> dict[str, float]:
    """The pull on each axis in the first third of the sessions, degrees; 0 where it is not known."""
    return median_pull(sessions[: max(1, len(sessions) // 3)])


def median_pull(sessions: list[PastSession]) -> dict[str, float]:
    """The median of the sessions' pulls on each axis, degrees; 0 where it is not known."""
    each = [session.figures.mirror.pull for session in sessions if session.figures and session.figures.mirror]
    return {axis: float(np.median([pull[axis] for pull in each if axis in pull] or [0.0])) for axis in AXES}
