"""Nobody practises who must not, and nobody is kept from it who may: what is asked, by keys and by waiting, and what
follows; and "I feel unwell", wherever one is."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import test_live_session
from made.scripted import made_baseline
from test_guided_live import PATIENT, WELL, GuidedRoom
from test_live_session import NEUTRAL, Room

from posture_trainer.course.adherence import AskedAndDone
from posture_trainer.course.patients import patient_lines
from posture_trainer.course.practice_days import practice_minutes
from posture_trainer.figures.session_summary import Summary
from posture_trainer.pages.care import CareView, ChoiceView
from posture_trainer.pages.keys import Key
from posture_trainer.pages.views import (
    BaselineView,
    FormView,
    GuidedView,
    PlacementView,
    PracticeView,
    QuestionView,
    SafetyView,
    SummaryView,
    View,
)
from posture_trainer.plans.patient_file import load_patient_settings
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.pose.neutral.recording import BaselineRules
from posture_trainer.records.clinic.overview import overview
from posture_trainer.records.past_sessions import past_sessions
from posture_trainer.report.terminal import overview_table
from posture_trainer.report.write import patient_report
from posture_trainer.session.calibrate import calibrate
from posture_trainer.session.calibration_store import Calibration
from posture_trainer.session.parts.care import numbers_of
from posture_trainer.session.parts.gate import NOBODY_ANSWERS
from posture_trainer.session.todays_plan import todays_plan
from posture_trainer.words.care import NECK_FIRST, SEE_ONE_FIRST, Numbers
from posture_trainer.words.emergency import ANY_NUMBER

TODAY = date(2026, 6, 1)
WELL_KNOWN = PatientSettings(injection_asked=TODAY, questions=WELL.model_copy(update={"asked": TODAY}))
MIRROR = {"baseline": made_baseline(), "seconds": 2.0, "today": TODAY}
FINE = {0.4: Key.NO, 0.8: Key.STEP_10, 1.2: Key.STEP_0, 1.6: Key.STEP_50}
BEGIN = {0.1: Key.OTHER}
CLOSED = {80.0: Key.STOP, 85.0: Key.OTHER, 90.0: Key.STOP}


@pytest.fixture(autouse=True)
def _few_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(test_live_session, "RATE_HZ", 10.0)


def asked(folder: Path, keys: dict[float, Key], settings: PatientSettings = WELL_KNOWN, **more: Any) -> GuidedRoom:
    room = GuidedRoom(folder, keys=BEGIN | keys, seconds=400.0)
    room.practise(questions=settings, **(MIRROR | more))
    return room


def header(room: Room) -> dict[str, Any]:
    (file,) = room.folder.glob("sessions/*/session.json")
    return dict(json.loads(file.read_text(encoding="utf-8")))


def summary(room: Room) -> Summary:
    (file,) = room.folder.glob("sessions/*/summary.json")
    return Summary.model_validate_json(file.read_text(encoding="utf-8"))


def event(room: Room, name: str) -> dict[str, Any]:
    return next(each for each in room.events() if each["event"] == name)


# --- what is asked ----------------------------------------------------------------------------------------------


def test_a_still_head_begins_only_once_the_safety_text_was_spoken(tmp_path: Path) -> None:
    room = Room(tmp_path, lambda _t: NEUTRAL, {40.0: Key.OTHER})
    room.devices.reading_s = 20.0
    room.practise(baseline=made_baseline(), seconds=5.0)
    shown = [at_s for at_s, view, _ in room.window.shown if isinstance(view, SafetyView)]
    assert shown[-1] == pytest.approx(23, abs=0.5)
    assert room.sounds.spoken[0] == (0.0, "safety")


def test_whoever_is_well_answers_in_three_clicks_and_practises_as_planned(tmp_path: Path) -> None:
    room = asked(tmp_path, FINE)
    assert header(room)["restrictions"] == {}
    assert header(room)["refused"] is None
    assert header(room)["plan"] is None, "the mirror as it is"
    assert event(room, "answers")["signs"] is False
    before = event(room, "ratings")
    assert (before["when"], before["pain"], before["dizziness"], before["control"]) == ("before", 10, 0, 50)
    assert room.views(PracticeView)
    spoken = [phrase for _, phrase in room.sounds.spoken]
    assert spoken[:5] == ["safety", "signs", "pain", "dizziness", "control"]


def test_waiting_and_a_still_head_never_mean_no(tmp_path: Path) -> None:
    plan = todays_plan(tmp_path, "hold-test", WELL_KNOWN)
    room = asked(tmp_path, {}, plan=plan)
    signs = [at_s for at_s, view, _ in room.window.shown if isinstance(view, ChoiceView)]
    assert signs[-1] - signs[0] == pytest.approx(60, abs=0.3)
    held = header(room)["restrictions"]
    assert set(held) == {"gentle", "dizzy"}
    assert held["gentle"] == [
        "The question about new signs was not answered.",
        "The question about pain was not answered.",
    ]
    assert event(room, "answers")["signs"] is None
    assert header(room)["plan"]["name"] == "gentle", "a hold test of 60 s is not gentle"
    assert not any(view.exercise.kind == "hold_test" for view in room.views(GuidedView))
    assert any("Only gentle exercises today." in words for words in room.said)
    (session,) = past_sessions(tmp_path)
    assert session.extras.notes[0].startswith("Only gentle exercises today. The question about new signs")


def test_without_a_window_nobody_is_asked_and_it_is_gentle(tmp_path: Path) -> None:
    room = GuidedRoom(tmp_path, seconds=100.0)
    room.window.visible = False
    room.practise(questions=WELL_KNOWN, **MIRROR)
    assert NOBODY_ANSWERS in room.said
    assert set(header(room)["restrictions"]) == {"gentle", "dizzy"}
    assert not [each for each in room.events() if each["event"] == "ratings"]


def test_a_guest_is_asked_only_what_matters_today(tmp_path: Path) -> None:
    keys = {0.4: Key.NO, 0.8: Key.STEP_0, 1.2: Key.STEP_0}
    room = asked(tmp_path, keys, PatientSettings(), known=False, rated=("pain", "dizziness"))
    words = {view.words for view in room.views(ChoiceView)} | {view.words for view in room.views(QuestionView)}
    assert len(words) == 3
    assert set(header(room)["restrictions"]) == {"gentle"}, "what is asked once a year was not"
    assert not (tmp_path / "patient.toml").exists()


def test_a_demo_or_a_recorded_file_asks_nothing(tmp_path: Path) -> None:
    room = GuidedRoom(tmp_path, seconds=8.0, live=False)
    room.practise()
    assert not room.views(ChoiceView)
    assert header(room)["restrictions"] == {}


def test_once_a_year_four_questions_whose_answers_are_kept(tmp_path: Path) -> None:
    once = {0.8: Key.NO, 1.2: Key.NO, 1.6: Key.YES, 2.0: Key.NO, 2.4: Key.STEP_0, 2.8: Key.STEP_0, 3.2: Key.STEP_0}
    room = asked(tmp_path, {0.4: Key.NO} | once, PatientSettings(injection_asked=TODAY))
    kept = load_patient_settings(tmp_path).questions
    assert (kept.asked, kept.alone, kept.injury, kept.fragile, kept.unsteady) == (TODAY, False, False, True, False)
    assert header(room)["restrictions"] == {"gentle": ["Far movements need the therapist's yes."]}
    titles = list(dict.fromkeys(view.title for view in room.views(ChoiceView)))
    assert titles == ["Before we begin", *(f"Once a year. Question {number} of 4" for number in range(1, 5))]


@pytest.mark.parametrize(
    ("name", "answers", "words"), [("alone", [Key.YES], SEE_ONE_FIRST), ("injury", [Key.NO, Key.YES], NECK_FIRST)]
)
def test_some_answers_of_once_a_year_mean_no_session(tmp_path: Path, name: str, answers: list[Key], words: str) -> None:
    keys = {0.8 + 0.4 * at: key for at, key in enumerate(answers)}
    room = asked(tmp_path, {0.4: Key.NO} | keys | CLOSED, PatientSettings())
    last = room.window.shown[-1][1]
    assert isinstance(last, SummaryView)
    assert last.closing == words
    assert header(room)["refused"] == name
    assert getattr(load_patient_settings(tmp_path).questions, name) is True
    assert not room.views(QuestionView), "nothing further is asked"


SWALLOWS = WELL_KNOWN.model_copy(update={"last_injection": TODAY - timedelta(20)})
STEPS = {0.8: Key.STEP_0, 1.2: Key.STEP_0, 1.6: Key.STEP_0}
REFUSALS: dict[str, tuple[dict[float, Key], PatientSettings, str, str]] = {
    "sudden signs": ({0.4: Key.YES, 0.8: Key.YES}, WELL_KNOWN, "signs", "A"),
    "unsure": ({0.4: Key.YES, 0.8: Key.UNSURE}, WELL_KNOWN, "signs", "A"),
    "left unanswered": ({0.4: Key.YES, 0.8: Key.STOP}, WELL_KNOWN, "signs", "A"),
    "waited out": ({0.4: Key.YES}, WELL_KNOWN, "signs", "A"),
    "slow signs": ({0.4: Key.YES, 0.8: Key.NO}, WELL_KNOWN, "signs", "B"),
    "swallowing": ({0.4: Key.NO} | STEPS | {2.0: Key.YES}, SWALLOWS, "swallowing", "B"),
    "dizzy": ({0.4: Key.NO, 0.8: Key.STEP_0, 1.2: Key.STEP_40}, WELL_KNOWN, "dizziness", "C"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_who_must_not_practise_is_told_what_to_do_and_it_is_recorded(tmp_path: Path, name: str) -> None:
    keys, settings, reason, text = REFUSALS[name]
    folder = tmp_path / "patients" / "anna"
    room = GuidedRoom(folder, keys=BEGIN | keys | CLOSED, seconds=400.0)
    room.devices.numbers = Numbers("0123 456", "112")
    assert room.practise(questions=settings, **MIRROR) is None
    last = room.window.shown[-1][1]
    assert isinstance(last, CareView)
    assert f"care_{text.lower()}" in [phrase for _, phrase in room.sounds.spoken]
    assert (header(room)["refused"], summary(room).refused) == (reason, reason)
    assert event(room, "refused")["text"] == text
    assert event(room, "answers")["signs"] is (reason == "signs")
    assert (summary(room).ended, summary(room).length_s) == ("refused", 0)
    sessions = past_sessions(folder)
    assert practice_minutes(sessions) == {}
    (line,) = patient_lines(overview(tmp_path))
    assert (line.sessions, line.refused, line.days, line.last_day) == (0, 1, 0, "-")
    assert "1 refused" in [
        str(cell) for cell in overview_table([line], {"anna": AskedAndDone(0, None)}).columns[-1].cells
    ]


def test_a_refused_session_stands_in_the_report_and_counts_in_no_figure(tmp_path: Path) -> None:
    asked(tmp_path, {0.4: Key.YES, 0.8: Key.NO} | CLOSED)
    (refused,) = past_sessions(tmp_path)
    assert not refused.comparable
    assert refused.care == "refused: signs"
    report = patient_report(tmp_path, tmp_path / "report")
    page = report.path.read_text(encoding="utf-8")
    assert "refused: signs" in page
    assert report.page.detail is None


def test_in_the_weeks_after_an_injection_swallowing_is_asked(tmp_path: Path) -> None:
    room = asked(tmp_path, {0.4: Key.NO} | STEPS | {2.0: Key.NO}, SWALLOWS)
    assert event(room, "answers")["swallowing"] is False
    assert header(room)["restrictions"] == {}
    soon = WELL_KNOWN.model_copy(update={"last_injection": TODAY - timedelta(5)})
    half = asked(tmp_path / "half", {0.4: Key.NO} | STEPS | {2.0: Key.NO}, soon)
    assert set(header(half)["restrictions"]) == {"half"}


# --- after the session ------------------------------------------------------------------------------------------


def rated_after(room: Room) -> SummaryView:
    view = room.window.shown[-1][1]
    assert isinstance(view, SummaryView)
    return view


def test_pain_that_rose_is_answered_with_rest_and_recorded(tmp_path: Path) -> None:
    room = asked(tmp_path, FINE | {5.0: Key.STEP_40, 5.4: Key.STEP_0, 5.8: Key.STEP_50})
    assert event(room, "pain_rise")["by"] == 30
    last = rated_after(room)
    assert last.heading == "Thank you"
    assert last.closing.startswith("That is enough for today. Rest your head against something.")
    assert ([what for what, _ in last.rows], last.bars) == (["Session"], None)
    assert last.closing.endswith("Stand up slowly, holding on.")
    assert room.sounds.spoken[-1][1] == "care_c"
    assert past_sessions(tmp_path)[0].care == "pain rose by 30"


def test_at_the_end_one_is_told_to_stand_up_slowly(tmp_path: Path) -> None:
    room = asked(tmp_path, FINE | {5.0: Key.STEP_20, 5.4: Key.STEP_0, 5.8: Key.STEP_50})
    assert not [each for each in room.events() if each["event"] == "pain_rise"]
    assert rated_after(room).closing.endswith("Stay seated for a moment. Stand up slowly, holding on.")
    assert room.sounds.spoken[-1][1] == "getting_up"


# --- "I feel unwell" --------------------------------------------------------------------------------------------

PLANNED = {"plan": "meige"}
AT: dict[str, tuple[type[View], float, dict[float, Key], dict[str, Any]]] = {
    "safety": (SafetyView, 0.5, {}, MIRROR),
    "signs": (ChoiceView, 1.0, BEGIN, MIRROR),
    "rating": (QuestionView, 1.2, BEGIN | {0.4: Key.NO}, MIRROR),
    "today": (SummaryView, 2.5, BEGIN | FINE, MIRROR | {"plan": "home"}),
    "placement": (PlacementView, 2.4, BEGIN | FINE, {"today": TODAY}),
    "countdown": (BaselineView, 4.2, BEGIN | FINE, {"today": TODAY}),
    "mirror": (PracticeView, 2.5, BEGIN | FINE, MIRROR),
    "mirror, paused": (PracticeView, 3.0, BEGIN | FINE | {2.2: Key.PAUSE}, MIRROR),
    "exercise": (GuidedView, 2.5, BEGIN | FINE, MIRROR | PLANNED),
    "exercise, paused": (GuidedView, 3.0, BEGIN | FINE | {2.2: Key.PAUSE}, MIRROR | PLANNED),
    "rest": (GuidedView, 12.0, BEGIN | FINE, MIRROR | PLANNED | {"seconds": 60.0}),
    "can you hear it?": (GuidedView, 2.5, BEGIN | FINE, MIRROR | {"plan": "position-sense"}),
    "neutral again": (PlacementView, 2.6, BEGIN | FINE | {2.2: Key.CALIBRATE}, MIRROR),
    "rating after": (QuestionView, 5.0, BEGIN | FINE, MIRROR),
    "summary": (
        SummaryView, 7.0, BEGIN | FINE | {5.0: Key.STEP_0, 5.4: Key.STEP_0, 5.8: Key.STEP_0}, MIRROR,
    ),
}  # fmt: skip


NOT_BEGUN = ("safety", "signs", "rating", "today", "placement", "countdown")


@pytest.mark.parametrize(
    ("stage", "which", "text"),
    [*((stage, Key.DIGIT_1, "A") for stage in AT), ("exercise", Key.DIGIT_2, "B"), ("mirror", Key.DIGIT_3, "C")],
)
def test_to_feel_unwell_stops_whatever_it_is_and_says_what_to_do(
    tmp_path: Path, stage: str, which: Key, text: str
) -> None:
    kind, at_s, keys, more = AT[stage]
    closing = {at_s + 20: Key.STOP}
    room = GuidedRoom(tmp_path, keys=keys | {at_s: Key.UNWELL, at_s + 1.0: which} | closing, seconds=100.0)
    given = dict(more)
    if "plan" in given:
        given["plan"] = todays_plan(tmp_path, str(given["plan"]), PATIENT)
    room.practise(questions=WELL_KNOWN, **given)
    before = [view for shown_s, view, _ in room.window.shown if shown_s < at_s]
    assert isinstance(before[-1], kind), "it is another page"
    which_shown = [shown_s for shown_s, view, _ in room.window.shown if getattr(view, "words", "") == "Which is it?"]
    assert which_shown[0] <= at_s + 0.3, "at once"
    care = [(shown_s, view) for shown_s, view, _ in room.window.shown if isinstance(view, CareView)]
    assert at_s + 1.0 <= care[0][0] <= at_s + 2.0, "within a second"
    spoken = [spoken_s for spoken_s, phrase in room.sounds.spoken if phrase == f"care_{text.lower()}"]
    assert spoken[0] <= at_s + 2.0
    assert isinstance(room.window.shown[-1][1], CareView), "and nothing after it"
    assert {"which": text, "text": text}.items() <= event(room, "unwell").items()
    assert header(room)["refused"] == ("unwell" if stage in NOT_BEGUN else None)
    ended = "refused" if stage in NOT_BEGUN else "time" if stage == "summary" else "unwell"
    assert summary(room).ended == ended
    assert "felt unwell" in past_sessions(tmp_path)[0].care


def test_who_cannot_answer_which_it_is_gets_the_text_for_sudden_signs(tmp_path: Path) -> None:
    room = GuidedRoom(tmp_path, keys=BEGIN | {1.0: Key.UNWELL, 80.0: Key.STOP}, seconds=400.0)
    room.practise(**(MIRROR | {"seconds": 30.0}))
    assert {"which": None, "text": "A"}.items() <= event(room, "unwell").items()
    care = [shown_s for shown_s, view, _ in room.window.shown if isinstance(view, CareView)]
    assert care[0] == pytest.approx(31, abs=0.5)
    assert summary(room).ended == "unwell"


def test_no_key_but_one_closes_a_text(tmp_path: Path) -> None:
    habit = {3.0 + at: key for at, key in enumerate((Key.PAUSE, Key.CONFIRM, Key.OTHER, Key.YES, Key.DIGIT_1))}
    room = asked(tmp_path, {0.4: Key.YES, 0.8: Key.YES} | habit | {30.0: Key.STOP})
    care = [shown_s for shown_s, view, _ in room.window.shown if isinstance(view, CareView)]
    assert care[-1] == pytest.approx(30, abs=0.3)


def test_blanks_are_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("locale.getlocale", lambda: ("xx_XX", "UTF-8"))
    assert numbers_of(PatientSettings(contact="  ", emergency=" ")) == Numbers("", ANY_NUMBER)
    assert numbers_of(PatientSettings(contact=" 0123 456", emergency="144 ")) == Numbers("0123 456", "144")


# --- with the therapist -----------------------------------------------------------------------------------------


def calibrating(folder: Path, keys: dict[float, Key], with_turns: bool = False) -> Room:
    room = Room(folder, lambda _t: NEUTRAL, BEGIN | keys, seconds=120.0)
    what = Calibration("anna", folder, 5.0, BaselineRules(), with_turns, questions=True)
    calibrate(room.devices, what)
    return room


def test_the_therapist_can_clear_a_neck_and_allow_far_movements(tmp_path: Path) -> None:
    answers = [Key.NO, Key.YES, Key.YES, Key.NO, Key.YES, Key.YES]
    room = calibrating(tmp_path, {0.4 + 0.4 * at: key for at, key in enumerate(answers)} | {10.0: Key.STOP})
    kept = load_patient_settings(tmp_path).questions
    assert (kept.alone, kept.injury, kept.fragile, kept.unsteady) == (False, True, True, False)
    assert kept.cleared == kept.asked == date.today()
    assert kept.far_movements
    assert sum("therapist" in view.words for view in room.views(ChoiceView)) > 0
    again = calibrating(tmp_path / "again", {0.4: Key.STOP})
    assert len({view.words for view in again.views(ChoiceView)}) == 1
    assert not (tmp_path / "again").exists(), "whoever leaves changes nothing"


NO_TO_ALL = {0.4 * number: Key.NO for number in range(1, 5)}
RECORDED = NO_TO_ALL | {3.0: Key.PAUSE}


@pytest.mark.parametrize(
    ("kind", "keys", "at_s", "stored"),
    [
        (ChoiceView, {}, 0.8, False),
        (FormView, NO_TO_ALL, 3.0, False),
        (BaselineView, RECORDED, 6.0, False),
        (FormView, RECORDED | {14.0: Key.PAGE}, 15.0, False),
        (SummaryView, RECORDED | {14.0: Key.CONFIRM}, 15.0, True),
    ],
)
def test_to_feel_unwell_while_calibrating_is_recorded_too(
    tmp_path: Path, kind: type[View], keys: dict[float, Key], at_s: float, stored: bool
) -> None:
    room = calibrating(tmp_path, keys | {at_s: Key.UNWELL, at_s + 0.8: Key.DIGIT_3, at_s + 20: Key.STOP})
    assert isinstance([view for shown_s, view, _ in room.window.shown if shown_s < at_s][-1], kind)
    assert isinstance(room.window.shown[-1][1], CareView)
    assert header(room)["command"] == "calibrate"
    assert header(room)["refused"] == "unwell"
    assert (tmp_path / "baselines").exists() is stored
