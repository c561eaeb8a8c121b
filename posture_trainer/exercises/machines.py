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
        spoiled_by_wait=lambda state: state.phase is not position_sense.Phase.STRAIGHT,
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
    "breathe": Machine(breathe.BreatheState, breathe.opening, breathe.step, breathe.view, breathe.numbers),
    "timed": Machine(timed.TimedState, timed.opening, timed.step, timed.view, timed.numbers),
    "free": Machine(
        free.FreeState, free.opening, free.step, free.view, free.numbers, neutral_task=True, needs_tolerance=True
    ),
}
