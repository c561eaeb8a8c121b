"""When is a difference between two sessions a change? Pure, and one rule for all.

Clearer or worse is only said of a difference above a limit, and only between sessions on the same baseline with the
same tolerances. The limit is the larger of two:

1. what can come from placement and camera alone: rotation 3.9 degrees, tilt 5, flexion 9 (neutral placement varies by
   3, 5 and 9 degrees; a good webcam tracker is off by up to 3.9 degrees on average), and more where the head wandered
   while the baseline was recorded (pose/neutral/repeatability.py). For the whole deviation: the limit
   of the axis that is furthest out. For other figures a floor of our own, because no published one is known to us;
2. this patient's own variation from session to session: 1.96 x the standard deviation of the differences between
   successive sessions (a steady trend does not add to it). It needs 5 sessions; before, nothing is judged.
"""

from dataclasses import dataclass

import numpy as np

from posture_trainer.pose.neutral.repeatability import placement_limit_deg

ANGLE_LIMITS_DEG = {"rotation": 3.9, "tilt": 5.0, "flexion": 9.0}
LEAST_SESSIONS = 5
CLEARER, SAME, WORSE, EARLY, ALONE = "clearer", "no clear change", "worse", "too early to say", ""
GROUP_SIZE = 3


@dataclass(frozen=True)
class Comparison:
    """A figure now and before. limit: what a difference must exceed. word: clearer, no clear change, worse ..."""

    latest: float | None
    previous: float | None
    limit: float | None
    word: str
    first_median: float | None = None
    last_median: float | None = None
    long_word: str = ""


def own_variation(values: list[float]) -> float | None:
    """1.96 x SD of the differences between successive sessions, in the figure's unit; None with fewer than 5."""
    if len(values) < LEAST_SESSIONS:
        return None
    return float(1.96 * np.std(np.diff(values), ddof=1))


def compare(values: list[float | None], floor: float, better: int) -> Comparison:
    """Compare the last value with the one before, and the median of the last three with that of the first three.

    values: of comparable sessions, oldest first. floor: limit 1 in the figure's unit. better: +1 if more is better, -1
    if less is.
    """
    known = [value for value in values if value is not None]
    latest = values[-1] if values else None
    previous = known[-2] if latest is not None and len(known) > 1 else None
    if latest is None:
        return Comparison(None, previous, None, ALONE)
    if previous is None:
        return Comparison(latest, None, None, ALONE)
    variation = own_variation(known)
    limit = None if variation is None else max(floor, variation)
    if len(known) < 2 * GROUP_SIZE:
        return Comparison(latest, previous, limit, _word(latest - previous, limit, better))
    first, last = float(np.median(known[:GROUP_SIZE])), float(np.median(known[-GROUP_SIZE:]))
    return Comparison(
        latest,
        previous,
        limit,
        _word(latest - previous, limit, better),
        first,
        last,
        _word(last - first, limit, better),
    )


def angle_limits_deg(slow_deg: float | None) -> dict[str, float]:
    """The limits of the angles, widened for a baseline in which the head wandered by slow_deg (None: not known)."""
    known = () if slow_deg is None else (slow_deg,)
    return {axis: max(limit, placement_limit_deg(axis, *known)) for axis, limit in ANGLE_LIMITS_DEG.items()}


def deviation_limit_deg(medians_deg: dict[str, float], limits_deg: dict[str, float]) -> float:
    """The limit for the whole deviation: that of the axis with the largest median angle, whatever its side."""
    if not medians_deg:
        return max(limits_deg.values())
    return limits_deg[max(medians_deg, key=lambda axis: abs(medians_deg[axis]))]


def _word(difference: float, limit: float | None, better: int) -> str:
    if limit is None:
        return EARLY
    if abs(difference) <= limit:
        return SAME
    return CLEARER if difference * better > 0 else WORSE
