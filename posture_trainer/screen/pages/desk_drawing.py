"""The small window at the desk: a head, a word, the buttons. It is drawn to be seen from the corner of the eye."""

import pygame

from posture_trainer.pages.front.page import DeskSign, PageView
from posture_trainer.screen.kit import palette, text
from posture_trainer.screen.kit.buttons import draw_front
from posture_trainer.screen.kit.palette import Colour

# Of a window of 420 x 230 at a text scale of 1; it grows with both.
DESIGN = (420, 230)
_PAD, _ROW, _HEAD = 10, 48, 104
_COLOURS: dict[str, Colour] = {
    "in place": palette.NEUTRAL,
    "drifting": palette.WAY_BACK,
    "away": palette.EDGE,
    "paused": palette.EDGE,
}
_ARROWS = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}


def draw_desk(surface: pygame.Surface, view: PageView, text_scale: float) -> None:
    """Draw the whole window."""
    sign = next(part for part in view.parts if isinstance(part, DeskSign))
    width, height = surface.get_size()
    unit = min(width / DESIGN[0], height / DESIGN[1])
    grown = min(unit, unit * text_scale / 1.5 + unit / 3)  # large text opens a larger window
    pad, row = round(_PAD * unit), max(round(_ROW * unit), 44 if height > 150 else 24)
    buttons = [*view.nexts, *([view.main] if view.main else []), *([view.unwell] if view.unwell else [])]
    buttons += [view.back] if view.back else []
    foot = pygame.Rect(pad, height - row - pad, width - 2 * pad, row)
    head = pygame.Rect(pad, pad, round(_HEAD * unit), foot.top - 2 * pad)
    draw_head(surface, head, sign)
    left = head.right + pad
    room = pygame.Rect(left, pad, width - left - pad, foot.top - 2 * pad)
    detail = text.block(sign.detail, round(19 * grown), room.width, room.height // 2) if sign.detail else None
    below = detail.height if detail is not None else 0
    words = text.block(sign.words, round(32 * grown), room.width, max(20, room.height - below - pad // 2), True)
    top = room.top + max(0, (room.height - words.height - below - pad // 2) // 2)
    text.draw_block(surface, words, pygame.Rect(room.left, top, words.width, words.height))
    if detail is not None:
        place = pygame.Rect(room.left, top + words.height + pad // 2, detail.width, detail.height)
        text.draw_block(surface, detail, place, palette.QUIET_TEXT)
    wide = (foot.width - (len(buttons) - 1) * pad) // max(1, len(buttons))
    for number, button in enumerate(buttons):
        place = pygame.Rect(foot.left + number * (wide + pad), foot.top, wide, foot.height)
        draw_front(
            surface, button, place, "small", 1.0, lit=button is view.main, capped=False, fit=_fit(surface, grown)
        )


def _fit(surface: pygame.Surface, grown: float) -> float:
    """The kit's small type is of a large window: here it is as large as the window's own."""
    return 19 * grown / (22 * text.unit(surface))


def draw_head(surface: pygame.Surface, rect: pygame.Rect, sign: DeskSign) -> None:
    """The oval of a face with its line, or an arrow the way back; empty where nobody is; two bars for a pause."""
    colour = _COLOURS[sign.look]
    wide = max(3, rect.width // 16)
    tall = min(rect.height, round(rect.width * 1.25))
    oval = pygame.Rect(0, 0, round(tall * 0.62), round(tall * 0.86))
    oval.center = rect.center
    text.note("head", oval)
    if sign.look == "paused":
        bar = pygame.Rect(0, 0, max(4, oval.width // 5), oval.height // 2)
        for side in (-1, 1):
            bar.center = (rect.centerx + side * oval.width // 4, rect.centery)
            pygame.draw.rect(surface, colour, bar, border_radius=wide // 2)
        return
    pygame.draw.ellipse(surface, colour, oval, wide)
    if sign.look == "away":
        return
    if not sign.way:
        line = pygame.Rect(0, 0, wide, round(tall * 0.96))
        line.center = rect.center
        pygame.draw.rect(surface, colour, line, border_radius=wide // 2)
        return
    x, y = _ARROWS[sign.way]
    long = oval.width // 2 - 2 * wide
    tip = (rect.centerx + x * long, rect.centery + y * long)
    tail = (rect.centerx - x * long, rect.centery - y * long)
    pygame.draw.line(surface, colour, tail, tip, wide)
    barb = max(6, long // 2)
    points = [tip, (tip[0] - x * barb - y * barb, tip[1] - y * barb - x * barb)]
    points.append((tip[0] - x * barb + y * barb, tip[1] - y * barb + x * barb))
    pygame.draw.polygon(surface, colour, points)
