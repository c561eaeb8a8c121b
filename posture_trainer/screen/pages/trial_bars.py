"""The picture of a summary: a bar for each trial, filled as far as it went."""

import pygame

from posture_trainer.pages.views import TrialBars
from posture_trainer.screen.kit import palette, text

_TITLE_PX, _NUMBER_PX = 28, 24
_NUMBERED_EVERY = 5
_WIDEST_PX = 64
_MOST_SCALE = 1.5  # of the text: the bars need the room
WHOLE, NONE = "all", "0"  # what the upper and the lower edge mean


def draw_bars(surface: pygame.Surface, bars: TrialBars, area: pygame.Rect, text_scale: float) -> None:
    """Draw the picture into `area`: title on top, the bars with a line at "all" and at 0, numbers under some."""
    unit, text_scale = text.unit(surface), min(text_scale, _MOST_SCALE)
    size = text.text_px(surface, _NUMBER_PX, text_scale)
    title = text.block(bars.title, text.text_px(surface, _TITLE_PX, text_scale), area.width, round(area.height * 0.34))
    text.draw_block(surface, title, area)
    number_height = text.font(size, False).get_height()
    left = area.left + text.block(WHOLE, size, area.width).width + round(12 * unit)
    top = area.top + title.height + number_height // 2 + round(4 * unit)
    plot = pygame.Rect(left, top, area.right - left, area.bottom - number_height - round(8 * unit) - top)
    thin = max(1, round(2 * unit))
    for words, y in ((WHOLE, plot.top), (NONE, plot.bottom)):
        surface.fill(palette.TRACK, (plot.left, y - thin // 2, plot.width, thin))
        place = pygame.Rect(area.left, y - number_height // 2, left - round(12 * unit) - area.left, number_height)
        text.draw_block(surface, text.block(words, size, area.width), place, palette.TEXT, "right")
    pitch = plot.width / max(1, len(bars.shares))
    width = max(2, min(round(_WIDEST_PX * unit), round(pitch * 0.7)))
    free_from = area.left
    for index, share in enumerate(bars.shares):
        middle = round(plot.left + (index + 0.5) * pitch)
        if share is not None:
            height = round(min(1.0, max(0.0, share)) * plot.height)
            bar = pygame.Rect(middle - width // 2, plot.bottom - height, width, height)
            surface.fill(palette.NEUTRAL, bar)
            text.note("trial", bar)
        number = index + 1
        if number == 1 or number == len(bars.shares) or number % _NUMBERED_EVERY == 0:
            label = text.block(str(number), size, area.width)
            place = pygame.Rect(0, plot.bottom + round(6 * unit), label.width, label.height)
            place.centerx = middle
            place.right = min(place.right, area.right)
            if place.left >= free_from:
                text.draw_block(surface, label, place, palette.QUIET_TEXT)
                free_from = place.right + round(10 * unit)
