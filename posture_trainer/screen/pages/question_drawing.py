"""A question before or after a session: the words, the answer as it stands, how to give one, the time that is left."""

from collections.abc import Callable

import pygame

from posture_trainer.pages.actions import STEP_ACTIONS
from posture_trainer.pages.views import Controls, QuestionView
from posture_trainer.screen.kit import palette, pointing, shapes, text
from posture_trainer.screen.kit.key_bar import draw_keys
from posture_trainer.screen.kit.time_left import draw_left

NO_ANSWER = "–"
_TITLE_PX, _WORDS_PX, _ANSWER_PX, _SMALL_PX = 26, 54, 96, 34
_STEP_TALL = 192


def draw_question(surface: pygame.Surface, view: QuestionView, controls: Controls) -> None:
    """Draw the whole window."""
    surface.fill(palette.BACKGROUND)
    keys = draw_keys(surface, view.actions, controls)
    unit = text.unit(surface)
    margin = round(20 * unit)
    panel = pygame.Rect(margin, margin, surface.get_width() - 2 * margin, keys.top - 2 * margin)
    text.draw_panel(surface, panel)
    inside = panel.inflate(-round(64 * unit), -round(32 * unit))

    def sized(design_px: float) -> int:
        return text.text_px(surface, design_px, controls.text_scale)

    bar = pygame.Rect(inside.left, inside.bottom - round(14 * unit), inside.width, round(14 * unit))
    hint_words = controls.notice or view.hint
    hint = text.block(hint_words, sized(_SMALL_PX), inside.width, round(inside.height * 0.18))
    hint_place = pygame.Rect(inside.left, bar.top - round(12 * unit) - hint.height, inside.width, hint.height)
    title = text.block(view.title, sized(_TITLE_PX), inside.width, round(inside.height * 0.1))
    words = text.block(view.words, sized(_WORDS_PX), inside.width, round(inside.height * 0.23), True)
    place = pygame.Rect(inside.left, inside.top, inside.width, title.height)
    text.draw_block(surface, title, place, palette.QUIET_TEXT)
    place.top += title.height
    text.draw_block(surface, words, place)
    top = place.top + words.height
    middle = pygame.Rect(inside.left, top, inside.width, hint_place.top - round(8 * unit) - top)
    _draw_answer(surface, view, middle, sized)
    text.draw_block(surface, hint, hint_place, palette.TEXT)
    draw_left(surface, bar, view.left_share)


def _draw_answer(
    surface: pygame.Surface, view: QuestionView, middle: pygame.Rect, sized: Callable[[float], int]
) -> None:
    """The answer, large, with a line about it; of a number from 0 to 100 the scale that it lies on."""
    if view.scale is not None:
        _draw_scale(surface, view, middle, sized)
        return
    gap = round(12 * text.unit(surface))
    below = 0
    if view.detail:
        detail = text.block(view.detail, sized(_SMALL_PX), middle.width, round(middle.height * 0.35))
        place = pygame.Rect(middle.left, middle.bottom - gap - detail.height, middle.width, detail.height)
        text.draw_block(surface, detail, place, palette.TEXT, "center")
        below = detail.height + gap
    room = middle.height - below - gap
    answer = text.block(view.answer or NO_ANSWER, sized(_ANSWER_PX), middle.width, max(1, room), True)
    place = pygame.Rect(middle.left, middle.top + gap + (room - answer.height) // 2, middle.width, answer.height)
    text.draw_block(surface, answer, place, palette.TEXT, "center")


def _draw_scale(
    surface: pygame.Surface, view: QuestionView, middle: pygame.Rect, sized: Callable[[float], int]
) -> None:
    """Eleven steps to point at, each with a bar that grows, and what the ends mean; the answer's step is filled."""
    unit = text.unit(surface)
    between, gap, half = round(8 * unit), round(12 * unit), (middle.width - round(24 * unit)) // 2
    size, most = sized(_SMALL_PX), round(middle.height * 0.3)
    size = min(text.block(words, size, half, most).size_px for words in view.scale or ())
    low, high = (text.block(words, size, half, most) for words in view.scale or ("", ""))
    tall = min(round(_STEP_TALL * unit), middle.height - 2 * gap - max(low.height, high.height))
    top = middle.top + gap + (middle.height - tall - 2 * gap - max(low.height, high.height)) // 2
    wide = (middle.width - between * (len(STEP_ACTIONS) - 1)) // len(STEP_ACTIONS)
    chosen = None if view.marked is None else round(view.marked * (len(STEP_ACTIONS) - 1))
    for at, action in enumerate(STEP_ACTIONS):
        cell = pygame.Rect(middle.left + at * (wide + between), top, wide, tall)
        _draw_step(surface, cell, view.answer if at == chosen else action.word, at, at == chosen)
        pointing.note(action, cell, cell)
    words_top = top + tall + gap
    text.draw_block(surface, low, pygame.Rect(middle.left, words_top, half, low.height))
    text.draw_block(
        surface, high, pygame.Rect(middle.right - half, words_top, half, high.height), palette.TEXT, "right"
    )


def _draw_step(surface: pygame.Surface, cell: pygame.Rect, number: str, at: int, chosen: bool) -> None:
    """One step of the scale. at: 0 to 10, how high its bar is."""
    unit = text.unit(surface)
    radius, edge = round(12 * unit), max(2, round(2 * unit))
    fill, ink, bar_colour = (
        (palette.NEUTRAL, palette.DARK_TEXT, palette.DARK_TEXT)
        if chosen
        else (palette.TILE, palette.TEXT, palette.QUIET_TEXT)
    )
    surface.blit(shapes.card(cell.size, radius, palette.TRACK, 255), cell)
    inner = cell.inflate(-2 * edge, -2 * edge)
    surface.blit(shapes.card(inner.size, radius - edge, fill, 255), inner)
    words = text.block(number, round(cell.width * 0.42), inner.width - 2 * edge, inner.height, True)
    below = min(round(8 * unit), max(0, inner.height - words.height))
    place = pygame.Rect(inner.left, inner.bottom - words.height - below, inner.width, words.height)
    text.draw_block(surface, words, place, ink, "center")
    room = place.top - inner.top - round(16 * unit)
    bar = pygame.Rect(0, 0, round(cell.width * 0.36), max(round(4 * unit), round(room * at / 10)))
    bar.midbottom = (cell.centerx, place.top)
    if room > 0:
        surface.fill(bar_colour, bar)
