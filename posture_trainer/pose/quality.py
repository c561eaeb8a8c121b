"""How far a frame's angles can be trusted, and what the patient can do about it. Pure."""

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from posture_trainer.pose.angles import Matrix
from posture_trainer.pose.face import Face

SMALLEST_WIDTH_PX = 40.0
FURTHEST_TURN_DEG = 45.0  # as the camera sees it: beyond, a webcam's head pose is off by 5 degrees and more
DARKEST = 20.0  # mean grey level of the face, 0 to 255
LONGEST_INTERVAL_S = 0.125  # eight pictures a second
UPSIDE_DOWN_DEG = 120.0  # tilted further, as the camera sees it, nobody sits in front of it
_EDGE_SHARE = 0.02  # of the picture: closer to its edge, part of the face may be outside


class Quality(StrEnum):
    """What is to be said of a frame; written to the session log."""

    GOOD = "good"
    TURNED = "turned"  # turned further than can be measured well: the side is certain, the number is not
    SMALL = "small"
    ASIDE = "aside"
    DARK = "dark"
    SLOW = "slow"
    UPSIDE_DOWN = "upside_down"  # the picture stands on its head
    JUMP = "jump"  # a step that no head can make
    DAMAGED = "damaged"  # the file is damaged here: what is seen may not be what was there
    TWO_FACES = "two_faces"  # who is the patient cannot be told
    COVERED = "covered"  # a hand, a mask or the like is in front of the face, and the angle cannot be trusted
    UNSURE_FACE = "unsure_face"  # after a loss: perhaps the patient, perhaps not
    OTHER_FACE = "other_face"  # a face, but not where and as large as the patient's, or another one in that place
    NO_FACE = "no_face"


FIT_FOR_CUES = frozenset({Quality.GOOD, Quality.TURNED})

HINTS = {
    Quality.SMALL: "Come a little closer",
    Quality.ASIDE: "Move to the middle",
    Quality.DARK: "Please put more light on your face",
    Quality.UPSIDE_DOWN: "The picture is upside down. Please turn the camera over.",
    Quality.DAMAGED: "The video is damaged here",
    Quality.SLOW: "The pictures come too slowly. Close other programs, or let in more light.",
    Quality.TWO_FACES: "I see two faces. Only yours should be in the picture.",
    Quality.COVERED: "Your hand is welcome there. I go on when I see more of your face.",
    Quality.UNSURE_FACE: "I am not sure that I see you. Look straight at the screen for a moment.",
    Quality.OTHER_FACE: "Sit as you did when we set your straight position",
}


@dataclass(frozen=True)
class Pace:
    """How fast frames come: a running mean of the time between them, in seconds."""

    last_t_s: float | None = None
    interval_s: float = 0.0

    def after(self, t_s: float) -> "Pace":
        """The pace after a frame at `t_s`; a pause of over a second starts it anew."""
        if self.last_t_s is None or t_s - self.last_t_s > 1.0:
            return Pace(t_s)
        step_s = t_s - self.last_t_s
        return Pace(t_s, step_s if self.interval_s == 0.0 else 0.9 * self.interval_s + 0.1 * step_s)


def grade(face: Face, rotation: Matrix, pace: Pace) -> Quality:
    """The quality of one tracked face. rotation: 3x3, head to camera axes."""
    if is_upside_down(rotation):
        return Quality.UPSIDE_DOWN
    if face.width_px < SMALLEST_WIDTH_PX:
        return Quality.SMALL
    inside = face.shares[:, :2]
    if inside.min() < _EDGE_SHARE or inside.max() > 1 - _EDGE_SHARE:
        return Quality.ASIDE
    if face.brightness < DARKEST:
        return Quality.DARK
    if pace.interval_s > LONGEST_INTERVAL_S:
        return Quality.SLOW
    turn_deg = abs(float(np.degrees(np.arctan2(rotation[0, 2], rotation[2, 2]))))
    return Quality.TURNED if turn_deg > FURTHEST_TURN_DEG else Quality.GOOD


def is_upside_down(rotation: Matrix) -> bool:
    """Whether a head stands on its crown in the picture. rotation: 3x3, head to camera axes."""
    across, up = float(rotation[0, 1]), float(rotation[1, 1])  # of the crown; short for a head that nods at the camera
    return math.hypot(across, up) > 0.5 and abs(math.degrees(math.atan2(across, up))) > UPSIDE_DOWN_DEG
