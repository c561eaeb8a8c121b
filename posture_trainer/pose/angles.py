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
    turn, tilt, nod = (math.radians(angle) for angle in (-rotation_deg, tilt_deg, flexion_deg))
    about_x = np.array([[1, 0, 0], [0, math.cos(nod), -math.sin(nod)], [0, math.sin(nod), math.cos(nod)]])
    about_z = np.array([[math.cos(tilt), -math.sin(tilt), 0], [math.sin(tilt), math.cos(tilt), 0], [0, 0, 1]])
    about_y = np.array([[math.cos(turn), 0, math.sin(turn)], [0, 1, 0], [-math.sin(turn), 0, math.cos(turn)]])
    return np.asarray(about_x @ about_z @ about_y)


def rotation_vectors(rotations: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each of the rotations (n, 3, 3) its axis times its angle in radians, 0 to pi: (n, 3)."""
    x_y_z_w = _quaternions(rotations)
    length = np.linalg.norm(x_y_z_w[:, :3], axis=1)
    angle = 2 * np.arctan2(length, x_y_z_w[:, 3])
    # sin(angle / 2) is the length; where it is nothing, the angle over it is 2
    per_length = np.divide(angle, length, out=np.full(len(length), 2.0), where=length > 1e-12)
    return np.asarray(x_y_z_w[:, :3] * per_length[:, None])


def _quaternions(rotations: NDArray[np.float64]) -> NDArray[np.float64]:
    """The unit quaternions (x, y, z, w; w not negative) of rotations, (n, 3, 3) to (n, 4).

    Each from the largest of its parts, so that none is found as a small difference (Shepperd 1978).
    """
    r = rotations
    trace = np.trace(r, axis1=1, axis2=2)
    found = np.empty((len(r), 4, 4))  # for each of the four parts the whole quaternion times four times that part
    for i, j, k in ((0, 1, 2), (1, 2, 0), (2, 0, 1)):
        found[:, i, i] = 1 - trace + 2 * r[:, i, i]
        found[:, i, j] = r[:, j, i] + r[:, i, j]
        found[:, i, k] = r[:, k, i] + r[:, i, k]
        found[:, i, 3] = found[:, 3, i] = r[:, k, j] - r[:, j, k]
    found[:, 3, 3] = 1 + trace
    largest = np.argmax(np.diagonal(found, axis1=1, axis2=2), axis=1)
    chosen = found[np.arange(len(r)), largest]
    chosen = chosen / np.linalg.norm(chosen, axis=1, keepdims=True)
    return np.asarray(np.where(chosen[:, 3:] < 0, -chosen, chosen))


def deviation_deg(rotation_deg: float, tilt_deg: float, flexion_deg: float) -> float:
    """The angle of the whole rotation that has these angles, 0 to 180 degrees.

    From the real part of the quaternion of Rx(flexion) Rz(tilt) Ry(-rotation), written out: it is asked in each frame.
    """
    x, z, y = (math.radians(angle) / 2 for angle in (flexion_deg, tilt_deg, -rotation_deg))
    real = math.cos(x) * math.cos(z) * math.cos(y) + math.sin(x) * math.sin(z) * math.sin(y)
    return math.degrees(2 * math.acos(min(1.0, abs(real))))


def mean_rotation(rotations: Sequence[Matrix]) -> Matrix:
    """The mean of one or more rotations (3x3), taken as rotations and never angle by angle: of all rotations the one
    from which the sum of squared chordal distances is least (Moakher 2002), by a singular value decomposition."""
    left, _, right = np.linalg.svd(np.sum(np.asarray(rotations), axis=0))
    left[:, 2] *= np.linalg.det(left @ right)
    return np.asarray(left @ right)


def spread_deg(rotations: Sequence[Matrix], mean: Matrix) -> float:
    """Root mean square angle of the rotations away from `mean`, in degrees: how restless they are."""
    vectors = rotation_vectors(mean.T @ np.asarray(rotations))
    return math.degrees(math.sqrt(float(np.mean((vectors**2).sum(axis=1)))))


AXES = ("rotation", "tilt", "flexion")
