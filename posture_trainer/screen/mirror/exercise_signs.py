"""The signs of the exercises: ring and countdown, target and pointer, breathing circle, scale, closed eyes.

A shape always says what a colour says: the target is a ring that doubles when it is met, the pointer a solid dot,
the limit a thick bar, the mark a ring.
"""

import pygame

from posture_trainer.exercises.exercise_view import ExerciseView, Gauge, Point
from posture_trainer.feedback import Cue
from posture_trainer.pose.directions import Direction
from posture_trainer.screen.kit import palette, shapes, text
from posture_trainer.screen.kit.palette import Colour
from posture_trainer.screen.mirror import way_back

_ARROWS = {
    Direction.ROTATION_RIGHT: Cue.TURN_RIGHT,
    Direction.ROTATION_LEFT: Cue.TURN_LEFT,
    Direction.TILT_RIGHT: Cue.TILT_RIGHT,
    Direction.TILT_LEFT: Cue.TILT_LEFT,
    Direction.FLEXION: Cue.CHIN_DOWN,
    Direction.EXTENSION: Cue.CHIN_UP,
}
LEFT = (Direction.ROTATION_LEFT, Direction.TILT_LEFT)
_UPRIGHT = (Direction.FLEXION, Direction.EXTENSION)
_SCALE_LEAST_DEG, _SCALE_BEYOND = 45.0, 1.4  # the scale's end: at least, and beyond what it marks
_RING_STEPS = 120
_CORNER_PX, _RING_MOST_PX, _LEAST_PX = 132, 300, 24


def draw_corner_ring(surface: pygame.Surface, exercise: ExerciseView, free: pygame.Rect, to_right: bool) -> pygame.Rect:
    """The ring with the seconds left, small, at the bottom left or right, clear of the face. Gives its panel."""
    pad = round(12 * text.unit(surface))
    side = round(_CORNER_PX * text.unit(surface)) + 2 * pad
    panel = pygame.Rect(free.right - side if to_right else free.left, free.bottom - side, side, side)
    text.draw_panel(surface, panel)
    _ring(surface, exercise.ring_share, exercise.countdown_s, panel.inflate(-2 * pad, -2 * pad))
    return panel


def draw_ring(
    surface: pygame.Surface, share: float | None, countdown_s: int | None, middle: pygame.Rect
) -> pygame.Rect:
    """The ring with the seconds left, large, in the middle. Gives its panel."""
    pad = round(20 * text.unit(surface))
    side = max(_LEAST_PX, min(middle.width, middle.height, round(_RING_MOST_PX * text.unit(surface))))
    panel = pygame.Rect(0, 0, side, side)
    panel.center = middle.center
    text.draw_panel(surface, panel)
    _ring(surface, share, countdown_s, panel.inflate(-2 * pad, -2 * pad))
    return panel


def _ring(surface: pygame.Surface, share: float | None, countdown_s: int | None, ring: pygame.Rect) -> None:
    if share is not None:
        surface.blit(shapes.whole_ring(ring.width, 0.05, palette.TRACK), ring)
        filled = round(min(1.0, max(0.0, share)) * _RING_STEPS) / _RING_STEPS
        surface.blit(shapes.part_ring(ring.width, 0.13, filled, palette.NEUTRAL), ring)
    text.note("ring", ring)
    if countdown_s is not None:
        shares = (0.36, 0.5) if share is not None else (0.05, 0.8)
        inside = ring.inflate(-round(ring.width * shares[0]), -round(ring.height * shares[0]))
        number = text.block(str(countdown_s), round(ring.height * shares[1]), inside.width, inside.height, True)
        place = pygame.Rect(inside.left, inside.centery - number.height // 2, inside.width, number.height)
        text.draw_block(surface, number, place, align="center")


def draw_breath(surface: pygame.Surface, size: float, countdown_s: int | None, middle: pygame.Rect) -> None:
    """A disc that grows and shrinks inside a ring; the seconds left in its middle."""
    largest = min(middle.width, middle.height) // 2
    radius = round(largest * (0.3 + 0.68 * min(1.0, max(0.0, size))))
    pygame.draw.circle(surface, palette.TRACK, middle.center, largest, max(2, largest // 60))
    pygame.draw.circle(surface, palette.NEUTRAL, middle.center, radius)
    ring = pygame.Rect(0, 0, 2 * largest, 2 * largest)
    ring.center = middle.center
    text.note("breath", ring)
    if countdown_s is not None:
        side = round(largest * 0.4)
        number = text.block(str(countdown_s), round(largest * 0.3), side, side, True)
        place = pygame.Rect(0, 0, side, number.height)
        place.center = middle.center
        text.draw_block(surface, number, place, palette.DARK_TEXT, "center")


def draw_follow(surface: pygame.Surface, exercise: ExerciseView, middle: pygame.Rect) -> None:
    """Path, target and pointer in the largest square of the middle; a countdown on the target before it moves."""
    half = min(middle.width, middle.height) / 2
    unit = text.unit(surface)

    def place(point: Point) -> tuple[int, int]:
        x, y = (min(1.0, max(-1.0, value)) for value in point)
        return round(middle.centerx + half * x), round(middle.centery - half * y)

    if len(exercise.path) > 1:
        points = [place(point) for point in exercise.path]
        pygame.draw.lines(surface, palette.GUIDE_EDGE, False, points, max(3, round(9 * unit)))
        pygame.draw.lines(surface, palette.TRACK, False, points, max(1, round(4 * unit)))
    if exercise.target is not None:
        centre, radius = place(exercise.target), max(8, round(half * exercise.target_radius))
        _edged_circle(surface, palette.GUIDE, centre, radius, max(2, round(5 * unit)))
        if exercise.on_target:
            _edged_circle(surface, palette.NEUTRAL, centre, max(4, radius - round(9 * unit)), max(2, round(5 * unit)))
        text.note("target", pygame.Rect(centre[0] - radius, centre[1] - radius, 2 * radius, 2 * radius))
        if exercise.countdown_s:
            number = text.block(str(exercise.countdown_s), round(90 * unit), round(160 * unit), None, True)
            left = middle.left + round(20 * unit)
            panel = pygame.Rect(left, middle.bottom - number.height, number.width + round(50 * unit), number.height)
            text.draw_panel(surface, panel)
            text.draw_block(surface, number, panel, align="center")
    if exercise.pointer is not None:
        centre, radius = place(exercise.pointer), max(8, round(16 * unit))
        pygame.draw.circle(surface, palette.GUIDE_EDGE, centre, radius + max(2, round(4 * unit)))
        pygame.draw.circle(surface, palette.NEUTRAL if exercise.on_target else palette.WAY_BACK, centre, radius)
        text.note("pointer", pygame.Rect(centre[0] - radius, centre[1] - radius, 2 * radius, 2 * radius))


def _edged_circle(surface: pygame.Surface, colour: Colour, centre: tuple[int, int], radius: int, width: int) -> None:
    pygame.draw.circle(surface, palette.GUIDE_EDGE, centre, radius + width // 2 + 1, 2 * width)
    pygame.draw.circle(surface, colour, centre, radius, width)


def draw_closed_eyes(surface: pygame.Surface, arrow: Direction | None, middle: pygame.Rect) -> None:
    """Two closed eyes, and the direction to move in for who still looks."""
    unit = text.unit(surface)
    width = max(_LEAST_PX, min(round(180 * unit), middle.width // 4, middle.height))
    for side in (-1, 1):
        eye = pygame.Rect(0, 0, width, width)
        eye.center = (middle.centerx + side * round(width * 0.75), middle.centery)
        surface.blit(shapes.closed_eye(width, palette.TEXT), eye)
        text.note("closed eye", eye)
    if arrow is not None:
        _draw_direction(surface, arrow, middle)


def _draw_direction(surface: pygame.Surface, way: Direction, middle: pygame.Rect) -> pygame.Rect:
    """The arrow of a direction on a panel at the side it points to (chin: at the left). Gives the panel."""
    unit = text.unit(surface)
    side = max(_LEAST_PX, min(round(190 * unit), middle.height))
    panel = pygame.Rect(middle.left, 0, side, side)
    panel.centery = middle.centery
    if way not in LEFT and way not in _UPRIGHT:
        panel.right = middle.right
    text.draw_panel(surface, panel)
    way_back.draw_arrow(surface, _ARROWS[way], panel.inflate(-side // 8, -side // 8), 1.0)
    return panel


def draw_gauge(
    surface: pygame.Surface, gauge: Gauge, arrow: Direction | None, countdown_s: int | None, middle: pygame.Rect
) -> None:
    """A scale from neutral in the gauge's direction, with the head's place, the mark, and the limit; beside it the
    arrow or the seconds to hold."""
    unit = text.unit(surface)
    upright = gauge.direction in _UPRIGHT
    thick, pad = round(34 * unit), round(26 * unit)
    length = (middle.height if upright else middle.width) - 2 * pad
    size = (thick + 2 * pad, length + 2 * pad) if upright else (length + 2 * pad, thick + 2 * pad)
    panel = pygame.Rect((0, 0), size)
    panel.midright = middle.midright
    if not upright:
        panel.midbottom = middle.midbottom
    text.draw_panel(surface, panel)
    bar = panel.inflate(-2 * pad, -2 * pad)
    marked = max(gauge.target_deg or 0.0, gauge.limit_deg or 0.0, gauge.now_deg or 0.0)
    end_deg = max(_SCALE_LEAST_DEG, (gauge.limit_deg or 0.0) * _SCALE_BEYOND, marked)

    def at(degrees: float) -> int:
        along = round(length * min(1.0, max(0.0, degrees / end_deg)))
        if upright:
            return bar.top + along if gauge.direction is Direction.FLEXION else bar.bottom - along
        return bar.right - along if gauge.direction in LEFT else bar.left + along

    def stretch(degrees: float) -> pygame.Rect:
        first, last = sorted((at(0.0), at(degrees)))
        if upright:
            return pygame.Rect(bar.left, first, bar.width, last - first)
        return pygame.Rect(first, bar.top, last - first, bar.height)

    pygame.draw.rect(surface, palette.TRACK, bar, max(2, round(3 * unit)), border_radius=thick // 3)
    if gauge.now_deg is not None:
        pygame.draw.rect(surface, palette.NEUTRAL, stretch(max(0.0, gauge.now_deg)), border_radius=thick // 3)
    for degrees, colour, width in ((gauge.limit_deg, palette.TEXT, 10), (gauge.target_deg, palette.WAY_BACK, 0)):
        if degrees is None:
            continue
        x, y = (bar.centerx, at(degrees)) if upright else (at(degrees), bar.centery)
        if width:
            line = (2 * thick, round(width * unit)) if upright else (round(width * unit), 2 * thick)
            rect = pygame.Rect((0, 0), line)
            rect.center = (x, y)
            pygame.draw.rect(surface, colour, rect)
        else:
            _edged_circle(surface, colour, (x, y), round(thick * 0.62), max(3, round(7 * unit)))
    text.note("gauge", panel)
    beside = pygame.Rect(middle.left, middle.top, middle.width, middle.height)
    if upright:
        beside.width = panel.left - pad - beside.left
    else:
        beside.height = panel.top - pad // 2 - beside.top
    if arrow is not None:
        _draw_direction(surface, arrow, beside)
    elif countdown_s is not None:
        side = max(_LEAST_PX, min(round(150 * unit), beside.height))
        draw_ring(surface, None, countdown_s, pygame.Rect(beside.left, beside.centery - side // 2, side, side))
