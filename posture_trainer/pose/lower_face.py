"""Notices what comes before mouth, chin or jaw, even in the colour of the skin: a fist, a telephone, a scarf. Pure.

Such a cover moves the landmarks with it, so that each finds skin that looks much like its own. But the tones of many of
them step within a few tenths of a second, while those of the upper face do not. From then on the lower face is taken
as covered until it looks again as it did before. Thresholds were set on made-up people (scripts/bend/right_person.py).
"""

from collections import deque
from collections.abc import Sequence
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from posture_trainer.pose.angles import Matrix, angle_between_deg

Array = NDArray[np.float64]
_STEP, _PER_DEG = 0.05, 0.002  # change of the logarithm of a colour, and more for each degree between the attitudes
_BACK_SHARE = 0.8  # of that: it looks as before again
_FEWEST_POINTS = 8
_FRAMES = 2  # in a row: a landmark slips in one
_EVERY_S, _MOMENTS = 0.06, 6  # so many moments are remembered, so far apart
_NEAR_DEG, _FURTHEST_DEG = 8.0, 12.0  # attitudes further apart are not compared: with a moment, with what is known


class LowerFace:
    """Follows the lower part of one face. lower: (n,) which of the skin points belong to it."""

    def __init__(self, lower: NDArray[np.bool_]) -> None:
        self._lower = lower
        self._moments: deque[tuple[float, Array, Matrix]] = deque(maxlen=_MOMENTS)
        self._before: tuple[Array, Matrix] | None = None
        self._steps = 0

    @property
    def before(self) -> tuple[Array, Matrix] | None:
        """Tones (n, 3) and view (3, 3) from before the cover; None when there is none."""
        return self._before

    @property
    def is_doubtful(self) -> bool:
        """Whether the last frame differs, though perhaps by a slip of the landmarks: nothing is to be learned yet."""
        return self._steps > 0

    def forget_moments(self) -> None:
        """After a loss: what was a moment ago says nothing."""
        self._moments.clear()
        self._steps = 0

    def learn(self, t_s: float, tones: Array, view: Matrix) -> None:
        """Remember a frame at `t_s` (seconds) in which nothing speaks against the face."""
        if self._steps == 0 and (not self._moments or t_s - self._moments[-1][0] >= _EVERY_S):
            self._moments.append((t_s, tones, view))

    def is_covered(
        self, tones: Array, seen: NDArray[np.bool_], view: Matrix, kept: Sequence[tuple[Array, Matrix]]
    ) -> bool:
        """Whether something is before the lower face.

        tones: (n, 3) logarithms of the colours. seen: (n,). view: (3, 3), head axes to those of the ray to the face.
        kept: how the face is known to look at attitudes near this one.
        """
        if self._before is not None:
            if any(self._differs(*each, tones, seen, view, _BACK_SHARE) is False for each in (self._before, *kept)):
                self._before = None
                self.forget_moments()
            return self._before is not None
        near = next((each for each in self._moments if angle_between_deg(each[2], view) <= _NEAR_DEG), None)
        if near is not None and self._differs(*near[1:], tones, seen, view, 1.0):
            self._steps += 1
            if self._steps >= _FRAMES:
                self._before = near[1:]
            return self._before is not None
        self._steps = 0
        return False

    def _differs(
        self, before: Array, at: Matrix, tones: Array, seen: NDArray[np.bool_], view: Matrix, share: float
    ) -> bool | None:
        """Whether the lower face changed by more than that share of a step; None when that cannot be told."""
        turned_deg = angle_between_deg(at, view)
        lower, upper = seen & self._lower, seen & ~self._lower
        if turned_deg > _FURTHEST_DEG or min(lower.sum(), upper.sum()) < _FEWEST_POINTS:
            return None
        change = tones - before
        left = change - np.median(change[upper], axis=0)
        squared = (left**2).mean(axis=1)
        allowed = share * (_STEP + _PER_DEG * turned_deg) + sqrt(_upper_quartile(squared[upper]))
        return sqrt(_upper_quartile(squared[lower])) > allowed


def _upper_quartile(values: Array) -> float:
    at = 3 * len(values) // 4
    return float(np.partition(values, at)[at])
