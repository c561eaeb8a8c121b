"""From the faces of one picture to a moment at the desk. Pure: three pictures a second need no memory but the pose."""

from collections.abc import Sequence

import numpy as np

from posture_trainer.pose.angles import HeadAngles, head_angles
from posture_trainer.pose.camera_model import Camera
from posture_trainer.pose.face import Face
from posture_trainer.pose.head_pose import HeadPose, solve_pose
from posture_trainer.pose.neutral.baseline import Baseline
from posture_trainer.pose.neutral.recording import BaselineRules
from posture_trainer.pose.patient_face import pick_patient
from posture_trainer.pose.quality import FIT_FOR_CUES, Pace, Quality, grade
from posture_trainer.pose.skin_map import is_of_two_colours
from posture_trainer.reminders.desk import Moment, Sight
from posture_trainer.reminders.held import medians

TAKE_S = 3.0
DESK_BASELINE = BaselineRules(longest_spread_deg=180.0, fewest_frames=6, face_share=0.6)
"""A few seconds at the place of work: the wide tolerance of the desk bears a restless head."""


class DeskSight:
    """Measures one patient against the desk's own straight position. Raises UserError where it has no face's shape."""

    def __init__(self, baseline: Baseline) -> None:
        self._model, self._place = baseline.model(), baseline.place()
        self._neutral, self._vfov_deg = np.array(baseline.rotation), baseline.vfov_deg
        self._last: HeadPose | None = None

    def moment(self, t_s: float, faces: Sequence[Face]) -> Moment:
        """What this picture shows at that time (seconds, growing)."""
        face = pick_patient(faces, None, self._place)
        if isinstance(face, Quality):
            away = face is Quality.NO_FACE
            self._last = None
            return Moment(t_s, Sight.AWAY if away else Sight.UNSURE)
        pose = solve_pose(face.mesh, Camera(*face.picture_size, self._vfov_deg), self._model, self._last)
        self._last = pose
        if grade(face, pose.rotation, Pace()) not in FIT_FOR_CUES or _is_covered(face):
            return Moment(t_s, Sight.UNSURE)
        return Moment(t_s, Sight.SEEN, head_angles(self._neutral, pose.rotation))


def _is_covered(face: Face) -> bool:
    """Whether something is before the face: a hand, a cup."""
    if face.colours is None:
        return False
    seen = np.asarray(np.isfinite(face.colours).all(axis=1))
    return is_of_two_colours(face.colours.astype(float), seen)


def middle(moments: Sequence[Moment]) -> HeadAngles | None:
    """Where the head was by the median of these moments; None where it was seen in less than half of them."""
    seen = [each.angles for each in moments if each.angles is not None]
    return medians(seen) if len(seen) >= len(moments) / 2 else None
