"""The buttons along the bottom: large enough for a finger, and out of the way while they rest."""

import os

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")

import pytest
from test_drawing import blind, every_view, grey, practice
from test_exercise_drawing import every_view as every_exercise
from test_face_is_free import face

from posture_trainer.feedback import PostureState
from posture_trainer.pages.actions import Action
from posture_trainer.pages.views import Controls, View
from posture_trainer.screen import draw
from posture_trainer.screen.kit import pointing

LEAST_PX = 44
SIZE = (1280, 720)


def targets(view: View, controls: Controls) -> list[pointing.DrawnAction]:
    with pointing.recording() as found:
        draw.draw(blind(SIZE), view, controls)
    return found


@pytest.mark.parametrize("text_scale", [1.0, 2.0])
def test_every_key_on_the_window_is_large_enough_for_a_finger(text_scale: float) -> None:
    views = [view for view, _ in every_view().values()] + list(every_exercise().values())
    for view in views:
        found = targets(view, Controls(text_scale=text_scale))
        assert found
        for one in found:
            assert isinstance(one.action, Action)
            assert one.rect.height >= LEAST_PX, one
            if one.action.together:
                continue
            parts = 1 if one.presses else len(one.action.keys)
            area = one.rect if one.presses else one.caps
            assert area.width // parts >= LEAST_PX, one
            assert area.height >= LEAST_PX, one
        for number, one in enumerate(found):
            assert all(not one.rect.colliderect(other.rect) for other in found[number + 1 :]), one


@pytest.mark.parametrize("text_scale", [1.0, 1.5, 2.0])
def test_what_whoever_practises_needs_is_large_and_nothing_else_is_there(text_scale: float) -> None:
    found = targets(practice(picture=grey()), Controls(text_scale=text_scale))
    assert [one.name for one in found] == ["key pause", "key mute", "key help", "key stop", "key unwell"]
    assert all(one.rect.height >= 80 and one.rect.width >= 160 for one in found), found
    paused = targets(practice(PostureState.PAUSED, picture=grey()), Controls(text_scale=text_scale))
    (go_on,) = [one for one in paused if one.name == "key pause"]
    assert go_on.rect.height >= 80


@pytest.mark.parametrize("text_scale", [1.0, 1.5, 2.0])
def test_only_i_feel_unwell_is_there_while_the_buttons_rest(text_scale: float) -> None:
    view = practice(picture=grey())
    (unwell,) = targets(view, Controls(text_scale=text_scale, buttons_rest=True))
    assert unwell.name == "key unwell"
    assert unwell.rect.height >= LEAST_PX
    assert unwell.rect.left > face(SIZE).right or unwell.rect.top > face(SIZE).bottom
    (same,) = [one for one in targets(view, Controls(text_scale=text_scale)) if one.name == "key unwell"]
    assert same.rect.contains(unwell.rect), "it stands where it stood"


@pytest.mark.parametrize("text_scale", [1.0, 2.0])
def test_every_answer_of_an_exercise_is_a_large_button(text_scale: float) -> None:
    view = every_exercise()["ask"]
    found = {one.name: one.rect for one in targets(view, Controls(text_scale=text_scale))}
    for number in range(1, len(view.exercise.choices) + 1):
        assert found[f"key {number}"].height >= 80
