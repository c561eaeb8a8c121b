"""A row of choices beside what they choose; or − and + with a bar between them that shows how much."""

import pygame

from posture_trainer.pages.front.page import Choices
from posture_trainer.screen.kit import palette, sizes, text
from posture_trainer.screen.kit.buttons import draw_front

_TALL, _LARGE_TALL, _GAP = 80, 98, 12
_LABEL_SHARE, _LARGE_LABEL_SHARE = 0.245, 0.24
_STEPS = 10


def choices_height(surface: pygame.Surface, part: Choices, width: int, text_scale: float, fit: float) -> int:
    """How high the row is, in px: of narrow ones the label stands above."""
    tall = round(sizes.px(surface, _LARGE_TALL if text_scale >= sizes.LARGE else _TALL) * max(0.55, fit))
    return tall + (_label_tall(surface, text_scale, fit) if _narrow(surface, part, width) else 0)


def _label_tall(surface: pygame.Surface, text_scale: float, fit: float) -> int:
    return round(1.35 * sizes.size_px(surface, "small", text_scale, fit))


def _narrow(surface: pygame.Surface, part: Choices, width: int) -> bool:
    return bool(part.label) and width < sizes.px(surface, 560)


def draw_choices(surface: pygame.Surface, part: Choices, rect: pygame.Rect, text_scale: float, fit: float) -> None:
    """Draw the label and the buttons."""
    gap, large = sizes.px(surface, _GAP), text_scale >= sizes.LARGE
    if _narrow(surface, part, rect.width):
        tall = _label_tall(surface, text_scale, fit)
        label = text.block(part.label, sizes.size_px(surface, "small", text_scale, fit), rect.width, tall)
        text.draw_block(surface, label, rect, palette.QUIET_TEXT)
        rect = pygame.Rect(rect.left, rect.top + tall, rect.width, rect.height - tall)
    elif part.label:
        wide = round(rect.width * (_LARGE_LABEL_SHARE if large else _LABEL_SHARE))
        label = text.block(part.label, sizes.size_px(surface, "body", text_scale, fit), wide - gap, rect.height)
        text.draw_block(surface, label, pygame.Rect(rect.left, rect.centery - label.height // 2, wide, label.height))
        rect = pygame.Rect(rect.left + wide, rect.top, rect.width - wide, rect.height)
    if part.level is None:
        wide = (rect.width - gap * (len(part.buttons) - 1)) // len(part.buttons)
        for number, button in enumerate(part.buttons):
            place = pygame.Rect(rect.left + number * (wide + gap), rect.top, wide, rect.height)
            draw_front(surface, button, place, "body", text_scale, fit=fit)
        return
    less, more, *rest = part.buttons
    side = min(round(rect.width * 0.16), round(rect.height * 1.2))
    middle = round(rect.width * 0.34)
    draw_front(surface, less, pygame.Rect(rect.left, rect.top, side, rect.height), "body", text_scale, fit=fit)
    _draw_level(surface, pygame.Rect(rect.left + side + gap, rect.top, middle, rect.height), part.level)
    left = rect.left + side + middle + 2 * gap
    draw_front(surface, more, pygame.Rect(left, rect.top, side, rect.height), "body", text_scale, fit=fit)
    left += side + gap
    for button in rest:
        wide = (rect.right - left - gap * (len(rest) - 1)) // len(rest)
        draw_front(surface, button, pygame.Rect(left, rect.top, wide, rect.height), "body", text_scale, fit=fit)
        left += wide + gap


def _draw_level(surface: pygame.Surface, rect: pygame.Rect, level: float) -> None:
    """Ten bars that grow, as many filled as the level says."""
    each = rect.width / _STEPS
    for step in range(_STEPS):
        tall = round(rect.height * (0.18 + 0.44 * step / (_STEPS - 1)))
        bar = pygame.Rect(round(rect.left + step * each), 0, max(3, round(each * 0.66)), tall)
        bar.centery = rect.centery
        radius = max(2, bar.width // 4)
        if step < round(level * _STEPS):
            pygame.draw.rect(surface, palette.TEXT, bar, border_radius=radius)
        else:
            pygame.draw.rect(surface, palette.EDGE, bar, max(1, sizes.px(surface, 2)), border_radius=radius)
    text.note("bar", rect)
