"""The six directions a head can move in, seen from the patient, and their signs (as in pose/angles.py)."""

from enum import StrEnum

from posture_trainer.pose.angles import HeadAngles


class Direction(StrEnum):
    """A direction away from neutral, as plans, patient files and logs name it."""

    ROTATION_RIGHT = "rotation_right"
    ROTATION_LEFT = "rotation_left"
    TILT_RIGHT = "tilt_right"
    TILT_LEFT = "tilt_left"
    FLEXION = "flexion"
    EXTENSION = "extension"


OPPOSITE = {
    Direction.ROTATION_RIGHT: Direction.ROTATION_LEFT,
    Direction.ROTATION_LEFT: Direction.ROTATION_RIGHT,
    Direction.TILT_RIGHT: Direction.TILT_LEFT,
    Direction.TILT_LEFT: Direction.TILT_RIGHT,
    Direction.FLEXION: Direction.EXTENSION,
    Direction.EXTENSION: Direction.FLEXION,
}


def axis_deg(angles: HeadAngles, direction: Direction) -> float:
    """The angle of the direction's axis, in degrees, with the axis' own sign."""
    if direction in (Direction.ROTATION_RIGHT, Direction.ROTATION_LEFT):
        return angles.rotation_deg
    if direction in (Direction.TILT_RIGHT, Direction.TILT_LEFT):
        return angles.tilt_deg
    return angles.flexion_deg


def sign(direction: Direction) -> float:
    """1 where the direction is the axis' positive one, else -1."""
    return 1.0 if direction in (Direction.ROTATION_RIGHT, Direction.TILT_RIGHT, Direction.FLEXION) else -1.0


def towards_deg(angles: HeadAngles, direction: Direction) -> float:
    """How far the head has gone in that direction, in degrees; negative on the other side of neutral."""
    return sign(direction) * axis_deg(angles, direction)
