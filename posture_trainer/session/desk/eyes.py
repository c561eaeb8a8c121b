"""Looks through the camera a few times a second, on a thread of its own, so that the window never waits for it."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from posture_trainer.errors import UserError
from posture_trainer.pose.face import Face
from posture_trainer.sources.frames import Frame, FrameSource, SourceInfo, is_covered
from posture_trainer.tracking.careful import CarefulTracker
from posture_trainer.tracking.choice import open_tracker
from posture_trainer.tracking.faces import FaceTracker

RATE_HZ, TAKING_HZ = 3.0, 8.0
AGAIN_S = (1.0, 5.0, 15.0, 30.0)  # after a camera that gives nothing, and then always the last one
_EMPTY_READS = 5


@dataclass(frozen=True, eq=False)
class Glimpse:
    """What one look gave. lost: the camera gives nothing; words: why it does not open, '' where it did. info, tracker:
    of the source and the way of tracking."""

    t_s: float
    faces: tuple[Face, ...] = ()
    covered: bool = False
    lost: bool = False
    words: str = ""
    info: SourceInfo | None = None
    tracker: str = ""


class Eyes(Protocol):
    """What looks."""

    def take(self) -> Glimpse | None:
        """The newest look that was not taken yet."""
        ...

    def often(self, wanted: bool) -> None:
        """More often, for a few seconds in which a place is taken."""
        ...

    def close(self) -> None:
        """Close the camera; its light goes out."""
        ...


def desk_tracker() -> FaceTracker:
    """The usual way of tracking, as sparing as it can be."""
    return open_tracker(seldom=True)


class CameraEyes:
    """open_source: opens the camera, or a clip; called on the thread. clock: seconds that never go back."""

    def __init__(
        self,
        open_source: Callable[[], FrameSource],
        make_tracker: Callable[[], FaceTracker] = desk_tracker,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._open_source, self._make_tracker, self._clock = open_source, make_tracker, clock
        self._stop, self._often = threading.Event(), False
        self._lock = threading.Lock()
        self._newest: Glimpse | None = None
        self._thread = threading.Thread(target=self._run, name="desk", daemon=True)
        self._thread.start()

    def take(self) -> Glimpse | None:
        """The newest look that was not taken yet."""
        with self._lock:
            found, self._newest = self._newest, None
        return found

    def often(self, wanted: bool) -> None:
        """More often while a place is taken."""
        self._often = wanted

    def close(self) -> None:
        """Close the camera. A driver that hangs is not waited for."""
        self._stop.set()
        self._thread.join(timeout=2.0)

    def _run(self) -> None:
        try:
            tracker = CarefulTracker(self._make_tracker())
        except Exception as error:
            self._put(Glimpse(self._clock(), lost=True, words=str(error)))
            return
        tries = 0
        try:
            while not self._stop.is_set():
                words = self._watch(tracker)
                if self._stop.is_set():
                    return
                self._put(Glimpse(self._clock(), lost=True, words=words))
                self._stop.wait(AGAIN_S[min(tries, len(AGAIN_S) - 1)])
                tries += 1
        finally:
            tracker.close()

    def _watch(self, tracker: CarefulTracker) -> str:
        """Look until the camera gives nothing; gives why it does not open, '' where it did."""
        try:
            source = self._open_source()
        except UserError as error:
            return str(error)
        empty, begun_s = 0, self._clock()
        try:
            while not self._stop.is_set() and empty < _EMPTY_READS:
                due_s = self._clock() + 1 / (TAKING_HZ if self._often else RATE_HZ)
                frame = self._read(source, begun_s)
                if frame is None:
                    empty += 1
                else:
                    empty = 0
                    self._look(tracker, frame, source.info)
                self._stop.wait(max(0.0, due_s - self._clock()))
        except UserError as error:  # nothing could be followed for 2 s
            return str(error)
        finally:
            with suppress(Exception):
                source.close()
        return ""

    def _look(self, tracker: CarefulTracker, frame: Frame, info: SourceInfo) -> None:
        faces = tracker.track(frame, False)
        if not tracker.left_out(frame.t_s):
            covered = not faces and is_covered(frame.image_bgr)
            self._put(Glimpse(self._clock(), faces, covered, info=info, tracker=tracker.name))

    def _read(self, source: FrameSource, begun_s: float) -> Frame | None:
        """The newest picture; of a clip the one that is due by now."""
        try:
            frame = source.read()
            while frame is not None and not source.live and frame.t_s < self._clock() - begun_s:
                frame = source.read()
            return frame
        except Exception:  # what a camera's driver raises is a picture that did not come
            return None

    def _put(self, glimpse: Glimpse) -> None:
        with self._lock:
            self._newest = glimpse
