"""What each answer means, and each missing one: the rules of docs/safety.md as a table."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posture_trainer.plans import gate
from posture_trainer.plans.gate import Answers, Refused, verdict
from posture_trainer.plans.patient_settings import DosesTable, PatientSettings, QuestionsTable
from posture_trainer.plans.restriction import Restriction
from posture_trainer.words.care import LESS, Care

TODAY = date(2026, 6, 1)
WELL = QuestionsTable(asked=TODAY, alone=False, injury=False, fragile=False, unsteady=False)
FINE = Answers(signs=False, swallowing=False, pain=0, dizziness=0)
GENTLE, DIZZY, HALF = Restriction.GENTLE, Restriction.DIZZY, Restriction.HALF
NO_STRAIN, NO_CLOSED_EYES = Restriction.NO_STRAIN, Restriction.NO_CLOSED_EYES


def settings(once: dict[str, Any] | None = None, **more: Any) -> PatientSettings:
    return PatientSettings(questions=WELL.model_copy(update=once or {}), **more)


def injected(days_ago: int) -> PatientSettings:
    return settings(last_injection=TODAY - timedelta(days_ago))


def test_whoever_is_well_practises_as_planned() -> None:
    assert verdict(FINE, settings(), TODAY) == gate.Verdict(None, None, {})


@pytest.mark.parametrize(
    ("changes", "patient", "refused", "text"),
    [
        ({"signs": True, "sudden": True}, settings(), Refused.SIGNS, Care.A),
        ({"signs": True, "sudden": None}, settings(), Refused.SIGNS, Care.A),
        ({"signs": True, "sudden": False}, settings(), Refused.SIGNS, Care.B),
        ({"swallowing": True}, injected(5), Refused.SWALLOWING, Care.B),
        ({"dizziness": 30}, settings(), None, None),
        ({"dizziness": 31}, settings(), Refused.DIZZINESS, Care.C),
        ({"dizziness": 31}, settings(dizziness_limit=40), Refused.DIZZINESS, Care.C),
        ({"dizziness": 31}, settings(dizziness_limit=40, doses=DosesTable(why="Dizzy for years.")), None, None),
        ({}, settings({"injury": True}), Refused.INJURY, None),
        ({}, settings({"injury": True, "cleared": TODAY}), None, None),
        ({}, settings({"alone": True}), Refused.ALONE, None),
        ({"signs": True}, settings({"injury": True}), Refused.SIGNS, Care.A),
        ({"pain": 100}, settings(), None, None),
    ],
)
def test_when_there_is_no_session(
    changes: dict[str, Any], patient: PatientSettings, refused: Refused | None, text: Care | None
) -> None:
    found = verdict(replace(FINE, **changes), patient, TODAY)
    assert (found.refused, found.text) == (refused, text)


@pytest.mark.parametrize(
    ("changes", "patient", "held"),
    [
        ({"signs": None}, settings(), {GENTLE}),
        ({"pain": None}, settings(), {GENTLE}),
        ({"pain": 69}, settings(), set()),
        ({"pain": 70}, settings(), {GENTLE}),
        ({"pain": 40}, settings(pain_limit=40), {GENTLE}),
        ({"pain": 70}, settings(pain_limit=90), {GENTLE}),
        ({"pain": 70}, settings(pain_limit=90, doses=DosesTable(why="Pain for years.")), set()),
        ({"dizziness": None}, settings(), {DIZZY}),
        ({"dizziness": 10}, settings(), set()),
        ({"dizziness": 11}, settings(), {DIZZY}),
        ({}, settings({"fragile": True}), {GENTLE}),
        ({}, settings({"fragile": True, "far_movements": True}), set()),
        ({}, settings({"unsteady": True}), {NO_CLOSED_EYES}),
        *(({}, settings({name: None}), {GENTLE}) for name in ("alone", "injury", "fragile", "unsteady")),
        ({}, PatientSettings(), {GENTLE}),
        ({}, injected(0), {NO_STRAIN, HALF}),
        ({}, injected(1), {NO_STRAIN, HALF}),
        ({}, injected(2), {HALF}),
        ({}, injected(5), {HALF}),
        ({}, injected(14), {HALF}),
        ({}, injected(15), set()),
        ({"swallowing": None}, injected(15), {GENTLE}),
        ({"swallowing": None}, injected(28), {GENTLE}),
        ({"swallowing": None}, injected(29), set()),
        ({"swallowing": None}, injected(-3), set()),
        ({"signs": None, "pain": None, "dizziness": None}, settings(), {GENTLE, DIZZY}),
    ],
)
def test_what_is_held_back(changes: dict[str, Any], patient: PatientSettings, held: set[Restriction]) -> None:
    found = verdict(replace(FINE, **changes), patient, TODAY)
    assert found.refused is None
    assert set(found.restrictions) == held
    assert all(reason.endswith(".") for reasons in found.restrictions.values() for reason in reasons)


def test_every_reason_of_a_restriction_is_kept_and_it_has_words_for_the_patient() -> None:
    reasons = verdict(Answers(), PatientSettings(), TODAY).restrictions[GENTLE]
    assert len(reasons) == 3, "signs, pain, and what is asked once a year"
    assert set(LESS) == set(Restriction)


ANSWERS = st.builds(
    Answers,
    signs=st.sampled_from([None, True, False]),
    sudden=st.sampled_from([None, True, False]),
    swallowing=st.sampled_from([None, True, False]),
    pain=st.none() | st.integers(0, 100),
    dizziness=st.none() | st.integers(0, 100),
)


@given(ANSWERS, st.sampled_from(["signs", "swallowing", "pain", "dizziness"]), st.integers(0, 40))
def test_no_answer_never_opens_what_an_answer_would_close(answers: Answers, name: str, days_ago: int) -> None:
    """To leave an answer out never makes a session freer than a "no", or 0, would."""
    plainly: dict[str, Any] = {name: 0 if name in ("pain", "dizziness") else False}
    no = replace(answers, **plainly)
    left_out = verdict(replace(answers, **dict.fromkeys(plainly)), injected(days_ago), TODAY)
    assert set(left_out.restrictions) >= set(verdict(no, injected(days_ago), TODAY).restrictions)


@pytest.mark.parametrize("asked", [None, TODAY + timedelta(2), TODAY + timedelta(3650)])
def test_answers_of_no_known_day_or_of_one_to_come_are_asked_for_again(asked: date | None) -> None:
    """A file by hand, a clock that was ahead: else a no would hold for as long as the clock was wrong."""
    table = WELL.model_copy(update={"asked": asked, "unsteady": True})
    assert gate.once_due(table, TODAY) == ("alone", "injury", "fragile", "unsteady")
    assert set(verdict(FINE, PatientSettings(questions=table), TODAY).restrictions) == {GENTLE, NO_CLOSED_EYES}
    assert gate.with_once(table, {"alone": False}, TODAY).asked == TODAY
    tomorrow = WELL.model_copy(update={"asked": TODAY + timedelta(1)})
    assert gate.once_due(tomorrow, TODAY) == (), "only another time zone"


def test_a_planned_injection_does_not_hide_the_last_one() -> None:
    patient = settings(last_injection=TODAY + timedelta(10), injections=(TODAY - timedelta(70), TODAY - timedelta(5)))
    assert gate.days_since_injection(patient, TODAY) == 5
    assert set(verdict(replace(FINE, swallowing=None), patient, TODAY).restrictions) == {GENTLE, HALF}
    assert gate.days_since_injection(settings(last_injection=TODAY + timedelta(10)), TODAY) == -10


def test_after_a_year_a_no_no_longer_holds_and_a_yes_does() -> None:
    table = WELL.model_copy(update={"asked": TODAY - timedelta(365), "unsteady": True})
    assert gate.once_due(table, TODAY) == ()
    later = TODAY + timedelta(1)
    assert gate.once_today(table, later) == {"alone": None, "injury": None, "fragile": None, "unsteady": True}
    assert gate.once_due(table, later) == ("alone", "injury", "fragile", "unsteady")
    assert set(verdict(FINE, PatientSettings(questions=table), later).restrictions) == {GENTLE, NO_CLOSED_EYES}


def test_what_was_not_answered_is_asked_again_and_the_rest_is_not() -> None:
    partly = gate.with_once(QuestionsTable(), {"alone": False, "injury": None}, TODAY)
    assert (partly.asked, partly.alone, partly.injury) == (TODAY, False, None)
    assert gate.once_due(partly, TODAY) == ("injury", "fragile", "unsteady")
    assert gate.with_once(QuestionsTable(), {"alone": None}, TODAY) == QuestionsTable(), "nobody was there"
    months_later = TODAY + timedelta(100)
    whole = gate.with_once(partly, dict.fromkeys(("injury", "fragile", "unsteady"), False), months_later)
    assert gate.once_due(whole, months_later) == ()
    assert whole.asked == TODAY, "the year of the first answer goes on"


def test_who_was_without_advice_is_asked_again_and_a_hurt_neck_waits_for_the_therapist() -> None:
    assert gate.once_due(WELL.model_copy(update={"alone": True}), TODAY) == ("alone",)
    hurt = WELL.model_copy(update={"injury": True})
    assert gate.once_due(hurt, TODAY) == ()
    assert gate.once_due(hurt, TODAY + timedelta(400)) == ("alone", "fragile", "unsteady")
    assert gate.once_due(hurt, TODAY, therapist=True) == ("injury",)
    cleared = hurt.model_copy(update={"cleared": TODAY})
    assert gate.once_due(cleared, TODAY, therapist=True) == ()
    again = gate.with_once(cleared, {"injury": True}, TODAY + timedelta(400))
    assert again.cleared is None, "a new yes has to be cleared anew"


def test_far_movements_of_the_neck_need_every_answer() -> None:
    assert gate.may_go_far(settings(), TODAY)
    assert gate.may_go_far(settings({"fragile": True, "far_movements": True}), TODAY)
    for once in ({"fragile": True}, {"injury": True}, {"alone": None}):
        assert not gate.may_go_far(settings(once), TODAY)


@pytest.mark.parametrize(
    ("before", "after", "rise"), [(20, 40, 20), (20, 39, None), (0, 100, 100), (None, 90, None), (10, None, None)]
)
def test_how_much_pain_has_to_rise(before: int | None, after: int | None, rise: int | None) -> None:
    assert gate.pain_rise(before, after) == rise
