"""Can a session's figures be believed? The signs of it, their edges and what is said of them. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from posture_trainer.course.measures import figure
from posture_trainer.course.past_session import PastSession
from posture_trainer.pose.neutral.attitude import Attitude, AttitudeLimits
from posture_trainer.pose.neutral.baseline import StoredAttitude
from posture_trainer.words.straightness import straightness_words

LOW_SHARE, LOW_RATE_HZ, LARGE_SPREAD_DEG, LARGE_OFF_SHARE = 0.9, 15.0, 2.0, 0.1


def not_straight(session: PastSession) -> str | None:
    """How far from straight the head looked in the session's neutral; "" if it passes for straight, None if that was
    not recorded."""
    return crooked_words(session.header)


def crooked_words(header: dict[str, Any]) -> str | None:
    """The same of a session's header."""
    stored = header.get("baseline")
    try:
        angles = StoredAttitude.model_validate(stored.get("attitude_deg") if isinstance(stored, dict) else None)
    except ValidationError:
        return None
    attitude, limits = Attitude(angles.turn, angles.tilt, angles.nod), AttitudeLimits()
    return straightness_words(attitude, limits) if limits.out(attitude) else ""


@dataclass(frozen=True)
class Check:
    """One sign of what data are worth. edge: beyond it they are doubtful; None: it is told, not judged.

    high: whether large values are the bad ones. remark, doubt: what to say of one session, and of several.
    """

    name: str
    unit: str
    value: Callable[[PastSession], float | None]
    edge: float | None
    high: bool
    remark: str = ""
    doubt: str = ""

    def bad(self, value: float | None) -> bool:
        """Whether such a value is doubtful."""
        return value is not None and self.edge is not None and (value > self.edge if self.high else value < self.edge)


_CARE = "low: read the rest with care"
CHECKS = (
    Check("Time with a face", "share", figure("face_share"), LOW_SHARE, False, _CARE, "little time with a face"),
    Check(
        "Frames a second", "Hz", figure("frame_rate_hz"), LOW_RATE_HZ, False, "few: short movements are missed",
        "few frames",
    ),
    Check("Frames of good quality", "share", figure("usable_share"), LOW_SHARE, False, _CARE, "few good frames"),
    Check(
        "Time off the middle", "share", figure("off_middle_share"), LARGE_OFF_SHARE, True,
        "angles say less there", "much time off the middle",
    ),
    Check("Gaps", "count", figure("gaps"), None, True),
    Check("Length of all gaps", "s", figure("gaps_s"), None, True),
    Check(
        "Spread of the baseline", "deg", lambda session: session.spread_deg, LARGE_SPREAD_DEG, True, "restless",
        "a restless baseline",
    ),
)  # fmt: skip
