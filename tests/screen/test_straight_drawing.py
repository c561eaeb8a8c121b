"""The question whether the head is straight: all of it readable at any text scale, and larger at a larger one."""

import itertools
from collections.abc import Iterator

import pygame
import pytest
from test_drawing import SIZES, noted

from posture_trainer.pages.views import Controls, StraightView
from posture_trainer.pose.neutral.attitude import Attitude, AttitudeLimits
from posture_trainer.words.straightness import AGAIN, QUESTION, WAITING, YES, YES_STEP, looks_words

ATTITUDES = {"turned": Attitude(22, 0, 0), "all": Attitude(-38, -25, 40)}
SMALL = (AGAIN, YES, YES_STEP, WAITING)


@pytest.fixture(autouse=True, scope="module")
def _pygame() -> Iterator[None]:
    pygame.display.init()
    yield
    pygame.quit()


def asked(attitude: Attitude) -> StraightView:
    return StraightView(looks_words(attitude, AttitudeLimits()), QUESTION, attitude, WAITING, 0.7)


def sizes_px(attitude: Attitude, text_scale: float) -> dict[str, int]:
    """Of each of the page's texts the size of its letters."""
    notes = noted(asked(attitude), Controls(text_scale=text_scale))
    texts = (*SMALL, QUESTION)
    return {words: next(item.size_px for item in notes if item.size_px and item.what in words) for words in texts}


@pytest.mark.parametrize("kind", ATTITUDES)
def test_small_words_really_grow(kind: str) -> None:
    before, after = sizes_px(ATTITUDES[kind], 1.0), sizes_px(ATTITUDES[kind], 2.0)
    assert after[WAITING] >= 1.5 * before[WAITING]
    for words in before:
        assert after[words] >= 1.05 * before[words], words


@pytest.mark.parametrize("kind", ATTITUDES)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("text_scale", [1.0, 1.5, 2.0])
def test_all_of_it_fits_and_nothing_overlaps(kind: str, size: tuple[int, int], text_scale: float) -> None:
    notes = noted(asked(ATTITUDES[kind]), Controls(text_scale=text_scale), size)
    for item in notes:
        assert pygame.Rect((0, 0), size).contains(item.rect), item
    for one, other in itertools.combinations(notes, 2):
        assert not one.rect.colliderect(other.rect), (one, other)
