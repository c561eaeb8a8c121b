"""All figures of one session together. Pure; each is defined where it is computed."""

from dataclasses import dataclass

import numpy as np

from posture_trainer.feedback import time_in_tolerance
from posture_trainer.figures import angle_figures, excursions, practice_time, trust
from posture_trainer.figures.angle_figures import AngleFigures
from posture_trainer.figures.bands import BandShare, angle_band_shares
from posture_trainer.figures.mirror_time import MirrorFigures, Task, mirror_figures
from posture_trainer.figures.movement import return_figures
from posture_trainer.figures.samples import AXES, Samples
from posture_trainer.figures.spectrum import spectrum
from posture_trainer.figures.tolerance_edges import EdgesInForce
from posture_trainer.figures.tremor import Tremor, tremor

# Raised whenever a figure's definition changes: figures that were kept by an earlier one are computed anew.
FIGURES_VERSION = 4


@dataclass(frozen=True)
class SessionFigures:
    """The figures of one session; units in the names, shares from 0 to 1, None where nothing can be said."""

    length_s: float
    frames: int
    frame_rate_hz: float | None
    face_share: float | None
    usable_share: float | None
    off_middle_share: float | None
    gaps: int
    gaps_s: float
    neutral_s: float
    out_s: float
    in_tolerance_share: float | None
    longest_hold_s: float
    angles: dict[str, AngleFigures]
    symmetry: dict[str, float | None]
    bands: list[BandShare]
    excursions: int
    excursions_per_min: float | None
    excursion_s: float | None
    excursion_peak_deg: float | None
    excursion_peak_at_least: bool
    return_s: float | None
    returns: int
    peak_speed_deg_s: float | None
    smoothness: float | None
    tremor: Tremor
    cues: int
    cues_per_min: float | None
    mirror: MirrorFigures | None
    left_out_rows: int = 0

    @property
    def seen_s(self) -> float:
        """Seconds seen: in or out of tolerance."""
        return self.neutral_s + self.out_s

    @property
    def deviation_deg(self) -> float | None:
        """Median deviation."""
        return self.angles["deviation"].median_deg if "deviation" in self.angles else None

    @property
    def deviation_at_least(self) -> bool:
        """Whether the median deviation is only a lower bound, as it falls among faces turned too far."""
        return "deviation" in self.angles and "median_deg" in self.angles["deviation"].at_least


def session_figures(
    samples: Samples,
    edges: EdgesInForce,
    cues: int,
    told_length_s: float | None = None,
    tasks: list[Task] | None = None,
) -> SessionFigures:
    """The figures of a session with these tolerances and so many cues. told_length_s: as its summary says. tasks: its
    trials; None for the mirror alone."""
    inside_s, outside_s = practice_time.neutral_s(samples), practice_time.out_s(samples)
    minutes = (inside_s + outside_s) / 60
    found = excursions.excursions(samples)
    returns = return_figures(samples, found)
    gaps = trust.gaps_s(samples)
    peak_deg, peak_at_least = excursions.median_peak_deg(found)
    return SessionFigures(
        length_s=practice_time.length_s(samples, told_length_s),
        frames=len(samples.t_s),
        frame_rate_hz=trust.frame_rate_hz(samples),
        face_share=trust.face_share(samples),
        usable_share=trust.usable_share(samples),
        off_middle_share=trust.off_middle_share(samples),
        gaps=len(gaps),
        gaps_s=float(np.sum([length for _, length in gaps])),
        neutral_s=inside_s,
        out_s=outside_s,
        in_tolerance_share=time_in_tolerance(inside_s, outside_s),
        longest_hold_s=practice_time.longest_hold(samples)[1],
        angles=_angles(samples),
        symmetry={
            axis: angle_figures.symmetry(samples, samples.angle_deg(axis), edges.at(samples.t_s, axis)) for axis in AXES
        },
        bands=[share for axis in ("rotation", "tilt") for share in angle_band_shares(samples, axis)],
        excursions=len(found),
        excursions_per_min=len(found) / minutes if minutes else None,
        excursion_s=angle_figures.median([excursion.length_s for excursion in found]),
        excursion_peak_deg=peak_deg,
        excursion_peak_at_least=peak_at_least,
        return_s=excursions.return_time_s(found),
        returns=returns.returns,
        peak_speed_deg_s=returns.peak_speed_deg_s,
        smoothness=returns.smoothness,
        tremor=tremor(spectrum(samples)),
        cues=cues,
        cues_per_min=cues / minutes if minutes else None,
        mirror=mirror_figures(samples, tasks or [], guided=tasks is not None),
        left_out_rows=samples.left_out,
    )


def _angles(samples: Samples) -> dict[str, AngleFigures]:
    """Of the rows measured well; of rotation and deviation of those turned too far for that too, as at least 45 deg."""
    well = practice_time.measured_well(samples)
    beyond = practice_time.counted(samples) & samples.too_far
    found = {}
    for name in (*AXES, "deviation"):
        rows = well | beyond if name in angle_figures.CENSORED else well
        figures = angle_figures.angle_figures(samples.angle_deg(name)[rows], beyond[rows])
        if figures is not None:
            found[name] = figures
    return found
