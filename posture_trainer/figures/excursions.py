"""The stays outside the tolerance, and how long the way back took. Pure."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from posture_trainer.feedback import LONGEST_GAP_S, PostureState
from posture_trainer.figures.angle_figures import median, percentile
from posture_trainer.figures.practice_time import counted, in_state
from posture_trainer.figures.samples import Samples
from posture_trainer.pose.quality import FURTHEST_TURN_DEG


class Excursion(StrEnum):
    """How an excursion ended."""

    RETURNED = "returned"
    UNSEEN = "unseen"  # a pause, a gap, a lost face or the end of the session


@dataclass(frozen=True)
class ExcursionFigures:
    """One stay outside the tolerance. return_s: from the peak to the end; None if the return was not seen.

    first_row, peak_row, end_row: rows of the samples; end_row is the first one that is back. peak_at_least: it was
    turned too far to be measured well there: the peak is a lower bound.
    """

    start_s: float
    length_s: float
    peak_deg: float
    return_s: float | None
    ended: Excursion
    first_row: int
    peak_row: int
    end_row: int
    peak_at_least: bool = False


def excursions(samples: Samples) -> list[ExcursionFigures]:
    """The stays outside the tolerance, from the first row in `out` to the first one back in `neutral`.

    `out` ends only when the head is well inside again for a moment (docs/feedback.md), so a tremor across the edge is
    one excursion. Rows that do not count are bridged for up to 0.5 s; after more, after a pause and at the end of the
    session the return is unknown. Peak: the largest deviation, degrees; a row turned too far to be measured well counts
    as at least 45. Length: seconds from first to last known row.
    """
    rows = np.flatnonzero(counted(samples))
    if not len(rows):
        return []
    outside = in_state(samples, PostureState.OUT)[rows]
    paused = np.cumsum(in_state(samples, PostureState.PAUSED))[rows]
    follows = (np.diff(samples.t_s[rows]) <= LONGEST_GAP_S) & (np.diff(paused) == 0)  # each row but the first
    goes_on = outside[:-1] & outside[1:] & follows
    first = np.flatnonzero(outside & ~np.append(False, goes_on))
    last = np.flatnonzero(outside & ~np.append(goes_on, False))
    return [
        _excursion(samples, rows[begun : end + 1], int(rows[end + 1]) if end < len(follows) and follows[end] else None)
        for begun, end in zip(first, last, strict=True)
    ]


def median_peak_deg(found: list[ExcursionFigures]) -> tuple[float | None, bool]:
    """The median of the peaks, and whether it is a lower bound: 45 degrees where it falls among such peaks."""
    if not found:
        return None, False
    peaks, beyond = np.array([each.peak_deg for each in found]), np.array([each.peak_at_least for each in found])
    return percentile(peaks, beyond, 50)


def return_time_s(found: list[ExcursionFigures]) -> float | None:
    """Median seconds from an excursion's peak to being back in neutral, over the returns that were seen."""
    return median([excursion.return_s for excursion in found if excursion.return_s is not None])


def _excursion(samples: Samples, rows: NDArray[np.int_], back_row: int | None) -> ExcursionFigures:
    first, last = int(rows[0]), int(rows[-1])
    deviation_deg = samples.angle_deg("deviation")
    beyond = samples.too_far
    peak = int(rows[np.argmax(deviation_deg[rows] + 1000.0 * beyond[rows])])  # such a row is further out than any other
    end = last if back_row is None else back_row
    start_s, end_s = float(samples.t_s[first]), float(samples.t_s[end])
    return ExcursionFigures(
        start_s=start_s,
        length_s=end_s - start_s,
        peak_deg=max(float(deviation_deg[peak]), FURTHEST_TURN_DEG if beyond[peak] else 0.0),
        return_s=None if back_row is None else end_s - float(samples.t_s[peak]),
        ended=Excursion.UNSEEN if back_row is None else Excursion.RETURNED,
        first_row=first,
        peak_row=peak,
        end_row=end,
        peak_at_least=bool(beyond[peak]),
    )
