"""The evidence for a change: against other means, on series whose answers are known."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from posture_trainer.course import cycles
from posture_trainer.course.change import LEAST_SESSIONS, Change, change, holm, runs
from posture_trainer.course.statistics.evidence import evidence
from posture_trainer.course.statistics.likelihood import Series, Shapes
from posture_trainer.figures.samples import Floats

LEVEL = 0.05


def series(values: Floats, days: Floats | None = None) -> Series:
    count = len(values)
    at: Floats = np.arange(count, dtype=np.float64) * 2.0 if days is None else days
    return Series(at, np.asarray(values, dtype=float), np.zeros(count, dtype=int), 0.0, np.ones((count, 1)))


def changed(values: Floats) -> Change:
    found = change(series(values), LEVEL)
    assert found is not None
    return found


def test_independent_days_give_the_interval_of_two_means() -> None:
    """Where days have nothing in common, a step at a known place is the t test of two groups, but for the prior."""
    random = np.random.default_rng(1)
    values = np.concatenate((random.normal(20, 2, 40), random.normal(14, 2, 40)))
    step = (np.arange(80) >= 40).astype(float)[:, None]
    found = evidence(series(values, np.arange(0.0, 4000.0, 50.0)), Shapes(step, np.ones(1)), LEVEL)
    assert found is not None
    usual = stats.ttest_ind(values[40:], values[:40]).confidence_interval()
    assert (found.low, found.high) == pytest.approx((usual.low, usual.high), abs=0.15)
    assert found.chance == pytest.approx(1 / 2001)


def test_a_step_is_dated_and_measured() -> None:
    random = np.random.default_rng(2)
    for place in (10, 22, 31):
        found = changed(np.where(np.arange(40) < place, 20.0, 12.0) + random.normal(0, 1.5, 40))
        assert abs(found.step[0] - place) <= 1
        assert found.step[1] <= found.step[0] <= found.step[2]
        assert found.chance < 0.01
        assert found.low < found.change < found.high < 0


def test_good_and_bad_spells_are_no_change() -> None:
    """A record that wanders as correlated days do has a wider interval than one of the same spread that does not."""
    random = np.random.default_rng(3)
    own = random.normal(0, 3, 40)
    spells = np.zeros(40)
    for place in range(1, 40):
        spells[place] = np.exp(-2 / 8) * spells[place - 1] + np.sqrt(1 - np.exp(-4 / 8)) * random.normal(0, 3)
    spells *= own.std() / spells.std()
    wander, still = changed(15 + spells), changed(15 + own)
    assert wander.high - wander.low > 1.2 * (still.high - still.low)


def test_a_new_neutral_widens_what_is_said_of_angles() -> None:
    random = np.random.default_rng(4)
    values = 15 + random.normal(0, 1, 24)
    halves = (np.arange(24) >= 12).astype(int)
    one = series(values)
    placed = Series(one.days, values, halves, 2.0, one.fixed)
    alone, over = change(one, LEVEL), change(placed, LEVEL)
    moved = values - 3.0 * halves  # as much as a new placement easily does
    told, untold = change(series(moved), LEVEL), change(replace(placed, values=moved), LEVEL)
    assert alone is not None
    assert over is not None
    assert told is not None
    assert untold is not None
    assert over.detectable is not None
    assert alone.detectable is not None
    assert over.detectable > 1.3 * alone.detectable
    assert over.high - over.low > 1.5 * (alone.high - alone.low)
    assert untold.chance > 0.05 > told.chance


def test_many_sessions_are_pooled_and_tell_the_same() -> None:
    random = np.random.default_rng(5)
    values = np.where(np.arange(300) < 150, 18.0, 15.0) + random.normal(0, 1.5, 300)
    found = changed(values)
    assert found.sessions == 300
    assert found.change == pytest.approx(-3.0, abs=0.8)
    assert abs(found.step[0] - 150) <= 6


@given(st.lists(st.integers(0, 20), min_size=LEAST_SESSIONS, max_size=14))
@settings(max_examples=25, deadline=None)
def test_whatever_the_values_the_numbers_make_sense(ratings: list[int]) -> None:
    found = changed(5.0 * np.array(ratings))
    assert found.low <= found.change <= found.high
    assert 0 < found.chance <= 1
    assert np.isfinite([found.first, found.last]).all()
    assert found.detectable is None or found.detectable > 0


def test_the_same_value_always_is_no_change() -> None:
    found = changed(np.full(20, 60.0))
    assert (found.change, found.low, found.high, found.chance) == (0.0, 0.0, 0.0, 1.0)


def test_few_sessions_or_days_tell_nothing() -> None:
    assert change(series(np.arange(LEAST_SESSIONS - 1.0)), LEVEL) is None
    assert change(series(np.arange(10.0), np.linspace(0, 5, 10)), LEVEL) is None


def test_the_same_record_gives_the_same_numbers() -> None:
    values = np.random.default_rng(6).normal(20, 3, 20)
    assert changed(values) == changed(values)


def wandering(random: np.random.Generator, days: Floats, tau_days: float, own: float) -> Floats:
    """Values of variance 1 that are like those of the days around them, and what each has for itself."""
    like = np.exp(-np.abs(days[:, None] - days) / tau_days)
    return np.asarray(np.linalg.cholesky(like + own**2 * np.eye(len(days))) @ random.normal(size=len(days)))


@pytest.mark.parametrize(("tau_days", "fall", "least", "most"), [(10.0, 0.0, 0, 8), (3.0, 2.0, 22, 40)])
def test_a_true_fall_is_found_and_slow_spells_are_not_taken_for_one(
    tau_days: float, fall: float, least: int, most: int
) -> None:
    """Of 40 records of 30 sessions at the level of 0.1, with two other figures that tell how long a spell lasts: a fall
    of twice the day-to-day variation, and none in spells of ten days (binomial 95 % of 4 expected)."""
    random = np.random.default_rng(12)
    days = np.cumsum(random.exponential(1.8, 30) + 0.4)
    found = 0
    for _ in range(40):
        course = fall * np.clip((np.arange(30) - 10) / 10, 0, 1)
        others = [runs(series(wandering(random, days, tau_days, 0.5), days)) for _ in range(2)]
        told = change(
            series(wandering(random, days, tau_days, 0.4) - course, days), 0.1, [each for each in others if each]
        )
        assert told is not None
        found += told.chance <= 0.1
    assert least <= found <= most


def test_a_figure_that_never_varies_says_nothing_of_spells() -> None:
    assert runs(series(np.full(20, 60.0))) is None


def test_holm_with_weights() -> None:
    alike = {"a": 1.0, "b": 1.0, "c": 1.0}
    assert holm({"a": 0.01, "b": 0.03, "c": 0.06}, alike, 0.05) == {"a"}
    assert holm({"a": 0.01, "b": 0.02, "c": 0.04}, alike, 0.05) == {"a", "b", "c"}
    assert holm({"a": 0.03, "b": 0.5}, {"a": 9.0, "b": 1.0}, 0.05) == {"a"}
    assert holm({"a": 0.03, "b": 0.5}, {"a": 1.0, "b": 1.0}, 0.05) == set()
    assert holm({}, {}, 0.05) == set()


@pytest.mark.parametrize(("days", "week"), [(0, 1), (1, 1), (7, 1), (8, 2), (14, 2), (15, 3), (42, 6), (43, 7)])
def test_the_weeks_after_an_injection(days: int, week: int) -> None:
    assert cycles.week_after(days) == week


@pytest.mark.parametrize(("days", "week"), [(1, 1), (7, 1), (8, 2), (28, 4)])
def test_the_weeks_before_an_injection(days: int, week: int) -> None:
    assert cycles.week_before(days) == week


@given(st.lists(st.floats(0, 112), min_size=1, max_size=40))
def test_the_phase_of_every_day_is_shared_out_whole(since: list[float]) -> None:
    columns = cycles.phase_columns(np.array(since))
    assert columns.sum(axis=1) == pytest.approx(1.0)
    assert (columns >= 0).all()
