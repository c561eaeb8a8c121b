"""The neutral baseline: what it is, and when a recording of it is good enough. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from posture_trainer.errors import UserError
from posture_trainer.pose.angles import mean_rotation, spread_deg
from posture_trainer.pose.camera_model import Camera
from posture_trainer.pose.face import MESH_POINTS, Face
from posture_trainer.pose.head_pose import SKULL_BASE_CM, FaceModel, HeadPose, fit_face_model, solve_pose
from posture_trainer.pose.neck_axes import neck_axes
from posture_trainer.pose.patient_face import Place
from posture_trainer.pose.target import NEUTRAL, Target

SCHEMA_VERSION = 1
# Corners of MediaPipe's face mesh: the line around the face in order, the eyes' outer corners, chin, nose bridge.
FACE_OVAL = (
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
    152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
)  # fmt: skip
EYE_CORNERS, CHIN, NOSE_BRIDGE = (33, 263), 152, 168
LANDMARKS = 478
_SETTLING_S = 0.2  # MediaPipe's first frames after finding a face are up to 3 degrees off
_NO_SHAPE = "This baseline came without the shape of the face. Please record a new one with: calibrate"
_MODEL_FRAMES = 20  # more neutral frames do not make the face model better


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


@dataclass(frozen=True)
class BaselineRules:
    """What a recording must have to be taken. face_share: of the frames, with a face."""

    longest_spread_deg: float = 2.0
    fewest_frames: int = 20
    face_share: float = 0.8


def _is_rotation(value: list[list[float]]) -> list[list[float]]:
    matrix = np.array(value, dtype=float)
    square = matrix.shape == (3, 3)
    if not (square and np.allclose(matrix @ matrix.T, np.eye(3), atol=1e-3) and np.linalg.det(matrix) > 0):
        raise ValueError("must be a 3x3 rotation matrix")
    return value


def _are_points(count: int, dimensions: int) -> AfterValidator:
    def check(value: list[list[float]]) -> list[list[float]]:
        if np.array(value, dtype=float).shape != (count, dimensions):
            raise ValueError(f"must be {count} points of {dimensions} numbers")
        return value

    return AfterValidator(check)


RotationMatrix = Annotated[list[list[float]], AfterValidator(_is_rotation)]
Points2 = Annotated[list[list[float]], _are_points(LANDMARKS, 2)]
Points3 = Annotated[list[list[float]], _are_points(MESH_POINTS, 3)]


class StoredFaceModel(BaseModel):
    """The patient's face: points in cm in head axes, and the neutral shape that later ones are compared with."""

    model_config = ConfigDict(frozen=True, allow_inf_nan=False)

    points_cm: Points3
    neutral_shape: Points3


class Baseline(BaseModel):
    """A neutral baseline as stored (docs/formats.md). It keeps the shape of the face; session logs do not.

    landmarks and face_model are that shape; both are None in a baseline that was exported without it.
    target: where practice guides to if not to neutral itself.
    """

    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)

    schema_version: int = Field(ge=1, le=SCHEMA_VERSION)
    created_utc: datetime
    rotation: RotationMatrix
    neck_axes: RotationMatrix | None = None
    target: Target | None = None
    position_cm: list[float] = Field(min_length=3, max_length=3)
    spread_deg: float = Field(ge=0)
    face_width_px: float = Field(gt=0)
    frames: int = Field(ge=1)
    duration_s: float = Field(ge=0)
    picture_size: list[int] = Field(min_length=2, max_length=2)
    vfov_deg: float = Field(gt=1, lt=170)
    source: dict[str, Any]
    versions: dict[str, str]
    landmarks: Points2 | None = None
    face_model: StoredFaceModel | None = None

    def model(self) -> FaceModel:
        """The patient's face. Raises UserError when the baseline came without it."""
        if self.face_model is None:
            raise UserError(_NO_SHAPE)
        return FaceModel(np.array(self.face_model.points_cm), np.array(self.face_model.neutral_shape))

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


@dataclass(frozen=True)
class Refusal:
    """Why a recording was not taken, and what to do, in words for the patient."""

    reason: str


def record_baseline(
    seen: Sequence[tuple[float, Face | None]],
    vfov_deg: float,
    *,
    created_utc: datetime,
    source: dict[str, Any],
    versions: dict[str, str],
    rules: BaselineRules,
) -> Baseline | Refusal:
    """The baseline from what was seen of a still head, or why there is none.

    seen: for each frame its time in seconds and the patient's face in it, or None. vfov_deg: the camera's vertical
    field of view.
    """
    duration_s = seen[-1][0] - seen[0][0] if seen else 0.0
    faces = [face for _, face in seen if face is not None]
    if not faces:
        return Refusal("I could not see your face. Sit in front of the camera with light on your face, and try again.")
    if len(faces) < rules.face_share * len(seen):
        return Refusal("I lost sight of your face at times. Sit in the middle, with light on your face, and try again.")
    if len(faces) < rules.fewest_frames:
        return Refusal("The camera gave too few pictures. Close other programs, let in more light, and try again.")
    settled = [face for t_s, face in seen if face is not None and t_s - seen[0][0] >= _SETTLING_S] or faces
    camera = Camera(*faces[0].picture_size, vfov_deg)
    model = fit_face_model([face.mesh for face in settled[:: 1 + len(settled) // _MODEL_FRAMES]], camera)
    found = poses(settled, camera, model)
    rotation = mean_rotation([pose.rotation for pose in found])
    spread = spread_deg([pose.rotation for pose in found], rotation)
    if spread > rules.longest_spread_deg:
        return Refusal(
            f"Your head moved a little too much ({spread:.1f}°, up to {rules.longest_spread_deg:.1f}° is fine). "
            "Lean back, take a breath, and try again."
        )
    assert model.neutral_shape is not None
    return Baseline(
        schema_version=SCHEMA_VERSION,
        created_utc=created_utc,
        rotation=rotation.tolist(),
        position_cm=np.mean([pose.skull_base_cm() for pose in found], axis=0).tolist(),
        spread_deg=round(spread, 3),
        face_width_px=round(float(np.mean([face.width_px for face in settled])), 1),
        frames=len(settled),
        duration_s=round(duration_s, 3),
        picture_size=[camera.width, camera.height],
        vfov_deg=vfov_deg,
        source=source,
        versions=versions,
        landmarks=np.mean([face.shares for face in settled], axis=0).round(5).tolist(),
        face_model=StoredFaceModel(
            points_cm=model.points_cm.round(4).tolist(), neutral_shape=model.neutral_shape.round(4).tolist()
        ),
    )


def with_neck_axes(baseline: Baseline, faces: Sequence[Face]) -> Baseline | Refusal:
    """The baseline with the axes of this neck, from the faces of a slow "no" and a slow "yes"; or why not."""
    camera = Camera(baseline.picture_size[0], baseline.picture_size[1], baseline.vfov_deg)
    neutral = np.array(baseline.rotation)
    axes = neck_axes([neutral.T @ pose.rotation for pose in poses(faces, camera, baseline.model())]) if faces else ""
    if isinstance(axes, str):
        return Refusal(axes or "I could not see your face while you moved.")
    return baseline.model_copy(update={"neck_axes": axes.tolist()})


def poses(faces: Sequence[Face], camera: Camera, model: FaceModel) -> list[HeadPose]:
    """The poses of a head in frames that follow one another."""
    found: list[HeadPose] = []
    for face in faces:
        found.append(solve_pose(face.mesh, camera, model, found[-1] if found else None))
    return found
