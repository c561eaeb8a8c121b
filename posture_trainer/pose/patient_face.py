"""Which of the faces in a picture is the patient: the one that was calibrated, by place and size. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from posture_trainer.pose.face import Face
from posture_trainer.pose.quality import Quality

MEMORY_S = 0.5  # for this long a face that was followed is expected near its last place
_FOLLOWED = (0.8, 1.4)  # it may have moved by so many of its widths, and changed its size by this factor
_CALIBRATED = (2.0, 1.8)  # the same for a face against the place of the baseline
_UNMOVED = (0.35, 1.25)  # the same for somebody beside the patient who has stayed where they were
_CLEARLY = 2.0  # a second face must fit this much worse, or it is not decided
_MOST_BYSTANDERS = 4


class FaceChoice(StrEnum):
    """Which of two faces is to be the patient; sides are those of the camera's own picture."""

    LEFT = "left"
    RIGHT = "right"
    LARGEST = "largest"


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


@dataclass(frozen=True, eq=False)
class Bystanders:
    """Where other faces were while the patient was in the picture: a visitor, a portrait on the wall, a screen.

    Whoever is there when the patient has gone is not the patient.
    """

    places: tuple[Place, ...] = ()

    def seen(self, others: Sequence[Face]) -> "Bystanders":
        """With the faces that were in a picture beside the patient's; the last place of each counts."""
        places = list(self.places)
        for face in others:
            places = [place for place in places if misfit(face, place, _UNMOVED) > 1]
            places.append(Place.of(face))
        return Bystanders(tuple(places[-_MOST_BYSTANDERS:]))

    def include(self, face: Face) -> bool:
        """Whether one of them is where this face is."""
        return any(misfit(face, place, _UNMOVED) <= 1 for place in self.places)


def misfit(face: Face, expected: Place, limits: tuple[float, float]) -> float:
    """How badly a face fits an expected place: 0 is the very place and size, above 1 it does not fit."""
    place = Place.of(face)
    moved = float(np.linalg.norm(place.centre - expected.centre)) / expected.width / limits[0]
    resized = abs(float(np.log(place.width / expected.width))) / float(np.log(limits[1]))
    return max(moved, resized)


def choose_patient(faces: Sequence[Face], choice: FaceChoice | None = None) -> Face | Quality:
    """The face that a neutral may be taken of, or why there is none.

    Of two faces nobody is taken silently: without a `choice` the answer is Quality.TWO_FACES, and the caller asks.
    """
    if not faces:
        return Quality.NO_FACE
    if len(faces) == 1:
        return faces[0]
    match choice:
        case None:
            return Quality.TWO_FACES
        case FaceChoice.LARGEST:
            return max(faces, key=lambda face: face.width_px)
        case FaceChoice.LEFT:
            return min(faces, key=lambda face: float(face.centre_px[0]))
        case FaceChoice.RIGHT:
            return max(faces, key=lambda face: float(face.centre_px[0]))


def pick_patient(
    faces: Sequence[Face],
    followed: Place | None,
    calibrated: Place | None,
    *,
    choice: FaceChoice | None = None,
    bystanders: Bystanders | None = None,
) -> Face | Quality:
    """The patient's face, or why it is not known which it is.

    followed: the place of the face in the last frames, None after a loss. calibrated: the place of the baseline, None
    before there is one: then `choose_patient` decides by `choice`. bystanders: who was seen beside the patient.
    """
    expected, limits = (followed, _FOLLOWED) if followed is not None else (calibrated, _CALIBRATED)
    if expected is None or not faces:
        return choose_patient(faces, choice)
    others = bystanders or Bystanders()
    candidates = [face for face in faces if followed is not None or not others.include(face)]
    fits = sorted((misfit(face, expected, limits), i) for i, face in enumerate(candidates))
    if not fits or fits[0][0] > 1:
        return Quality.OTHER_FACE
    best, index = fits[0]
    if followed is not None and best > 0.3 and others.include(candidates[index]):
        return Quality.OTHER_FACE  # the patient has gone, and somebody beside them is near enough to be followed
    if len(fits) > 1 and fits[1][0] <= 1 and fits[1][0] < _CLEARLY * max(best, 0.1):
        return Quality.TWO_FACES
    return candidates[index]
