"""Directions in words, as the patient sees them: the one place where sides are named. Pure."""

from collections.abc import Mapping

from posture_trainer.feedback import Cue
from posture_trainer.pose.angles import AXES
from posture_trainer.pose.directions import Direction
from posture_trainer.pose.neutral.compare import PLACEMENT_DEG
from posture_trainer.pose.target import Target
from posture_trainer.pose.trunk.signs import BodySign

WAY_BACK_WORDS = {
    Cue.TURN_LEFT: "Turn your face to your left",
    Cue.TURN_RIGHT: "Turn your face to your right",
    Cue.TILT_LEFT: "Lean your head to your left, into the outline",
    Cue.TILT_RIGHT: "Lean your head to your right, into the outline",
    Cue.CHIN_UP: "Lift your chin",
    Cue.CHIN_DOWN: "Lower your chin",
}

SPOKEN_WAY = {
    Cue.TURN_LEFT: "Turn to your left.",
    Cue.TURN_RIGHT: "Turn to your right.",
    Cue.TILT_LEFT: "Lean to your left.",
    Cue.TILT_RIGHT: "Lean to your right.",
    Cue.CHIN_UP: "Lift your chin.",
    Cue.CHIN_DOWN: "Lower your chin.",
}
"""The same, short enough to be said while the head is on its way."""

TONE_LINES = ("Low to high: to your right. High to low: to your left.", "Two knocks: turn. One sliding tone: lean.")
"""What the tones of the ways mean (scripts/make_sounds.py)."""

A_LITTLE = {
    Cue.TURN_LEFT: "A little to your left",
    Cue.TURN_RIGHT: "A little to your right",
    Cue.TILT_LEFT: "Lean your head a little to your left",
    Cue.TILT_RIGHT: "Lean your head a little to your right",
    Cue.CHIN_UP: "Your chin a little up",
    Cue.CHIN_DOWN: "Your chin a little down",
}
"""At the desk, in passing."""

MOVE_WORDS = {
    Direction.ROTATION_RIGHT: "turn your face to your right",
    Direction.ROTATION_LEFT: "turn your face to your left",
    Direction.TILT_RIGHT: "bring your right ear towards your right shoulder",
    Direction.TILT_LEFT: "bring your left ear towards your left shoulder",
    Direction.FLEXION: "lower your chin",
    Direction.EXTENSION: "lift your chin",
}

DIRECTION_WORDS = {
    Direction.ROTATION_RIGHT: "turn right",
    Direction.ROTATION_LEFT: "turn left",
    Direction.TILT_RIGHT: "tilt right",
    Direction.TILT_LEFT: "tilt left",
    Direction.FLEXION: "chin down",
    Direction.EXTENSION: "chin up",
}


BODY_WORDS = {
    BodySign.BODY_LEFT: "Turn your body to the screen",
    BodySign.BODY_RIGHT: "Turn your body to the screen",
    BodySign.LEFT_SHOULDER: "Let your left shoulder sink",
    BodySign.RIGHT_SHOULDER: "Let your right shoulder sink",
}


def hand_words(hand: str, place: str) -> str:
    """A hand at the head: "your hand on your right cheek", "both hands at your head". place: '' where none is known."""
    if hand == "both":
        return "both hands at your head"
    if place in ("cheek", "temple"):
        return f"your hand on your {hand} {place}"
    return f"your {hand} hand on your {place}" if place else f"your {hand} hand at your head"


CLOSER, ALMOST = "Closer", "Almost straight"
"""On the way back."""
LEANING_WORDS = {
    Direction.ROTATION_RIGHT: "Turned right",
    Direction.ROTATION_LEFT: "Turned left",
    Direction.TILT_RIGHT: "Tilted right",
    Direction.TILT_LEFT: "Tilted left",
    Direction.FLEXION: "Chin down",
    Direction.EXTENSION: "Chin up",
}

# Of each axis the words of its - and its + end.
AXIS_ENDS = {"rotation": ("left", "right"), "tilt": ("left", "right"), "flexion": ("chin up", "chin down")}

_ENDS_OF_CHIN = {Direction.FLEXION: "down", Direction.EXTENSION: "up"}


def end_words(direction: Direction) -> str:
    """The direction where its axis is known already: "right", "left", "down" or "up"."""
    return _ENDS_OF_CHIN.get(direction) or direction.value.split("_")[1]


def side_words(axis: str, angle_deg: float) -> str:
    """The side of an angle in whole degrees: "to the right", "chin up"; "" for 0. axis: one of AXES."""
    whole = round(angle_deg)
    end = AXIS_ENDS[axis][whole > 0]
    return "" if whole == 0 else end if axis == "flexion" else f"to the {end}"


def angle_words(axis: str, angle_deg: float) -> str:
    """The angle in whole degrees, with its side: "5° to the right", "3° chin up"."""
    return f"{abs(round(angle_deg))}° {side_words(axis, angle_deg)}".strip()


def pull_words(pull: Mapping[str, float]) -> str:
    """Where a head is pulled to, the largest first: "14° to the right, 4° to the left shoulder"; "" where it is not.

    pull: of each axis the angle in degrees.
    """
    ordered = sorted((axis for axis in AXES if round(pull.get(axis, 0.0))), key=lambda axis: -abs(pull[axis]))
    return ", ".join(angle_words(axis, pull[axis]) + (" shoulder" if axis == "tilt" else "") for axis in ordered)


_GOES = {
    "rotation": ("turns about {deg}° to your left", "turns about {deg}° to your right"),
    "tilt": ("leans about {deg}° to your left", "leans about {deg}° to your right"),
    "flexion": ("tips about {deg}° up", "tips about {deg}° down"),
}
LEAST_TOLD_DEG = 2.0  # less is not worth a word, and less than a camera can tell


def drift_words(pull: Mapping[str, float]) -> str:
    """Where a head goes when it is let go, to the patient: "turns about 14° to your right and leans about 4° to your
    left"; "" where it stays. pull: of each axis the angle in degrees."""
    ordered = sorted((axis for axis in AXES if abs(pull.get(axis, 0.0)) >= LEAST_TOLD_DEG), key=lambda a: -abs(pull[a]))
    parts = [_GOES[axis][pull[axis] > 0].format(deg=abs(round(pull[axis]))) for axis in ordered]
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def target_words(target: Target) -> str:
    """Where a target is: "rotation 5° to the right, flexion 3° chin up"; "neutral" where all its angles are 0."""
    return axes_words({axis: getattr(target, f"{axis}_deg") for axis in AXES})


def axes_words(aim: Mapping[str, float]) -> str:
    """The same of angles by axis, in degrees."""
    return ", ".join(f"{axis} {angle_words(axis, deg)}" for axis, deg in aim.items() if deg) or "neutral"


def placement_words(axis: str, angle_deg: float, limit_deg: float | None = None) -> str:
    """Whether so many degrees from the last neutral may be placement. axis: a key of PLACEMENT_DEG. limit_deg: for
    neutrals that were recorded less still, the wider limit (pose/neutral/repeatability.py)."""
    limit_deg = PLACEMENT_DEG[axis] if limit_deg is None else limit_deg
    if abs(angle_deg) > limit_deg:
        return f"more than placement does (up to {limit_deg:.0f}°)"
    return f"may be placement (up to {limit_deg:.0f}°)"
