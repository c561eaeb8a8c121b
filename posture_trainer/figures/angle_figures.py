"""Middle and spread of an angle, and to which side it leaves. Pure.

Of a face turned further than can be measured well only the side is certain (pose/quality.py). Such rows are not left
out where rotation and deviation are put in order, or the worst would look like the best: they count as at least 45
degrees, and a median or percentile that falls among them is a lower bound (censored), shown as "at least".
"""

from dataclasses import dataclass

import numpy as np

from posture_trainer.figures.practice_time import counted, time_s
from posture_trainer.figures.samples import Flags, Floats, Samples
from posture_trainer.pose.quality import FURTHEST_TURN_DEG

SideEdges = tuple[Floats | float, Floats | float]
CENSORED = ("rotation", "deviation")  # what a turn that is too far makes larger, by an amount that is not known


@dataclass(frozen=True)
class AngleFigures:
    """Median, mean, standard deviation, 5th and 95th percentile of one angle, in degrees.

    mean_deg, sd_deg: of the rows that were measured well; None without any. at_least: the names among median_deg,
    p5_deg and p95_deg that are lower bounds of the angle's size.
    """

    median_deg: float
    mean_deg: float | None
    sd_deg: float | None
    p5_deg: float
    p95_deg: float
    at_least: tuple[str, ...] = ()


def angle_figures(angle_deg: Floats, too_far: Flags | None = None) -> AngleFigures | None:
    """Figures of an angle over the given rows, each row counting once. Percentiles are interpolated linearly.

    too_far: (n,) the rows turned too far to be measured well. SD is the population's (divided by n), as in
    summary.json.
    """
    if not len(angle_deg):
        return None
    unsure = np.zeros(len(angle_deg), dtype=bool) if too_far is None else too_far
    ordered = percentiles(angle_deg, unsure, (50, 5, 95))
    well = angle_deg[~unsure]
    (median_deg, _), (p5_deg, _), (p95_deg, _) = ordered
    names = ("median_deg", "p5_deg", "p95_deg")
    return AngleFigures(
        median_deg,
        float(np.mean(well)) if len(well) else None,
        float(np.std(well)) if len(well) else None,
        p5_deg,
        p95_deg,
        tuple(name for name, (_, bound) in zip(names, ordered, strict=True) if bound),
    )


def percentile(angle_deg: Floats, too_far: Flags, percent: float) -> tuple[float, bool]:
    """One of `percentiles`."""
    return percentiles(angle_deg, too_far, (percent,))[0]


def percentiles(angle_deg: Floats, too_far: Flags, percents: tuple[float, ...]) -> list[tuple[float, bool]]:
    """Percentiles of an angle, and whether each is only a lower bound of its size. angle_deg, too_far: (n,), n > 0.

    A row turned too far counts as at least 45 degrees to its side. A value that rests on such a row is a lower bound,
    and at most 45 degrees.
    """
    limit = FURTHEST_TURN_DEG
    sure = np.where(too_far, np.copysign(np.maximum(np.abs(angle_deg), limit), angle_deg), angle_deg)
    found = [float(each) for each in np.percentile(sure, percents)]
    bounds = [False] * len(found)
    if too_far.any():
        for place, (percent, value) in enumerate(zip(percents, found, strict=True)):
            outer = np.percentile(sure, percent, method="higher" if value >= 0 else "lower")
            if too_far[sure == outer].any():
                found[place], bounds[place] = float(np.copysign(min(abs(value), limit), value)), True
    return list(zip(found, bounds, strict=True))


def median(values: list[float]) -> float | None:
    """The median, or None of nothing."""
    return float(np.median(values)) if values else None


def symmetry(samples: Samples, angle_deg: Floats, edges_deg: SideEdges) -> float | None:
    """Whether the head leaves to one side: (time beyond + edge - time beyond - edge) / both; -1 to 1.

    +1: only to the + side (right, or chin down); 0: to both alike; None if it never passes an edge.
    edges_deg: the tolerance on the + side and on the - side, each one number or (n,) of each row. All rows that count,
    those turned too far to be measured well too: their side is certain. Our own definition.
    """
    rows = counted(samples)
    plus_s = time_s(samples, rows & (angle_deg > edges_deg[0]))
    minus_s = time_s(samples, rows & (angle_deg < -edges_deg[1]))
    return (plus_s - minus_s) / (plus_s + minus_s) if plus_s + minus_s > 0 else None
