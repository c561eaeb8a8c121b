"""The statistics of one session. Pure: arrays in, numbers out; no file, no clock.

Two rules hold everywhere. Only good rows count (a face was seen, its quality is good): a frame without a face is never
neutral. The time from one row to the next belongs to the earlier row; a step of more than 0.5 s is a gap and counts
as nothing. All times are seconds, all angles degrees, all shares from 0 to 1; None where nothing can be said.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from posture_trainer.records.session_summary import LONGEST_STEP_S
from posture_trainer.review.samples import Flags, Floats, Samples

Rows = NDArray[np.int_]

NEUTRAL, OUT, PAUSED = "neutral", "out", "paused"
OFF_MIDDLE_CM = (10.0, 8.0)  # sideways, up or down: a slide so far reads as about 5 degrees of turning


@dataclass(frozen=True)
class AngleFigures:
    """Median, mean, standard deviation, 5th and 95th percentile of one angle, in degrees."""

    median_deg: float
    mean_deg: float
    sd_deg: float
    p5_deg: float
    p95_deg: float


class Excursion(StrEnum):
    """How an excursion ended."""

    RETURNED = "returned"
    UNSEEN = "unseen"  # a pause, a gap, a lost face or the end of the session


@dataclass(frozen=True)
class ExcursionFigures:
    """One stay outside the tolerance. return_s: from the peak to the end; None if the return was not seen.

    first_row, peak_row, end_row: rows of the samples; end_row is the first one that is back.
    """

    start_s: float
    length_s: float
    peak_deg: float
    return_s: float | None
    ended: Excursion
    first_row: int
    peak_row: int
    end_row: int


def steps_s(samples: Samples) -> Floats:
    """(n,) the seconds that each row stands for: the time to the next row, 0 for the last one and before a gap."""
    if not len(samples.t_s):
        return np.zeros(0)
    steps = np.append(np.diff(samples.t_s), 0.0)
    return np.where(steps <= LONGEST_STEP_S, steps, 0.0)


def counted(samples: Samples) -> Flags:
    """(n,) the rows that count: good, and in neutral or out (not paused)."""
    practising: Flags = (samples.state == NEUTRAL) | (samples.state == OUT)
    return samples.good & practising


def time_s(samples: Samples, rows: Flags) -> float:
    """Seconds that these rows stand for."""
    return float(steps_s(samples)[rows].sum())


def neutral_s(samples: Samples) -> float:
    """Seconds in tolerance: good rows in the state `neutral`, as the cues were decided (docs/feedback.md)."""
    return time_s(samples, samples.good & (samples.state == NEUTRAL))


def out_s(samples: Samples) -> float:
    """Seconds out of tolerance: good rows in the state `out`."""
    return time_s(samples, samples.good & (samples.state == OUT))


def time_in_tolerance(samples: Samples) -> float | None:
    """Share of the counted time that is in tolerance: neutral / (neutral + out)."""
    inside_s, outside_s = neutral_s(samples), out_s(samples)
    return inside_s / (inside_s + outside_s) if inside_s + outside_s > 0 else None


def angle_figures(angle_deg: Floats) -> AngleFigures | None:
    """Figures of an angle over the given rows, each row counting once. Percentiles are interpolated linearly.

    SD is the population's (divided by n), as in summary.json.
    """
    if not len(angle_deg):
        return None
    p5, median, p95 = np.percentile(angle_deg, (5, 50, 95))
    return AngleFigures(float(median), float(np.mean(angle_deg)), float(np.std(angle_deg)), float(p5), float(p95))


def symmetry(samples: Samples, angle_deg: Floats, edges_deg: tuple[float, float]) -> float | None:
    """Whether the head leaves to one side: (time beyond + edge - time beyond - edge) / both; -1 to 1.

    +1: only to the + side (right, or chin down); 0: to both alike; None if it never passes an edge.
    edges_deg: the tolerance on the + side and on the - side. Our own definition.
    """
    rows = counted(samples)
    plus_s = time_s(samples, rows & (angle_deg > edges_deg[0]))
    minus_s = time_s(samples, rows & (angle_deg < -edges_deg[1]))
    return (plus_s - minus_s) / (plus_s + minus_s) if plus_s + minus_s > 0 else None


def longest_hold_s(samples: Samples) -> float:
    """Seconds of the longest time in tolerance without a break; a row that is not good, a pause or a gap is one."""
    return longest_hold(samples)[1]


def longest_hold(samples: Samples) -> tuple[float, float]:
    """When the longest hold began, and how long it was: seconds."""
    inside = samples.good & (samples.state == NEUTRAL)
    steps = steps_s(samples)
    begins = ~inside  # a hold begins after a row that is not inside, and after a gap
    begins[1:] |= steps[:-1] == 0.0
    rows = np.flatnonzero(inside)
    hold = np.cumsum(begins)[rows]
    lengths = np.bincount(hold, steps[rows])
    if not lengths.any():
        return 0.0, 0.0
    longest = int(np.argmax(lengths))
    return float(samples.t_s[rows[hold == longest][0]]), float(lengths[longest])


def excursions(samples: Samples) -> list[ExcursionFigures]:
    """The stays outside the tolerance, from the first row in `out` to the first one back in `neutral`.

    `out` ends only when the head is well inside again for a moment (docs/feedback.md), so a tremor across the edge is
    one excursion. Rows that are not good are bridged for up to 0.5 s; after more, after a pause and at the end of the
    session the return is unknown. Peak: the largest deviation, degrees. Length: seconds from first to last known row.
    """
    rows = np.flatnonzero(counted(samples))
    if not len(rows):
        return []
    outside = samples.state[rows] == OUT
    paused = np.cumsum(samples.state == PAUSED)[rows]
    follows = (np.diff(samples.t_s[rows]) <= LONGEST_STEP_S) & (np.diff(paused) == 0)  # each row but the first
    goes_on = outside[:-1] & outside[1:] & follows
    first = np.flatnonzero(outside & ~np.append(False, goes_on))
    last = np.flatnonzero(outside & ~np.append(goes_on, False))
    return [
        _excursion(samples, rows[begun : end + 1], int(rows[end + 1]) if end < len(follows) and follows[end] else None)
        for begun, end in zip(first, last, strict=True)
    ]


def return_time_s(found: list[ExcursionFigures]) -> float | None:
    """Median seconds from an excursion's peak to being back in neutral, over the returns that were seen."""
    return median([excursion.return_s for excursion in found if excursion.return_s is not None])


def median(values: list[float]) -> float | None:
    """The median, or None of nothing."""
    return float(np.median(values)) if values else None


def share_valid(samples: Samples) -> float | None:
    """Share of the rows outside pauses that are good."""
    rows = samples.state != PAUSED
    return float(samples.good[rows].mean()) if rows.any() else None


def face_share(samples: Samples) -> float | None:
    """Share of the rows with a face."""
    return float(samples.face.mean()) if len(samples.face) else None


def frame_rate_hz(samples: Samples) -> float | None:
    """Median frame rate: 1 / the median step between rows."""
    return float(1 / np.median(np.diff(samples.t_s))) if len(samples.t_s) > 1 else None


def gaps_s(samples: Samples) -> list[tuple[float, float]]:
    """Start and length of each time of more than 0.5 s without any row."""
    steps = np.diff(samples.t_s)
    return [(float(samples.t_s[row]), float(steps[row])) for row in np.flatnonzero(steps > LONGEST_STEP_S)]


def off_middle_share(samples: Samples) -> float | None:
    """Share of the counted time with the head more than 10 cm sideways or 8 cm up or down from the baseline's place.

    So far off, a slide without a turn reads as about 5 degrees of rotation or flexion, and the angles say less.
    """
    rows = counted(samples) & np.isfinite(samples.position_cm).all(axis=1)
    seen_s = time_s(samples, rows)
    away = np.abs(np.nan_to_num(samples.position_cm))
    off = (away[:, 0] > OFF_MIDDLE_CM[0]) | (away[:, 1] > OFF_MIDDLE_CM[1])
    return time_s(samples, rows & off) / seen_s if seen_s > 0 else None


def _excursion(samples: Samples, rows: Rows, back_row: int | None) -> ExcursionFigures:
    first, last = int(rows[0]), int(rows[-1])
    deviation_deg = samples.angle_deg("deviation")
    peak = int(rows[np.argmax(deviation_deg[rows])])
    end = last if back_row is None else back_row
    start_s, end_s = float(samples.t_s[first]), float(samples.t_s[end])
    return ExcursionFigures(
        start_s=start_s,
        length_s=end_s - start_s,
        peak_deg=float(deviation_deg[peak]),
        return_s=None if back_row is None else end_s - float(samples.t_s[peak]),
        ended=Excursion.UNSEEN if back_row is None else Excursion.RETURNED,
        first_row=first,
        peak_row=peak,
        end_row=end,
    )
