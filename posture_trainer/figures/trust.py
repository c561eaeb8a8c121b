"""How far a session's figures can be trusted: faces, frames, gaps, place. Pure."""

import numpy as np

from posture_trainer.feedback import LONGEST_GAP_S, PostureState
from posture_trainer.figures.practice_time import in_state, measured_well, time_s
from posture_trainer.figures.samples import Samples

OFF_MIDDLE_CM = (10.0, 8.0)  # sideways, up or down: a slide so far reads as about 5 degrees of turning


def usable_share(samples: Samples) -> float | None:
    """Share of the rows outside pauses that are good: of all that could have been measured."""
    rows = ~in_state(samples, PostureState.PAUSED)
    return float(samples.good[rows].mean()) if rows.any() else None


def good_share(samples: Samples) -> float | None:
    """Share of the rows with a face that are good, as in summary.json."""
    return float(samples.good[samples.face].mean()) if samples.face.any() else None


def face_share(samples: Samples) -> float | None:
    """Share of the rows with a face."""
    return float(samples.face.mean()) if len(samples.face) else None


def frame_rate_hz(samples: Samples) -> float | None:
    """Median frame rate: 1 / the median step between rows."""
    return float(1 / np.median(np.diff(samples.t_s))) if len(samples.t_s) > 1 else None


def gaps_s(samples: Samples) -> list[tuple[float, float]]:
    """Start and length of each time of more than 0.5 s without any row."""
    steps = np.diff(samples.t_s)
    return [(float(samples.t_s[row]), float(steps[row])) for row in np.flatnonzero(steps > LONGEST_GAP_S)]


def off_middle_share(samples: Samples) -> float | None:
    """Share of the time measured well with the head 10 cm sideways or 8 cm up or down from the baseline's place.

    So far off, a slide without a turn reads as about 5 degrees of rotation or flexion, and the angles say less.
    """
    rows = measured_well(samples) & np.isfinite(samples.position_cm).all(axis=1)
    whole_s = time_s(samples, rows)
    away = np.abs(np.nan_to_num(samples.position_cm))
    off = (away[:, 0] > OFF_MIDDLE_CM[0]) | (away[:, 1] > OFF_MIDDLE_CM[1])
    return time_s(samples, rows & off) / whole_s if whole_s > 0 else None
