"""Timed: an exercise with words and a drawing that the camera does not measure, for a set time."""

from dataclasses import dataclass
from typing import Literal

from posture_trainer.exercises.exercise_view import ExerciseView
from posture_trainer.exercises.trial import (
    NOTHING,
    ROUNDING_S,
    Ending,
    Numbers,
    Outcome,
    TrialSample,
    rounded,
    whole_seconds,
)
from posture_trainer.words.all_day.warmth import WARMTH

Drawing = Literal[  # drawn in screen/mirror/exercise_pictures.py and body_pictures.py
    "shoulder_blades", "settle", "chin_glide", "press", "read", "look_over", "reach", "stand"
]


@dataclass(frozen=True)
class TimedSettings:
    """words: what to do, as the plan says it. drawing: what is shown in place of the mirror, or None.

    supported_rest: it is a rest, with the head supported. to_left: the drawing is of the other
    side. warmth: what to mind of it is shown all the time.
    """

    seconds: float = 20.0
    words: str = ""
    drawing: Drawing | None = None
    supported_rest: bool = False
    to_left: bool = False
    warmth: bool = False


@dataclass(frozen=True)
class TimedState:
    """t_s: into the trial."""

    t_s: float = 0.0


def opening(_settings: TimedSettings) -> str:
    """The phrase that begins the trial."""
    return "timed"


def step(state: TimedState, settings: TimedSettings, sample: TrialSample) -> tuple[TimedState, Outcome]:
    """One moment on."""
    state = TimedState(state.t_s + sample.dt_s)
    over = state.t_s >= settings.seconds - ROUNDING_S
    return state, Outcome(sound="trial_done", ending=Ending.DONE) if over else NOTHING


def view(state: TimedState, settings: TimedSettings) -> ExerciseView:
    """What to draw."""
    left_s = whole_seconds(settings.seconds - state.t_s)
    drawing = settings.drawing
    return ExerciseView(
        "timed",
        words=settings.words,
        message=" ".join(WARMTH) if settings.warmth else "",
        mirror=drawing is None,
        countdown_s=left_s,
        drawing=drawing,
        drawn_to_left=settings.to_left,
    )


def numbers(state: TimedState, settings: TimedSettings) -> Numbers:
    """What is recorded of the trial: only that it was done, and for how long."""
    return {"words": settings.words, "seconds": rounded(state.t_s)}
