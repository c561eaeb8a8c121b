"""A pinhole camera: which way a point of the picture lies. Pure.

Landmarks here are (468, 3): x and y in pixels of the camera's own picture (not mirrored), and MediaPipe's own depth z
in the same unit. Camera axes: x to the right of the picture, y up, z towards the camera.
"""

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Camera:
    """A camera without distortion: size of its picture in pixels, vertical field of view in degrees."""

    width: int
    height: int
    vfov_deg: float

    @cached_property
    def focal_px(self) -> float:
        """The focal length in pixels."""
        return float(self.height / 2 / np.tan(np.radians(self.vfov_deg) / 2))

    def rays(self, landmarks: Array) -> Array:
        """x and y per unit of depth, y up: (n, 2) from landmarks (n, 2 or more) in pixels."""
        centred = landmarks[:, :2] - (self.width / 2, self.height / 2)
        return np.asarray(centred * (1.0, -1.0) / self.focal_px)

    def pixels(self, points_cm: Array) -> Array:
        """Where points in front of the camera, (n, 3) in camera axes, are in its picture: (n, 2)."""
        shares = points_cm[:, :2] / -points_cm[:, 2:]
        return np.asarray(shares * (1.0, -1.0) * self.focal_px + (self.width / 2, self.height / 2))


def default_vfov_deg(width: int, height: int) -> float:
    """The vertical field of view to assume for a camera that is not known: degrees.

    Webcams state 70 to 78 degrees diagonal, which is 38 to 43 vertically at 16:9; 4:3 modes are often of older, wider
    cameras; telephones held upright see about 55. What a wrong guess costs: docs/accuracy.md.
    """
    if width < height:
        return 55.0
    return 45.0 if width < 1.5 * height else 42.0


def bearing(rays: Array) -> Array:
    """The smallest rotation (3, 3) from the optical axis to the ray through the middle of the face; rays (n, 2)."""
    x, y = rays.mean(axis=0)
    tangent = float(np.hypot(x, y))
    # The axis is the cross product of the optical axis (0, 0, -1) and the ray (x, y, -1).
    return np.asarray(cv2.Rodrigues(np.array([y, -x, 0.0]) / max(tangent, 1e-12) * np.arctan(tangent))[0])
