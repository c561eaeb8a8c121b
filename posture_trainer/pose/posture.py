"""From the faces in one frame to the patient's posture relative to neutral. No clock, no files."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from posture_trainer.pose.angles import HeadAngles, Matrix, angle_between_deg, head_angles
from posture_trainer.pose.camera_model import Camera, bearing
from posture_trainer.pose.face import Face
from posture_trainer.pose.face_look import FaceLook, Look, changed_all_over
from posture_trainer.pose.head_pose import FaceModel, HeadPose, anybodys_face, solve_pose
from posture_trainer.pose.neutral.baseline import Baseline
from posture_trainer.pose.one_euro import OneEuroSettings, OneEuroState, smooth
from posture_trainer.pose.patient_face import MEMORY_S, Bystanders, Place, pick_patient
from posture_trainer.pose.quality import FIT_FOR_CUES, Pace, Quality, grade
from posture_trainer.pose.skin_colours import skin_points
from posture_trainer.pose.trunk.follow import TrunkSample

FASTEST_DEG_S = 600.0  # no head turns faster
_NEAR_SHARE = 0.75  # of the two widths together
_JUMP_S = 0.3  # a new pose that stays for so long is where the head really is
_STEP_CM, _STEP_CM_PER_DEG = 0.12, 0.003  # a face's shape changes less from one frame to the next, turning or talking
_STEP_WIDTH_PX = 100.0  # narrower faces are seen with so much more noise


@dataclass(frozen=True)
class PostureSample:
    """One frame's posture. Angles and position are None when there is no face, or none that can be believed.

    smoothed: what cues are decided on. measured: the same before our smoothing.
    position_cm: x to the patient's left, y up, z towards the camera, relative to the neutral position.
    """

    t_s: float
    smoothed: HeadAngles | None = None
    measured: HeadAngles | None = None
    position_cm: tuple[float, float, float] | None = None
    quality: Quality = Quality.NO_FACE
    unsmoothed: bool = False
    """Whether `measured` is free of the tracker's own smoothing, as tremor needs it."""
    trunk: TrunkSample | None = None
    """Trunk, shoulders and hands; None where no body was seen."""

    @property
    def fit_for_cues(self) -> bool:
        """Whether a cue may rest on this frame."""
        return self.smoothed is not None and self.quality in FIT_FOR_CUES


@dataclass(frozen=True, eq=False)
class _Followed:
    """The face as it was last believed: when, its pose, place, rotation (3x3) relative to neutral, smoothing."""

    t_s: float
    face: Face
    pose: HeadPose
    place: Place
    relative: Matrix
    smoothing: OneEuroState


@dataclass(frozen=True, eq=False)
class Reference:
    """What a face is measured against: its model, a rotation (3x3, head to camera axes), axes to tell angles in (3x3),
    a place in cm, the camera's vertical field of view, and where in the picture it is looked for (None: anywhere)."""

    model: FaceModel
    rotation: Matrix
    axes: Matrix
    origin_cm: Matrix
    vfov_deg: float
    place: Place | None

    @classmethod
    def of(cls, baseline: Baseline) -> "Reference":
        """A patient's baseline. Raises UserError when it came without the shape of the face."""
        return cls(
            baseline.model(),
            np.array(baseline.rotation),
            baseline.axes(),
            np.array(baseline.position_cm),
            baseline.vfov_deg,
            baseline.place(),
        )

    @classmethod
    def camera(cls, vfov_deg: float) -> "Reference":
        """The camera itself, for anybody's face: before there is a baseline."""
        return cls(anybodys_face(), np.eye(3), np.eye(3), np.zeros(3), vfov_deg, None)


class PatientPosture:
    """Follows one patient from frame to frame, relative to one baseline."""

    def __init__(
        self,
        against: Baseline | Reference,
        smoothing: OneEuroSettings | None = None,
        bystanders: Bystanders | None = None,
    ) -> None:
        reference = Reference.of(against) if isinstance(against, Baseline) else against
        self._model = reference.model
        self._neutral = reference.rotation
        self._origin_cm = reference.origin_cm
        self._axes = reference.axes
        self._vfov_deg = reference.vfov_deg
        self._calibrated = reference.place
        self._settings = smoothing or OneEuroSettings()
        self._pace = Pace()
        self._last: _Followed | None = None
        self._bystanders = bystanders or Bystanders()
        self._beside_s: float | None = None
        """When somebody was last so near that they may have covered a part of the face, or it of theirs."""
        self._look = FaceLook()
        self._unproved: Quality | None = None
        """What to say of a face that was lost, or changed at once, and has not been known again by its look since."""
        self._jumped_s: float | None = None

    def sample(self, t_s: float, faces: Sequence[Face], damaged: bool = False) -> PostureSample:
        """The sample for the faces seen at `t_s` (seconds, growing). damaged: in a picture not to be believed."""
        self._pace = self._pace.after(t_s)
        if damaged:
            return PostureSample(t_s, quality=Quality.DAMAGED)
        last = self._last if self._last is not None and t_s - self._last.t_s <= MEMORY_S else None
        place = last.place if last else None
        face = pick_patient(faces, place, self._calibrated, bystanders=self._bystanders)
        if isinstance(face, Quality):
            return PostureSample(t_s, quality=face)
        others = [other for other in faces if other is not face]
        self._bystanders = self._bystanders.seen(others)
        if any(_near(face, other) for other in others):
            self._beside_s = t_s
        camera = Camera(*face.picture_size, self._vfov_deg)
        pose = solve_pose(face.mesh, camera, self._model, last.pose if last else None)
        relative = self._axes.T @ (self._neutral.T @ pose.rotation) @ self._axes
        if last is not None and self._is_jump(last, t_s, relative):
            self._unproved = Quality.UNSURE_FACE
            if t_s - self._jump_since(t_s) < _JUMP_S:
                return PostureSample(t_s, quality=Quality.JUMP)
            last = None
        self._jumped_s = None
        if last is None:
            self._unproved = Quality.UNSURE_FACE
        elif _is_replaced(last, face, pose):
            self._unproved = self._unproved or Quality.COVERED
        doubt = self._doubt(t_s, face, camera, pose)
        if doubt is Quality.OTHER_FACE:
            return PostureSample(t_s, quality=doubt)
        smoothing = smooth(last.smoothing if last else None, self._settings, t_s, relative)
        self._last = _Followed(t_s, face, pose, Place.of(face), relative, smoothing)
        moved = pose.skull_base_cm() - self._origin_cm
        return PostureSample(
            t_s,
            smoothed=head_angles(np.eye(3), smoothing.rotation),
            measured=head_angles(np.eye(3), relative),
            position_cm=(float(moved[0]), float(moved[1]), float(moved[2])),
            quality=doubt or grade(face, pose.rotation, self._pace),
            unsmoothed=not face.smoothed,
        )

    def _doubt(self, t_s: float, face: Face, camera: Camera, pose: HeadPose) -> Quality | None:
        """What the look of the face says against it: another's, covered, perhaps another's; None when nothing."""
        beside = self._beside_s is not None and t_s - self._beside_s <= MEMORY_S
        if beside and (self._unproved is None or not self._look.is_known):
            return None
        if face.colours is not None:
            view = bearing(camera.rays(face.mesh)).T @ pose.rotation
            match self._look.judge(t_s, face.colours, view, pose.misfit_cm, lost=self._unproved is not None):
                case Look.OTHER:
                    self._unproved = self._unproved or Quality.UNSURE_FACE
                    return Quality.OTHER_FACE
                case Look.COVERED:
                    return self._unproved or Quality.COVERED
                case Look.UNKNOWN:
                    return self._unproved
        self._unproved = None
        return None

    def _is_jump(self, last: _Followed, t_s: float, relative: Matrix) -> bool:
        """Whether no head can have turned so far since the last frame that was believed."""
        return angle_between_deg(last.relative, relative) > FASTEST_DEG_S * (t_s - last.t_s)

    def _jump_since(self, t_s: float) -> float:
        self._jumped_s = t_s if self._jumped_s is None else self._jumped_s
        return self._jumped_s


def _is_replaced(last: _Followed, face: Face, pose: HeadPose) -> bool:
    """Whether another face took the place of the one that was there a frame ago: its solid part changed its shape, and
    its colours changed all over. A hand or a mask changes them in parts, a lamp leaves the shape."""
    if face.colours is None or last.face.colours is None:
        return False
    change = (pose.misfit_cm - last.pose.misfit_cm)[skin_points()]
    squared = np.einsum("ij,ij->i", change, change)
    turned_deg = angle_between_deg(last.pose.rotation, pose.rotation)
    allowed_cm = (_STEP_CM + _STEP_CM_PER_DEG * turned_deg) * max(1.0, _STEP_WIDTH_PX / face.width_px)
    shape_changed = float(np.median(squared)) > allowed_cm**2
    return shape_changed and changed_all_over(last.face.colours, face.colours)


def _near(face: Face, other: Face) -> bool:
    """Whether two faces are so near that one may hide a part of the other."""
    apart_px = float(np.linalg.norm(face.centre_px - other.centre_px))
    return apart_px < _NEAR_SHARE * (face.width_px + other.width_px)
