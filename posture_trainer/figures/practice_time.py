"""Time in and out of tolerance, and the longest hold. Pure: arrays in, numbers out.

The states of the log decide (docs/formats.md): seen is `neutral` and `out`. A head turned further than can be measured
well is seen, practises, and is out of tolerance; a row without a face never counts. The time from one row to the next
belongs to the earlier row; a step of more than 0.5 s is a gap and counts as nothing. Seconds.
"""

import numpy as np

from posture_trainer.feedback import LONGEST_GAP_S, PostureState
from posture_trainer.figures.samples import Flags, Floats, Samples

LONGEST_SESSION_S = 7 * 86_400.0  # no session is longer: a file that says so is damaged


def steps_s(samples: Samples) -> Floats:
    """(n,) the seconds that each row stands for: the time to the next row, 0 for the last one and before a gap."""
    if not len(samples.t_s):
        return np.zeros(0)
    steps = np.append(np.diff(samples.t_s), 0.0)
    return np.where(steps <= LONGEST_GAP_S, steps, 0.0)


def in_state(samples: Samples, state: PostureState) -> Flags:
    """(n,) the rows in that state. Without a face there is neither `neutral` nor `out`, whatever a file says."""
    rows: Flags = samples.state == state.value
    return rows & samples.face if state in (PostureState.NEUTRAL, PostureState.OUT) else rows


def counted(samples: Samples) -> Flags:
    """(n,) the rows that count as practice: seen, in neutral or out (not paused)."""
    return in_state(samples, PostureState.NEUTRAL) | in_state(samples, PostureState.OUT)


def measured_well(samples: Samples) -> Flags:
    """(n,) of the rows that count those of good quality: what statistics of angles are made of."""
    return samples.good & counted(samples)


def time_s(samples: Samples, rows: Flags) -> float:
    """Seconds that these rows stand for."""
    return float(steps_s(samples)[rows].sum())


def state_s(samples: Samples, state: PostureState) -> float:
    """Seconds in that state, as the cues were decided (docs/feedback.md)."""
    return time_s(samples, in_state(samples, state))


def neutral_s(samples: Samples) -> float:
    """Seconds in tolerance."""
    return state_s(samples, PostureState.NEUTRAL)


def out_s(samples: Samples) -> float:
    """Seconds out of tolerance."""
    return state_s(samples, PostureState.OUT)


def length_s(samples: Samples, told_s: float | None = None) -> float:
    """Seconds from start to end, gaps and pauses included: to the last row, or to the end where that is told."""
    return longer_s(float(samples.t_s[-1]) if len(samples.t_s) else 0.0, told_s)


def longer_s(last_row_s: float, told_s: float | None) -> float:
    """The length from the time of the last row alone, as the running tally has it."""
    told = told_s if told_s is not None and 0 <= told_s <= LONGEST_SESSION_S else 0.0
    return max(last_row_s, told)


def longest_hold(samples: Samples) -> tuple[float, float]:
    """When the longest time in tolerance without a break began, and how long it was; a gap is a break. Seconds."""
    inside = in_state(samples, PostureState.NEUTRAL)
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
