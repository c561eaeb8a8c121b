"""How near a head came: kept for a second, of what was measured well and counts as practice."""

import numpy as np

from posture_trainer.figures.nearest import nearest_deg
from posture_trainer.figures.samples import Samples


def samples(deviation_deg: list[float], state: str = "out", each_s: float = 1 / 30) -> Samples:
    count = len(deviation_deg)
    angles = np.zeros((count, 4))
    angles[:, 3] = deviation_deg
    seen = np.ones(count, dtype=bool)
    states = np.full(count, state)
    return Samples(
        np.arange(count, dtype=np.float64) * each_s,
        seen,
        seen,
        states,
        angles,
        angles[:, :3],
        np.zeros((count, 3)),
        seen,
    )


def test_what_was_kept_for_a_second_counts_and_a_moment_does_not() -> None:
    assert nearest_deg(samples([20.0] * 60 + [6.0] * 40 + [20.0] * 30 + [1.0] * 10 + [20.0] * 30)) == 6.0
    assert nearest_deg(samples([20.0] * 60 + [5.0, 8.0] * 20 + [20.0] * 30)) == 8.0, "within it all the second"


def test_what_does_not_count_is_left_out() -> None:
    assert nearest_deg(samples([3.0] * 90, state="paused")) is None
    assert nearest_deg(samples([3.0] * 20)) is None, "less than a second"
    assert nearest_deg(samples([3.0] * 10, each_s=0.9)) is None, "with gaps between"
    assert nearest_deg(samples([])) is None
