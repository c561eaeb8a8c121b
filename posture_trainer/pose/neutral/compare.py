"""How far a new neutral is from the last one, and how much of that may be placement alone. Pure."""

from collections.abc import Sequence

import numpy as np

from posture_trainer.pose.angles import HeadAngles, head_angles, mean_rotation
from posture_trainer.pose.camera_model import Camera
from posture_trainer.pose.face import Face
from posture_trainer.pose.neutral.baseline import Baseline
from posture_trainer.pose.neutral.recording import poses

# 95 % of the times a head is put in neutral again by eye it lies within these of the first time (docs/calibration.md).
PLACEMENT_DEG = {"rotation": 3.0, "tilt": 5.0, "flexion": 9.0}
_MOST_FACES = 30  # more frames of a still head do not tell its mean better


def angles_from(last: Baseline, faces: Sequence[Face]) -> HeadAngles:
    """The mean angles of one or more faces of a still head, as practice on the last baseline would measure them."""
    camera = Camera(*faces[0].picture_size, last.vfov_deg)
    chosen = faces[:: 1 + len(faces) // _MOST_FACES]
    now = mean_rotation([pose.rotation for pose in poses(chosen, camera, last.model())])
    axes = last.axes()
    return head_angles(np.array(last.rotation) @ axes, now @ axes)
