"""An exercise on the window: where we are and what to do at the top, the exercise's own sign under it.

The words stand in a band along the top; the picture, or a calm dark screen, is left to one thing: the outline, a
ring, the target and pointer, the breathing circle, or a scale with an arrow. What was said last is at the bottom.
"""

import pygame

from posture_trainer.exercises.exercise_view import ExerciseView
from posture_trainer.feedback import Cue, PostureState
from posture_trainer.pages.views import Controls, GuidedView
from posture_trainer.screen.kit import palette, sizes, text
from posture_trainer.screen.kit.key_bar import draw_keys, draw_large
from posture_trainer.screen.mirror import exercise_signs as signs
from posture_trainer.screen.mirror import way_back
from posture_trainer.screen.mirror.body_sign import AT_LEFT, body_area, draw_body_sign
from posture_trainer.screen.mirror.exercise_pictures import draw_drawing
from posture_trainer.screen.mirror.mirror_drawing import clock_words, draw_figures, figures_area
from posture_trainer.screen.mirror.paused import draw_paused
from posture_trainer.screen.mirror.picture import draw_picture

_WAITING = ("paused", "no_face")
_DIMMED = ("rest", "supported_rest", "follow", *_WAITING)
_TOP_SHARE, _TOP_SHARE_PLAIN = 0.3, 0.42  # of the height, for the words: less where there is a picture to be seen
_TOP_SHARE_ROOMY = 0.25  # where what is under the words needs the room
_TITLE_MOST_SCALE = 1.4  # the words are what has to be read from afar
_FACE_TOP_SHARE = 154 / 720  # of the height, where a face in the middle that fills 55 % of it begins
_LONG_WORDS = 90  # characters: more than stand in the band over a face
_LEAST_FIT = 0.3
_ANSWER_PX, _ANSWER_TALL, _ANSWER_WIDE = 40, 100, 640
_TITLE_PX, _WORDS_PX, _LARGE_WORDS_PX, _MORE_PX = 26, 42, 54, 30


def draw_exercise(surface: pygame.Surface, view: GuidedView, controls: Controls) -> None:
    """Draw the whole window in a guided session."""
    exercise = view.exercise
    waiting = exercise.kind in _WAITING or bool(view.message)
    _draw_background(surface, view, waiting)
    margin = round(16 * text.unit(surface))
    paused = exercise.kind == "paused"
    keys = draw_keys(surface, view.actions, controls)
    free = pygame.Rect(0, 0, surface.get_width(), keys.top).inflate(-2 * margin, -2 * margin)
    if waiting:
        under = _draw_band(surface, view, controls, free, "", 0).bottom + margin
        width = way_back.side_width(free) if exercise.mirror else free.width  # beside the face
        area = pygame.Rect(free.left, under, width, free.bottom - under)
        if paused:
            draw_paused(surface, area, controls)
        else:
            text.draw_message(surface, view.message or exercise.words, area, controls.text_scale)
        return
    if exercise.mirror and (exercise.outline or exercise.gauge is not None or _in_corner(exercise)):
        _draw_round_face(surface, view, controls, free, margin)
        return
    free = _under(
        free, _draw_band(surface, view, controls, free, exercise.words, _room(exercise, controls, free)), margin
    )
    low, said = free.bottom, controls.notice or view.subtitle
    if said:
        tall = min(free.height // 3, round(150 * text.unit(surface)))
        within = pygame.Rect(free.left, free.bottom - tall, free.width, tall)
        low = text.draw_notice(surface, said, within, controls.text_scale).top - margin
    bottom = pygame.Rect(free.left, low + margin, free.width, 0)
    sign = _draw_sign(surface, view, controls, free, bottom, bottom)
    if controls.show_figures and view.angles is not None and exercise.mirror:
        figures = figures_area(free, sign, bottom, bottom, low, margin)
        draw_figures(surface, view.angles, figures, controls.text_scale)
    _draw_middle(surface, view, controls, pygame.Rect(free.left, free.top, free.width, low - free.top))


def _under(free: pygame.Rect, band: pygame.Rect, margin: int) -> pygame.Rect:
    """What the band leaves."""
    top = band.bottom + margin
    return pygame.Rect(free.left, top, free.width, max(0, free.bottom - top))


def _cue(view: GuidedView) -> Cue | None:
    return view.feedback.way_back if view.feedback.state is PostureState.OUT else None


def _side_of_sign(view: GuidedView) -> str:
    """Where the sign stands: "left", "right", or "" where there is none."""
    cue = _cue(view)
    if cue is None and view.body is None:
        return ""
    at_left = cue in way_back.LEFT if cue is not None else view.body in AT_LEFT
    return "left" if at_left else "right"


def _draw_sign(
    surface: pygame.Surface,
    view: GuidedView,
    controls: Controls,
    free: pygame.Rect,
    left: pygame.Rect,
    right: pygame.Rect,
) -> pygame.Rect | None:
    """The way back, above the panels of the corners. Gives its panel, None where there is none."""
    cue, margin = _cue(view), round(16 * text.unit(surface))
    if cue is None and view.body is not None:
        return draw_body_sign(surface, view.body, body_area(view.body, free, left, right, margin), controls.text_scale)
    if cue is None:
        return None
    area = way_back.area(cue, free, left, right, margin)
    return way_back.draw_way_back(surface, view.feedback, area, controls.text_scale, view.nearer)


def _draw_round_face(
    surface: pygame.Surface, view: GuidedView, controls: Controls, free: pygame.Rect, margin: int
) -> None:
    """Everything around a face that is to be seen: over it the band, on one side the way back or the scale, on the
    other one the ring, the figures and what was said last. Large and long words stand there too: the band has no room
    for them."""
    exercise, side = view.exercise, _side_of_sign(view)
    over = round(_FACE_TOP_SHARE * surface.get_height()) - margin // 2 - free.top
    room = min(_room(exercise, controls, free), over)
    aside = controls.text_scale >= sizes.LARGE or len(exercise.words + exercise.message) > _LONG_WORDS
    free = _under(free, _draw_band(surface, view, controls, free, "" if aside else exercise.words, room), margin)
    left, right = pygame.Rect(free.left, free.bottom, 0, 0), pygame.Rect(free.right, free.bottom, 0, 0)
    if _in_corner(exercise):  # on the side that the way back leaves free
        ring = signs.draw_corner_ring(surface, exercise, free, to_right=side == "left")
        left, right = (left, ring) if side == "left" else (ring, right)
    sign = _draw_sign(surface, view, controls, free, left, right)
    at_left = side == "right"
    if exercise.gauge is not None:  # on the side that the head moves to, and the words on the other one
        at_left = exercise.gauge.direction not in signs.LEFT
        place = way_back.column(free, not at_left, right if at_left else left, margin)
        signs.draw_gauge(surface, exercise.gauge, exercise.arrow, exercise.countdown_s, place)
    beside = way_back.column(free, at_left, left if at_left else right, margin)
    low, said = free.bottom, controls.notice or ("" if aside else view.subtitle)
    if said and not aside:
        low = text.draw_notice(surface, said, beside, controls.text_scale).top - margin
    if controls.show_figures and view.angles is not None:
        figures = figures_area(free, sign, left, right, low, margin)
        if aside:
            figures = pygame.Rect(beside.left, beside.top, beside.width, beside.height // 2)
        panel = draw_figures(surface, view.angles, figures, controls.text_scale)
        beside = _under(beside, panel, margin) if panel else beside
    if aside:
        then = "" if said else exercise.message
        text.draw_message(surface, said or exercise.words, beside, controls.text_scale, then)


def _in_corner(exercise: ExerciseView) -> bool:
    """Whether the ring or the seconds left stand in the corner, because the face is to be seen in the middle."""
    counts = exercise.ring_share is not None or exercise.countdown_s is not None
    other = exercise.target is not None or exercise.gauge is not None or exercise.kind in _DIMMED
    return counts and exercise.mirror and not other


def _room(exercise: ExerciseView, controls: Controls, free: pygame.Rect) -> int:
    """Height in px for the band with the words: more of it for larger text."""
    share = _TOP_SHARE if exercise.mirror else _TOP_SHARE_PLAIN
    roomy = exercise.target is not None or exercise.circle_share is not None or exercise.drawing is not None
    if roomy or exercise.kind == "ask":
        share = _TOP_SHARE_ROOMY
    return round(free.height * share * (1 + 0.5 * (controls.text_scale - 1)))


def _draw_background(surface: pygame.Surface, view: GuidedView, waiting: bool) -> None:
    exercise = view.exercise
    if not exercise.mirror:
        surface.fill(palette.TEXT if exercise.bright else palette.BACKGROUND)
        return
    ghost, broken = palette.GUIDE, False
    if view.feedback.state is PostureState.NEUTRAL:
        ghost = palette.NEUTRAL
    elif view.feedback.state is PostureState.OUT:
        ghost, broken = palette.WAY_BACK, True
    guide = view.guide if exercise.outline and not waiting else None
    draw_picture(surface, view.picture_bgr, guide, ghost, broken, dimmed=waiting or exercise.kind in _DIMMED)


def _draw_middle(surface: pygame.Surface, view: GuidedView, controls: Controls, middle: pygame.Rect) -> None:
    """The one thing this exercise shows, as large as the room allows."""
    exercise = view.exercise
    if exercise.circle_share is not None:
        signs.draw_breath(surface, exercise.circle_share, exercise.countdown_s, middle)
    elif exercise.target is not None:
        signs.draw_follow(surface, exercise, middle)
    elif exercise.eyes_closed:
        signs.draw_closed_eyes(surface, exercise.arrow, middle)
    elif exercise.drawing is not None:
        ring = middle.copy()
        ring.width = middle.width // 3
        ring.right = middle.right
        signs.draw_ring(surface, exercise.ring_share, exercise.countdown_s, ring)
        place = pygame.Rect(middle.left, middle.top, ring.left - middle.left, middle.height)
        draw_drawing(surface, exercise.drawing, place, exercise.drawn_to_left)
    elif view.exercise.kind == "ask":
        _draw_answer(surface, view, controls, middle)
    elif exercise.countdown_s is not None or exercise.ring_share is not None:
        signs.draw_ring(surface, exercise.ring_share, exercise.countdown_s, middle)


def _draw_answer(surface: pygame.Surface, view: GuidedView, controls: Controls, middle: pygame.Rect) -> None:
    """The answers, each a large button; the one that was given is lit."""
    unit = text.unit(surface)
    answers = [action for action in view.actions if action.word in view.exercise.choices]
    gap, wide = round(14 * unit), min(middle.width, round(_ANSWER_WIDE * unit))
    tall = min(round(_ANSWER_TALL * unit), (middle.height - gap * (len(answers) - 1)) // max(1, len(answers)))
    top = middle.centery - (len(answers) * (tall + gap) - gap) // 2
    for number, action in enumerate(answers):
        place = pygame.Rect(middle.centerx - wide // 2, top + number * (tall + gap), wide, tall)
        draw_large(surface, action, place, controls, lit=action.word == view.answer, size=_ANSWER_PX)


def title_words(view: GuidedView, controls: Controls) -> tuple[str, str]:
    """The line over the words: what it is and where we are; the session's time, and whether it is muted."""
    exercise = view.exercise
    counted = exercise.trials > 1 and exercise.kind not in ("ended", "rest", "supported_rest", "hear", *_WAITING)
    where = f" {exercise.trial} of {exercise.trials}" if counted else ""
    time = f"{clock_words(exercise.elapsed_s)} session"
    return f"{exercise.title}{where}", f"muted · {time}" if controls.muted else time


def _draw_band(
    surface: pygame.Surface, view: GuidedView, controls: Controls, free: pygame.Rect, said: str, room: int
) -> pygame.Rect:
    """The band along the top: title and time, then the words in at most `room` px. Gives its panel."""
    exercise = view.exercise
    pad = round(12 * text.unit(surface))
    width = free.width - 4 * pad
    title, time = title_words(view, controls)
    small = text.text_px(surface, _TITLE_PX, min(controls.text_scale, _TITLE_MOST_SCALE))
    right = text.block(time, small, width // 2, round(small * 1.3))
    left = text.block(title, small, width - right.width - pad, round(small * 1.3), True)
    line = max(left.height, right.height)
    words, more = _fitting(surface, exercise, said, controls, (width, room - line - 2 * pad)) if said else (None, None)
    tall = line + sum(block.height for block in (words, more) if block) + 2 * pad
    panel = pygame.Rect(free.left, free.top, free.width, tall)
    text.draw_panel(surface, panel)
    place = pygame.Rect(panel.left + 2 * pad, panel.top + pad, width, line)
    text.draw_block(surface, left, place, palette.QUIET_TEXT)
    text.draw_block(surface, right, place, palette.QUIET_TEXT, "right")
    place.top += line
    for block, colour in ((words, palette.TEXT), (more, palette.QUIET_TEXT)):
        if block:
            text.draw_block(surface, block, place, colour, "center")
            place.top += block.height
    return panel


def _fitting(
    surface: pygame.Surface, exercise: ExerciseView, said: str, controls: Controls, room: tuple[int, int]
) -> tuple[text.Block, text.Block | None]:
    """The words and the smaller line under them, both as large as the room (width, height in px) allows."""
    width, height = room
    message = exercise.message if said != exercise.message else ""
    large = _WORDS_PX if exercise.mirror else _LARGE_WORDS_PX
    fit = 1.0
    while True:
        sizes = [
            max(text.LAST_RESORT_PX, round(text.text_px(surface, px, controls.text_scale) * fit))
            for px in (large, _MORE_PX)
        ]
        words = text.block(said, sizes[0], width, None, True)
        more = text.block(message, sizes[1], width) if message else None
        if words.height + (more.height if more else 0) <= height or fit <= _LEAST_FIT:
            return words, more
        fit -= 0.03
