"""The sign for the body: another shape than the head's, so that nobody turns the head instead."""

import pygame

from posture_trainer.pose.trunk.signs import BodySign
from posture_trainer.screen.kit import palette, text
from posture_trainer.screen.mirror import way_back
from posture_trainer.words.directions import BODY_WORDS

_DESIGN_PX, _PICTURE_PX = 48, 190
_FINE = 3  # drawn larger and made small: soft edges
AT_LEFT = {BodySign.BODY_LEFT, BodySign.LEFT_SHOULDER}
_TURNS = {BodySign.BODY_LEFT, BodySign.BODY_RIGHT}


def body_area(sign: BodySign, free: pygame.Rect, left: pygame.Rect, right: pygame.Rect, margin: int) -> pygame.Rect:
    """Where it may be: on the side of the shoulder, or to turn to."""
    at_left = sign in AT_LEFT
    return way_back.column(free, at_left, left if at_left else right, margin)


def draw_body_sign(surface: pygame.Surface, sign: BodySign, within: pygame.Rect, text_scale: float) -> pygame.Rect:
    """Draw it into `within`; gives its panel."""
    unit = text.unit(surface)
    pad = round(18 * unit)
    size = text.text_px(surface, _DESIGN_PX, text_scale)
    width, room = within.width - 2 * pad, within.height - 2 * pad - pad // 2
    wanted = text.block(BODY_WORDS[sign], size, width, None, True)
    side = max(round(96 * unit), min(round(_PICTURE_PX * unit), room - wanted.height, width))
    words = text.block(BODY_WORDS[sign], size, width, room - side, True)
    panel = pygame.Rect(0, 0, max(words.width, side) + 2 * pad, side + pad // 2 + words.height + 2 * pad)
    panel.midleft = within.midleft
    if sign not in AT_LEFT:
        panel.right = within.right
    text.draw_panel(surface, panel)
    inside = panel.inflate(-2 * pad, -2 * pad)
    picture = pygame.Rect(0, inside.top, side, side)
    picture.centerx = inside.centerx
    surface.blit(_picture(sign, side), picture)
    inside.top = picture.bottom + pad // 2
    text.draw_block(surface, words, inside, align="center")
    return panel


def _picture(sign: BodySign, side: int) -> pygame.Surface:
    """A head on its shoulders; an arrow round the body, or down on the shoulder that is up. As in a mirror."""
    large = side * _FINE
    drawn = pygame.Surface((large, large), pygame.SRCALPHA)

    def at(x: float, y: float) -> tuple[int, int]:
        return round((x if sign not in AT_LEFT else 1 - x) * large), round(y * large)

    lifted = 0.0 if sign in _TURNS else 0.1
    body = [(0.5, 0.46), (0.64, 0.48), (0.8, 0.56 - lifted), (0.86, 0.68 - lifted / 2), (0.84, 0.95)]
    body += [(0.16, 0.95), (0.14, 0.68), (0.2, 0.56), (0.36, 0.48)]
    pygame.draw.polygon(drawn, palette.TEXT, [at(x, y) for x, y in body])
    pygame.draw.circle(drawn, palette.TEXT, at(0.5, 0.28), round(0.15 * large))
    thick = round(0.075 * large)
    if sign in _TURNS:
        ends = [(0.2, 0.72), (0.35, 0.8), (0.5, 0.82), (0.65, 0.8), (0.74, 0.76)]
        pygame.draw.lines(drawn, palette.WAY_BACK, False, [at(x, y) for x, y in ends], thick)
        tip = [(0.7, 0.63), (0.92, 0.68), (0.78, 0.88)]
    else:
        pygame.draw.line(drawn, palette.WAY_BACK, at(0.84, 0.08), at(0.84, 0.26), thick)
        tip = [(0.72, 0.24), (0.96, 0.24), (0.84, 0.42)]
    pygame.draw.polygon(drawn, palette.WAY_BACK, [at(x, y) for x, y in tip])
    return pygame.transform.smoothscale(drawn, (side, side))
