"""Every page around practice, drawn at each size and text scale: nothing is cut, covered, or too small to be hit."""

import functools
import itertools

import pygame
import pytest
from test_drawing import blind

from posture_trainer.pages.front.page import Button
from posture_trainer.pages.views import Controls
from posture_trainer.screen import draw
from posture_trainer.screen.kit import pointing, text
from scripts import make_home_screens

LOOKS = (
    ((1280, 720), 1.0),
    ((1280, 720), 1.5),
    ((1280, 720), 2.0),
    ((1366, 768), 2.0),
    ((1920, 1080), 1.0),
    ((3840, 2160), 2.0),
)
THERAPISTS = ("therapist", "plan", "patient", "export", "delete")
LEAST_TEXT, LEAST_TARGET, LEAST_DOOR = 16, 44, 80  # px of the design
pages = functools.cache(make_home_screens.pages)
NAMES = tuple(pages(False))


@pytest.mark.parametrize("name", NAMES)
def test_a_page_has_room_for_all_of_it(name: str) -> None:
    pygame.display.init()
    for size, text_scale in LOOKS:
        view = pages(text_scale >= 1.75)[name]
        surface = blind(size)
        unit = min(size[0] / 1280, size[1] / 720)
        with pointing.recording() as targets, text.recording() as notes:
            draw.draw(surface, view, Controls(text_scale=text_scale))
        where = f"{name} at {size}, text {text_scale}"
        window = surface.get_rect()
        written = [note for note in notes if note.size_px]
        assert written, where
        for note in written:
            assert window.contains(note.rect), f"{where}: {note.what!r} is cut"
            assert note.size_px >= LEAST_TEXT * unit - 1, f"{where}: {note.what!r} has {note.size_px} px"
        for one, other in itertools.combinations(written, 2):
            shared = one.rect.clip(other.rect)
            assert (
                shared.width * shared.height
                < 0.15 * min(one.rect.width * one.rect.height, other.rect.width * other.rect.height) + 1
            ), f"{where}: {one.what!r} lies on {other.what!r}"
        for target in targets:
            assert window.contains(target.rect), f"{where}: {target.name} is cut"
            assert min(target.rect.size) >= LEAST_TARGET * unit - 1, f"{where}: {target.name} is small"
            if (
                not name.startswith(THERAPISTS)
                and isinstance(target.action, Button)
                and not target.name.startswith("field")
            ):
                assert target.rect.height >= (LEAST_DOOR - 20) * unit, (
                    f"{where}: {target.name} is {target.rect.height} high"
                )
        for mine, theirs in itertools.combinations(targets, 2):
            assert not mine.rect.colliderect(theirs.rect), f"{where}: {mine.name} lies on {theirs.name}"


def test_names_of_targets_are_theirs_alone() -> None:
    for large, name in itertools.product((False, True), NAMES):
        with pointing.recording() as targets:
            draw.draw(blind(), pages(large)[name], Controls(text_scale=2.0 if large else 1.0))
        names = [target.name for target in targets]
        assert len(names) == len(set(names)), f"{name}: {names}"
