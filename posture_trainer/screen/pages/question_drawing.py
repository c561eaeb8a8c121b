"""A question before or after a session: the words, the answer as it stands, how to give one, the time that is left."""

from collections.abc import Callable

import pygame

from posture_trainer.pages.views import Controls, QuestionView
from posture_trainer.screen.kit import palette, text
from posture_trainer.screen.kit.key_bar import draw_keys

NO_ANSWER = "–"
_TITLE_PX, _WORDS_PX, _ANSWER_PX, _SMALL_PX = 26, 54, 96, 34
_SCALE_SHARE = 0.72  # of the width


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
    _draw_left(surface, bar, view.left_share)


def _draw_answer(
    surface: pygame.Surface, view: QuestionView, middle: pygame.Rect, sized: Callable[[float], int]
) -> None:
    """The answer, large; under it the scale that it lies on, or a line about it."""
    unit = text.unit(surface)
    gap = round(12 * unit)
    below = 0
    if view.scale is not None:
        below = _draw_scale(surface, view, middle, sized) + gap
    elif view.detail:
        detail = text.block(view.detail, sized(_SMALL_PX), middle.width, round(middle.height * 0.35))
        place = pygame.Rect(middle.left, middle.bottom - gap - detail.height, middle.width, detail.height)
        text.draw_block(surface, detail, place, palette.TEXT, "center")
        below = detail.height + gap
    room = middle.height - below - gap
    answer = text.block(view.answer or NO_ANSWER, sized(_ANSWER_PX), middle.width, max(1, room), True)
    place = pygame.Rect(middle.left, middle.top + gap + (room - answer.height) // 2, middle.width, answer.height)
    text.draw_block(surface, answer, place, palette.TEXT, "center")


def _draw_scale(surface: pygame.Surface, view: QuestionView, middle: pygame.Rect, sized: Callable[[float], int]) -> int:
    """A line from 0 to 100 with what its ends mean, and a round mark at the answer. Gives the height in px it takes."""
    unit = text.unit(surface)
    line = pygame.Rect(0, 0, round(middle.width * _SCALE_SHARE), max(3, round(8 * unit)))
    low, high = (f"{number}: {words}" for number, words in zip((0, 100), view.scale or ("", ""), strict=True))
    half = (middle.width - round(24 * unit)) // 2
    size, most = sized(_SMALL_PX * 0.85), round(middle.height * 0.34)
    size = min(text.block(words, size, half, most).size_px for words in (low, high))
    ends = [text.block(words, size, half, most) for words in (low, high)]
    radius = round(18 * unit)
    tall = max(end.height for end in ends)
    line.midbottom = (middle.centerx, middle.bottom - tall - radius - round(4 * unit))
    pygame.draw.rect(surface, palette.TRACK, line, border_radius=line.height // 2)
    for end in (line.left, line.right):
        pygame.draw.line(
            surface, palette.TRACK, (end, line.centery - radius), (end, line.centery + radius), line.height
        )
    if view.marked is not None:
        at = round(line.left + min(1.0, max(0.0, view.marked)) * line.width), line.centery
        pygame.draw.circle(surface, palette.NEUTRAL, at, radius)
    text.note("scale", pygame.Rect(line.left - radius, line.centery - radius, line.width + 2 * radius, 2 * radius))
    words_top = middle.bottom - tall
    text.draw_block(surface, ends[0], pygame.Rect(middle.left, words_top, half, tall), palette.TEXT)
    text.draw_block(surface, ends[1], pygame.Rect(middle.right - half, words_top, half, tall), palette.TEXT, "right")
    return middle.bottom - line.centery + radius


def _draw_left(surface: pygame.Surface, bar: pygame.Rect, left_share: float) -> None:
    """How long until it goes on by itself: a bar that empties."""
    pygame.draw.rect(surface, palette.TRACK, bar, max(1, bar.height // 8), border_radius=bar.height // 2)
    left = bar.copy()
    left.width = round(bar.width * min(1.0, max(0.0, left_share)))
    if left.width >= left.height:
        pygame.draw.rect(surface, palette.NEUTRAL, left, border_radius=bar.height // 2)
    text.note("bar", bar)
