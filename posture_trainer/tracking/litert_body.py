"""Finds the body with MediaPipe's pose network alone, on a square that hangs from the face; no person is looked for.

The network was made for a person from head to foot in the square: so it puts shoulders best, also of who sits so near
that half of the square is empty. Each second look is on the mirrored square: the network is not symmetric, and the
median over a second is of both (pose/trunk/follow.py).
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from posture_trainer.pose.face import Face
from posture_trainer.pose.trunk.body import POINTS, Body
from posture_trainer.sources.frames import Frame
from posture_trainer.tracking.body_network import PX, BodyNetwork

_SIDE, _BELOW = 11.0, 2.5  # of the square and how far its middle lies below the face's, in widths of the face
_PRESENCE = 0.3
_KEPT_S = 5.0  # a face behind a hand is looked for where it was
_SWAPPED = np.arange(POINTS)
for _one, _other in ((1, 4), (2, 5), (3, 6), (7, 8), (9, 10), *((i, i + 1) for i in range(11, POINTS, 2))):
    _SWAPPED[_one], _SWAPPED[_other] = _other, _one


@dataclass(frozen=True)
class _Square:
    t_s: float
    x: float
    y: float
    side_px: float


class LiteRtBody:
    """The network on the square below the face. Raises ImportError where LiteRT is not installed."""

    def __init__(self, bundle: bytes) -> None:
        self._network = BodyNetwork(bundle)
        self._last: _Square | None = None
        self._looks = 0

    def track(self, frame: Frame, face: Face | None) -> Body | None:
        """The body below the face; where there is none, below the last one for some seconds."""
        if face is not None:
            x, y = face.centre_px
            side = _SIDE * _steady_width(face)
            self._last = _Square(frame.t_s, float(x), float(y) + side * _BELOW / _SIDE, side)
        if self._last is None or not 0 <= frame.t_s - self._last.t_s <= _KEPT_S:
            return None
        self._looks += 1
        return self._seen(frame, self._last, mirrored=self._looks % 2 == 0)

    def close(self) -> None:
        """Nothing is held."""

    def _seen(self, frame: Frame, square: _Square, mirrored: bool) -> Body | None:
        height, width = frame.image_bgr.shape[:2]
        share = square.side_px / PX
        sign = -1.0 if mirrored else 1.0
        left, top = square.x - sign * square.side_px / 2, square.y - square.side_px / 2
        way = np.array([[sign * share, 0.0, left], [0.0, share, top]])
        crop = cv2.warpAffine(frame.image_bgr, way, (PX, PX), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
        points, seen, there, presence = self._network(np.asarray(crop, np.uint8))
        if presence < _PRESENCE:
            return None
        placed: NDArray[np.float64] = points * share
        placed[:, 0] = sign * placed[:, 0] + left
        placed[:, 1] += top
        if mirrored:
            placed, seen, there = placed[_SWAPPED], seen[_SWAPPED], there[_SWAPPED]
        return Body(frame.t_s, placed, seen, there, (width, height))


def _steady_width(face: Face) -> float:
    """The width of the face as it would be straight: a head that turns away is not farther."""
    down = float(np.ptp(face.mesh[:, 1]))
    return max(face.width_px, 0.8 * down)
