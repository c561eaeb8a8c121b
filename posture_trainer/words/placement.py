"""What is said while a place before the camera is sought, and of a neutral that went on without. Pure."""

from collections.abc import Sequence

from posture_trainer.pose.neutral.placement import Advice
from posture_trainer.pose.quality import HINTS, Quality

WORDS = {
    Advice.NO_FACE: "I can't see your face yet. Sit in front of the camera, with light on your face.",
    Advice.ONE_PERSON: "I see two faces. Only yours should be in the picture.",
    Advice.UPSIDE_DOWN: HINTS[Quality.UPSIDE_DOWN],
    Advice.LIGHT: "Please put more light on your face",
    Advice.UNCOVER: "Is something before your face? Please take it away for a moment.",
    Advice.BACK: "Move back a little",
    Advice.CLOSER: "Come a little closer",
    Advice.LEFT: "Move a little to your left, to the middle",
    Advice.RIGHT: "Move a little to your right, to the middle",
    Advice.SCREEN_UP: "Raise the screen a little, or sit lower",
    Advice.SCREEN_DOWN: "Lower the screen a little, or sit higher",
    Advice.FACE_CAMERA: "Turn the screen so that it faces you",
    Advice.SLOW: "The pictures come too slowly. Close other programs, or let in more light.",
}
_LACKS = {
    Advice.NO_FACE: "I can't see your face",
    Advice.ONE_PERSON: "there is a second face",
    Advice.UPSIDE_DOWN: "the picture is upside down",
    Advice.LIGHT: "there is little light on your face",
    Advice.UNCOVER: "something seems to be before your face",
    Advice.BACK: "your face is very near",
    Advice.CLOSER: "your face is far away",
    Advice.LEFT: "your face is not in the middle",
    Advice.RIGHT: "your face is not in the middle",
    Advice.SCREEN_UP: "your face is high in the picture",
    Advice.SCREEN_DOWN: "your face is low in the picture",
    Advice.FACE_CAMERA: "your face is turned far from the camera",
    Advice.SLOW: "the pictures come slowly",
}


def going_on_words(lacking: Sequence[Advice]) -> str:
    """What is said when it goes on regardless, and kept as the reason; "" when nothing lacks."""
    return f"I'll go on as it is, although {lacking_words(lacking)}. The angles may be less exact." if lacking else ""


def lacking_words(lacking: Sequence[Advice]) -> str:
    """What a neutral lacks: "there is little light on your face and your face is far away"; "" for nothing."""
    lacks = list(dict.fromkeys(_LACKS[advice] for advice in lacking))
    return " and ".join([", ".join(lacks[:-1]), lacks[-1]] if len(lacks) > 1 else lacks)
