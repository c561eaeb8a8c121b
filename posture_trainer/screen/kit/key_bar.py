"""The line along the bottom that shows every key and what it does, with the button for whoever feels unwell."""

from dataclasses import dataclass
from functools import lru_cache

import pygame

from posture_trainer.pages.actions import UNWELL, Actions
from posture_trainer.pages.controls import word_now
from posture_trainer.pages.views import Controls
from posture_trainer.screen.kit import palette, pointing, shapes, text
from posture_trainer.screen.kit.buttons import draw_button, natural_width

_Label = tuple[str, str]
"""What is printed on a key, and what it does."""
DESIGN_PX = 22
MOST_ROWS = 2
_UNWELL_PX, _UNWELL_TALL, _MOST_UNWELL_SCALE = 28, 60, 1.5


@dataclass(frozen=True)
class _Chip:
    """A key and its word. cap_width, width: of the key alone and of both, in px."""

    key: str
    word: str
    cap_width: int
    width: int


@dataclass(frozen=True)
class _Bar:
    """Rows of chips, the font size, and the height of one row in px."""

    rows: tuple[tuple[_Chip, ...], ...]
    size_px: int
    row_height: int


def _chips(keys: tuple[_Label, ...], size_px: int) -> list[_Chip]:
    chips = []
    for key, word in keys:
        cap = max(round(size_px * 1.25), text.font(size_px, True).size(key)[0] + round(size_px * 0.6))
        chips.append(_Chip(key, word, cap, cap + round(size_px * 0.3) + text.font(size_px, False).size(word)[0]))
    return chips


def _rows(chips: list[_Chip], width: int, gap: int) -> list[list[_Chip]]:
    rows: list[list[_Chip]] = [[]]
    used = 0
    for chip in chips:
        if rows[-1] and used + gap + chip.width > width:
            rows.append([])
        used = used + gap + chip.width if rows[-1] else chip.width
        rows[-1].append(chip)
    return rows


@lru_cache(maxsize=32)
def _bar(keys: tuple[_Label, ...], size_px: int, width: int) -> _Bar:
    while True:
        chips, gap = _chips(keys, size_px), round(size_px * 0.7)
        rows = _rows(chips, width, gap)
        fits = len(rows) <= MOST_ROWS and max(chip.width for chip in chips) <= width
        if fits or size_px <= text.LAST_RESORT_PX:
            break
        size_px -= 1
    narrower = width
    while narrower > 0 and len(_rows(chips, narrower, gap)) == len(rows):
        rows, narrower = _rows(chips, narrower, gap), narrower - size_px
    return _Bar(tuple(map(tuple, rows)), size_px, round(size_px * 1.62))


def draw_keys(surface: pygame.Surface, actions: Actions, controls: Controls) -> pygame.Rect:
    """Draw the shown ones of these actions along the bottom edge, and note where. Gives the bar's rectangle."""
    shown = [action for action in actions if action.shown and action is not UNWELL]
    keys = tuple((action.cap, word_now(action, controls)) for action in shown)
    whole_width, height = surface.get_size()
    unit = text.unit(surface)
    pad = round(10 * unit)
    button_px = text.text_px(surface, _UNWELL_PX, min(_MOST_UNWELL_SCALE, controls.text_scale))
    wide = natural_width(UNWELL, button_px) if UNWELL in actions else 0
    width = whole_width - (wide + pad if wide else 0)
    bar = _bar(keys, text.text_px(surface, DESIGN_PX, controls.text_scale), width - 4 * pad)
    rows_tall = len(bar.rows) * bar.row_height
    rect = pygame.Rect(0, 0, whole_width, max(rows_tall, round(_UNWELL_TALL * unit) if wide else 0) + pad)
    rect.bottom = height
    surface.blit(shapes.card(rect.size, 0, palette.PANEL, palette.PANEL_ALPHA), rect)
    if wide:
        button = pygame.Rect(width, rect.top + pad // 2, wide, rect.height - pad)
        draw_button(surface, UNWELL, button, button_px, main=True)
    top = rect.top + (rect.height - rows_tall) // 2
    to_draw = iter(shown)
    for row in bar.rows:
        words = sum(chip.width for chip in row)
        gap = min(round(bar.size_px * 1.6), (width - 4 * pad - words) // max(1, len(row) - 1))
        left = (width - words - gap * (len(row) - 1)) // 2
        for chip in row:
            place = pygame.Rect(left, top, chip.width, bar.row_height)
            caps = _draw_chip(surface, chip, place, bar.size_px)
            pointing.note(next(to_draw), place, caps)
            left += chip.width + gap
        top += bar.row_height
    return rect


def _draw_chip(surface: pygame.Surface, chip: _Chip, rect: pygame.Rect, size_px: int) -> pygame.Rect:
    """Draw one chip; gives the rectangle of its cap."""
    cap = pygame.Rect(0, 0, chip.cap_width, round(size_px * 1.36))
    cap.midleft = rect.midleft
    surface.blit(shapes.card(cap.size, round(size_px * 0.28), palette.KEY_CAP, 255), cap)
    for words, bold, colour, middle in (
        (chip.key, True, palette.DARK_TEXT, cap.center),
        (chip.word, False, palette.TEXT, None),
    ):
        image = text.rendered(words, size_px, bold, colour)
        place = image.get_rect(center=middle) if middle else image.get_rect(midright=rect.midright)
        surface.blit(image, place)
        text.note(words, place, size_px)
    return cap
