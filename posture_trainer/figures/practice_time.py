"""The statistics of one session. Pure: arrays in, numbers out; no file, no clock.

Two rules hold everywhere. Only good rows count (a face was seen, its quality is good): a frame without a face is never
neutral. The time from one row to the next belongs to the earlier row; a step of more than 0.5 s is a gap and counts
as nothing. All times are seconds, all angles degrees, all shares from 0 to 1; None where nothing can be said.
"""

import numpy as np
from numpy.typing import NDArray

from posture_trainer.figures.samples import Flags, Floats, Samples
from posture_trainer.figures.session_summary import LONGEST_STEP_S

Rows = NDArray[np.int_]

NEUTRAL, OUT, PAUSED = "neutral", "out", "paused"


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


def median(values: list[float]) -> float | None:
    """The median, or None of nothing."""
    return float(np.median(values)) if values else None
