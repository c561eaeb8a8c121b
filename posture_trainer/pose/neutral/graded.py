"""The frames that a neutral is made of, each judged by the rules that a session applies later. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from posture_trainer.pose.face import Face
from posture_trainer.pose.neutral.placement import Advice, fit_for_neutral, unmended
from posture_trainer.pose.patient_face import MEMORY_S, Place, pick_patient
from posture_trainer.pose.posture import PatientPosture, Reference
from posture_trainer.pose.quality import Quality
from posture_trainer.pose.skin_map import is_of_two_colours

_ENOUGH_SHARE = 0.8  # of the frames with a face: with so many good ones the others are no loss


@dataclass(frozen=True, eq=False)
class GradedFrame:
    """One frame: its time in seconds, the patient's face (None if there is none, or nobody can tell which), how many
    faces there were, and what it is worth."""

    t_s: float
    face: Face | None
    quality: Quality
    faces: int


class Grader:
    """Follows one face from frame to frame, before there is a neutral: against the camera itself.

    place: where the patient's face was chosen; None: the only one, or the clearly larger.
    """

    def __init__(self, vfov_deg: float, place: Place | None = None) -> None:
        self._posture = PatientPosture(replace(Reference.camera(vfov_deg), place=place))
        self._chosen = place
        self._followed: tuple[float, Place] | None = None

    def grade(self, t_s: float, faces: Sequence[Face], damaged: bool = False) -> GradedFrame:
        """The frame at `t_s` (seconds, growing). damaged: its picture is not to be believed."""
        try:
            quality = self._posture.sample(t_s, faces, damaged).quality
        except Exception:  # a frame without a pose is as little to be believed as a damaged one
            quality = Quality.DAMAGED
        if quality is Quality.DAMAGED:
            return GradedFrame(t_s, None, quality, len(faces))
        recent = self._followed is not None and t_s - self._followed[0] <= MEMORY_S
        picked = pick_patient(faces, self._followed[1] if self._followed and recent else None, self._chosen)
        if isinstance(picked, Quality):
            return GradedFrame(t_s, None, quality, len(faces))
        self._followed = t_s, Place.of(picked)
        if quality is Quality.GOOD and _is_partly_covered(picked):
            quality = Quality.COVERED
        return GradedFrame(t_s, picked, quality, len(faces))


def _is_partly_covered(face: Face) -> bool:
    """Whether something is before a face, with nothing known of the face."""
    if face.colours is None:
        return False
    seen = np.asarray(np.isfinite(face.colours).all(axis=1))
    return is_of_two_colours(face.colours.astype(float), seen)


def fit_faces(frames: Sequence[GradedFrame], lacking: Sequence[Advice]) -> list[tuple[float, Face | None]]:
    """For each frame its time and its face, None where it may not be part of a neutral. lacking: what could not be
    mended before."""
    return [(each.t_s, each.face if fit_for_neutral(each.quality, lacking) else None) for each in frames]


def lacking_in(frames: Sequence[GradedFrame]) -> tuple[Advice, ...]:
    """What a recording lacks that nobody could mend, because it is a file; () where enough of its frames are good."""
    seen = [each.quality for each in frames if each.face is not None]
    good = sum(fit_for_neutral(quality, ()) for quality in seen)
    return () if good >= _ENOUGH_SHARE * len(seen) else unmended(seen)
