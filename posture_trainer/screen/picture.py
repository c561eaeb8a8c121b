"""The patient's own picture as a mirror: it fills the window, with the guide lines and the ghost on it."""

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
import pygame
from numpy.typing import NDArray

from posture_trainer.pose.neutral.baseline import NeutralGuide
from posture_trainer.screen import palette
from posture_trainer.screen.mirror_view import Picture
from posture_trainer.screen.palette import Colour

_FRACTION_BITS = 4
_DARKENED = (0, 0, 0, 170)  # lets a third of the picture through


@dataclass(frozen=True)
class CoverFit:
    """Which part of a picture fills the window, and where its points land in the mirror.

    left, top, width, height: the part, in picture pixels. picture, window: whole sizes (width, height) in px.
    """

    left: int
    top: int
    width: int
    height: int
    picture: tuple[int, int]
    window: tuple[int, int]

    def x(self, share: float) -> float:
        """Window pixels from the left for a share (0 to 1) of the unmirrored picture's width."""
        return self.window[0] * (1 - (share * self.picture[0] - self.left) / self.width)

    def y(self, share: float) -> float:
        """Window pixels from the top for a share (0 to 1) of the picture's height."""
        return self.window[1] * (share * self.picture[1] - self.top) / self.height


def cover_fit(picture: tuple[int, int], window: tuple[int, int]) -> CoverFit:
    """The largest part from the middle of the picture that has the window's shape."""
    scale = max(window[0] / picture[0], window[1] / picture[1])
    width = max(1, min(picture[0], round(window[0] / scale)))
    height = max(1, min(picture[1], round(window[1] / scale)))
    return CoverFit((picture[0] - width) // 2, (picture[1] - height) // 2, width, height, picture, window)


@lru_cache(maxsize=1)
def _canvas(size: tuple[int, int]) -> Picture:
    # Asking the system for a new 4K picture's memory with every frame costs more than filling it.
    return np.empty((size[1], size[0], 3), np.uint8)


def draw_picture(
    surface: pygame.Surface,
    picture_bgr: Picture | None,
    guide: NeutralGuide | None = None,
    ghost: Colour = palette.GUIDE,
    ghost_broken: bool = False,
    dimmed: bool = False,
) -> None:
    """Fill the surface with the mirrored picture and the guide, or with the background if there is none."""
    if picture_bgr is None or picture_bgr.size == 0:
        surface.fill(palette.BACKGROUND)
        return
    size = surface.get_size()
    fit = cover_fit((picture_bgr.shape[1], picture_bgr.shape[0]), size)
    part = picture_bgr[fit.top : fit.top + fit.height, fit.left : fit.left + fit.width]
    flipped = cv2.flip(part, 1)
    if dimmed:
        flipped = cv2.convertScaleAbs(flipped, alpha=palette.DIMMED_SHARE)
    canvas = _canvas(size)
    cv2.resize(flipped, size, dst=canvas, interpolation=cv2.INTER_LINEAR)
    surface.blit(pygame.image.frombuffer(canvas.data, size, "BGR"), (0, 0))
    if guide is not None:
        surface.blit(_guide_overlay(guide, fit, ghost, ghost_broken), (0, 0))


@lru_cache(maxsize=8)  # it changes with the window and the colour only, and drawing it costs as much as the picture
def _guide_overlay(guide: NeutralGuide, fit: CoverFit, ghost: Colour, broken: bool) -> pygame.Surface:
    """The guide lines and the ghost, transparent around them."""
    canvas = np.zeros((fit.window[1], fit.window[0], 4), np.uint8)
    unit = min(fit.window[0] / 1280, fit.window[1] / 720)
    _straight(canvas.swapaxes(0, 1), fit.x(guide.midline_x), unit)
    _straight(canvas, fit.y(guide.eyes_y), unit)
    _straight(canvas, fit.y(guide.chin_y), unit)
    outline = np.array([(fit.x(float(x)), fit.y(float(y))) for x, y in guide.outline])
    pieces = _dashes(outline, 26 * unit) if broken else [np.vstack([outline, outline[:1]])]
    _edged(canvas, pieces, 2.6 * unit, ghost, unit)
    overlay = pygame.image.frombuffer(canvas.tobytes(), fit.window, "BGRA")
    overlay.set_alpha(255, pygame.RLEACCEL)  # most of it is transparent, and is then skipped
    return overlay


def _straight(canvas: Picture, at: float, unit: float) -> None:
    """A thin light line along row `at` of the canvas, with the picture darkened on both sides of it."""
    half, edge, row = max(1, round(0.9 * unit)), max(1, round(1.2 * unit)), round(at)
    if row - half - edge < 0 or row + half + edge > canvas.shape[0]:
        return
    canvas[row - half - edge : row + half + edge] = _DARKENED
    canvas[row - half : row + half] = (*palette.GUIDE[::-1], 255)


def _edged(canvas: Picture, lines: list[NDArray[np.float64]], line_px: float, colour: Colour, unit: float) -> None:
    """Light lines with a dark edge, which show on light and on dark pictures."""
    points = [np.round(line * 2**_FRACTION_BITS).astype(np.int32).reshape(-1, 1, 2) for line in lines]
    for thickness, shade in ((line_px + 2 * unit, palette.GUIDE_EDGE), (line_px, colour)):
        cv2.polylines(canvas, points, False, (*shade[::-1], 255), max(1, round(thickness)), cv2.LINE_AA, _FRACTION_BITS)


def _dashes(outline: NDArray[np.float64], dash_px: float) -> list[NDArray[np.float64]]:
    """The closed line cut into dashes about `dash_px` long with gaps of two thirds of that."""
    closed = np.vstack([outline, outline[:1]])
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(closed, axis=0).T))])
    if along[-1] == 0:
        return [closed]
    count = max(4, round(along[-1] / (dash_px * 5 / 3)))
    starts = np.arange(count) * along[-1] / count
    steps = np.linspace(0.0, along[-1] / count * 0.6, 5)
    at = starts[:, None] + steps[None, :]
    dashes = np.stack([np.interp(at, along, closed[:, 0]), np.interp(at, along, closed[:, 1])], axis=-1)
    return list(dashes)
