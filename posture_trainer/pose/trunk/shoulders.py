"""The shoulders of one frame, and what they say against their neutral. Pure geometry.

Two points in a picture do not tell how far away they are. The head does: its place in cm is known from the face, so the
shoulders are first put where they would be at the head's depth. Against the neutral, in which the same was done, the
difference is what has moved. Camera axes: x to the right of the picture (the patient's left), y up, z to the camera.
"""

from dataclasses import dataclass
from math import acos, atan2, copysign, cos, degrees, hypot, radians, sin

import numpy as np
from numpy.typing import NDArray

from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.camera_model import Camera
from posture_trainer.pose.trunk.body import LEFT_SHOULDER, RIGHT_SHOULDER, Body

Place = tuple[float, float, float]
# What MediaPipe's network makes of a lifted shoulder is too small, and of a turned trunk too large and unsteady: these
# are the factors that err least on made-up people (docs/accuracy.md, bench/trunk.py). Shoulders that are narrower by no
# more than the slack say nothing of a turn; they say how far it is only once the depths say which way (SURE_DEG).
LINE_GAIN, TURN_GAIN = 1.3, 0.57
_SLACK, _SURE_DEG = 0.02, 4.0


@dataclass(frozen=True)
class Shoulders:
    """The shoulders as they would be at the head's depth.

    line_deg: of the line from the left to the right one, + right up, in the picture. turn_deg: of that line about the
    vertical, + to the patient's right, from MediaPipe's depths. right_cm, left_cm: x and y from the head. depth_cm: of
    the head, from the camera.
    """

    line_deg: float
    turn_deg: float
    right_cm: tuple[float, float]
    left_cm: tuple[float, float]
    depth_cm: float

    @property
    def breadth_cm(self) -> float:
        """From one to the other, as seen."""
        return hypot(self.left_cm[0] - self.right_cm[0], self.left_cm[1] - self.right_cm[1])


@dataclass(frozen=True)
class TrunkFigures:
    """What the trunk does, against its neutral; signs as in docs/formats.md."""

    shoulder_line_deg: float
    trunk_rotation_deg: float
    head_shift_cm: float
    head_forward_cm: float
    neck_rotation_deg: float
    neck_tilt_deg: float

    def in_order(self) -> tuple[float, float, float, float, float, float]:
        """As the columns of samples.csv."""
        return (
            self.shoulder_line_deg,
            self.trunk_rotation_deg,
            self.head_shift_cm,
            self.head_forward_cm,
            self.neck_rotation_deg,
            self.neck_tilt_deg,
        )


def shoulders(body: Body, head_cm: Place, camera: Camera) -> Shoulders | None:
    """The shoulders of a body, with the head's place in camera axes; None where both are not seen."""
    if not body.shoulders_seen():
        return None
    points = body.points[[RIGHT_SHOULDER, LEFT_SHOULDER]]
    depth_cm = -head_cm[2]
    right, left = camera.rays(points) * depth_cm - np.array(head_cm[:2])
    across, up = left - right
    deeper = points[0, 2] - points[1, 2]
    return Shoulders(
        degrees(atan2(-up, across)),
        degrees(atan2(deeper, points[1, 0] - points[0, 0])),
        (float(right[0]), float(right[1])),
        (float(left[0]), float(left[1])),
        depth_cm,
    )


def figures(now: Shoulders, neutral: Shoulders, head: HeadAngles) -> TrunkFigures:
    """What has moved since neutral; head: the head's angles at the same time."""
    turn_deg = _turn_deg(now, neutral)
    half_cm = neutral.breadth_cm / 2
    nearer = half_cm * sin(radians(turn_deg)) / now.depth_cm  # of the shoulder that has come forward
    middle_cm = (now.right_cm[0] * (1 + nearer) + now.left_cm[0] * (1 - nearer)) / 2
    middle_then_cm = (neutral.right_cm[0] + neutral.left_cm[0]) / 2
    line_deg = LINE_GAIN * (now.line_deg - neutral.line_deg)
    breadth = now.breadth_cm / max(neutral.breadth_cm * cos(radians(turn_deg)), 1.0)
    return TrunkFigures(
        line_deg,
        turn_deg,
        middle_cm - middle_then_cm,
        now.depth_cm * (1 / breadth - 1),
        head.rotation_deg - turn_deg,
        head.tilt_deg + line_deg,
    )


def _turn_deg(now: Shoulders, neutral: Shoulders) -> float:
    """The trunk's turn: its side from the depths of the shoulders, how far it is half from these, half from how much
    narrower they look."""
    by_depth = TURN_GAIN * (now.turn_deg - neutral.turn_deg)
    narrower = min(1.0, now.breadth_cm / max(neutral.breadth_cm, 1.0) + _SLACK)
    by_breadth = degrees(acos(narrower)) * min(1.0, abs(by_depth) / _SURE_DEG)
    return copysign((abs(by_depth) + by_breadth) / 2, by_depth)


def mean(seen: list[Shoulders]) -> tuple[Shoulders, float]:
    """The median of many frames, number by number, and how far the line lies from it (root mean square, degrees)."""
    table = np.array([(each.line_deg, each.turn_deg, *each.right_cm, *each.left_cm, each.depth_cm) for each in seen])
    middle: NDArray[np.float64] = np.median(table, axis=0)
    spread = float(np.sqrt(np.mean((table[:, 0] - middle[0]) ** 2)))
    line, turn, right_x, right_y, left_x, left_y, depth = (float(value) for value in middle)
    return Shoulders(line, turn, (right_x, right_y), (left_x, left_y), depth), spread
