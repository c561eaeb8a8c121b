"""A therapist may widen the limits of pain, dizziness and dose with a reason; narrower ones need none."""

from typing import Any

from posture_trainer.plans.expand import session_today
from posture_trainer.plans.in_force import InForce, in_force, wider
from posture_trainer.plans.patient_settings import DosesTable, PatientSettings
from posture_trainer.plans.plan import Plan

WIDE: dict[str, Any] = {"pain_limit": 90, "dizziness_limit": 50, "longest_session_min": 20.0}
DOSES: dict[str, Any] = {"sessions_a_day": 5, "minutes_a_day": 60.0, "hours_apart": 1.0}


def test_the_programs_own_are_in_force_where_nothing_is_set() -> None:
    assert in_force(PatientSettings()) == InForce(70, 30, 15.0, 3, 30.0, 2.0)
    assert wider(PatientSettings()) == ()


def test_a_file_of_before_with_a_dizziness_of_50_keeps_to_30() -> None:
    found = in_force(PatientSettings(dizziness_limit=50))
    assert found.dizziness_limit == 30


def test_wider_limits_need_a_reason_and_narrower_ones_none() -> None:
    assert in_force(PatientSettings(**WIDE, doses=DosesTable(**DOSES, why=" \n"))) == InForce()
    given = PatientSettings(**WIDE, doses=DosesTable(**DOSES, why="Much pain for years, tolerates it."))
    assert in_force(given) == InForce(90, 50, 20.0, 5, 60.0, 1.0)
    assert {(each.name, each.in_force) for each in wider(given)} == {(name, True) for name in {**WIDE, **DOSES}}
    less = PatientSettings(pain_limit=40, longest_session_min=5.0, doses=DosesTable(sessions_a_day=1, hours_apart=6.0))
    assert in_force(less) == InForce(40, 30, 5.0, 1, 30.0, 6.0)
    assert wider(less) == ()


def test_the_longest_session_is_that_in_force_or_the_plans() -> None:
    plan = Plan.model_validate({"title": "x", "longest_session_min": 40, "block": [{"kind": "free"}]})
    assert session_today("x", plan).rules.longest_s == 15 * 60
    assert session_today("x", plan, PatientSettings(longest_session_min=30)).rules.longest_s == 15 * 60
    given = PatientSettings(longest_session_min=30, doses=DosesTable(why="He practises with his therapist."))
    assert session_today("x", plan, given).rules.longest_s == 30 * 60
