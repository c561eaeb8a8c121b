"""From an empty program to a person who is ready to practise, by mouse alone: what is pressed, and how long it takes.

Times of the hand are those of the keystroke-level model (Card, Moran and Newell, Commun. ACM 23 (1980), 396-410):
to point 1.1 s, to press and let go 0.2 s, to go from mouse to keys 0.4 s, a key 0.28 s, to think of it 1.35 s.
"""

from pathlib import Path
from typing import Any

import pytest
from made.at_home import Home
from made.scripted import made_baseline

from posture_trainer.pages.calibration.choices import Draft
from posture_trainer.pages.calibration.dialogue import Ask, Dialogue, press, recorded
from posture_trainer.pages.front.notes import HOLD_S
from posture_trainer.pages.keys import Key
from posture_trainer.plans.patient_file import load_patient_settings
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.pose.neutral.placement import PlacementRules
from posture_trainer.records.people import patient_folder
from posture_trainer.session import start_calibration
from posture_trainer.session.parts.baseline import CALIBRATE_S, COUNTDOWN_S

POINT_S, CLICK_S, HOMING_S, KEY_S, THINK_S = 1.1, 0.2, 0.4, 0.28, 1.35
OPENS_S = 5.0  # the camera and the networks, on a slow computer
SLOW = 2.0  # a hand that is half as quick
LIMIT_S = 180.0
CODE = "karl-7"
PATH = ("therapist", "yes", "new person", "add", "plan", "ready-made", "take home", "save", "calibrate", "back", "back")


def presses_of_the_dialogue() -> int:
    """Record, and keep it."""
    known = PatientSettings(plan="home")
    dialogue, ask = press(Dialogue(Draft(known, known)), Key.PAUSE)
    assert ask is Ask.RECORD
    _, ask = press(recorded(dialogue, made_baseline(), None), Key.CONFIRM)
    assert ask is Ask.STORE
    return 2


def test_a_new_person_is_ready_within_three_minutes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[Any] = []
    monkeypatch.setattr(start_calibration, "start_calibration", lambda call, _say: calls.append(call))
    at = Home(tmp_path, monkeypatch)
    assert at.title == "Welcome", "nobody is known"
    for name in PATH:
        at.press(name, held_s=HOLD_S + 0.3 if name == "yes" else 0.0)
        if name == "new person":
            at.type(CODE)
    assert [call.patient for call in calls] == [CODE]
    assert load_patient_settings(patient_folder(tmp_path, CODE)).plan == "home"
    assert at.title == "Good morning"
    assert at.view.main is not None or at.view.focus, "Practise is lit"
    at.close()

    presses = len(PATH) + presses_of_the_dialogue()
    hand_s = presses * (THINK_S + POINT_S + CLICK_S) + 2 * HOMING_S + THINK_S + len(CODE) * KEY_S
    waits_s = HOLD_S + OPENS_S + PlacementRules().good_s + COUNTDOWN_S + CALIBRATE_S
    assert presses == 13
    assert hand_s + waits_s == pytest.approx(55.8, abs=1.0), "docs/therapist.md tells it"
    assert SLOW * hand_s + waits_s < LIMIT_S
