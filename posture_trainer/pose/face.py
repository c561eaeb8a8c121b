"""A face as a tracker found it in one frame, before anything is concluded from it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

_RIGHT_SIDE, _LEFT_SIDE = 234, 454  # beside the ears
MESH_POINTS = 468  # of the 478 landmarks; the rest are the irises


@dataclass(frozen=True, eq=False)
class Face:
    """One face. landmarks: (478, 3) in pixels of the camera's own picture, z is MediaPipe's depth in the same unit.

    picture_size: width and height in pixels. brightness: mean grey level of the face, 0 to 255.
    smoothed: whether the landmarks were smoothed over time (MediaPipe does when it follows one face only).
    colours: at the mesh's landmarks (skin_colours.py), (468, 3), None when they were not taken; kept in memory only.
    """

    landmarks: NDArray[np.float64]
    picture_size: tuple[int, int]
    brightness: float = 128.0
    smoothed: bool = True
    colours: NDArray[np.float32] | None = None

    @cached_property
    def mesh(self) -> NDArray[np.float64]:
        """The landmarks of the face mesh, (468, 3) in pixels."""
        return self.landmarks[:MESH_POINTS]

    @cached_property
    def width_px(self) -> float:
        """The width of the face in the picture."""
        across = self.mesh[:, 0]
        return float(across.max() - across.min())

    @cached_property
    def turn_deg(self) -> float:
        """About how far the face is turned to a side as the camera sees it, in degrees, always >= 0.

        From the depths of the two sides of the face; good enough to choose a way of tracking by.
        """
        across, _, deeper = self.landmarks[_LEFT_SIDE] - self.landmarks[_RIGHT_SIDE]
        return float(np.degrees(np.arctan2(abs(deeper), across)))

    @cached_property
    def centre_px(self) -> NDArray[np.float64]:
        """The middle of the face in the picture: x, y."""
        return np.asarray(self.mesh[:, :2].mean(axis=0))

    @cached_property
    def shares(self) -> NDArray[np.float64]:
        """The landmarks as shares of the picture's width and height, (478, 2)."""
        return self.landmarks[:, :2] / self.picture_size
