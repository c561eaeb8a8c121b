"""Help in a session: what the page before it wants, and its keys."""

import pygame

from posture_trainer.pages.front.page import Keys, Words
from posture_trainer.pages.views import Controls, HelpView
from posture_trainer.screen.kit import palette, sizes, text
from posture_trainer.screen.kit.key_bar import draw_keys
from posture_trainer.screen.kit.sentences import draw_keys_list, draw_words, keys_height, words_height

_LEAST_FIT = 0.3


def draw_help(surface: pygame.Surface, view: HelpView, controls: Controls) -> None:
    """Draw the whole window."""
    surface.fill(palette.BACKGROUND)
    bar = draw_keys(surface, view.actions, controls)
    margin, gap, scale = sizes.px(surface, 48), sizes.px(surface, 24), controls.text_scale
    inside = pygame.Rect(margin, gap, surface.get_width() - 2 * margin, bar.top - 2 * gap)
    title = text.block(view.title, sizes.size_px(surface, "title", scale), inside.width, inside.height // 5, True)
    text.draw_block(surface, title, inside)
    inside = pygame.Rect(inside.left, inside.top + title.height + gap, inside.width, inside.height - title.height - gap)
    words, keys, fit = Words(view.sentences, numbered=True), Keys(view.keys), 1.0

    def needed() -> int:
        lines = words_height(surface, words, inside.width, scale, fit)
        return lines + gap + keys_height(surface, keys, scale, fit)

    while fit > _LEAST_FIT and needed() > inside.height:
        fit -= 0.03
    draw_words(surface, words, inside, scale, fit)
    inside.top += words_height(surface, words, inside.width, scale, fit) + gap
    draw_keys_list(surface, keys, inside, scale, fit)
