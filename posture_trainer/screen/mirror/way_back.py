"""The one large sign of the way back to neutral: its side, its shape and its words."""

import pygame

from posture_trainer.feedback import Cue, Feedback
from posture_trainer.screen.kit import palette, shapes, text
from posture_trainer.screen.mirror.way_road import LONGEST_DEG, draw_road
from posture_trainer.words.directions import WAY_BACK_WORDS

LEFT = {Cue.TURN_LEFT, Cue.TILT_LEFT}
TILT = {Cue.TILT_LEFT, Cue.TILT_RIGHT}
CHIN = {Cue.CHIN_UP, Cue.CHIN_DOWN}
_QUARTER_TURNS = {Cue.TURN_RIGHT: 0, Cue.CHIN_UP: 1, Cue.TURN_LEFT: 2, Cue.CHIN_DOWN: 3}
_DESIGN_PX = 60
_SMALLEST_SHARE = 0.76
_ROAD_TALL, _ROAD_ROOM = 52, 330
_NEARER_PX, _NEARER_MOST_SCALE = 36, 1.5


def side_width(free: pygame.Rect) -> int:
    """How wide a panel beside the face may be, in px."""
    return round(free.width * 0.36)


def column(free: pygame.Rect, at_left: bool, corner: pygame.Rect, margin: int) -> pygame.Rect:
    """What is free at the left or the right of the face, above the corner panel of that side.

    free: what the keys leave of the window. A face in the middle that fills 55 % of the height is not reached.
    """
    whole = pygame.Rect(free.left, free.top, side_width(free), max(0, corner.top - margin - free.top))
    if not at_left:
        whole.right = free.right
    return whole


def area(cue: Cue, free: pygame.Rect, left: pygame.Rect, right: pygame.Rect, margin: int) -> pygame.Rect:
    """Where the sign may be: on the side to move to; of the chin on the right, so that the mouth stays free."""
    return column(free, cue in LEFT, left if cue in LEFT else right, margin)


def draw_way_back(
    surface: pygame.Surface, feedback: Feedback, within: pygame.Rect, text_scale: float, nearer: str = ""
) -> pygame.Rect:
    """Draw the sign into `within`, with the road under it; gives its panel. nearer: a word on the way, '' for none.

    Its arrow grows with the way: with every degree where that is known, else as the worst axis goes from 1 to 3. Of the
    chin the arrow stands at the end to move to, and the road upright beside it.
    """
    cue, way = feedback.way_back, feedback.way
    assert cue is not None, "there is a way back to be drawn"
    unit = text.unit(surface)
    pad = round(18 * unit)
    size = text.text_px(surface, _DESIGN_PX, text_scale)
    road = round(_ROAD_TALL * unit) if way is not None and within.height > _ROAD_ROOM * unit else 0
    post = road + pad if road and cue in CHIN else 0
    under = road if not post else 0
    word_px = round(_NEARER_PX * unit * text_scale) if road and text_scale <= _NEARER_MOST_SCALE else 0
    below = under + (text.font(word_px, True).get_height() if word_px else 0)  # kept free, so that nothing jumps
    width, room = within.width - 2 * pad - post, within.height - 2 * pad - pad // 2 - below
    wanted = text.block(WAY_BACK_WORDS[cue], size, width, None, True)
    arrow_px = max(round(116 * unit), min(round(190 * unit), room - wanted.height))
    words = text.block(WAY_BACK_WORDS[cue], size, width, room - arrow_px, True)
    panel = pygame.Rect(
        0, 0, max(words.width, arrow_px) + post + 2 * pad, arrow_px + pad // 2 + words.height + below + 2 * pad
    )
    panel.midleft = within.midleft
    if cue in TILT or cue is Cue.CHIN_UP:
        panel.top = within.top
    if cue is Cue.CHIN_DOWN:
        panel.bottom = within.bottom
    if cue not in LEFT:
        panel.right = within.right
    text.draw_panel(surface, panel)
    inside = panel.inflate(-2 * pad, -2 * pad)
    if road and way is not None:
        lane = pygame.Rect(inside.left, inside.bottom - road, inside.width, road)
        if post:
            lane = pygame.Rect(inside.right - road, inside.top, road, inside.height)
        draw_road(surface, cue, way, lane)
    inside.width -= post
    arrow = pygame.Rect(0, inside.top, arrow_px, arrow_px)
    arrow.centerx = inside.centerx
    inside.top = arrow.bottom + pad // 2
    if cue is Cue.CHIN_DOWN:
        inside.top, arrow.bottom = panel.top + pad, panel.bottom - pad
    draw_arrow(surface, cue, arrow, _level(feedback))
    text.draw_block(surface, words, inside, align="center")
    if nearer and word_px:
        inside.top += words.height
        word = text.block(nearer, word_px, inside.width, below - under, True)
        text.draw_block(surface, word, inside, align="center")
    return panel


def _level(feedback: Feedback) -> float:
    """How large the arrow is, 0 to 1."""
    way = feedback.way
    share = ((feedback.edge_share or 1.0) - 1) / 2
    if way is not None:
        share = (way.off_deg - way.tolerance_deg) / (LONGEST_DEG - way.tolerance_deg)
    return round(min(1.0, max(0.0, share)) * shapes.LEVELS) / shapes.LEVELS


def draw_arrow(surface: pygame.Surface, cue: Cue, box: pygame.Rect, level: float) -> None:
    """The arrow of a direction in its box; level: 0 small and faint, 1 large and full."""
    alpha = round(palette.WAY_BACK_FAINTEST_ALPHA + level * (255 - palette.WAY_BACK_FAINTEST_ALPHA))
    size = round(box.width * (_SMALLEST_SHARE + level * (1 - _SMALLEST_SHARE)))
    place = pygame.Rect(0, 0, size, size)
    place.center = box.center
    if cue in TILT:
        surface.blit(shapes.leaned_head(size, cue in LEFT, palette.TEXT), place)
        surface.blit(shapes.lean_arrow(size, cue in LEFT, palette.WAY_BACK, alpha), place)
    else:
        surface.blit(shapes.arrow(size, _QUARTER_TURNS[cue], palette.WAY_BACK, alpha), place)
    text.note(cue, place)
