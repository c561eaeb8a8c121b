"""How much a series of sessions speaks for a change, against the patient's own ups and downs. Pure.

How long a good or a bad time lasts (tau; likelihood.py) is not known, and a slow one looks like a change. So the
likelihood of a change, for times as they usually are, is set against that of none, for times of which the slow ones
weigh most: a likelihood ratio with nearly the least favourable weights (Elliott, Mueller and Watson 2015, Econometrica
83:771). How often an unchanged record has as large a ratio is found by simulating such records on the very same days,
for each tau, and the largest of these shares counts: whichever tau is true, it errs no more often than it says.
docs/report-method.md tells why, and what it is worth.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
from scipy.linalg import solve_triangular
from scipy.special import logsumexp, stdtr

from posture_trainer.course.statistics.likelihood import (
    FIRST_OF_TAU,
    TAU_OF,
    TAUS_DAYS,
    Fits,
    Series,
    Shapes,
    fits,
    likelihoods,
    noise_models,
)
from posture_trainer.figures.samples import Floats

SIMULATED = 2000  # unchanged records of each tau
# Weights of TAUS_DAYS: where a change is looked for, and what it is set against.
_FOR = np.log([0.03, 0.07, 0.8, 0.07, 0.03])[:, None]
_AGAINST = np.log([0.03, 0.07, 0.25, 0.2, 0.45])[:, None]
_BELIEVED = np.array([0.12, 0.13, 0.2, 0.2, 0.35])  # the same of an interval
UNLIKE = 0.05  # prior chance that tau has nothing to do with that of a patient's other figures
_SEED = 20130


@dataclass(frozen=True, eq=False)
class Told:
    """What a series says of how long good and bad times last, as logarithms, whether it changed or not.

    seen: (taus,). unchanged: (true taus, taus, SIMULATED) the same of simulated records without a change.
    """

    seen: Floats
    unchanged: Floats


@dataclass(frozen=True)
class Evidence:
    """What the sessions say of a change of one of some shapes. change, low, high: its size in the figure's unit, with a
    95 % interval. detectable: the smallest change that would have been significant at the level asked for, amid these
    ups and downs. chance: how often an unchanged record looks as changed as this one (0 to 1). shapes: (shapes,) how
    likely each of the shapes is, given that there is a change.
    """

    change: float
    low: float
    high: float
    detectable: float | None
    chance: float
    shapes: tuple[float, ...]


def evidence(
    series: Series, shapes: Shapes, level: float, others: Sequence[Told] = (), tested: Shapes | None = None
) -> Evidence | None:
    """What the series says of a change; None where too few sessions tell anything.

    level: of `detectable`, 0 to 1. others: what the patient's other figures say of tau (`told`). tested: the shapes
    that the chance is of, if they are not all; fewer take less time.
    """
    if not series.tells:
        return None
    noise = noise_models(series.days, series.baseline, series.placement_ratio)
    found = fits(noise, series, shapes)
    support = np.sum([each.seen for each in others], axis=0) if others else np.zeros(len(TAUS_DAYS))
    mixture, by_shape = _mixture(found, support)
    change = mixture.quantile(0.5)
    test = _Test(series, tested or shapes, others)
    low, high = mixture.quantile(0.025), mixture.quantile(0.975)
    mean_shape = shapes.columns @ by_shape
    return Evidence(
        change=change,
        low=low,
        high=high,
        detectable=test.detectable(series.values - change * mean_shape, mean_shape, (high - low) / 4, level),
        chance=test.chance(series.values),
        shapes=tuple(float(each) for each in by_shape),
    )


def told(series: Series, shapes: Shapes) -> Told | None:
    """What a series says of tau; None where it says nothing."""
    if not series.tells:
        return None
    noise = noise_models(series.days, series.baseline, series.placement_ratio)
    seen = likelihoods(noise, series.fixed, shapes, series.values[:, None])
    return Told(_support(*seen)[:, 0], _unchanged_support(_design(series, shapes)))


def _support(same: Floats, changed: Floats) -> Floats:
    """(taus, series) how much each series speaks for each tau."""
    both = np.logaddexp(same, changed)
    share = np.exp(both - np.logaddexp.reduce(both, axis=0))
    return np.asarray(np.log((1 - UNLIKE) * share + UNLIKE / len(TAUS_DAYS)))


@dataclass(frozen=True)
class _Design:
    """All that unchanged records depend on, as what can be a key: the bytes of the series' and the shapes' arrays."""

    days: bytes
    baseline: bytes
    placement_ratio: float
    fixed: bytes
    columns: bytes
    prior: bytes


def _design(series: Series, shapes: Shapes) -> _Design:
    ratio = float(f"{series.placement_ratio:.2g}")
    columns = np.ascontiguousarray(shapes.columns, dtype=float)
    return _Design(
        series.days.tobytes(), series.baseline.astype(np.int64).tobytes(), ratio,
        np.ascontiguousarray(series.fixed, dtype=float).tobytes(), columns.tobytes(), shapes.prior.tobytes(),
    )  # fmt: skip


@lru_cache(maxsize=32)
def _unchanged(design: _Design) -> tuple[tuple[Floats, Floats], ...]:
    """Of each true tau, the likelihoods of simulated records without a change, the same every time."""
    days, prior = np.frombuffer(design.days), np.frombuffer(design.prior)
    fixed = np.frombuffer(design.fixed).reshape(len(days), -1)
    shapes = Shapes(np.frombuffer(design.columns).reshape(len(days), -1), prior)
    noise = noise_models(days, np.frombuffer(design.baseline, dtype=np.int64), design.placement_ratio)
    random = np.random.default_rng([_SEED, crc32(design.days)])
    return tuple(
        likelihoods(noise, fixed, shapes, noise.lower[model] @ random.normal(size=(len(days), SIMULATED)))
        for model in FIRST_OF_TAU
    )


@lru_cache(maxsize=32)
def _unchanged_support(design: _Design) -> Floats:
    """(true taus, taus, SIMULATED) how much simulated records without a change speak for each tau."""
    return np.array([_support(*each) for each in _unchanged(design)])


class _Test:
    """The likelihood ratio of one series, and how it is distributed without a change, for each tau."""

    def __init__(self, series: Series, shapes: Shapes, others: Sequence[Told]) -> None:
        self._series, self._shapes = series, shapes
        self._noise = noise_models(series.days, series.baseline, series.placement_ratio)
        self._seen = np.sum([each.seen for each in others], axis=0)[:, None] if others else 0.0
        # Records of the others are paired with other ones than their own: the figures are measured apart.
        apart = [np.roll(each.unchanged, 37 * (place + 1), axis=2) for place, each in enumerate(others)]
        beside = np.sum(apart, axis=0) if others else np.zeros((len(TAUS_DAYS), 1, 1))
        simulated = _unchanged(_design(series, shapes))
        self._unchanged = np.array([_ratio(*each, other) for each, other in zip(simulated, beside, strict=True)])

    def chance(self, values: Floats) -> float:
        """The share of unchanged records with so large a ratio, for the tau that has most of them."""
        louder = (self._unchanged >= self._ratios(values[:, None])[0]).sum(axis=1)
        return float(1 + louder.max()) / (1 + SIMULATED)

    def detectable(self, steady: Floats, shape: Floats, spread: float, level: float) -> float:
        """The change of that shape from which on it is significant on these values, whichever its sign."""
        needed = float(np.quantile(self._unchanged, 1 - level, axis=1).max())
        sizes = spread * np.geomspace(0.25, 60, 40)
        added = np.concatenate((sizes, -sizes))
        enough = (self._ratios(steady[:, None] + shape[:, None] * added).reshape(2, -1) >= needed).all(axis=0)
        too_little = np.flatnonzero(~enough)
        return float(sizes[min(too_little[-1] + 1, len(sizes) - 1)] if len(too_little) else sizes[0])

    def _ratios(self, values: Floats) -> Floats:
        return _ratio(*likelihoods(self._noise, self._series.fixed, self._shapes, values), self._seen)


def _ratio(same: Floats, changed: Floats, others: Floats | float) -> Floats:
    """(series,) the logarithm of the likelihood ratio of a change against none."""
    return np.asarray(
        np.logaddexp.reduce(_FOR + changed + others, axis=0) - np.logaddexp.reduce(_AGAINST + same + others, axis=0)
    )


def _mixture(found: Fits, support: Floats) -> tuple["_Mixture", Floats]:
    """What is known of the change, and how likely each shape is. support: (taus,) of the others."""
    by_tau = np.log(_BELIEVED) + support - np.log(np.bincount(TAU_OF))
    logs = found.logs + by_tau[TAU_OF][:, None]
    weights = np.exp(logs - logsumexp(logs))
    mixture = _Mixture(weights.ravel(), found.place.ravel(), found.scale.ravel(), found.freedom)
    return mixture, weights.sum(axis=0)


class _Mixture:
    """A mixture of Student's t distributions: what is known of a change when no noise model is certain."""

    def __init__(self, weights: Floats, place: Floats, scale: Floats, freedom: float) -> None:
        kept = weights > 1e-3 * weights.max()
        self._weights = weights[kept] / weights[kept].sum()
        self._place, self._scale, self._freedom = place[kept], scale[kept], freedom

    def quantile(self, share: float) -> float:
        """The value below which that share lies."""
        from scipy.optimize import brentq  # a fifth of a second, for those who compare sessions

        reach = 60 * float(self._scale.max())
        low, high = float(self._place.min()) - reach, float(self._place.max()) + reach
        return float(brentq(lambda at: self._below(at) - share, low, high, xtol=1e-2 * float(self._scale.min())))

    def _below(self, at: float) -> float:
        return float(self._weights @ stdtr(self._freedom, (at - self._place) / self._scale))


def curves(series: Series, columns: Floats, count: int = 400) -> Floats | None:
    """(count, columns) factors of these columns beside a constant, drawn as likely as the sessions make them.

    columns: (n, columns). Their prior is normal about 0 with the variance of a change. None with too few sessions.
    """
    freedom = len(series.values) - 1
    if freedom < 2 or float(np.ptp(series.values)) <= 0:
        return None
    noise = noise_models(series.days, series.baseline, series.placement_ratio)
    ones, width = np.ones((len(series.values), 1)), columns.shape[1]
    logs, centres, roots, squares = [], [], [], []
    for whiten, like_it in zip(noise.whiten, np.bincount(TAU_OF)[TAU_OF], strict=True):
        white = whiten @ np.hstack((ones, columns, series.values[:, None]))
        base = white[:, :1] / np.linalg.norm(white[:, :1])
        rest = white[:, 1:] - base @ (base.T @ white[:, 1:])
        mine, values = rest[:, :width], rest[:, width]
        root = np.linalg.cholesky(mine.T @ mine + np.eye(width) / noise.change_variances[0])
        along = solve_triangular(root, mine.T @ values, lower=True)
        left = max(float(values @ values - along @ along), 1e-12 * float(values @ values))
        logs.append(
            np.log(np.diag(whiten)).sum() - np.log(np.linalg.norm(white[:, 0])) - freedom / 2 * np.log(left)
            - np.log(np.diag(root)).sum() - np.log(like_it)
        )  # fmt: skip
        centres.append(solve_triangular(root.T, along))
        roots.append(root)
        squares.append(left)
    weights = np.exp(np.array(logs) - logsumexp(logs))
    random = np.random.default_rng(_SEED)
    model = random.choice(len(weights), count, p=weights / weights.sum())
    spread = np.sqrt(np.array(squares)[model] / random.chisquare(freedom, count))
    drawn = random.normal(size=(count, width)) * spread[:, None]
    for number, (centre, root) in enumerate(zip(centres, roots, strict=True)):
        mine = model == number
        drawn[mine] = centre + solve_triangular(root.T, drawn[mine].T).T
    return np.asarray(drawn)
