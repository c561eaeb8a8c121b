"""Head angles from rotations, and averages of rotations. Pure geometry.

Axes of a head: x to the patient's left, y up, z out of the face. A camera has the same axes as a head
that looks straight into it: x to the right of its picture, y up, z towards the camera.
All rotations are 3x3 matrices that turn head axes into camera axes.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class HeadAngles:
    """How far the head is turned away from neutral, in degrees, as the patient would say it.

    rotation_deg: + face turned to the patient's right. tilt_deg: + right ear towards the right shoulder.
    flexion_deg: + chin down. deviation_deg: angle of the whole rotation, 0 to 180.
    """

    rotation_deg: float
    tilt_deg: float
    flexion_deg: float
    deviation_deg: float


def head_angles(neutral: Matrix, now: Matrix) -> HeadAngles:
    """The angles of the head `now` relative to `neutral` (both 3x3, head to camera).

    Solves neutral^T now = Rx(flexion) Rz(tilt) Ry(-rotation), the order of the ISB for the spine
    (flexion, lateral bending, axial rotation; Wu et al. 2002). Tilt lies within +-90 degrees.
    Written out, because it is done twice in every frame: the product's middle column is (-sin tilt,
    cos flexion cos tilt, sin flexion cos tilt), its top row cos tilt (cos rotation, ., -sin rotation).
    """
    r = neutral.T @ now
    return HeadAngles(
        rotation_deg=math.degrees(math.atan2(-r[0, 2], r[0, 0])),
        tilt_deg=math.degrees(math.asin(min(1.0, max(-1.0, -r[0, 1])))),
        flexion_deg=math.degrees(math.atan2(r[2, 1], r[1, 1])),
        deviation_deg=angle_between_deg(neutral, now),
    )


def angle_between_deg(a: Matrix, b: Matrix) -> float:
    """The angle of the rotation from a to b (both 3x3), 0 to 180 degrees."""
    r = a.T @ b
    twice_sine = math.hypot(r[2, 1] - r[1, 2], r[0, 2] - r[2, 0], r[1, 0] - r[0, 1])
    return math.degrees(math.atan2(twice_sine, r[0, 0] + r[1, 1] + r[2, 2] - 1.0))


def rotation_from_angles(rotation_deg: float, tilt_deg: float, flexion_deg: float) -> Matrix:
    """The 3x3 rotation away from neutral that has these angles: the inverse of `head_angles`."""
    return Rotation.from_euler("XZY", [flexion_deg, tilt_deg, -rotation_deg], degrees=True).as_matrix()


def deviation_deg(rotation_deg: float, tilt_deg: float, flexion_deg: float) -> float:
    """The angle of the whole rotation that has these angles, 0 to 180 degrees.

    From the real part of the quaternion of Rx(flexion) Rz(tilt) Ry(-rotation), written out: it is asked in each frame.
    """
    x, z, y = (math.radians(angle) / 2 for angle in (flexion_deg, tilt_deg, -rotation_deg))
    real = math.cos(x) * math.cos(z) * math.cos(y) + math.sin(x) * math.sin(z) * math.sin(y)
    return math.degrees(2 * math.acos(min(1.0, abs(real))))


def mean_rotation(rotations: Sequence[Matrix]) -> Matrix:
    """The mean of one or more rotations (3x3), taken as rotations and never angle by angle."""
    return Rotation.from_matrix(np.asarray(rotations)).mean().as_matrix()


def spread_deg(rotations: Sequence[Matrix], mean: Matrix) -> float:
    """Root mean square angle of the rotations away from `mean`, in degrees: how restless they are."""
    relative = Rotation.from_matrix(mean.T @ np.asarray(rotations))
    return float(np.degrees(np.sqrt(np.mean(np.square(relative.magnitude())))))


AXES = ("rotation", "tilt", "flexion")
