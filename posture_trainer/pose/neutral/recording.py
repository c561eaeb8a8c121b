"""When a recording of the neutral position is good enough to be one. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from posture_trainer.pose.angles import mean_rotation, spread_deg
from posture_trainer.pose.camera_model import Camera
from posture_trainer.pose.face import Face
from posture_trainer.pose.head_pose import FaceModel, HeadPose, fit_face_model, solve_pose
from posture_trainer.pose.neutral.baseline import SCHEMA_VERSION, Baseline, StoredFaceModel
from posture_trainer.pose.neutral.neck_axes import neck_axes

SETTLING_S = 0.2  # MediaPipe's first frames after finding a face are up to 3 degrees off
_MODEL_FRAMES = 20  # more neutral frames do not make the face model better


@dataclass(frozen=True)
class BaselineRules:
    """What a recording must have to be taken. face_share: of the frames, with a face."""

    longest_spread_deg: float = 2.0
    fewest_frames: int = 20
    face_share: float = 0.8


# A video is what it is: nobody can be asked to sit still again, so a restless neutral is told, not refused.
ANY_STILLNESS = BaselineRules(longest_spread_deg=180.0, fewest_frames=1, face_share=0.0)


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
    settled = [face for t_s, face in seen if face is not None and t_s - seen[0][0] >= SETTLING_S] or faces
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
    assert model.neutral is not None
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
            points_cm=model.points_cm.round(4).tolist(),
            neutral_shape=model.neutral.shape.round(4).tolist(),
            neutral_view_rad=(round(model.neutral.view.yaw, 5), round(model.neutral.view.pitch, 5)),
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
