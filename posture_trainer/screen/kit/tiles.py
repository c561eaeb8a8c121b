"""Large buttons side by side, one of them lit; and live pictures to choose from."""

import pygame

from posture_trainer.pages.front.page import Pictures, Tiles
from posture_trainer.screen.kit import palette, pointing, sizes, text
from posture_trainer.screen.kit.buttons import TILE_RADIUS, draw_front, draw_plate, plate_of
from posture_trainer.screen.mirror.picture import draw_picture

_GAP = 20


def _columns(part: Tiles, text_scale: float) -> int:
    return min(part.columns, 2) if text_scale >= sizes.LARGE else part.columns


def tiles_height(surface: pygame.Surface, part: Tiles, text_scale: float, fit: float) -> int:
    """How high the tiles are, in px."""
    rows = -(-len(part.buttons) // _columns(part, text_scale))
    return rows * _tall(surface, part, text_scale, fit) + max(0, rows - 1) * sizes.px(surface, _GAP)


def _tall(surface: pygame.Surface, part: Tiles, text_scale: float, fit: float) -> int:
    least = 1.6 * sizes.size_px(surface, "body", text_scale, fit)
    return max(sizes.px(surface, 60), round(max(least, sizes.px(surface, part.tall) * fit)))


def draw_tiles(surface: pygame.Surface, part: Tiles, rect: pygame.Rect, text_scale: float, fit: float) -> None:
    """Draw them, row by row."""
    columns, gap = _columns(part, text_scale), sizes.px(surface, _GAP)
    wide, tall = (rect.width - gap * (columns - 1)) // columns, _tall(surface, part, text_scale, fit)
    for number, button in enumerate(part.buttons):
        place = pygame.Rect(
            rect.left + number % columns * (wide + gap), rect.top + number // columns * (tall + gap), wide, tall
        )
        size: sizes.Size = "lead" if part.tall >= 100 else "body"
        draw_front(surface, button, place, size, text_scale, lit=button.name == part.lit, left=True, fit=fit)


def pictures_height(surface: pygame.Surface, part: Pictures, width: int, text_scale: float, fit: float) -> int:
    """How high the pictures with their words are, in px."""
    wide = (width - sizes.px(surface, _GAP) * (len(part.buttons) - 1)) // max(1, len(part.buttons))
    small = sizes.size_px(surface, "body", text_scale, fit)
    return round(min(wide * 0.62, sizes.px(surface, 330)) * fit) + round(2.9 * small)


def draw_pictures(surface: pygame.Surface, part: Pictures, rect: pygame.Rect, text_scale: float, fit: float) -> None:
    """Draw each picture as a button with its camera's name under it."""
    gap = sizes.px(surface, _GAP)
    wide = (rect.width - gap * (len(part.buttons) - 1)) // max(1, len(part.buttons))
    wide = min(wide, sizes.px(surface, 560))
    for number, (button, picture) in enumerate(zip(part.buttons, part.pictures, strict=True)):
        place = pygame.Rect(rect.left + number * (wide + gap), rect.top, wide, rect.height)
        look = pointing.look(button, place)
        inner = draw_plate(surface, place, plate_of(look, chosen=button.chosen), look, TILE_RADIUS)
        px = sizes.size_px(surface, "body", text_scale, fit)
        pad = sizes.px(surface, 12)
        shot = pygame.Rect(
            inner.left + pad, inner.top + pad, inner.width - 2 * pad, inner.height - round(2.7 * px) - pad
        )
        if picture is not None and shot.height > 8:
            draw_picture(surface.subsurface(shot), picture)
        else:
            surface.fill(palette.WELL, shot)
        words = text.block(button.word, px, inner.width - 2 * pad, round(1.4 * px), True)
        text.draw_block(
            surface, words, pygame.Rect(inner.left, shot.bottom + pad // 2, inner.width, words.height), align="center"
        )
        if button.detail and text_scale < sizes.LARGE:
            small = text.block(button.detail, round(px * 0.75), inner.width - 2 * pad, px)
            below = pygame.Rect(inner.left, shot.bottom + pad // 2 + words.height, inner.width, small.height)
            text.draw_block(surface, small, below, palette.QUIET_TEXT, "center")
        pointing.note(button, place, place)
