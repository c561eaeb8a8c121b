"""How straight a neutral is: the head's own attitude as the camera saw it. Pure.

Neutral is where the angles begin, so in a session nothing can tell whether it is straight. This can, roughly: anybody's
face is fitted to the landmarks of the neutral. (The patient's own face model comes from the same frames with anybody's
depth, and knows no more.)

Turn and nod are against the line from the camera to the head: a head beside the middle of the picture that faces the
camera is straight. The line goes to where the middle of an upright head would be, above the base of the skull, which
stays in place as the head turns; a line to the face itself would move along, and tell 25 degrees of 22. Tilt is against
the picture's vertical.

Anybody's face is not this face, nobody knows how high the camera stands, and opinions differ on what is level: what
that costs and how the limits were found is in docs/calibration.md, and scripts/bend/measure_attitude.py prints it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from posture_trainer.pose.angles import Matrix, head_angles, rotation_from_angles
from posture_trainer.pose.camera_model import Array, Camera, bearing
from posture_trainer.pose.face import MESH_POINTS, Face
from posture_trainer.pose.head_pose import SKULL_BASE_CM, anybodys_face, solve_pose
from posture_trainer.pose.neutral.baseline import Baseline, StoredAttitude
from posture_trainer.pose.quality import is_upside_down
from posture_trainer.pose.target import FURTHEST_DEG, Target

AXES = ("turn", "tilt", "nod")
STEP_SHARE = 0.5  # of the way to straight: a target is a step on it
UNCERTAINTY_DEG = {"turn": 4.5, "tilt": 5.5, "nod": 19.0}  # 95 % of straight heads are told within so much of 0
_UPRIGHT_CM = np.array([0.0, -SKULL_BASE_CM[1], 0.0])  # from the base of the skull to the middle of an upright head
_FURTHEST_SHARE, _SMALLEST_SHARE = 3.0, 0.005  # of the picture, for where landmarks may be and what they must span
_LEVEL_NOD_DEG = 2.0  # what anybody's face tells of level heads, on average over three sources of heads


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

    def rotation(self) -> Matrix:
        """From a straight head to this one, 3x3 in the straight head's axes."""
        return rotation_from_angles(self.turn_deg, self.tilt_deg, self.nod_deg)


@dataclass(frozen=True)
class AttitudeLimits:
    """Up to how many degrees a head passes for straight. A camera above the eyes sees a level head nod, so there is
    more room for chin down than up."""

    turn_deg: float = 9.0
    tilt_deg: float = 8.0
    chin_down_deg: float = 27.0
    chin_up_deg: float = 15.0

    def of(self, axis: str, angle_deg: float) -> float:
        """The limit on one of AXES, to the side of that angle."""
        if axis == "nod":
            return self.chin_down_deg if angle_deg > 0 else self.chin_up_deg
        return float(getattr(self, f"{axis}_deg"))

    def out(self, attitude: Attitude) -> tuple[str, ...]:
        """Those of AXES on which it is to be asked about; none for a head that passes for straight."""
        return tuple(axis for axis in AXES if abs(attitude.of(axis)) > self.of(axis, attitude.of(axis)))


def attitude_of(faces: Sequence[Face], vfov_deg: float) -> Attitude:
    """The attitude of a still head, from its one or more faces. vfov_deg: the camera's vertical field of view."""
    shares = np.mean([face.shares for face in faces], axis=0)
    return _attitude(shares, Camera(*faces[0].picture_size, vfov_deg))


def attitude_of_baseline(baseline: Baseline) -> Attitude | None:
    """The attitude of the head in a stored baseline, of whatever age; None when it came without the face's shape, or
    with one that no camera has seen."""
    if baseline.landmarks is None:
        return None
    shares = np.array(baseline.landmarks)
    if abs(shares).max() > _FURTHEST_SHARE or np.ptp(shares, axis=0).min() < _SMALLEST_SHARE:
        return None
    return _attitude(shares, Camera(baseline.picture_size[0], baseline.picture_size[1], baseline.vfov_deg))


def with_attitude(baseline: Baseline, limits: AttitudeLimits | None = None) -> Baseline:
    """The baseline with how straight it is, found from its landmarks where it does not say so yet.

    One that does not pass for straight is not confirmed: who is asked says so later. Nothing is said of a picture that
    stands on its head.
    """
    if baseline.attitude_deg is not None or is_upside_down(np.array(baseline.rotation)):
        return baseline
    attitude = attitude_of_baseline(baseline)
    if attitude is None:
        return baseline
    stored = StoredAttitude(**{axis: round(attitude.of(axis), 1) for axis in AXES})
    asked = (limits or AttitudeLimits()).out(_as_stored(stored))
    return baseline.model_copy(
        update={
            "attitude_deg": stored,
            "confirmed_as_straightest": baseline.confirmed_as_straightest or (False if asked else None),
        }
    )


def stored_attitude(baseline: Baseline) -> Attitude | None:
    """How straight a baseline says that it is."""
    return None if baseline.attitude_deg is None else _as_stored(baseline.attitude_deg)


def step_to_straight(
    attitude: Attitude, limits: AttitudeLimits, neck_axes: Matrix | None = None, share: float = STEP_SHARE
) -> Target:
    """A target on the way from this start position to straight, in whole degrees, up to the target's own limit.

    Only what is out is to be brought back: what lies within the limits may be this face and this camera. neck_axes
    (3x3): those that the baseline's angles are told in. share: of the way, 0 to 1.
    """
    straight = replace(attitude, **{f"{axis}_deg": 0.0 for axis in limits.out(attitude)})
    axes = np.eye(3) if neck_axes is None else neck_axes
    way = head_angles(attitude.rotation() @ axes, straight.rotation() @ axes)

    def step(angle_deg: float) -> float:
        return float(round(min(FURTHEST_DEG, max(-FURTHEST_DEG, share * angle_deg))))

    return Target(step(way.rotation_deg), step(way.tilt_deg), step(way.flexion_deg))


def _as_stored(stored: StoredAttitude) -> Attitude:
    return Attitude(stored.turn, stored.tilt, stored.nod)


def _attitude(shares: Array, camera: Camera) -> Attitude:
    """From where the landmarks are, (478, 2) in shares of the picture."""
    pose = solve_pose(shares[:MESH_POINTS] * (camera.width, camera.height), camera, anybodys_face())
    middle_cm = pose.skull_base_cm() + _UPRIGHT_CM
    facing = bearing(middle_cm[None, :2] / -middle_cm[2])
    angles = head_angles(facing, pose.rotation)
    return Attitude(angles.rotation_deg, angles.tilt_deg, angles.flexion_deg - _LEVEL_NOD_DEG)
