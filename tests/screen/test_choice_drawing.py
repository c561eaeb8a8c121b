"""Questions with large buttons, the scale, the texts for somebody who is not well: large, whole, to be pointed at."""

import itertools
from dataclasses import replace

import pygame
import pytest
from test_drawing import drawn, noted, words

from posture_trainer.pages.actions import SIGNS as SIGNS_ACTIONS
from posture_trainer.pages.actions import STEP_ACTIONS, UNWELL, Action
from posture_trainer.pages.care import (
    CareView,
    ChoiceView,
    once_view,
    signs_view,
    sudden_view,
    swallowing_view,
    therapist_view,
    which_view,
)
from posture_trainer.pages.entries import NumberEntry
from posture_trainer.pages.ratings import rating_view
from posture_trainer.pages.views import Controls, View
from posture_trainer.screen import draw
from posture_trainer.screen.kit import palette, pointing
from posture_trainer.words.care import CLEARED, ONCE, SIGNS, Care, Numbers, care_text

SIZES = ((1280, 720), (1920, 1080), (800, 600))
NOTICE = "The patient's file could not be saved in /home/anna/records (No space left on device)."


def every_view() -> dict[str, View]:
    views: dict[str, View] = {
        "signs": signs_view(),
        "sudden": sudden_view(),
        "swallowing": swallowing_view(),
        "which": which_view(),
        "therapist": therapist_view(CLEARED),
        **{name: once_view(name, 1, 4) for name in ONCE},
        "no number": CareView(care_text(Care.B, Numbers())),
    }
    for which, numbers in itertools.product(Care, (Numbers("0123 456 789", "112"), Numbers("+49 30 1234567 890 12"))):
        views[f"{which}, {numbers.emergency}"] = CareView(care_text(which, numbers))
    return views


@pytest.mark.parametrize(("size", "text_scale"), [*itertools.product(SIZES, (1.0, 2.0))])
def test_nothing_runs_out_of_the_window_or_overlaps(size: tuple[int, int], text_scale: float) -> None:
    window = pygame.Rect(0, 0, *size)
    for name, view in every_view().items():
        for notice in ("", NOTICE) if isinstance(view, ChoiceView) else ("",):
            notes = noted(view, Controls(text_scale=text_scale, notice=notice), size)
            for item in notes:
                assert window.contains(item.rect), (name, item)
                assert item.size_px == 0 or item.size_px >= 13, (name, item)
            for one, other in itertools.combinations(notes, 2):
                assert not one.rect.colliderect(other.rect), (name, one, other)


def test_larger_text_makes_no_text_smaller() -> None:
    for name, view in every_view().items():
        sizes = [{i.what: i.size_px for i in noted(view, Controls(text_scale=scale))} for scale in (1.0, 2.0)]
        for what in sizes[0].keys() & sizes[1].keys():
            assert sizes[1][what] >= sizes[0][what], (name, what)


def test_what_decides_can_be_read_from_two_metres() -> None:
    """28 px of 720 are read from there with half of full sight; signs, answers and texts are no smaller."""
    for name, view in every_view().items():
        sizes = {item.what: item.size_px for item in noted(view, Controls())}
        told = view.choices if isinstance(view, ChoiceView) else ()
        for what in (*SIGNS[:3], *(action.word for action in told)):
            assert sizes.get(what, 28) >= 28, (name, what)
        if isinstance(view, CareView):
            assert min(px for what, px in sizes.items() if len(what) > 1 and what in view.text.words) >= 28


@pytest.mark.parametrize("text_scale", [1.0, 2.0])
def test_every_answer_is_a_large_target_that_means_its_key(text_scale: float) -> None:
    scale = rating_view("Before we begin", "pain", NumberEntry(100, 5), 1.0)
    for view in (*every_view().values(), scale):
        surface = pygame.Surface((1280, 720))
        with pointing.recording() as found:
            draw.draw(surface, view, Controls(text_scale=text_scale))
        answers = view.choices if isinstance(view, ChoiceView) else STEP_ACTIONS if view is scale else ()
        for action in answers:
            (place,) = [each for each in found if isinstance(each.action, Action) and each.action.keys == action.keys]
            assert place.rect.height >= 72
            assert place.rect.width >= 80
            for point in (place.rect.center, (place.rect.left + 3, place.rect.centery)):
                assert pointing.key_at(found, point) is action.keys[0]
        if not isinstance(view, CareView) and UNWELL in view.actions:
            (place,) = [each for each in found if each.action == UNWELL]
            assert place.rect.height >= 56
            assert place.rect.width >= 200


@pytest.mark.parametrize(("value", "at"), [(0, 0), (42, 4), (45, 4), (100, 10)])
def test_the_step_of_the_answer_is_filled_and_shows_it(value: int, at: int) -> None:
    view = rating_view("Before we begin", "pain", NumberEntry(100, 5, value=value), 1.0)
    surface = pygame.Surface((1280, 720))
    with pointing.recording() as found:
        draw.draw(surface, view, Controls())
    steps = [each.rect for each in found if each.action in STEP_ACTIONS]
    filled = [tuple(surface.get_at((rect.left + 8, rect.centery)))[:3] == palette.NEUTRAL for rect in steps]
    assert filled == [each == at for each in range(11)]
    shown, notes = drawn(view, Controls())
    assert shown.any()
    assert str(value) in words(notes)
    assert "the worst you can think of" in words(notes)


def test_the_number_to_call_is_the_largest_text() -> None:
    for which in (Care.A, Care.B):
        text_of = care_text(which, Numbers("0123 456 789", "112"))
        notes = noted(CareView(text_of), Controls())
        sizes = {item.what: item.size_px for item in notes}
        assert max(sizes, key=lambda what: sizes[what]) == text_of.number
        assert sizes[text_of.number] >= 90


def test_of_the_two_answers_to_signs_the_usual_one_is_larger_and_lit() -> None:
    surface = pygame.Surface((1280, 720))
    with pointing.recording() as found:
        draw.draw(surface, replace(signs_view(), left_share=0.5), Controls())
    none, one = (next(each for each in found if each.action == action) for action in SIGNS_ACTIONS)
    assert none.rect.width > one.rect.width
    assert tuple(surface.get_at((none.rect.right - 20, none.rect.centery)))[:3] == palette.LIT
    assert tuple(surface.get_at((one.rect.right - 20, one.rect.centery)))[:3] == palette.TILE
