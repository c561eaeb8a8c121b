"""Finds faces with MediaPipe's own graph: the only module that knows it."""

from contextlib import suppress
from types import TracebackType
from typing import Any, Self

import cv2
import numpy as np

from posture_trainer.pose.face import Face
from posture_trainer.sources.frames import Frame
from posture_trainer.tracking.faces import PRESENCE, face_model, face_of, not_loaded

# Two faces asked for: landmarks are not smoothed, so a tremor keeps its size, and a bystander is seen. But small or
# far-turned faces are lost more easily then (docs/accuracy.md): below, the limits to begin and to end with it.
FINE_WIDTH_PX = (120.0, 105.0)
FINE_TURN_DEG = (30.0, 34.0)
LOOK_ROUND_S = 0.25  # while one face is followed, how often it is looked whether there is a second one
WARM_UP_CALLS, WARM_UP_STEP_MS = 4, 32  # what a landmarker that was not fed needs to be exact again


class MediaPipeTracker:
    """MediaPipe's Face Landmarker in VIDEO mode (0.10.31, which makes no network call).

    Two landmarkers, of which one is fed: for one face, which MediaPipe smooths over time, and for two, unsmoothed.
    Raises UserError when the model is missing or cannot be loaded.
    """

    name = "mediapipe"

    def __init__(self) -> None:
        import mediapipe as mp  # half a second: only when a face is really to be tracked

        self._mp = mp
        self._one = self._load(faces=1)
        self._two: Any = None  # loaded when it is first asked for: most of a start's time is the first one
        self._fine = False  # whether the two-face landmarker follows the face now
        self._stale = False  # whether the other one still looks where the face was before
        self._last_ms = -1
        self._looked_s: float | None = None

    def track(self, frame: Frame, fine: bool) -> tuple[Face, ...]:
        """The faces in the frame; frames come in the order of time. Raises what MediaPipe raises."""
        try:
            return self._track(frame, fine)
        except Exception:
            self._renew()
            raise

    def _renew(self) -> None:
        """Begin anew: a landmarker that has failed once fails on every later frame."""
        with suppress(Exception):
            self.close()
        self._one, self._two = self._load(faces=1), None
        self._fine = self._stale = False

    def _track(self, frame: Frame, fine: bool) -> tuple[Face, ...]:
        self._last_ms = max(self._last_ms, round(frame.t_s * 1000))
        rgb = cv2.cvtColor(frame.image_bgr, cv2.COLOR_BGR2RGB)
        picture = self._mp.Image(image_format=self._mp.ImageFormat.SRGB, data=rgb)
        if fine and self._fine:
            faces = _faces(self._detect(self._two, picture), frame, smoothed=False)
            self._fine = allows_fine(faces, begun=True)
            self._stale = allows_fine(faces, begun=False) or not faces
            if not self._stale:  # it may soon be the other one's turn, which then must not begin with a stumble
                self._detect(self._one, picture)
            if faces:
                return faces
        if self._stale:
            for _ in range(WARM_UP_CALLS):
                self._last_ms += WARM_UP_STEP_MS
                self._detect(self._one, picture)
        faces = _faces(self._detect(self._one, picture), frame, smoothed=True)
        self._stale = False
        self._fine = fine and allows_fine(faces, begun=False)
        if self._fine:
            self._two = self._two or self._load(faces=2)
            self._detect(self._two, picture)
        return faces + self._bystander(faces, frame, picture)

    def _bystander(self, faces: tuple[Face, ...], frame: Frame, picture: Any) -> tuple[Face, ...]:
        """A second face beside the one that is followed, looked for now and then; none or one."""
        if self._looked_s is None:
            self._looked_s = frame.t_s  # not in the first picture: the start is not to be slower
        if not faces or 0 <= frame.t_s - self._looked_s < LOOK_ROUND_S:
            return ()
        self._looked_s = frame.t_s
        self._two = self._two or self._load(faces=2)
        found = _faces(self._detect(self._two, picture), frame, smoothed=False)
        apart_px = 0.5 * faces[0].width_px
        return tuple(each for each in found if np.linalg.norm(each.centre_px - faces[0].centre_px) > apart_px)[:1]

    def _detect(self, landmarker: Any, picture: Any) -> Any:
        """One call of MediaPipe, which wants times that grow strictly.

        A landmarker that was not fed for a while looks where the face was then; calls whose results are thrown away
        bring it up to date.
        """
        self._last_ms += 1
        return landmarker.detect_for_video(picture, self._last_ms)

    def close(self) -> None:
        """Stop MediaPipe; without this it may hang at the end of the program."""
        for landmarker in (self._one, self._two):
            if landmarker is not None:
                landmarker.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _load(self, faces: int) -> Any:
        from mediapipe.tasks.python import BaseOptions, vision

        options = vision.FaceLandmarkerOptions(
            base_options=BaseOptions(model_asset_buffer=face_model()),
            running_mode=vision.RunningMode.VIDEO,
            num_faces=faces,
            min_face_presence_confidence=PRESENCE,
        )
        try:
            return vision.FaceLandmarker.create_from_options(options)
        except (RuntimeError, ValueError, OSError) as error:
            raise not_loaded() from error


def allows_fine(faces: tuple[Face, ...], begun: bool) -> bool:
    """Whether the largest face is large and straight enough for unsmoothed tracking to hold it."""
    if not faces:
        return False
    largest = max(faces, key=lambda face: face.width_px)
    return largest.width_px >= FINE_WIDTH_PX[begun] and largest.turn_deg <= FINE_TURN_DEG[begun]


def _faces(found: Any, frame: Frame, smoothed: bool) -> tuple[Face, ...]:
    height, width = frame.image_bgr.shape[:2]
    landmarks = (
        np.array([(point.x, point.y, point.z) for point in points]) * (width, height, width)
        for points in found.face_landmarks
    )
    return tuple(face_of(frame.image_bgr, each, smoothed) for each in landmarks)
