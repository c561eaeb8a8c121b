"""What the place is called that a session keeps to: straight, or a start position that is not straight. Pure.

A start position that is not straight is nobody's neutral, and is never called straight.
"""

from dataclasses import dataclass

from posture_trainer.pose.neutral.baseline import Baseline
from posture_trainer.pose.target import NEUTRAL
from posture_trainer.words.felt import STRAIGHT
from posture_trainer.words.phrases import HOLD_TEST_GOAL, HOLD_TEST_HANDS, PHRASES


@dataclass(frozen=True)
class KeptPlace:
    """key: in a session's summary. at: being there, within a sentence. praised: whether keeping to it is an
    achievement, to be told as a time with a tick, or as a picture."""

    key: str
    at: str
    praised: bool = True


IN_NEUTRAL = KeptPlace("neutral", "straight")
AT_START = KeptPlace("start position", "at your start position", praised=False)
AT_TARGET = KeptPlace("target", "on your target")

_HOLD_TEST_GOAL = "Bring your face into the outline and keep it there."
_BESIDE_START = {  # what is shown instead, where straight is spoken of
    HOLD_TEST_GOAL: _HOLD_TEST_GOAL,
    PHRASES["hold_test"]: f"{_HOLD_TEST_GOAL} {HOLD_TEST_HANDS}",
    PHRASES["hold_without"]: "Now without the mirror. Hold your head where you began.",
    PHRASES["position_back"]: "And back to where you began. Then hold still.",
    PHRASES["how_far_off"]: "How did your head feel: in place, a little off, or far off?",
}
# What is spoken instead, None for nothing: but for who has the eyes closed, and must hear what to do.
_SPOKEN_BESIDE_START = {"hold_test": "hold", "hold_without": None, "how_far_off": None}


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
    if words == STRAIGHT:
        return place.at
    return (
        _BESIDE_START.get(words, words)
        .replace(f"felt {STRAIGHT}", f"felt {place.at}")
        .replace(f"were {STRAIGHT}", f"were {place.at}")
    )


def spoken_of(place: KeptPlace, phrase: str) -> str | None:
    """The phrase to be spoken instead of that one; None for silence. Both are keys of PHRASES."""
    return phrase if place == IN_NEUTRAL else _SPOKEN_BESIDE_START.get(phrase, phrase)
