"""Nobody waits for a camera: one slot, newest wins; a file keeps its own speed; a lost camera comes back."""

import threading
import time
from collections.abc import Callable

import pytest
from made.scripted import FakeClock, FakeStop, Lost, Pause, ScriptedSource, Step, frames_at

from posture_trainer.sources.frame_reader import REOPEN_PAUSES_S, FrameReader
from posture_trainer.sources.frames import Frame, SourceInfo

_PATIENCE_S = 60.0  # only ever used up when a test fails


def wait_until(condition: Callable[[], bool]) -> None:
    until_s = time.monotonic() + _PATIENCE_S
    while not condition():
        assert time.monotonic() < until_s, "it never happened"
        time.sleep(0.002)


class Run:
    """One reader on a script, on its thread but on a clock that the reader's own waiting moves on."""

    def __init__(self, *steps: Step, live: bool = False, begins_s: float = 100.0) -> None:
        self.clock = FakeClock(begins_s)
        self.stop = FakeStop(self.clock)
        self.source = ScriptedSource(steps, live=live, clock=self.clock, at_end=self.stop.set if live else lambda: None)
        self.reader = FrameReader(self.source, self.clock)
        self.reader._stop = self.stop

    def to_the_end(self) -> FrameReader:
        self.reader.start()
        self.reader._thread.join(_PATIENCE_S)
        assert not self.reader._thread.is_alive()
        return self.reader


def test_the_newest_frame_wins_and_the_others_are_counted() -> None:
    frames = frames_at([0.0, 0.1, 0.2, 0.3, 0.4])
    reader = Run(*frames).to_the_end()
    assert reader.take(0) is frames[-1]
    assert reader.dropped == 4


def test_a_frame_is_taken_once_but_can_be_looked_at_again() -> None:
    frames = frames_at([0.0])
    reader = Run(*frames).to_the_end()
    assert reader.newest() is frames[0]
    assert reader.take(0) is frames[0]
    assert reader.take(0) is None
    assert reader.newest() is frames[0]


def test_frames_that_were_taken_are_not_counted_as_dropped() -> None:
    frames = frames_at([0.0, 0.1, 0.2, 0.3])
    taken: list[Frame | None] = []
    run = Run()
    steps = [step for frame in frames for step in (frame, lambda: taken.append(run.reader.take(0)))]
    del steps[3]  # nobody takes the second frame
    run.source._steps.extend(steps)
    reader = run.to_the_end()
    assert taken == [frames[0], frames[2], frames[3]]
    assert reader.dropped == 1


def test_nothing_before_the_first_frame() -> None:
    reader = Run().reader
    assert reader.newest() is None
    assert reader.take(0) is None
    assert reader.last_arrival_s is None
    reader.close()


def test_a_file_keeps_its_own_speed() -> None:
    run = Run(*frames_at([0.0, 0.5, 0.6, 2.0]), begins_s=100.0)
    run.to_the_end()
    assert run.source.read_at_s == pytest.approx([100.0, 100.0, 100.5, 100.6, 102.0])


def test_a_file_that_fell_behind_catches_up() -> None:
    first, second, third, fourth = frames_at([0.0, 0.5, 1.0, 4.0])
    run = Run(first, Pause(3.0), second, third, fourth, begins_s=0.0)
    run.to_the_end()
    assert run.source.read_at_s == pytest.approx([0.0, 0.0, 3.0, 3.0, 4.0])


def test_a_camera_is_not_held_up() -> None:
    run = Run(*frames_at([0.0, 0.5, 60.0]), live=True)
    run.to_the_end()
    assert run.stop.waits == []


def test_arrivals_are_told_by_the_given_clock() -> None:
    first, second = frames_at([0.0, 0.1])
    run = Run(first, Pause(7.0), second, live=True, begins_s=100.0)
    run.source._steps.append(lambda: run.clock.advance(5.0))
    reader = run.to_the_end()
    assert reader.last_arrival_s == 107.0


def test_a_file_ends() -> None:
    run = Run(*frames_at([0.0, 0.1]))
    assert run.to_the_end().ended
    assert run.source.reopened == 0


def test_the_last_frame_can_still_be_taken_after_the_end() -> None:
    frames = frames_at([0.0, 0.1])
    reader = Run(*frames).to_the_end()
    assert reader.ended
    assert reader.take(0) is frames[1]


def test_a_camera_never_ends() -> None:
    run = Run(*frames_at([0.0]), live=True)
    assert not run.to_the_end().ended


def test_a_few_empty_reads_do_not_open_the_camera_again() -> None:
    before, after = frames_at([0.0, 0.2])
    run = Run(before, None, None, None, None, after, None, None, None, live=True)
    reader = run.to_the_end()
    assert run.source.reopened == 0
    assert reader.newest() is after


def test_a_lost_camera_is_opened_again_with_growing_pauses_and_comes_back() -> None:
    before, after = frames_at([0.0, 20.0])
    run = Run(before, Lost(reopenings=6), after, live=True)
    reader = run.to_the_end()
    pauses = [wait for wait in run.stop.waits if wait >= min(REOPEN_PAUSES_S)]
    assert pauses == [0.5, 1.0, 2.0, 4.0, 4.0, 4.0]
    assert run.source.reopened == 6
    assert reader.newest() is after
    assert reader.last_arrival_s == pytest.approx(run.clock())


def test_after_it_came_back_the_pauses_begin_anew() -> None:
    first, second, third = frames_at([0.0, 20.0, 30.0])
    run = Run(first, Lost(3), second, Lost(2), third, live=True)
    run.to_the_end()
    pauses = [wait for wait in run.stop.waits if wait >= min(REOPEN_PAUSES_S)]
    assert pauses == [0.5, 1.0, 2.0, 0.5, 1.0]


def test_while_the_camera_is_lost_nothing_counts_as_an_arrival() -> None:
    (frame,) = frames_at([0.0])
    run = Run(frame, Lost(3), live=True, begins_s=100.0)
    reader = run.to_the_end()
    assert reader.last_arrival_s == 100.0
    assert run.clock() > 103.0


def test_whoever_waits_for_a_frame_is_woken() -> None:
    (frame,) = frames_at([0.0])
    begin = threading.Event()
    source = ScriptedSource([begin.wait, frame])
    reader = FrameReader(source)
    got: list[Frame | None] = []
    waiting = threading.Thread(target=lambda: got.append(reader.take(100 * _PATIENCE_S)), daemon=True)
    waiting.start()
    reader.start()
    begin.set()
    waiting.join(_PATIENCE_S)
    assert got == [frame]
    reader.close()


def test_whoever_waits_at_the_end_is_woken() -> None:
    begin = threading.Event()
    reader = FrameReader(ScriptedSource([begin.wait]))
    got: list[Frame | None] = []
    waiting = threading.Thread(target=lambda: got.append(reader.take(100 * _PATIENCE_S)), daemon=True)
    waiting.start()
    wait_until(lambda: bool(reader._slot._waiters))  # type: ignore[attr-defined]
    reader.start()
    begin.set()
    waiting.join(_PATIENCE_S)
    assert got == [None]
    assert reader.ended
    reader.close()


def test_closing_stops_the_thread_and_closes_the_source() -> None:
    source = ScriptedSource(frames_at([0.0, 1e6]))  # the second frame is not due for days
    reader = FrameReader(source)
    reader.start()
    wait_until(lambda: reader.newest() is not None)
    reader.close()
    assert source.closed
    assert not reader._thread.is_alive()


def test_a_lost_camera_is_not_opened_again_once_the_reader_is_closed() -> None:
    run = Run(None, None, None, None, live=True)  # the fifth empty read closes it
    run.to_the_end()
    assert run.source.reopened == 0


def test_closing_before_the_start_closes_the_source() -> None:
    source = ScriptedSource(frames_at([0.0]))
    FrameReader(source).close()
    assert source.closed


class StuckSource:
    """A camera whose driver never comes back from a read, until the test lets it."""

    live = True
    info = SourceInfo("script", "stuck", 1, 1, 30.0)

    def __init__(self) -> None:
        self.reading, self.let_go = threading.Event(), threading.Event()
        self.closed_while_reading = False
        self._busy = False

    def read(self) -> Frame | None:
        self._busy = True
        self.reading.set()
        self.let_go.wait(_PATIENCE_S * 10)
        self._busy = False
        return None

    def reopen(self) -> bool:
        return False

    def close(self) -> None:
        self.closed_while_reading = self._busy


def test_closing_does_not_wait_for_a_stuck_read() -> None:
    source = StuckSource()
    reader = FrameReader(source)
    reader.start()
    assert source.reading.wait(_PATIENCE_S)
    closing = threading.Thread(target=reader.close, daemon=True)
    closing.start()
    closing.join(_PATIENCE_S)
    assert not closing.is_alive()
    assert not source.let_go.is_set()
    assert not source.closed_while_reading  # the driver must not be pulled from under the read
    source.let_go.set()
    reader._thread.join(_PATIENCE_S)
    assert not reader._thread.is_alive()


# --- drivers that raise -----------------------------------------------------------------------------------------


def raises(error: Exception) -> Callable[[], object]:
    def step() -> object:
        raise error

    return step


def test_one_fault_of_a_driver_is_one_missing_frame() -> None:
    before, after = frames_at([0.0, 0.2])
    run = Run(before, raises(OSError(5, "Input/output error")), after, live=True)
    assert run.to_the_end().newest() is after
    assert run.source.reopened == 0


def test_a_driver_that_goes_on_failing_is_a_lost_camera() -> None:
    before, after = frames_at([0.0, 20.0])
    faults = [raises(RuntimeError("backend"))] * 7
    run = Run(before, *faults, after, live=True)
    reader = run.to_the_end()
    assert reader.newest() is after
    assert [wait for wait in run.stop.waits if wait >= min(REOPEN_PAUSES_S)] == [0.5, 1.0, 2.0]
    assert not reader.ended


def test_a_reopening_that_raises_is_tried_again_with_growing_pauses() -> None:
    before, after = frames_at([0.0, 20.0])
    run = Run(before, *[None] * 8, after, live=True)
    tried: list[float] = []

    def reopen() -> bool:
        tried.append(run.clock())
        raise RuntimeError("no such device")

    run.source.reopen = reopen  # type: ignore[method-assign]
    assert run.to_the_end().newest() is after
    assert len(tried) == 4
    assert [wait for wait in run.stop.waits if wait >= min(REOPEN_PAUSES_S)] == [0.5, 1.0, 2.0, 4.0]


def test_a_file_that_fails_ends_and_says_why() -> None:
    run = Run(*frames_at([0.0, 0.1]), raises(ValueError("torn")), *frames_at([0.2]))
    reader = run.to_the_end()
    assert reader.ended
    assert str(reader.error) == "torn"
    assert len(run.source.read_at_s) == 3
