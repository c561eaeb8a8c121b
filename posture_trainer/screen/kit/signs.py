"""Small drawings beside the words of buttons: strokes of 8 % of their size, in one colour."""

from functools import lru_cache

import numpy as np
import pygame

from posture_trainer.screen.kit import shapes
from posture_trainer.screen.kit.palette import Colour
from posture_trainer.screen.kit.shapes import Point

_STROKE = 0.085
_LARGE_PX, _LARGE_STROKE = 110, 0.035  # as a picture of its own
_FILLED = ("play",)


def _oval(x: float, y: float, wide: float, tall: float, start: float = 0, end: float = 360) -> list[Point]:
    angles = np.radians(np.linspace(start, end, 60))
    return [(x + wide * float(np.sin(a)), y - tall * float(np.cos(a))) for a in angles]


_SIGNS: dict[str, list[list[Point]]] = {
    "back": [[(0.6, 0.22), (0.34, 0.5), (0.6, 0.78)]],
    "on": [[(0.4, 0.22), (0.66, 0.5), (0.4, 0.78)]],
    "up": [[(0.22, 0.62), (0.5, 0.36), (0.78, 0.62)]],
    "down": [[(0.22, 0.38), (0.5, 0.64), (0.78, 0.38)]],
    "close": [[(0.24, 0.24), (0.76, 0.76)], [(0.76, 0.24), (0.24, 0.76)]],
    "plus": [[(0.5, 0.16), (0.5, 0.84)], [(0.16, 0.5), (0.84, 0.5)]],
    "less": [[(0.2, 0.5), (0.8, 0.5)]],
    "help": [
        _oval(0.5, 0.5, 0.43, 0.43),
        [*_oval(0.5, 0.38, 0.14, 0.13, -90, 120), (0.5, 0.54), (0.5, 0.6)],
        [(0.5, 0.74), (0.5, 0.745)],
    ],
    "people": [
        _oval(0.4, 0.32, 0.17, 0.17),
        [(0.1, 0.84), *_oval(0.4, 0.84, 0.28, 0.28, -88, 88), (0.7, 0.84)],
        _oval(0.64, 0.32, 0.17, 0.17, 0, 175),
        _oval(0.66, 0.84, 0.25, 0.28, 5, 90),
    ],
    "person": [_oval(0.5, 0.3, 0.19, 0.19), [(0.16, 0.86), *_oval(0.5, 0.86, 0.34, 0.3, -88, 88), (0.84, 0.86)]],
    "bars": [
        [(0.22, 0.74), (0.22, 0.6)],
        [(0.5, 0.74), (0.5, 0.42)],
        [(0.78, 0.74), (0.78, 0.18)],
        [(0.1, 0.9), (0.9, 0.9)],
    ],
    "straight": [_oval(0.5, 0.5, 0.26, 0.36), [(0.5, 0.04), (0.5, 0.96)]],
    "mirror": [
        _oval(0.5, 0.5, 0.3, 0.38),
        [(0.5, 0.04), (0.5, 0.96)],
        [(0.06, 0.46), (0.94, 0.46)],
    ],
    "sliders": [
        [(0.06, 0.32), (0.5, 0.32)],
        _oval(0.63, 0.32, 0.1, 0.1),
        [(0.76, 0.32), (0.94, 0.32)],
        [(0.06, 0.7), (0.2, 0.7)],
        _oval(0.32, 0.7, 0.1, 0.1),
        [(0.45, 0.7), (0.94, 0.7)],
    ],
    "door": [[(0.26, 0.08), (0.74, 0.08), (0.74, 0.92), (0.26, 0.92), (0.26, 0.08)], [(0.62, 0.5), (0.62, 0.505)]],
    "home": [[(0.08, 0.48), (0.5, 0.12), (0.92, 0.48)], [(0.2, 0.44), (0.2, 0.88), (0.8, 0.88), (0.8, 0.44)]],
    "play": [[(0.3, 0.2), (0.78, 0.5), (0.3, 0.8)]],
    "sun": [
        _oval(0.5, 0.5, 0.17, 0.17),
        *[
            [
                (0.5 + 0.3 * float(np.sin(a)), 0.5 - 0.3 * float(np.cos(a))),
                (0.5 + 0.44 * float(np.sin(a)), 0.5 - 0.44 * float(np.cos(a))),
            ]
            for a in np.radians(np.arange(0, 360, 45))
        ],
    ],
    "flag": [[(0.24, 0.08), (0.24, 0.94)], [(0.24, 0.12), (0.8, 0.3), (0.24, 0.5)], [(0.34, 0.24), (0.34, 0.38)]],
    "camera": [
        _oval(0.5, 0.42, 0.36, 0.36),
        _oval(0.5, 0.42, 0.14, 0.14),
        [(0.5, 0.78), (0.5, 0.92)],
        [(0.3, 0.93), (0.7, 0.93)],
    ],
    "tick": [[(0.24, 0.52), (0.43, 0.7), (0.78, 0.3)]],
    "lamp": [_oval(0.5, 0.5, 0.2, 0.2)],
}


@lru_cache(maxsize=128)
def sign(name: str, size_px: int, colour: Colour) -> pygame.Surface:
    """The sign of that name, `size_px` wide and high."""
    mask = shapes.blank(size_px)
    stroke = 0.07 if name == "help" else _STROKE
    if size_px > _LARGE_PX:
        stroke = _LARGE_STROKE
    for points in _SIGNS[name]:
        if name in _FILLED:
            shapes.solid(mask, points, stroke)
        else:
            shapes.stroke(mask, points, stroke)
    return shapes.image(shapes.smooth(mask, size_px), colour)


@lru_cache(maxsize=32)
def disc(size_px: int, fill: Colour, mark: Colour) -> pygame.Surface:
    """A filled disc with a tick: done, chosen, safe."""
    made = pygame.Surface((size_px, size_px), pygame.SRCALPHA)
    mask = shapes.blank(size_px)
    shapes.solid(mask, _oval(0.5, 0.5, 0.46, 0.46), 0.02)
    made.blit(shapes.image(shapes.smooth(mask, size_px), fill), (0, 0))
    made.blit(shapes.tick(size_px, mark), (0, 0))
    return made
