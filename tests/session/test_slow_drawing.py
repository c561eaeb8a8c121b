"""Where drawing or tracking is slow, nothing piles up: all is logged, the newest is shown, and nothing old."""

from pathlib import Path
from typing import Any, cast

import pytest
import test_live_session
from made.scripted import ScriptedSource, ScriptedTracker, frames_at, made_baseline, made_face
from test_frame_reader import wait_until
from test_live_session import NEUTRAL, RATE_HZ, Room, Script, ScriptedFeed, ScriptedWindow, turned

from posture_trainer.pages.views import AnyView, Controls, PracticeView
from posture_trainer.sources.frame_reader import FrameReader
from posture_trainer.sources.frames import Frame
from posture_trainer.tracking.live import LiveTracking
from posture_trainer.tracking.seen import TrackedFrame


class QueueFeed(ScriptedFeed):
    """Results are ready `late_s` after their pictures came, whoever asks, and wait until they are asked for."""

    late_s = 0.0
    last_t_s = 0.0

    @property
    def _ready_at_s(self) -> float:
        return (self._begun_s or 0.0) + self._count / RATE_HZ + self.late_s

    def next(self, timeout_s: float) -> TrackedFrame | None:
        if self._begun_s is None:
            return None
        if self._ready_at_s > self._clock() + timeout_s:
            self._clock.advance(timeout_s)
            return None
        self._clock.now_s = max(self._clock(), self._ready_at_s)
        self.last_t_s = self._count / RATE_HZ
        self._count += 1
        self.waiting = self._ready_at_s <= self._clock()
        seen = self._script(self.last_t_s)
        assert not isinstance(seen, str)
        faces = seen if isinstance(seen, tuple) else () if seen is None else (seen,)
        return TrackedFrame(Frame(self.last_t_s, test_live_session.PICTURE), faces)

    def newest(self) -> Frame | None:
        if self._begun_s is None:
            return None
        self.last_arrival_s = self._clock()
        return Frame(int((self._clock() - self._begun_s) * RATE_HZ) / RATE_HZ, test_live_session.PICTURE)

    @property
    def behind_s(self) -> float:
        return self._clock() - (self._begun_s or 0.0) - self.last_t_s


class SlowWindow(ScriptedWindow):
    """Every picture takes its time to draw. behind_s: how old the shown moment was when it stood on the screen."""

    draw_s = 0.0

    def show(self, view: AnyView, controls: Controls) -> None:
        self._clock.advance(self.draw_s)
        super().show(view, controls)
        if isinstance(view, PracticeView):
            self.behind_s.append(self.feed.behind_s)

    feed: QueueFeed
    behind_s: list[float]


def slow_room(folder: Path, script: Script, draw_s: float = 0.0, late_s: float = 0.0) -> Room:
    room = Room(folder, script)
    feed, window = QueueFeed(room.clock, script, 90.0, True), SlowWindow(room.clock, {})
    feed.late_s, window.draw_s, window.feed, window.behind_s = late_s, draw_s, feed, []
    room.window = room.devices.window = window
    room.devices.reader = room.devices.tracking = cast(Any, feed)
    return room


@pytest.mark.parametrize("draw_s", [0.06, 0.2])
def test_slow_drawing_costs_no_row_and_shows_nothing_old(tmp_path: Path, draw_s: float) -> None:
    room = slow_room(tmp_path, lambda t: turned(20) if t % 8 > 5 else NEUTRAL, draw_s)
    summary = room.practise(seconds=30.0, baseline=made_baseline())
    assert summary is not None
    assert summary.frames == pytest.approx(30 * RATE_HZ, abs=10), "every row is still logged"
    assert summary.cue_count >= 3
    assert isinstance(room.window, SlowWindow)
    assert max(room.window.behind_s) <= draw_s + 0.1
    assert len(room.window.behind_s) > 30 / (draw_s + 0.26), "and it is drawn as often as it can be"
    assert len(room.heard()) >= 3


def test_a_sign_that_would_be_old_is_not_shown_and_its_cue_not_heard(tmp_path: Path) -> None:
    room = slow_room(tmp_path, lambda _t: turned(20), late_s=0.7)
    summary = room.practise(seconds=12.0, baseline=made_baseline())
    assert summary is not None
    assert summary.cue_count >= 1, "the record holds it"
    shown = room.views(PracticeView)
    assert len(shown) > 100
    assert all(view.feedback.way_back is None and view.angles is None for view in shown)
    assert room.heard() == ["finished"]


def test_the_sign_is_shown_where_tracking_is_only_a_little_late(tmp_path: Path) -> None:
    room = slow_room(tmp_path, lambda _t: turned(20), late_s=0.3)
    room.practise(seconds=12.0, baseline=made_baseline())
    assert {view.feedback.way_back for view in room.views(PracticeView)} >= {"turn_left"}


def test_results_that_nobody_takes_are_bounded_and_none_of_them_is_lost() -> None:
    times_s = [index / 1000 for index in range(40)]
    tracker = ScriptedTracker(lambda _frame: made_face())
    reader = FrameReader(ScriptedSource(frames_at(times_s)), wait_for_taker=True)
    tracking = LiveTracking(reader, lambda: tracker, most_waiting=5)
    reader.start()
    wait_until(lambda: tracking._results.full() and len(tracker.tracked_s) == 6)
    taken: list[TrackedFrame] = []

    def done() -> bool:
        assert len(tracker.tracked_s) <= len(taken) + 7, "tracking goes no further ahead"
        result = tracking.next(0.01)
        taken.extend([] if result is None else [result])
        return tracking.finished

    wait_until(done)
    tracking.close()
    reader.close()
    assert [each.frame.t_s for each in taken] == times_s
    assert all(each.frame.image_bgr.size == 0 for each in taken)
