"""How straight a neutral looks, in words for the patient. Pure."""

from collections.abc import Sequence

from posture_trainer.pose.neutral.attitude import Attitude, AttitudeLimits, stored_attitude
from posture_trainer.pose.neutral.baseline import Baseline
from posture_trainer.pose.neutral.placement import Advice
from posture_trainer.words.placement import going_on_words

QUESTION = "Is this as straight as you can hold it today?"
YES, AGAIN = "Yes, this is my straightest", "Try again"
YES_STEP = "Yes, and guide me a step towards straight"
WAITING = "Or just wait: I'll go on from here, as your start position."
NOT_CONFIRMED = "It is your start position for now, not your straight position."
_VERBS = {"turn": "turned", "tilt": "leaning"}


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


def start_position_words(baseline: Baseline, limits: AttitudeLimits | None = None) -> str:
    """That a baseline is not straight, as it is told where nobody is asked; "" for one that passes for straight."""
    attitude = stored_attitude(baseline)
    if attitude is None or not baseline.is_start_position:
        return ""
    looks = looks_words(attitude, limits or AttitudeLimits())
    return f"{looks} {NOT_CONFIRMED}".strip()


def baseline_title(baseline: Baseline) -> str:
    """What a baseline is called where it is stored and shown."""
    return "Start position" if baseline.is_start_position else "Neutral position"


def baseline_notes(baseline: Baseline) -> list[str]:
    """What a reader of a session must know of its baseline, a sentence or two each."""
    notes = [going_on_words([Advice(name) for name in baseline.lacking if name in set(Advice)])]
    attitude = stored_attitude(baseline)
    if attitude is not None and baseline.is_start_position:
        how = (
            "The patient said it was the straightest." if baseline.confirmed_as_straightest else "Nobody confirmed it."
        )
        size = straightness_words(attitude, AttitudeLimits())
        notes.append(f"The baseline is a start position and no straight neutral: {size}. {how}")
    if baseline.restless:
        notes.append(f"The head wandered by {baseline.slow_deg or baseline.spread_deg:.1f}° while it was recorded.")
    return [note for note in notes if note]


def _part(attitude: Attitude, axis: str) -> str:
    angle_deg = attitude.of(axis)
    size = f"about {abs(round(angle_deg))}°"
    if axis == "nod":
        return f"{'bent down' if angle_deg > 0 else 'bent back'} {size}"
    return f"{_VERBS[axis]} {size} to your {'right' if angle_deg > 0 else 'left'}"


def _joined(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]
