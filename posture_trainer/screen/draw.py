"""The screens around the practice, and `draw`, which knows how to draw every view."""

from collections.abc import Callable

import pygame

from posture_trainer.pages.actions import Actions
from posture_trainer.pages.care import CareView, ChoiceView
from posture_trainer.pages.front.page import PageView
from posture_trainer.pages.views import (
    AnyView,
    BaselineView,
    Controls,
    FormView,
    GuidedView,
    HelpView,
    PlacementView,
    QuestionView,
    SafetyView,
    StraightView,
    SummaryView,
)
from posture_trainer.screen.kit import palette, shapes, text
from posture_trainer.screen.kit.key_bar import draw_keys
from posture_trainer.screen.mirror.exercise_drawing import draw_exercise
from posture_trainer.screen.mirror.mirror_drawing import draw_practice
from posture_trainer.screen.mirror.picture import draw_picture
from posture_trainer.screen.pages.care_drawing import draw_care
from posture_trainer.screen.pages.choice_drawing import draw_choice
from posture_trainer.screen.pages.form_drawing import draw_form
from posture_trainer.screen.pages.help_drawing import draw_help
from posture_trainer.screen.pages.page_drawing import draw_page
from posture_trainer.screen.pages.placement_drawing import draw_placement
from posture_trainer.screen.pages.question_drawing import draw_question
from posture_trainer.screen.pages.straight_drawing import draw_straight
from posture_trainer.screen.pages.trial_bars import draw_bars
from posture_trainer.words import safety

HOLD = "Hold your head straight, as far as is easy"
KEEP_STILL = "Look straight ahead and keep still"
GET_READY = "Get ready: look straight at the screen"

_LEAST_FIT = 0.3
_ROWS_SHARE = 0.54  # of the width of a summary, where a picture stands beside the rows


def draw(surface: pygame.Surface, view: AnyView, controls: Controls) -> None:
    """Draw any view over the whole surface."""
    match view:
        case SafetyView():
            draw_safety(surface, view, controls)
        case PlacementView():
            draw_placement(surface, view, controls)
        case StraightView():
            draw_straight(surface, view, controls)
        case BaselineView():
            draw_baseline(surface, view, controls)
        case SummaryView():
            draw_summary(surface, view, controls)
        case GuidedView():
            draw_exercise(surface, view, controls)
        case FormView():
            draw_form(surface, view, controls)
        case QuestionView():
            draw_question(surface, view, controls)
        case ChoiceView():
            draw_choice(surface, view, controls)
        case CareView():
            draw_care(surface, view, controls)
        case HelpView():
            draw_help(surface, view, controls)
        case PageView():
            draw_page(surface, view, controls)
        case _:
            draw_practice(surface, view, controls)


def _largest(heights: Callable[[float], int], room: int) -> float:
    """The largest factor up to 1 at which the height in px fits the room."""
    fit = 1.0
    while fit > _LEAST_FIT and heights(fit) > room:
        fit -= 0.02
    return fit


def _content(surface: pygame.Surface, actions: Actions, controls: Controls) -> pygame.Rect:
    """Draw the keys; gives the panel that fills most of the window above them."""
    keys = draw_keys(surface, actions, controls)
    margin = round(20 * text.unit(surface))
    panel = pygame.Rect(margin, margin, surface.get_width() - 2 * margin, keys.top - 2 * margin)
    if controls.notice:
        third = pygame.Rect(panel.left, panel.bottom - panel.height // 3, panel.width, panel.height // 3)
        panel.height = text.draw_notice(surface, controls.notice, third, controls.text_scale).top - 2 * margin
    text.draw_panel(surface, panel)
    return panel


def draw_safety(surface: pygame.Surface, view: SafetyView, controls: Controls) -> None:
    """What to know before a session, and how soon it begins."""
    draw_picture(surface, view.picture_bgr, dimmed=True)
    panel = _content(surface, view.actions, controls)
    unit = text.unit(surface)
    inside = panel.inflate(-round(64 * unit), -round(36 * unit))
    bar = pygame.Rect(inside.left, inside.bottom - round(16 * unit), inside.width, round(16 * unit))
    room = bar.top - inside.top
    indent = round(34 * unit)

    def blocks(fit: float) -> tuple[text.Block, list[text.Block], text.Block, int]:
        heading = text.block(safety.HEADING, _px(surface, 54, controls, fit), inside.width, None, True)
        body = _px(surface, 40, controls, fit)
        lines = [text.block(line, body, inside.width - indent) for line in safety.LINES]
        hint = text.block(view.start_hint, body, inside.width, None, True)
        return heading, lines, hint, max(1, round(body * 0.36))

    def needed(fit: float) -> int:
        heading, lines, hint, gap = blocks(fit)
        return heading.height + sum(line.height + gap for line in lines) + hint.height + 2 * gap

    heading, lines, hint, gap = blocks(_largest(needed, room))
    spare = max(0, room - heading.height - hint.height - sum(line.height for line in lines))
    gap = min(spare // (len(lines) + 2), round(1.2 * lines[0].size_px))
    text.draw_block(surface, heading, inside)
    place = pygame.Rect(inside.left + indent, inside.top + heading.height + gap, inside.width - indent, 0)
    for line in lines:
        dot = round(line.size_px * 0.3)
        middle = place.top + line.height // len(line.lines) // 2
        surface.blit(shapes.card((dot, dot), dot // 2, palette.NEUTRAL, 255), (inside.left, middle - dot // 2))
        text.draw_block(surface, line, place)
        place.top += line.height + gap
    below = pygame.Rect(inside.left, bar.top - gap // 2 - hint.height, inside.width, hint.height)
    text.draw_block(surface, hint, below)
    _draw_bar(surface, bar, view.progress)


def _px(surface: pygame.Surface, design_px: float, controls: Controls, fit: float) -> int:
    return max(text.LAST_RESORT_PX, round(text.text_px(surface, design_px, controls.text_scale) * fit))


def _draw_bar(surface: pygame.Surface, rect: pygame.Rect, progress: float) -> None:
    radius = rect.height // 2
    pygame.draw.rect(surface, palette.TRACK, rect, max(1, rect.height // 8), border_radius=radius)
    done = pygame.Rect(rect.left, rect.top, round(rect.width * min(1.0, max(0.0, progress))), rect.height)
    if done.width >= rect.height:
        pygame.draw.rect(surface, palette.NEUTRAL, done, border_radius=radius)
    text.note("bar", rect)


def draw_baseline(surface: pygame.Surface, view: BaselineView, controls: Controls) -> None:
    """The mirror while neutral is recorded: what to do at the top, how far it is at the bottom."""
    draw_picture(surface, view.picture_bgr)
    keys = draw_keys(surface, view.actions, controls)
    unit = text.unit(surface)
    margin, pad = round(16 * unit), round(22 * unit)
    free = pygame.Rect(0, 0, surface.get_width(), keys.top).inflate(-2 * margin, -2 * margin)
    ring_px = round(170 * unit)
    ring = pygame.Rect(0, 0, ring_px, ring_px)
    ring.midbottom = (free.centerx, free.bottom - pad // 2)
    waiting = view.countdown is None and bool(view.message) and view.progress <= 0

    heading, then = (HOLD, KEEP_STILL) if view.countdown is None else (GET_READY, "")
    if view.heading:
        heading, then = view.heading, view.detail
    if not waiting:
        _draw_heading(surface, heading, then, controls, free, pad)
        text.draw_panel(surface, ring.inflate(pad, pad))
        surface.blit(shapes.whole_ring(ring.width, 0.05, palette.TRACK), ring)
        if view.countdown is None:
            share = round(view.progress * 120) / 120
            surface.blit(shapes.part_ring(ring.width, 0.13, share, palette.NEUTRAL), ring)
        else:
            number = text.block(str(view.countdown), round(108 * unit), ring.width, ring.height, True)
            place = pygame.Rect(ring.left, ring.centery - number.height // 2, ring.width, number.height)
            text.draw_block(surface, number, place, align="center")
    if controls.notice and not view.message:
        aside = pygame.Rect(free.left, ring.top, ring.left - pad - free.left, free.bottom - ring.top)
        text.draw_notice(surface, controls.notice, aside, controls.text_scale)
    if view.message:
        bottom = free.bottom if waiting else ring.top - pad - margin
        top = free.top if waiting else free.top + round(free.height * 0.34)
        text.draw_message(
            surface, view.message, pygame.Rect(free.left, top, free.width, bottom - top), controls.text_scale
        )


def _draw_heading(
    surface: pygame.Surface, heading: str, then: str, controls: Controls, free: pygame.Rect, pad: int
) -> None:
    room = round(free.height * 0.34) - 2 * pad
    size, width = text.text_px(surface, 50, controls.text_scale), free.width - 2 * pad
    small = text.text_px(surface, 32, controls.text_scale)
    below = text.block(then, small, width, room // 3) if then else None
    words = text.block(heading, size, width, room - (below.height if below else 0), True)
    tall = words.height + (below.height if below else 0)
    panel = pygame.Rect(0, free.top, max(words.width, below.width if below else 0) + 2 * pad, tall + pad)
    panel.centerx = free.centerx
    text.draw_panel(surface, panel)
    place = pygame.Rect(panel.left + pad, panel.top + pad // 2, panel.width - 2 * pad, words.height)
    text.draw_block(surface, words, place, align="center")
    if below:
        place.top = place.bottom
        text.draw_block(surface, below, place, palette.QUIET_TEXT, "center")


def draw_summary(surface: pygame.Surface, view: SummaryView, controls: Controls) -> None:
    """What the session was: a heading, rows with large values, a picture beside them, a closing word."""
    surface.fill(palette.BACKGROUND)
    panel = _content(surface, view.actions, controls)
    unit = text.unit(surface)
    inside = panel.inflate(-round(72 * unit), -round(40 * unit))
    width = round(inside.width * _ROWS_SHARE) if view.bars else inside.width

    def blocks(fit: float) -> tuple[list[text.Block], list[tuple[text.Block, text.Block]], int]:
        big, middle, small = (_px(surface, px, controls, fit) for px in (56, 38, 28))
        values = [text.block(value, big, width * 6 // 10, None, True) for _, value in view.rows]
        room = width - max((value.width for value in values), default=0) - middle
        rows = [(text.block(what, middle, room), value) for (what, _), value in zip(view.rows, values, strict=True)]
        singles = [
            text.block(view.heading, _px(surface, 54, controls, fit), inside.width, None, True),
            text.block(view.closing, middle, inside.width),
            text.block(view.leave_hint, small, inside.width),
        ]
        return singles, rows, max(1, round(middle * 0.3))

    def needed(fit: float) -> int:
        singles, rows, gap = blocks(fit)
        return sum(max(w.height, v.height) + gap for w, v in rows) + sum(s.height + gap for s in singles)

    singles, rows, gap = blocks(_largest(needed, inside.height))
    (heading, closing, hint), count = singles, len(rows) + 2
    gap += min(max(0, inside.height - _sum_heights(singles, rows, gap)) // max(1, count), 2 * gap)
    text.draw_block(surface, heading, inside)
    top = inside.top + heading.height + gap
    for what, value in rows:
        row = pygame.Rect(inside.left, top, width, max(what.height, value.height))
        text.draw_block(surface, what, _middle(row, what.height))
        text.draw_block(surface, value, _middle(row, value.height), palette.NEUTRAL, "right")
        line = pygame.Rect(row.left, row.bottom + gap // 2, row.width, max(1, round(unit)))
        surface.fill(palette.TRACK, line)
        top = row.bottom + gap
    foot = pygame.Rect(inside.left, inside.bottom - hint.height, inside.width, hint.height)
    last = pygame.Rect(inside.left, top, inside.width, closing.height)
    if view.bars is not None:
        last.bottom = foot.top - gap // 2
        picture = pygame.Rect(inside.left + width, 0, inside.width - width, 0).inflate(-round(48 * unit), 0)
        picture.right, picture.top = inside.right, inside.top + heading.height + gap
        picture.height = last.top - gap - picture.top
        draw_bars(surface, view.bars, picture, controls.text_scale)
    text.draw_block(surface, closing, last)
    text.draw_block(surface, hint, foot, palette.QUIET_TEXT)


def _middle(row: pygame.Rect, height: int) -> pygame.Rect:
    """A rectangle of this height (px) in the middle of the row."""
    return pygame.Rect(row.left, row.centery - height // 2, row.width, height)


def _sum_heights(singles: list[text.Block], rows: list[tuple[text.Block, text.Block]], gap: int) -> int:
    return sum(max(w.height, v.height) + gap for w, v in rows) + sum(single.height + gap for single in singles)
