"""Whole sessions in fake time: what the patient sees, hears and gets recorded, from the safety text to the summary."""

import functools
import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from made.known_poses import poses_remembered
from made.scripted import FakeClock, ScriptedSource, frames_at, made_face

from posture_trainer.errors import RecordingStopped, UserError
from posture_trainer.figures.session_summary import Summary
from posture_trainer.pages.front.page import PageView, Press
from posture_trainer.pages.keys import Key, Keyboard
from posture_trainer.pages.views import (
    AnyView,
    BaselineView,
    Controls,
    PlacementView,
    PracticeView,
    SafetyView,
    SummaryView,
    View,
)
from posture_trainer.pose.angles import rotation_from_angles
from posture_trainer.pose.face import Face
from posture_trainer.pose.neutral.recording import BaselineRules
from posture_trainer.records import session_log
from posture_trainer.records.baseline_files import load_baseline
from posture_trainer.session.calibrate import calibrate
from posture_trainer.session.calibration_store import Calibration
from posture_trainer.session.devices import Devices
from posture_trainer.session.practice import Practice, practise
from posture_trainer.sources.frames import Frame
from posture_trainer.tracking.careful import BadFrames
from posture_trainer.tracking.seen import TrackedFrame
from posture_trainer.words.seeing import CAMERA_GONE, COVERED, NO_FACE

RATE_HZ = 30.0
PICTURE = frames_at([0.0])[0].image_bgr
BLACK = np.zeros_like(PICTURE)

# What the camera gives at a moment: a pose or several, None for a picture without a face, "covered", or "gone" for no
# picture.
Script = Callable[[float], Face | tuple[Face, ...] | str | None]


class ScriptedFeed:
    """Reader and tracking in one, in fake time: asking for the next frame moves the clock on."""

    def __init__(self, clock: FakeClock, script: Script, seconds: float, live: bool) -> None:
        self._clock, self._script, self._seconds, self._live = clock, script, seconds, live
        self._begun_s: float | None = None
        self._count = 0
        self._newest: Frame | None = None
        self.ready = threading.Event()
        self.ready.set()
        self.fine = False
        self.last_arrival_s: float | None = None
        self.closed = 0
        self.waiting = False
        self.bad = BadFrames()
        self.way = "scripted"

    def start(self) -> None:
        self._begun_s = self.last_arrival_s = self._clock()

    def newest(self) -> Frame | None:
        return self._newest

    def close(self) -> None:
        self.closed += 1

    @property
    def finished(self) -> bool:
        return not self._live and self._count / RATE_HZ >= self._seconds

    def next(self, timeout_s: float) -> TrackedFrame | None:
        if self._begun_s is None:
            return None
        t_s = self._count / RATE_HZ
        if t_s >= self._seconds and self._live:
            raise AssertionError("the session did not end by itself")
        self._count += 1
        self._clock.now_s = max(self._clock.now_s, self._begun_s + t_s)
        seen = self._script(t_s)
        if seen == "gone" or self.finished:
            return None
        covered = seen == "covered"
        self._newest = Frame(t_s, BLACK if covered else PICTURE)
        self.last_arrival_s = self._clock()
        faces = seen if isinstance(seen, tuple) else (seen,) if isinstance(seen, Face) else ()
        return TrackedFrame(self._newest, faces, covered)


class ScriptedWindow:
    """Remembers every view with its time, and presses keys at given times."""

    visible = True
    keyboard = Keyboard.SESSION
    lost = False
    stirs = 0

    def __init__(self, clock: FakeClock, keys: dict[float, Key]) -> None:
        self._clock, self._due = clock, sorted(keys.items())
        self.shown: list[tuple[float, View, Controls]] = []
        self.pages: list[tuple[float, PageView, Controls]] = []
        self.pressed: list[tuple[float, Press]] = []
        """What is pressed on a page, and when."""
        self.full_screen = False

    def show(self, view: AnyView, controls: Controls) -> None:
        if isinstance(view, SummaryView | SafetyView):
            self._clock.advance(0.05)  # these wait for the clock without frames
        if isinstance(view, PageView):
            self.pages.append((self._clock(), view, controls))
        else:
            self.shown.append((self._clock(), view, controls))

    def keys(self) -> list[Key]:
        due = [key for at_s, key in self._due if at_s <= self._clock()]
        self._due = self._due[len(due) :]
        return due

    def presses(self) -> list[Press]:
        due = [press for at_s, press in self.pressed if at_s <= self._clock()]
        self.pressed = self.pressed[len(due) :]
        return due

    def toggle_full_screen(self) -> None:
        self.full_screen = not self.full_screen

    def typed(self) -> str:
        return ""

    def close(self) -> None:
        pass


class ScriptedSounds:
    trouble = ""

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock
        self.heard: list[tuple[float, str]] = []
        self.spoken: list[tuple[float, str]] = []

    def play(self, name: str, volume: float) -> None:
        self.heard.append((self._clock(), name))

    def speak(self, phrase: str, volume: float) -> None:
        self.spoken.append((self._clock(), phrase))

    def close(self) -> None:
        pass


class Room:
    """A patient before a scripted camera, with everything that can be looked at afterwards."""

    def __init__(
        self,
        folder: Path,
        script: Script,
        keys: dict[float, Key] | None = None,
        seconds: float = 90.0,
        live: bool = True,
    ) -> None:
        self.clock = FakeClock()
        self.folder = folder
        feed = ScriptedFeed(self.clock, script, seconds, live)
        self.window = ScriptedWindow(self.clock, keys or {})
        self.sounds = ScriptedSounds(self.clock)
        self.said: list[str] = []
        source = ScriptedSource(frames_at([0.0]), live=live)
        self.devices = Devices(
            source, cast(Any, feed), cast(Any, feed), self.window, self.sounds, self.said.append, clock=self.clock
        )
        self.devices.reading_s = 0.0  # whoever sits here has read it before

    def practise(self, **more: Any) -> Summary | None:
        with poses_remembered():
            return practise(self.devices, Practice("practice", "anna", self.folder, **more))

    def events(self) -> list[dict[str, Any]]:
        file = next((self.folder / "sessions").glob("*/events.jsonl"))
        return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]

    def views(self, kind: type[View], since_s: float = 0.0, until_s: float = 1e9) -> list[Any]:
        return [view for at_s, view, _ in self.window.shown if isinstance(view, kind) and since_s <= at_s < until_s]

    def heard(self, since_s: float = 0.0, until_s: float = 1e9) -> list[str]:
        return [name for at_s, name in self.sounds.heard if since_s <= at_s < until_s]


@functools.lru_cache(maxsize=256)
def turned(rotation_deg: float) -> Face:
    return made_face(rotation_from_angles(rotation_deg, 0, 0))


NEUTRAL = turned(0.0)
BEGUN_S = 12.0  # hands-free: safety 3 s, placement 1.5 s, countdown 3 s, baseline 3 s; from here on the mirror runs


def test_session_without_hands_from_safety_to_summary(tmp_path: Path) -> None:
    room = Room(tmp_path, lambda t: turned(20) if 15 <= t < 18 else NEUTRAL)
    summary = room.practise(seconds=20.0)
    assert summary is not None
    kinds = [type(view) for _, view, _ in room.window.shown]
    order = [kind for kind, before in zip(kinds, [None, *kinds], strict=False) if kind is not before]
    assert order == [SafetyView, PlacementView, BaselineView, PracticeView, SummaryView]
    assert {view.countdown for view in room.views(BaselineView)} == {3, 2, 1, None}
    assert room.heard() == ["turn_left", "regained", "finished"]
    assert [event["event"] for event in room.events()] == ["cue", "regained"]
    assert summary.cues["turn_left"] == 1
    assert summary.ended == "time"
    assert summary.out_s == pytest.approx(3.3, abs=0.3)
    signs = {view.feedback.way_back for view in room.views(PracticeView, 16.5, 18)}
    assert signs == {"turn_left"}


def test_key_begins_at_once_and_escape_ends(tmp_path: Path) -> None:
    room = Room(tmp_path, lambda _t: NEUTRAL, {0.5: Key.OTHER, 12.0: Key.STOP, 14.0: Key.OTHER})
    summary = room.practise()
    assert summary is not None
    assert summary.ended == "stopped"
    assert room.events()[-1]["event"] == "stop"
    assert room.views(SafetyView, since_s=0.8) == []


def test_stopping_at_the_safety_text_records_nothing(tmp_path: Path) -> None:
    room = Room(tmp_path, lambda _t: NEUTRAL, {0.5: Key.STOP})
    assert room.practise() is None
    assert list(tmp_path.iterdir()) == []


def test_lost_face_is_said_and_never_cued(tmp_path: Path) -> None:
    room = Room(tmp_path, lambda t: None if 15 <= t < 19 else turned(20) if t > 12 else NEUTRAL)
    room.practise(seconds=20.0)
    assert all(view.message == NO_FACE for view in room.views(PracticeView, 15.5, 19))
    assert all(view.feedback.way_back is None for view in room.views(PracticeView, 15, 19))
    assert room.heard(15, 20) == ["face_lost"], "one soft tone, no cue until the face has been back for a second"
    names = [event["event"] for event in room.events() if event["event"] != "cue"]
    assert names == ["face_lost", "face_found"]


def test_lost_camera_is_said_and_never_cued(tmp_path: Path) -> None:
    room = Room(tmp_path, lambda t: "gone" if 15 <= t < 19 else turned(20) if t > 12 else NEUTRAL)
    summary = room.practise(seconds=22.0)
    during = room.views(PracticeView, 15.6, 19)
    assert during
    assert all(view.message == CAMERA_GONE for view in during)
    assert all(view.picture_bgr is None for view in during), "an old picture shown as live"
    assert all(view.feedback.way_back is None for view in during)
    assert room.heard(15.5, 20) == []
    lost, found = [event for event in room.events() if event["event"].startswith("camera")]
    assert (lost["event"], lost["reason"], found["event"]) == ("camera_lost", "no picture", "camera_found")
    assert found["t_s"] - lost["t_s"] == pytest.approx(3.5, abs=0.2)
    assert room.views(PracticeView, 19.2)[-1].picture_bgr is not None
    assert summary is not None
    assert summary.seen_s < summary.length_s - 3.4, "the gap counts as nothing"


def test_covered_lens_is_said_and_never_cued(tmp_path: Path) -> None:
    room = Room(tmp_path, lambda t: "covered" if 15 <= t < 19 else turned(20) if t > 12 else NEUTRAL)
    room.practise(seconds=20.0)
    assert all(view.message == COVERED for view in room.views(PracticeView, 15.1, 19))
    assert "turn_left" not in room.heard(15, 20)
    lost = next(event for event in room.events() if event["event"] == "camera_lost")
    assert lost["reason"] == "covered"


def test_pausing_is_silent_and_recorded(tmp_path: Path) -> None:
    room = Room(
        tmp_path, lambda t: turned(20) if t > 15 else NEUTRAL, {14.0: Key.PAUSE, 22.0: Key.PAUSE, 26.0: Key.STOP}
    )
    summary = room.practise()
    assert room.heard(14, 22) == []
    assert room.heard(22, 24) == ["turn_left"]
    assert summary is not None
    assert summary.paused_s == pytest.approx(8, abs=0.2)
    assert [event["event"] for event in room.events()][:2] == ["pause", "resume"]


def test_mute_silences_cues_and_shows_it(tmp_path: Path) -> None:
    room = Room(tmp_path, lambda t: turned(20) if t > 13 else NEUTRAL, {12.0: Key.MUTE, 18.0: Key.STOP})
    room.practise()
    assert room.heard(12) == []
    assert [event["cue"] for event in room.events() if event["event"] == "cue"], (
        "muting changes the sound, not the record"
    )
    assert room.window.shown[-1][2].muted


def test_restless_head_is_told_why_and_tried_again(tmp_path: Path) -> None:
    restless = Room(tmp_path, lambda t: turned(8 * np.sin(3 * t)) if 7.5 < t < 12 else NEUTRAL, {26.0: Key.STOP})
    summary = restless.practise()
    assert any("wandered a little too much" in view.message for view in restless.views(BaselineView))
    assert summary is not None, "the next try was quiet, so practice began"


def test_calibrating_again_holds_for_this_session_only(tmp_path: Path) -> None:
    room = Room(tmp_path, lambda t: turned(8) if t > 13 else NEUTRAL, {14.0: Key.CALIBRATE, 28.0: Key.STOP})
    summary = room.practise()
    assert summary is not None
    assert room.heard(14, 28) == [], "eight degrees are the new neutral"
    assert {"calibrate", "baseline"} <= {event["event"] for event in room.events()}
    assert not (tmp_path / "baselines").exists()


def test_patient_without_baseline_gets_one_that_is_kept(tmp_path: Path) -> None:
    room = Room(tmp_path, lambda _t: NEUTRAL)
    room.practise(seconds=12.0, keep_baseline=True)
    stored = list((tmp_path / "baselines").glob("*.json"))
    assert len(stored) == 1
    assert load_baseline(stored[0]).duration_s == pytest.approx(5.0, abs=0.1)


def test_known_baseline_is_used_without_asking(tmp_path: Path) -> None:
    Room(tmp_path, lambda _t: NEUTRAL).practise(seconds=12.0, keep_baseline=True)
    path = next((tmp_path / "baselines").glob("*.json"))
    again = Room(tmp_path / "again", lambda _t: turned(20), {9.0: Key.STOP})
    again.practise(baseline=load_baseline(path), baseline_file=path)
    assert again.views(BaselineView) == []
    assert "turn_left" in again.heard()
    header = json.loads(next((tmp_path / "again").glob("sessions/*/session.json")).read_text(encoding="utf-8"))
    assert header["baseline_file"] == path.name
    assert "landmarks" not in header["baseline"], "a session log never holds the shape of the face"


def test_file_shows_safety_for_3_s_then_its_first_seconds_are_neutral(tmp_path: Path) -> None:
    room = Room(tmp_path, lambda t: turned(15) if t > 5 else NEUTRAL, seconds=8.0, live=False)
    summary = room.practise()
    assert summary is not None
    assert summary.ended == "end of file"
    safety = room.views(SafetyView)
    assert 50 <= len(safety) <= 65, "3 s of 0.05 s steps"
    assert {view.countdown for view in room.views(BaselineView)} == {None}
    assert summary.length_s == pytest.approx(5.5, abs=0.2)
    shown = [at_s for at_s, view, _ in room.window.shown if isinstance(view, SummaryView)]
    assert shown[-1] - shown[0] == pytest.approx(10, abs=0.2)


def test_file_without_a_face_ends_with_a_reason(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="could not see your face"):
        Room(tmp_path, lambda _t: None, seconds=8.0, live=False).practise()
    assert not (tmp_path / "sessions").exists()


def test_full_disk_ends_the_session_kindly_and_keeps_what_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Room(tmp_path, lambda _t: NEUTRAL, {30.0: Key.OTHER})
    written = session_log.SessionLog._write

    def until_full(log: session_log.SessionLog, file: Any, text: str) -> None:
        class Full:
            def write(self, text: str) -> None:
                raise OSError(28, "No space left on device")

        written(log, cast(Any, Full()) if room.clock() > 16 else file, text)

    monkeypatch.setattr(session_log.SessionLog, "_write", until_full)
    with pytest.raises(RecordingStopped, match="No space left on device"):
        room.practise()
    last = room.window.shown[-1][1]
    assert isinstance(last, SummaryView)
    assert "kept" in last.closing
    rows = next(tmp_path.glob("sessions/*/samples.csv")).read_text(encoding="utf-8").splitlines()
    assert len(rows) > 60
    assert not list(tmp_path.glob("sessions/*/summary.json"))


def unseen(room: Room) -> Devices:
    """The room's devices as with --no-window: then calibrate has no dialogue (tests/test_calibrate_dialogue.py)."""
    room.window.visible = False
    return room.devices


def test_calibrate_stores_and_keeps_earlier_ones(tmp_path: Path) -> None:
    what = Calibration("anna", tmp_path, 5.0, BaselineRules())
    paths = []
    for angle_deg in (0.0, 4.0):
        saved = calibrate(unseen(Room(tmp_path, lambda _t, a=angle_deg: turned(a))), what)  # type: ignore[misc]
        assert saved is not None
        paths.append(saved[0])
    assert sorted((tmp_path / "baselines").iterdir()) == sorted(paths)
    assert np.allclose(load_baseline(paths[0]).rotation, np.eye(3), atol=0.01), "the first is as it was"


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        (lambda _t: None, "could not see your face"),
        (lambda t: NEUTRAL if int(t * 2) % 2 else None, "lost sight of your face"),
    ],
)
def test_calibrate_refuses_with_a_reason_and_changes_nothing(tmp_path: Path, script: Script, reason: str) -> None:
    with pytest.raises(UserError, match=reason):
        calibrate(unseen(Room(tmp_path, script)), Calibration("anna", tmp_path, 5.0, BaselineRules()))
    assert not (tmp_path / "baselines").exists()
