"""How still a head was while a neutral was recorded, and how often that may be asked again. Pure.

Tremor is part of the condition, and no reason to send anybody away: it swings about a place, and the mean of a few
seconds is that place. A head that wanders has none. So a recording is judged by its slow spread, which is what is left
after a low-pass at 1 Hz; dystonic head tremor lies above (mean 1.95 Hz; Vu 2022). The whole spread is kept beside it.

The low-pass is a Gaussian in time over the true time stamps, with half its gain at 1 Hz: exp(-2 pi^2 f^2 sigma^2) is
0.5 at 1 Hz, 0.06 at 2 Hz, 0.94 at 0.3 Hz. Each frame weighs as long as it stood, so uneven rates do no harm; from 10
pictures a second on, a tremor up to 5 Hz is not mistaken for something slow. What is smoothed are rotation vectors
relative to the mean.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posture_trainer.pose.angles import Matrix, mean_rotation, rotation_vectors, spread_deg

CUT_HZ = 1.0
SIGMA_S = math.sqrt(math.log(2) / 2) / math.pi / CUT_HZ  # of the Gaussian whose gain is one half at CUT_HZ
WIDEST_DEG, WIDENED_BY = 5.0, 2.5
LONGER_S = 8.0
TRIES = 3
_MOST_WEIGHT_S = 0.25  # a frame before a gap does not stand for the whole gap


@dataclass(frozen=True)
class Stillness:
    """Root mean square angles away from the mean, in degrees: of the head as it was, and without what is above 1 Hz."""

    total_deg: float
    slow_deg: float


@dataclass(frozen=True)
class TryRules:
    """What is asked of one try: how long to hold, and the largest slow spread."""

    seconds: float
    limit_deg: float


@dataclass(frozen=True)
class Decision:
    """After a try: which of the tries so far is taken (0 is the first), None to try again.

    widened: it met only the wider limit. restless: it met none, and is the stillest of what there is.
    """

    taken: int | None
    widened: bool = False
    restless: bool = False


def stillness(t_s: Sequence[float], rotations: Sequence[Matrix]) -> Stillness:
    """How still a head was. t_s: one time for each of the rotations (3x3), growing, in seconds; at least one."""
    mean = mean_rotation(rotations)
    vectors = rotation_vectors(mean.T @ np.asarray(rotations))
    times = np.asarray(t_s, dtype=float)
    lasting = _lasting_s(times)
    slow = _slow_part(times, lasting, vectors)
    away = slow - np.average(slow, axis=0, weights=lasting)
    slow_rad = math.sqrt(float(np.average((away**2).sum(axis=1), weights=lasting)))
    return Stillness(spread_deg(rotations, mean), math.degrees(slow_rad))


def rules_for_try(number: int, first: TryRules) -> TryRules:
    """What the try of this number (from 1) has to meet.

    Two tries by the first rules. Who could not meet them twice won't at the third: it asks for a longer hold, whose
    mean is worth as much although the head moves more, and allows more movement, up to 5 degrees and never less than
    before. 5 degrees is what putting a head in neutral again by eye already varies by (its tilt; docs/calibration.md):
    beyond that the recording would be the larger doubt.
    """
    if number < TRIES:
        return first
    widened = min(WIDEST_DEG, WIDENED_BY * first.limit_deg)
    return TryRules(max(LONGER_S, first.seconds), max(first.limit_deg, widened))


def decide(tries: Sequence[Stillness], first: TryRules) -> Decision:
    """What becomes of the last of the tries so far; one or more, each a recording that could be judged.

    Never endless: when the widened try is too restless as well, the stillest of all is taken, and marked. A recording
    without a face or with too few pictures is no try: another rule and another advice are for that.
    """
    number = len(tries)
    if tries[-1].slow_deg <= rules_for_try(number, first).limit_deg:
        return Decision(number - 1, widened=tries[-1].slow_deg > first.limit_deg)
    if number < TRIES:
        return Decision(None)
    return Decision(min(range(number), key=lambda i: tries[i].slow_deg), widened=True, restless=True)


def restless_words(seen: Stillness, limit_deg: float) -> str:
    """Why to try again, and how, for the patient."""
    return (
        f"Your head wandered a little too much ({seen.slow_deg:.1f}°, up to {limit_deg:.1f}° is fine; a tremor does "
        "not count). Lean back, take a breath, and try again."
    )


def _lasting_s(times: NDArray[np.float64]) -> NDArray[np.float64]:
    """How long each frame stands: half the way to its neighbours."""
    if len(times) == 1:
        return np.ones(1)
    steps = np.clip(np.diff(times), 1e-6, _MOST_WEIGHT_S)
    return np.asarray((np.concatenate([steps[:1], steps]) + np.concatenate([steps, steps[-1:]])) / 2)


def _slow_part(
    times: NDArray[np.float64], lasting: NDArray[np.float64], vectors: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The rotation vectors (n, 3) after the low-pass."""
    near: NDArray[np.float64] = np.exp(-0.5 * ((times[:, None] - times[None, :]) / SIGMA_S) ** 2) * lasting
    return np.asarray(near @ vectors / near.sum(axis=1, keepdims=True))
