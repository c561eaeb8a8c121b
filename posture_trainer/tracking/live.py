"""Follows the face on a worker thread, so that picture, pose and sound never wait for each other."""

import queue
import threading
from collections.abc import Callable

from posture_trainer.errors import UserError
from posture_trainer.sources.frame_reader import FrameReader
from posture_trainer.sources.frames import is_covered
from posture_trainer.tracking.body_beside import BodyBeside
from posture_trainer.tracking.careful import BadFrames, CarefulTracker
from posture_trainer.tracking.faces import FaceTracker
from posture_trainer.tracking.seen import TrackedFrame

_WAIT_S = 0.1
MOST_WAITING = 300  # results, ten seconds of them: they hold no picture


class LiveTracking:
    """Takes the newest frame from a reader, tracks it, hands it on in order.

    `make_tracker` runs on the worker thread, because loading the model takes most of a second. most_waiting: so many
    results may wait to be asked for; then tracking waits too. body: follows the body beside; it is closed here.
    """

    def __init__(
        self,
        reader: FrameReader,
        make_tracker: Callable[[], FaceTracker],
        most_waiting: int = MOST_WAITING,
        body: BodyBeside | None = None,
    ) -> None:
        self._reader, self._make_tracker, self._body = reader, make_tracker, body
        self._results: queue.Queue[TrackedFrame] = queue.Queue(most_waiting)
        self._stop = threading.Event()
        self._idle = threading.Event()
        self._error: BaseException | None = None
        self._tracker: CarefulTracker | None = None
        self.ready = threading.Event()
        self.fine = False
        """Whether unsmoothed landmarks are wanted: not while neutral is recorded, which gains from calm ones."""
        self._thread = threading.Thread(target=self._run, name="face tracking", daemon=True)
        self._thread.start()

    def next(self, timeout_s: float) -> TrackedFrame | None:
        """The next tracked frame; None when none came in time. Raises what went wrong on the worker thread."""
        try:
            return self._results.get(timeout=timeout_s)
        except queue.Empty:
            if self._error is not None:
                raise self._error from None
            return None

    @property
    def waiting(self) -> bool:
        """Whether a result waits already: then what is shown now would be old at once."""
        return not self._results.empty()

    @property
    def bad(self) -> BadFrames:
        """The frames on which the tracker failed; they are not handed on."""
        return self._tracker.bad if self._tracker is not None else BadFrames()

    @property
    def way(self) -> str | None:
        """Which way of tracking it is; None while none is loaded."""
        return self._tracker.name if self._tracker is not None else None

    @property
    def finished(self) -> bool:
        """Whether the source has ended and every frame that was taken has been handed on."""
        return self._reader.ended and self._idle.is_set() and self._results.empty()

    def close(self) -> None:
        """Stop the worker and close the tracker."""
        self._stop.set()
        self._thread.join(timeout=5.0)

    def _run(self) -> None:
        try:
            tracker = self._tracker = CarefulTracker(self._make_tracker())
        except UserError as error:  # handed to the main thread, which says it to the person
            self._error = error
            return
        except BaseException as error:
            words = f"Following a face could not begin ({type(error).__name__}). Close other programs and try again."
            self._error = UserError(words)
            self._error.__cause__ = error
            return
        self.ready.set()
        try:
            while not self._stop.is_set():
                self._track_next(tracker)
        except BaseException as error:
            self._error = error
        finally:
            tracker.close()
            if self._body is not None:
                self._body.close()

    def _track_next(self, tracker: CarefulTracker) -> None:
        ended = self._reader.ended
        frame = self._reader.take(_WAIT_S)
        if frame is None:
            if ended:
                if self._reader.error is not None:
                    raise UserError(f"The video can't be read on: {self._reader.error}") from self._reader.error
                self._idle.set()
            return
        faces = tracker.track(frame, self.fine)
        if not tracker.left_out(frame.t_s):
            covered = not faces and is_covered(frame.image_bgr)
            body = self._body.after(frame, faces) if self._body is not None else None
            self._hand_on(TrackedFrame(frame.without_picture(), faces, covered, body))

    def _hand_on(self, result: TrackedFrame) -> None:
        """To whoever asks next. Where nobody has asked for long, tracking waits too, and the reader drops frames."""
        while not self._stop.is_set():
            try:
                self._results.put(result, timeout=_WAIT_S)
                return
            except queue.Full:
                continue
