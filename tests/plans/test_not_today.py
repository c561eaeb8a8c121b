"""What is left out today, and why: each reason, of presets, of kinds, and of a therapist's own plan."""

from datetime import date

import pytest

from posture_trainer.plans.not_today import block_not_today, without, without_what_is_not_today
from posture_trainer.plans.not_when import NotWhen
from posture_trainer.plans.patient_settings import PatientSettings, QuestionsTable
from posture_trainer.plans.plan import Plan, load_plan, preset_names
from posture_trainer.plans.restriction import Restriction
from posture_trainer.pose.directions import Direction
from posture_trainer.words.not_today import NOT_TODAY

ASKED = QuestionsTable(asked=date(2026, 1, 31), alone=False, injury=False, fragile=False, unsteady=False)
WELL = PatientSettings(questions=ASKED, pull=(Direction.ROTATION_RIGHT,))
EVERYTHING = Plan.model_validate(
    {
        "title": "Everything",
        "block": [
            {"kind": "hold"},
            {"kind": "hold_test"},
            {"kind": "follow", "speed": "fast"},
            {"kind": "follow", "speed": "slow"},
            {"kind": "position_sense"},
            {"kind": "range"},
            {"kind": "stretch"},
            {"kind": "breathe"},
            {"kind": "timed", "words": "Lean back.", "seconds": 60, "supported_rest": True},
            {"kind": "free", "seconds": 60},
        ],
    }
)


def reasons(name: str, settings: PatientSettings = WELL, *restrictions: Restriction, **more: bool) -> set[NotWhen]:
    return against(load_plan(name)[1], settings, *restrictions, **more)


def against(plan: Plan, settings: PatientSettings, *restrictions: Restriction, **more: bool) -> set[NotWhen]:
    """Why nothing of the plan can be done; nothing where a block of it can."""
    told = [block_not_today(plan, block, settings, restrictions, **more) for block in plan.blocks]
    return {rule for rule in NotWhen if all(told) and any(NOT_TODAY[rule] in words for words in told)}


def with_answers(**answers: object) -> PatientSettings:
    return WELL.model_copy(update={"questions": ASKED.model_copy(update=answers)})


def test_every_reason_has_its_words() -> None:
    assert NOT_TODAY.keys() == set(NotWhen)


@pytest.mark.parametrize("name", preset_names())
def test_nothing_speaks_against_a_preset_for_who_is_well(name: str) -> None:
    assert reasons(name) == set()


def test_each_preset_keeps_to_its_reasons() -> None:
    chin_down = WELL.model_copy(update={"pull": (Direction.FLEXION,)})
    unstable = WELL.model_copy(update={"unstable": True})
    assert reasons("chin-glide", chin_down) == {NotWhen.CHIN_DOWN_PULL}
    assert reasons("chin-glide", WELL, swallowing=True) == {NotWhen.SWALLOWING}
    assert reasons("chin-glide", with_answers(fragile=True)) == {NotWhen.FRAGILE}
    assert reasons("press", with_answers(injury=True, fragile=True)) == {NotWhen.INJURY, NotWhen.FRAGILE}
    assert reasons("press", WELL, Restriction.NO_STRAIN) == {NotWhen.AFTER_INJECTION_24H}
    assert reasons("shoulder-blades", unstable) == reasons("reach", unstable) == {NotWhen.UNSTABLE}
    assert reasons("other-side", with_answers(injury=True)) == {NotWhen.INJURY}
    assert reasons("lengthen", with_answers(fragile=True)) == {NotWhen.FRAGILE}
    assert reasons("look-over", WELL, Restriction.DIZZY) == {NotWhen.DIZZY}
    assert reasons("stand", with_answers(unsteady=True, alone=True)) == {NotWhen.UNSTEADY, NotWhen.ALONE}
    for name in ("settle", "read", "free", "meige"):
        everything = with_answers(injury=True, fragile=True, unsteady=True, alone=True)
        assert reasons(name, everything, *Restriction, swallowing=True) == set()


def test_no_answer_to_a_question_of_once_a_year_is_not_a_no() -> None:
    unasked = PatientSettings(pull=(Direction.ROTATION_RIGHT,))
    assert reasons("stand", unasked) == {NotWhen.UNSTEADY, NotWhen.ALONE}
    assert reasons("lengthen", unasked) == {NotWhen.INJURY, NotWhen.FRAGILE}
    assert reasons("lengthen", with_answers(injury=True, cleared=date(2026, 3, 1))) == set(), "a therapist has"
    assert reasons("range", with_answers(fragile=True, far_movements=True)) == set()


def test_a_plan_of_ones_own_can_not_leave_out_what_a_kind_brings_along() -> None:
    kinds = {
        "range": (with_answers(fragile=True), ()),
        "position_sense": (with_answers(unsteady=True), ()),
        "stretch": (WELL, (Restriction.NO_STRAIN,)),
    }
    for kind, (settings, restrictions) in kinds.items():
        plan = Plan.model_validate({"title": "x", "block": [{"kind": kind}]})
        assert against(plan, settings, *restrictions), kind
    fast = Plan.model_validate({"title": "x", "block": [{"kind": "follow", "speed": "fast"}]})
    slow = Plan.model_validate({"title": "x", "block": [{"kind": "follow"}]})
    assert against(fast, WELL, Restriction.DIZZY)
    assert not against(slow, WELL, Restriction.DIZZY)
    closed = Plan.model_validate({"title": "x", "block": [{"kind": "position_sense"}]})
    assert against(closed, WELL, Restriction.NO_CLOSED_EYES) == {NotWhen.CLOSED_EYES}


@pytest.mark.parametrize(
    ("restriction", "gone"),
    [
        (Restriction.DIZZY, ["follow", "position_sense", "range"]),
        (Restriction.NO_CLOSED_EYES, ["position_sense"]),
        (Restriction.NO_STRAIN, ["stretch"]),
        (Restriction.GENTLE, []),
        (Restriction.HALF, []),
    ],
)
def test_what_holds_for_the_session_leaves_out_what_it_speaks_against(
    restriction: Restriction, gone: list[str]
) -> None:
    left, told = without_what_is_not_today(EVERYTHING, WELL, (restriction,))
    assert left is not None
    kept = [block for block in EVERYTHING.blocks if block in left.blocks]
    assert [block.kind for block in EVERYTHING.blocks if block not in kept] == gone
    assert len(told) == len(gone)
    assert (left, ()) == without_what_is_not_today(left, WELL, (restriction,)), "once is enough"


def test_kinds_are_left_out_with_their_reason() -> None:
    plan, notes = without(EVERYTHING, {"range": "Not yet."})
    assert plan is not None
    assert "range" not in {block.kind for block in plan.blocks}
    assert notes == ("Not yet.",)
    assert without(load_plan("range")[1], {"range": "Not yet."}) == (None, ("Not yet.",))


def test_a_plan_goes_on_without_the_block_that_is_not_for_today() -> None:
    home = load_plan("home")[1]
    fragile = with_answers(fragile=True)
    left_out = [block.kind for block in home.blocks if block_not_today(home, block, fragile)]
    assert left_out == ["stretch"]
    smaller, told = without_what_is_not_today(home, fragile)
    assert smaller is not None
    assert [block.kind for block in smaller.blocks] == ["timed", "timed", "hold", "follow", "timed"]
    assert told == ("Left out today: Lengthen, for your therapist has to say yes to it first.",)
    assert without_what_is_not_today(home, WELL) == (home, ())
    assert without_what_is_not_today(load_plan("stand")[1], PatientSettings())[0] is None
