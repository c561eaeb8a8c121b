"""A body as a tracker found it in one frame, before anything is concluded from it. Pure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

POINTS = 33  # MediaPipe's pose landmarks, left and right the person's own
LEFT_SHOULDER, RIGHT_SHOULDER = 11, 12
LEFT_HAND, RIGHT_HAND = (15, 17, 19, 21), (16, 18, 20, 22)  # wrist, little finger, index finger, thumb
SEEN = 0.5  # from this share on MediaPipe takes a point for one that is there


@dataclass(frozen=True, eq=False)
class Body:
    """One body. t_s: of its frame. points: (33, 3) in pixels of the camera's own picture, z is MediaPipe's depth in the
    same unit, smaller towards the camera. seen: (33,), how surely each point is in the picture and not hidden, 0 to 1.
    there: (33,), how surely it is in the picture at all, hidden or not. picture_size: width and height in pixels.
    """

    t_s: float
    points: NDArray[np.float64]
    seen: NDArray[np.float64]
    there: NDArray[np.float64]
    picture_size: tuple[int, int]

    def shoulders_seen(self) -> bool:
        """Whether both shoulders lie in the picture, and the network sees them."""
        both = [LEFT_SHOULDER, RIGHT_SHOULDER]
        places = self.points[both, :2]
        inside = (places >= 0).all() and (places < self.picture_size).all()
        return bool(inside and (self.seen[both] >= SEEN).all())
