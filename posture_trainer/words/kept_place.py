"""What the place is called that a session keeps to: neutral, or a start position that is not straight. Pure.

A start position that is not straight is nobody's neutral, and being there earns no praise.
"""

from dataclasses import dataclass

from posture_trainer.pose.neutral.baseline import Baseline
from posture_trainer.pose.target import NEUTRAL
from posture_trainer.words.phrases import PHRASES


@dataclass(frozen=True)
class KeptPlace:
    """key: in a session's summary. at: "in neutral", within a sentence. name: of what the angles are from. praised:
    whether keeping to it is an achievement, to be told as a share, a tick or a "well done"."""

    key: str
    at: str
    name: str
    praised: bool = True


IN_NEUTRAL = KeptPlace("neutral", "in neutral", "neutral")
AT_START = KeptPlace("start position", "at your start position", "your start position", praised=False)
AT_TARGET = KeptPlace("target", "on your target", "your start position")

_BESIDE_START = {  # what is shown instead, where neutral or straight is spoken of
    PHRASES["hold_test"]: "Bring your face into the outline and keep it there. No hands.",
    PHRASES["hold_without"]: "Now without the mirror. Hold your head where you began.",
    PHRASES["position_back"]: "And back to where you began. Then hold still.",
}
# What is spoken instead, None for nothing: but for who has the eyes closed, and must hear what to do.
_SPOKEN_BESIDE_START = {"hold_test": "hold", "hold_without": None}


def place_called(key: str) -> KeptPlace:
    """The place of that key; neutral for one that is not known."""
    return next((place for place in (AT_START, AT_TARGET) if place.key == key), IN_NEUTRAL)


def kept_place(baseline: Baseline | None) -> KeptPlace:
    """What to call the place that a session with that baseline, and its target, keeps to."""
    if baseline is None or not baseline.is_start_position:
        return IN_NEUTRAL
    return AT_START if baseline.target in (None, NEUTRAL) else AT_TARGET


def said_of(place: KeptPlace, words: str) -> str:
    """Words of an exercise, where what they call straight is no more than that place."""
    if place == IN_NEUTRAL:
        return words
    return _BESIDE_START.get(words, words).replace("from straight", f"from {place.name}")


def spoken_of(place: KeptPlace, phrase: str) -> str | None:
    """The phrase to be spoken instead of that one; None for silence. Both are keys of PHRASES."""
    if place == IN_NEUTRAL:
        return phrase
    if phrase == "hold_done":
        return phrase if place.praised else None
    return _SPOKEN_BESIDE_START.get(phrase, phrase)
