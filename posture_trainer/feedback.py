"""When does it beep, and what does it say? Every decision about cues is in this file, and only here.

`step` is pure: it takes what is known so far, the settings and one new sample, and gives back what is known
now and what the patient should see and hear. It has no clock of its own and thinks in seconds, not frames.
The rules follow bandwidth feedback: silence inside the tolerance, a cue only outside (docs/feedback.md).
"""

import math
from dataclasses import dataclass, replace
from enum import StrEnum

from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.target import NEUTRAL, Target
from posture_trainer.pose.trunk.follow import TrunkSample
from posture_trainer.pose.trunk.signs import TrunkLimits

LONGEST_GAP_S = 0.5  # samples further apart are a gap: nothing is known of it, so it counts as nothing
_ROUNDING_S = 1e-9  # sums of float steps fall a hair short of the settings
_STEADINESS = 1.25  # another axis takes over the sign when it is this much further out


class PostureState(StrEnum):
    """What the patient's head is doing, as written to the session log."""

    NEUTRAL = "neutral"
    OUT = "out"
    PAUSED = "paused"
    NO_FACE = "no_face"
    UNSURE = "unsure"


def time_in_tolerance(neutral_s: float, out_s: float) -> float | None:
    """Share of the time seen that was in tolerance, 0 to 1; None if nothing was seen.

    neutral_s, out_s: seconds in the states `neutral` and `out`, as the cues were decided. A head turned further than
    can be measured well is seen, and out. This is the one definition, for a session, a trial and many of them.
    """
    return neutral_s / (neutral_s + out_s) if neutral_s + out_s > 0 else None


class Cue(StrEnum):
    """What the patient is told: the way back to neutral."""

    TURN_LEFT = "turn_left"
    TURN_RIGHT = "turn_right"
    TILT_LEFT = "tilt_left"
    TILT_RIGHT = "tilt_right"
    CHIN_UP = "chin_up"
    CHIN_DOWN = "chin_down"


@dataclass(frozen=True)
class Tolerances:
    """How far from neutral is still fine, in degrees, for each axis and direction (all above 0)."""

    rotation_right_deg: float = 5.0
    rotation_left_deg: float = 5.0
    tilt_right_deg: float = 5.0
    tilt_left_deg: float = 5.0
    flexion_deg: float = 8.0
    extension_deg: float = 8.0


@dataclass(frozen=True)
class FeedbackSettings:
    """The tolerances and the timing of cues.

    target: where the head is to be, and what the tolerances are about; neutral unless a therapist has set another.
    regain_share: back in neutral when every axis is below this share of its tolerance (0 to 1) ...
    regain_dwell_s: ... for this long, so that a tremor across the edge is one excursion, not many.
    onset_s: outside for this long before a cue. cue_gap_s: least time from one cue to the next.
    confirm_gap_s: least time from a cue to the confirmation that neutral is regained.
    settle_s: silence after the face is seen again. longest_gap_s: samples further apart than this
    count as a face that was lost in between. trunk: how far the body may be off before it is told; None: it never is.
    """

    tolerances: Tolerances = Tolerances()
    regain_share: float = 0.7
    regain_dwell_s: float = 0.3
    onset_s: float = 0.7
    cue_gap_s: float = 2.5
    confirm_gap_s: float = 1.0
    settle_s: float = 1.0
    longest_gap_s: float = LONGEST_GAP_S
    target: Target = NEUTRAL
    trunk: TrunkLimits | None = None


@dataclass(frozen=True)
class FeedbackSample:
    """One moment. angles is None when no face was seen; t_s never decreases within a session.

    trusted: whether the angles are good enough to act on. exact: whether they are good enough to be averaged. trunk:
    shoulders and hands; None where no body was seen.
    """

    t_s: float
    angles: HeadAngles | None
    paused: bool = False
    trusted: bool = True
    exact: bool = True
    trunk: TrunkSample | None = None


@dataclass(frozen=True)
class FeedbackState:
    """What `step` remembers from one sample to the next. All times in session seconds."""

    last_t_s: float | None = None
    face_since_s: float | None = None
    excursion: bool = False  # out of tolerance and not yet properly back
    outside_s: float = 0.0  # time outside less time inside, from 0 to onset_s
    was_outside: bool = False
    back_since_s: float | None = None
    last_cue_s: float | None = None
    confirmation_due: bool = False  # a cue was given and neutral has not been confirmed since
    shown: Cue | None = None


@dataclass(frozen=True)
class Way:
    """How far the way that is shown still is: off_deg from the target on its axis, and the tolerance there."""

    off_deg: float
    tolerance_deg: float


@dataclass(frozen=True)
class Feedback:
    """What the patient should see and hear at this sample.

    cue: to be sounded now, or None. regained: neutral was regained after a cue, to be confirmed softly now.
    way_back: the sign to show, steady while the head is out.
    edge_share: how far the worst axis has gone of its tolerance (1 is the edge); None without a face.
    way: of the sign, how far; None while there is none.
    """

    state: PostureState
    cue: Cue | None
    way_back: Cue | None
    edge_share: float | None
    regained: bool = False
    way: Way | None = None


def step(state: FeedbackState, settings: FeedbackSettings, sample: FeedbackSample) -> tuple[FeedbackState, Feedback]:
    """Decide on one sample: what is known after it, and what to show and sound now."""
    t_s = sample.t_s
    elapsed_s = 0.0 if state.last_t_s is None else t_s - state.last_t_s
    if sample.angles is None or not sample.trusted:
        forgotten = FeedbackState(last_t_s=t_s, last_cue_s=state.last_cue_s)
        blind = PostureState.NO_FACE if sample.angles is None else PostureState.UNSURE
        return forgotten, Feedback(PostureState.PAUSED if sample.paused else blind, None, None, None)

    ways = ways_back(sample.angles, settings.target, settings.tolerances)
    worst, edge_share = max(ways.items(), key=lambda way: way[1])
    lapsed = elapsed_s > settings.longest_gap_s
    face_since_s = t_s if state.face_since_s is None or lapsed else state.face_since_s
    if sample.paused:
        waiting = FeedbackState(last_t_s=t_s, face_since_s=face_since_s, last_cue_s=state.last_cue_s)
        return waiting, Feedback(PostureState.PAUSED, None, None, edge_share)
    if lapsed:
        state, elapsed_s = FeedbackState(last_cue_s=state.last_cue_s), 0.0

    state = _follow_excursion(state, settings, t_s, elapsed_s, edge_share)
    settled = t_s - face_since_s >= settings.settle_s
    since_cue_s = math.inf if state.last_cue_s is None else t_s - state.last_cue_s
    pressing = settled and edge_share > 1 and state.outside_s >= settings.onset_s - _ROUNDING_S

    cue = worst if pressing and since_cue_s >= settings.cue_gap_s else None
    regained = state.confirmation_due and not state.excursion and since_cue_s >= settings.confirm_gap_s
    if cue is not None:
        state = replace(state, last_cue_s=t_s, confirmation_due=True)
    elif regained:
        state = replace(state, confirmation_due=False)
    sign = cue or _sign_to_show(state, settings, ways, worst, pressing)
    state = replace(state, face_since_s=face_since_s, shown=sign)
    posture = PostureState.OUT if state.excursion else PostureState.NEUTRAL
    return state, Feedback(
        posture, cue, state.shown, edge_share, regained, _way(state.shown, ways, settings.tolerances)
    )


def _way(shown: Cue | None, ways: dict[Cue, float], tolerances: Tolerances) -> Way | None:
    """How far the way that is shown still is."""
    if shown is None:
        return None
    tolerance_deg = float(getattr(tolerances, _TOLERANCE_OF[shown]))
    return Way(ways.get(shown, 0.0) * tolerance_deg, tolerance_deg)


_TOLERANCE_OF = {
    Cue.TURN_LEFT: "rotation_right_deg",
    Cue.TURN_RIGHT: "rotation_left_deg",
    Cue.TILT_LEFT: "tilt_right_deg",
    Cue.TILT_RIGHT: "tilt_left_deg",
    Cue.CHIN_UP: "flexion_deg",
    Cue.CHIN_DOWN: "extension_deg",
}


def ways_back(angles: HeadAngles, target: Target, tolerances: Tolerances) -> dict[Cue, float]:
    """For each axis the way back to the target, and how far it is out as a share of its tolerance."""
    ways: dict[Cue, float] = {}
    for value_deg, plus_deg, minus_deg, back_from_plus, back_from_minus in (
        (
            angles.rotation_deg - target.rotation_deg,
            tolerances.rotation_right_deg,
            tolerances.rotation_left_deg,
            Cue.TURN_LEFT,
            Cue.TURN_RIGHT,
        ),
        (
            angles.tilt_deg - target.tilt_deg,
            tolerances.tilt_right_deg,
            tolerances.tilt_left_deg,
            Cue.TILT_LEFT,
            Cue.TILT_RIGHT,
        ),
        (
            angles.flexion_deg - target.flexion_deg,
            tolerances.flexion_deg,
            tolerances.extension_deg,
            Cue.CHIN_UP,
            Cue.CHIN_DOWN,
        ),
    ):
        if value_deg >= 0:
            ways[back_from_plus] = value_deg / plus_deg
        else:
            ways[back_from_minus] = -value_deg / minus_deg
    return ways


def _follow_excursion(
    state: FeedbackState, settings: FeedbackSettings, t_s: float, elapsed_s: float, edge_share: float
) -> FeedbackState:
    """Begin or end an excursion, and keep the time outside, up to this moment.

    Time inside is taken off the time outside again, so that a tremor around the edge never adds up to a cue
    while a head that is out on average, tremor or not, does.
    """
    outside_s = state.outside_s + (elapsed_s if state.was_outside else -elapsed_s)
    outside_s = min(max(outside_s, 0.0), settings.onset_s)
    outside, excursion, back_since_s = edge_share > 1, state.excursion, None
    if outside:
        excursion = True
    elif excursion and edge_share < settings.regain_share:
        back_since_s = t_s if state.back_since_s is None else state.back_since_s
        if t_s - back_since_s >= settings.regain_dwell_s - _ROUNDING_S:
            excursion, back_since_s, outside_s = False, None, 0.0
    return replace(
        state, last_t_s=t_s, outside_s=outside_s, was_outside=outside, excursion=excursion, back_since_s=back_since_s
    )


def _sign_to_show(
    state: FeedbackState, settings: FeedbackSettings, ways: dict[Cue, float], worst: Cue, begin: bool
) -> Cue | None:
    """The sign on the screen: begins with a cue's delay, stays while the head is out, never points away."""
    if not state.excursion:
        return None
    if state.shown is None:
        return worst if begin else None
    if ways.get(state.shown, 0.0) * _STEADINESS >= ways[worst]:
        return state.shown
    return worst if ways[worst] >= settings.regain_share else None
