"""The shapes of the signs, as smooth images of one colour that are made once and kept.

Coordinates inside a shape run from 0 to 1, x to the right and y down, of a square box `size_px` wide.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
import pygame
from numpy.typing import NDArray

from posture_trainer.screen.kit.palette import Colour

FINER = 4
LEVELS = 16

Mask = NDArray[Any]
Point = tuple[float, float]


def image(mask: Mask, colour: Colour, alpha: int = 255) -> pygame.Surface:
    """A surface of one colour, clear where the mask (0 to 255) is 0 and `alpha` where it is 255."""
    height, width = mask.shape
    pixels = np.empty((height, width, 4), np.uint8)
    # Four bytes at once: one after the other, a card takes seven times as long.
    pixels.view(np.uint32)[...] = np.array([*colour[::-1], 0], np.uint8).view(np.uint32)
    pixels[..., 3] = cv2.convertScaleAbs(mask, alpha=alpha / 255)
    return pygame.image.frombuffer(pixels.tobytes(), (width, height), "BGRA")


@lru_cache(maxsize=128)  # a page with its keys has three dozen: with less room, each would be made anew with each frame
def card(size: tuple[int, int], radius: int, colour: Colour, alpha: int) -> pygame.Surface:
    """A rectangle with round corners; size and radius in px."""
    width, height = size
    radius = max(0, min(radius, (min(size) - 1) // 2))
    mask = np.zeros((height, width), np.uint8)
    cv2.rectangle(mask, (radius, 0), (width - 1 - radius, height - 1), 255, -1)
    cv2.rectangle(mask, (0, radius), (width - 1, height - 1 - radius), 255, -1)
    for x in (radius, width - 1 - radius):
        for y in (radius, height - 1 - radius):
            cv2.circle(mask, (x, y), radius, 255, -1, cv2.LINE_AA)
    return image(mask, colour, alpha)


def blank(size_px: int) -> Mask:
    """An empty mask, finer than the sign will be."""
    return np.zeros((size_px * FINER, size_px * FINER), np.uint8)


def smooth(mask: Mask, size_px: int) -> Mask:
    """The mask at the size of the sign."""
    return cv2.resize(mask, (size_px, size_px), interpolation=cv2.INTER_AREA)


def _pixels(mask: Mask, points: Iterable[Point]) -> NDArray[np.int32]:
    scaled: NDArray[np.float64] = np.array(list(points), np.float64) * mask.shape[0]
    return np.round(scaled).astype(np.int32).reshape(-1, 1, 2)


def stroke(mask: Mask, points: Iterable[Point], width: float, closed: bool = False) -> None:
    """A line along the points; width is a share of the sign's."""
    cv2.polylines(mask, [_pixels(mask, points)], closed, 255, max(1, round(width * mask.shape[0])))


def solid(mask: Mask, points: list[Point], rounding: float) -> None:
    """A filled shape with rounded corners."""
    cv2.fillPoly(mask, [_pixels(mask, points)], 255)
    stroke(mask, points, rounding, closed=True)


def _on_circle(centre: Point, radius: float, from_deg: float, to_deg: float) -> list[Point]:
    """Points along an arc; degrees clockwise from the top."""
    angles = np.radians(np.linspace(from_deg, to_deg, 90))
    return [(centre[0] + radius * float(np.sin(a)), centre[1] - radius * float(np.cos(a))) for a in angles]


@lru_cache(maxsize=64)
def arrow(size_px: int, quarter_turns: int, colour: Colour, alpha: int) -> pygame.Surface:
    """A block arrow to the right, turned anticlockwise by quarter turns: 1 is up, 2 left, 3 down."""
    mask = blank(size_px)
    corners = [(0.08, 0.36), (0.47, 0.36), (0.47, 0.1), (0.92, 0.5), (0.47, 0.9), (0.47, 0.64), (0.08, 0.64)]
    solid(mask, corners, 0.08)
    return image(np.ascontiguousarray(np.rot90(smooth(mask, size_px), quarter_turns)), colour, alpha)


def _leaned(mask: Mask, to_left: bool, size_px: int) -> Mask:
    small = smooth(mask, size_px)
    return small if to_left else np.ascontiguousarray(small[:, ::-1])


@lru_cache(maxsize=64)
def lean_arrow(size_px: int, to_left: bool, colour: Colour, alpha: int) -> pygame.Surface:
    """An arrow that bends over the top of a head, down to its left or right in the window."""
    mask = blank(size_px)
    stroke(mask, _on_circle((0.58, 0.62), 0.46, 42, -66), 0.13)
    solid(mask, [(0.05, 0.46), (0.31, 0.55), (0.085, 0.72)], 0.06)
    return image(_leaned(mask, to_left, size_px), colour, alpha)


@lru_cache(maxsize=8)
def leaned_head(size_px: int, to_left: bool, colour: Colour) -> pygame.Surface:
    """The head that `lean_arrow` bends over: an oval with eyes, leaned to the left or right."""
    mask = blank(size_px)
    side = mask.shape[0]
    centre = (round(0.6 * side), round(0.68 * side))
    axes = (round(0.17 * side), round(0.235 * side))
    cv2.ellipse(mask, centre, axes, -24, 0, 360, 255, round(0.045 * side))
    for across in (-0.07, 0.07):
        lean = np.radians(-24)
        x = 0.6 + across * np.cos(lean) + 0.04 * np.sin(lean)
        y = 0.68 + across * np.sin(lean) - 0.04 * np.cos(lean)
        cv2.circle(mask, (round(x * side), round(y * side)), round(0.028 * side), 255, -1)
    return image(_leaned(mask, to_left, size_px), colour)


@lru_cache(maxsize=64)
def whole_ring(size_px: int, thickness: float, colour: Colour) -> pygame.Surface:
    """A closed ring; thickness is a share of its width."""
    mask = blank(size_px)
    stroke(mask, _on_circle((0.5, 0.5), 0.49 - thickness / 2, 0, 360), thickness)
    return image(smooth(mask, size_px), colour)


@lru_cache(maxsize=64)
def broken_ring(size_px: int, thickness: float, gap_deg: float, colour: Colour) -> pygame.Surface:
    """A ring in four pieces, with `gap_deg` between them."""
    mask = blank(size_px)
    for start in range(0, 360, 90):
        _arc(mask, 0.49 - thickness / 2, thickness, start + gap_deg / 2, start + 90 - gap_deg / 2)
    return image(smooth(mask, size_px), colour)


@lru_cache(maxsize=64)
def part_ring(size_px: int, thickness: float, share: float, colour: Colour) -> pygame.Surface:
    """The first `share` (0 to 1) of a ring, clockwise from the top."""
    mask = blank(size_px)
    if share > 0:
        _arc(mask, 0.49 - thickness / 2, thickness, 0, 360 * min(1.0, share))
    return image(smooth(mask, size_px), colour)


def _arc(mask: Mask, radius: float, thickness: float, from_deg: float, to_deg: float) -> None:
    outer = _on_circle((0.5, 0.5), radius + thickness / 2, from_deg, to_deg)
    inner = _on_circle((0.5, 0.5), radius - thickness / 2, to_deg, from_deg)
    cv2.fillPoly(mask, [_pixels(mask, outer + inner)], 255)


@lru_cache(maxsize=8)
def tick(size_px: int, colour: Colour) -> pygame.Surface:
    """A tick that fits inside a ring of the same size."""
    mask = blank(size_px)
    stroke(mask, [(0.31, 0.52), (0.45, 0.66), (0.7, 0.36)], 0.1)
    return image(smooth(mask, size_px), colour)


@lru_cache(maxsize=8)
def crossed_speaker(size_px: int, colour: Colour) -> pygame.Surface:
    """A loudspeaker with a cross where its sound would be."""
    mask = blank(size_px)
    solid(mask, [(0.08, 0.38), (0.24, 0.38), (0.46, 0.18), (0.46, 0.82), (0.24, 0.62), (0.08, 0.62)], 0.05)
    stroke(mask, [(0.62, 0.36), (0.9, 0.64)], 0.09)
    stroke(mask, [(0.9, 0.36), (0.62, 0.64)], 0.09)
    return image(smooth(mask, size_px), colour)


@lru_cache(maxsize=8)
def closed_eye(size_px: int, colour: Colour) -> pygame.Surface:
    """A closed eye: the lower lid with three lashes."""
    mask = blank(size_px)
    stroke(mask, _on_circle((0.5, 0.15), 0.45, 245, 115), 0.05)
    for across in (-0.26, 0.0, 0.26):
        top = 0.15 + float(np.sqrt(0.45**2 - across**2))
        stroke(mask, [(0.5 + across, top), (0.5 + across * 1.35, top + 0.15)], 0.04)
    return image(smooth(mask, size_px), colour)
