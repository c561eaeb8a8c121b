"""How much a series of sessions speaks for a change, against the patient's own ups and downs. Pure.

Values of one figure at irregular days: y = fixed part + change x shape + noise. The noise has three sources: a day's
form, which is like that of the days around it (correlation exp(-days / tau)), what differs from session to session for
itself, and where each neutral was placed (known from repeatability studies). Neither tau nor the shares are known, so
all on a grid are tried, each as far as the sessions make it likely (generalised least squares with the variance and the
coefficients integrated out: Berger, De Oliveira and Sanso 2001, J Am Stat Assoc 96:1361). How often an unchanged
record would speak for a change as loudly is found by simulating such records on the very same days, with the noise that
these sessions make likely (parametric bootstrap: Davison and Hinkley 1997, chapter 4).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve_triangular
from scipy.special import logsumexp, stdtr

from posture_trainer.figures.samples import Floats

TAUS_DAYS = (0.0, 1.5, 3.0, 6.0, 11.0)  # 0: days that have nothing to do with one another
WHITE_SHARES = (0.1, 0.3, 0.6)  # of the variance, what a session has for itself
NO_TAU = 0.15  # prior weight of tau = 0
CHANGE_VARIANCE = 9.0  # prior variance of a change, in variances of the noise: 3 standard deviations
USUAL_FREEDOM = 12.0  # so many sessions' worth of belief in a figure's usual day-to-day variation
UNLIKE = 0.05  # prior chance that tau has nothing to do with that of a patient's other figures
FEW_SIMULATED, SIMULATED, CLEARLY_COMMON = 99, 999, 0.15
_SEED = 20130
_TAU = np.array([0, *(place for place in range(1, len(TAUS_DAYS)) for _ in WHITE_SHARES)])  # of each noise model


@dataclass(frozen=True, eq=False)
class Series:
    """One figure over sessions, in order of time.

    days: (n,) days since any moment. values: (n,). baseline: (n,) the number of the neutral each was held with.
    placement_sd: standard deviation, in the figure's unit, that a newly placed neutral adds to all its sessions; 0 for
    none. fixed: (n, p) columns that are in the mean anyway, as the phase in an injection's cycle; together they span a
    constant. usual_sd: how much such a figure usually varies from day to day; 0 for no belief.
    """

    days: Floats
    values: Floats
    baseline: NDArray[np.int_]
    placement_sd: float
    fixed: Floats
    usual_sd: float = 0.0

    @property
    def freedom(self) -> int:
        """Degrees of freedom that are left for the noise."""
        return len(self.values) - int(self.fixed.shape[1])

    @property
    def tells(self) -> bool:
        """Whether anything can be estimated."""
        return self.freedom >= 2 and float(np.ptp(self.values)) > 0


@dataclass(frozen=True, eq=False)
class Shapes:
    """The shapes a change may have. columns: (n, shapes), to be multiplied by it. prior: (shapes,), sums to 1."""

    columns: Floats
    prior: Floats


@dataclass(frozen=True)
class Evidence:
    """What the sessions say of a change of one of some shapes. change, low, high: its size in the figure's unit, with a
    95 % interval. detectable: half the interval at the level of significance asked for: a smaller change could have
    stayed unseen. chance: how often an unchanged record looks as changed as this one (0 to 1). shapes: (shapes,) how
    likely each of the shapes is, given that there is a change.
    """

    change: float
    low: float
    high: float
    detectable: float
    chance: float
    shapes: tuple[float, ...]


def evidence(series: Series, shapes: Shapes, level: float, others: Floats | None = None) -> Evidence | None:
    """What the series says of a change; None where too few sessions tell anything.

    level: of `detectable`, 0 to 1. others: (taus,) what the patient's other figures say of tau (tau_support).
    """
    if not series.tells:
        return None
    noise = _noise(series, others)
    fits = _fitted(noise, series, shapes, series.values[:, None])
    weights = np.exp(fits.log_changed[:, :, 0] - logsumexp(fits.log_changed[:, :, 0]))
    mixture = _Mixture(weights.ravel(), fits.place[:, :, 0].ravel(), fits.scale[:, :, 0].ravel(), fits.freedom)
    return Evidence(
        change=mixture.quantile(0.5),
        low=mixture.quantile(0.025),
        high=mixture.quantile(0.975),
        detectable=(mixture.quantile(1 - level / 2) - mixture.quantile(level / 2)) / 2,
        chance=_chance(noise, series, shapes, fits),
        shapes=tuple(float(each) for each in weights.sum(axis=0)),
    )


def tau_support(series: Series, shapes: Shapes) -> Floats:
    """(taus,) how much a series speaks for each of TAUS_DAYS, as logarithms, whether it changed or not."""
    if not series.tells:
        return np.zeros(len(TAUS_DAYS))
    fits = _fitted(_noise(series, None), series, shapes, series.values[:, None])
    by_model = logsumexp(np.stack((fits.log_same[:, 0], logsumexp(fits.log_changed[:, :, 0], axis=1))), axis=0)
    by_tau = np.array([logsumexp(by_model[place == _TAU]) for place in range(len(TAUS_DAYS))]) - _log_prior()
    share = np.exp(by_tau - logsumexp(by_tau))
    return np.asarray(np.log((1 - UNLIKE) * share + UNLIKE / len(TAUS_DAYS)))


@dataclass(frozen=True, eq=False)
class _Noise:
    """The noise models tried: (models,) logarithm of the prior weight, and the lower Cholesky factor of each.

    change_variance: the prior variance of a change, in units of the variance that is integrated out.
    """

    log_prior: Floats
    lower: list[Floats]
    change_variance: float


@dataclass(frozen=True, eq=False)
class _Fits:
    """Of each noise model, shape and series, priors included: (models, series), (models, shapes, series).

    place, scale: of a change. same_squares, squares: what is left of the variance, weighted.
    """

    log_same: Floats
    log_changed: Floats
    place: Floats
    scale: Floats
    same_squares: Floats
    squares: Floats
    freedom: float

    @property
    def support(self) -> Floats:
        """(series,) the logarithm of the Bayes factor of a change against none."""
        return np.asarray(logsumexp(self.log_changed, axis=(0, 1)) - logsumexp(self.log_same, axis=0))


def _chance(noise: _Noise, series: Series, shapes: Shapes, fits: _Fits) -> float:
    """The share of simulated unchanged records that speak as loudly; few are made where that is clearly many."""
    support = float(fits.support[0])
    both = np.concatenate((fits.log_same, fits.log_changed[:, :, 0] - support), axis=1)
    weights = np.exp(both - logsumexp(both)).ravel()
    squares = np.concatenate((fits.same_squares, fits.squares[:, :, 0]), axis=1).ravel()
    random = np.random.default_rng(_SEED)
    louder, count = 0, 0
    for more in (FEW_SIMULATED, SIMULATED - FEW_SIMULATED):
        chosen = random.choice(len(weights), more, p=weights / weights.sum())
        drawn = random.normal(size=(len(series.values), more))
        drawn *= np.sqrt(squares[chosen] / random.chisquare(fits.freedom, more))
        for number, lower in enumerate(noise.lower):
            mine = chosen // both.shape[1] == number
            drawn[:, mine] = lower @ drawn[:, mine]
        louder += int((_fitted(noise, series, shapes, drawn).support >= support).sum())
        count += more
        if louder > CLEARLY_COMMON * count:
            break
    return (1 + louder) / (1 + count)


def _log_prior() -> Floats:
    """(taus,) the prior weight of each tau."""
    rest = len(TAUS_DAYS) - 1
    return np.log([NO_TAU, *[(1 - NO_TAU) / rest] * rest])


def _noise(series: Series, others: Floats | None) -> _Noise:
    """The covariances tried, each in units of a variance that is integrated out later."""
    apart = np.abs(series.days[:, None] - series.days)
    same = (series.baseline[:, None] == series.baseline).astype(float)
    ratio = series.placement_sd**2 / _variance_within(series) if same.min() == 0 else 0.0
    placed = ratio * same
    own = np.eye(len(apart))
    found = [own]
    for tau_days in TAUS_DAYS[1:]:
        like = np.exp(-apart / tau_days)
        found += [(1 - white) * like + white * own for white in WHITE_SHARES]
    by_tau = _log_prior() + (0.0 if others is None else others)
    shared = np.where(_TAU == 0, 0.0, np.log(len(WHITE_SHARES)))
    log_prior = by_tau[_TAU] - shared
    lower = [np.linalg.cholesky(each + placed) for each in found]
    return _Noise(log_prior - logsumexp(log_prior), lower, CHANGE_VARIANCE * (1 + 2 * ratio))


def _variance_within(series: Series) -> float:
    """The variance of the values about the mean of their own neutral, and what is usual."""
    groups = [series.values[series.baseline == number] for number in np.unique(series.baseline)]
    spread = sum(float(((group - group.mean()) ** 2).sum()) for group in groups)
    usual = USUAL_FREEDOM if series.usual_sd else 0.0
    freedom = len(series.values) - len(groups) + usual
    found = (spread + usual * series.usual_sd**2) / freedom if freedom > 0 else 0.0
    return max(found, 1e-6 * float(np.var(series.values)))


def _fitted(noise: _Noise, series: Series, shapes: Shapes, values: Floats) -> _Fits:
    """Every noise model and shape on every series of values: (n, series)."""
    p, count = series.fixed.shape[1], shapes.columns.shape[1]
    usual = USUAL_FREEDOM * series.usual_sd**2
    freedom = series.freedom + (USUAL_FREEDOM if usual else 0.0)
    log_shape = np.log(shapes.prior)[:, None]
    parts: list[tuple[Floats, ...]] = []
    for lower, log_prior in zip(noise.lower, noise.log_prior, strict=True):
        white = solve_triangular(lower, np.hstack((series.fixed, shapes.columns, values)), lower=True)
        base, upper = np.linalg.qr(white[:, :p])
        rest = white[:, p:] - base @ (base.T @ white[:, p:])
        mine, each = rest[:, :count], rest[:, count:]
        logs = log_prior - np.log(np.diag(lower)).sum() - np.log(np.abs(np.diag(upper))).sum()
        squares = (each**2).sum(axis=0) + usual
        told = (mine**2).sum(axis=0)
        along = mine.T @ each
        steady = (told + 1 / noise.change_variance)[:, None]
        left = np.maximum(squares - along**2 / steady, 1e-12 * squares)
        changed = logs + log_shape - freedom / 2 * np.log(left) - 0.5 * np.log1p(noise.change_variance * told)[:, None]
        same = logs - freedom / 2 * np.log(squares)
        parts.append((same, changed, along / steady, np.sqrt(left / freedom / steady), squares, left))
    same, changed, place, scale, squares, left = (np.array(each) for each in zip(*parts, strict=True))
    return _Fits(same, changed, place, scale, squares, left, freedom)


class _Mixture:
    """A mixture of Student's t distributions: what is known of a change when no noise model is certain."""

    def __init__(self, weights: Floats, place: Floats, scale: Floats, freedom: float) -> None:
        kept = weights > 1e-4 * weights.max()
        self._weights = weights[kept] / weights[kept].sum()
        self._place, self._scale, self._freedom = place[kept], scale[kept], freedom

    def quantile(self, share: float) -> float:
        """The value below which that share lies."""
        from scipy.optimize import brentq  # a fifth of a second, for those who compare sessions

        reach = 60 * float(self._scale.max())
        low, high = float(self._place.min()) - reach, float(self._place.max()) + reach
        return float(brentq(lambda at: self._below(at) - share, low, high, xtol=1e-3 * float(self._scale.min())))

    def _below(self, at: float) -> float:
        return float(self._weights @ stdtr(self._freedom, (at - self._place) / self._scale))


def curves(series: Series, columns: Floats, count: int = 400) -> Floats | None:
    """(count, columns) factors of these columns beside a constant, drawn as likely as the sessions make them.

    columns: (n, columns). Their prior is normal about 0 with the variance of a change. None with too few sessions.
    """
    freedom = len(series.values) - 1
    if freedom < 2 or float(np.ptp(series.values)) <= 0:
        return None
    noise, ones = _noise(series, None), np.ones((len(series.values), 1))
    width = columns.shape[1]
    logs, centres, roots, squares = [], [], [], []
    for lower in noise.lower:
        white = solve_triangular(lower, np.hstack((ones, columns, series.values[:, None])), lower=True)
        base = white[:, :1] / np.linalg.norm(white[:, :1])
        rest = white[:, 1:] - base @ (base.T @ white[:, 1:])
        mine, values = rest[:, :width], rest[:, width]
        root = np.linalg.cholesky(mine.T @ mine + np.eye(width) / noise.change_variance)
        along = solve_triangular(root, mine.T @ values, lower=True)
        left = max(float(values @ values - along @ along), 1e-12 * float(values @ values))
        logs.append(
            -np.log(np.diag(lower)).sum() - np.log(np.linalg.norm(white[:, 0])) - freedom / 2 * np.log(left)
            - np.log(np.diag(root)).sum()
        )  # fmt: skip
        centres.append(solve_triangular(root.T, along))
        roots.append(root)
        squares.append(left)
    weights = np.exp(np.array(logs) + noise.log_prior - logsumexp(np.array(logs) + noise.log_prior))
    random = np.random.default_rng(_SEED)
    model = random.choice(len(weights), count, p=weights / weights.sum())
    spread = np.sqrt(np.array(squares)[model] / random.chisquare(freedom, count))
    normal = random.normal(size=(count, width))
    return np.array(
        [
            centres[number] + scale * solve_triangular(roots[number].T, each)
            for number, scale, each in zip(model, spread, normal, strict=True)
        ]
    )
