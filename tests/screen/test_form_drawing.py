"""The pages of the calibration dialogue as they are drawn: all of it on the window, nothing over anything else."""

import itertools
from collections.abc import Iterator
from dataclasses import replace

import pygame
import pytest
from made.scripted import made_baseline
from test_calibrate_dialogue import FROM_LAST, OCCASION, after, result, start
from test_drawing import GUIDE, SIZES, grey, noted, words

from posture_trainer.pages.calibration import form
from posture_trainer.pages.calibration.dialogue import Dialogue, Page, recorded, told, typed
from posture_trainer.pages.keys import Key
from posture_trainer.pages.views import Controls, FormView
from posture_trainer.pose.neutral.recording import Refusal
from posture_trainer.pose.target import Target
from posture_trainer.words.seeing import CAMERA_GONE

LONG = "Your head moved a little too much (12.3°, up to 2.0° is fine). Lean back, take a breath, and try again."
NOTE = "Sits better with a cushion behind the lower back. " * 12


def every_page() -> dict[str, FormView]:
    seen = form.Seen(grey(), replace(FROM_LAST, rotation_deg=-38.0), GUIDE)
    changed = after(result(), [Key.PAGE, Key.MORE, Key.NEXT, Key.MORE, Key.PAGE, Key.MORE, Key.PAGE, Key.MORE])
    dialogues: dict[str, Dialogue] = {
        "aim": start(),
        "refused": recorded(start(), Refusal(LONG), None),
        "first": recorded(start(), made_baseline(), None),
        "changed": after(changed, [Key.CONFIRM]),
        "not saved": told(result(), Page.READY, f"Not saved. {LONG}"),
        "plan refused": told(result(), Page.PLAN, f"Not saved yet. {LONG}"),
        "turns": told(result(), Page.TURNS, LONG),
        "long note": typed(after(result(), [Key.PAGE] * 4), NOTE),
        **{page: after(result(), [Key.PAGE] * number) for number, page in enumerate(list(Page)[2:9])},
    }
    views = {name: form.view(dialogue, OCCASION, seen) for name, dialogue in dialogues.items()}
    before = replace(OCCASION, last_target=Target(12, -8, 3))
    views["target of last time"] = form.view(result(), before, seen)
    views["target, as last time"] = form.view(after(result(), [Key.PAGE]), before, seen)
    views["no camera"] = form.view(start(), OCCASION, form.Seen(trouble=CAMERA_GONE))
    return views


@pytest.fixture(autouse=True, scope="module")
def _pygame() -> Iterator[None]:
    pygame.display.init()
    yield
    pygame.quit()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("text_scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize(
    "notice", ["", "The straight position in x.json is damaged. There is nothing to compare with."]
)
def test_every_page_fits_and_nothing_overlaps(size: tuple[int, int], text_scale: float, notice: str) -> None:
    for name, view in every_page().items():
        notes = noted(view, Controls(text_scale=text_scale, notice=notice), size)
        for item in notes:
            assert pygame.Rect((0, 0), size).contains(item.rect), (name, item)
            assert item.size_px >= 13, (name, item)
        for one, other in itertools.combinations(notes, 2):
            assert not one.rect.colliderect(other.rect), (name, one, other)
        shown = words(notes)
        for action in view.actions:
            assert (f"{action.cap} {action.word}" in shown) == action.shown, name
        for row in view.rows:
            assert row.label in shown, name


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_a_larger_text_scale_makes_no_words_smaller(size: tuple[int, int]) -> None:
    for name, view in every_page().items():
        if view.large:
            continue  # there the values are large at any scale
        least = [min(item.size_px for item in noted(view, Controls(text_scale=scale), size)) for scale in (1.0, 2.0)]
        assert least[1] >= least[0], name


def test_the_chosen_row_is_marked_by_a_sign_and_not_by_colour_alone() -> None:
    notes = noted(every_page()["target"], Controls())
    assert [item.what for item in notes if "‹" in item.what] == ["‹ 0° ›"]
