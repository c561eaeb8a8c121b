import numpy as np
import pytest

from posture_trainer.figures.samples import Samples
from posture_trainer.figures.trunk import trunk_of

COUNT = 100


def samples(rotation_deg: float, trunk: np.ndarray[tuple[int, ...], np.dtype[np.float64]] | None) -> Samples:
    fine = np.ones(COUNT, dtype=bool)
    angles = np.zeros((COUNT, 4))
    angles[:, 0] = rotation_deg
    places = np.zeros((COUNT, 3))
    states = np.full(COUNT, "neutral")
    return Samples(np.arange(COUNT) / 10, fine, fine, states, angles, angles[:, :3], places, fine, trunk=trunk)


def trunk(
    line: float = 0.0, turn: float = 0.0, shift: float = 0.0
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    found = np.zeros((COUNT, 6))
    found[:, :3] = line, turn, shift
    return found


@pytest.mark.parametrize(("head", "body", "share"), [(20.0, 15.0, 0.75), (-20.0, -15.0, 0.75), (20.0, -5.0, 0.0)])
def test_what_part_of_a_turn_was_made_by_the_trunk(head: float, body: float, share: float) -> None:
    found = trunk_of(samples(head, trunk(turn=body)))
    assert found is not None
    assert found.turn_share == pytest.approx(share)


def test_line_and_shift_are_told_apart_from_the_head() -> None:
    rows = trunk(line=4.0, shift=-1.5)
    rows[:20] = np.nan
    found = trunk_of(samples(2.0, rows))
    assert found is not None
    assert (found.line_deg, found.shift_cm) == (4.0, -1.5)
    assert found.seen_share == pytest.approx(0.8)
    assert found.turn_share is None


def test_nothing_is_told_of_a_trunk_that_was_hardly_seen() -> None:
    rows = trunk()
    rows[20:] = np.nan
    assert trunk_of(samples(20.0, rows)) is None
    assert trunk_of(samples(20.0, None)) is None
