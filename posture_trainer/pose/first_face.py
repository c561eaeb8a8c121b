"""Whose neutral a recorded video begins with, when more than one face is in it. Pure.

Nobody can be asked, so nobody is taken silently: with a choice, that face; without one, the face that stays when the
other has gone, if it is a living one; or the only living one of two. Otherwise nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from posture_trainer.pose.face import Face
from posture_trainer.pose.patient_face import Bystanders, FaceChoice, Place, choose_patient, misfit
from posture_trainer.pose.quality import Quality

LONGEST_S = 30.0  # for so long it is waited whether one of two faces goes
_SAME = (0.8, 1.4)  # from one sight of a face to the next: moved by so many widths, resized by this factor
# Of its width: portraits moved by 0.0015 to 0.004, people who sat as still as they could by 0.01.
_PICTURE_MOVES = 0.006
_PICTURE_SEEN_S = 1.5  # shorter than this nothing is called a portrait
_STAYS_S = 1.0  # alone for so long, or it has not stayed

SeenFaces = Sequence[tuple[float, tuple[Face, ...]]]
Track = list[tuple[float, Face]]


@dataclass(frozen=True, eq=False)
class FirstFace:
    """track: when the chosen face was seen, from its first time on, empty if nobody can be chosen.

    words: what the reader should be told, empty when only one face was there. others: who was seen beside it.
    """

    track: Track
    words: str = ""
    others: Bystanders = Bystanders()


def tracks_of(seen: SeenFaces) -> list[Track]:
    """The faces in the frames, each followed by its place and size."""
    tracks: list[Track] = []
    for t_s, faces in seen:
        for face in sorted(faces, key=lambda each: -each.width_px):
            fits = [(misfit(face, Place.of(track[-1][1]), _SAME), track) for track in tracks if track[-1][0] < t_s]
            best = min(fits, key=lambda fit: fit[0], default=None)
            if best is not None and best[0] <= 1:
                best[1].append((t_s, face))
            else:
                tracks.append([(t_s, face)])
    return tracks


def is_picture(track: Track) -> bool:
    """Whether a face keeps so still, in place, size and shape, that it is a picture of one and no living face."""
    if track[-1][0] - track[0][0] < _PICTURE_SEEN_S:
        return False
    points = np.array([face.mesh[:, :2] for _, face in track])
    moved = float(np.linalg.norm(points.std(axis=0), axis=1).mean())
    return moved < _PICTURE_MOVES * track[-1][1].width_px


def settled(seen: SeenFaces, seconds: float, choice: FaceChoice | None) -> bool:
    """Whether enough has been seen to say whose neutral it is: `seconds` with a face, and `seconds` with one alone."""
    with_faces = [t_s for t_s, faces in seen if faces]
    if not with_faces or seen[-1][0] - with_faces[0] < seconds:
        return False
    last_pair_s = max((t_s for t_s, faces in seen if len(faces) > 1), default=None)
    if last_pair_s is None or choice is not None or seen[-1][0] - with_faces[0] >= LONGEST_S:
        return True
    alone = [t_s for t_s in with_faces if t_s > last_pair_s]
    return bool(alone) and alone[-1] - last_pair_s >= seconds


def first_face(seen: SeenFaces, choice: FaceChoice | None = None) -> FirstFace:
    """The face that the neutral is to be taken of."""
    pairs = [(t_s, faces) for t_s, faces in seen if len(faces) > 1]
    if not pairs:
        return FirstFace([(t_s, faces[0]) for t_s, faces in seen if faces])
    tracks = tracks_of(seen)
    if choice is not None:
        chosen = choose_patient(pairs[0][1], choice)
        assert not isinstance(chosen, Quality)
        track = next(each for each in tracks if any(face is chosen for _, face in each))
        words = f"Two faces were seen; the angles are those of the {_CHOSEN[choice]} one."
        return FirstFace(track, words, _others(tracks, track))
    living = [track for track in tracks if not is_picture(track)]
    staying = [track for track in living if track[-1][0] - pairs[-1][0] >= _STAYS_S]
    if len(staying) == 1:
        words = "Two faces were seen at first; the angles are those of the one that stayed."
        return FirstFace(staying[0], words, _others(tracks, staying[0]))
    if len(living) == 1:
        words = "Two faces were seen; the angles are those of the one that moved."
        return FirstFace(living[0], words, _others(tracks, living[0]))
    return FirstFace([], "Two faces were seen, and whose posture is meant is not known. Choose one: left or right.")


def _others(tracks: Sequence[Track], chosen: Track) -> Bystanders:
    return Bystanders().seen([track[-1][1] for track in tracks if track is not chosen])


_CHOSEN = {FaceChoice.LEFT: "left", FaceChoice.RIGHT: "right", FaceChoice.LARGEST: "largest"}
