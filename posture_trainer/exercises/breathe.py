"""Breathe: a circle that grows and shrinks at a steady pace. Or a body
scan to be heard. The camera measures nothing."""

from dataclasses import dataclass

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
from posture_trainer.words.all_day.body_scan import SCAN, sentence_at
from posture_trainer.words.doses import NOT_DEEP


@dataclass(frozen=True)
class BreatheSettings:
    """The pace: in_s to breathe in, out_s to breathe out; seconds for the whole. scan: no pace, a spoken body scan."""

    seconds: float = 60.0
    in_s: float = 4.0
    out_s: float = 6.0
    scan: bool = False


@dataclass(frozen=True)
class BreatheState:
    """t_s: into the trial."""

    t_s: float = 0.0


def opening(settings: BreatheSettings) -> str:
    """The phrase that begins the trial."""
    return SCAN[0][0] if settings.scan else "breathe"


def step(state: BreatheState, settings: BreatheSettings, sample: TrialSample) -> tuple[BreatheState, Outcome]:
    """One moment on."""
    before_s, state = state.t_s, BreatheState(state.t_s + sample.dt_s)
    if state.t_s >= settings.seconds - ROUNDING_S:
        return state, Outcome(sound="trial_done", ending=Ending.DONE)
    now = sentence_at(state.t_s, settings.seconds)
    if settings.scan and now != sentence_at(before_s, settings.seconds):
        return state, Outcome(say=SCAN[now][0])
    return state, NOTHING


def view(state: BreatheState, settings: BreatheSettings) -> ExerciseView:
    """What to draw: the circle's size from 0 (breathed out) to 1 (breathed in)."""
    left_s = whole_seconds(settings.seconds - state.t_s)
    if settings.scan:
        words = SCAN[sentence_at(state.t_s, settings.seconds)][1]
        return ExerciseView("breathe", words=words, mirror=False, countdown_s=left_s)
    in_breath_s = state.t_s % (settings.in_s + settings.out_s)
    breathing_in = in_breath_s < settings.in_s
    size = in_breath_s / settings.in_s if breathing_in else 1 - (in_breath_s - settings.in_s) / settings.out_s
    return ExerciseView(
        "breathe",
        words="Breathe in." if breathing_in else "Breathe out.",
        message=NOT_DEEP,
        mirror=False,
        circle_share=size,
        countdown_s=left_s,
    )


def numbers(state: BreatheState, settings: BreatheSettings) -> Numbers:
    """What is recorded of the trial (docs/exercises.md)."""
    if settings.scan:
        return {"scan": True, "seconds": rounded(state.t_s), "breaths": 0}
    whole_breaths = int((state.t_s + ROUNDING_S) / (settings.in_s + settings.out_s))
    return {"in_s": settings.in_s, "out_s": settings.out_s, "seconds": rounded(state.t_s), "breaths": whole_breaths}
