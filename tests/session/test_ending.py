"""However a session ends, it ends at once, everything is recorded, and what is said of it is true."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from made.common import ROOT, child_environment
from made.scripted import FakeClock, made_baseline
from test_guided_live import PATIENT, GuidedRoom
from test_live_session import NEUTRAL, Room, ScriptedWindow

from posture_trainer.errors import RecordingStopped, UserError
from posture_trainer.pages.front.page import PageView
from posture_trainer.pages.keys import Key
from posture_trainer.pages.views import (
    AnyView,
    BaselineView,
    FormView,
    GuidedView,
    QuestionView,
    SafetyView,
    SummaryView,
    View,
)
from posture_trainer.plans.patient_file import save_patient_settings
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.pose.neutral.recording import BaselineRules
from posture_trainer.records.baseline_files import save_baseline
from posture_trainer.session.calibrate import calibrate
from posture_trainer.session.calibration_store import Calibration
from posture_trainer.session.ending import SCREEN_GONE
from posture_trainer.session.stop_signals import stop_signals

pytestmark = pytest.mark.usefixtures("slow_camera")
CLOSE, ESCAPE_TWICE = (Key.CLOSE,), (Key.STOP, Key.STOP)
ENDINGS = pytest.mark.parametrize("keys", [CLOSE, ESCAPE_TWICE], ids=["close", "escape twice"])
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


class PressingWindow(ScriptedWindow):
    """Presses its keys, one a picture, from the third picture on that is as awaited; counts pictures after the last."""

    awaited: Callable[[View], bool]
    to_press: list[Key]
    seen = after = 0

    def show(self, view: AnyView, controls: Any) -> None:
        super().show(view, controls)
        self.seen += not isinstance(view, PageView) and self.awaited(view)
        self.after += not self.to_press

    def keys(self) -> list[Key]:
        if self.seen >= 3 and self.to_press:
            return [self.to_press.pop(0)]
        return super().keys()


def pressing(room: Room, awaited: Callable[[View], bool], keys: tuple[Key, ...], first: dict[float, Key]) -> Room:
    window = PressingWindow(room.clock, first)
    window.awaited, window.to_press = awaited, list(keys)
    room.window = room.devices.window = window
    return room


def ended_at_once(room: Room) -> bool:
    assert isinstance(room.window, PressingWindow)
    assert room.window.to_press == [], "it was never shown"
    return room.window.after == 0 and room.devices.closing


def is_a(kind: type[View], heading: str = "") -> Callable[[View], bool]:
    return lambda view: isinstance(view, kind) and heading in getattr(view, "title", "")


def practising(folder: Path, awaited: Callable[[View], bool], keys: tuple[Key, ...], **more: Any) -> Room:
    first = more.pop("first", {})
    room = pressing(GuidedRoom(folder, seconds=600.0), awaited, keys, first)
    room.practise(**more)
    return room


def summary_of(folder: Path) -> dict[str, Any]:
    (session,) = (folder / "sessions").iterdir()
    found: dict[str, Any] = json.loads((session / "summary.json").read_text(encoding="utf-8"))
    return found


def last_pages(room: Room) -> list[SummaryView]:
    """The summaries that were shown; the page of what is left out today is none."""
    return [view for view in room.views(SummaryView) if view.heading != "Today"]


@ENDINGS
@pytest.mark.parametrize("kind", [SafetyView, QuestionView, BaselineView])
def test_before_the_session_nothing_is_recorded(tmp_path: Path, kind: type[View], keys: tuple[Key, ...]) -> None:
    room = practising(tmp_path, is_a(kind), keys, questions=PATIENT, today=date(2026, 6, 1))
    assert not (tmp_path / "sessions").exists()
    if keys is CLOSE:  # the first Esc has ended all that there was to end
        assert ended_at_once(room)


@ENDINGS
@pytest.mark.parametrize("plan", ["free", "meige"])
def test_in_the_mirror_the_questions_and_the_summary_are_skipped(
    tmp_path: Path, plan: str, keys: tuple[Key, ...]
) -> None:
    from posture_trainer.session.todays_plan import todays_plan

    asked = PATIENT.with_injection(None, asked=date(2026, 6, 1))
    room = practising(
        tmp_path,
        is_a(GuidedView),
        keys,
        plan=todays_plan(tmp_path, plan, PATIENT),
        questions=asked,
        today=date(2026, 6, 1),
    )
    assert ended_at_once(room)
    assert summary_of(tmp_path)["ended"] == "stopped"
    assert last_pages(room) == []
    if keys is CLOSE:
        assert [event.get("when") for event in room.events() if event["event"] == "ratings"] == ["before"]


@ENDINGS
def test_in_a_neutral_taken_again(tmp_path: Path, keys: tuple[Key, ...]) -> None:
    more = {"first": {10.0: Key.CALIBRATE}, "baseline": made_baseline()}
    room = practising(tmp_path, is_a(BaselineView), keys, **more)
    assert isinstance(room.window, PressingWindow)
    assert summary_of(tmp_path)["ended"] == "stopped"
    assert room.views(SummaryView) == [] or keys is ESCAPE_TWICE


@ENDINGS
def test_in_the_summary(tmp_path: Path, keys: tuple[Key, ...]) -> None:
    room = practising(tmp_path, is_a(SummaryView), keys, baseline=made_baseline(), seconds=5.0)
    assert summary_of(tmp_path)["ended"] == "time"
    assert len(room.views(SummaryView)) == 3


@ENDINGS
def test_in_the_questions_after_a_session(tmp_path: Path, keys: tuple[Key, ...]) -> None:
    asked = PATIENT.with_injection(None, asked=date(2026, 6, 1))
    after = lambda view: isinstance(view, QuestionView) and "practised" in view.title  # noqa: E731
    more = {"baseline": made_baseline(), "seconds": 5.0, "questions": asked, "today": date(2026, 6, 1)}
    room = practising(tmp_path, after, keys, **more)
    assert summary_of(tmp_path)["ended"] == "time"
    if keys is CLOSE:
        assert ended_at_once(room)
        assert last_pages(room) == []


@ENDINGS
def test_in_the_calibration_nothing_is_changed(tmp_path: Path, keys: tuple[Key, ...]) -> None:
    for heading, first in (("", {}), ("", {6.0: Key.PAUSE})):
        awaited = is_a(BaselineView) if first else is_a(FormView, heading)
        room = pressing(Room(tmp_path, lambda _t: NEUTRAL), awaited, keys, first)
        assert calibrate(room.devices, Calibration("anna", tmp_path, 5.0, BaselineRules())) is None
        assert list(tmp_path.iterdir()) == []
        assert room.views(SummaryView) == []
        if keys is CLOSE:
            assert ended_at_once(room)


def test_escape_twice_with_another_key_between_is_not_twice(tmp_path: Path) -> None:
    keys = {12.0: Key.STOP, 13.0: Key.TEXT_SIZE, 14.0: Key.STOP}
    room = Room(tmp_path, lambda _t: NEUTRAL, keys)
    room.practise(baseline=made_baseline())
    assert not room.devices.closing
    assert len(room.views(SummaryView)) > 3


def test_the_system_asks_and_the_session_ends_as_if_closed(tmp_path: Path) -> None:
    room = Room(tmp_path, lambda _t: NEUTRAL)
    room.devices.stop_asked = lambda: room.clock() > 14.0
    summary = room.practise(baseline=made_baseline())
    assert summary is not None
    assert summary.ended == "stopped"
    assert room.views(SummaryView) == []


def test_a_folder_that_was_taken_away_is_not_said_to_be_kept(tmp_path: Path) -> None:
    def script(t_s: float) -> Any:
        if t_s > 13:
            shutil.rmtree(tmp_path / "sessions", ignore_errors=True)
        return NEUTRAL

    room = Room(tmp_path, script)
    with pytest.raises(RecordingStopped, match="is lost") as told:
        room.practise(seconds=15.0, baseline=made_baseline())
    assert "kept" not in str(told.value)
    last = room.window.shown[-1][1]
    assert isinstance(last, SummaryView)
    assert last.closing.startswith(str(told.value))


def test_a_screen_that_goes_away_ends_the_session_in_words(tmp_path: Path) -> None:
    class LostWindow(ScriptedWindow):
        def keys(self) -> list[Key]:
            self.lost = self._clock() > 14.0
            return [Key.CLOSE] if self.lost else super().keys()

    room = Room(tmp_path, lambda _t: NEUTRAL)
    room.window = room.devices.window = LostWindow(room.clock, {})
    with pytest.raises(UserError, match=r"The screen is gone.*All up to now is kept in"):
        room.practise(seconds=30.0, baseline=made_baseline())
    assert summary_of(tmp_path)["ended"] == "stopped"


@posix
def test_the_first_signal_asks_and_the_second_interrupts(monkeypatch: pytest.MonkeyPatch) -> None:
    now, raised = FakeClock(), list[int]()
    monkeypatch.setattr("posture_trainer.session.stop_signals.time.monotonic", now)
    interrupted = signal.signal(signal.SIGINT, signal.default_int_handler)
    before = signal.getsignal(signal.SIGTERM)
    with stop_signals() as asked:
        os.kill(os.getpid(), signal.SIGTERM)
        assert asked.is_set()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        for number in (signal.SIGINT, signal.SIGTERM):  # the same wish: what is being closed is closed
            signal.raise_signal(number)
        now.advance(2.0)
        with monkeypatch.context() as patch:
            handler = signal.getsignal(signal.SIGINT)
            patch.setattr(signal, "raise_signal", raised.append)
            assert callable(handler)
            handler(signal.SIGINT, None)
        assert raised == [signal.SIGINT]
        assert signal.getsignal(signal.SIGINT) is signal.SIG_DFL
    assert signal.getsignal(signal.SIGTERM) == before
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with stop_signals() as asked:
        signal.raise_signal(signal.SIGINT)
        assert not asked.is_set(), "who started the program in the background wants it ignored"
    signal.signal(signal.SIGINT, interrupted)


# A whole program whose camera is a script, so that a process of its own can be sent signals, and lose its screen.
_PROGRAM = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # in the background of a script it is ignored, and stays so
signal.signal(signal.SIGHUP, signal.SIG_DFL)
sys.path.insert(0, sys.argv.pop(1))
import numpy as np
from made.scripted import ScriptedTracker, frames_at, made_face
from posture_trainer.session import open_devices, start
from posture_trainer.sources.frames import Frame, SourceInfo
class Camera:
    live, info = True, SourceInfo("camera", "script", 640, 480, 30.0)
    def __init__(self):
        self.picture, self.began_s = frames_at([0.0], (640, 480))[0].image_bgr, time.monotonic()
    def read(self):
        time.sleep(0.03)
        return Frame(time.monotonic() - self.began_s, self.picture)
    def reopen(self): return True
    def close(self): pass
start.open_source = lambda *_, **__: Camera()
open_devices.open_tracker = lambda _way=None: ScriptedTracker(lambda _frame: made_face())
from posture_trainer.cli.app import main
from posture_trainer.pages.keys import Key
from posture_trainer.screen.window import PygameWindow
pressed = PygameWindow.keys
PygameWindow.keys = lambda window: [*pressed(window), Key.NO, Key.STEP_0]  # who has nothing to complain of
ended = main(sys.argv[1:])
sys.exit(ended if "scipy" not in sys.modules else "SciPy is loaded: a session needs none of its 29 MB.")
"""


def running(data: Path, *options: str, env: dict[str, str] | None = None) -> subprocess.Popen[str]:
    """A session of anna's, at the moment when its record has rows."""
    save_baseline(data / "patients" / "anna", made_baseline())
    save_patient_settings(data / "patients" / "anna", PatientSettings(injection_asked=date.today()))
    process = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, str(ROOT / "tests"), "practice", "--patient", "anna", "--mute",
         "--seconds", "100", "--data-dir", str(data), *options],
        env={**child_environment(), **(env or {})}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    until_s = time.monotonic() + 90
    while not any(len(path.read_text("utf-8").splitlines()) > 5 for path in data.rglob("samples.csv")):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < until_s, "the session never began"
        time.sleep(0.05)
    return process


@posix
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
@pytest.mark.parametrize("options", [("--no-window",), ()], ids=["no window", "window"])
def test_a_signal_ends_the_program_with_its_summary(tmp_path: Path, name: str, options: tuple[str, ...]) -> None:
    process = running(tmp_path, *options)
    process.send_signal(getattr(signal, name))
    out, errors = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Traceback" not in errors
    assert summary_of(tmp_path / "patients" / "anna")["ended"] == "stopped"
    if name != "SIGHUP":  # there the terminal is gone
        assert f"Recorded in {tmp_path / 'patients' / 'anna'}" in out


@pytest.mark.skipif(not shutil.which("Xvfb"), reason="needs Xvfb")
def test_an_x_server_that_dies_leaves_a_whole_record_and_words(tmp_path: Path) -> None:
    seen, told = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(told), "-screen", "0", "1280x720x24", "-nolisten", "tcp"],
        pass_fds=[told], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(told)
    with os.fdopen(seen) as display:
        number = display.readline().strip()
    process = running(tmp_path, env={"SDL_VIDEODRIVER": "x11", "DISPLAY": f":{number}"})
    maps = Path(f"/proc/{process.pid}/maps")
    mapped = maps.read_text(encoding="utf-8") if maps.exists() else ""
    server.kill()
    server.wait()
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert f"{SCREEN_GONE} All up to now is kept in" in errors
    assert "LLVM" not in mapped, "pictures are copied to the window without the memory that OpenGL takes"
    assert "Traceback" not in errors
    assert summary_of(tmp_path / "patients" / "anna")["ended"] == "stopped"
