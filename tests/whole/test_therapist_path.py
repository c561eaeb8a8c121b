"""The way of a therapist and a patient, through the real program: its commands, its window, its events, its files.

Calibrate in the dialogue, set target, tolerance, pull, plan and note by keys; the patient practises that plan; the
numbers are in the log and in the review. Only camera, face tracker and clock are stand-ins: minutes take seconds.
"""

import functools
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pygame
import pytest
import test_live_session
from made.scripted import FakeClock, ScriptedSource, frames_at
from test_live_session import ScriptedFeed, turned

from posture_trainer.cli.app import main
from posture_trainer.pages.keys import Key
from posture_trainer.pages.views import BaselineView, Controls, FormView, GuidedView, SummaryView, View
from posture_trainer.plans.patient_file import load_patient_settings
from posture_trainer.plans.plan import preset_names
from posture_trainer.pose.target import Target
from posture_trainer.records.baseline_files import latest_baseline
from posture_trainer.screen.window import PygameWindow
from posture_trainer.session import open_devices, start, start_calibration
from posture_trainer.session.devices import Devices

K = pygame
NOTE = "Kissen im Rücken, müde nach 8 min"
QUICKEST_MS = 500  # nobody sees a page and answers it within less
PLAN_STEPS = preset_names().index("meige") - preset_names().index("free")


@dataclass
class Person:
    """Who sits there: waits for a screen, then presses its keys; each step once, in order.

    turned_deg: where the head is. seen: every screen that was shown.
    """

    steps: list["Step"]
    turned_deg: float = 0.0
    moves: Callable[["Person", View], None] = lambda _person, _view: None
    seen: list[View] = field(default_factory=list)
    acted_ms: int = -1000

    def look(self, view: View, window: PygameWindow) -> None:
        self.seen.append(view)
        self.moves(self, view)
        now_ms = pygame.time.get_ticks()
        if self.steps and self.steps[0][0](view) and now_ms - self.acted_ms >= QUICKEST_MS:
            self.acted_ms = now_ms
            for key in self.steps.pop(0)[1]:
                if isinstance(key, Click):
                    point(window, key.on)
                else:
                    press(key)


@dataclass(frozen=True)
class Click:
    """A click on what means that key."""

    on: Key


Step = tuple[Callable[[Any], bool], Sequence[int | str | Click]]


def point(window: PygameWindow, key: Key) -> None:
    """A click where the window shows that key, as SDL tells it."""
    width, height = pygame.display.get_surface().get_size()
    found = [(x, y) for x in range(0, width, 16) for y in range(0, height, 16) if window.key_at((x, y)) is key]
    for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
        pygame.event.post(pygame.event.Event(kind, pos=found[len(found) // 2], button=1))


def press(key: int | str) -> None:
    """A key goes down and up again, as SDL tells it; text comes as it is typed."""
    if isinstance(key, str):
        for sign in key:
            pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.key.key_code("t"), unicode=sign))
            pygame.event.post(pygame.event.Event(pygame.TEXTINPUT, text=sign))
        return
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=key, unicode=" " if key == K.K_SPACE else ""))
    pygame.event.post(pygame.event.Event(pygame.KEYUP, key=key))


def form(heading: str) -> Callable[[View], bool]:
    return lambda view: isinstance(view, FormView) and view.heading.startswith(heading)


def asked(words: str) -> Callable[[View], bool]:
    return lambda view: words in getattr(getattr(view, "exercise", view), "words", "")


def summary(view: View) -> bool:
    return isinstance(view, SummaryView)


def camera(_asked: str, **_more: object) -> ScriptedSource:
    return ScriptedSource(frames_at([0.0]), live=True)


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Callable[[Person], None]:
    """Lets a person sit down before the program: the next command sees that head and gets those keys."""
    monkeypatch.setenv("POSTURE_TRAINER_DEBUG", "1")  # leaves the standard streams to pytest
    monkeypatch.setattr(test_live_session, "RATE_HZ", 8.0)
    monkeypatch.setattr(start_calibration, "open_source", camera)
    monkeypatch.setattr(start, "open_source", camera)
    monkeypatch.setattr(open_devices, "LiveTracking", lambda feed, _make_tracker, **_more: feed)
    show, real_devices = PygameWindow.show, Devices

    def sit_down(person: Person) -> None:
        clock = FakeClock()
        feed = ScriptedFeed(clock, lambda _t: turned(person.turned_deg), 400.0, live=True)

        def look(window: PygameWindow, view: View, controls: Controls) -> None:
            show(window, view, controls)
            person.look(view, window)

        monkeypatch.setattr(pygame.time, "get_ticks", lambda: round(1000 * clock()))
        monkeypatch.setattr(PygameWindow, "show", look)
        monkeypatch.setattr(open_devices, "FrameReader", lambda _source, **_more: feed)
        monkeypatch.setattr(open_devices, "Devices", functools.partial(real_devices, clock=clock))

    return sit_down


def therapist() -> Person:
    return Person(
        [
            (asked("diagnosis"), [K.K_n]),
            (asked("6 weeks"), [K.K_n]),
            (asked("arthritis"), [K.K_n]),
            (asked("often dizzy"), [K.K_n]),
            (form("Neutral position of anna"), [K.K_SPACE]),
            (form("Good"), [K.K_TAB]),
            (form("Target"), [*[K.K_RIGHT] * 6, K.K_TAB]),
            (form("How far"), [K.K_RIGHT, K.K_DOWN, *[K.K_RIGHT] * 2, K.K_TAB]),
            (form("Side of pull"), [K.K_LEFT, K.K_UP, *[K.K_RIGHT] * PLAN_STEPS, K.K_TAB]),
            (form("Note"), [NOTE + "x", K.K_BACKSPACE]),
            (lambda view: form("Note")(view) and view.note == NOTE, [K.K_RETURN]),
            (form("To be saved"), [K.K_RETURN]),
            (summary, [K.K_RETURN]),
        ]
    )


def patient() -> Person:
    def obey(person: Person, view: View) -> None:
        """Where the pull leads, until an arrow says otherwise; then into the outline."""
        if isinstance(view, GuidedView) and view.feedback.way_back == "turn_right":
            person.turned_deg = 6.0

    signs: Step = (asked("new or worse"), [Click(Key.NO)])
    ratings: list[Step] = [
        (asked("How much pain"), [Click(Key.STEP_10)]),
        (asked("Are you dizzy"), [K.K_UP, K.K_RETURN]),
        (asked("How well"), [K.K_UP, K.K_UP, K.K_RETURN]),
    ]
    return Person([signs, *ratings, *ratings], turned_deg=-4.0, moves=obey)


def test_calibrate_assign_practise_and_read_the_numbers(
    room: Callable[[Person], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data-dir", str(tmp_path)]
    setting = therapist()
    room(setting)
    assert main(["calibrate", "--patient", "anna", "--mute", *data]) == 0
    assert setting.steps == [], "a screen that was waited for never came"
    assert any(isinstance(view, BaselineView) and view.countdown for view in setting.seen)
    folder = tmp_path / "patients" / "anna"
    known = latest_baseline(folder)
    assert known is not None
    assert known[1].target == Target(rotation_deg=6)
    settings = load_patient_settings(folder)
    assert (settings.plan, settings.pull, settings.note) == ("meige", ("rotation_left",), NOTE)
    assert settings.tolerances.model_dump(exclude_none=True) == {"rotation_right_deg": 6.0, "rotation_left_deg": 7.0}
    assert f"Stored as {known[0]}" in capsys.readouterr().out

    practising = patient()
    room(practising)
    assert main(["practice", "--patient", "anna", "--mute", "--seconds", "45", *data]) == 0
    assert practising.steps == [], "a question that was waited for never came"
    assert summary(practising.seen[-1])
    (session,) = (folder / "sessions").iterdir()
    header = json.loads((session / "session.json").read_text(encoding="utf-8"))
    assert header["plan"]["name"] == "meige"
    assert header["feedback"]["target"]["rotation_deg"] == 6
    assert header["feedback"]["tolerances"]["rotation_left_deg"] == 7
    assert "not neutral but rotation 6° to the right" in header["notes"][0]
    events = [json.loads(line) for line in (session / "events.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [event["pain"] for event in events if event["event"] == "ratings"] == [10, 10]
    assert [event["signs"] for event in events if event["event"] == "answers"] == [False]
    assert (header["restrictions"], header["refused"]) == ({}, None)
    assert {event["cue"] for event in events if event["event"] == "cue"} == {"turn_right"}
    numbers = json.loads((session / "summary.json").read_text(encoding="utf-8"))
    holds = numbers["exercises"]["hold"]
    assert holds["completed"] >= 1
    assert holds["longest_s"] == pytest.approx(5, abs=0.3)
    assert numbers["angles"]["rotation"]["mean_deg"] > 0, "angles are told from neutral"

    capsys.readouterr()
    assert main(["review", "--patient", "anna", *data]) == 0
    table = " ".join(capsys.readouterr().out.split())
    assert "45 s │ 100%" in table
    assert f"│ {round(holds['longest_s'])} s │" in table
    page = (folder / "report" / "anna.html").read_text(encoding="utf-8")
    words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "not neutral but rotation 6° to the right" in words
    assert "Hold, in figures" in words
    assert f"Trials {holds['trials']} Completed {holds['completed']} " in words
    assert f"Longest {holds['longest_s']:.1f} s" in words
    assert f"Deviation, mean {holds['mean_deviation_deg']:.1f}°" in words
