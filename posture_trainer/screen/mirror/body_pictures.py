"""What the drawings of timed exercises are made of: lines, discs and arrows, by name and colour, in a unit square.

White is the body, blue what it holds on to or looks at, orange an arrow: the way to go, as everywhere. Bodies seen from
the side face the right; where a side matters the drawing is that of the patient's right, as in a mirror.
"""

import math
from dataclasses import dataclass

from posture_trainer.screen.kit import palette
from posture_trainer.screen.kit.palette import Colour
from posture_trainer.screen.kit.shapes import Point

Line = tuple[Point, ...]
_WIDTH, _TIP, _HALF_TIP = 0.045, 0.1, 0.065  # of a line, and of an arrow's point: how long, half of how wide


@dataclass(frozen=True)
class Part:
    """What is of one colour. discs, rings: centre and radius. ovals: centre and half axes. solids: filled corners."""

    colour: Colour
    lines: tuple[Line, ...] = ()
    discs: tuple[tuple[Point, float], ...] = ()
    ovals: tuple[tuple[Point, float, float], ...] = ()
    solids: tuple[Line, ...] = ()
    width: float = _WIDTH


def _arrows(*ways: Line) -> Part:
    """An arrow along each way, with its point at the end of it."""
    shafts, tips = [], []
    for way in ways:
        (x0, y0), (x, y) = way[-2:]
        long = math.hypot(x - x0, y - y0)
        ux, uy = (x - x0) / long, (y - y0) / long
        neck = (x - _TIP * ux, y - _TIP * uy)
        shafts.append((*way[:-1], neck))
        sides = [(neck[0] - side * uy, neck[1] + side * ux) for side in (_HALF_TIP, -_HALF_TIP)]
        tips.append((sides[0], (x, y), sides[1]))
    return Part(palette.WAY_BACK, lines=tuple(shafts), solids=tuple(tips), width=0.05)


def _arc(centre: Point, radius: float, from_deg: float, to_deg: float) -> Line:
    """Points along a circle; degrees clockwise from the top."""
    angles = [math.radians(from_deg + (to_deg - from_deg) * step / 12) for step in range(13)]
    return tuple((centre[0] + radius * math.sin(each), centre[1] - radius * math.cos(each)) for each in angles)


def _dashes(y: float, *starts: float) -> tuple[Line, ...]:
    return tuple(((x, y), (x + 0.05, y)) for x in starts)


_SITTING: Line = ((0.42, 0.34), (0.4, 0.64), (0.68, 0.65), (0.68, 0.93), (0.79, 0.93))

BODY_PICTURES: dict[str, tuple[Part, ...]] = {
    "settle": (
        Part(
            palette.NEUTRAL,
            lines=(
                ((0.24, 0.06), (0.28, 0.94)),
                ((0.28, 0.73), (0.62, 0.73), (0.62, 0.94)),
                ((0.28, 0.56), (0.6, 0.56)),
            ),
            width=0.06,
        ),
        Part(palette.TEXT, lines=(_SITTING, ((0.42, 0.37), (0.46, 0.49), (0.64, 0.49))), discs=(((0.39, 0.19), 0.11),)),
        _arrows(((0.78, 0.19), (0.56, 0.19))),
    ),
    "chin_glide": (
        Part(palette.NEUTRAL, lines=_dashes(0.28, 0.04, 0.13, 0.7, 0.79, 0.88), width=0.035),
        Part(
            palette.TEXT,
            lines=(
                ((0.31, 0.5), (0.3, 0.66), (0.12, 0.78), (0.06, 0.95)),
                ((0.5, 0.57), (0.52, 0.7), (0.66, 0.8), (0.7, 0.95)),
            ),
            ovals=(((0.43, 0.34), 0.17, 0.22),),
            solids=(((0.58, 0.3), (0.66, 0.39), (0.58, 0.4)),),
        ),
        _arrows(((0.95, 0.48), (0.7, 0.48))),
    ),
    "press": (
        Part(
            palette.TEXT,
            lines=(((0.36, 0.54), (0.34, 0.63), (0.14, 0.71), (0.08, 0.95)), ((0.5, 0.54), (0.52, 0.63), (0.68, 0.69))),
            discs=(((0.37, 0.33), 0.025), ((0.5, 0.33), 0.025)),
            ovals=(((0.43, 0.34), 0.17, 0.22),),
        ),
        Part(
            palette.NEUTRAL,
            lines=(((0.655, 0.3), (0.66, 0.46), (0.82, 0.78), (0.68, 0.95)),),
            discs=(((0.652, 0.3), 0.045), ((0.655, 0.38), 0.045)),
            width=0.07,
        ),
        _arrows(((0.38, 0.43), (0.57, 0.43)), ((0.95, 0.36), (0.74, 0.36))),
    ),
    "read": (
        Part(
            palette.TEXT,
            lines=(
                ((0.05, 0.2), (0.57, 0.2), (0.57, 0.6), (0.05, 0.6), (0.05, 0.2)),
                ((0.02, 0.7), (0.6, 0.7)),
                ((0.67, 0.2), (0.95, 0.2), (0.95, 0.6), (0.67, 0.6), (0.67, 0.2)),
                *(((0.73, y), (0.89, y)) for y in (0.29, 0.37, 0.45, 0.52)),
            ),
            width=0.03,
        ),
        Part(palette.NEUTRAL, ovals=(((0.31, 0.4), 0.1, 0.14),), lines=_dashes(0.37, 0.12, 0.44), width=0.035),
        _arrows(((0.31, 0.84), (0.81, 0.84), (0.81, 0.67))),
    ),
    "look_over": (
        Part(palette.NEUTRAL, lines=(((0.34, 0.44), (0.17, 0.22)), ((0.66, 0.44), (0.83, 0.22))), width=0.035),
        Part(
            palette.TEXT,
            discs=(((0.5, 0.58), 0.15),),
            ovals=(((0.5, 0.68), 0.37, 0.14),),
            solids=(((0.44, 0.45), (0.5, 0.35), (0.56, 0.45)),),
        ),
        _arrows(_arc((0.5, 0.58), 0.44, -4, -46), _arc((0.5, 0.58), 0.44, 4, 46)),
    ),
    "reach": (
        Part(
            palette.TEXT,
            lines=(
                ((0.24, 0.34), (0.22, 0.7), (0.46, 0.72), (0.46, 0.95), (0.56, 0.95)),
                ((0.24, 0.37), (0.4, 0.5), (0.64, 0.46)),
                ((0.54, 0.6), (0.97, 0.6)),
                ((0.9, 0.6), (0.9, 0.95)),
            ),
            discs=(((0.26, 0.19), 0.11),),
        ),
        Part(palette.NEUTRAL, solids=(((0.75, 0.42), (0.89, 0.42), (0.87, 0.56), (0.77, 0.56)),), width=0.02),
        _arrows(((0.46, 0.33), (0.74, 0.3))),
    ),
    "stand": (
        Part(
            palette.NEUTRAL,
            lines=(((0.7, 0.48), (0.72, 0.94)), ((0.71, 0.7), (0.94, 0.7), (0.94, 0.94))),
            width=0.06,
        ),
        Part(
            palette.TEXT,
            lines=(
                ((0.5, 0.27), (0.49, 0.6), (0.44, 0.94), (0.51, 0.94)),
                ((0.49, 0.6), (0.55, 0.94), (0.62, 0.94)),
                ((0.5, 0.31), (0.57, 0.43), (0.69, 0.45)),
                ((0.22, 0.31), (0.22, 0.6), (0.17, 0.94)),
                ((0.22, 0.6), (0.27, 0.94)),
                ((0.22, 0.36), (0.33, 0.45), (0.43, 0.42)),
            ),
            discs=(((0.5, 0.13), 0.09), ((0.22, 0.2), 0.08)),
            width=0.035,
        ),
        _arrows(((0.84, 0.42), (0.84, 0.12))),
    ),
}
