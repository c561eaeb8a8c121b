"""A nearer aim for today, where a hold has been out of reach for a while: half way from where the head comes by itself.

It is made by the tolerance on the side of the pull alone, which becomes so much wider; the target stays. So a head that
comes straighter than the nearer aim is never cued away from straight, and the trial's event tells the edges that were
in force. Pure but for what it remembers.
"""

from collections import deque
from dataclasses import dataclass, replace
from statistics import median

from posture_trainer.exercises.guided_records import GuidedSession, Phase, SessionState
from posture_trainer.feedback import FeedbackSample, FeedbackSettings, Tolerances
from posture_trainer.plans.fields import LARGEST_TOLERANCE_DEG
from posture_trainer.plans.limits import within_limits
from posture_trainer.pose.target import Target

OUT_OF_REACH_S, ANSWER_S, LATELY_S = 30.0, 10.0, 10.0
OFFER = "A nearer step for today? Y: yes. N: no. Without an answer we take it."
TAKEN = "Half way is enough today. Bring your face into the nearer outline."
_AXES = (
    ("rotation_deg", "rotation_right_deg", "rotation_left_deg"),
    ("tilt_deg", "tilt_right_deg", "tilt_left_deg"),
    ("flexion_deg", "flexion_deg", "extension_deg"),
)
_LEAST_DEG = 2.0


@dataclass(frozen=True)
class NearerAim:
    """aim: in the middle between the head and the target, degrees from neutral. tolerances: with those of the side of
    the pull so much wider."""

    aim: Target
    tolerances: Tolerances


def nearer_aim(settings: FeedbackSettings, head: Target) -> NearerAim | None:
    """The aim half way from where the head comes to the target; None where the head is not out on any axis."""
    aim, tolerances, out = settings.target, settings.tolerances, False
    for axis, plus, minus in _AXES:
        half_deg = (getattr(head, axis) - getattr(settings.target, axis)) / 2
        side = plus if half_deg > 0 else minus
        known_deg = getattr(tolerances, side)
        if 2 * abs(half_deg) <= known_deg or abs(half_deg) < _LEAST_DEG:
            continue
        out = True
        aim = replace(aim, **{axis: getattr(settings.target, axis) + half_deg})
        tolerances = replace(tolerances, **{side: min(LARGEST_TOLERANCE_DEG, known_deg + abs(half_deg))})
    return NearerAim(within_limits(aim), tolerances) if out else None


def with_nearer(session: GuidedSession, block: int, nearer: NearerAim) -> GuidedSession:
    """The session with these tolerances in the holds of that block."""
    trials = [
        replace(each, feedback=replace(each.feedback, tolerances=nearer.tolerances))
        if each.kind == "hold" and each.block == block
        else each
        for each in session.trials
    ]
    return replace(session, trials=tuple(trials))


class Reach:
    """Watches whether a hold is out of reach, and for how long an offer has stood."""

    def __init__(self) -> None:
        self._heads: deque[tuple[float, Target]] = deque()
        self._offered_s: float | None = None
        self._settled = False

    @property
    def offered(self) -> bool:
        """Whether an offer stands."""
        return self._offered_s is not None

    def see(self, seen: FeedbackSample) -> None:
        """Where the head is."""
        if seen.angles is not None and seen.trusted and not seen.paused:
            angles = seen.angles
            limited = (
                max(-30.0, min(30.0, each)) for each in (angles.rotation_deg, angles.tilt_deg, angles.flexion_deg)
            )
            self._heads.append((seen.t_s, Target(*limited)))
        while self._heads and self._heads[0][0] < seen.t_s - LATELY_S:
            self._heads.popleft()

    def due(self, t_s: float, state: SessionState, session: GuidedSession) -> str:
        """What is to be done now: "offer", "take", or nothing. Once for a block that is out of reach."""
        trial = session.trials[state.index]
        trying = (
            trial.kind == "hold" and trial.cues and state.phase is Phase.TRIAL and not state.halt and not state.ended
        )
        if self._offered_s is not None:
            if not trying:
                self._offered_s = None
            elif t_s - self._offered_s >= ANSWER_S:
                return "take"
            return ""
        if not self._settled and trying and state.out_s >= OUT_OF_REACH_S:
            self._offered_s = t_s
            return "offer"
        return ""

    def answer(self) -> None:
        """It was taken, or not wanted."""
        self._offered_s, self._settled = None, True

    def head(self) -> Target | None:
        """Where the head came by itself lately: the middle of each axis."""
        if not self._heads:
            return None
        axes = zip(*((head.rotation_deg, head.tilt_deg, head.flexion_deg) for _, head in self._heads), strict=True)
        return Target(*(median(axis) for axis in axes))
