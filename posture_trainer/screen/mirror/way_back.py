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


def between(free: pygame.Rect, left: pygame.Rect, right: pygame.Rect, margin: int) -> tuple[int, int]:
    """How wide the middle of the bottom is, and down to which y: between the corner panels or over them."""
    width = 2 * (min(free.centerx - left.right, right.left - free.centerx) - margin)
    if width >= free.width // 2:
        return width, free.bottom
    return free.width, min(left.top, right.top) - margin


def notice_area(cue: Cue | None, free: pygame.Rect, left: pygame.Rect, right: pygame.Rect, margin: int) -> pygame.Rect:
    """Where a notice may be: at the bottom, and beside the sign where that comes so far down."""
    width, low = between(free, left, right, margin)
    whole = pygame.Rect(0, low - left.height, width, left.height)
    whole.centerx = free.centerx
    if cue is not None and cue not in CHIN and low != free.bottom:
        whole.width = free.width - side_width(free) - margin
        whole.left = free.right - whole.width if cue in LEFT else free.left
    return whole


def side_width(free: pygame.Rect) -> int:
    """How wide a sign at the side may be, in px."""
    return round(free.width * 0.36)


def area(cue: Cue, free: pygame.Rect, left: pygame.Rect, right: pygame.Rect, low: int, margin: int) -> pygame.Rect:
    """Where the sign may be: beside the face above the corner panels, or over or under it in the middle.

    free: what the keys leave of the window. left, right: the corner panels. low: lowest y in the middle.
    """
    if cue in CHIN:
        width, lowest = between(free, left, right, margin)
        whole = pygame.Rect(0, free.top, free.width if cue is Cue.CHIN_UP else width, round(free.height * 0.4))
        whole.centerx = free.centerx
        if cue is Cue.CHIN_DOWN:
            whole.bottom = min(low, lowest)
        return whole
    corner = left if cue in LEFT else right
    whole = pygame.Rect(free.left, free.top, side_width(free), corner.top - margin - free.top)
    if cue not in LEFT:
        whole.right = free.right
    return whole


def draw_way_back(
    surface: pygame.Surface, feedback: Feedback, within: pygame.Rect, text_scale: float, nearer: str = ""
) -> pygame.Rect:
    """Draw the sign into `within`, with the road under it; gives its panel. nearer: a word on the way, '' for none.

    Its arrow grows with the way: with every degree where that is known, else as the worst axis goes from 1 to 3.
    """
    cue, way = feedback.way_back, feedback.way
    assert cue is not None, "there is a way back to be drawn"
    unit = text.unit(surface)
    pad = round(18 * unit)
    size = text.text_px(surface, _DESIGN_PX, text_scale)
    level = _level(feedback)
    if cue in CHIN:
        return _draw_chin(surface, feedback, within, size, pad)
    road = round(_ROAD_TALL * unit) if way is not None and within.height > _ROAD_ROOM * unit else 0
    word_px = round(_NEARER_PX * unit * text_scale) if road and text_scale <= _NEARER_MOST_SCALE else 0
    below = road + (text.font(word_px, True).get_height() if word_px else 0)  # kept free, so that nothing jumps
    room = within.height - 2 * pad - pad // 2 - below
    wanted = text.block(WAY_BACK_WORDS[cue], size, within.width - 2 * pad, None, True)
    arrow_px = max(round(130 * unit), min(round(190 * unit), room - wanted.height))
    words = text.block(WAY_BACK_WORDS[cue], size, within.width - 2 * pad, room - arrow_px, True)
    panel = pygame.Rect(
        0, 0, max(words.width, arrow_px) + 2 * pad, arrow_px + pad // 2 + words.height + below + 2 * pad
    )
    panel.midleft = within.midleft
    if cue in TILT:
        panel.top = within.top
    if cue not in LEFT:
        panel.right = within.right
    text.draw_panel(surface, panel)
    inside = panel.inflate(-2 * pad, -2 * pad)
    arrow = pygame.Rect(0, inside.top, arrow_px, arrow_px)
    arrow.centerx = inside.centerx
    draw_arrow(surface, cue, arrow, level)
    inside.top = arrow.bottom + pad // 2
    text.draw_block(surface, words, inside, align="center")
    if road and way is not None:
        if nearer and word_px:
            inside.top += words.height
            text.draw_block(surface, text.block(nearer, word_px, inside.width, None, True), inside, align="center")
        draw_road(surface, cue, way, pygame.Rect(inside.left, panel.bottom - pad - road, inside.width, road))
    return panel


def _level(feedback: Feedback) -> float:
    """How large the arrow is, 0 to 1."""
    way = feedback.way
    share = ((feedback.edge_share or 1.0) - 1) / 2
    if way is not None:
        share = (way.off_deg - way.tolerance_deg) / (LONGEST_DEG - way.tolerance_deg)
    return round(min(1.0, max(0.0, share)) * shapes.LEVELS) / shapes.LEVELS


def _draw_chin(surface: pygame.Surface, feedback: Feedback, within: pygame.Rect, size_px: int, pad: int) -> pygame.Rect:
    """The words between two arrows: low enough not to hide the eyes. The road stands upright at their right."""
    cue, way, level = feedback.way_back, feedback.way, _level(feedback)
    assert cue is not None, "there is a way back to be drawn"
    arrow_px = round(120 * text.unit(surface))
    room = within.width - 2 * arrow_px - 3 * pad
    words = text.block(WAY_BACK_WORDS[cue], size_px, room, within.height - pad, True)
    panel = pygame.Rect(0, 0, words.width + 2 * arrow_px + 3 * pad, max(arrow_px, words.height) + pad)
    panel.midtop = within.midtop
    if cue is Cue.CHIN_DOWN:
        panel.bottom = within.bottom
    text.draw_panel(surface, panel)
    for left in (panel.left + pad // 2, panel.right - pad // 2 - arrow_px):
        draw_arrow(surface, cue, pygame.Rect(left, panel.centery - arrow_px // 2, arrow_px, arrow_px), level)
    if way is not None:
        wide = round(_ROAD_TALL * text.unit(surface))
        post = pygame.Rect(panel.right + pad // 2, panel.top, wide + pad, panel.height)
        if post.right <= within.right + wide + 2 * pad and post.right < surface.get_width():
            text.draw_panel(surface, post)
            draw_road(surface, cue, way, post.inflate(-pad, -pad))
    place = pygame.Rect(panel.left, panel.centery - words.height // 2, panel.width, words.height)
    text.draw_block(surface, words, place, align="center")
    return panel


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
