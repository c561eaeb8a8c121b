"""How straight a neutral is: the head's own attitude as the camera saw it. Pure.

Neutral is where the angles begin, so nothing in a session can tell whether it is straight. This can, roughly: it fits
anybody's face to the neutral's landmarks. The patient's own face model would not do, because it is made from the same
frames and takes part of the attitude into the face; nor would the angles of a session, which are zero there.

Turn and nod are against the line from the camera to the head: a head beside the middle of the picture that faces the
camera is straight. The line goes to where the middle of an upright head would be, above the base of the skull, which
stays in place as the head turns: a line to the face itself would move along and tell 25 degrees for 22. Tilt is against
the picture's vertical. Anybody's face is not this face, and nobody knows how high the camera stands: what that costs,
and how the limits were found, is in docs/calibration.md (scripts/bend/measure_attitude.py prints it).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from posture_trainer.pose.angles import Matrix, head_angles, rotation_from_angles
from posture_trainer.pose.baseline import Baseline
from posture_trainer.pose.camera_model import Array, Camera, bearing
from posture_trainer.pose.face import MESH_POINTS, Face
from posture_trainer.pose.head_pose import SKULL_BASE_CM, anybodys_face, solve_pose

AXES = ("turn", "tilt", "nod")
_UPRIGHT_CM = np.array([0.0, -SKULL_BASE_CM[1], 0.0])  # from the base of the skull to the middle of an upright head
_LEVEL_NOD_DEG = 0.0


@dataclass(frozen=True)
class Attitude:
    """The head's own attitude in degrees. turn_deg: + face turned to the patient's right of the line to the camera.
    tilt_deg: + right ear towards the right shoulder. nod_deg: + chin down."""

    turn_deg: float
    tilt_deg: float
    nod_deg: float

    def of(self, axis: str) -> float:
        """The angle on one of AXES."""
        return float(getattr(self, f"{axis}_deg"))


@dataclass(frozen=True)
class AttitudeLimits:
    """Up to how many degrees a head passes for straight."""

    turn_deg: float = 12.0
    tilt_deg: float = 8.0
    nod_deg: float = 25.0

    def out(self, attitude: Attitude) -> tuple[str, ...]:
        """Those of AXES on which it is to be asked; none for a head that passes for straight."""
        return tuple(axis for axis in AXES if abs(attitude.of(axis)) > getattr(self, f"{axis}_deg"))


def attitude_of(faces: Sequence[Face], vfov_deg: float) -> Attitude:
    """The attitude of a still head, from its one or more faces. vfov_deg: the camera's vertical field of view."""
    shares = np.mean([face.shares for face in faces], axis=0)
    return _attitude(shares, Camera(*faces[0].picture_size, vfov_deg))


def attitude_of_baseline(baseline: Baseline) -> Attitude | None:
    """The attitude of the head in a stored baseline, of whatever age; None when it came without the shape."""
    if baseline.landmarks is None:
        return None
    camera = Camera(baseline.picture_size[0], baseline.picture_size[1], baseline.vfov_deg)
    return _attitude(np.array(baseline.landmarks), camera)


def _attitude(shares: Array, camera: Camera) -> Attitude:
    """From the landmarks' places (478, 2) in shares of the picture."""
    pose = solve_pose(shares[:MESH_POINTS] * (camera.width, camera.height), camera, anybodys_face())
    middle_cm = pose.skull_base_cm() + _UPRIGHT_CM
    facing = bearing(middle_cm[None, :2] / -middle_cm[2])
    angles = head_angles(facing, pose.rotation)
    return Attitude(angles.rotation_deg, angles.tilt_deg, angles.flexion_deg - _LEVEL_NOD_DEG)
