"""Notices a picture that stands on its head: a face tracker finds no face in it, or a wrong one now and then."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import cv2
import numpy as np

from posture_trainer.pose.face import Face
from posture_trainer.sources.frames import Frame
from posture_trainer.tracking.faces import FaceTracker

_LOOK_EVERY_S = 0.4
_UPRIGHT_FRAMES = 15  # with a face: then the picture stands as it should, and nobody looks any more
_TURNED_LOOKS = 4  # with a face in the turned picture alone


@dataclass(frozen=True)
class Standing:
    """What speaks for either way up so far. Pure.

    upright: frames with a face in the picture as it is. turned: looks with none in it, but one in the turned picture.
    looked_s: when the turned picture was last looked at.
    """

    upright: int = 0
    turned: int = 0
    looked_s: float | None = None

    @property
    def upside_down(self) -> bool:
        """Whether the picture stands on its head."""
        return self.turned >= _TURNED_LOOKS and self.upright < _UPRIGHT_FRAMES

    @property
    def decided(self) -> bool:
        """Whether the picture stands as it should: nobody looks at the turned one any more."""
        return self.upright >= _UPRIGHT_FRAMES

    def wants_look(self, t_s: float, faces: tuple[Face, ...]) -> bool:
        """Whether the turned picture is to be looked at, for a frame at `t_s` seconds with these faces."""
        return not self.decided and not faces and (self.looked_s is None or t_s - self.looked_s >= _LOOK_EVERY_S)

    def after(self, faces: tuple[Face, ...]) -> "Standing":
        """After a frame with these faces in the picture as it is."""
        return replace(self, upright=self.upright + 1) if faces and self.upright < _UPRIGHT_FRAMES else self

    def after_look(self, t_s: float, faces: tuple[Face, ...]) -> "Standing":
        """After a look at the turned picture, with these faces in it."""
        return replace(self, turned=self.turned + bool(faces), looked_s=t_s)


class UpsideDownWatch:
    """A face tracker that also finds the faces in a picture that stands on its head, where they are, chin up.

    `pose.quality` then tells them by their tilt: such frames have a quality of their own and bring no cue.
    `make_another` gives the tracker for the turned pictures; it is only called where no face is seen.
    """

    def __init__(self, tracker: FaceTracker, make_another: Callable[[], FaceTracker]) -> None:
        self._tracker, self._make_another = tracker, make_another
        self.name = tracker.name
        self._other: FaceTracker | None = None
        self._standing = Standing()

    def track(self, frame: Frame, fine: bool) -> tuple[Face, ...]:
        """The faces in the frame; frames come in the order of time."""
        if self._standing.upside_down:
            return self._in_turned(frame)
        faces = self._tracker.track(frame, fine)
        self._standing = self._standing.after(faces)
        if self._standing.decided and self._other is not None:
            self._other.close()  # 50 MB
            self._other = None
        if self._standing.wants_look(frame.t_s, faces):
            self._standing = self._standing.after_look(frame.t_s, self._in_turned(frame))
        return faces

    def close(self) -> None:
        """Close both trackers."""
        self._tracker.close()
        if self._other is not None:
            self._other.close()

    def _in_turned(self, frame: Frame) -> tuple[Face, ...]:
        """The faces in the turned picture, where they are in the picture as it is."""
        self._other = self._other or self._make_another()
        picture = np.asarray(cv2.rotate(frame.image_bgr, cv2.ROTATE_180), dtype=np.uint8)
        found = self._other.track(Frame(frame.t_s, picture), False)
        return tuple(replace(face, landmarks=_turned(face)) for face in found)


def _turned(face: Face) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    landmarks = face.landmarks.copy()
    landmarks[:, :2] = face.picture_size - landmarks[:, :2]
    return landmarks
