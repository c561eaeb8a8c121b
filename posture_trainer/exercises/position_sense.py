"""Position sense (joint position error): turn away and come back to the felt neutral, with the eyes closed.

The return is confirmed by holding still, never by a key. Start and return are postures averaged over one second, and
the head is still when that average is: a tremor neither hinders the measurement nor shifts it. The error is the angle
on the trial's own axis between the two; the radial error is over all three axes.
"""

import math
from dataclasses import dataclass, replace
from enum import StrEnum

from posture_trainer.exercises.exercise_view import ExerciseView, Gauge
from posture_trainer.exercises.trial import NOTHING, ROUNDING_S, Ending, Numbers, Outcome, TrialSample, rounded
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.directions import Direction, axis_deg, sign
from posture_trainer.pose.last_second import LastSecond
from posture_trainer.words.phrases import PHRASES

_STRAIGHT_S = 1.5  # within the tolerance for this long before the eyes are closed
_STRAIGHT_LIMIT_S = 12.0  # then the trial begins from where the head is
_CLOSE_S = 4.0  # to hear the words and close the eyes; the start is the mean of the last second of it
_WAY_LIMIT_S = 10.0  # away, and back again
_CLOSED_LIMIT_S = 20.0  # nobody has the eyes closed for longer
_WARN_DEG, _END_DEG = 5.0, 15.0  # so far beyond the marked angle a second tone, and the end
_LOST_S = 1.0  # a face that is gone for longer has turned further than the camera sees
_BACK_SHARE = 0.5  # still counts only when the head has come back at least this share of the way it went


class Phase(StrEnum):
    """The parts of a trial."""

    STRAIGHT = "straight"
    CLOSE = "close"
    AWAY = "away"
    BACK = "back"


@dataclass(frozen=True)
class PositionSenseSettings:
    """turn_deg: the marked angle. still_deg: a head whose average moves no further than this
    from where it was is still."""

    direction: Direction = Direction.ROTATION_RIGHT
    turn_deg: float = 30.0
    still_s: float = 1.5
    still_deg: float = 2.5


@dataclass(frozen=True)
class PositionSenseState:
    """phase_s: into the phase. inside_s: in tolerance so far. posture: of the last second. start, back: where it
    began and came back to, such averages. anchor_deg, still_s: where the average has been still, and for how long.

    lost_s: without a face. closed_s: with closed eyes. warned: the second tone has sounded. too_far: the head went on
    all the same.
    """

    phase: Phase = Phase.STRAIGHT
    phase_s: float = 0.0
    inside_s: float = 0.0
    posture: LastSecond = LastSecond()
    start: HeadAngles | None = None
    farthest_deg: float = 0.0
    anchor_deg: float | None = None
    still_s: float = 0.0
    back: HeadAngles | None = None
    lost_s: float = 0.0
    closed_s: float = 0.0
    warned: bool = False
    too_far: bool = False


def eyes_closed(state: PositionSenseState) -> bool:
    """Whether the patient has the eyes closed, so that nothing but sound can tell anything."""
    return state.phase is not Phase.STRAIGHT


def opening(_settings: PositionSenseSettings) -> str:
    """The phrase that begins the trial."""
    return "position_straight"


def step(
    state: PositionSenseState, settings: PositionSenseSettings, sample: TrialSample
) -> tuple[PositionSenseState, Outcome]:
    """One moment on."""
    dt_s = sample.dt_s
    state = replace(
        state,
        phase_s=state.phase_s + dt_s,
        lost_s=state.lost_s + dt_s if sample.angles is None else 0.0,
        closed_s=state.closed_s + dt_s if eyes_closed(state) else 0.0,
    )
    strayed = _strayed(state, settings, sample.angles)
    if strayed is not None:
        return strayed
    match state.phase:
        case Phase.STRAIGHT:
            return _straight(state, sample)
        case Phase.CLOSE:
            return _close(state, settings, sample)
        case Phase.AWAY:
            return _away(state, settings, sample.angles)
        case Phase.BACK:
            return _back(state, settings, sample)


def _strayed(
    state: PositionSenseState, settings: PositionSenseSettings, angles: HeadAngles | None
) -> tuple[PositionSenseState, Outcome] | None:
    """The end of a trial whose head went on beyond the tones, or where nobody sees it any more, or whose eyes have been
    closed for long enough; None while all is well.

    Nothing is asked again of a head that went on: whether its tones are heard has to be asked first.
    """
    long = state.closed_s >= _CLOSED_LIMIT_S
    enough = (state, Outcome("position_open", "eyes_open", Ending.VOID)) if long else None
    if state.phase not in (Phase.AWAY, Phase.BACK):
        return enough
    gone_deg = _gone_deg(state, settings, angles)
    if gone_deg is None:
        lost = state.lost_s >= _LOST_S - ROUNDING_S
        far = state.farthest_deg >= settings.turn_deg
        ending = Ending.NOT_REACHED if far else Ending.VOID
        return (replace(state, too_far=far), Outcome("position_open", "eyes_open", ending)) if lost else enough
    if -settings.turn_deg < gone_deg < settings.turn_deg + _END_DEG:
        return enough
    state = replace(state, too_far=True, farthest_deg=max(state.farthest_deg, gone_deg))
    return state, Outcome("position_open", "eyes_open", Ending.NOT_REACHED)


def _straight(state: PositionSenseState, sample: TrialSample) -> tuple[PositionSenseState, Outcome]:
    inside_s = state.inside_s + sample.dt_s if sample.inside else 0.0
    if inside_s >= _STRAIGHT_S - ROUNDING_S or state.phase_s >= _STRAIGHT_LIMIT_S:
        return PositionSenseState(Phase.CLOSE), Outcome(say="position_close")
    return replace(state, inside_s=inside_s), NOTHING


def _close(
    state: PositionSenseState, settings: PositionSenseSettings, sample: TrialSample
) -> tuple[PositionSenseState, Outcome]:
    state = replace(
        state, posture=LastSecond() if sample.angles is None else state.posture.after(sample.dt_s, sample.angles)
    )
    if state.phase_s < _CLOSE_S or not state.posture.full:
        return state, NOTHING
    away = PositionSenseState(Phase.AWAY, start=state.posture.mean, closed_s=state.closed_s)
    return away, Outcome(say=f"position_{settings.direction}")


def _away(
    state: PositionSenseState, settings: PositionSenseSettings, angles: HeadAngles | None
) -> tuple[PositionSenseState, Outcome]:
    gone_deg = _gone_deg(state, settings, angles)
    if gone_deg is not None:
        state = replace(state, farthest_deg=max(state.farthest_deg, gone_deg))
        if gone_deg >= settings.turn_deg:
            back = replace(state, phase=Phase.BACK, phase_s=0.0)
            return back, Outcome(say="position_back", sound="turning_point")
    if state.phase_s >= _WAY_LIMIT_S:
        return state, Outcome(say="position_open", sound="eyes_open", ending=Ending.NOT_REACHED)
    return state, NOTHING


def _back(
    state: PositionSenseState, settings: PositionSenseSettings, sample: TrialSample
) -> tuple[PositionSenseState, Outcome]:
    if state.phase_s >= _WAY_LIMIT_S:
        return state, Outcome(say="position_open", sound="eyes_open", ending=Ending.VOID)
    gone_deg = _gone_deg(state, settings, sample.angles)
    if gone_deg is None:
        return replace(state, posture=LastSecond(), anchor_deg=None, still_s=0.0), NOTHING
    farthest_deg = max(state.farthest_deg, gone_deg)
    state = replace(state, farthest_deg=farthest_deg, posture=state.posture.after(sample.dt_s, sample.angles))
    if gone_deg >= settings.turn_deg + _WARN_DEG and not state.warned:
        return replace(state, warned=True), Outcome(sound="turn_back")
    come_back = gone_deg <= state.farthest_deg * (1 - _BACK_SHARE)
    if not come_back or not state.posture.full:
        return replace(state, anchor_deg=None, still_s=0.0), NOTHING
    now_deg = axis_deg(state.posture.mean, settings.direction)
    if state.anchor_deg is None or abs(now_deg - state.anchor_deg) > settings.still_deg:
        return replace(state, anchor_deg=now_deg, still_s=0.0), NOTHING
    state = replace(state, still_s=state.still_s + sample.dt_s)
    if state.still_s < settings.still_s - ROUNDING_S:
        return state, NOTHING
    done = replace(state, back=state.posture.mean)
    return done, Outcome(say="position_open", sound="eyes_open", ending=Ending.DONE)


def _gone_deg(state: PositionSenseState, settings: PositionSenseSettings, angles: HeadAngles | None) -> float | None:
    """How far the head is from the start, in the trial's direction."""
    if angles is None or state.start is None:
        return None
    return sign(settings.direction) * (axis_deg(angles, settings.direction) - axis_deg(state.start, settings.direction))


def view(state: PositionSenseState, settings: PositionSenseSettings) -> ExerciseView:
    """What to draw: from the closing of the eyes on nothing that would help."""
    match state.phase:
        case Phase.STRAIGHT:
            return ExerciseView("position_sense", words=PHRASES["position_straight"], outline=True)
        case Phase.CLOSE:
            return ExerciseView("position_sense", words=PHRASES["position_close"], mirror=False, eyes_closed=True)
        case Phase.AWAY:
            return ExerciseView(
                "position_sense",
                words=PHRASES[f"position_{settings.direction}"],
                mirror=False,
                eyes_closed=True,
                arrow=settings.direction,
                gauge=Gauge(settings.direction, None, settings.turn_deg, None),
            )
        case Phase.BACK:
            return ExerciseView("position_sense", words=PHRASES["position_back"], mirror=False, eyes_closed=True)


def numbers(state: PositionSenseState, settings: PositionSenseSettings) -> Numbers:
    """What is recorded of the trial (docs/exercises.md)."""
    start_deg, back_deg = (
        None if posture is None else axis_deg(posture, settings.direction) for posture in (state.start, state.back)
    )
    error_deg = back_deg - start_deg if back_deg is not None and start_deg is not None else None
    return {
        "direction": settings.direction.value,
        "turn_deg": settings.turn_deg,
        "start_deg": rounded(start_deg),
        "turned_deg": rounded(state.farthest_deg),
        "too_far": state.too_far,
        "back_deg": rounded(back_deg),
        "signed_error_deg": rounded(error_deg),
        "absolute_error_deg": rounded(abs(error_deg)) if error_deg is not None else None,
        "overshoot_deg": rounded(-sign(settings.direction) * error_deg) if error_deg is not None else None,
        "radial_error_deg": rounded(_between_deg(state.start, state.back)),
    }


def _between_deg(start: HeadAngles | None, back: HeadAngles | None) -> float | None:
    """How far apart two postures are over all three axes: the root of the summed squares of the differences."""
    if start is None or back is None:
        return None
    return math.hypot(
        back.rotation_deg - start.rotation_deg, back.tilt_deg - start.tilt_deg, back.flexion_deg - start.flexion_deg
    )
