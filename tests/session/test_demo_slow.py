"""The program's own clip on a slow computer: slower, but whole, and nobody is told off for it."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from made.scripted import FakeClock, FakeStop, ScriptedSource, ScriptedTracker, frames_at
from test_live_session import NEUTRAL, ScriptedSounds, ScriptedWindow, turned

from posture_trainer.figures.session_summary import Summary
from posture_trainer.pages.views import BaselineView, PracticeView
from posture_trainer.pose.face import Face
from posture_trainer.pose.quality import Quality
from posture_trainer.records.session_reader import read_samples
from posture_trainer.session import finishing
from posture_trainer.session.devices import Devices
from posture_trainer.session.practice import Practice, practise
from posture_trainer.sources.frame_reader import FrameReader
from posture_trainer.sources.frames import Frame
from posture_trainer.tracking.live import LiveTracking

RATE_HZ, SECONDS = 25, 12


@pytest.fixture(autouse=True)
def _nobody_reads_the_summary(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its ten seconds pass in real time, for no clock is moved by a frame any more."""
    monkeypatch.setattr(finishing, "_SHOWN_S", {True: 0.0, False: 0.0})


class Demo:
    """A clip on real threads in fake time, with a tracker that takes as long as it is told."""

    def __init__(self, folder: Path, face_at: Callable[[float], Face | None], tracking_s: float) -> None:
        self.folder, clock = folder, FakeClock()

        def slowly(frame: Frame) -> Face | None:
            clock.advance(tracking_s)
            return face_at(frame.t_s)

        source = ScriptedSource(frames_at([index / RATE_HZ for index in range(SECONDS * RATE_HZ)]), clock=clock)
        self.reader = FrameReader(source, clock, wait_for_taker=True)
        self.reader._stop = FakeStop(clock)
        tracking = LiveTracking(self.reader, lambda: ScriptedTracker(slowly), most_waiting=1)
        self.window, self.sounds = ScriptedWindow(clock, {}), ScriptedSounds(clock)
        self.said: list[str] = []
        self.devices = Devices(
            source, self.reader, tracking, self.window, self.sounds, self.said.append, clock=clock, own_clip=True
        )

    def run(self) -> Summary:
        try:
            summary = practise(self.devices, Practice("demo", "demo", self.folder))
        finally:
            self.devices.close()
        assert summary is not None
        return summary


@pytest.mark.parametrize("tracking_s", [0.0, 0.7])
def test_every_frame_is_followed_at_any_speed(tmp_path: Path, tracking_s: float) -> None:
    demo = Demo(tmp_path, lambda t: turned(15) if t > 5 else NEUTRAL, tracking_s)
    summary = demo.run()
    (session,) = (tmp_path / "sessions").iterdir()
    samples = [sample for sample, _ in read_samples(session)]
    assert demo.reader.dropped == 0
    assert len(samples) == pytest.approx((SECONDS - 2.5) * RATE_HZ, abs=2)
    steps_s = [after.t_s - before.t_s for before, after in pairwise(samples)]
    assert steps_s == pytest.approx([1 / RATE_HZ] * len(steps_s))
    assert {sample.quality for sample in samples} == {Quality.GOOD}
    assert summary.ended == "end of file"
    assert summary.cues["turn_left"] >= 1
    toned = [name for _, name in demo.sounds.heard].count("turn_left")
    worded = [phrase for _, phrase in demo.sounds.spoken].count("way_turn_left")
    assert 1 <= toned <= summary.cue_count <= toned + worded, (
        "a cue is a tone, or falls into the words that say the same"
    )
    assert demo.said == []


def test_nobody_is_told_off_for_the_clips_head(tmp_path: Path) -> None:
    restless = Demo(tmp_path, lambda t: None if 6 <= t < 9 else turned(8 if t % 1 > 0.5 else -8), 0.1)
    restless.run()
    views = [view for _, view, _ in restless.window.shown]
    assert {view.message for view in views if isinstance(view, BaselineView | PracticeView)} == {""}
    assert "face_lost" not in [name for _, name in restless.sounds.heard]
    assert restless.said == []
