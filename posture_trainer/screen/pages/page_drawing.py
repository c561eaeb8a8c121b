"""Draws any page around practice: its frame, then its parts one under the other, smaller only where all else failed."""

from dataclasses import dataclass, replace

import pygame

from posture_trainer.pages.front.page import DeskSign, Door, PageView, Part
from posture_trainer.pages.views import Controls
from posture_trainer.screen.kit import palette, pointing, shapes, signs, sizes, text
from posture_trainer.screen.kit.buttons import draw_front, front_width
from posture_trainer.screen.pages.desk_drawing import draw_desk
from posture_trainer.screen.pages.home_drawing import draw_home
from posture_trainer.screen.pages.page_parts import draw_part, part_height

_MARGIN, _LARGE_MARGIN, _TOP = 48, 32, 20
_BUTTON_TALL, _LARGE_TALL, _MAIN_TALL = 80, 86, 88
_GAP = 16
_MAIN_WIDE = 400
_BESIDE_SHARE, _ART_SHARE = 0.33, 0.34
_LEAST_FIT = 0.34


@dataclass(frozen=True)
class Frame:
    """Where things go on a page. margin, gap: px. inside: between what stands at the top and at the bottom."""

    surface: pygame.Surface
    text_scale: float
    margin: int
    gap: int

    @property
    def large(self) -> bool:
        """Whether what nobody needs in order to act gives way."""
        return self.text_scale >= sizes.LARGE

    def px(self, design: float) -> int:
        """Pixels of the window."""
        return sizes.px(self.surface, design)


def draw_page(surface: pygame.Surface, view: PageView, controls: Controls) -> None:
    """Draw the whole window."""
    surface.fill(palette.BACKGROUND)
    large = controls.text_scale >= sizes.LARGE
    margin = sizes.px(surface, _LARGE_MARGIN if large else _MARGIN)
    frame = Frame(surface, controls.text_scale, margin, sizes.px(surface, _GAP))
    if any(isinstance(part, DeskSign) for part in view.parts):
        draw_desk(surface, view, controls.text_scale)
        return
    if view.home and any(isinstance(part, Door) for part in view.parts):
        draw_home(surface, view, controls.text_scale, controls.notice)
        return
    top = _draw_top(frame, view)
    last: list[pointing.DrawnAction] = []
    with pointing.after(last):
        bottom = _draw_bottom(frame, view, controls.notice)
    inside = pygame.Rect(margin, top + frame.gap // 2, surface.get_width() - 2 * margin, bottom - top - frame.gap)
    if view.art and not large:
        inside = _draw_art(frame, view.art, inside)
    right = None
    if view.beside and not large:
        right = pygame.Rect(0, inside.top, round(inside.width * _BESIDE_SHARE) - frame.gap, inside.height)
        right.right = inside.right
        line = pygame.Rect(right.left - round(1.5 * frame.gap), inside.top, max(1, frame.px(2)), inside.height)
        surface.fill(palette.DIVIDER, line)
        inside.width = line.left - round(1.5 * frame.gap) - inside.left
    _draw_parts(frame, view.parts, inside)
    if right is not None:
        _draw_parts(frame, view.beside, right)
    for each in last:
        pointing.note(each.action, each.rect, each.caps)


def _draw_top(frame: Frame, view: PageView) -> int:
    """The way back, the title, help, and the button for whoever feels unwell; gives where it ends, in px."""
    surface, margin = frame.surface, frame.margin
    tall = frame.px(_LARGE_TALL if frame.large else _BUTTON_TALL)
    top = frame.px(16 if frame.large else _TOP)
    left, right = margin, surface.get_width() - margin
    if view.back:
        wide = front_width(surface, view.back, "body", frame.text_scale, capped=False)
        place = pygame.Rect(left, top, wide, tall)
        draw_front(surface, view.back, place, "body", frame.text_scale, capped=False)
        left += wide + round(1.75 * frame.gap)
    for button in (view.help, view.unwell, view.corner):
        if button is None:
            continue
        shown = replace(button, word="") if frame.large and button.sign == "help" else button
        size: sizes.Size = "small" if button is view.unwell and not frame.large else "body"
        wide = max(frame.px(88), front_width(surface, shown, size, frame.text_scale, capped=False))
        right -= wide
        draw_front(surface, shown, pygame.Rect(right, top, wide, tall), size, frame.text_scale, capped=False)
        right -= frame.gap
    room = pygame.Rect(left, top, right - left, tall)
    title = text.block(
        view.title, sizes.size_px(surface, "title", frame.text_scale), room.width, round(tall * 1.1), True
    )
    room.top += (tall - title.height) // 2
    text.draw_block(surface, title, room)
    below = top + tall
    if view.lead:
        size_px = sizes.size_px(surface, "lead", frame.text_scale)
        lead = text.block(view.lead, size_px, surface.get_width() - 2 * margin, 2 * size_px + frame.gap)
        text.draw_block(
            surface, lead, pygame.Rect(margin, below + frame.px(8), lead.width, lead.height), palette.QUIET_TEXT
        )
        below += lead.height + frame.px(8)
    return below


def _draw_bottom(frame: Frame, view: PageView, notice: str) -> int:
    """The main button, what else, and a quiet line; gives where the room above them ends, in px."""
    surface, margin = frame.surface, frame.margin
    tall = frame.px(_MAIN_TALL)
    bottom = surface.get_height() - frame.px(20 if frame.large else 28)
    row = pygame.Rect(margin, bottom - tall, surface.get_width() - 2 * margin, tall)
    if not view.main and not view.nexts and not view.note and not notice:
        return bottom
    right = row.right
    if view.main:
        wide = max(frame.px(_MAIN_WIDE * 0.7), front_width(surface, view.main, "lead", frame.text_scale))
        wide = min(max(wide, frame.px(0 if frame.large else _MAIN_WIDE)), row.width)
        right -= wide
        draw_front(surface, view.main, pygame.Rect(right, row.top, wide, tall), "lead", frame.text_scale, lit=True)
        right -= frame.gap
    left = row.left
    widths = [front_width(surface, each, "body", frame.text_scale) for each in view.nexts]
    room = right - left - frame.gap * max(0, len(widths) - 1)
    squeeze = min(1.0, room / sum(widths)) if widths else 1.0
    for button, wide in zip(view.nexts, widths, strict=True):
        place = pygame.Rect(left, row.top, round(wide * squeeze), tall)
        draw_front(surface, button, place, "body", frame.text_scale)
        left = place.right + frame.gap
    words = notice or view.note
    top = row.top if view.main or view.nexts else bottom
    if not words or (frame.large and not notice):
        return top
    return _draw_note(frame, words, pygame.Rect(left, row.top, right - left, tall), top, bool(view.main or view.nexts))


def _draw_note(frame: Frame, words: str, beside: pygame.Rect, top: int, has_row: bool) -> int:
    """The quiet line: between the buttons where it fits, else above them."""
    surface, size_px = frame.surface, sizes.size_px(frame.surface, "small", frame.text_scale)
    whole = surface.get_width() - 2 * frame.margin
    if has_row:
        fits = text.block(words, size_px, max(1, beside.width - 2 * frame.gap), beside.height)
        if fits.size_px == size_px:
            place = pygame.Rect(
                beside.left + frame.gap // 2, beside.centery - fits.height // 2, fits.width, fits.height
            )
            text.draw_block(surface, fits, place, palette.QUIET_TEXT)
            return top
    block = text.block(words, size_px, whole, 3 * size_px)
    place = pygame.Rect(frame.margin, top - block.height - frame.gap // 2, block.width, block.height)
    text.draw_block(surface, block, place, palette.QUIET_TEXT)
    return place.top


def _draw_art(frame: Frame, art: str, inside: pygame.Rect) -> pygame.Rect:
    """A sign in a frame at the left; gives what is left of the room."""
    side = min(round(inside.width * _ART_SHARE), inside.height)
    card = pygame.Rect(inside.left, inside.top + frame.gap // 2, side, min(side, inside.height - frame.gap))
    frame.surface.blit(shapes.card(card.size, frame.px(28), palette.TILE, 255), card)
    image = signs.sign(
        art, round(side * 0.62), palette.NEUTRAL if art in ("mirror", "straight") else palette.QUIET_TEXT
    )
    frame.surface.blit(image, image.get_rect(center=card.center))
    left = card.right + 3 * frame.gap
    return pygame.Rect(left, inside.top, inside.right - left, inside.height)


def _draw_parts(frame: Frame, parts: tuple[Part, ...], inside: pygame.Rect) -> None:
    """One part under the other, from the top; spare room goes between them, and only so much."""
    if not parts:
        return

    def heights(fit: float) -> list[int]:
        return [part_height(frame.surface, part, inside.width, frame.text_scale, fit) for part in parts]

    fit, gaps = 1.0, (len(parts) - 1) * round(frame.gap * 0.75)
    while fit > _LEAST_FIT and sum(heights(fit)) + gaps > inside.height:
        fit = max(_LEAST_FIT, fit - 0.03)
    each, gap = heights(fit), round(frame.gap * 0.75)
    spare = max(0, inside.height - sum(each) - gaps)
    gap += min(2 * frame.gap, spare // (len(parts) + 1))
    top = inside.top + min(2 * frame.gap, spare // (len(parts) + 1))
    for part, tall in zip(parts, each, strict=True):
        draw_part(frame.surface, part, pygame.Rect(inside.left, top, inside.width, tall), frame.text_scale, fit)
        top += tall + gap
