"""When the buttons of the mirror are out of sight."""

from dataclasses import replace

import pytest

from posture_trainer.exercises.exercise_view import ExerciseView
from posture_trainer.feedback import Feedback, PostureState
from posture_trainer.pages.resting import buttons_rest
from posture_trainer.pages.views import BaselineView, GuidedView, PracticeView

STEADY = Feedback(PostureState.NEUTRAL, None, None, 0.1)
MIRROR = PracticeView(None, None, STEADY, None, "", 60.0, 120.0)
HOLD = GuidedView(None, None, STEADY, ExerciseView("hold", "Hold", "Hold."))


@pytest.mark.parametrize("view", [MIRROR, HOLD])
def test_on_the_mirror_they_rest_after_four_seconds(view: PracticeView | GuidedView) -> None:
    assert [buttons_rest(view, still_s) for still_s in (0.0, 3.9, 4.0, 600.0)] == [False, False, True, True]


@pytest.mark.parametrize(
    "view",
    [
        replace(MIRROR, feedback=Feedback(PostureState.PAUSED, None, None, None)),
        replace(MIRROR, message="I can't see your face."),
        replace(HOLD, exercise=ExerciseView("paused", "Hold", "")),
        replace(HOLD, exercise=ExerciseView("no_face", "Hold", "")),
        replace(HOLD, message="The camera is gone."),
        replace(HOLD, offer=True),
        replace(HOLD, exercise=ExerciseView("hold", "Hold", "Hold.", message="To stop, press Esc.")),
        replace(HOLD, exercise=ExerciseView("timed", "Read", "Read.", mirror=False)),
        BaselineView(None, 3, 0.0, ""),
    ],
)
def test_they_stay_where_somebody_has_to_do_something(view: PracticeView | GuidedView | BaselineView) -> None:
    assert not buttons_rest(view, 600.0)
