"""The mirror while practising: the picture, one sign of the way back, a quiet ring, times and keys.

The bottom corners say how it stands, the sides above them belong to the way back: the sign stands on the side to move
to, as the patient sees it in a mirror. Nothing stands over a face in the middle that fills 55 % of the height.
"""

from dataclasses import dataclass

import pygame

from posture_trainer.feedback import Feedback, PostureState
from posture_trainer.pages.views import Controls, PracticeView
from posture_trainer.pose.angles import AXES, HeadAngles
from posture_trainer.screen.kit import palette, shapes, text
from posture_trainer.screen.kit.key_bar import draw_keys
from posture_trainer.screen.mirror import way_back
from posture_trainer.screen.mirror.body_sign import body_area, draw_body_sign
from posture_trainer.screen.mirror.paused import draw_paused
from posture_trainer.screen.mirror.picture import draw_picture
from posture_trainer.words.directions import angle_words

_LARGE_TEXT = 1.3
_LEAST_FIT = 0.4


def draw_practice(surface: pygame.Surface, view: PracticeView, controls: Controls) -> None:
    """Draw the whole window while practising."""
    state = view.feedback.state
    paused = state is PostureState.PAUSED
    covered = paused or bool(view.message)
    ghost, broken = palette.GUIDE, False
    if not covered and state is PostureState.NEUTRAL:
        ghost = palette.NEUTRAL
    elif not covered and state is PostureState.OUT:
        ghost, broken = palette.WAY_BACK, True
    draw_picture(surface, view.picture_bgr, view.guide, ghost, broken, dimmed=covered)

    margin = round(16 * text.unit(surface))
    keys = draw_keys(surface, view.actions, controls)
    free = pygame.Rect(0, 0, surface.get_width(), keys.top).inflate(-2 * margin, -2 * margin)
    left = _draw_neutral_corner(surface, view, controls, free, ringed=not covered)
    right = _draw_session_corner(surface, view, controls, free)
    cue = view.feedback.way_back if state is PostureState.OUT and not covered else None
    low = free.bottom
    if controls.notice:
        # On the side that the sign, or the message, leaves free.
        at_left = cue is not None and cue not in way_back.LEFT
        within = way_back.column(free, at_left, left if at_left else right, margin)
        low = text.draw_notice(surface, controls.notice, within, controls.text_scale).top - margin
    if covered:
        place = way_back.column(free, True, left, margin)
        if paused:
            draw_paused(surface, place, controls, view.message)
        else:
            text.draw_message(surface, view.message, place, controls.text_scale)
        return
    sign = None
    if cue is not None:
        area = way_back.area(cue, free, left, right, margin)
        sign = way_back.draw_way_back(surface, view.feedback, area, controls.text_scale, view.nearer)
    elif view.body is not None:
        sign = draw_body_sign(surface, view.body, body_area(view.body, free, left, right, margin), controls.text_scale)
    if controls.show_figures and view.angles is not None:
        figures = figures_area(free, sign, left, right, low, margin)
        draw_figures(surface, view.angles, figures, controls.text_scale)


def clock_words(seconds: float) -> str:
    """Seconds as minutes and seconds: 75.3 is "1:15"."""
    whole = max(0, int(seconds))
    return f"{whole // 60}:{whole % 60:02d}"


def _draw_neutral_corner(
    surface: pygame.Surface, view: PracticeView, controls: Controls, free: pygame.Rect, ringed: bool
) -> pygame.Rect:
    """The ring and the time in neutral, at the bottom left. Gives its panel."""
    pad = round(14 * text.unit(surface))
    ring_px = round(84 * text.unit(surface))
    room = way_back.side_width(free) - ring_px - 3 * pad
    time = _time(surface, view.neutral_s, view.place.at, controls, room)
    panel = pygame.Rect(0, 0, ring_px + time.width + 3 * pad, max(ring_px, time.height) + 2 * pad)
    panel.bottomleft = free.bottomleft
    text.draw_panel(surface, panel)
    ring = pygame.Rect(panel.left + pad, panel.centery - ring_px // 2, ring_px, ring_px)
    _draw_ring(surface, view.feedback if ringed else None, ring, view.place.praised)
    _draw_time(surface, time, ring.right + pad, panel.centery - time.height // 2)
    return panel


def _draw_session_corner(
    surface: pygame.Surface, view: PracticeView, controls: Controls, free: pygame.Rect
) -> pygame.Rect:
    """The session's time, and whether it is muted, at the bottom right. Gives its panel."""
    pad = round(14 * text.unit(surface))
    time = _time(surface, view.session_s, "session", controls, way_back.side_width(free) - 2 * pad)
    muted = text.block("muted", time.word.size_px, free.width // 4, None, True) if controls.muted else None
    icon_px = round(time.word.size_px * 1.3)
    width = max(time.width, muted.width + icon_px + pad // 2 if muted else 0)
    height = time.height + (muted.height + pad // 2 if muted else 0)
    panel = pygame.Rect(0, 0, width + 2 * pad, height + 2 * pad)
    panel.bottomright = free.bottomright
    text.draw_panel(surface, panel)
    top = panel.top + pad
    if muted:
        row = pygame.Rect(0, top, icon_px + pad // 2 + muted.width, muted.height)
        row.centerx = panel.centerx
        icon = pygame.Rect(row.left, row.centery - icon_px // 2, icon_px, icon_px)
        surface.blit(shapes.crossed_speaker(icon_px, palette.TEXT), icon)
        text.draw_block(surface, muted, row, align="right")
        top += muted.height + pad // 2
    _draw_time(surface, time, panel.centerx - time.width // 2, top)
    return panel


@dataclass(frozen=True)
class _Time:
    """A time and its word, one over the other or in one line; sizes in px."""

    number: text.Block
    word: text.Block
    in_line: bool
    width: int
    height: int


def _time(surface: pygame.Surface, seconds: float, word: str, controls: Controls, max_width: int) -> _Time:
    fit, in_line = 1.0, controls.text_scale > _LARGE_TEXT
    while True:
        big, small = (
            max(text.LAST_RESORT_PX, round(text.text_px(surface, px, controls.text_scale) * fit)) for px in (46, 25)
        )
        number = text.block(clock_words(seconds), big, max_width, None, True)
        named = text.block(word, small, max_width)
        # Large text in one line leaves the sign of the way back the room above it.
        width = number.width + named.width + small // 3
        if not in_line or width <= max_width or fit <= _LEAST_FIT:
            break
        fit -= 0.03
    if in_line:
        return _Time(number, named, True, width, max(number.height, named.height))
    return _Time(number, named, False, max(number.width, named.width), number.height + named.height)


def _draw_time(surface: pygame.Surface, time: _Time, left: int, top: int) -> None:
    number = pygame.Rect(left, top, time.number.width, time.number.height)
    word = pygame.Rect(left, number.bottom, time.word.width, time.word.height)
    if time.in_line:
        word.right = left + time.width
        # Both stand on one baseline.
        ascents = [text.font(words.size_px, words.bold).get_ascent() for words in (time.number, time.word)]
        word.top = top + ascents[0] - ascents[1]
    else:
        number.centerx = word.centerx = left + time.width // 2
    text.draw_block(surface, time.number, number)
    text.draw_block(surface, time.word, word, palette.QUIET_TEXT)


def _draw_ring(surface: pygame.Surface, feedback: Feedback | None, rect: pygame.Rect, ticked: bool) -> None:
    """Whole, blue and with a tick in neutral, thinner towards the edge; broken and orange outside.

    ticked: whether being there is worth a tick.
    """
    share = 0.0 if feedback is None or feedback.edge_share is None else feedback.edge_share
    state = None if feedback is None else feedback.state
    if state is PostureState.NEUTRAL:
        level = round((1 - min(1.0, share)) * shapes.LEVELS) / shapes.LEVELS
        surface.blit(shapes.whole_ring(rect.width, 0.05 + 0.11 * level, palette.NEUTRAL), rect)
        if ticked:
            surface.blit(shapes.tick(rect.width, palette.TEXT), rect)
    elif state is PostureState.OUT:
        level = round(min(1.0, max(0.0, share - 1) / 2) * shapes.LEVELS) / shapes.LEVELS
        surface.blit(shapes.broken_ring(rect.width, 0.09, 26 + 26 * level, palette.WAY_BACK), rect)
    else:
        surface.blit(shapes.whole_ring(rect.width, 0.03, palette.TRACK), rect)


def figure_rows(angles: HeadAngles) -> tuple[tuple[str, str], ...]:
    """The angles in whole degrees, as signed in the logs, each with the side in words."""
    rows = []
    for axis in AXES:
        value = getattr(angles, f"{axis}_deg")
        sign = "+" if round(value) > 0 else "−" if round(value) < 0 else ""
        rows.append((axis.capitalize(), f"{sign}{angle_words(axis, value)}"))
    return (*rows, ("Deviation", f"{round(angles.deviation_deg)}°"))


def figures_area(
    free: pygame.Rect, sign: pygame.Rect | None, left: pygame.Rect, right: pygame.Rect, low: int, margin: int
) -> pygame.Rect:
    """Where the figures may be: on the left, or on the right while the sign is on the left."""
    on_right = sign is not None and sign.right < free.centerx
    bottom = min((right if on_right else left).top - margin, low)
    area = pygame.Rect(free.left, free.top, way_back.side_width(free), max(0, bottom - free.top))
    if on_right:
        area.right = free.right
    return area


def draw_figures(
    surface: pygame.Surface, angles: HeadAngles, area: pygame.Rect, text_scale: float
) -> pygame.Rect | None:
    """The angles for the therapist, at the top of `area`; not while a notice leaves too little room for them. Gives
    their panel."""
    rows = figure_rows(angles)
    for size in range(text.text_px(surface, 22, text_scale), text.SMALLEST_PX - 3, -1):
        gap, font = round(size * 0.6), text.font(size, False)
        names, widest = font.size("Deviation")[0], font.size(f"+{angle_words('rotation', 88)}")[0]
        panel = pygame.Rect(area.topleft, (names + widest + 3 * gap, font.get_height() * len(rows) + 2 * gap))
        if panel.width <= area.width and panel.height <= area.height:
            break
    else:
        return None
    if area.centerx > surface.get_width() // 2:
        panel.right = area.right
    text.draw_panel(surface, panel)
    line = pygame.Rect(panel.left + gap, panel.top + gap, panel.width - 2 * gap, font.get_height())
    for name, figure in rows:
        text.draw_block(surface, text.block(name, size, line.width), line, palette.QUIET_TEXT)
        value = pygame.Rect(line.left + names + gap, line.top, widest, line.height)
        text.draw_block(surface, text.block(figure, size, 2 * widest), value)
        line.top = line.bottom
    return panel
