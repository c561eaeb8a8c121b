"""The end of a session: today's bar beside last time's, and the days of this week."""

import pygame

from posture_trainer.pages.front.page import Bars
from posture_trainer.screen.kit import palette, shapes, signs, sizes, text
from posture_trainer.screen.kit.buttons import TILE_RADIUS

_BARS_SHARE = 0.6


def draw_end(surface: pygame.Surface, part: Bars, rect: pygame.Rect, text_scale: float) -> None:
    """Draw both panels; with large text the bars alone."""
    large, gap = text_scale >= sizes.LARGE, sizes.px(surface, 24)
    wide = rect.width if large or not part.week else round(rect.width * _BARS_SHARE)
    _draw_bars(surface, part, _panel(surface, pygame.Rect(rect.left, rect.top, wide, rect.height)), text_scale)
    if not large and part.week:
        left = rect.left + wide + gap
        place = _panel(surface, pygame.Rect(left, rect.top, rect.right - left, rect.height))
        _draw_week(surface, part, place, text_scale)


def _panel(surface: pygame.Surface, rect: pygame.Rect) -> pygame.Rect:
    """A quiet tile; gives its inside."""
    edge, radius = max(2, sizes.px(surface, 2)), sizes.px(surface, TILE_RADIUS)
    surface.blit(shapes.card(rect.size, radius, palette.EDGE, 255), rect)
    inner = rect.inflate(-2 * edge, -2 * edge)
    surface.blit(shapes.card(inner.size, radius - edge, palette.TILE, 255), inner)
    return inner.inflate(-2 * sizes.px(surface, 28), -2 * sizes.px(surface, 20))


def _draw_bars(surface: pygame.Surface, part: Bars, rect: pygame.Rect, text_scale: float) -> None:
    body, lead = (sizes.size_px(surface, size, text_scale) for size in ("body", "lead"))
    tall = min(rect.height // max(1, len(part.bars)), sizes.px(surface, 110))
    label_wide = max(text.width_of(label, body, True) for label, _, _ in part.bars) + body
    value_wide = max(text.width_of(words, lead, True) for _, _, words in part.bars) + body // 2
    room = max(1, rect.width - label_wide - value_wide)
    top = rect.top + (rect.height - tall * len(part.bars)) // 2
    for number, (label, share, words) in enumerate(part.bars):
        line = pygame.Rect(rect.left, top + number * tall, rect.width, tall)
        name = text.block(label, body, label_wide, tall, number == 0)
        text.draw_block(surface, name, pygame.Rect(line.left, line.centery - name.height // 2, label_wide, 0))
        bar = pygame.Rect(line.left + label_wide, 0, max(4, round(room * share)), round(tall * 0.68))
        bar.centery = line.centery
        colour = palette.NEUTRAL if number == 0 else palette.TRACK
        pygame.draw.rect(surface, colour, bar, border_radius=min(sizes.px(surface, 10), bar.width // 2))
        text.note("bar", bar)
        value = text.block(words, lead, value_wide, tall, True)
        at = pygame.Rect(bar.right + body // 2, line.centery - value.height // 2, value.width, 0)
        text.draw_block(surface, value, at)


def _draw_week(surface: pygame.Surface, part: Bars, rect: pygame.Rect, text_scale: float) -> None:
    body, small = (sizes.size_px(surface, size, text_scale) for size in ("body", "small"))
    title = text.block(part.week_title, body, rect.width, 2 * body, True)
    text.draw_block(surface, title, rect)
    below = text.block(part.week_words, small, rect.width, 2 * small)
    text.draw_block(
        surface, below, pygame.Rect(rect.left, rect.bottom - below.height, rect.width, 0), palette.QUIET_TEXT
    )
    days = pygame.Rect(rect.left, rect.top + title.height, rect.width, rect.height - title.height - below.height)
    each = days.width / max(1, len(part.week))
    disc = round(min(each * 0.8, days.height - 1.5 * small))
    for number, (letter, practised, today) in enumerate(part.week):
        centre = round(days.left + (number + 0.5) * each)
        top = days.top + max(0, (days.height - disc - round(1.3 * small)) // 2)
        image = (
            signs.disc(disc, palette.NEUTRAL, palette.DARK_TEXT)
            if practised
            else shapes.whole_ring(disc, 0.07, palette.TRACK)
        )
        surface.blit(image, (centre - disc // 2, top))
        words = text.block(letter, small, round(each), None, today)
        place = pygame.Rect(centre - round(each) // 2, top + disc + small // 8, round(each), 0)
        text.draw_block(surface, words, place, palette.TEXT if today else palette.QUIET_TEXT, "center")
