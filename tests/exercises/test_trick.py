import pytest

from posture_trainer.exercises.body import trick
from posture_trainer.exercises.trial import Ending, TrialSample
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.trunk.follow import TrunkSample
from posture_trainer.pose.trunk.hand import Hand, HandSeen, Place

STEP_S = 0.1
SETTINGS = trick.TrickSettings(10.0)
ON_CHEEK, AWAY = HandSeen(Hand.RIGHT, Place.CHEEK), HandSeen(Hand.NONE)


def angles(rotation_deg: float, tilt_deg: float = 0.0) -> HeadAngles:
    return HeadAngles(rotation_deg, tilt_deg, 0.0, abs(rotation_deg) + abs(tilt_deg))


def run(
    deg: tuple[float, float, float], hand: HandSeen = ON_CHEEK, exact: bool = True, tilt: float = 0.0
) -> trick.TrickState:
    """Three parts with the head turned so far; the hand comes two seconds late, and goes so."""
    state, ending, said = trick.TrickState(), None, []
    for _ in range(1000):
        late = max(0, min(2, int((state.t_s - 2.0) // SETTINGS.part_s)))
        there = hand if late == 1 else AWAY
        lean = tilt if late != 1 else tilt / 2
        sample = TrialSample(STEP_S, angles(deg[late], lean), exact=exact or late != 1, trunk=TrunkSample(hand=there))
        state, outcome = trick.step(state, SETTINGS, sample)
        said += [outcome.say] if outcome.say else []
        if outcome.ending is not None:
            ending = outcome.ending
            break
    assert ending is Ending.DONE
    assert said == ["trick_with", "trick_again"]
    return state


def test_what_the_hand_changes_and_what_remains() -> None:
    found = trick.numbers(run((14.0, 5.0, 12.0)), SETTINGS)
    assert (found["hand"], found["place"]) == ("right", "cheek")
    assert found["change_deg"] == pytest.approx(-9.0)
    assert found["remains_deg"] == pytest.approx(-2.0)
    assert found["axis"] == "rotation"
    assert found["axis_change_deg"] == pytest.approx(-9.0)


def test_the_axis_is_told_as_nearer_or_farther_whatever_its_side() -> None:
    found = trick.numbers(run((-14.0, -5.0, -16.0)), SETTINGS)
    assert found["axis_change_deg"] == pytest.approx(-9.0)
    assert found["axis_remains_deg"] == pytest.approx(2.0)


def test_it_is_said_in_plain_words() -> None:
    assert trick.result_words(trick.numbers(run((14.0, 5.0, 12.0)), SETTINGS)) == (
        "With your hand on your right cheek your head was 9° straighter."
    )
    assert "as it is without" in trick.result_words(trick.numbers(run((14.0, 13.5, 14.0)), SETTINGS))
    assert "farther out" in trick.result_words(trick.numbers(run((4.0, 9.0, 4.0)), SETTINGS))


def test_without_a_hand_in_sight_nothing_is_said_of_it() -> None:
    found = trick.numbers(run((14.0, 5.0, 12.0), hand=AWAY), SETTINGS)
    assert found["hand"] == "none"
    assert trick.result_words(found).startswith("I did not see your hand")


def test_covered_frames_are_not_trusted_and_only_the_lean_is_told() -> None:
    found = trick.numbers(run((14.0, 5.0, 12.0), exact=False, tilt=12.0), SETTINGS)
    assert found["with_deg"] is None
    assert found["change_deg"] is None
    assert found["axis_change_deg"] is None
    assert found["lean_change_deg"] == pytest.approx(-6.0)
    assert trick.result_words(found) == (
        "Your hand hid too much of your face to say how far it was turned. It leaned 6° less."
    )


def test_neither_outline_nor_cue_differs_between_the_parts() -> None:
    shown = [trick.view(trick.TrickState(t_s), SETTINGS) for t_s in (1.0, 11.0, 21.0)]
    assert {(each.mirror, each.outline, each.ring_share) for each in shown} == {(True, False, None)}
    assert len({each.words for each in shown}) == 3


def test_a_part_in_which_nobody_was_seen_is_void() -> None:
    state, outcome = trick.TrickState(), None
    while outcome is None or outcome.ending is None:
        seen = angles(5.0) if state.t_s < 10 else None
        state, outcome = trick.step(state, SETTINGS, TrialSample(STEP_S, seen))
    assert outcome.ending is Ending.VOID
