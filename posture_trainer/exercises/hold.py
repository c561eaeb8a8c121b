"""Hold: bring the face into the outline and keep it there.

With cues the trial begins to count when the head is within the tolerance and is complete when it has been held for
`hold_s`; leaving pauses or restarts that count, as the plan says. Without cues nothing may tell the patient where
the head is, so the trial has a fixed length: time to get ready, then `hold_s` that are measured.
"""

from dataclasses import dataclass, replace
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
from posture_trainer.feedback import time_in_tolerance
from posture_trainer.words.phrases import PHRASES

WITHOUT_READY_S = 4.0  # to hear the words and to settle, in a trial without cues
_WORDS_S = 5.0  # out for this long after having been in: say once more what to do


@dataclass(frozen=True)
class HoldSettings:
    """hold_s: to be held. limit_s: longest time for the whole trial. on_leaving: what leaving does to the count."""

    hold_s: float = 5.0
    limit_s: float = 30.0
    on_leaving: Literal["pause", "restart"] = "pause"
    cues: bool = True


@dataclass(frozen=True)
class HoldState:
    """t_s: into the trial. held_s: counted. run_s, longest_s: unbroken in tolerance. inside_s, measured_s: in
    tolerance, and seen (in or out of it), of the time that is measured: from the first moment in tolerance on (the
    whole trial if there is none), or without cues from the end of getting ready. out_s: since the head left.
    deviation_sum_deg, frames: for the mean."""

    t_s: float = 0.0
    seen: bool = False
    inside: bool = False
    reached_s: float | None = None
    held_s: float = 0.0
    run_s: float = 0.0
    longest_s: float = 0.0
    inside_s: float = 0.0
    measured_s: float = 0.0
    leaves: int = 0
    out_s: float = 0.0
    deviation_sum_deg: float = 0.0
    frames: int = 0


def opening(settings: HoldSettings) -> str:
    """The phrase that begins the trial."""
    return "hold" if settings.cues else "hold_without"


def step(state: HoldState, settings: HoldSettings, sample: TrialSample) -> tuple[HoldState, Outcome]:
    """One moment on."""
    t_s, dt_s = state.t_s + sample.dt_s, sample.dt_s
    if state.reached_s is None and sample.inside:
        state = replace(state, reached_s=t_s)
        if settings.cues:  # what was measured on the way in is left out
            state, dt_s = replace(state, measured_s=0.0, deviation_sum_deg=0.0, frames=0), 0.0
    measuring = settings.cues or state.t_s >= WITHOUT_READY_S
    was_inside = state.inside and measuring
    exact = measuring and sample.angles is not None and sample.exact
    run_s = state.run_s + dt_s if was_inside else 0.0
    held_s = state.held_s + dt_s if was_inside else state.held_s
    left = state.inside and not sample.inside
    if left and settings.on_leaving == "restart" and settings.cues:
        held_s = 0.0
    out_s = 0.0 if sample.inside else state.out_s + dt_s
    state = HoldState(
        t_s=t_s,
        seen=sample.seen,
        inside=sample.inside,
        reached_s=state.reached_s,
        held_s=held_s,
        run_s=run_s,
        longest_s=max(state.longest_s, run_s),
        inside_s=state.inside_s + (dt_s if was_inside else 0.0),
        measured_s=state.measured_s + (dt_s if measuring and state.seen else 0.0),
        leaves=state.leaves + (left and measuring),
        out_s=out_s,
        deviation_sum_deg=state.deviation_sum_deg + (sample.angles.deviation_deg if exact and sample.angles else 0.0),
        frames=state.frames + exact,
    )
    if not settings.cues:
        over = t_s >= WITHOUT_READY_S + settings.hold_s - ROUNDING_S
        return state, Outcome(sound="trial_done", ending=Ending.DONE) if over else NOTHING
    if held_s >= settings.hold_s - ROUNDING_S:
        return state, Outcome(sound="trial_done", ending=Ending.DONE)
    if t_s >= settings.limit_s:
        return state, Outcome(ending=Ending.NOT_REACHED)
    if state.reached_s is not None and out_s >= _WORDS_S > out_s - dt_s:
        return state, Outcome(say="hold_again")
    return state, NOTHING


def view(state: HoldState, settings: HoldSettings) -> ExerciseView:
    """What to draw. Without cues there is neither mirror nor ring, only the time that is left."""
    if not settings.cues:
        left_s = WITHOUT_READY_S + settings.hold_s - state.t_s
        return ExerciseView("hold", words=PHRASES["hold_without"], mirror=False, countdown_s=whole_seconds(left_s))
    words = "Hold." if state.inside else PHRASES["hold" if state.reached_s is None else "hold_again"]
    return ExerciseView(
        "hold",
        words=words,
        outline=True,
        ring_share=min(1.0, state.held_s / settings.hold_s),
        countdown_s=whole_seconds(settings.hold_s - state.held_s),
    )


def numbers(state: HoldState, settings: HoldSettings) -> Numbers:
    """What is recorded of the trial (docs/exercises.md)."""
    return {
        "asked_s": rounded(settings.hold_s),
        "reached": state.reached_s is not None,
        "time_to_neutral_s": rounded(state.reached_s) if settings.cues else None,
        "held_s": rounded(state.held_s),
        "longest_s": rounded(state.longest_s),
        "in_tolerance_s": rounded(state.inside_s),
        "measured_s": rounded(state.measured_s),
        "in_tolerance_share": rounded(time_in_tolerance(state.inside_s, state.measured_s - state.inside_s)),
        "leaves": state.leaves,
        "mean_deviation_deg": rounded(state.deviation_sum_deg / state.frames) if state.frames else None,
    }
