"""Section 3, and the charts of section 4, from the rows of one session."""

from typing import Any

from posture_trainer.errors import UserError
from posture_trainer.figures.bands import out_share_band
from posture_trainer.figures.excursions import excursions
from posture_trainer.figures.samples import AXES
from posture_trainer.figures.spectrum import Spectrum, spectrum
from posture_trainer.figures.tremor import tremor
from posture_trainer.records.past_sessions import samples_and_events
from posture_trainer.report.charts.session import (
    angles_over_time,
    excursion_charts,
    head_density,
    out_share_chart,
    spectrum_chart,
)
from posture_trainer.report.page import SESSION, Page
from posture_trainer.report.sections.exercises import exercises
from posture_trainer.words.directions import AXIS_ENDS


def one_session(page: Page) -> dict[str, Any] | None:
    """Section 3, and the charts of section 4, from the rows of one session; None if there is none to show."""
    session = page.detail
    if session is None or session.figures is None:
        return None
    figures, name, show = session.figures, session.name, page.ledger.show
    try:
        samples, events = samples_and_events(session)
    except UserError:
        return None
    page.excursions = excursions(samples)
    page.charts["angles"] = angles_over_time(samples, session.edges, events, session.extras.trials)
    page.charts["density"] = head_density(samples, session.edges)
    if page.excursions:
        page.charts["excursions"] = excursion_charts(page.excursions)
    out_share = None if figures.in_tolerance_share is None else 1 - figures.in_tolerance_share
    if out_share is not None:
        page.charts["outside"] = out_share_chart(out_share)
    found = spectrum(samples)
    if isinstance(found, Spectrum):
        page.spectrum = found
        page.charts["spectrum"] = spectrum_chart(found, tremor(found))
    angles = []
    for axis, angle in figures.angles.items():
        values = (angle.median_deg, angle.mean_deg, angle.sd_deg, angle.p5_deg, angle.p95_deg)
        titles = ("median", "mean", "SD", "5 %", "95 %")
        cells = [show(SESSION, name, f"{axis}, {t}", v, "deg") for t, v in zip(titles, values, strict=True)]
        side = show(SESSION, name, f"{axis}, symmetry", figures.symmetry[axis], "") if axis in AXES else "–"
        angles.append((axis, *cells, side))
    bands = [
        (band.axis, band.band, show(SESSION, name, f"{band.axis} in {band.band}", band.share, "share"), band.share)
        for band in figures.bands
    ]
    told = [
        ("Length", figures.length_s / 60, "min"), ("Counted time", figures.seen_s / 60, "min"),
        ("Longest hold in practice", figures.longest_hold_s, "s"), ("Excursions", figures.excursions, "count"),
        ("Excursions a minute", figures.excursions_per_min, "1/min"), ("Median length", figures.excursion_s, "s"),
        ("Median peak", figures.excursion_peak_deg, "deg"), ("Returns seen", figures.returns, "count"),
        ("Median return", figures.return_s, "s"), ("Median peak speed", figures.peak_speed_deg_s, "deg/s"),
        ("Smoothness (SPARC)", figures.smoothness, ""), ("Cues", figures.cues, "count"),
    ]  # fmt: skip
    tolerances = []
    for axis in AXES:
        for place, side in enumerate(reversed(AXIS_ENDS[axis])):
            edges = dict.fromkeys(judged[axis][place] for judged in session.edges.judged)
            shown = [show(SESSION, name, f"tolerance, {axis} {side}", edge_deg, "deg") for edge_deg in edges]
            tolerances.append(f"{axis} {side} {' and '.join(shown)}")
    return {
        "begun": session.begun_words,
        "angles": angles,
        "bands": bands,
        "facts": [(title, show(SESSION, name, title, value, unit)) for title, value, unit in told],
        "out_share": show(SESSION, name, "Time outside", out_share, "share"),
        "out_band": "" if out_share is None else out_share_band(out_share),
        "tolerances": tolerances,
        "exercises": exercises(page),
        "notes": session.extras.notes,
    }
