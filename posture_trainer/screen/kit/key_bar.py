"""The line along the bottom that shows every key and what it does, with the button for whoever feels unwell."""

from dataclasses import dataclass
from functools import lru_cache

import pygame

from posture_trainer.pages.actions import CAPS, UNWELL, Action, Actions
from posture_trainer.pages.controls import word_now
from posture_trainer.pages.views import Controls
from posture_trainer.screen.kit import palette, pointing, shapes, sizes, text
from posture_trainer.screen.kit.buttons import cap_width, draw_button, draw_cap, draw_plate, natural_width, plate_of

_Label = tuple[tuple[str, ...], str, bool]
DESIGN_PX = 22
TARGET_PX = 44  # of the design: what a finger finds
MOST_ROWS = 2
_GAP, _MOST_GAP = 0.4, 0.9  # between buttons, of the size of their text
_BAND_PX = 98  # of the design, with the buttons 88 high
_UNWELL_PX, _UNWELL_TALL, _MOST_UNWELL_SCALE = 28, 60, 1.5


@dataclass(frozen=True)
class _Chip:
    """An action's button, or where many keys do it what says so. caps: what is printed on each of its keys. cap_width,
    width: of one key and of all of it, in px."""

    caps: tuple[str, ...]
    word: str
    pressable: bool
    cap_width: int
    width: int


@dataclass(frozen=True)
class _Bar:
    """Rows of chips, the font size, and the height of one row in px."""

    rows: tuple[tuple[_Chip, ...], ...]
    size_px: int


def _chips(labels: tuple[_Label, ...], size_px: int, least_px: int) -> list[_Chip]:
    chips = []
    for caps, word, pressable in labels:
        cap = max(round(size_px * 1.25), max(text.width_of(key, size_px, True) for key in caps) + round(size_px * 0.6))
        pad = round(size_px * 0.3)
        if len(caps) > 1:  # each of them is a target
            cap = max(cap, least_px)
        ends = 2 * pad if pressable else 0
        wide = len(caps) * cap + pad + text.width_of(word, size_px, False) + ends
        chips.append(_Chip(caps, word, pressable, cap, wide))
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
def _bar(labels: tuple[_Label, ...], size_px: int, width: int, least_px: int) -> _Bar:
    while True:
        chips, gap = _chips(labels, size_px, least_px), round(size_px * _GAP)
        rows = _rows(chips, width, gap)
        fits = len(rows) <= MOST_ROWS and max(chip.width for chip in chips) <= width
        if fits or size_px <= text.LAST_RESORT_PX:
            break
        size_px -= 1
    narrower = width
    while narrower > 0 and len(_rows(chips, narrower, gap)) == len(rows):
        rows, narrower = _rows(chips, narrower, gap), narrower - size_px
    return _Bar(tuple(map(tuple, rows)), size_px)


def draw_keys(surface: pygame.Surface, actions: Actions, controls: Controls) -> pygame.Rect:
    """Draw the shown ones of these actions along the bottom edge, and note where. Gives the bar's rectangle, which is
    the same while the buttons rest: then only the one for whoever feels unwell is there."""
    shown = [action for action in actions if action.shown and action is not UNWELL]
    labels = tuple(_label(action, controls) for action in shown)
    whole_width, height = surface.get_size()
    unit = text.unit(surface)
    pad, gap, tall = round(10 * unit), round(6 * unit), round(TARGET_PX * unit)
    button_px = text.text_px(surface, _UNWELL_PX, min(_MOST_UNWELL_SCALE, controls.text_scale))
    wide = natural_width(UNWELL, button_px) if UNWELL in actions else 0
    width = whole_width - (wide + pad if wide else 0)
    if shown and all(action.band for action in shown):
        rect = pygame.Rect(0, height - round(_BAND_PX * unit), whole_width, round(_BAND_PX * unit))
        _draw_band(surface, shown, controls, rect, width)
        _draw_unwell(surface, controls, pygame.Rect(width, rect.top, wide, rect.height), gap, button_px)
        return rect
    bar = _bar(labels, text.text_px(surface, DESIGN_PX, controls.text_scale), width - 2 * pad, tall)
    tall = max(tall, round(bar.size_px * 1.62))
    rows_tall = len(bar.rows) * (tall + gap) - gap
    rect = pygame.Rect(0, 0, whole_width, max(rows_tall, round(_UNWELL_TALL * unit) if wide else 0) + 2 * gap)
    rect.bottom = height
    if not controls.buttons_rest:
        surface.blit(shapes.card(rect.size, 0, palette.PANEL, palette.PANEL_ALPHA), rect)
    if wide:
        _draw_unwell(surface, controls, pygame.Rect(width, rect.top, wide, rect.height), gap, button_px)
    if controls.buttons_rest:
        return rect
    top = rect.top + (rect.height - rows_tall) // 2
    to_draw = iter(shown)
    for row in bar.rows:
        words = sum(chip.width for chip in row)
        between = min(round(bar.size_px * _MOST_GAP), (width - 2 * pad - words) // max(1, len(row) - 1))
        left = (width - words - between * (len(row) - 1)) // 2
        for chip in row:
            _draw_chip(surface, next(to_draw), chip, pygame.Rect(left, top, chip.width, tall), bar.size_px)
            left += chip.width + between
        top += tall + gap
    return rect


def _draw_unwell(surface: pygame.Surface, controls: Controls, place: pygame.Rect, gap: int, size_px: int) -> None:
    """The button for whoever feels unwell, which stays while the others rest."""
    button = place.inflate(0, -2 * gap)
    if controls.buttons_rest:
        least = round(_UNWELL_TALL * text.unit(surface))
        button.top, button.height = button.bottom - least, least
    draw_button(surface, UNWELL, button, size_px, main=True)


def _draw_band(
    surface: pygame.Surface, actions: list[Action], controls: Controls, rect: pygame.Rect, right: int
) -> None:
    """A few large buttons side by side, up to `right` px; they never move."""
    if controls.buttons_rest:
        return
    surface.blit(shapes.card(rect.size, 0, palette.PANEL, palette.PANEL_ALPHA), rect)
    gap = round(10 * text.unit(surface))
    size_px = text.text_px(surface, _UNWELL_PX, controls.text_scale)
    wide = (right - gap * (len(actions) + 1)) // len(actions)
    capped = all(_large_width(surface, action, controls, size_px) <= wide for action in actions)
    for number, action in enumerate(actions):
        place = pygame.Rect(gap + number * (wide + gap), rect.top + gap // 2, wide, rect.height - gap)
        draw_large(surface, action, place, controls, capped=capped)


def _large_width(surface: pygame.Surface, action: Action, controls: Controls, size_px: int) -> int:
    words = text.width_of(word_now(action, controls), size_px, True)
    return words + cap_width(action.cap, round(size_px * 0.72)) + round(50 * text.unit(surface))


def draw_large(
    surface: pygame.Surface,
    action: Action,
    place: pygame.Rect,
    controls: Controls,
    lit: bool = False,
    capped: bool = True,
    size: int = _UNWELL_PX,
) -> None:
    """An action with one key as a large button, and note where. lit: the next sensible step, or what was chosen.
    capped: with its key, for which large text leaves no room. size: of its word, in px of the design."""
    look = pointing.look(action, place)
    plate, unit = plate_of(look, lit=lit), text.unit(surface)
    capped = capped and controls.text_scale < sizes.LARGE
    inside = draw_plate(surface, place, plate, look).inflate(-round((40 if capped else 12) * unit), 0)
    caps, size_px = pygame.Rect(inside.midright, (0, 0)), text.text_px(surface, size, controls.text_scale)
    if capped:
        ink, fill = (palette.TEXT, palette.DARK_TEXT) if lit else (palette.DARK_TEXT, palette.KEY_CAP)
        caps = draw_cap(surface, action.cap, round(size_px * 0.72), ink, fill, inside.midright)
        inside.width = caps.left - round(10 * unit) - inside.left
    word = word_now(action, controls)
    words = text.block(word.capitalize(), size_px, max(1, inside.width), inside.height, True)
    top = pygame.Rect(inside.left, inside.centery - words.height // 2, inside.width, words.height)
    text.draw_block(surface, words, top, plate.ink, "center")
    pointing.note(action, place, caps)


def _label(action: Action, controls: Controls) -> _Label:
    """What is printed on an action's keys and what it does; whether its keys can be pointed at."""
    caps = (action.together,) if action.together else tuple(CAPS[key] for key in action.keys)
    many = len(action.keys) > 1 and len(caps) == 1
    return caps, word_now(action, controls), not many


def _draw_chip(surface: pygame.Surface, action: Action, chip: _Chip, rect: pygame.Rect, size_px: int) -> None:
    """Draw one chip, and note where. One key: all of it is a button; several: each key is one, before the word."""
    pad, place = round(size_px * 0.3) if chip.pressable else 0, rect
    single, look = len(chip.caps) == 1, pointing.look(action, rect)
    caps = pygame.Rect(rect.left + pad, rect.top, chip.cap_width * len(chip.caps), rect.height)
    if chip.pressable and single:
        place = draw_plate(surface, rect, plate_of(look), look)
    for number, cap in enumerate(chip.caps):
        key = pygame.Rect(caps.left + number * chip.cap_width, place.top, chip.cap_width, place.height)
        if not single:
            edge = max(1, size_px // 12)
            draw_plate(surface, key.inflate(-2 * edge, 0), plate_of(look), look)
        light = pygame.Rect(0, 0, chip.cap_width if single else round(size_px * 1.36), round(size_px * 1.36))
        light.center = key.center
        surface.blit(shapes.card(light.size, round(size_px * 0.28), palette.KEY_CAP, 255), light)
        image = text.rendered(cap, size_px, True, palette.DARK_TEXT)
        surface.blit(image, image.get_rect(center=light.center))
        if single:
            text.note(cap, image.get_rect(center=light.center), size_px)
    if not single:
        text.note(action.cap, caps, size_px)
    image = text.rendered(chip.word, size_px, False, palette.TEXT)
    at = image.get_rect(midright=(place.right - pad, place.centery))
    surface.blit(image, at)
    text.note(chip.word, at, size_px)
    pointing.note(action, rect, caps)
