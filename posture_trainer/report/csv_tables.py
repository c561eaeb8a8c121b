"""The tables beside the page: every number shown, all sessions, one session's trials, excursions and spectrum."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from posture_trainer.course.past_session import PastSession
from posture_trainer.figures.excursions import ExcursionFigures
from posture_trainer.figures.samples import AXES
from posture_trainer.figures.spectrum import HIGHEST_HZ, LOWEST_HZ, Spectrum
from posture_trainer.report.shown_numbers import Ledger
from posture_trainer.words.ratings import RATINGS

Row = list[Any]
_FIGURES = (
    "length_s", "frames", "frame_rate_hz", "face_share", "usable_share", "off_middle_share", "gaps", "gaps_s",
    "neutral_s", "out_s", "in_tolerance_share", "longest_hold_s", "deviation_deg", "excursions", "excursions_per_min",
    "excursion_s", "excursion_peak_deg", "return_s", "peak_speed_deg_s", "smoothness", "cues", "cues_per_min",
)  # fmt: skip
_TREMOR = ("axis", "peak_hz", "amplitude_deg", "low_hz", "high_hz", "regularity", "highest_hz")

# Of the mirror's own time, which is compared (figures/mirror_time.py): the column, and the figure.
_MIRROR = {
    "mirror_setting": "setting", "mirror_s": "seen_s", "mirror_in_tolerance_share": "in_tolerance_share",
    "mirror_longest_hold_s": "longest_hold_s", "pull_deg": "pull_deg", "pull_at_least": "pull_at_least",
    "peak_deg": "peak_deg", "held_deg": "held_deg", "mirror_deviation_deg": "deviation_deg",
}  # fmt: skip


def figure_rows(ledger: Ledger) -> Iterator[Row]:
    """Every number on the page, in its order, in full and as shown. Shares are from 0 to 1."""
    yield ["section", "session", "figure", "value", "unit", "shown"]
    for line in ledger.lines:
        yield [line.section, line.session, line.measure, line.value, line.unit, line.shown]


def session_rows(sessions: list[PastSession]) -> Iterator[Row]:
    """One row for each session, with what is wrong with it; also the numbers that the trend is drawn from."""
    ratings = [(name, when) for name in RATINGS for when in ("before", "after")]
    yield [
        "session", "begun_utc", "trouble", "compared", "baseline", *_FIGURES,
        *_MIRROR, *(f"pull_{axis}_deg" for axis in AXES), *(f"median_{axis}_deg" for axis in AXES),
        "deviation_at_least", "tremor_axis", "tremor_hz", "tremor_indicative_deg",
        "tremor_low_hz", "tremor_high_hz", "tremor_regularity", "tremor_highest_hz", "hold_test_s",
        *(f"{name}_{when}" for name, when in ratings), "nearer_steps",
    ]  # fmt: skip
    for session in sessions:
        figures, extras = session.figures, session.extras
        begun = session.begun.isoformat() if session.begun else ""
        trouble = ", ".join(each for each in (session.care, session.trouble) if each)
        row: Row = [session.name, begun, trouble, "yes" if session.comparable else "no", session.baseline]
        row += [getattr(figures, name) if figures else None for name in _FIGURES]
        mirror = figures.mirror if figures else None
        row += [getattr(mirror, name) if mirror else None for name in _MIRROR.values()]
        row += [mirror.pull.get(axis) if mirror else None for axis in AXES]
        row += [figures.angles[axis].median_deg if figures and axis in figures.angles else None for axis in AXES]
        row.append("yes" if figures and figures.deviation_at_least else "no")
        tremor = figures.tremor if figures else None
        row += [getattr(tremor, name) if tremor else None for name in _TREMOR]
        yield [*row, extras.hold_test_s, *(extras.ratings.get(key) for key in ratings), len(extras.steps)]


def trial_rows(detail: PastSession | None) -> Iterator[Row]:
    """Every number that was recorded of each trial of the session in detail; what its exercises' charts show."""
    yield ["exercise", "block", "trial", "figure", "value"]
    for trial in detail.extras.trials if detail is not None else ():
        numbers = trial.numbers
        for name, value in numbers.items():
            if name not in ("event", "block", "trial"):
                yield [trial.name, numbers.get("block"), numbers.get("trial"), name, value]


def excursion_rows(found: list[ExcursionFigures]) -> Iterator[Row]:
    """The excursions of the session in detail."""
    yield ["start_s", "length_s", "peak_deg", "return_s", "ended"]
    for each in found:
        yield [each.start_s, each.length_s, each.peak_deg, each.return_s, each.ended.value]


def spectrum_rows(found: Spectrum | None) -> Iterator[Row]:
    """The spectrum of the session in detail, in degrees squared by Hz."""
    yield ["frequency_hz", *AXES]
    if found is not None:
        for row in np.flatnonzero((found.frequency_hz >= LOWEST_HZ) & (found.frequency_hz <= HIGHEST_HZ)):
            yield [float(found.frequency_hz[row]), *(float(power) for power in found.power[:, row])]
