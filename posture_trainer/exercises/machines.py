"""The exercises by name: which functions run a trial of each kind."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from posture_trainer.exercises import (
    breathe,
    follow,
    free,
    hold,
    hold_test,
    position_sense,
    range_of_motion,
    stretch,
    timed,
)
from posture_trainer.exercises.body import trick
from posture_trainer.exercises.exercise_view import ExerciseView
from posture_trainer.exercises.trial import Numbers, Outcome, TrialSample

_BRIEF_S, _FAR_OUT_S = 1.0, 4.0


def _never(_state: Any) -> bool:
    return False


@dataclass(frozen=True)
class Machine:
    """One kind of exercise.

    neutral_task: the task is to be in neutral, so cues make sense and time in tolerance means something.
    needs_tolerance: whether the head is in tolerance matters to it.
    face_patience_s: without a face for longer, the trial waits; longer where the head is asked to turn far.
    spoiled_by_wait: whether a trial in this state is not worth going on with after such a wait.
    by_ear: it can only be done by who hears its sounds. eyes_closed: whether they are in this state of it.
    restful: whether it is rest itself, with these settings.
    """

    begin: Callable[[], Any]
    opening: Callable[[Any], str]
    step: Callable[[Any, Any, TrialSample], tuple[Any, Outcome]]
    view: Callable[[Any, Any], ExerciseView]
    numbers: Callable[[Any, Any], Numbers]
    neutral_task: bool = False
    needs_tolerance: bool = False
    face_patience_s: float = _BRIEF_S
    spoiled_by_wait: Callable[[Any], bool] = _never
    by_ear: bool = False
    eyes_closed: Callable[[Any], bool] = _never
    restful: Callable[[Any], bool] = _never


MACHINES: dict[str, Machine] = {
    "hold": Machine(
        hold.HoldState, hold.opening, hold.step, hold.view, hold.numbers, neutral_task=True, needs_tolerance=True
    ),
    "hold_test": Machine(
        hold_test.HoldTestState,
        hold_test.opening,
        hold_test.step,
        hold_test.view,
        hold_test.numbers,
        neutral_task=True,
        needs_tolerance=True,
        spoiled_by_wait=lambda state: state.running,
    ),
    "follow": Machine(follow.FollowState, follow.opening, follow.step, follow.view, follow.numbers),
    "position_sense": Machine(
        position_sense.PositionSenseState,
        position_sense.opening,
        position_sense.step,
        position_sense.view,
        position_sense.numbers,
        needs_tolerance=True,
        face_patience_s=_FAR_OUT_S,
        spoiled_by_wait=position_sense.eyes_closed,
        by_ear=True,
        eyes_closed=position_sense.eyes_closed,
    ),
    "range": Machine(
        range_of_motion.RangeState,
        range_of_motion.opening,
        range_of_motion.step,
        range_of_motion.view,
        range_of_motion.numbers,
        face_patience_s=_FAR_OUT_S,
        spoiled_by_wait=lambda state: state.farthest_deg > 0,
    ),
    "stretch": Machine(stretch.StretchState, stretch.opening, stretch.step, stretch.view, stretch.numbers),
    "breathe": Machine(
        breathe.BreatheState,
        breathe.opening,
        breathe.step,
        breathe.view,
        breathe.numbers,
        restful=lambda _settings: True,
    ),
    "timed": Machine(
        timed.TimedState,
        timed.opening,
        timed.step,
        timed.view,
        timed.numbers,
        restful=lambda settings: settings.supported_rest,
    ),
    "trick": Machine(
        trick.TrickState,
        trick.opening,
        trick.step,
        trick.view,
        trick.numbers,
        face_patience_s=_FAR_OUT_S,
    ),
    "free": Machine(
        free.FreeState, free.opening, free.step, free.view, free.numbers, neutral_task=True, needs_tolerance=True
    ),
}
