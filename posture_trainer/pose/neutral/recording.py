"""When a recording of the neutral position is good enough to be one. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from posture_trainer.pose.angles import mean_rotation
from posture_trainer.pose.camera_model import Camera
from posture_trainer.pose.face import Face
from posture_trainer.pose.head_pose import FaceModel, HeadPose, fit_face_model, solve_pose
from posture_trainer.pose.neutral.attitude import with_attitude
from posture_trainer.pose.neutral.baseline import SCHEMA_VERSION, Baseline, StoredFaceModel
from posture_trainer.pose.neutral.neck_axes import neck_axes
from posture_trainer.pose.neutral.stillness import Stillness, TryRules, decide, restless_words, rules_for_try, stillness

SETTLING_S = 0.2  # MediaPipe's first frames after finding a face are up to 3 degrees off
_MODEL_FRAMES = 20  # more neutral frames do not make the face model better


@dataclass(frozen=True)
class BaselineRules:
    """What a recording must have to be taken.

    longest_spread_deg: of its slow spread, at the first two tries. face_share: of the frames, with a face.
    """

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
    """The baseline from what was seen of a head, or why there is none. Whether it was still is for `judged` to say.

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
    timed = [(t_s, face) for t_s, face in seen if face is not None]
    timed = [(t_s, face) for t_s, face in timed if t_s - seen[0][0] >= SETTLING_S] or timed
    settled = [face for _, face in timed]
    camera = Camera(*faces[0].picture_size, vfov_deg)
    model = fit_face_model([face.mesh for face in settled[:: 1 + len(settled) // _MODEL_FRAMES]], camera)
    found = poses(settled, camera, model)
    rotation = mean_rotation([pose.rotation for pose in found])
    still = stillness([t_s for t_s, _ in timed], [pose.rotation for pose in found])
    assert model.neutral is not None
    baseline = Baseline(
        schema_version=SCHEMA_VERSION,
        created_utc=created_utc,
        rotation=rotation.tolist(),
        position_cm=np.mean([pose.skull_base_cm() for pose in found], axis=0).tolist(),
        spread_deg=round(still.total_deg, 3),
        slow_deg=round(still.slow_deg, 3),
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
    return with_attitude(baseline)


def judged(tries: Sequence[Baseline], first: TryRules) -> tuple[int, Baseline] | Refusal:
    """Which of the recordings so far is the neutral, with how it was taken; or why to try again. Never endless.

    tries: one or more, the last one last, each recorded anew because the one before was refused. first: of the first
    try; `rules_for_try` gives those of the next.
    """
    seen = [Stillness(each.spread_deg, each.spread_deg if each.slow_deg is None else each.slow_deg) for each in tries]
    decision = decide(seen, first)
    if decision.taken is None:
        return Refusal(restless_words(seen[-1], rules_for_try(len(tries), first).limit_deg))
    how = {"widened": decision.widened, "restless": decision.restless}
    return decision.taken, tries[decision.taken].model_copy(update=how)


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
