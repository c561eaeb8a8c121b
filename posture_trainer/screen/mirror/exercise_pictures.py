"""The drawings of timed exercises, by the name a plan gives them: made of lines and shapes, of no one's picture."""

from functools import lru_cache
from typing import Any, get_args

import cv2
import numpy as np
import pygame
from numpy.typing import NDArray

from posture_trainer.exercises.timed import Drawing
from posture_trainer.screen.kit import palette, shapes, text
from posture_trainer.screen.kit.palette import Colour
from posture_trainer.screen.kit.shapes import Point
from posture_trainer.screen.mirror.body_pictures import BODY_PICTURES, Part

Mask = NDArray[Any]
Lines = tuple[tuple[Point, ...], ...]

_SHOULDERS = "shoulder_blades"
# A person from behind, in a square from 0 to 1: the left half, which is drawn again mirrored.
_BODY: Lines = (
    ((0.455, 0.25), (0.45, 0.31), (0.24, 0.37), (0.14, 0.45), (0.1, 0.6), (0.09, 0.93)),
    ((0.23, 0.56), (0.25, 0.74), (0.24, 0.93)),
)
_SPINE: Lines = tuple(((0.5, y), (0.5, y + 0.03)) for y in (0.36, 0.44, 0.52, 0.6, 0.68, 0.76, 0.84))
_BLADE: tuple[Point, ...] = ((0.28, 0.46), (0.41, 0.44), (0.43, 0.5), (0.37, 0.66))
_SHAFT: Lines = (((0.28, 0.76), (0.38, 0.76)),)
_TIP: tuple[Point, ...] = ((0.38, 0.71), (0.46, 0.76), (0.38, 0.81))


def draw_drawing(surface: pygame.Surface, name: str, area: pygame.Rect, to_left: bool = False) -> pygame.Rect:
    """Draw the picture of that name on a panel as large as `area` allows. to_left: the other way round. Gives the
    panel."""
    side = min(area.width, area.height)
    panel = pygame.Rect(0, 0, side, side)
    panel.center = area.center
    text.draw_panel(surface, panel)
    size_px = round(side * 0.92)
    for image in _shoulder_blades(size_px) if name == _SHOULDERS else _body(name, size_px, to_left):
        surface.blit(image, image.get_rect(center=panel.center))
    text.note(name, panel)
    return panel


@lru_cache(maxsize=4)
def _shoulder_blades(size_px: int) -> tuple[pygame.Surface, ...]:
    """A back with both shoulder blades, and an arrow under each towards the spine."""
    body, blades, arrows = (np.zeros((size_px * shapes.FINER,) * 2, np.uint8) for _ in range(3))
    _strokes(body, (*_BODY, *_SPINE), 0.025)
    cv2.circle(body, (body.shape[0] // 2, round(0.15 * body.shape[0])), round(0.105 * body.shape[0]), 255, -1)
    _solid(blades, _BLADE, 0.04)
    _strokes(arrows, _SHAFT, 0.05)
    _solid(arrows, _TIP, 0.02)
    return tuple(
        _both_sides(mask, size_px, colour)
        for mask, colour in ((body, palette.TEXT), (blades, palette.NEUTRAL), (arrows, palette.WAY_BACK))
    )


@lru_cache(maxsize=4)
def _body(name: str, size_px: int, to_left: bool) -> tuple[pygame.Surface, ...]:
    """The picture of that name in BODY_PICTURES."""
    return tuple(_part(part, size_px, to_left) for part in BODY_PICTURES[name])


def _part(part: Part, size_px: int, to_left: bool) -> pygame.Surface:
    mask: Mask = np.zeros((size_px * shapes.FINER,) * 2, np.uint8)
    whole = mask.shape[0]
    _strokes(mask, part.lines, part.width)
    for centre, radius in part.discs:
        cv2.circle(mask, _pixel(mask, centre), round(radius * whole), 255, -1, cv2.LINE_AA)
    for centre, across, down in part.ovals:
        axes = (round(across * whole), round(down * whole))
        cv2.ellipse(mask, _pixel(mask, centre), axes, 0, 0, 360, 255, round(part.width * whole), cv2.LINE_AA)
    for corners in part.solids:
        _solid(mask, corners, 0.02)
    small = cv2.resize(mask, (size_px, size_px), interpolation=cv2.INTER_AREA)
    return shapes.image(np.ascontiguousarray(small[:, ::-1]) if to_left else small, part.colour)


def _pixel(mask: Mask, point: Point) -> tuple[int, int]:
    return round(point[0] * mask.shape[0]), round(point[1] * mask.shape[0])


assert {_SHOULDERS, *BODY_PICTURES} == set(get_args(Drawing))


def _pixels(mask: Mask, points: tuple[Point, ...]) -> NDArray[np.int32]:
    scaled: NDArray[np.float64] = np.array(points, np.float64) * mask.shape[0]
    return np.round(scaled).astype(np.int32).reshape(-1, 1, 2)


def _strokes(mask: Mask, lines: Lines, width: float) -> None:
    for line in lines:
        cv2.polylines(mask, [_pixels(mask, line)], False, 255, round(width * mask.shape[0]), cv2.LINE_AA)


def _solid(mask: Mask, points: tuple[Point, ...], rounding: float) -> None:
    cv2.fillPoly(mask, [_pixels(mask, points)], 255)
    cv2.polylines(mask, [_pixels(mask, points)], True, 255, round(rounding * mask.shape[0]), cv2.LINE_AA)


def _both_sides(mask: Mask, size_px: int, colour: Colour) -> pygame.Surface:
    whole = np.maximum(mask, mask[:, ::-1])
    return shapes.image(cv2.resize(whole, (size_px, size_px), interpolation=cv2.INTER_AREA), colour)
