"""What is heard on the mirror, one by one: each tone with its words, and a try to find it by ear. Pure."""

from posture_trainer.feedback import Cue
from posture_trainer.pages.front.page import Button, PageView, Tiles, Words, back_to
from posture_trainer.spoken_way import phrase_of
from posture_trainer.words.directions import SPOKEN_WAY, TONE_LINES

SOUNDS, FIND = "sounds", "find one"
WORDS_AFTER_S = 0.7  # the tone first, then what it means
TONES: dict[str, str] = {**{cue.value: phrase_of(cue) for cue in SPOKEN_WAY}, "regained": "way_hold"}
"""Each tone of this page with the phrase that is spoken after it."""
_NAMES = {**{cue.value: words.rstrip(".") for cue, words in SPOKEN_WAY.items()}, "regained": "Straight again"}
_ASKED = (Cue.TILT_RIGHT, Cue.TURN_LEFT, Cue.CHIN_DOWN, Cue.TURN_RIGHT, Cue.TILT_LEFT, Cue.CHIN_UP)


def asked_at(number: int) -> str:
    """The tone that is to be found the number-th time, counted from 0."""
    return _ASKED[number % len(_ASKED)].value


def sounds_view(lit: str = "", asked: str = "", found: str = "") -> PageView:
    """The page. lit: the tone that was heard last. asked: the one to be found, '' for none. found: what was taken for
    it, '' before that."""
    lines = (_answer(asked, found), TONE_LINES[0]) if asked else TONE_LINES
    buttons = tuple(Button(name, words) for name, words in _NAMES.items())
    return PageView(
        "What you hear",
        (Words(lines, size="body"), Tiles(buttons, columns=2, tall=72, lit=lit)),
        back=back_to("Back"),
        main=Button(FIND, "Find one by ear", short="Find one", sign="play"),
    )


def _answer(asked: str, found: str) -> str:
    if not found:
        return "Which one was that?"
    return "Yes, that was it." if found == asked else f"It was: {_NAMES[asked].lower()}. Hear it again."
