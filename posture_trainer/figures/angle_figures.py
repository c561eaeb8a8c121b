"""Middle and spread of an angle, and to which side it leaves. Pure."""

from dataclasses import dataclass

import numpy as np

from posture_trainer.figures.practice_time import counted, time_s
from posture_trainer.figures.samples import Floats, Samples

SideEdges = tuple[Floats | float, Floats | float]


@dataclass(frozen=True)
class AngleFigures:
    """Median, mean, standard deviation, 5th and 95th percentile of one angle, in degrees."""

    median_deg: float
    mean_deg: float
    sd_deg: float
    p5_deg: float
    p95_deg: float


def angle_figures(angle_deg: Floats) -> AngleFigures | None:
    """Figures of an angle over the given rows, each row counting once. Percentiles are interpolated linearly.

    SD is the population's (divided by n), as in summary.json.
    """
    if not len(angle_deg):
        return None
    p5, median, p95 = np.percentile(angle_deg, (5, 50, 95))
    return AngleFigures(float(median), float(np.mean(angle_deg)), float(np.std(angle_deg)), float(p5), float(p95))


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
