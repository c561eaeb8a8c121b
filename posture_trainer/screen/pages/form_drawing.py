"""A form: rows with values on the left, the mirror on the right, its keys at the bottom."""

from dataclasses import dataclass

import pygame

from posture_trainer.pages.views import Controls, FormRow, FormView
from posture_trainer.screen.kit import palette, shapes, text
from posture_trainer.screen.kit.key_bar import draw_keys
from posture_trainer.screen.mirror.picture import draw_picture

_FORM_SHARE, _MORE_WHEN_LARGE = 0.56, 0.14  # of the window's width, at a text scale of 1; more of it at 2
_HEADING_PX, _DETAIL_PX, _LABEL_PX, _VALUE_PX, _LARGE_VALUE_PX, _REMARK_PX, _NOTE_PX = 50, 28, 36, 44, 92, 28, 42
_HEADING_MOST_SCALE = 1.4  # the rows are what has to be read from afar
_STACKED_MOST_SCALE = 1.4  # larger text leaves no height for two lines a row
_VALUE_SHARE = 0.66  # of the width, at most, for a value that stands beside its label
_LEAST_FIT = 0.3
_LONGEST_NOTE_SHOWN = 240
_CURSOR = "_"


@dataclass(frozen=True)
class _Row:
    """The blocks of one row. stacked: the value stands under the label and not beside it. height in px."""

    label: text.Block
    value: text.Block
    remark: text.Block | None
    stacked: bool

    @property
    def height(self) -> int:
        """Of label, value and remark together."""
        beside = self.label.height + self.value.height if self.stacked else max(self.label.height, self.value.height)
        return beside + (self.remark.height if self.remark else 0)


@dataclass(frozen=True)
class _Form:
    """Everything on the form in one size; sizes in px."""

    above: tuple[tuple[text.Block, palette.Colour], ...]
    rows: tuple[_Row, ...]
    gap: int

    @property
    def height(self) -> int:
        """Of all, with the gaps between."""
        parts = [block.height for block, _ in self.above] + [row.height + self.gap for row in self.rows]
        return sum(parts) + self.gap * (len(parts) - 1)


def draw_form(surface: pygame.Surface, view: FormView, controls: Controls) -> None:
    """Draw the whole window."""
    surface.fill(palette.BACKGROUND)
    keys = draw_keys(surface, view.actions, controls)
    margin = round(16 * text.unit(surface))
    width = round(surface.get_width() * (_FORM_SHARE + _MORE_WHEN_LARGE * (controls.text_scale - 1)))
    mirror = pygame.Rect(width, 0, surface.get_width() - width, keys.top)
    draw_picture(surface.subsurface(mirror), view.picture_bgr, view.guide)
    if controls.notice:
        within = mirror.inflate(-2 * margin, -2 * margin)
        text.draw_notice(surface, controls.notice, within, controls.text_scale)
    inside = pygame.Rect(0, 0, width, keys.top).inflate(-3 * margin, -2 * margin)
    fit = 1.0
    while (form := _form(surface, view, controls, inside.width, fit)).height > inside.height and fit > _LEAST_FIT:
        fit -= 0.02
    _draw(surface, form, view, inside)


def _form(surface: pygame.Surface, view: FormView, controls: Controls, width: int, fit: float) -> _Form:
    def px(design_px: float, most_scale: float = 2.0) -> int:
        """Down to a scale of 1 the largest sizes shrink first, below it all alike."""
        grown = text.text_px(surface, design_px, max(1.0, min(scale, most_scale) * fit))
        return max(text.LAST_RESORT_PX, round(grown * min(1.0, fit * scale)))

    scale = controls.text_scale
    stacked = view.large and scale <= _STACKED_MOST_SCALE
    gap = round(px(_LABEL_PX) * 0.28)
    above = [(text.block(view.heading, px(_HEADING_PX, _HEADING_MOST_SCALE), width, None, True), palette.TEXT)]
    if view.detail:
        above.append((text.block(view.detail, px(_DETAIL_PX), width), palette.QUIET_TEXT))
    if view.message:
        above.append((text.block(view.message, px(_LABEL_PX), width, None, True), palette.WAY_BACK))
    if view.note is not None:
        shown = view.note if len(view.note) <= _LONGEST_NOTE_SHOWN else "…" + view.note[-_LONGEST_NOTE_SHOWN:]
        above.append((text.block(shown + _CURSOR, px(_NOTE_PX), width, None, True), palette.TEXT))
    rows = []
    for number, row in enumerate(view.rows):
        value = _value(row, number == view.chosen)
        size = px(_LARGE_VALUE_PX if stacked else _VALUE_PX)
        room = width - 2 * gap
        words = text.block(value, size, room if stacked else round(room * _VALUE_SHARE), size * 2, True)
        label = text.block(row.label, px(_LABEL_PX), room if stacked else room - words.width - gap)
        remark = text.block(row.remark, px(_REMARK_PX), room) if row.remark else None
        rows.append(_Row(label, words, remark, stacked))
    return _Form(tuple(above), tuple(rows), gap)


def _value(row: FormRow, chosen: bool) -> str:
    return f"‹ {row.value} ›" if chosen else row.value


def _draw(surface: pygame.Surface, form: _Form, view: FormView, inside: pygame.Rect) -> None:
    top = inside.top
    for block, colour in form.above:
        text.draw_block(surface, block, pygame.Rect(inside.left, top, inside.width, block.height), colour)
        top += block.height + form.gap
    for number, row in enumerate(form.rows):
        chosen = number == view.chosen
        card = pygame.Rect(inside.left, top, inside.width, row.height + form.gap)
        if chosen:
            surface.blit(shapes.card(card.size, form.gap, palette.KEY_CAP, 255), card)
        colour, quiet = (palette.DARK_TEXT,) * 2 if chosen else (palette.TEXT, palette.QUIET_TEXT)
        place = card.inflate(-2 * form.gap, -form.gap)
        text.draw_block(surface, row.label, _beside(place, row, row.label), quiet if row.stacked else colour)
        if row.stacked:
            place.top += row.label.height
        value = place if row.stacked else _beside(place, row, row.value)
        text.draw_block(surface, row.value, value, colour, "left" if row.stacked else "right")
        if row.remark:
            place.top = card.bottom - form.gap // 2 - row.remark.height
            text.draw_block(surface, row.remark, place, quiet)
        top = card.bottom + form.gap


def _beside(place: pygame.Rect, row: _Row, block: text.Block) -> pygame.Rect:
    """Where a block goes that stands beside another: in the middle of their common line."""
    line = block.height if row.stacked else max(row.label.height, row.value.height)
    return pygame.Rect(place.left, place.top + (line - block.height) // 2, place.width, block.height)
