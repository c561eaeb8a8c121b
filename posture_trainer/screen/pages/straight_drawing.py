"""The question whether the head can be held straighter: how it looked, drawn as in a mirror, and what can be said."""

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
import pygame
from numpy.typing import NDArray

from posture_trainer.pages.actions import CAPS, STRAIGHT_ANSWERS, Action
from posture_trainer.pages.views import Controls, StraightView
from posture_trainer.pose.head_pose import SKULL_BASE_CM, anybodys_face
from posture_trainer.pose.neutral.attitude import Attitude
from posture_trainer.pose.neutral.baseline import FACE_OVAL
from posture_trainer.screen.kit import palette, pointing, shapes, text
from posture_trainer.screen.kit.key_bar import draw_keys
from posture_trainer.screen.kit.palette import Colour
from posture_trainer.screen.kit.time_left import draw_left
from posture_trainer.screen.mirror.face_lines import BROWS, EYES, MOUTH, NOSE, NOSTRILS

_DRAWING_SHARE = 0.36  # of the width
_LARGE_SCALE, _SMALL_WIDE, _SMALL_TALL = 1.3, 0.12, 0.3  # from that text scale on: of the width and of the height
_CAP_WIDE, _CAP_GAP = 1.6, 0.6  # of a key's cap, in sizes of the letters beside it
_LOOKS_PX, _QUESTION_PX, _ANSWER_PX, _HINT_PX = 50, 40, 38, 28
_HEAD_TALL = 0.66  # of the drawing's height
_FINER = 2


def draw_straight(surface: pygame.Surface, view: StraightView, controls: Controls) -> None:
    """Draw the whole window."""
    surface.fill(palette.BACKGROUND)
    keys = draw_keys(surface, view.actions, controls)
    unit = text.unit(surface)
    margin = round(20 * unit)
    whole = pygame.Rect(0, 0, surface.get_width(), keys.top).inflate(-2 * margin, -2 * margin)
    drawing = pygame.Rect(whole.left, whole.top, round(whole.width * _DRAWING_SHARE), whole.height)
    large = controls.text_scale > _LARGE_SCALE
    if large:  # the drawing stands beside the two sentences alone, and the answers have the whole width
        drawing.size = round(whole.width * _SMALL_WIDE), round(whole.height * _SMALL_TALL)
    text.draw_panel(surface, drawing)
    head = _head(min(drawing.size), view.attitude)
    surface.blit(head, head.get_rect(center=drawing.center))
    text.note("head", pygame.Rect(head.get_rect(center=drawing.center)))
    aside = drawing.right + (margin if large else 2 * margin)
    above = pygame.Rect(aside, whole.top, whole.right - aside, 0)
    below = pygame.Rect(whole.left, drawing.bottom + margin, whole.width, 0) if large else above
    bar = pygame.Rect(below.left, whole.bottom - round(14 * unit), below.width, round(14 * unit))
    _draw_words(surface, view, controls, above, below, bar.top - margin)
    draw_left(surface, bar, view.left_share)


@dataclass(frozen=True)
class _Words:
    """All that is to be read, broken into lines. size_px: of the answers."""

    sentences: tuple[text.Block, ...]
    answers: tuple[text.Block, ...]
    hint: text.Block
    size_px: int

    @property
    def row_px(self) -> int:
        """How tall the cap of an answer's key is."""
        return round(1.25 * self.size_px)

    @property
    def gap_px(self) -> int:
        """The least room between two things."""
        return round(0.35 * self.size_px)

    def row(self, answer: text.Block) -> int:
        """How tall an answer is with its cap."""
        return max(answer.height, self.row_px)


def _words(
    surface: pygame.Surface, view: StraightView, controls: Controls, widths: tuple[int, int], most_px: int
) -> _Words:
    """The words with no letter larger than most_px. widths: for the sentences, and for what is below them."""

    def sized(px: float) -> int:
        return min(most_px, text.text_px(surface, px, controls.text_scale))

    answer = sized(_ANSWER_PX)
    room = widths[1] - round((_CAP_WIDE + _CAP_GAP) * answer)
    return _Words(
        (
            text.block(view.looks, sized(_LOOKS_PX), widths[0], None, True),
            text.block(view.question, sized(_QUESTION_PX), widths[0]),
        ),
        tuple(text.block(action.word, answer, room, None, True) for action in STRAIGHT_ANSWERS),
        text.block(controls.notice or view.hint, sized(_HINT_PX), widths[1]),
        answer,
    )


def _draw_words(
    surface: pygame.Surface, view: StraightView, controls: Controls, above: pygame.Rect, below: pygame.Rect, bottom: int
) -> None:
    """What it looks like, the question, the answers with their keys, and what waiting does.

    above, below: where the sentences, and where the answers begin, and how wide they may be. Where not all of it fits
    at its size the largest words give way first, so that the small ones still grow with the text scale.
    """

    def spare(words: _Words) -> int:
        sentences = sum(each.height + words.gap_px for each in words.sentences)
        begin = max(below.top, above.top + sentences)
        return bottom - begin - sum(words.row(each) + words.gap_px for each in words.answers) - words.hint.height

    most_px = text.text_px(surface, _LOOKS_PX, controls.text_scale)
    while True:
        words = _words(surface, view, controls, (above.width, below.width), most_px)
        if spare(words) >= 0 or most_px <= text.LAST_RESORT_PX:
            break
        most_px -= 1
    gap = words.gap_px + max(0, spare(words)) // (len(words.answers) + 4)
    top = above.top
    for block in words.sentences:
        text.draw_block(surface, block, pygame.Rect(above.left, top, above.width, block.height))
        top += block.height + gap
    top = max(top, below.top)
    for action, block in zip(STRAIGHT_ANSWERS, words.answers, strict=True):
        row = pygame.Rect(below.left, top, below.width, words.row(block))
        _draw_answer(surface, action, block, row, words.row_px)
        top += row.height + gap
    place = pygame.Rect(below.left, top, below.width, words.hint.height)
    text.draw_block(surface, words.hint, place, palette.QUIET_TEXT)


def _draw_answer(surface: pygame.Surface, action: Action, block: text.Block, row: pygame.Rect, cap_px: int) -> None:
    """An answer beside the cap of its key. row: where. cap_px: how tall the cap is."""
    size_px = block.size_px
    cap = pygame.Rect(row.left, row.top + (row.height - cap_px) // 2, round(_CAP_WIDE * size_px), cap_px)
    surface.blit(shapes.card(cap.size, round(0.28 * size_px), palette.KEY_CAP, 255), cap)
    pointing.note(action, row, cap)
    sign = text.block(CAPS[action.keys[0]], size_px, cap.width, cap.height, True)
    place = pygame.Rect(cap.left, cap.centery - sign.height // 2, cap.width, sign.height)
    text.draw_block(surface, sign, place, palette.DARK_TEXT, "center")
    left = cap.right + round(_CAP_GAP * size_px)
    place = pygame.Rect(left, row.top + (row.height - block.height) // 2, row.right - left, block.height)
    text.draw_block(surface, block, place)


@lru_cache(maxsize=4)
def _head(side_px: int, attitude: Attitude) -> pygame.Surface:
    """The head as it looked, as in a mirror, over an upright line and the outline of a straight one. Square."""
    side = side_px * _FINER
    canvas = np.zeros((side, side, 4), np.uint8)
    middle = side // 2
    for top in range(round(0.06 * side), round(0.94 * side), round(0.05 * side)):
        _line(canvas, np.array([[middle, top], [middle, top + round(0.025 * side)]]), palette.TRACK, 2 * _FINER)
    straight, looked = _seen(np.eye(3), side), _seen(attitude.rotation(), side)
    furthest = float(np.abs(looked - middle).max())  # a head far down is drawn smaller, and whole
    straight, looked = (middle + (points - middle) * min(1.0, 0.47 * side / furthest) for points in (straight, looked))
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
