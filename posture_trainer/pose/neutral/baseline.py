"""The neutral baseline: what it is, and when a recording of it is good enough. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from posture_trainer.errors import UserError
from posture_trainer.pose.bend_correction import NeutralLook, View, view_of
from posture_trainer.pose.camera_model import Camera
from posture_trainer.pose.face import MESH_POINTS
from posture_trainer.pose.head_pose import SKULL_BASE_CM, FaceModel, solve_pose
from posture_trainer.pose.patient_face import Place
from posture_trainer.pose.target import NEUTRAL, Target
from posture_trainer.pose.trunk.body import Body
from posture_trainer.pose.trunk.stored import StoredShoulders, stored_shoulders

SCHEMA_VERSION = 1
FIRST_YEAR, LAST_YEAR = 1970, 2200
# Corners of MediaPipe's face mesh: the line around the face in order, the eyes' outer corners, chin, nose bridge.
FACE_OVAL = (
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
    152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
)  # fmt: skip
EYE_CORNERS, CHIN, NOSE_BRIDGE = (33, 263), 152, 168
LANDMARKS = 478
_NO_SHAPE = "This straight position came without the shape of the face. Please have it set again."


@dataclass(frozen=True, eq=False)
class NeutralGuide:
    """Where the face is to be in the camera's own (unmirrored) picture.

    All are shares of the picture's width (x) or height (y), 0 at its left or top edge.
    outline: (N, 2) closed line around the face. midline_x, eyes_y, chin_y: the three guide lines.
    """

    outline: NDArray[np.float64]
    midline_x: float
    eyes_y: float
    chin_y: float


def _is_rotation(value: list[list[float]]) -> list[list[float]]:
    matrix = np.array(value, dtype=float)
    square = matrix.shape == (3, 3) and np.abs(matrix).max() < 2
    if not (square and np.allclose(matrix @ matrix.T, np.eye(3), atol=1e-3) and np.linalg.det(matrix) > 0):
        raise ValueError("must be a 3x3 rotation matrix")
    return value


def _are_points(count: int, dimensions: int, largest: float) -> AfterValidator:
    def check(value: list[list[float]]) -> list[list[float]]:
        if {len(point) for point in value} != {dimensions} or len(value) != count:
            raise ValueError(f"must be {count} points of {dimensions} numbers")
        if np.abs(np.array(value)).max() > largest:
            raise ValueError("has points that no face has")
        return value

    return AfterValidator(check)


_Radians = Annotated[float, Field(ge=-math.pi, le=math.pi)]
_Point = Annotated[list[float], Field(max_length=3)]
RotationMatrix = Annotated[list[_Point], Field(max_length=3), AfterValidator(_is_rotation)]
Points2 = Annotated[list[_Point], Field(max_length=LANDMARKS), _are_points(LANDMARKS, 2, largest=10.0)]
Points3 = Annotated[list[_Point], Field(max_length=MESH_POINTS), _are_points(MESH_POINTS, 3, largest=100.0)]


def _in_our_time(moment: datetime) -> datetime:
    """A clock that was never set says 1970, one that was set wrong any year near ours; no clock says 1 or 9999."""
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError("is no time of a recording")
    return moment


Moment = Annotated[datetime, AfterValidator(_in_our_time)]


class StoredFaceModel(BaseModel):
    """The patient's face: points in cm in head axes, and the neutral look that later ones are compared with.

    neutral_view_rad: yaw and pitch as the camera saw them; files of before there was one are `upgraded`.
    """

    model_config = ConfigDict(frozen=True, allow_inf_nan=False)

    points_cm: Points3
    neutral_shape: Points3
    neutral_view_rad: tuple[_Radians, _Radians] | None = None


class StoredAttitude(BaseModel):
    """The head's own attitude in degrees, signed as in `attitude.Attitude`."""

    model_config = ConfigDict(frozen=True, allow_inf_nan=False)

    turn: float = Field(ge=-180, le=180)
    tilt: float = Field(ge=-180, le=180)
    nod: float = Field(ge=-180, le=180)


class Baseline(BaseModel):
    """A neutral baseline as stored (docs/formats.md). It keeps the shape of the face; session logs do not.

    landmarks and face_model are that shape; both are None in a baseline that was exported without it.
    target: where practice guides to if not to neutral itself. order_ms: its place among the patient's baselines
    (records/order.py). spread_deg, slow_deg: how restless the head was, and that without what is above 1 Hz.
    widened: it met only the wider limit; restless: not even that. lacking: with what placement went on regardless
    (placement.Advice). attitude_deg: how straight the head was. confirmed_as_straightest: None for a head that passes
    for straight; else whether somebody said that it can't be held straighter. shoulders: their neutral, where they were
    seen.
    What files of before don't say is None or its default.
    """

    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)

    schema_version: int = Field(ge=1, le=SCHEMA_VERSION)
    created_utc: Moment
    order_ms: int | None = Field(default=None, ge=0, le=1 << 53)
    rotation: RotationMatrix
    neck_axes: RotationMatrix | None = None
    target: Target | None = None
    position_cm: list[Annotated[float, Field(ge=-10_000, le=10_000)]] = Field(min_length=3, max_length=3)
    spread_deg: float = Field(ge=0, le=180)
    slow_deg: float | None = Field(default=None, ge=0, le=180)
    widened: bool = False
    restless: bool = False
    lacking: tuple[Annotated[str, Field(max_length=40)], ...] = Field(default=(), max_length=20)
    attitude_deg: StoredAttitude | None = None
    confirmed_as_straightest: bool | None = None
    face_width_px: float = Field(gt=0, le=20_000)
    frames: int = Field(ge=1, le=1_000_000_000)
    duration_s: float = Field(ge=0, le=7 * 86_400)
    picture_size: list[Annotated[int, Field(ge=1, le=20_000)]] = Field(min_length=2, max_length=2)
    vfov_deg: float = Field(ge=10, le=150)
    source: dict[str, Any]
    versions: dict[str, str] = Field(max_length=100)
    landmarks: Points2 | None = None
    face_model: StoredFaceModel | None = None
    shoulders: StoredShoulders | None = None

    @property
    def is_start_position(self) -> bool:
        """Whether the head was not straight in it: then nobody calls it neutral, or praises it."""
        return self.confirmed_as_straightest is not None

    def model(self) -> FaceModel:
        """The patient's face. Raises UserError when the baseline came without it."""
        if self.face_model is None:
            raise UserError(_NO_SHAPE)
        stored = self.face_model
        assert stored.neutral_view_rad is not None, "see upgraded"
        look = NeutralLook(np.array(stored.neutral_shape), View(*stored.neutral_view_rad))
        return FaceModel(np.array(stored.points_cm), look)

    def place(self) -> Place:
        """Where the face was in the picture. Raises UserError when the baseline came without its shape."""
        width, height = self.picture_size
        centre = (self._points()[:MESH_POINTS].mean(axis=0) - 0.5) * (width / height, 1.0)
        return Place(centre, self.face_width_px / height)

    def _points(self) -> NDArray[np.float64]:
        if self.landmarks is None:
            raise UserError(_NO_SHAPE)
        return np.array(self.landmarks)

    def guide(self, target: Target = NEUTRAL) -> NeutralGuide:
        """The lines for the mirror, of a head on the target: turned about the base of the skull, which stays."""
        points = self._points()[:MESH_POINTS]
        if target != NEUTRAL:
            points = points + self._shares(target) - self._shares(NEUTRAL)
        return NeutralGuide(
            outline=points[list(FACE_OVAL)],
            midline_x=float(points[NOSE_BRIDGE, 0]),
            eyes_y=float(points[list(EYE_CORNERS), 1].mean()),
            chin_y=float(points[CHIN, 1]),
        )

    def axes(self) -> NDArray[np.float64]:
        """The axes that angles are told in: (3, 3), columns in head axes."""
        return np.eye(3) if self.neck_axes is None else np.array(self.neck_axes)

    def rotation_at(self, target: Target) -> NDArray[np.float64]:
        """The rotation (3, 3), head to camera axes, of a head on the target."""
        axes = self.axes()
        return np.asarray(np.array(self.rotation) @ axes @ target.rotation() @ axes.T)

    def _shares(self, target: Target) -> NDArray[np.float64]:
        """Where the points of the face are in the picture, (468, 2), when the head is on the target."""
        camera = Camera(self.picture_size[0], self.picture_size[1], self.vfov_deg)
        turned = (self.model().points_cm - SKULL_BASE_CM) @ self.rotation_at(target).T
        return np.asarray(camera.pixels(turned + np.array(self.position_cm)) / self.picture_size)


def with_shoulders(baseline: Baseline, bodies: Sequence[Body]) -> Baseline:
    """The baseline with the neutral of the shoulders, from the looks at the body while it was taken."""
    x, y, z = baseline.position_cm
    camera = Camera(baseline.picture_size[0], baseline.picture_size[1], baseline.vfov_deg)
    return baseline.model_copy(update={"shoulders": stored_shoulders(bodies, (x, y, z), camera)})


def upgraded(baseline: Baseline) -> Baseline:
    """A baseline of before the neutral view was kept, as it would be recorded today: view and rotation are found anew
    from its landmarks, because both depend on how the bend of the landmarks is taken back. Others stay as they are."""
    stored = baseline.face_model
    if stored is None or stored.neutral_view_rad is not None or baseline.landmarks is None:
        return baseline
    width, height = baseline.picture_size
    camera = Camera(width, height, baseline.vfov_deg)
    flat = np.array(baseline.landmarks)[:MESH_POINTS] * (width, height)
    rotation = solve_pose(flat, camera, FaceModel(np.array(stored.points_cm), None)).rotation
    view = view_of(flat, camera, rotation)
    model = stored.model_copy(update={"neutral_view_rad": (view.yaw, view.pitch)})
    return baseline.model_copy(update={"rotation": rotation.tolist(), "face_model": model})
