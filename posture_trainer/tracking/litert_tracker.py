"""Finds and follows faces with MediaPipe's networks alone, on crops of our own: nothing is smoothed over time."""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from posture_trainer.pose.face import Face
from posture_trainer.sources.frames import Frame
from posture_trainer.tracking.crops import Array, Crop, Pixels, mirrored, mirrored_crop
from posture_trainer.tracking.faces import PRESENCE, face_model, face_of, not_loaded
from posture_trainer.tracking.networks import FaceFinder, LandmarkNetwork
from posture_trainer.tracking.windows import window

MOST_FACES = 2
LOOK_ROUND_S = 0.5  # while one face is followed, how often it is looked whether there is a second one
MIRRORED_EVERY_S = 0.19  # how far the mirrored crop differs changes slowly: with the head's turn and with its light
_PRESENCE_AT_FIRST = 0.5  # of a face that was just found, as MediaPipe asks it: what is followed is known to be one
_PRESENCE_IN_WINDOW = 0.9  # the more windows are looked at, the more of them show something like a face
_WHOLE_S = 2.0  # so long only the whole picture is looked at: of one that stands on its head it is known then
_EAGER_S = 1.0  # so long after a loss it is looked in each picture


@dataclass(frozen=True, eq=False)
class _Followed:
    """One face that is followed. crop: where it is looked for. mirror: what its mirrored crop told; None at first."""

    crop: Crop
    mirror: "_Mirrored | None"


@dataclass(frozen=True, eq=False)
class _Mirrored:
    """half_way: (478, 3), in shares of the crop's side: from the landmarks half way to those of the mirrored crop.

    asked_s: when it was looked at last. answer: of that look, None when it is in half_way already.
    """

    half_way: Array
    asked_s: float
    answer: Future[Array] | None = None


class LiteRtTracker:
    """The landmark network on a crop around each face's last place; the finder where none is followed, or sometimes.

    The network is not quite symmetric: the mean of a crop and its mirror image is nearer to the truth. The mirrored
    one is seen on a thread of its own, some five times a second, and counts from the next picture on: nobody waits for
    it, and it costs little. The same pictures give the same landmarks, however fast they come.

    Raises ImportError where LiteRT is not installed, UserError when the model is missing or cannot be loaded.
    """

    name = "litert"

    def __init__(self, look_round_s: float = LOOK_ROUND_S, mirrored_every_s: float = MIRRORED_EVERY_S) -> None:
        """look_round_s: while one face is followed, how often it is looked whether there is a second one.
        mirrored_every_s: how often the mirrored crop is looked at."""
        self._look_round_s, self._mirrored_every_s = look_round_s, mirrored_every_s
        bundle = face_model()
        try:
            self._find = FaceFinder(bundle)
            self._network, self._mirror_network = LandmarkNetwork(bundle), LandmarkNetwork(bundle)
        except (RuntimeError, ValueError, KeyError) as error:
            raise not_loaded() from error
        self._beside = ThreadPoolExecutor(1, "mirrored face")
        self._followed: list[_Followed] = []
        self._last: Crop | None = None  # where a face was, for as long as it may be there again
        self._looked_s = self._lost_s = -np.inf
        self._searched = 0
        self._begun_s: float | None = None

    def track(self, frame: Frame, fine: bool) -> tuple[Face, ...]:  # noqa: ARG002 - they are never smoothed
        """The faces in the frame; frames come in the order of time."""
        before, self._followed = self._followed, []
        picture, t_s = frame.image_bgr, frame.t_s
        self._begun_s = t_s if self._begun_s is None else self._begun_s
        seen = [self._seen_in(picture, t_s, face) for face in before]
        followed = _apart([each for each in seen if each is not None])
        if len(followed) < len(before):
            self._lost_s = t_s
        if self._looks_round(t_s, followed):
            self._looked_s = t_s
            followed = _apart([*followed, *self._found(picture, t_s, followed)])
        self._followed = [face for face, _ in followed]
        if self._followed:
            self._last, self._searched = self._followed[0].crop, 0
        return tuple(face_of(picture, landmarks, smoothed=False) for _, landmarks in followed)

    def close(self) -> None:
        """End the second thread."""
        self._beside.shutdown(cancel_futures=True)

    def _looks_round(self, t_s: float, followed: "_Seen") -> bool:
        if not followed or t_s < self._looked_s:
            return True
        return len(followed) < MOST_FACES and (
            t_s - self._looked_s >= self._look_round_s or 0 <= t_s - self._lost_s < _EAGER_S
        )

    def _found(self, picture: Pixels, t_s: float, followed: "_Seen") -> "_Seen":
        """Faces that are not followed yet; where there is none at all, in one window of the picture as well."""
        known = [face.crop for face, _ in followed]
        crops = [crop for crop in self._find(picture) if not any(map(crop.is_on, known))]
        found = self._proved(picture, t_s, crops, _PRESENCE_AT_FIRST)
        if not found and not followed and (self._last is not None or t_s - (self._begun_s or 0.0) >= _WHOLE_S):
            part, across, down = window(picture, self._last, self._searched)
            self._searched += 1
            crops = [replace(each, x=each.x + across, y=each.y + down) for each in self._find(part)]
            found = self._proved(picture, t_s, crops, _PRESENCE_IN_WINDOW)
        return found

    def _proved(self, picture: Pixels, t_s: float, crops: list[Crop], least: float) -> "_Seen":
        """The faces in the crops that the landmark network takes for faces, seen again from crops of their own."""
        seen = [(crop, *self._network(crop.cut(picture))) for crop in crops[:MOST_FACES]]
        again = [Crop.around_face(crop.in_picture(points)) for crop, points, sure in seen if sure >= least]
        proved = [self._seen_in(picture, t_s, _Followed(crop, None)) for crop in again]
        return [each for each in proved if each is not None]

    def _seen_in(self, picture: Pixels, t_s: float, face: _Followed) -> tuple[_Followed, Array] | None:
        """The face in its crop, with its landmarks (478, 3) in pixels; None when it is not there."""
        patch = face.crop.cut(picture)
        points, presence = self._network(patch)
        if presence < PRESENCE:
            return None
        mirror = self._mirror(t_s, face.mirror, patch, points)
        landmarks = face.crop.in_picture(points + mirror.half_way)
        return _Followed(Crop.around_face(landmarks), mirror), landmarks

    def _mirror(self, t_s: float, before: _Mirrored | None, patch: Pixels, points: Array) -> _Mirrored:
        """What is known of the mirrored crop now, and it asked for anew when it is time."""
        if before is None:
            return _Mirrored(self._beside.submit(self._half_way, patch, points).result(), t_s)
        half_way = before.half_way if before.answer is None else before.answer.result()
        if 0 <= t_s - before.asked_s < self._mirrored_every_s:
            return _Mirrored(half_way, before.asked_s)
        return _Mirrored(half_way, t_s, self._beside.submit(self._half_way, patch, points))

    def _half_way(self, patch: Pixels, points: Array) -> Array:
        there, _ = self._mirror_network(mirrored_crop(patch))
        return np.asarray((mirrored(there) - points) / 2)


_Seen = list[tuple[_Followed, Array]]


def _apart(seen: _Seen) -> _Seen:
    """Each face once, two at most: what is followed for longer comes first, and stays."""
    kept: _Seen = []
    for face, landmarks in seen:
        if not any(face.crop.is_on(other.crop) for other, _ in kept):
            kept.append((face, landmarks))
    return kept[:MOST_FACES]
