"""What the small sign at the desk says. Pure."""

from posture_trainer.feedback import Cue
from posture_trainer.words.directions import A_LITTLE

SIGN_WORDS = {
    "in place": "In place",
    "drifting": "Drifting",
    "away": "Away",
    "paused": "Paused",
}
CAMERA_ON = "The camera is on."
CAMERA_OFF = "The camera is off."
OPENING = "We open the camera."
TAKING = "Sit as you want to sit at work, and look at the screen."
NOT_SEEN = "We could not see you well. We try once more."
NO_CAMERA = "No picture from the camera. We try again."
HERE_TOO = "Stay as you are for a moment. You work here too."
TAKEN = "Kept: you work here too."
NOT_KEPT = "This day can't be written down. The sign goes on."
PRACTISE = "Time to practise: {plan}."
BREAKS = (
    ("shoulder blades, 20 s", "Draw your shoulder blades gently back and down. Keep breathing."),
    ("lean back, 20 s", "Rest your head against something, your arms in your lap. Breathe easily, not deep."),
)
"""Of each short break its name, and what is done in it: sentences of the exercises of those names."""
BREAK_S = 20.0
STOP_IF = "Stop if your head pulls more than before."


def reminder_words(way: Cue) -> str:
    """The way, to be told once."""
    return A_LITTLE[way]


def break_offer(number: int, unstable: bool) -> tuple[str, str]:
    """The break that is proposed as the so-many-eth of a run, counted from 0: its name, what to do. unstable: using
    the arms makes the head pull; then it is rest alone."""
    name, words = BREAKS[1 if unstable else number % len(BREAKS)]
    return name, words if unstable or number % len(BREAKS) else f"{words} {STOP_IF}"
