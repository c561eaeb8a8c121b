"""The body scan as a kind of breathing, warmth as a timed block: how long, what is said, what speaks against them."""

from itertools import pairwise

import pytest
from pydantic import ValidationError

from posture_trainer.exercises import breathe, timed
from posture_trainer.exercises.trial import Ending, TrialSample
from posture_trainer.plans.blocks import BreatheBlock, TimedBlock
from posture_trainer.plans.expand import session_today
from posture_trainer.plans.not_today import without_what_is_not_today
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.plans.plan import Plan
from posture_trainer.plans.restriction import Restriction
from posture_trainer.words.all_day.body_scan import SCAN, SCAN_PHRASES, sentence_at
from posture_trainer.words.all_day.warmth import WARMTH
from posture_trainer.words.phrases import PHRASES

WARM = {"kind": "timed", "words": "Lay the warm cloth on your neck.", "seconds": 600, "warmth": True}


def plan(*blocks: dict[str, object]) -> Plan:
    return Plan.model_validate({"title": "x", "block": list(blocks)})


@pytest.mark.parametrize("seconds", [180.0, 300.0, 480.0])
def test_every_sentence_is_said_once_in_order_and_the_last_before_the_end(seconds: float) -> None:
    settings, state = breathe.BreatheSettings(seconds, scan=True), breathe.BreatheState()
    said, ended = [(0.0, breathe.opening(settings))], None
    while ended is None:
        state, outcome = breathe.step(state, settings, TrialSample(0.25, None))
        ended = outcome.ending
        said += [(state.t_s, outcome.say)] if outcome.say else []
    assert ended is Ending.DONE
    assert state.t_s == pytest.approx(seconds, abs=0.3)
    assert [name for _, name in said] == [name for name, _ in SCAN]
    assert seconds - 25 < said[-1][0] < seconds - 10, "there is time to hear it"
    assert min(later - earlier for (earlier, _), (later, _) in pairwise(said)) > 10
    assert set(SCAN_PHRASES) <= set(PHRASES)
    view = breathe.view(breathe.BreatheState(0.0), settings)
    assert (view.words, view.mirror, view.circle_share) == (SCAN[0][1], False, None)
    assert breathe.numbers(state, settings)["scan"] is True
    assert sentence_at(-1.0, seconds) == 0


def test_how_long_they_may_be() -> None:
    assert BreatheBlock(kind="breathe", seconds=480.0, body_scan=True).seconds == 480
    for wrong in ({"seconds": 200.0}, {"seconds": 100.0, "body_scan": True}, {"seconds": 500.0, "body_scan": True}):
        with pytest.raises(ValidationError):
            BreatheBlock.model_validate({"kind": "breathe", **wrong})
    assert TimedBlock.model_validate(WARM).held_s == 0
    for seconds in (300, 901):
        with pytest.raises(ValidationError):
            TimedBlock.model_validate({**WARM, "seconds": seconds})
    with pytest.raises(ValidationError):
        TimedBlock.model_validate({**WARM, "warmth": False, "supported_rest": True})


def test_warmth_says_all_the_time_what_to_mind_and_waits_a_day_after_an_injection() -> None:
    (trial,) = session_today("x", plan(WARM), PatientSettings()).trials
    assert timed.view(timed.TimedState(300.0), trial.settings).message == " ".join(WARMTH)
    assert without_what_is_not_today(plan(WARM), PatientSettings())[0] is not None
    left, told = without_what_is_not_today(plan(WARM), PatientSettings(), [Restriction.NO_STRAIN])
    assert left is None
    assert told


def test_a_scan_takes_nothing_from_the_minutes_of_breathing() -> None:
    scan = {"kind": "breathe", "seconds": 300, "body_scan": True}
    assert len(plan(scan, {"kind": "breathe", "seconds": 180}).blocks) == 2
