"""What a plan is made smaller to: the gentle set, half."""

import itertools

import pytest

from posture_trainer.plans.blocks import BreatheBlock, HoldBlock, TimedBlock
from posture_trainer.plans.expand import session_today
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.plans.plan import Plan, load_plan, preset_names
from posture_trainer.plans.restricted import restricted
from posture_trainer.plans.restriction import Restriction, Restrictions
from posture_trainer.pose.directions import Direction

EVERYTHING = Plan.model_validate(
    {
        "title": "Everything",
        "longest_session_min": 12,
        "block": [
            {"kind": "hold", "repetitions": 6, "hold_s": 20, "hold_step_s": 4, "longest_hold_s": 28, "rest_s": 10},
            {"kind": "hold_test"},
            {"kind": "follow", "speed": "fast", "repetitions": 2, "title": "Fast one"},
            {"kind": "follow", "speed": "slow", "repetitions": 1, "loops": 4},
            {"kind": "position_sense", "rest_s": 10},
            {"kind": "range", "directions": ["tilt_left"], "rest_s": 5},
            {"kind": "stretch", "directions": ["tilt_left"]},
            {"kind": "breathe"},
            {"kind": "timed", "words": "Pull your shoulder blades together.", "repetitions": 8, "seconds": 5},
            {"kind": "timed", "words": "Lean back.", "seconds": 60, "supported_rest": True},
            {"kind": "free", "seconds": 60},
        ],
    }
)


def test_nothing_held_changes_nothing() -> None:
    assert restricted(EVERYTHING, {}) == (EVERYTHING, ())


def test_the_gentle_set() -> None:
    plan, notes = restricted(EVERYTHING, {Restriction.GENTLE: ("Pain is 80 of 100.",)})
    assert plan is not None
    assert [block.kind for block in plan.blocks] == ["hold", "breathe", "timed"]
    hold = plan.blocks[0]
    assert isinstance(hold, HoldBlock)
    assert (hold.hold_s, hold.longest_hold_s, hold.hold_today_s(9)) == (10, 10, 10)
    assert notes == ("Only gentle exercises today. Pain is 80 of 100.",)


def test_half_of_each() -> None:
    plan, notes = restricted(EVERYTHING, {Restriction.HALF: ("Because of half.",)})
    assert plan is not None
    assert plan.longest_session_min == 6
    blocks = {block.title or block.kind: block for block in plan.blocks}
    hold = blocks["hold"]
    assert isinstance(hold, HoldBlock)
    assert [hold.hold_today_s(steps) for steps in (0, 1, 9)] == [10, 12, 14]
    assert "hold_test" not in blocks, "one of two tries says nothing"
    halves = [getattr(plan.blocks[index], name) for index, name in ((1, "repetitions"), (2, "loops"), (5, "hold_s"))]
    assert halves == [1, 2, 7.5]
    timed = [block.repetitions for block in plan.blocks if isinstance(block, TimedBlock)]
    assert timed == [4, 1]
    assert [block.seconds for block in plan.blocks if isinstance(block, BreatheBlock)] == [60.0], "rest is not halved"
    assert notes == ("Left out today: Hold test. Because of half.",)
    only = Plan.model_validate({"title": "x", "block": [{"kind": "hold"}]})
    assert restricted(only, {Restriction.HALF: ("So.",)})[1] == ("Half of the plan today. So.",)


@pytest.mark.parametrize("name", ["range", "position-sense", "follow-hard", "hold-test", "free"])
def test_where_nothing_is_left_there_is_no_plan(name: str) -> None:
    plan, notes = restricted(load_plan(name)[1], {Restriction.GENTLE: ("So.",)})
    assert plan is None
    assert notes


def test_rest_alone_is_not_what_is_left_but_may_be_a_plan() -> None:
    rest = {"kind": "breathe"}
    mixed = Plan.model_validate({"title": "x", "block": [rest, {"kind": "range", "rest_s": 5}]})
    assert restricted(mixed, {Restriction.GENTLE: ()})[0] is None
    alone = Plan.model_validate({"title": "x", "block": [rest]})
    assert restricted(alone, {Restriction.GENTLE: ()})[0] == alone


def test_the_gentle_plan_passes_under_everything() -> None:
    gentle = load_plan("gentle")[1]
    for count in range(len(Restriction) + 1):
        for held in itertools.combinations(Restriction, count):
            plan, _ = restricted(gentle, dict.fromkeys(held, ()))
            assert plan is not None
            session = session_today("gentle", plan)
            assert all(trial.kind in ("hold", "breathe", "timed") for trial in session.trials)
            assert all(trial.settings.hold_s <= 10 for trial in session.trials if trial.kind == "hold")


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_can_be_held_back(name: str) -> None:
    patient = PatientSettings(pull=(Direction.ROTATION_RIGHT,), stretch_limits_deg={Direction.ROTATION_LEFT: 10.0})
    for held in Restriction:
        restrictions: Restrictions = {held: ("So.",)}
        plan, _ = restricted(load_plan(name)[1], restrictions)
        if plan is not None:
            assert session_today(name, plan, patient).trials
            if held is not Restriction.HALF:
                assert restricted(plan, restrictions)[0] == plan, "once is enough"
