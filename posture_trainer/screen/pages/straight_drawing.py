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

_DRAWING_SHARE, _LESS_WHEN_LARGE = 0.36, 0.14  # of the width, at a text scale of 1; less of it at 2
_LOOKS_PX, _QUESTION_PX, _ANSWER_PX, _HINT_PX = 50, 40, 38, 28
_HEAD_TALL = 0.66  # of the drawing's height
_FINER = 2
# Corners of the face mesh that make a face of lines: eyes, nose, mouth, brows.
_EYES = (
    (33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7),
    (263, 466, 388, 387, 386, 385, 384, 398, 362, 382, 381, 380, 374, 373, 390, 249),
)
_MOUTH = (61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146)
_OPEN = ((168, 6, 197, 195, 5, 4, 1), (98, 97, 2, 326, 327), (70, 63, 105, 66, 107), (300, 293, 334, 296, 336))


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
    _draw_left(surface, bar, view.left_share)


def _draw_words(surface: pygame.Surface, view: StraightView, controls: Controls, inside: pygame.Rect) -> None:
    """What it looks like, the question, the answers with their keys, and what waiting does.

    Where not all of it fits at its size the largest words give way first, so that the small ones still grow with the
    text scale.
    """
    hint_words = controls.notice or view.hint
    caps = 1.6

    def blocks(most_px: int) -> tuple[list[text.Block], list[text.Block], int]:
        def sized(px: float) -> int:
            return min(most_px, text.text_px(surface, px, controls.text_scale))

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

    def needed(most_px: int) -> int:
        above, answers, answer = blocks(most_px)
        tall = sum(max(each.height, round(1.4 * answer)) for each in answers)
        return sum(each.height for each in above) + tall + round(0.55 * answer) * (len(answers) + 3)

    most_px = text.text_px(surface, _LOOKS_PX, controls.text_scale)
    while most_px > text.LAST_RESORT_PX and needed(most_px) > inside.height:
        most_px -= 1
    (looks, question, hint), answers, answer = blocks(most_px)
    gap = round(0.55 * answer) + max(0, inside.height - needed(most_px)) // (len(answers) + 4)
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


def _draw_left(surface: pygame.Surface, bar: pygame.Rect, share: float) -> None:
    pygame.draw.rect(surface, palette.TRACK, bar, max(1, bar.height // 8), border_radius=bar.height // 2)
    left = pygame.Rect(bar.left, bar.top, round(bar.width * min(1.0, max(0.0, share))), bar.height)
    if left.width >= bar.height:
        pygame.draw.rect(surface, palette.NEUTRAL, left, border_radius=bar.height // 2)
    text.note("bar", bar)


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
    for closed in (*_EYES, _MOUTH):
        _line(canvas, looked[[*closed, closed[0]]], palette.TEXT, 3 * _FINER)
    for line in _OPEN:
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
