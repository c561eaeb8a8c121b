"""Sentences one under the other, each with its number, a tick, or nothing before it."""

from dataclasses import dataclass

import pygame

from posture_trainer.pages.front.page import Keys, Words
from posture_trainer.screen.kit import palette, shapes, signs, sizes, text
from posture_trainer.screen.kit.buttons import cap_width, draw_cap


@dataclass(frozen=True)
class _Line:
    """A sentence with its quiet line. tall: both together, in px."""

    words: text.Block
    then: text.Block | None

    @property
    def tall(self) -> int:
        return self.words.height + (self.then.height if self.then else 0)


def _indent(px: int, part: Words) -> int:
    return round(px * 1.7) if part.numbered or part.tick else 0


def _lines(surface: pygame.Surface, part: Words, width: int, text_scale: float, fit: float) -> tuple[list[_Line], int]:
    size_px = sizes.size_px(surface, part.size, text_scale, fit)
    room = max(1, width - _indent(size_px, part))
    bold = part.size == "title" or bool(part.then) or part.tick
    small = sizes.size_px(surface, "small", text_scale, fit)
    then = part.then if text_scale < sizes.LARGE else ()
    found = []
    for number, line in enumerate(part.lines):
        quiet = then[number] if number < len(then) else ""
        found.append(
            _Line(text.block(line, size_px, room, None, bold), text.block(quiet, small, room) if quiet else None)
        )
    return found, size_px


def words_height(surface: pygame.Surface, part: Words, width: int, text_scale: float, fit: float) -> int:
    """How high the sentences are, in px."""
    found, size_px = _lines(surface, part, width, text_scale, fit)
    return sum(line.tall for line in found) + round(0.45 * size_px) * max(0, len(found) - 1)


def draw_words(surface: pygame.Surface, part: Words, rect: pygame.Rect, text_scale: float, fit: float) -> None:
    """Draw them from the top of `rect`."""
    found, size_px = _lines(surface, part, rect.width, text_scale, fit)
    top, indent = rect.top, _indent(size_px, part)
    ink = palette.QUIET_TEXT if part.quiet else palette.TEXT
    for number, line in enumerate(found, 1):
        first = line.words.height // max(1, len(line.words.lines))
        if part.numbered:
            ring_px = round(size_px * 1.25)
            place = pygame.Rect(rect.left, top + first // 2 - ring_px // 2, ring_px, ring_px)
            surface.blit(shapes.whole_ring(ring_px, 0.07, palette.TEXT), place)
            digit = text.block(str(number), round(size_px * 0.75), ring_px, None, True)
            text.draw_block(surface, digit, place.move(0, (ring_px - digit.height) // 2), palette.TEXT, "center")
        elif part.tick:
            disc = signs.disc(round(size_px * 1.2), palette.NEUTRAL, palette.DARK_TEXT)
            surface.blit(disc, (rect.left, top + first // 2 - disc.get_height() // 2))
        text.draw_block(surface, line.words, pygame.Rect(rect.left + indent, top, rect.width - indent, 0), ink)
        if line.then:
            below = pygame.Rect(rect.left + indent, top + line.words.height, rect.width - indent, 0)
            text.draw_block(surface, line.then, below, palette.QUIET_TEXT)
        top += line.tall + round(0.45 * size_px)


def keys_height(surface: pygame.Surface, part: Keys, text_scale: float, fit: float) -> int:
    """How high the list of keys is, in px; two columns."""
    return (len(part.keys) + 1) // 2 * round(sizes.size_px(surface, "small", text_scale, fit) * 1.9)


def draw_keys_list(surface: pygame.Surface, part: Keys, rect: pygame.Rect, text_scale: float, fit: float) -> None:
    """Draw the keys with what they do, in two columns."""
    px = sizes.size_px(surface, "small", text_scale, fit)
    rows, half, tall = (len(part.keys) + 1) // 2, rect.width // 2, round(px * 1.9)
    widest = 0
    for key, _ in part.keys:
        widest = max(widest, cap_width(key, px))
    for number, (key, does) in enumerate(part.keys):
        left, top = rect.left + number // rows * half, rect.top + number % rows * tall
        right = left + cap_width(key, px)
        draw_cap(surface, key, px, palette.DARK_TEXT, palette.KEY_CAP, (right, top + tall // 2))
        words = text.block(does, px, half - widest - 2 * px, tall)
        place = pygame.Rect(left + widest + px, top + (tall - words.height) // 2, words.width, words.height)
        text.draw_block(surface, words, place)
