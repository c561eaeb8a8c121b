"""A list: rows under their heads, the whole row to be pressed; pages and no scrolling."""

import pygame

from posture_trainer.pages.front.page import Listing, Row
from posture_trainer.screen.kit import palette, pointing, signs, sizes, text
from posture_trainer.screen.kit.buttons import draw_plate, plate_of

_TALL, _GAP = 74, 12
NOTHING = "nothing"


def _row_tall(surface: pygame.Surface, text_scale: float, fit: float) -> int:
    least = 1.7 * sizes.size_px(surface, "body", text_scale, fit)
    return max(sizes.px(surface, 44), round(max(sizes.px(surface, _TALL) * max(0.7, fit), least)))


def _heads_tall(surface: pygame.Surface, part: Listing, text_scale: float, fit: float) -> int:
    return round(1.35 * sizes.size_px(surface, "small", text_scale, fit)) if any(part.heads) else 0


def listing_height(surface: pygame.Surface, part: Listing, text_scale: float, fit: float) -> int:
    """How high the list is, in px."""
    rows, gap = len(part.rows), sizes.px(surface, _GAP)
    heads = _heads_tall(surface, part, text_scale, fit)
    return heads + rows * _row_tall(surface, text_scale, fit) + max(0, rows - 1) * gap


def draw_listing(surface: pygame.Surface, part: Listing, rect: pygame.Rect, text_scale: float, fit: float) -> None:
    """Draw the heads and the rows."""
    pad, top = sizes.px(surface, 28), rect.top
    lefts = [rect.left + pad]
    for share in part.shares[:-1]:
        lefts.append(lefts[-1] + round(share * (rect.width - 2 * pad)))
    ends = [*lefts[1:], rect.right - pad]
    heads = _heads_tall(surface, part, text_scale, fit)
    if heads:
        for head, left, end in zip(part.heads, lefts, ends, strict=False):
            words = text.block(head, sizes.size_px(surface, "small", text_scale, fit), max(1, end - left), heads)
            text.draw_block(surface, words, pygame.Rect(left, top, end - left, heads), palette.QUIET_TEXT)
        top += heads
    tall = _row_tall(surface, text_scale, fit)
    for row in part.rows:
        place = pygame.Rect(rect.left, top, rect.width, tall)
        _draw_row(surface, row, place, list(zip(lefts, ends, strict=True)), text_scale, fit)
        top += tall + sizes.px(surface, _GAP)


def _draw_row(
    surface: pygame.Surface, row: Row, rect: pygame.Rect, columns: list[tuple[int, int]], text_scale: float, fit: float
) -> None:
    look = pointing.look(row.button, rect)
    place = draw_plate(surface, rect, plate_of(look, chosen=row.button.chosen), look)
    px = sizes.size_px(surface, "body", text_scale, fit)
    gap = sizes.px(surface, 12)
    for number, (left, end) in enumerate(columns):
        cell = row.button.word if number == 0 else row.cells[number - 1] if number <= len(row.cells) else ""
        if number == 2 and row.days is not None:
            left = _draw_days(surface, row.days, left, place, end) + gap
        last = number == len(columns) - 1 and number > 1
        if last:
            sign = "flag" if row.flag else "tick"
            mark = signs.sign(sign, round(px * 0.95), palette.WAY_BACK if row.flag else palette.TRACK)
            surface.blit(mark, (left, place.centery - mark.get_height() // 2))
            left += round(1.5 * px)
        words = text.block(
            cell, px if number == 0 else round(px * 0.86), max(1, end - left - gap), rect.height, number == 0
        )
        ink = palette.TEXT if number == 0 or (last and row.flag) else palette.QUIET_TEXT
        text.draw_block(
            surface, words, pygame.Rect(left, place.centery - words.height // 2, words.width, words.height), ink
        )
    pointing.note(row.button, rect, rect)


def _draw_days(surface: pygame.Surface, days: tuple[int, int], left: int, row: pygame.Rect, end: int) -> int:
    """A box for each day asked for, filled for those that were; gives where they end, in px."""
    done, asked = days
    return draw_boxes(surface, done, max(asked, done), pygame.Rect(left, row.top, (end - left) // 2, row.height))


def draw_boxes(surface: pygame.Surface, done: int, of: int, rect: pygame.Rect) -> int:
    """Boxes side by side from the left of `rect`, the first `done` of them filled; gives where they end, in px."""
    wide = min(sizes.px(surface, 14), rect.width // max(1, round(of * 1.45)))
    tall, left = round(wide * 1.9), rect.left
    for number in range(of):
        box = pygame.Rect(left, 0, wide, tall)
        box.centery = rect.centery
        if number < done:
            pygame.draw.rect(surface, palette.NEUTRAL, box, border_radius=max(2, wide // 4))
        else:
            pygame.draw.rect(surface, palette.TRACK, box, max(1, wide // 7), border_radius=max(2, wide // 4))
        left += round(wide * 1.45)
    text.note("days", pygame.Rect(rect.left, rect.top, left - rect.left, rect.height))
    return left
