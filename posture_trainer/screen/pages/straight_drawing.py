"""The question whether the head can be held straighter: how it looked, drawn as in a mirror, and what can be said."""

from functools import lru_cache

import cv2
import numpy as np
import pygame
from numpy.typing import NDArray

from posture_trainer.pages.actions import CAPS, STRAIGHT_ANSWERS
from posture_trainer.pages.views import Controls, StraightView
from posture_trainer.pose.head_pose import SKULL_BASE_CM, anybodys_face
from posture_trainer.pose.neutral.attitude import Attitude
from posture_trainer.pose.neutral.baseline import FACE_OVAL
from posture_trainer.screen.kit import palette, pointing, shapes, text
from posture_trainer.screen.kit.key_bar import draw_keys
from posture_trainer.screen.kit.palette import Colour
from posture_trainer.screen.kit.time_left import draw_left
from posture_trainer.screen.mirror.face_lines import BROWS, EYES, MOUTH, NOSE, NOSTRILS

_DRAWING_SHARE, _LESS_WHEN_LARGE = 0.36, 0.06  # of the width, at a text scale of 1; less of it at 2
_LOOKS_PX, _QUESTION_PX, _ANSWER_PX, _HINT_PX = 50, 40, 38, 28
_HEAD_TALL = 0.66  # of the drawing's height
_FINER = 2
_LEAST_FIT = 0.3


def draw_straight(surface: pygame.Surface, view: StraightView, controls: Controls) -> None:
    """Draw the whole window."""
    surface.fill(palette.BACKGROUND)
    keys = draw_keys(surface, view.actions, controls)
    unit = text.unit(surface)
    margin = round(20 * unit)
    whole = pygame.Rect(0, 0, surface.get_width(), keys.top).inflate(-2 * margin, -2 * margin)
    share = _DRAWING_SHARE - _LESS_WHEN_LARGE * (controls.text_scale - 1)
    drawing = pygame.Rect(whole.left, whole.top, round(whole.width * share), whole.height)
    text.draw_panel(surface, drawing)
    side = min(drawing.width, drawing.height)
    head = _head(side, view.attitude)
    surface.blit(head, head.get_rect(center=drawing.center))
    text.note("head", pygame.Rect(head.get_rect(center=drawing.center)))
    inside = pygame.Rect(drawing.right + 2 * margin, whole.top, whole.right - drawing.right - 2 * margin, whole.height)
    bar = pygame.Rect(inside.left, inside.bottom - round(14 * unit), inside.width, round(14 * unit))
    _draw_words(surface, view, controls, pygame.Rect(inside.topleft, (inside.width, bar.top - inside.top - margin)))
    draw_left(surface, bar, view.left_share)


def _draw_words(surface: pygame.Surface, view: StraightView, controls: Controls, inside: pygame.Rect) -> None:
    """What it looks like, the question, the answers with their keys, and what waiting does; all as large as fits."""
    hint_words = controls.notice or view.hint
    caps = 1.6

    def blocks(fit: float) -> tuple[list[text.Block], list[text.Block], int]:
        def sized(px: float) -> int:
            return max(text.LAST_RESORT_PX, round(text.text_px(surface, px, controls.text_scale) * fit))

        answer = sized(_ANSWER_PX)
        above = [
            text.block(view.looks, sized(_LOOKS_PX), inside.width, None, True),
            text.block(view.question, sized(_QUESTION_PX), inside.width),
            text.block(hint_words, sized(_HINT_PX), inside.width),
        ]
        room = inside.width - round((caps + 0.6) * answer)
        return (
            above,
            [text.block(words, answer, room, None, True) for words in (each.word for each in STRAIGHT_ANSWERS)],
            answer,
        )

    def needed(fit: float) -> int:
        above, answers, answer = blocks(fit)
        tall = sum(max(each.height, round(1.4 * answer)) for each in answers)
        return sum(each.height for each in above) + tall + round(0.55 * answer) * (len(answers) + 3)

    fit = 1.0
    while fit > _LEAST_FIT and needed(fit) > inside.height:
        fit -= 0.02
    (looks, question, hint), answers, answer = blocks(fit)
    gap = round(0.55 * answer) + max(0, inside.height - needed(fit)) // (len(answers) + 4)
    top = inside.top
    for block in (looks, question):
        text.draw_block(surface, block, pygame.Rect(inside.left, top, inside.width, block.height))
        top += block.height + gap
    for action, block in zip(STRAIGHT_ANSWERS, answers, strict=True):
        tall = max(block.height, round(1.4 * answer))
        cap = pygame.Rect(
            inside.left, top + (tall - round(1.4 * answer)) // 2, round(caps * answer), round(1.4 * answer)
        )
        surface.blit(shapes.card(cap.size, round(0.28 * answer), palette.KEY_CAP, 255), cap)
        pointing.note(action, pygame.Rect(inside.left, top, inside.width, tall), cap)
        sign = text.block(CAPS[action.keys[0]], answer, cap.width, cap.height, True)
        place = pygame.Rect(cap.left, cap.centery - sign.height // 2, cap.width, sign.height)
        text.draw_block(surface, sign, place, palette.DARK_TEXT, "center")
        left = cap.right + round(0.6 * answer)
        place = pygame.Rect(left, top + (tall - block.height) // 2, inside.right - left, block.height)
        text.draw_block(surface, block, place)
        top += tall + gap
    text.draw_block(surface, hint, pygame.Rect(inside.left, top, inside.width, hint.height), palette.QUIET_TEXT)


@lru_cache(maxsize=4)
def _head(side_px: int, attitude: Attitude) -> pygame.Surface:
    """The head as it looked, as in a mirror, over an upright line and the outline of a straight one. Square."""
    side = side_px * _FINER
    canvas = np.zeros((side, side, 4), np.uint8)
    middle = side // 2
    for top in range(round(0.06 * side), round(0.94 * side), round(0.05 * side)):
        _line(canvas, np.array([[middle, top], [middle, top + round(0.025 * side)]]), palette.TRACK, 2 * _FINER)
    straight, looked = _seen(np.eye(3), side), _seen(attitude.rotation(), side)
    outline = [*FACE_OVAL, FACE_OVAL[0]]
    for start in range(0, len(outline) - 1, 2):
        _line(canvas, straight[outline[start : start + 2]], palette.TRACK, 2 * _FINER)
    _line(canvas, looked[outline], palette.WAY_BACK, 5 * _FINER)
    for closed in (*EYES, MOUTH):
        _line(canvas, looked[[*closed, closed[0]]], palette.TEXT, 3 * _FINER)
    for line in (NOSE, NOSTRILS, *BROWS):
        _line(canvas, looked[list(line)], palette.TEXT, 3 * _FINER)
    small = cv2.resize(canvas, (side_px, side_px), interpolation=cv2.INTER_AREA)
    return pygame.image.frombuffer(small.tobytes(), (side_px, side_px), "BGRA")


def _seen(rotation: NDArray[np.float64], side: int) -> NDArray[np.float64]:
    """Where the points of a face are in the drawing, (468, 2) in px, turned about the base of the skull."""
    points = anybodys_face().points_cm - SKULL_BASE_CM
    tall_cm = float(np.ptp(anybodys_face().points_cm[list(FACE_OVAL), 1]))
    scale = _HEAD_TALL * side / tall_cm
    centre_cm = points[list(FACE_OVAL), 1].mean()
    turned = points @ rotation.T
    return np.stack([side / 2 - scale * turned[:, 0], side / 2 - scale * (turned[:, 1] - centre_cm)], axis=1)


def _line(canvas: NDArray[np.uint8], points: NDArray[np.float64] | NDArray[np.int_], colour: Colour, px: int) -> None:
    whole = np.round(points).astype(np.int32).reshape(-1, 1, 2)
    cv2.polylines(canvas, [whole], False, (*colour[::-1], 255), px, cv2.LINE_AA)
