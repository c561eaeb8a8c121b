"""What an injection did: the weeks before against weeks 3 to 6 after it, the peak, when it began and wore off. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from scipy.linalg import null_space

from posture_trainer.course.cycles import BEFORE_DAYS, KNOTS_DAYS, LONGEST_DAYS, RESPONSE_WEEKS, week_after
from posture_trainer.course.statistics.evidence import Evidence, Told, curves, evidence, told
from posture_trainer.course.statistics.likelihood import Series, Shapes
from posture_trainer.figures.samples import Flags, Floats

LEAST_EACH = 3  # sessions before, and in weeks 3 to 6
PEAK_SHARE = 0.5  # it has begun, and has worn off, at half of its peak


@dataclass(frozen=True)
class Span:
    """A number with a 95 % interval. happened: how likely it came at all in the days seen (0 to 1)."""

    value: float
    low: float
    high: float
    happened: float = 1.0


@dataclass(frozen=True)
class Response:
    """What an injection did to one figure. before: its median in the 28 days before; after: in weeks 3 to 6.

    found: the difference, with interval and chance; None where there are too few sessions. peak: the largest
    difference to before, with the sign of what is better, and peak_days, begun_days, worn_off_days: days after the
    injection of the peak, and of half of it on the way there and back; None where there is no course to speak of.
    """

    day: date
    sessions_before: int
    sessions_after: int
    before: float | None
    after: float | None
    found: Evidence | None
    peak: Span | None = None
    peak_days: Span | None = None
    begun_days: Span | None = None
    worn_off_days: Span | None = None


def around(days: list[date], injection: date, earlier: date | None, later: date | None) -> Floats:
    """(n,) the days from the injection for the days that belong to it, nan for the others: from 28 days before, but not
    before the earlier injection, to 16 weeks after, but not from the next one on."""
    found = np.full(len(days), np.nan)
    for place, day in enumerate(days):
        since = (day - injection).days
        inside = -BEFORE_DAYS <= since <= LONGEST_DAYS
        if inside and (earlier is None or day >= earlier) and (later is None or day < later):
            found[place] = since
    return found


def response(
    series: Series, since: Floats, injection: date, better: int, level: float, others: Sequence[Told] = ()
) -> Response:
    """What the injection did. series: of the sessions around it. since: (n,) days from it, as `around` tells them.

    others: what the patient's other figures say of how long good and bad times last (`runs_around`).
    """
    before, inside = _before(since), _inside(since)
    few = Response(
        injection,
        int(before.sum()),
        int(inside.sum()),
        _median(series.values[before]),
        _median(series.values[inside]),
        None,
    )
    if min(few.sessions_before, few.sessions_after) < LEAST_EACH:
        return few
    found = evidence(*_contrast(series, since), level, others)
    if found is None:
        return few
    peak, peak_days, begun_days, worn_off_days = _course(series, since, found, better)
    return replace(few, found=found, peak=peak, peak_days=peak_days, begun_days=begun_days, worn_off_days=worn_off_days)


def runs_around(series: Series, since: Floats) -> Told | None:
    """What the series says of how long good and bad times last; None with too few sessions before or after."""
    if min(_before(since).sum(), _inside(since).sum()) < LEAST_EACH:
        return None
    return told(*_contrast(series, since))


def _before(since: Floats) -> Flags:
    return np.asarray(since < 0)


def _inside(since: Floats) -> Flags:
    """Which of the days are in weeks 3 to 6."""
    weeks = np.array([week_after(int(day)) if day >= 0 else 0 for day in since])
    return (weeks >= RESPONSE_WEEKS[0]) & (weeks <= RESPONSE_WEEKS[1])


def _contrast(series: Series, since: Floats) -> tuple[Series, Shapes]:
    """The series with all that its course may do beside, and the shape whose factor is the mean over weeks 3 to 6."""
    knots = _knots(float(since.max()))
    columns = _course_columns(since, knots)
    window = np.arange(7 * RESPONSE_WEEKS[0] - 6, 7 * RESPONSE_WEEKS[1] + 1, dtype=float)
    mean = _course_columns(window[window <= knots[-1]], knots).mean(axis=0)
    rest = columns @ null_space(mean[None])
    shape = columns @ mean / (mean @ mean)
    fixed = np.column_stack((np.ones(len(since)), rest))
    return replace(series, fixed=fixed), Shapes(shape[:, None], np.ones(1))


def _median(values: Floats) -> float | None:
    return float(np.median(values)) if len(values) else None


def _course(
    series: Series, since: Floats, found: Evidence, better: int
) -> tuple[Span | None, Span | None, Span | None, Span | None]:
    """Peak, its day, and the days of half of it on both sides, from courses as likely as the sessions make them."""
    towards = float(np.sign(found.change)) or float(better)
    knots = _knots(float(since.max()))
    drawn = curves(series, _course_columns(since, knots))
    if drawn is None:
        return None, None, None, None
    last = float(np.floor(knots[-1]))
    grid = np.arange(0.0, last + 1)
    weights = _course_columns(grid, knots)
    courses = towards * (drawn @ weights.T)
    peaks = courses.max(axis=1)
    at = courses.argmax(axis=1)
    half = courses >= PEAK_SHARE * peaks[:, None]
    begun = half.argmax(axis=1)
    after = ~half & (grid > at[:, None])
    gone = after.any(axis=1)
    worn = np.where(gone, after.argmax(axis=1), len(grid) - 1)
    return (
        _span(towards * peaks),
        _span(grid[at]),
        _span(grid[begun]),
        _span(grid[worn][gone], float(gone.mean())) if gone.mean() >= 0.05 else Span(last, last, last, 0.0),
    )


def _knots(last_day: float) -> Floats:
    """The days at which a course is free, from the injection to the last day seen."""
    inner = [knot for knot in KNOTS_DAYS if knot <= last_day - 7]
    return np.array([*inner, last_day])


def _course_columns(since: Floats, knots: Floats) -> Floats:
    """(n, knots - 1) a smooth course that is 0 up to the injection and begins level, as columns for the value at each
    knot but the first (a cubic spline)."""
    from scipy.interpolate import CubicSpline  # a quarter of a second, for those who look at an injection

    spline = CubicSpline(
        knots, np.eye(len(knots))[:, 1:], bc_type=((1, np.zeros(len(knots) - 1)), (2, np.zeros(len(knots) - 1)))
    )
    return np.asarray(np.where((since > 0)[:, None], spline(np.clip(since, 0, knots[-1])), 0.0))


def _span(values: Floats, happened: float = 1.0) -> Span:
    low, middle, high = np.percentile(values, (2.5, 50, 97.5))
    return Span(float(middle), float(low), float(high), happened)
