"""Free: the mirror as it is, with its cues, for a set time or until the session ends."""

from dataclasses import dataclass

from posture_trainer.exercises.exercise_view import ExerciseView
from posture_trainer.exercises.trial import NOTHING, ROUNDING_S, Ending, Numbers, Outcome, TrialSample, rounded
from posture_trainer.feedback import time_in_tolerance
from posture_trainer.words.phrases import PHRASES


@dataclass(frozen=True)
class FreeSettings:
    """seconds: None until the session ends."""

    seconds: float | None = None


@dataclass(frozen=True)
class FreeState:
    """Seconds, all: into the trial, seen (in or out of tolerance), in tolerance, unbroken (now, longest)."""

    t_s: float = 0.0
    seen: bool = False
    inside: bool = False
    seen_s: float = 0.0
    inside_s: float = 0.0
    run_s: float = 0.0
    longest_s: float = 0.0


def opening(_settings: FreeSettings) -> str:
    """The phrase that begins the trial."""
    return "free"


def step(state: FreeState, settings: FreeSettings, sample: TrialSample) -> tuple[FreeState, Outcome]:
    """One moment on."""
    run_s = state.run_s + sample.dt_s if state.inside else 0.0
    state = FreeState(
        t_s=state.t_s + sample.dt_s,
        seen=sample.seen,
        inside=sample.inside,
        seen_s=state.seen_s + (sample.dt_s if state.seen else 0.0),
        inside_s=state.inside_s + (sample.dt_s if state.inside else 0.0),
        run_s=run_s,
        longest_s=max(state.longest_s, run_s),
    )
    over = settings.seconds is not None and state.t_s >= settings.seconds - ROUNDING_S
    return state, Outcome(ending=Ending.DONE) if over else NOTHING


def view(_state: FreeState, _settings: FreeSettings) -> ExerciseView:
    """What to draw."""
    return ExerciseView("free", words=PHRASES["free"], outline=True)


def numbers(state: FreeState, _settings: FreeSettings) -> Numbers:
    """What is recorded of the trial (docs/exercises.md)."""
    return {
        "seconds": rounded(state.t_s),
        "seen_s": rounded(state.seen_s),
        "in_tolerance_s": rounded(state.inside_s),
        "in_tolerance_share": rounded(time_in_tolerance(state.inside_s, state.seen_s - state.inside_s)),
        "longest_s": rounded(state.longest_s),
    }
