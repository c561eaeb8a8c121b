"""Bands that clinicians read in: of angles, and of time out of tolerance. Pure."""

from dataclasses import dataclass

import numpy as np

from posture_trainer.figures.practice_time import counted, measured_well, time_s
from posture_trainer.figures.samples import Floats, Samples

ANGLE_BANDS: dict[str, tuple[tuple[str, int], ...]] = {
    "rotation": (("under 1°", 0), ("1–22°", 1), ("23–45°", 23), ("46–67°", 46), ("68–90°", 68), ("over 90°", 91)),
    "tilt": (("under 1°", 0), ("1–15°", 1), ("16–35°", 16), ("over 35°", 36)),
}
TOO_FAR = "over 45°"  # of rotation: turned further than can be measured well


@dataclass(frozen=True)
class BandShare:
    """How much of the time was spent in one band of an angle: share from 0 to 1."""

    axis: str
    band: str
    share: float


def angle_band(axis: str, angle_deg: float) -> str:
    """The band of an angle in whole degrees, whatever its side. Bands after Consky and Lang (1994); not a score.

    axis: rotation or tilt; there are no such bands in degrees for flexion.
    """
    whole = int(np.floor(abs(angle_deg) + 0.5))
    return next(name for name, lowest in reversed(ANGLE_BANDS[axis]) if whole >= lowest)


def angle_band_shares(samples: Samples, axis: str) -> list[BandShare]:
    """Share of the time in each angle band of that axis (rotation or tilt); they add up to 1.

    Of the time measured well; of rotation of the time turned too far for that too, which is a band of its own.
    """
    rows = measured_well(samples)
    beyond_s = time_s(samples, counted(samples) & samples.too_far) if axis == "rotation" else 0.0
    whole_s = time_s(samples, rows) + beyond_s
    if not whole_s:
        return []
    whole: Floats = np.floor(np.abs(np.nan_to_num(samples.angle_deg(axis))) + 0.5)
    lowest = [edge for _, edge in ANGLE_BANDS[axis]]
    highest = [*lowest[1:], 10**6]
    shares = [
        time_s(samples, rows & (whole >= low) & (whole < high)) for low, high in zip(lowest, highest, strict=True)
    ]
    names = [name for name, _ in ANGLE_BANDS[axis]]
    if axis == "rotation":
        names, shares = [*names, TOO_FAR], [*shares, beyond_s]
    return [BandShare(axis, name, share / whole_s) for name, share in zip(names, shares, strict=True)]


def out_share_band(out_share: float) -> str:
    """The band of time out of tolerance, given as a share of the counted time: edges at 25, 50 and 75 %."""
    if out_share < 0.25:
        return "under 25 %"
    if out_share < 0.5:
        return "25–50 %"
    return "50–75 %" if out_share <= 0.75 else "over 75 %"
