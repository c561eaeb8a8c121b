"""A text for somebody who is not well: nothing else on the page, as large as it goes, the number largest."""

import pygame

from posture_trainer.pages.care import CareView
from posture_trainer.pages.views import Controls
from posture_trainer.screen.kit import palette, text
from posture_trainer.screen.kit.key_bar import draw_keys

_HEADING_PX, _NUMBER_PX, _LINE_PX = 72, 96, 48
_LEAST_FIT = 0.3


def draw_care(surface: pygame.Surface, view: CareView, controls: Controls) -> None:
    """Draw the whole window."""
    surface.fill(palette.BACKGROUND)
    keys = draw_keys(surface, view.actions, controls)
    unit = text.unit(surface)
    margin = round(48 * unit)
    inside = pygame.Rect(margin, round(32 * unit), surface.get_width() - 2 * margin, keys.top - round(56 * unit))

    def blocks(fit: float) -> list[text.Block]:
        def block(words: str, px: float, bold: bool) -> text.Block:
            size = max(text.LAST_RESORT_PX, round(text.text_px(surface, px, controls.text_scale) * fit))
            return text.block(words, size, inside.width, None, bold)

        number = [block(view.text.number, _NUMBER_PX, True)] if view.text.number else []
        first, *others = (block(line, _LINE_PX, False) for line in view.text.lines)
        return [block(view.text.heading, _HEADING_PX, True), first, *number, *others]

    gap, fit = round(18 * unit), 1.0
    found = blocks(fit)
    while fit > _LEAST_FIT and sum(each.height + gap for each in found) > inside.height:
        fit -= 0.02
        found = blocks(fit)
    gap += max(0, inside.height - sum(each.height + gap for each in found)) // (len(found) + 1)
    top = inside.top
    for at, each in enumerate(found):
        colour = palette.WAY_BACK if view.text.number and at == 2 else palette.TEXT
        text.draw_block(surface, each, pygame.Rect(inside.left, top, inside.width, each.height), colour)
        top += each.height + gap
