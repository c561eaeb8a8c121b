"""The neutral baseline: what it is, and when a recording of it is good enough. Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, field_validator

from posture_trainer.pose.angles import mean_rotation, spread_deg
from posture_trainer.pose.posture import FacePose, Neutral

SCHEMA_VERSION = 1
# Corners of MediaPipe's face mesh: the line around the face in order, the eyes' outer corners, chin, nose bridge.
FACE_OVAL = (
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
    152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
)  # fmt: skip
EYE_CORNERS, CHIN, NOSE_BRIDGE = (33, 263), 152, 168
LANDMARKS = 478


@dataclass(frozen=True, eq=False)
class NeutralGuide:
    """Where the neutral face is in the camera's own (unmirrored) picture.

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


class Baseline(BaseModel):
    """A neutral baseline as stored (docs/formats.md). It keeps the shape of the face; session logs do not."""

    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)

    schema_version: int = Field(ge=1, le=SCHEMA_VERSION)
    created_utc: datetime
    rotation: list[list[float]]
    position_cm: list[float] = Field(min_length=3, max_length=3)
    spread_deg: float = Field(ge=0)
    face_width_px: float = Field(gt=0)
    frames: int = Field(ge=1)
    duration_s: float = Field(ge=0)
    picture_size: list[int] = Field(min_length=2, max_length=2)
    landmarks: list[list[float]]
    source: dict[str, Any]
    versions: dict[str, str]

    @field_validator("rotation")
    @classmethod
    def _is_rotation(cls, value: list[list[float]]) -> list[list[float]]:
        matrix = np.array(value, dtype=float)
        good = (
            matrix.shape == (3, 3)
            and np.allclose(matrix @ matrix.T, np.eye(3), atol=1e-3)
            and np.linalg.det(matrix) > 0
        )
        if not good:
            raise ValueError("must be a 3x3 rotation matrix")
        return value

    @field_validator("landmarks")
    @classmethod
    def _are_points(cls, value: list[list[float]]) -> list[list[float]]:
        if np.array(value, dtype=float).shape != (LANDMARKS, 2) or not np.isfinite(value).all():
            raise ValueError(f"must be {LANDMARKS} points of 2 numbers")
        return value

    def neutral(self) -> Neutral:
        """The head that angles and positions are measured from."""
        return Neutral(np.array(self.rotation), np.array(self.position_cm))

    def guide(self) -> NeutralGuide:
        """The lines for the mirror."""
        points = np.array(self.landmarks)
        return NeutralGuide(
            outline=points[list(FACE_OVAL)],
            midline_x=float(points[NOSE_BRIDGE, 0]),
            eyes_y=float(points[list(EYE_CORNERS), 1].mean()),
            chin_y=float(points[CHIN, 1]),
        )


@dataclass(frozen=True)
class Refusal:
    """Why a recording was not taken, and what to do, in words for the patient."""

    reason: str


def baseline_from_poses(
    poses: list[FacePose],
    frames_seen: int,
    duration_s: float,
    picture_size: tuple[int, int],
    *,
    created_utc: datetime,
    source: dict[str, Any],
    versions: dict[str, str],
    rules: BaselineRules,
) -> Baseline | Refusal:
    """The baseline from the poses of a still head, or why there is none.

    poses: of the frames with a face. frames_seen: all frames. picture_size: width and height in pixels.
    """
    if not poses:
        return Refusal("I could not see your face. Sit in front of the camera with light on your face, and try again.")
    if len(poses) < rules.face_share * frames_seen:
        return Refusal("I lost sight of your face at times. Sit in the middle, with light on your face, and try again.")
    if len(poses) < rules.fewest_frames:
        return Refusal("The camera gave too few pictures. Close other programs, let in more light, and try again.")
    rotation = mean_rotation([pose.rotation for pose in poses])
    spread = spread_deg([pose.rotation for pose in poses], rotation)
    if spread > rules.longest_spread_deg:
        return Refusal(
            f"Your head moved a little too much ({spread:.1f}°, up to {rules.longest_spread_deg:.1f}° is fine). "
            "Lean back, take a breath, and try again."
        )
    return Baseline(
        schema_version=SCHEMA_VERSION,
        created_utc=created_utc,
        rotation=rotation.tolist(),
        position_cm=np.mean([pose.position_cm for pose in poses], axis=0).tolist(),
        spread_deg=round(spread, 3),
        face_width_px=round(float(np.mean([pose.width_px for pose in poses])), 1),
        frames=len(poses),
        duration_s=round(duration_s, 3),
        picture_size=list(picture_size),
        landmarks=np.mean([pose.landmarks for pose in poses], axis=0).round(5).tolist(),
        source=source,
        versions=versions,
    )
