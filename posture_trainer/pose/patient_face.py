"""Which of the faces in a picture is the patient: the one that was calibrated, by place and size. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posture_trainer.pose.face import Face
from posture_trainer.pose.quality import Quality

MEMORY_S = 0.5  # for this long a face that was followed is expected near its last place
_FOLLOWED = (0.8, 1.4)  # it may have moved by so many of its widths, and changed its size by this factor
_CALIBRATED = (2.0, 1.8)  # the same for a face against the place of the baseline
_CLEARLY = 2.0  # a second face must fit this much worse, or it is not decided


@dataclass(frozen=True, eq=False)
class Place:
    """Where a face is and how wide, in shares of the picture's height, from the picture's middle."""

    centre: NDArray[np.float64]
    width: float

    @classmethod
    def of(cls, face: Face) -> "Place":
        """The place of a face."""
        size = np.array(face.picture_size, dtype=float)
        return cls((face.centre_px - size / 2) / size[1], face.width_px / size[1])


def misfit(face: Face, expected: Place, limits: tuple[float, float]) -> float:
    """How badly a face fits an expected place: 0 is the very place and size, above 1 it does not fit."""
    place = Place.of(face)
    moved = float(np.linalg.norm(place.centre - expected.centre)) / expected.width / limits[0]
    resized = abs(float(np.log(place.width / expected.width))) / float(np.log(limits[1]))
    return max(moved, resized)


def pick_patient(faces: Sequence[Face], followed: Place | None, calibrated: Place | None) -> Face | Quality:
    """The patient's face, or why it is not known which it is.

    followed: the place of the face in the last frames, None after a loss. calibrated: the place of the baseline, None
    before there is one; then the only face, or the clearly larger of two, is the patient.
    """
    if not faces:
        return Quality.NO_FACE
    expected, limits = (followed, _FOLLOWED) if followed is not None else (calibrated, _CALIBRATED)
    if expected is None:
        by_width = sorted(faces, key=lambda face: -face.width_px)
        clear = len(faces) == 1 or by_width[0].width_px > 1.5 * by_width[1].width_px
        return by_width[0] if clear else Quality.TWO_FACES
    fits = sorted(((misfit(face, expected, limits), i) for i, face in enumerate(faces)))
    best, index = fits[0]
    if best > 1:
        return Quality.OTHER_FACE
    if len(fits) > 1 and fits[1][0] <= 1 and fits[1][0] < _CLEARLY * max(best, 0.1):
        return Quality.TWO_FACES
    return faces[index]
