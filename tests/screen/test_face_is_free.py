"""The mirror leaves the face free: no panel over a face in the middle that fills 55 % of the height."""

import itertools
import os
from dataclasses import replace

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")

import numpy as np
import pygame
import pytest
from test_drawing import GUIDE, WAYS, drawn, grey, pixels, practice
from test_exercise_drawing import every_view as every_exercise

from posture_trainer.feedback import Feedback, PostureState, Way
from posture_trainer.pages.views import Controls, GuidedView, PracticeView
from posture_trainer.pose.directions import Direction
from posture_trainer.screen import draw

SIZES = ((1280, 720), (1366, 768), (1920, 1080), (3840, 2160))
TEXT_SCALES = (1.0, 1.5, 2.0)
LOST = "I can't see your face. Please sit in front of the camera."
IN_THE_DARK = ("follow", "rest", "supported_rest", "paused", "no_face")
"""Where the picture is only a dim ground: for a target that the eyes follow, or while nothing is to be seen."""
NOTICE = "No sound device: this session is silent."


def face(size: tuple[int, int]) -> pygame.Rect:
    """The box of the outline of such a face, in px of the window: as wide as 8/11 of its height."""
    height = round(0.55 * size[1])
    box = pygame.Rect(0, 0, height * 8 // 11, height)
    box.midtop = size[0] // 2, round(size[1] * 154 / 720)
    return box


def mirrors() -> dict[str, PracticeView]:
    bare = replace(practice(picture=grey(200)), angles=None)
    views = {
        "no sign": bare,
        "steady": replace(bare, feedback=Feedback(PostureState.NEUTRAL, None, None, 0.2)),
        "paused": practice(PostureState.PAUSED, picture=grey(200)),
        "paused, lost": practice(PostureState.PAUSED, picture=grey(200), message=LOST),
        "lost": practice(PostureState.NO_FACE, None, None, grey(200), LOST),
    }
    for way, word in itertools.product(WAYS, ("", "Almost straight")):
        feedback = Feedback(PostureState.OUT, None, way, 2.0, way=Way(20.0, 5.0))
        views[f"{way} {word}"] = replace(practice(picture=grey(200)), feedback=feedback, nearer=word)
    return views


def covered(view: PracticeView | GuidedView, controls: Controls, size: tuple[int, int]) -> bool:
    """Whether anything in the box of the face differs from the picture alone, which is of one colour."""
    surface, box = pygame.Surface(size), face(size)
    surface.set_clip(box)  # of the rest no pixel is needed
    draw.draw(surface, replace(view, guide=None), controls)
    inside = pixels(surface.subsurface(box))
    return bool((inside != inside[inside.shape[0] // 2, inside.shape[1] // 2]).any())


@pytest.mark.parametrize(("size", "text_scale"), list(itertools.product(SIZES, TEXT_SCALES)))
def test_no_panel_of_the_mirror_covers_the_face(size: tuple[int, int], text_scale: float) -> None:
    for name, view in mirrors().items():
        for controls in (Controls(), Controls(muted=True, show_figures=True, notice=NOTICE)):
            assert not covered(view, replace(controls, text_scale=text_scale), size), (name, controls)


@pytest.mark.parametrize(("size", "text_scale"), list(itertools.product(SIZES, TEXT_SCALES)))
def test_no_panel_of_an_exercise_covers_the_face(size: tuple[int, int], text_scale: float) -> None:
    for name, view in every_exercise().items():
        if not view.exercise.mirror or view.exercise.kind in IN_THE_DARK:
            continue
        seen = replace(view, picture_bgr=grey(200))
        for controls in (Controls(), Controls(muted=True, show_figures=True, notice=NOTICE)):
            assert not covered(seen, replace(controls, text_scale=text_scale), size), (name, controls)


def test_the_scale_of_a_movement_is_among_what_is_looked_at() -> None:
    seen = [view.exercise for view in every_exercise().values() if view.exercise.kind not in IN_THE_DARK]
    assert {each.gauge.direction for each in seen if each.mirror and each.gauge} == set(Direction)


def test_what_covers_the_face_would_be_found() -> None:
    size = (1280, 720)
    shown, _ = drawn(practice(picture=grey(200), guide=GUIDE), Controls(), size)
    box = face(size)
    assert np.unique(shown[box.top : box.bottom, box.left : box.right].reshape(-1, 3), axis=0).shape[0] > 1
