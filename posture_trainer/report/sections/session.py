"""One session in detail, and the charts of its tremor, from its rows."""

from typing import Any

from posture_trainer.course.extras import NearerStep
from posture_trainer.errors import UserError
from posture_trainer.exercises.hold_test import band
from posture_trainer.figures.bands import out_share_band
from posture_trainer.figures.excursions import excursions
from posture_trainer.figures.mirror_time import MirrorFigures
from posture_trainer.figures.samples import AXES
from posture_trainer.figures.session_figures import SessionFigures
from posture_trainer.figures.spectrum import Spectrum, spectrum
from posture_trainer.figures.tremor import tremor
from posture_trainer.figures.trunk import TrunkOfSession, trunk_of
from posture_trainer.records.past_sessions import samples_and_events
from posture_trainer.report.charts.session import SessionRecord, angles_over_time
from posture_trainer.report.charts.session_parts import (
    excursion_lengths,
    excursion_returns,
    head_density,
    spectrum_chart,
)
from posture_trainer.report.page import SESSION, Page
from posture_trainer.report.sections.exercises import exercises
from posture_trainer.words.directions import AXIS_ENDS, axes_words
from posture_trainer.words.durations import minutes


def one_session(page: Page) -> dict[str, Any] | None:
    """Its figures and charts; None if there is none to show."""
    session = page.detail
    if session is None or session.figures is None:
        return None
    figures, name, show = session.figures, session.name, page.ledger.show
    try:
        samples, events = samples_and_events(session)
    except UserError:
        return None
    page.excursions = excursions(samples)
    page.charts["angles"] = angles_over_time(SessionRecord(samples, session.edges, events, session.extras.trials))
    page.charts["density"] = head_density(samples, session.edges)
    if page.excursions:
        page.charts["excursions"] = excursion_lengths(page.excursions)
        returns = excursion_returns(page.excursions)
        if returns is not None:
            page.charts["returns"] = returns
    out_share = None if figures.in_tolerance_share is None else 1 - figures.in_tolerance_share
    found = spectrum(samples)
    if isinstance(found, Spectrum):
        page.spectrum = found
        page.charts["spectrum"] = spectrum_chart(found, tremor(found))
    bands = [
        (each.axis, each.band, show(SESSION, name, f"{each.axis} in {each.band}", each.share, "share"), each.share)
        for each in figures.bands
    ]
    told = [
        ("Length", figures.length_s / 60, "min"), ("Counted time", figures.seen_s / 60, "min"),
        ("Longest hold in practice", figures.longest_hold_s, "s"), ("Excursions", figures.excursions, "count"),
        ("Excursions a minute", figures.excursions_per_min, "1/min"), ("Median length", figures.excursion_s, "s"),
        ("Returns seen", figures.returns, "count"),
        ("Median return", figures.return_s, "s"), ("Median peak speed", figures.peak_speed_deg_s, "deg/s"),
        ("Smoothness (SPARC)", figures.smoothness, ""), ("Cues", figures.cues, "count"),
    ]  # fmt: skip
    peak = (figures.excursion_peak_deg, "deg")
    tolerances = []
    for axis in AXES:
        for place, side in enumerate(reversed(AXIS_ENDS[axis])):
            edges = dict.fromkeys(judged[axis][place] for judged in session.edges.judged)
            shown = [show(SESSION, name, f"tolerance, {axis} {side}", edge_deg, "deg") for edge_deg in edges]
            tolerances.append(f"{axis} {side} {' and '.join(shown)}")
    return {
        "begun": session.begun_words,
        "angles": _angle_rows(page, name, figures),
        "bands": bands,
        "facts": [
            *((title, show(SESSION, name, title, value, unit)) for title, value, unit in told),
            ("Median peak", show(SESSION, name, "Median peak", *peak, at_least=figures.excursion_peak_at_least)),
            *_mirror_facts(page, name, figures.mirror),
            *_trunk_facts(page, name, trunk_of(samples)),
        ],
        "out_share": show(SESSION, name, "Time outside", out_share, "share"),
        "out_band": "" if out_share is None else out_share_band(out_share),
        "tolerances": tolerances,
        "exercises": exercises(page),
        "steps": [_step_words(page, name, step) for step in session.extras.steps],
        "notes": session.extras.notes,
        "hold_test_band": "" if session.extras.hold_test_s is None else band(session.extras.hold_test_s),
    }


def _step_words(page: Page, session: str, step: NearerStep) -> str:
    """When a nearer aim was taken, and where it was: "45 s: rotation 11° to the right"."""
    for axis, deg in step.aim.items():
        page.ledger.show(SESSION, session, f"Nearer step at {minutes(step.t_s)}, {axis}", deg, "deg")
    return f"{minutes(step.t_s)}: {axes_words(step.aim)}"


def _mirror_facts(page: Page, session: str, mirror: MirrorFigures | None) -> list[tuple[str, str]]:
    """The figures that are compared from session to session, of the mirror's own time."""
    if mirror is None:
        return []
    show = page.ledger.show
    facts = [
        ("Pull", mirror.pull_deg, "deg", mirror.pull_at_least),
        *((f"Pull, {axis}", deg, "deg", False) for axis, deg in mirror.pull.items()),
        ("When holding", mirror.held_deg, "deg", False),
        ("In tolerance, 5 min", mirror.in_tolerance_share, "share", False),
        ("Longest hold, 5 min", mirror.longest_hold_s, "s", False),
    ]
    return [(name, show(SESSION, session, name, value, unit, at_least=bound)) for name, value, unit, bound in facts]


def _trunk_facts(page: Page, session: str, trunk: TrunkOfSession | None) -> list[tuple[str, str]]:
    """What shoulders and trunk did, apart from the head, where they were measured."""
    if trunk is None:
        return []
    show = page.ledger.show
    facts = [
        ("Shoulders seen", trunk.seen_share, "share"), ("Shoulder line, median (+ right up)", trunk.line_deg, "deg"),
        ("Shoulder line, SD", trunk.line_sd_deg, "deg"), ("Trunk, median (+ right)", trunk.turn_deg, "deg"),
        ("Trunk, SD", trunk.turn_sd_deg, "deg"), ("Head shift, median (+ right)", trunk.shift_cm, "cm"),
        ("Head shift, SD", trunk.shift_sd_cm, "cm"), ("Of the head's turn, by the trunk", trunk.turn_share, "share"),
    ]  # fmt: skip
    return [(name, show(SESSION, session, name, value, unit)) for name, value, unit in facts if value is not None]


def _angle_rows(page: Page, session: str, figures: SessionFigures) -> list[tuple[str, ...]]:
    """Of each angle its middle, its spread and its symmetry."""
    titles = {"median_deg": "median", "mean_deg": "mean", "sd_deg": "SD", "p5_deg": "5 %", "p95_deg": "95 %"}
    show, rows = page.ledger.show, []
    for axis, angle in figures.angles.items():
        cells = [
            show(SESSION, session, f"{axis}, {title}", getattr(angle, key), "deg", at_least=key in angle.at_least)
            for key, title in titles.items()
        ]
        side = show(SESSION, session, f"{axis}, symmetry", figures.symmetry[axis], "") if axis in AXES else "–"
        rows.append((axis, *cells, side))
    return rows
