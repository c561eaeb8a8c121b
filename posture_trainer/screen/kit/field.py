"""Fields: a value in a dark well, what may stand there under it, − and + beside it."""

import pygame

from posture_trainer.pages.front.page import Field, Fields
from posture_trainer.screen.kit import palette, pointing, signs, sizes, text
from posture_trainer.screen.kit.buttons import draw_front, draw_plate, plate_of

_TALL, _GAP = 64, 12


def _sizes(surface: pygame.Surface, text_scale: float, fit: float) -> tuple[int, int, int]:
    """Of the label, the well, the line under it, in px."""
    label = round(1.3 * sizes.size_px(surface, "small", text_scale, fit))
    well = max(
        sizes.px(surface, 44),
        round(max(sizes.px(surface, _TALL), 1.5 * sizes.size_px(surface, "body", text_scale)) * max(fit, 0.7)),
    )
    return label, well, round(1.25 * sizes.size_px(surface, "small", text_scale, fit * 0.9))


def fields_height(surface: pygame.Surface, part: Fields, text_scale: float, fit: float) -> int:
    """How high the fields are, in px."""
    columns = 1 if text_scale >= sizes.LARGE else part.columns
    rows = -(-len(part.fields) // columns)
    return rows * sum(_sizes(surface, text_scale, fit)) + (rows - 1) * sizes.px(surface, _GAP)


def draw_fields(surface: pygame.Surface, part: Fields, rect: pygame.Rect, text_scale: float, fit: float) -> None:
    """Draw them in their columns."""
    columns = 1 if text_scale >= sizes.LARGE else part.columns
    gap = sizes.px(surface, 2 * _GAP + 6)
    wide = (rect.width - gap * (columns - 1)) // columns
    tall = sum(_sizes(surface, text_scale, fit)) + sizes.px(surface, _GAP)
    for number, field in enumerate(part.fields):
        place = pygame.Rect(
            rect.left + number % columns * (wide + gap), rect.top + number // columns * tall, wide, tall
        )
        _draw_field(surface, field, place, text_scale, fit)


def _draw_field(surface: pygame.Surface, field: Field, rect: pygame.Rect, text_scale: float, fit: float) -> None:
    label_tall, well_tall, range_tall = _sizes(surface, text_scale, fit)
    gap = sizes.px(surface, _GAP)
    label = text.block(field.label, sizes.size_px(surface, "small", text_scale, fit), rect.width, label_tall, True)
    text.draw_block(surface, label, rect)
    well = pygame.Rect(rect.left, rect.top + label_tall, rect.width, well_tall)
    if field.less and field.more:
        side = min(sizes.px(surface, 72), rect.width // 4)
        draw_front(surface, field.less, pygame.Rect(well.left, well.top, side, well_tall), "body", text_scale)
        more = pygame.Rect(well.right - side, well.top, side, well_tall)
        well = pygame.Rect(well.left + side + gap, well.top, well.width - 2 * (side + gap), well_tall)
        _draw_well(surface, field, well, text_scale, fit)
        draw_front(surface, field.more, more, "body", text_scale)
    else:
        _draw_well(surface, field, well, text_scale, fit)
    if field.range:
        small = sizes.size_px(surface, "small", text_scale, fit * 0.9)
        left, below = rect.left, well.bottom + max(1, range_tall // 10)
        if field.bad:
            flag = signs.sign("flag", small, palette.WAY_BACK)
            surface.blit(flag, (left, below))
            left += round(1.3 * small)
        words = text.block(field.range, small, rect.right - left, range_tall, field.bad)
        ink = palette.TEXT if field.bad else palette.QUIET_TEXT
        text.draw_block(surface, words, pygame.Rect(left, below, words.width, words.height), ink)


def _draw_well(surface: pygame.Surface, field: Field, well: pygame.Rect, text_scale: float, fit: float) -> None:
    look = pointing.look(field.button, well)
    place = draw_plate(surface, well, plate_of(look, well=True, disabled=field.button.disabled), look)
    px = sizes.size_px(surface, "body", text_scale, fit)
    unit = text.rendered(field.unit, round(px * 0.75), False, palette.QUIET_TEXT) if field.unit else None
    room = place.width - round(px * 0.8) - (unit.get_width() + px // 3 if unit else 0)
    words = text.block(field.button.word or " ", px, max(1, room), place.height, True)
    wide = words.width + (unit.get_width() + px // 3 if unit else 0)
    left = place.centerx - wide // 2
    text.draw_block(surface, words, pygame.Rect(left, place.centery - words.height // 2, words.width, words.height))
    if look.ring:
        caret = pygame.Rect(left + words.width + 2, place.centery - words.height // 2, max(2, px // 12), words.height)
        surface.fill(palette.TEXT, caret)
    if unit:
        at = unit.get_rect(midleft=(left + words.width + px // 3, place.centery))
        surface.blit(unit, at)
        text.note(field.unit, at, round(px * 0.75))
    pointing.note(field.button, well, well)
