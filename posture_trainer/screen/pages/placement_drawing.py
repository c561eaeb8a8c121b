"""Finding one's place: the mirror as it is, a frame to sit in, and one advice beside the face, never over it."""

from functools import lru_cache

import cv2
import numpy as np
import pygame

from posture_trainer.pages.actions import CAPS, FACES
from posture_trainer.pages.views import Controls, FaceBox, PlacementView
from posture_trainer.screen.kit import palette, pointing, shapes, text
from posture_trainer.screen.kit.key_bar import draw_keys
from posture_trainer.screen.mirror.picture import cover_fit, draw_picture

_FRAME_TALL, _FRAME_WIDE = 0.62, 0.46  # of the window's height
_ROOMY = 1.35  # the frame about a face, in sizes of that face
_WORDS_PX, _SMALL_PX, _NUMBER_PX = 50, 26, 64
_COLUMN, _STRIP, _LEAST_STRIP = 0.31, 0.34, 0.16  # of the window's width and of its height: where words may stand


def draw_placement(surface: pygame.Surface, view: PlacementView, controls: Controls) -> None:
    """Draw the whole window."""
    draw_picture(surface, view.picture_bgr)
    keys = draw_keys(surface, view.actions, controls)
    margin = round(16 * text.unit(surface))
    free = pygame.Rect(0, 0, surface.get_width(), keys.top).inflate(-2 * margin, -2 * margin)
    faces = [_rect(surface, view, box) for box in view.faces]
    frame = _frame(surface, keys.top) if view.about is None else _about(_rect(surface, view, view.about), free)
    if not view.numbered:
        surface.blit(_oval(frame.size, round(view.good_share * 60) / 60, text.unit(surface)), frame)
        text.note("frame", frame)
    area = beside(free, faces, frame)
    panel = _draw_words(surface, view, controls, area)
    if view.numbered:
        for action, face in zip(FACES, faces, strict=False):
            cap = _draw_number(surface, CAPS[action.keys[0]], face, free, [panel, *faces])
            pointing.note(action, face, cap)


def beside(free: pygame.Rect, faces: list[pygame.Rect], frame: pygame.Rect) -> pygame.Rect:
    """Where words may stand: the first of five places that hides no face and not the frame; else the one that hides
    least. All in px of the window."""
    wide, tall = round(free.width * _COLUMN), round(free.height * _STRIP)
    left, right = (pygame.Rect(x, free.top, wide, free.height) for x in (free.left, free.right - wide))
    places = [left, right]
    if faces and np.mean([face.centerx for face in faces]) < free.centerx:
        places.reverse()
    if len(faces) > 1:
        first, second = sorted(faces, key=lambda face: face.centerx)[:2]
        between = pygame.Rect(first.right, free.top, second.left - first.right, free.height)
        places += [between] if between.width >= wide else []
    lowest, highest = max((face.bottom for face in faces), default=0), min((face.top for face in faces), default=tall)
    below = min(tall, max(round(free.height * _LEAST_STRIP), free.bottom - lowest))
    above = min(tall, max(round(free.height * _LEAST_STRIP), highest - free.top))
    places += [
        pygame.Rect(free.left, free.bottom - below, free.width, below),
        pygame.Rect(free.left, free.top, free.width, above),
    ]

    def hidden(place: pygame.Rect) -> int:
        cut = [place.clip(face) for face in faces]
        return sum(each.width * each.height for each in cut)

    clear = [place for place in places if not hidden(place)]
    return next((place for place in clear if not place.colliderect(frame)), min(places, key=hidden))


def _frame(surface: pygame.Surface, height: int) -> pygame.Rect:
    """Where to sit, in the middle of what the window shows above the keys."""
    frame = pygame.Rect(0, 0, round(_FRAME_WIDE * surface.get_height()), round(_FRAME_TALL * surface.get_height()))
    frame.center = (surface.get_width() // 2, min(surface.get_height() // 2, height // 2 + frame.height // 10))
    return frame


def _about(face: pygame.Rect, free: pygame.Rect) -> pygame.Rect:
    """The frame of somebody who sits beside another: about the face, wherever that is."""
    frame = pygame.Rect(0, 0, max(2, round(_ROOMY * face.width)), max(2, round(_ROOMY * face.height)))
    frame.center = face.center
    return frame.clip(free)


def _rect(surface: pygame.Surface, view: PlacementView, box: FaceBox) -> pygame.Rect:
    """A face in px of the window, as the mirror shows it."""
    if view.picture_bgr is None:
        return pygame.Rect(0, 0, 0, 0)
    fit = cover_fit((view.picture_bgr.shape[1], view.picture_bgr.shape[0]), surface.get_size())
    left, right, top, bottom = fit.x(box.right), fit.x(box.left), fit.y(box.top), fit.y(box.bottom)
    return pygame.Rect(round(left), round(top), round(right - left), round(bottom - top))


def _draw_words(surface: pygame.Surface, view: PlacementView, controls: Controls, area: pygame.Rect) -> pygame.Rect:
    """The one advice, and when it goes on by itself. Gives their panel."""
    pad = round(20 * text.unit(surface))
    width = area.width - 2 * pad
    then = f"I go on by myself in {view.left_s} s" if view.good_share <= 0 else view.then
    small = text.block(then, text.text_px(surface, _SMALL_PX, controls.text_scale), width, round(area.height * 0.28))
    room = area.height - small.height - 3 * pad
    words = text.block(view.words, text.text_px(surface, _WORDS_PX, controls.text_scale), width, room, True)
    panel = pygame.Rect(0, 0, max(words.width, small.width) + 2 * pad, words.height + small.height + 3 * pad)
    panel.center = area.center
    text.draw_panel(surface, panel)
    inside = panel.inflate(-2 * pad, -2 * pad)
    text.draw_block(surface, words, inside)
    inside.top += words.height + pad
    text.draw_block(surface, small, inside, palette.QUIET_TEXT)
    return panel


def _draw_number(
    surface: pygame.Surface, number: str, face: pygame.Rect, free: pygame.Rect, taken: list[pygame.Rect]
) -> pygame.Rect:
    """The key that chooses a face, beside it where there is room, on a cap as keys are drawn. Gives the cap."""
    size = round(_NUMBER_PX * text.unit(surface))
    cap = pygame.Rect(0, 0, round(1.5 * size), round(1.4 * size))
    places = []
    for ours, theirs in (("midbottom", "midtop"), ("midleft", "midright"), ("midright", "midleft")):
        setattr(cap, ours, getattr(face, theirs))
        places.append(cap.copy())
    free_ones = [place for place in places if free.contains(place) and place.collidelist(taken) < 0]
    cap = free_ones[0] if free_ones else places[0].clamp(free)
    surface.blit(shapes.card(cap.size, round(0.25 * size), palette.KEY_CAP, 255), cap)
    word = text.block(number, size, cap.width, cap.height, True)
    place = pygame.Rect(cap.left, cap.centery - word.height // 2, cap.width, word.height)
    text.draw_block(surface, word, place, palette.DARK_TEXT, "center")
    return cap


@lru_cache(maxsize=64)
def _oval(size: tuple[int, int], share: float, unit: float) -> pygame.Surface:
    """The frame: a light oval with a dark edge, of which the first `share` is blue, clockwise from the top."""
    canvas = np.zeros((size[1], size[0], 4), np.uint8)
    middle, axes = (size[0] // 2, size[1] // 2), (round(0.47 * size[0]), round(0.47 * size[1]))
    line = max(3, round(5 * unit))
    for thick, colour, ends in (
        (line + max(2, round(3 * unit)), palette.GUIDE_EDGE, 360.0),
        (line, palette.GUIDE, 360.0),
        (line + 2, palette.NEUTRAL, 360.0 * share),
    ):
        if ends > 0:
            points = np.array(cv2.ellipse2Poly(middle, axes, 0, -90, round(ends) - 90, 2)).reshape(-1, 1, 2)
            cv2.polylines(canvas, [points], False, (*colour[::-1], 255), thick, cv2.LINE_AA)
    return pygame.image.frombuffer(canvas.tobytes(), size, "BGRA")
