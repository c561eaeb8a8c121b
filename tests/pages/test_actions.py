"""A key has one meaning and one word on a page: what a page names is what its keys do there, and nothing else."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import test_live_session
from made.scripted import made_baseline
from test_calibrate_dialogue import OCCASION, result, start
from test_guided_live import ASKED, PATIENT
from test_live_session import NEUTRAL, Room

from posture_trainer.errors import UserError
from posture_trainer.pages.actions import Actions, named_keys
from posture_trainer.pages.calibration import form
from posture_trainer.pages.calibration.dialogue import Ask, Dialogue, Page, press
from posture_trainer.pages.care import CareView, ChoiceView
from posture_trainer.pages.keys import STEPS, Key
from posture_trainer.pages.views import (
    BaselineView,
    GuidedView,
    PracticeView,
    QuestionView,
    SafetyView,
    SummaryView,
    View,
)
from posture_trainer.pose.neutral.baseline import NeutralGuide
from posture_trainer.session.devices import Devices
from posture_trainer.session.todays_plan import todays_plan

BEGIN = {0.1: Key.CONFIRM}  # past the safety text
DARK = 'title = "Dark"\nfeedback = 0.0\n[[block]]\nkind = "hold"\nhold_s = 2.0\nrepetitions = 2\nask_felt = true\n'


@dataclass(frozen=True)
class Scene:
    """A page of a session. keys: that lead there. at_s: when it is looked at. more: of the session."""

    is_shown: Callable[[Any], bool]
    at_s: float
    keys: dict[float, Key] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)
    plan: str = ""


def exercise(kind: str) -> Callable[[Any], bool]:
    return lambda view: isinstance(view, GuidedView) and view.exercise.kind == kind


def asked(words: str) -> Callable[[Any], bool]:
    return lambda view: isinstance(view, QuestionView) and words in view.words


def chosen(words: str) -> Callable[[Any], bool]:
    return lambda view: isinstance(view, ChoiceView) and words in view.words


MIRROR = {"baseline": made_baseline(), "seconds": 2.0}
NONE = BEGIN | {0.4: Key.NO}
ANSWERED = NONE | {0.8: Key.STEP_10, 1.2: Key.STEP_0, 1.6: Key.CONFIRM}
SCENES = {
    "safety": Scene(lambda view: isinstance(view, SafetyView), 1.0, more=MIRROR),
    "baseline": Scene(lambda view: isinstance(view, BaselineView), 2.6, BEGIN, {"seconds": 6.0}),
    "mirror": Scene(lambda view: isinstance(view, PracticeView), 1.0, BEGIN, MIRROR),
    "mirror, paused": Scene(lambda view: isinstance(view, PracticeView), 1.2, BEGIN | {0.6: Key.PAUSE}, MIRROR),
    "mirror, spoken": Scene(
        lambda view: isinstance(view, PracticeView) and view.spoken, 1.0, BEGIN, MIRROR, plan="free"
    ),
    "summary": Scene(lambda view: isinstance(view, SummaryView), 4.0, BEGIN, MIRROR),
    "signs": Scene(chosen("new or worse"), 1.0, BEGIN, MIRROR | {"questions": ASKED}),
    "sudden": Scene(chosen("suddenly"), 1.0, BEGIN | {0.4: Key.YES}, MIRROR | {"questions": ASKED}),
    "which": Scene(chosen("Which"), 1.6, BEGIN | {1.0: Key.UNWELL}, MIRROR),
    "care": Scene(
        lambda view: isinstance(view, CareView), 1.8, BEGIN | {0.4: Key.YES, 0.8: Key.NO}, MIRROR | {"questions": ASKED}
    ),
    "rating before": Scene(asked("pain"), 1.2, NONE | {0.8: Key.DIGIT_4}, MIRROR | {"questions": ASKED}),
    "rating after": Scene(asked("pain"), 6.0, ANSWERED | {5.4: Key.DIGIT_4}, MIRROR | {"questions": ASKED}),
    "injection": Scene(
        asked("injection"), 1.8, NONE | {0.8: Key.INJECTION, 1.2: Key.DIGIT_2}, MIRROR | {"questions": ASKED}
    ),
    "hold": Scene(exercise("hold"), 1.0, BEGIN, MIRROR, plan="meige"),
    "hold, paused": Scene(exercise("paused"), 1.5, BEGIN | {0.8: Key.PAUSE}, MIRROR, plan="meige"),
    "guess": Scene(exercise("ask"), 8.0, BEGIN | {7.4: Key.DIGIT_3}, MIRROR | {"seconds": 12.0}, plan=DARK),
    "guess, paused": Scene(
        exercise("paused"), 8.0, BEGIN | {7.0: Key.DIGIT_3, 7.4: Key.PAUSE}, MIRROR | {"seconds": 12.0}, plan=DARK
    ),
}


def plain(view: View) -> tuple[Any, ...]:
    """What can be compared of a view: all but pictures and outlines."""
    values = {each.name: getattr(view, each.name) for each in fields(view)}
    return type(view), *(value for value in values.values() if not isinstance(value, np.ndarray | NeutralGuide))


def what_happens(scene: Scene, folder: Path, key: Key | None) -> tuple[list[Any], View]:
    """Everything a session shows, sounds and gives back when that key is pressed; and the page it is pressed on."""
    folder.mkdir()
    closing = dict.fromkeys(np.arange(scene.at_s + 3, 70, 5), Key.OTHER)  # the summary, whenever it comes
    closing |= dict.fromkeys(np.arange(150.0, 180.0, 5.0), Key.STOP)  # a text that no other key closes
    keys = scene.keys | ({} if key is None else {scene.at_s: key}) | closing
    room = Room(folder, lambda _t: NEUTRAL, keys, seconds=300.0)
    more = dict(scene.more)
    if scene.plan:
        plan = folder.parent / "own.toml"
        plan.write_text(scene.plan if "\n" in scene.plan else "", encoding="utf-8")
        more["plan"] = todays_plan(folder, str(plan) if "\n" in scene.plan else scene.plan, PATIENT)
    try:
        ended: Any = room.practise(**more)
    except UserError as error:
        ended = str(error)
    shown = [(at_s, plain(view), controls) for at_s, view, controls in room.window.shown]
    page = next(view for at_s, view, _ in room.window.shown if at_s >= scene.at_s)
    return [shown, room.sounds.heard, room.sounds.spoken, room.window.full_screen, room.said, ended], page


@pytest.mark.parametrize("name", SCENES)
def test_the_keys_that_do_something_are_those_that_the_page_names(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rate_hz = 10.0 if name == "baseline" else 5.0  # where a place is sought, fewer pictures are too few
    monkeypatch.setattr(test_live_session, "RATE_HZ", rate_hz)
    # That any key begins the waiting anew is nobody's word for it (tests/session/test_patience.py).
    monkeypatch.setattr(Devices, "stirred_s", property(lambda _self: -math.inf, lambda _self, _at_s: None))
    scene = SCENES[name]
    nothing, page = what_happens(scene, tmp_path / "none", None)
    assert scene.is_shown(page)
    alike = set(STEPS) - {Key.STEP_30}  # what goes for one step goes for all
    pressed = set(Key) - {Key.CLOSE} - alike  # closing the window means the same on every page
    doing = {key for key in pressed if what_happens(scene, tmp_path / key.name, key)[0] != nothing}
    assert doing == named_keys(page.actions) - {Key.CLOSE} - alike
    one_meaning(page.actions)


def pages() -> dict[str, Dialogue]:
    """Every page of the calibration dialogue, with a recording, and the first ones without."""
    noted = replace(result(), draft=result().draft.typed("a cushion").typed("0123", "contact"))
    found = {page.value: replace(noted, page=page, row=1 if page is Page.TARGET else 0) for page in Page}
    found["result, turns due"] = replace(noted, page=Page.RESULT, with_turns=True)
    found["refused at first"] = replace(start(), page=Page.REFUSED)
    return found


@pytest.mark.parametrize("name", pages())
def test_the_keys_of_the_dialogue_are_those_that_its_page_names(name: str) -> None:
    dialogue = pages()[name]
    actions = form.view(dialogue, OCCASION, form.Seen()).actions
    doing = {key for key in Key if press(dialogue, key) != (dialogue, Ask.NOTHING)}
    assert doing == named_keys(action for action in actions if not action.sets)
    one_meaning(actions)


def one_meaning(actions: Actions) -> None:
    """Each key and each cap stands for one thing; what everybody needs is everywhere."""
    keys = [key for action in actions for key in action.keys]
    assert len(keys) == len(set(keys))
    caps = [action.cap for action in actions]
    assert len(caps) == len(set(caps))
    assert all(action.word and action.keys for action in actions)
    assert {Key.STOP, Key.FULL_SCREEN} <= set(keys)
    assert any(action.shown and Key.STOP in action.keys for action in actions)


def test_enter_settles_an_answer_at_once_though_no_key_in_the_bar_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(test_live_session, "RATE_HZ", 5.0)
    scene = SCENES["guess"]
    waited, confirmed = (what_happens(scene, tmp_path / str(key), key)[0][0] for key in (None, Key.CONFIRM))
    left_s = [max(at_s for at_s, view, _ in shown if view[-1] == "far off") for shown in (waited, confirmed)]
    assert left_s[1] < scene.at_s + 0.5 < left_s[0] - 0.5
