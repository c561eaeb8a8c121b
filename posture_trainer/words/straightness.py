"""How straight a neutral looks, in words for the patient. Pure."""

from collections.abc import Sequence

from posture_trainer.pose.neutral.attitude import Attitude, AttitudeLimits

QUESTION = "Is this as straight as you can hold it today?"
YES, AGAIN = "Yes, this is my straightest", "Try again"
_VERBS = {"turn": "turned", "tilt": "tilted"}


def looks_words(attitude: Attitude, limits: AttitudeLimits) -> str:
    """What is out: "Your head looks turned about 22° to your right."; "" when it passes for straight."""
    out = limits.out(attitude)
    if not out:
        return ""
    return f"Your head looks {_joined([_part(attitude, axis) for axis in out])}."


def question_words(attitude: Attitude, limits: AttitudeLimits) -> str:
    """The whole question; "" when there is nothing to ask."""
    looks = looks_words(attitude, limits)
    return f"{looks} {QUESTION}" if looks else ""


def straightness_words(attitude: Attitude, limits: AttitudeLimits) -> str:
    """A line for a report or a list: "passes for straight"; or "turned about 22° to your right" without a sentence."""
    out = limits.out(attitude)
    return _joined([_part(attitude, axis) for axis in out]) if out else "passes for straight"


def _part(attitude: Attitude, axis: str) -> str:
    angle_deg = attitude.of(axis)
    size = f"about {abs(round(angle_deg))}°"
    if axis == "nod":
        return f"{'bent down' if angle_deg > 0 else 'bent back'} {size}"
    return f"{_VERBS[axis]} {size} to your {'right' if angle_deg > 0 else 'left'}"


def _joined(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]
