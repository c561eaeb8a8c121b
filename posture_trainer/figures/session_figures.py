"""All figures of one session together. Pure; each is defined where it is computed."""

from dataclasses import dataclass

import numpy as np

from posture_trainer.feedback import time_in_tolerance
from posture_trainer.figures import angle_figures, excursions, practice_time, trust
from posture_trainer.figures.angle_figures import AngleFigures
from posture_trainer.figures.bands import BandShare, angle_band_shares
from posture_trainer.figures.movement import return_figures
from posture_trainer.figures.samples import AXES, Samples
from posture_trainer.figures.spectrum import spectrum
from posture_trainer.figures.tolerance_edges import EdgesInForce
from posture_trainer.figures.tremor import Tremor, tremor

# Raised whenever a figure's definition changes: figures that were kept by an earlier one are computed anew.
FIGURES_VERSION = 3


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
    return_s: float | None
    returns: int
    peak_speed_deg_s: float | None
    smoothness: float | None
    tremor: Tremor
    cues: int
    cues_per_min: float | None
    left_out_rows: int = 0

    @property
    def seen_s(self) -> float:
        """Seconds seen: in or out of tolerance."""
        return self.neutral_s + self.out_s

    @property
    def deviation_deg(self) -> float | None:
        """Median deviation."""
        return self.angles["deviation"].median_deg if "deviation" in self.angles else None


def session_figures(
    samples: Samples, edges: EdgesInForce, cues: int, told_length_s: float | None = None
) -> SessionFigures:
    """The figures of a session with these tolerances and so many cues. told_length_s: as its summary says."""
    rows = practice_time.measured_well(samples)
    inside_s, outside_s = practice_time.neutral_s(samples), practice_time.out_s(samples)
    minutes = (inside_s + outside_s) / 60
    found = excursions.excursions(samples)
    returns = return_figures(samples, found)
    gaps = trust.gaps_s(samples)
    angles = {name: angle_figures.angle_figures(samples.angle_deg(name)[rows]) for name in (*AXES, "deviation")}
    return SessionFigures(
        length_s=practice_time.length_s(float(samples.t_s[-1]) if len(samples.t_s) else 0.0, told_length_s),
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
        angles={name: figures for name, figures in angles.items() if figures is not None},
        symmetry={
            axis: angle_figures.symmetry(samples, samples.angle_deg(axis), edges.at(samples.t_s, axis)) for axis in AXES
        },
        bands=[share for axis in ("rotation", "tilt") for share in angle_band_shares(samples, axis)],
        excursions=len(found),
        excursions_per_min=len(found) / minutes if minutes else None,
        excursion_s=angle_figures.median([excursion.length_s for excursion in found]),
        excursion_peak_deg=angle_figures.median([excursion.peak_deg for excursion in found]),
        return_s=excursions.return_time_s(found),
        returns=returns.returns,
        peak_speed_deg_s=returns.peak_speed_deg_s,
        smoothness=returns.smoothness,
        tremor=tremor(spectrum(samples)),
        cues=cues,
        cues_per_min=cues / minutes if minutes else None,
        left_out_rows=samples.left_out,
    )
