"""What buttons are drawn on: kept as one image, and yet the same as its two cards, one over the other."""

import numpy as np
import pygame
import pytest

from posture_trainer.screen.kit import shapes
from posture_trainer.screen.kit.buttons import RADIUS, draw_plate, plate_of
from posture_trainer.screen.kit.pointing import Look


def a_window() -> pygame.Surface:
    """One with a picture in which every pixel is another one."""
    window = pygame.Surface((1280, 720), depth=32)
    pixels = np.random.default_rng(4).integers(0, 255, (1280, 720, 3), np.uint8)
    pygame.surfarray.blit_array(window, pixels)
    return window


@pytest.mark.parametrize("look", [Look(), Look(hover=True), Look(pressed=True)])
@pytest.mark.parametrize("chosen", [False, True])
@pytest.mark.parametrize("size", [(180, 44), (41, 300)])
def test_a_plate_and_its_edge_are_mixed_with_the_picture_as_two_cards_are(
    look: Look, chosen: bool, size: tuple[int, int]
) -> None:
    plate, rect = plate_of(look, chosen=chosen), pygame.Rect((300, 200), size)
    drawn, wanted = a_window(), a_window()
    place = draw_plate(drawn, rect, plate, look)
    assert plate.edge is not None
    assert plate.fill is not None
    inner = place.inflate(-2 * plate.edge_px, -2 * plate.edge_px)
    wanted.blit(shapes.card(size, RADIUS, plate.edge, 255), place)
    wanted.blit(shapes.card(inner.size, RADIUS - plate.edge_px, plate.fill, 255), inner)
    assert np.array_equal(pygame.surfarray.array3d(drawn), pygame.surfarray.array3d(wanted))
    assert not np.array_equal(pygame.surfarray.array3d(drawn), pygame.surfarray.array3d(a_window()))
