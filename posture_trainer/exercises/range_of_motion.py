"""Range: slowly as far as is comfortable in one direction, and back. Nothing asks for more than comes by itself."""

from dataclasses import dataclass, replace

from posture_trainer.exercises.exercise_view import ExerciseView, Gauge
from posture_trainer.exercises.trial import NOTHING, ROUNDING_S, Ending, Numbers, Outcome, TrialSample, rounded
from posture_trainer.pose.directions import Direction, towards_deg
from posture_trainer.pose.quality import FURTHEST_TURN_DEG
from posture_trainer.words.phrases import PHRASES

_LEAST_DEG = 5.0  # less is not yet a movement
_NEW_DEG = 2.0  # the head still moves outwards as long as it gains this much ...
_STAY_S = 1.5  # ... within this time, so that nobody stays at the far end for more than 3 s
_OUT_LIMIT_S = 10.0
_BACK_LIMIT_S = 8.0
_BACK_SHARE = 0.4
_KEPT_S = 0.2  # an angle counts when it was kept for so long: a single wrong picture is no range
_LOST_S = 1.0  # a face that is gone for longer on its way out has turned further than the camera sees
_LOST_BEYOND_DEG = 25.0  # ... if it was last seen this far out


@dataclass(frozen=True)
class RangeSettings:
    """One direction. limit_deg: nobody is asked to go further; from there it is back."""

    direction: Direction = Direction.ROTATION_RIGHT
    limit_deg: float = FURTHEST_TURN_DEG


@dataclass(frozen=True)
class RangeState:
    """phase_s: into the way out, or back. mark_deg, since_mark_s: the last real gain and the time since it.
    recent: phase_s and angle of the last moments, at least `_KEPT_S` of them once they are there."""

    back: bool = False
    phase_s: float = 0.0
    now_deg: float | None = None
    recent: tuple[tuple[float, float], ...] = ()
    farthest_deg: float = 0.0
    mark_deg: float = 0.0
    since_mark_s: float = 0.0
    lost_s: float = 0.0
    lost_outside: bool = False
    at_limit: bool = False


def opening(settings: RangeSettings) -> str:
    """The phrase that begins the trial."""
    return f"range_{settings.direction}"


def step(state: RangeState, settings: RangeSettings, sample: TrialSample) -> tuple[RangeState, Outcome]:
    """One moment on."""
    phase_s = state.phase_s + sample.dt_s
    now_deg = towards_deg(sample.angles, settings.direction) if sample.angles else None
    lost_s = 0.0 if now_deg is not None else state.lost_s + sample.dt_s
    recent = _recent(state.recent, phase_s, now_deg)
    farthest_deg = state.farthest_deg
    if recent and phase_s - recent[0][0] >= _KEPT_S - ROUNDING_S:
        farthest_deg = max(farthest_deg, min(angle_deg for _, angle_deg in recent))
    state = replace(state, phase_s=phase_s, now_deg=now_deg, recent=recent, lost_s=lost_s, farthest_deg=farthest_deg)
    if state.back:
        home = now_deg is not None and now_deg <= max(_LEAST_DEG, _BACK_SHARE * farthest_deg)
        if home or phase_s >= _BACK_LIMIT_S:
            ending = Ending.DONE if farthest_deg >= _LEAST_DEG else Ending.NOT_REACHED
            return state, Outcome(sound="trial_done", ending=ending)
        return state, NOTHING
    if farthest_deg >= state.mark_deg + _NEW_DEG:
        state = replace(state, mark_deg=farthest_deg, since_mark_s=0.0)
    else:
        state = replace(state, since_mark_s=state.since_mark_s + sample.dt_s)
    lost_outside = lost_s >= _LOST_S and farthest_deg >= _LOST_BEYOND_DEG
    stayed = farthest_deg >= _LEAST_DEG and state.since_mark_s >= _STAY_S and now_deg is not None
    far_enough = now_deg is not None and now_deg >= settings.limit_deg
    if lost_outside or stayed or far_enough or phase_s >= _OUT_LIMIT_S:
        back = replace(state, back=True, phase_s=0.0, recent=(), lost_outside=lost_outside, at_limit=far_enough)
        return back, Outcome(say="range_back")
    return state, NOTHING


def _recent(
    recent: tuple[tuple[float, float], ...], phase_s: float, now_deg: float | None
) -> tuple[tuple[float, float], ...]:
    """The moments up to now, without those that are not needed to cover the time an angle must be kept."""
    if now_deg is None:
        return ()
    recent = (*recent, (phase_s, now_deg))
    while len(recent) > 2 and phase_s - recent[1][0] >= _KEPT_S - ROUNDING_S:
        recent = recent[1:]
    return recent


def view(state: RangeState, settings: RangeSettings) -> ExerciseView:
    """What to draw."""
    words = PHRASES["range_back" if state.back else f"range_{settings.direction}"]
    gauge = Gauge(settings.direction, state.now_deg, None, None)
    return ExerciseView("range", words=words, arrow=None if state.back else settings.direction, gauge=gauge)


def numbers(state: RangeState, settings: RangeSettings) -> Numbers:
    """What is recorded of the trial (docs/exercises.md)."""
    return {
        "direction": settings.direction.value,
        "farthest_deg": rounded(state.farthest_deg),
        "at_limit": state.at_limit,
        "beyond_camera": state.lost_outside or state.farthest_deg > FURTHEST_TURN_DEG,
    }
