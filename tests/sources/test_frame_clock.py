"""The times of a video's frames: growing whatever a file states, and mended only where they can't be meant."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from posture_trainer.sources.frame_clock import FrameClock, Stamp


def times_of(stated_s: list[float | None], stated_step_s: float = 1 / 30) -> tuple[list[float], FrameClock]:
    """The times of frames that come in the order of their packets."""
    clock = FrameClock([Stamp(value, value) for value in stated_s], stated_step_s)
    return [clock.time_of(value) for value in stated_s], clock


ANY_TIME = st.none() | st.floats(-1e9, 1e9) | st.sampled_from([0.0, 1 / 30, 2 / 30, 5.0, 5.001, 1e6])


@given(st.lists(ANY_TIME, max_size=60))
def test_times_begin_at_0_and_grow_whatever_is_stated(stated_s: list[float | None]) -> None:
    times_s, _ = times_of(stated_s)
    assert times_s[:1] == [0.0][: len(times_s)]
    assert all(later > earlier for earlier, later in pairwise(times_s))
    assert np.isfinite(times_s).all()


@given(st.lists(st.sampled_from([1 / 60, 1 / 30, 0.05, 0.1, 0.5, 3.0]), min_size=1, max_size=60), st.floats(0, 1e4))
def test_a_rate_that_varies_is_kept(steps_s: list[float], begins_s: float) -> None:
    stated_s = (begins_s + np.concatenate([[0.0], np.cumsum(steps_s)])).tolist()
    short = sum(step_s < 0.41 * np.mean([s for s in steps_s if s <= 1] or [1]) for step_s in steps_s)
    times_s, clock = times_of(stated_s)
    if short <= 0.2 * len(steps_s) and min(steps_s) > 0.17 * np.mean([s for s in steps_s if s <= 1] or [1]):
        assert times_s == pytest.approx([value - begins_s for value in stated_s], abs=1e-6)
        assert not any("mended" in note or "bursts" in note for note in clock.notes)


def test_frames_stamped_when_they_arrived_are_spread_back() -> None:
    sizes = [3, 1, 5, 2, 2, 8, 1, 4, 3, 3]
    ends = np.cumsum(sizes)
    stated_s = [end / 30 - 0.001 * (size - 1 - i) for end, size in zip(ends, sizes, strict=True) for i in range(size)]
    times_s, _ = times_of([float(value) for value in stated_s])
    assert np.diff(times_s) == pytest.approx([1 / 30] * (sum(sizes) - 1), abs=0.003)


def test_once_held_up_is_no_jump() -> None:
    stated_s = [i / 30 for i in range(40)]
    stated_s[20:24] = [24 / 30 - 0.004 + 0.001 * i for i in range(4)]
    times_s, _ = times_of(list(stated_s))
    assert min(np.diff(times_s)) > 0.015


def test_disorder_of_a_few_frames_does_not_begin_the_clock_anew() -> None:
    times_s, clock = times_of([0.0, 1 / 30, 3 / 30, 2 / 30, 4 / 30, 5 / 30, 6 / 30, 7 / 30])
    assert times_s[-1] == pytest.approx(7 / 30)
    assert min(np.diff(times_s)) > 0.01
    assert clock.notes == []


def test_frames_that_were_lost_leave_a_hole() -> None:
    stated_s = [i / 30 for i in range(30)]
    clock = FrameClock([Stamp(value, value) for value in stated_s], 1 / 30)
    got = [clock.time_of(value) for value in stated_s[:10] + stated_s[15:]]
    assert got[10] == pytest.approx(0.5)


def test_a_clock_that_stands_is_none() -> None:
    times_s, clock = times_of([0.0] * 20, 1 / 15)
    assert times_s == pytest.approx([i / 15 for i in range(20)])
    assert clock.notes == ["It has no time stamps: 15 pictures a second were taken for its rate."]


def test_frames_without_a_time_at_the_beginning_take_their_time() -> None:
    times_s, _ = times_of([None] * 10 + [i / 15 for i in range(20)], 1 / 15)
    assert times_s == pytest.approx([i / 15 for i in range(30)])


def test_a_pause_is_told_and_kept() -> None:
    times_s, clock = times_of([i / 30 + (4.0 if i >= 10 else 0.0) for i in range(20)])
    assert times_s[-1] == pytest.approx(4 + 19 / 30)
    assert any("Without pictures for up to 4.0 s" in note for note in clock.notes)
