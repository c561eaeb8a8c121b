"""Stretch: a slow guided movement to the angle the therapist has set for that direction, held, and back.

The mark never goes beyond the set angle; a head that does is told "far enough".
"""

from dataclasses import dataclass

from posture_trainer.exercises.exercise_view import ExerciseView, Gauge
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
from posture_trainer.pose.directions import Direction, towards_deg
from posture_trainer.words.phrases import PHRASES

_OVER_DEG = 2.0  # further than the limit by this much is "far enough" ...
_AGAIN_S = 4.0  # ... said again after this long at the earliest
_NEAR_DEG = 5.0  # of the mark: counts as following it


@dataclass(frozen=True)
class StretchSettings:
    """limit_deg: the comfortable angle for that direction, set by the therapist. move_s: out, and again back."""

    limit_deg: float
    direction: Direction = Direction.ROTATION_RIGHT
    move_s: float = 6.0
    hold_s: float = 15.0


@dataclass(frozen=True)
class StretchState:
    """t_s: into the trial. told_s: when "far enough" was last said. was_near, was_over: at the last moment."""

    t_s: float = 0.0
    now_deg: float | None = None
    farthest_deg: float = 0.0
    near_s: float = 0.0
    over_s: float = 0.0
    was_near: bool = False
    was_over: bool = False
    told_s: float | None = None
    told: int = 0


def opening(settings: StretchSettings) -> str:
    """The phrase that begins the trial."""
    return f"stretch_{settings.direction}"


def mark_deg(settings: StretchSettings, t_s: float) -> float:
    """Where the mark is: slowly out, there for the hold, slowly back; never beyond the limit."""
    if t_s <= settings.move_s:
        return settings.limit_deg * t_s / settings.move_s
    left_s = 2 * settings.move_s + settings.hold_s - t_s
    return settings.limit_deg * min(1.0, max(0.0, left_s / settings.move_s))


def step(state: StretchState, settings: StretchSettings, sample: TrialSample) -> tuple[StretchState, Outcome]:
    """One moment on."""
    t_s = state.t_s + sample.dt_s
    now_deg = towards_deg(sample.angles, settings.direction) if sample.angles else None
    over = now_deg is not None and now_deg > settings.limit_deg + _OVER_DEG
    holding = settings.move_s <= t_s <= settings.move_s + settings.hold_s
    tell = over and (state.told_s is None or t_s - state.told_s >= _AGAIN_S)
    before_s = state.t_s
    state = StretchState(
        t_s=t_s,
        now_deg=now_deg,
        farthest_deg=max(state.farthest_deg, now_deg or 0.0),
        near_s=state.near_s + (sample.dt_s if state.was_near else 0.0),
        over_s=state.over_s + (sample.dt_s if state.was_over else 0.0),
        was_near=holding and now_deg is not None and abs(now_deg - settings.limit_deg) <= _NEAR_DEG,
        was_over=over,
        told_s=t_s if tell else state.told_s,
        told=state.told + tell,
    )
    if t_s >= 2 * settings.move_s + settings.hold_s - ROUNDING_S:
        return state, Outcome(sound="trial_done", ending=Ending.DONE)
    if tell:
        return state, Outcome(say="far_enough")
    if before_s < settings.move_s <= t_s:
        return state, Outcome(say="stretch_hold")
    if before_s < settings.move_s + settings.hold_s <= t_s:
        return state, Outcome(say="stretch_back")
    return state, NOTHING


def view(state: StretchState, settings: StretchSettings) -> ExerciseView:
    """What to draw."""
    out, held_to_s = state.t_s < settings.move_s, settings.move_s + settings.hold_s
    phrase = f"stretch_{settings.direction}" if out else "stretch_hold" if state.t_s < held_to_s else "stretch_back"
    holding = settings.move_s <= state.t_s < held_to_s
    return ExerciseView(
        "stretch",
        words=PHRASES["far_enough" if state.was_over else phrase],
        arrow=settings.direction if out and not state.was_over else None,
        gauge=Gauge(settings.direction, state.now_deg, mark_deg(settings, state.t_s), settings.limit_deg),
        countdown_s=whole_seconds(held_to_s - state.t_s) if holding else None,
    )


def numbers(state: StretchState, settings: StretchSettings) -> Numbers:
    """What is recorded of the trial (docs/exercises.md)."""
    return {
        "direction": settings.direction.value,
        "limit_deg": settings.limit_deg,
        "farthest_deg": rounded(state.farthest_deg),
        "near_limit_s": rounded(state.near_s),
        "over_limit_s": rounded(state.over_s),
        "far_enough_said": state.told,
    }
