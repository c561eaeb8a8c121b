"""The questions around a session: numbers and dates by keys, nothing that needs a key, nothing asked twice."""

import json
from dataclasses import replace
from datetime import date, timedelta
from functools import reduce
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_guided_live import ASKED, PATIENT, WELL, GuidedRoom

from posture_trainer.pages.care import ChoiceView
from posture_trainer.pages.entries import EARLIEST, DateEntry, NumberEntry, day_words
from posture_trainer.pages.injection import is_due
from posture_trainer.pages.keys import Key
from posture_trainer.pages.views import BaselineView, PlacementView, QuestionView, SafetyView, SummaryView
from posture_trainer.plans.patient_file import load_patient_settings, save_patient_settings
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.records.injections import injections
from posture_trainer.session.todays_plan import todays_plan

pytestmark = pytest.mark.usefixtures("slow_camera")
TODAY = date(2026, 5, 28)
NEVER = PatientSettings()
NONE = {5.0: Key.NO}
"""None of the signs."""
ONCE = NEVER.model_copy(update={"questions": WELL.model_copy(update={"asked": TODAY})})
"""Whoever has answered what is asked once a year, and was never asked for an injection."""


def typed(entry: Any, *keys: Key | str) -> Any:
    """The entry after these keys; a text is its digits one after the other."""
    each = [key for part in keys for key in ([part] if isinstance(part, Key) else map(Key, part))]
    return reduce(lambda now, key: now.after(key), each, entry)


RATING = NumberEntry(100, 5)


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (("7",), 7),
        (("70",), 70),
        (("100",), 100),
        (("1000",), 0),
        (("753",), 3),
        (("05",), 5),
        (("75", Key.ERASE), 7),
        (("7", Key.ERASE), None),
        ((Key.ERASE,), None),
        ((Key.MORE,), 0),
        ((Key.MORE, Key.MORE, Key.MORE), 10),
        (("42", Key.MORE, Key.BIT_MORE), 48),
        (("42", Key.BIT_LESS, "9"), 9),
        (("3", Key.LESS), 0),
        (("98", Key.MORE), 100),
        ((Key.OTHER, Key.MUTE), None),
    ],
)
def test_a_number_by_digits_and_arrows(keys: tuple[Key | str, ...], value: int | None) -> None:
    assert typed(RATING, *keys).value == value


@given(st.lists(st.sampled_from(Key)))
def test_a_number_stays_within_its_ends_whatever_is_pressed(keys: list[Key]) -> None:
    entry = typed(RATING, *keys)
    assert entry.value is None or 0 <= entry.value <= 100


def test_a_date_by_digits_is_shown_while_it_is_typed() -> None:
    entry = DateEntry(TODAY)
    assert typed(entry, "050").words == "05 . 0_ . ____"
    whole = typed(entry, "05032026")
    assert (whole.day, whole.words, whole.ago) == (date(2026, 3, 5), "5 March 2026", "12 weeks ago")
    assert typed(entry, "06", Key.ERASE, "5032026").day == date(2026, 3, 5)
    assert typed(whole, "1").day == whole.day, "a second one that is not finished changes nothing"


@pytest.mark.parametrize(
    ("digits", "says"),
    [
        ("31022026", "There is no 31.02.2026"),
        ("03152026", "There is no 03.15.2026. First the day, then the month."),
        ("29052026", "29.05.2026 is still to come"),
        ("01011926", "01.01.1926 is too long ago"),
        ("00000000", "There is no 00.00.0000"),
    ],
)
def test_a_date_that_cannot_be_is_told_and_not_taken(digits: str, says: str) -> None:
    entry = typed(DateEntry(TODAY, date(2026, 1, 1)), digits)
    assert entry.fault.startswith(says)
    assert entry.day == date(2026, 1, 1)
    assert not entry.typed


def test_a_date_by_arrows() -> None:
    assert typed(DateEntry(TODAY), Key.LESS).ago == "today"
    assert typed(DateEntry(TODAY), Key.LESS, Key.LESS, Key.LESS, Key.BIT_LESS).day == TODAY - timedelta(15)
    assert typed(DateEntry(TODAY), Key.MORE, Key.MORE).day == TODAY
    assert [typed(DateEntry(TODAY, TODAY - timedelta(days)), Key.BIT_LESS).ago for days in (0, 1, 6, 13)] == [
        "1 day ago", "2 days ago", "1 week ago", "2 weeks ago",
    ]  # fmt: skip


@given(st.lists(st.sampled_from(Key)))
def test_a_date_stays_within_its_ends_whatever_is_pressed(keys: list[Key]) -> None:
    entry = typed(DateEntry(TODAY), *keys)
    assert entry.day is None or EARLIEST <= entry.day <= TODAY
    assert len(entry.typed) < 8


def test_months_are_words() -> None:
    assert [day_words(date(2026, month, 1)).split()[1] for month in (1, 12)] == ["January", "December"]


# --- when the injection is asked for, and what is kept ----------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "due"),
    [
        (NEVER, True),
        (PatientSettings(injection_asked=TODAY - timedelta(112)), False),
        (PatientSettings(injection_asked=TODAY - timedelta(113)), True),
        (PatientSettings(last_injection=TODAY - timedelta(112)), False),
        (PatientSettings(last_injection=TODAY - timedelta(400), injection_asked=TODAY - timedelta(5)), False),
        (PatientSettings(last_injection=TODAY - timedelta(113), injection_asked=TODAY - timedelta(300)), True),
        (PatientSettings(last_injection=TODAY + timedelta(10), injection_asked=TODAY + timedelta(3650)), True),
    ],
)
def test_it_is_asked_once_and_again_after_16_weeks(settings: PatientSettings, due: bool) -> None:
    assert is_due(settings, TODAY) is due


def test_a_new_injection_keeps_the_earlier_ones_and_a_correction_does_not() -> None:
    first = NEVER.with_injection(date(2026, 1, 8), asked=TODAY)
    second = first.with_injection(date(2026, 4, 9), asked=TODAY)
    assert (second.last_injection, second.injections) == (date(2026, 4, 9), (date(2026, 1, 8),))
    corrected = second.with_injection(date(2026, 4, 7), asked=TODAY)
    assert (corrected.last_injection, corrected.injections) == (date(2026, 4, 7), (date(2026, 1, 8),))
    assert second.with_injection(None, asked=TODAY) == replace_asked(second)
    assert NEVER.with_injection(None, asked=TODAY).last_injection is None


def replace_asked(settings: PatientSettings) -> PatientSettings:
    return settings.model_copy(update={"injection_asked": TODAY})


def header(folder: Path) -> dict[str, Any]:
    (file,) = folder.glob("sessions/*/session.json")
    return dict(json.loads(file.read_text(encoding="utf-8")))


def test_nothing_needs_a_key_from_start_to_end(tmp_path: Path) -> None:
    room = GuidedRoom(tmp_path, seconds=600)
    summary = room.plan("meige", questions=NEVER, today=TODAY)
    assert summary is not None
    assert summary.ended == "done"
    kinds = [type(view) for _, view, _ in room.window.shown]
    order = [one for one, before in zip(kinds, [None, *kinds], strict=False) if one is not before]
    assert order[:6] == [SafetyView, ChoiceView, QuestionView, SummaryView, PlacementView, BaselineView]
    assert order[-2:] == [QuestionView, SummaryView]
    asked = [view.words for _, view, _ in room.window.shown if isinstance(view, QuestionView | ChoiceView)]
    assert [one for one, before in zip(asked, [None, *asked], strict=False) if one != before] == [
        "Is any of this new or worse?",
        "Are you trying this without a doctor's diagnosis or a therapist's advice?",
        "How much pain is there now?",
        "Are you dizzy or light-headed now?",
        "How well does your head do what you want?",
        "When was your last botulinum toxin injection?",
        "How much pain is there now?",
        "Are you dizzy or light-headed now?",
        "How well does your head do what you want?",
    ]
    phrases = ["safety", "signs", "once_alone", "pain", "dizziness", "control", "injection"]
    assert [phrase for _, phrase in room.sounds.spoken][:7] == phrases
    assert load_patient_settings(tmp_path) == NEVER.model_copy(update={"injection_asked": TODAY})
    assert header(tmp_path)["last_injection"] is None
    again = GuidedRoom(tmp_path / "b", seconds=600)
    again.plan("meige", questions=load_patient_settings(tmp_path), today=TODAY + timedelta(3), seconds=12.0)
    assert not [view for view in again.views(QuestionView) if "injection" in view.words]


def keys_for(digits: str, from_s: float) -> dict[float, Key]:
    return {from_s + 0.3 * index: Key(digit) for index, digit in enumerate(digits)}


def test_an_answer_is_kept_where_therapist_and_report_find_it(tmp_path: Path) -> None:
    save_patient_settings(tmp_path, PATIENT.model_copy(update={"questions": ONCE.questions}))
    room = GuidedRoom(tmp_path, keys=NONE | keys_for("05032026", 107.0), seconds=600)
    room.plan("meige", questions=load_patient_settings(tmp_path), today=TODAY, seconds=15.0)
    assert load_patient_settings(tmp_path).last_injection == date(2026, 3, 5)
    assert load_patient_settings(tmp_path).pull == PATIENT.pull
    assert injections(tmp_path) == [date(2026, 3, 5)]
    assert header(tmp_path)["last_injection"] == "2026-03-05"


def test_the_key_i_changes_a_known_date_and_the_questions_go_on(tmp_path: Path) -> None:
    known = ONCE.model_copy(update={"last_injection": TODAY - timedelta(100)})
    keys = NONE | {6.0: Key.DIGIT_3, 6.5: Key.INJECTION} | keys_for("27052026", 7.0)
    room = GuidedRoom(tmp_path, keys=keys, seconds=600)
    room.plan("meige", questions=known, today=TODAY, seconds=15.0)
    assert injections(tmp_path) == [known.last_injection, date(2026, 5, 27)]
    before = next(event for event in room.events() if event["event"] == "ratings")
    assert before["pain"] == 3, "what was typed before stays"
    assert header(tmp_path)["last_injection"] == "2026-05-27"


def test_stopping_at_the_injection_records_nothing(tmp_path: Path) -> None:
    room = GuidedRoom(tmp_path, keys=NONE | {6.0: Key.INJECTION, 7.0: Key.STOP}, seconds=600)
    assert room.plan("meige", questions=ONCE, today=TODAY) is None
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_costs_the_date_and_not_the_session(tmp_path: Path) -> None:
    room = GuidedRoom(tmp_path, keys=NONE | keys_for("05032026", 107.0), seconds=600)
    plan = todays_plan(tmp_path, "meige", ONCE)
    (tmp_path / "patient.toml").mkdir()
    summary = room.practise(plan=plan, questions=ONCE, today=TODAY, seconds=15.0)
    assert summary is not None
    assert any("could not be saved" in words for words in room.said)


def test_the_time_left_is_shown_and_each_key_gives_more(tmp_path: Path) -> None:
    room = GuidedRoom(tmp_path, keys=NONE | {20.0: Key.DIGIT_5}, seconds=600)
    room.plan("meige", questions=ASKED, seconds=12.0)
    pain = [view.left_share for view in room.views(QuestionView) if "pain" in view.words]
    rises = [two > one for one, two in pairwise(pain)]
    assert rises.count(True) == 2, "at the key, and when it is asked after the session"
    assert min(pain) < 0.05


def test_a_question_shows_every_key_that_answers_it(tmp_path: Path) -> None:
    from test_drawing import noted, words

    from posture_trainer.pages.views import Controls

    room = GuidedRoom(tmp_path, keys=NONE, seconds=600)
    room.plan("meige", questions=ONCE, today=TODAY, seconds=12.0)
    for view in room.views(QuestionView)[:: len(room.views(QuestionView)) // 8]:
        shown = words(noted(replace(view), Controls()))
        for said in ("0–9", "Arrows", "Backspace", "Enter", "Esc stop", "just wait"):
            assert said in shown
