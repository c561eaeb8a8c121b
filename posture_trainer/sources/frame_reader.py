"""Reads a source on a thread of its own, so that nobody ever waits for a camera."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress

from posture_trainer.sources.frames import Frame, FrameSource

REOPEN_PAUSES_S = (0.5, 1.0, 2.0, 4.0)  # growing, then staying at the last
_EMPTY_READS_UNTIL_LOST = 5
_LOOK_AGAIN_S = 0.1


class FrameReader:
    """Holds the newest frame of a source in one slot: a newer frame replaces one that nobody took.

    A file is read at its own speed. A camera that stops giving frames, or whose driver fails in any way, is opened
    again, with growing pauses; a file that fails ends, and `error` says why.

    wait_for_taker: a file is read no faster than its frames are taken, so that a slow computer plays it slowly and
    misses nothing.
    """

    def __init__(
        self, source: FrameSource, clock: Callable[[], float] = time.monotonic, wait_for_taker: bool = False
    ) -> None:
        self._source, self._clock = source, clock
        self._patient = wait_for_taker and not source.live
        self._slot = threading.Condition()
        self._frame: Frame | None = None
        self._taken = True
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="frame reader", daemon=True)
        self.dropped = 0
        self.ended = False
        self.last_arrival_s: float | None = None
        """When the last frame came, on the clock; before the first one, when reading began."""
        self.error: Exception | None = None
        """What the source raised last: a camera may have come back since, a file has ended."""

    def start(self) -> None:
        """Begin to read."""
        self.last_arrival_s = self._clock()
        self._thread.start()

    def take(self, timeout_s: float) -> Frame | None:
        """The newest frame not taken yet; waits for one at most `timeout_s`, then gives None."""
        with self._slot:
            if self._taken:
                self._slot.wait(timeout_s)
            if self._taken:
                return None
            self._taken = True
            self._slot.notify_all()
            return self._frame

    def newest(self) -> Frame | None:
        """The newest frame, taken or not; None before the first."""
        with self._slot:
            return self._frame

    def zero_s(self) -> float:
        """The clock at the source's time 0, as its newest frame tells: when it came, less its time."""
        with self._slot:
            if self._frame is None or self.last_arrival_s is None:
                return self._clock()
            return self.last_arrival_s - self._frame.t_s

    def close(self) -> None:
        """Stop reading and close the source."""
        self._stop.set()
        if self._thread.ident is not None:
            self._thread.join(timeout=1.0)  # a stuck driver may block a read for seconds: do not wait for it
        if not self._thread.is_alive():
            self._source.close()

    def _await_taker(self) -> None:
        with self._slot:
            while not self._taken and not self._stop.is_set():
                self._slot.wait(_LOOK_AGAIN_S)

    def _run(self) -> None:
        try:
            self._read_on()
        except Exception as error:
            self.error = error
        finally:  # whatever happened: a file's session must end
            self.ended = not self._source.live
            with self._slot:
                self._slot.notify_all()

    def _read(self) -> Frame | None:
        """The next frame; what a camera's driver raises is a frame that did not come."""
        try:
            return self._source.read()
        except Exception as error:
            if not self._source.live:
                raise
            self.error = error
            return None

    def _read_on(self) -> None:
        started_s, empty, pause = self._clock(), 0, 0
        while not self._stop.is_set():
            frame = self._read()
            if frame is None:
                if not self._source.live:
                    return
                empty += 1
                if empty < _EMPTY_READS_UNTIL_LOST:
                    self._stop.wait(0.02)
                    continue
                if self._stop.wait(REOPEN_PAUSES_S[min(pause, len(REOPEN_PAUSES_S) - 1)]):
                    return
                pause += 1
                with suppress(Exception):  # a driver that fails now may not fail the next time
                    self._source.reopen()
                continue
            empty = pause = 0
            if not self._source.live:
                self._stop.wait(max(0.0, started_s + frame.t_s - self._clock()))
            if self._patient:
                self._await_taker()
                started_s = max(started_s, self._clock() - frame.t_s)  # what was missed is not caught up
            with self._slot:
                self.dropped += not self._taken
                self._frame, self._taken = frame, False
                self.last_arrival_s = self._clock()
                self._slot.notify_all()
