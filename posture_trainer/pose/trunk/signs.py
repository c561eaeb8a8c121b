"""When the body is to be told something, and what: one thing at a time, and only while the head is straight. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from posture_trainer.pose.trunk.follow import TrunkSample

_ONSET_S = 2.0  # beyond a limit for so long: the trunk is slow, and so is what measures it
_BACK_SHARE = 0.6  # of the limit: below it the sign goes
_OUT_OF_VIEW_S = 5.0


class BodySign(StrEnum):
    """What the body is told: the way back."""

    BODY_LEFT = "body_left"
    BODY_RIGHT = "body_right"
    LEFT_SHOULDER = "left_shoulder"
    RIGHT_SHOULDER = "right_shoulder"


@dataclass(frozen=True)
class TrunkLimits:
    """How far is still fine, in degrees: the trunk's turn, and the line of the shoulders, to either side."""

    rotation_deg: float = 8.0
    line_deg: float = 6.0


class BodySigns:
    """Follows a trunk. limits: None: nothing is ever told."""

    def __init__(self, limits: TrunkLimits | None) -> None:
        self._limits = limits
        self._since: dict[BodySign, float] = {}
        self._shown: BodySign | None = None
        self._unseen_s: float | None = None
        self._told = False

    def after(self, t_s: float, head_straight: bool, trunk: TrunkSample | None) -> BodySign | None:
        """The sign at `t_s` (seconds, growing); None while the head is not straight: the head comes first."""
        figures = trunk.figures if trunk is not None else None
        if self._limits is None or figures is None:
            self._since, self._shown = {}, None
            return None
        shares = _shares(figures.trunk_rotation_deg, figures.shoulder_line_deg, self._limits)
        kept = {sign: self._since.get(sign, t_s) for sign, share in shares.items() if share > 1}
        self._since = kept
        if self._shown is not None and shares[self._shown] < _BACK_SHARE:
            self._shown = None
        if self._shown is None:
            due = [sign for sign, since_s in kept.items() if t_s - since_s >= _ONSET_S]
            self._shown = due[0] if due else None
        return self._shown if head_straight else None

    def sit_back(self, t_s: float, trunk: TrunkSample | None) -> bool:
        """Whether to say now that the shoulders are not in the picture: once, when it has been so for a while."""
        if self._limits is None or self._told or trunk is None or trunk.in_view:
            self._unseen_s = None
            return False
        self._unseen_s = t_s if self._unseen_s is None else self._unseen_s
        self._told = t_s - self._unseen_s >= _OUT_OF_VIEW_S
        return self._told


def _shares(rotation_deg: float, line_deg: float, limits: TrunkLimits) -> dict[BodySign, float]:
    """How far out, as shares of the limits; the body's turn before a shoulder."""
    return {
        BodySign.BODY_LEFT: rotation_deg / limits.rotation_deg,
        BodySign.BODY_RIGHT: -rotation_deg / limits.rotation_deg,
        BodySign.RIGHT_SHOULDER: line_deg / limits.line_deg,
        BodySign.LEFT_SHOULDER: -line_deg / limits.line_deg,
    }
