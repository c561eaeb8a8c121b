"""A minute of supported rest in every five: when it is due, what is shown. It is offered, and may be skipped. Pure."""

import math
from typing import NamedTuple

from posture_trainer.exercises.exercise_view import ExerciseView
from posture_trainer.exercises.trial import ROUNDING_S
from posture_trainer.words.phrases import PHRASES

REST_S = 60.0
EVERY_S = 300.0  # of any five minutes one is rest: it falls due after four of practice
SUPPORTED_REST = "supported_rest"  # its name as an activity, a page and a phrase
_SKIP = "Enter goes on at once."


class RestClock(NamedTuple):  # one is made with every frame: a dataclass takes four times as long
    """worked_s: practised since the last minute of rest. rested_s: taken of the next one already, in pauses."""

    worked_s: float = 0.0
    rested_s: float = 0.0

    @property
    def due_s(self) -> float:
        """Seconds of rest that are to be offered now, 0 for none."""
        return REST_S - self.rested_s if self.worked_s >= EVERY_S - REST_S - ROUNDING_S else 0.0

    def after(self, seconds: float, resting: bool) -> "RestClock":
        """So many seconds later. resting: whether they were rest; pauses are."""
        if not resting:
            return RestClock(self.worked_s + seconds, self.rested_s)
        rested_s = self.rested_s + seconds
        return RestClock() if rested_s >= REST_S - ROUNDING_S else RestClock(self.worked_s, rested_s)


def rest_view(clock: RestClock) -> ExerciseView:
    """What is shown in it."""
    return ExerciseView(
        SUPPORTED_REST,
        words=PHRASES[SUPPORTED_REST],
        message=_SKIP,
        countdown_s=math.ceil(clock.due_s),
        ring_share=1 - clock.due_s / REST_S,
    )
