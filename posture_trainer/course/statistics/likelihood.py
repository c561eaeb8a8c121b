"""How likely one figure's values over sessions are, with a change and without, amid a patient's ups and downs. Pure.

Values at irregular days: y = fixed part + change x shape + noise. The noise has three sources: a day's form, which is
like that of the days around it (correlation exp(-days / tau)), what differs from session to session for itself, and
where each neutral was placed (known from repeatability studies). The variance, the fixed part and the change are
integrated out (generalised least squares; Berger, De Oliveira and Sanso 2001, J Am Stat Assoc 96:1361).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve_triangular
from scipy.special import logsumexp

from posture_trainer.figures.samples import Floats

TAUS_DAYS = (0.0, 1.5, 3.0, 6.0, 10.0)  # 0: days that have nothing to do with one another
WHITE_SHARES = (0.1, 0.4)  # of the variance, what a session has for itself
# Prior variances of a change, in variances of the noise, 2 and 10 standard deviations, and how likely each is.
CHANGE_VARIANCES, _WIDTH_PRIOR = np.array([4.0, 100.0])[:, None], np.array([0.8, 0.2])[:, None]
FIRST_OF_TAU = (0, *range(1, len(TAUS_DAYS) * len(WHITE_SHARES) - 1, len(WHITE_SHARES)))  # of the noise models
TAU_OF = np.array([0, *(place for place in range(1, len(TAUS_DAYS)) for _ in WHITE_SHARES)])  # of each noise model


@dataclass(frozen=True, eq=False)
class Series:
    """One figure over sessions, in order of time.

    days: (n,) days since any moment. values: (n,). baseline: (n,) the number of the neutral each was held with.
    placement_sd: standard deviation, in the figure's unit, that a newly placed neutral adds to all its sessions; 0 for
    none. fixed: (n, p) columns that are in the mean anyway, as the phase in an injection's cycle; together they span a
    constant.
    """

    days: Floats
    values: Floats
    baseline: NDArray[np.int_]
    placement_sd: float
    fixed: Floats

    @property
    def freedom(self) -> int:
        """Degrees of freedom that are left for the noise."""
        return len(self.values) - int(self.fixed.shape[1])

    @property
    def tells(self) -> bool:
        """Whether anything can be estimated."""
        return self.freedom >= 2 and float(np.ptp(self.values)) > 0

    @property
    def placement_ratio(self) -> float:
        """The variance of a placement in units of that within neutrals; 0 where there is one neutral only."""
        groups = [self.values[self.baseline == number] for number in np.unique(self.baseline)]
        if len(groups) == 1 or not self.placement_sd:
            return 0.0
        spread = sum(float(((group - group.mean()) ** 2).sum()) for group in groups)
        within = spread / max(1, len(self.values) - len(groups))
        return self.placement_sd**2 / max(within, 1e-6 * float(np.var(self.values)))


@dataclass(frozen=True, eq=False)
class Shapes:
    """The shapes a change may have. columns: (n, shapes), to be multiplied by it. prior: (shapes,), sums to 1."""

    columns: Floats
    prior: Floats


@dataclass(frozen=True, eq=False)
class Noise:
    """The noise models tried, in the order of TAU_OF: the lower Cholesky factor of each covariance, in units of the
    variance that is integrated out, and its inverse, which makes values white. change_variances: (2, 1) the prior
    variances of a change, in the same units."""

    lower: list[Floats]
    whiten: list[Floats]
    change_variances: Floats


@dataclass(frozen=True, eq=False)
class Fits:
    """What one series says of each noise model and shape: (models, shapes). logs: how likely they are, as logarithms.

    place, scale: of a change with the wider prior, a Student's t distribution with `freedom` degrees of freedom.
    """

    logs: Floats
    place: Floats
    scale: Floats
    freedom: float


def noise_models(days: Floats, baseline: NDArray[np.int_], placement_ratio: float) -> Noise:
    """The covariances tried on these days. placement_ratio: as Series has it."""
    return _noise_models(days.tobytes(), baseline.astype(np.int64).tobytes(), placement_ratio)


@lru_cache(maxsize=32)
def _noise_models(day_bytes: bytes, baseline_bytes: bytes, placement_ratio: float) -> Noise:
    """The same by what can be a key: a patient's figures are of much the same days."""
    days, baseline = np.frombuffer(day_bytes), np.frombuffer(baseline_bytes, dtype=np.int64)
    apart = np.abs(days[:, None] - days)
    placed = placement_ratio * (baseline[:, None] == baseline)
    own = np.eye(len(apart))
    found = [own]
    for tau_days in TAUS_DAYS[1:]:
        like = np.exp(-apart / tau_days)
        found += [(1 - white) * like + white * own for white in WHITE_SHARES]
    lower = [np.linalg.cholesky(each + placed) for each in found]
    whiten = [solve_triangular(each, own, lower=True) for each in lower]
    return Noise(lower, whiten, CHANGE_VARIANCES * (1 + 2 * placement_ratio))


def fits(noise: Noise, series: Series, shapes: Shapes) -> Fits:
    """Every noise model and shape on a series."""
    parts = []
    for each in _projected(noise, series.fixed, shapes, series.values[:, None]):
        steady = each.told + 1 / noise.change_variances[-1]
        scale = np.sqrt(each.left[-1, :, 0] / series.freedom / steady)
        parts.append((logsumexp(each.changed[:, :, 0], axis=0), each.along[:, 0] / steady, scale))
    logs, place, scale = (np.array(each) for each in zip(*parts, strict=True))
    return Fits(logs, place, scale, float(series.freedom))


def likelihoods(noise: Noise, fixed: Floats, shapes: Shapes, values: Floats) -> tuple[Floats, Floats]:
    """Of many series of values, (n, series), how likely each tau is, all else integrated out: without a change, and
    with one: (taus, series), as logarithms. fixed: (n, p)."""
    parts = []
    for each in _projected(noise, fixed, shapes, values):
        largest = each.changed.max(axis=(0, 1))
        parts.append((each.same, largest + np.log(np.exp(each.changed - largest).sum(axis=(0, 1)))))
    same, changed = (np.array(each) for each in zip(*parts, strict=True))
    return _by_tau(same), _by_tau(changed)


def _by_tau(by_model: Floats) -> Floats:
    each = [by_model[place == TAU_OF] for place in range(len(TAUS_DAYS))]
    return np.array([np.logaddexp.reduce(mine, axis=0) - np.log(len(mine)) for mine in each])


@dataclass(frozen=True, eq=False)
class _Projected:
    """One noise model on many series. same: (series,) log-likelihood without a change; changed: (widths, shapes,
    series) with one. left: the squares that a change leaves, shaped alike. along: (shapes, series), told: (shapes,)."""

    same: Floats
    changed: Floats
    left: Floats
    along: Floats
    told: Floats


def _projected(noise: Noise, fixed: Floats, shapes: Shapes, values: Floats) -> Iterator[_Projected]:
    """Each noise model in turn."""
    p, count = fixed.shape[1], shapes.columns.shape[1]
    power = (len(values) - p) / 2
    for whiten in noise.whiten:
        white = whiten @ np.hstack((fixed, shapes.columns, values))
        base, upper = np.linalg.qr(white[:, :p])
        rest = white[:, p:] - base @ (base.T @ white[:, p:])
        mine, each = rest[:, :count], rest[:, count:]
        logs = np.log(np.diag(whiten)).sum() - np.log(np.abs(np.diag(upper))).sum()
        squares, told = (each**2).sum(axis=0), (mine**2).sum(axis=0)
        along = mine.T @ each
        wide = noise.change_variances * told  # (widths, shapes)
        left = squares - along**2 * (noise.change_variances / (1 + wide))[:, :, None]
        np.maximum(left, 1e-12 * squares, out=left)
        weights = logs + np.log(shapes.prior) + np.log(_WIDTH_PRIOR) - 0.5 * np.log1p(wide)
        yield _Projected(logs - power * np.log(squares), weights[:, :, None] - power * np.log(left), left, along, told)
