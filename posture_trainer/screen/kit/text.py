"""Words on the window: the font, wrapping into a box, and dark panels that keep words readable.

Sizes are pixels of the window. A design size is what a text measures in a window of 1280x720 at a text
scale of 1; `text_px` turns it into pixels.
"""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import pygame

from posture_trainer import shipped_files
from posture_trainer.screen.kit import palette, shapes
from posture_trainer.screen.kit.palette import Colour

SMALLEST_PX = 16
LAST_RESORT_PX = 9
_LONG_NOTICE, _LONG_NOTICE_SHARE = 120, 0.34  # characters; of the height of the window
Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Drawn:
    """One thing put on the window: a line of text, or a sign by its name; its place; its font size, or 0."""

    what: str
    rect: pygame.Rect
    size_px: int


@dataclass(frozen=True)
class Block:
    """Text broken into lines, with its font size and its whole width and height in pixels."""

    lines: tuple[str, ...]
    size_px: int
    bold: bool
    width: int
    height: int


_records: list[list[Drawn]] = []


@contextmanager
def recording() -> Iterator[list[Drawn]]:
    """Everything that is drawn inside the `with` is noted in the list it gives."""
    notes: list[Drawn] = []
    _records.append(notes)
    try:
        yield notes
    finally:
        _records.pop()


def note(what: str, rect: pygame.Rect, size_px: int = 0) -> None:
    """Tell whoever is recording that something was drawn."""
    for notes in _records:
        notes.append(Drawn(what, rect.copy(), size_px))


def unit(surface: pygame.Surface) -> float:
    """Window pixels for one pixel of the 1280x720 design."""
    return min(surface.get_width() / 1280, surface.get_height() / 720)


def text_px(surface: pygame.Surface, design_px: float, text_scale: float) -> int:
    """The font size in pixels for a design size."""
    return max(SMALLEST_PX, round(design_px * unit(surface) * text_scale))


@lru_cache(maxsize=256)
def font(size_px: int, bold: bool) -> pygame.font.Font:
    """Atkinson Hyperlegible in that size."""
    if not pygame.font.get_init():
        pygame.font.init()
    # A font is dead once pygame has quit, so none may outlive it.
    pygame.register_quit(font.cache_clear)
    return pygame.font.Font(shipped_files.font("Bold" if bold else "Regular"), size_px)


@lru_cache(maxsize=128)
def rendered(line: str, size_px: int, bold: bool, colour: Colour) -> pygame.Surface:
    """The image of one line, kept for the next frame."""
    return font(size_px, bold).render(line, True, colour)


@lru_cache(maxsize=16384)
def width_of(line: str, size_px: int, bold: bool) -> int:
    """How wide a line is, in px: asked again with each frame, and slow to measure."""
    return font(size_px, bold).size(line)[0]


def _fill(words: list[str], width: int, size_px: int, bold: bool) -> list[str]:
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size_px, bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def wrap(text: str, size_px: int, bold: bool, max_width: int) -> list[str]:
    """Lines no wider than `max_width` px where the words allow it, and about equally long."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        words = paragraph.split()
        fewest = _fill(words, max_width, size_px, bold)
        narrow, wide = max_width // max(1, len(fewest)), max_width
        while wide - narrow > 2:
            middle = (narrow + wide) // 2
            if len(_fill(words, middle, size_px, bold)) > len(fewest):
                narrow = middle
            else:
                wide = middle
        lines += _fill(words, wide, size_px, bold)
    return lines


@lru_cache(maxsize=256)
def block(text: str, size_px: int, max_width: int, max_height: int | None = None, bold: bool = False) -> Block:
    """The text in lines that fit the box; it is made smaller only when wrapping does not do."""
    while True:
        lines = tuple(wrap(text, size_px, bold, max_width))
        width = max((width_of(line, size_px, bold) for line in lines), default=0)
        height = font(size_px, bold).get_height() * len(lines)
        fits = width <= max_width and (max_height is None or height <= max_height)
        if fits or size_px <= LAST_RESORT_PX:
            return Block(lines, size_px, bold, width, height)
        size_px = min(size_px - 1, math.floor(size_px * 0.97))


def draw_block(
    surface: pygame.Surface,
    words: Block,
    rect: pygame.Rect,
    colour: Colour = palette.TEXT,
    align: Align = "left",
) -> None:
    """Draw the lines from the top of `rect`, aligned to its left, middle or right."""
    top = rect.top
    for line in words.lines:
        image = rendered(line, words.size_px, words.bold, colour)
        place = image.get_rect(top=top)
        if align == "left":
            place.left = rect.left
        elif align == "right":
            place.right = rect.right
        else:
            place.centerx = rect.centerx
        surface.blit(image, place)
        note(line, place, words.size_px)
        top += image.get_height()


def draw_panel(surface: pygame.Surface, rect: pygame.Rect) -> None:
    """A dark translucent card with round corners."""
    radius = round(18 * unit(surface))
    surface.blit(shapes.card(rect.size, radius, palette.PANEL, palette.PANEL_ALPHA), rect)


def draw_notice(surface: pygame.Surface, notice: str, within: pygame.Rect, text_scale: float) -> pygame.Rect:
    """A line on a panel, at the bottom of `within` and in its middle; a long one may be higher. Gives the panel."""
    pad = round(10 * unit(surface))
    if len(notice) > _LONG_NOTICE:
        tall = max(within.height, round(_LONG_NOTICE_SHARE * surface.get_height()))
        within = pygame.Rect(within.left, within.bottom - tall, within.width, tall)
    words = block(notice, text_px(surface, 26, text_scale), within.width - 2 * pad, within.height - 2 * pad)
    panel = pygame.Rect(0, 0, words.width + 2 * pad, words.height + 2 * pad)
    panel.midbottom = within.midbottom
    draw_panel(surface, panel)
    draw_block(surface, words, panel.inflate(-2 * pad, -2 * pad), align="center")
    return panel


def draw_message(
    surface: pygame.Surface, message: str, area: pygame.Rect, text_scale: float, then: str = ""
) -> pygame.Rect:
    """A large message on a panel in the middle of `area`, with a smaller line under it. Gives the panel."""
    pad = round(32 * unit(surface))
    width, height = round(area.width * 0.92) - 2 * pad, area.height - 2 * pad
    below = block(then, text_px(surface, 36, text_scale), width, height // 3) if then else None
    room = height - (below.height + pad // 2 if below else 0)
    words = block(message, text_px(surface, 56, text_scale), width, room, True)
    content = words.height + (below.height + pad // 2 if below else 0)
    panel = pygame.Rect(0, 0, max(words.width, below.width if below else 0) + 2 * pad, content + 2 * pad)
    panel.center = area.center
    draw_panel(surface, panel)
    inside = panel.inflate(-2 * pad, -2 * pad)
    draw_block(surface, words, inside, align="center")
    if below:
        inside.top += words.height + pad // 2
        draw_block(surface, below, inside, palette.QUIET_TEXT, "center")
    return panel
