"""What sections 2 to 4 show, as plain data for the template. Every number goes through the ledger."""

from datetime import date, timedelta
from typing import Any

import numpy as np

from posture_trainer.errors import UserError
from posture_trainer.exercises.hold_test import band
from posture_trainer.figures.bands import out_share_band
from posture_trainer.figures.excursions import excursions
from posture_trainer.figures.samples import AXES
from posture_trainer.figures.tremor import Spectrum, spectrum, tremor
from posture_trainer.review.compare import ALONE, CLEARER, EARLY, SAME, WORSE
from posture_trainer.review.exercise_section import exercises
from posture_trainer.review.measures import Judged, judge
from posture_trainer.review.page_parts import GLANCE, SESSION, TREMOR, Page, compared_sessions
from posture_trainer.review.reviewed import ReviewedSession, samples_and_events
from posture_trainer.review.session_charts import (
    angles_over_time,
    excursion_charts,
    head_density,
    out_share_chart,
    spectrum_chart,
)
from posture_trainer.words.directions import AXIS_ENDS

_LONGEST_STRIP_WEEKS = 26


def glance(page: Page) -> dict[str, Any]:
    """Section 2: days and minutes, and each figure with the one before and whether it changed."""
    minutes = practice_minutes(page.sessions)
    show = page.ledger.show
    judged = judge(page.sessions, page.detail) if page.detail is not None else []
    name = page.detail.name if page.detail is not None else ""
    rows = [_judged_row(page, name, each) for each in judged]
    mates = compared_sessions(page)
    return {
        "answer": _answer(rows),
        "days": show(GLANCE, "", "Practice days", len(minutes), "count"),
        "minutes": show(GLANCE, "", "Practice minutes", sum(minutes.values()), "min"),
        "mates": show(GLANCE, "", "Sessions compared (same baseline and tolerances)", len(mates), "count"),
        "weeks": _strip(page, minutes),
        "rows": rows,
        "cards": [row for row in rows if row["name"] in _card_names(rows)],
    }


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
    for axis, edges in session.edges.items():
        for side, edge_deg in zip(reversed(AXIS_ENDS[axis]), edges, strict=True):
            tolerances.append(f"{axis} {side} {show(SESSION, name, f'tolerance, {axis} {side}', edge_deg, 'deg')}")
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


def tremor_section(page: Page) -> dict[str, Any] | None:
    """Section 4 in words: dominant axis, frequency and indicative amplitude, or why they can't be told."""
    if page.detail is None or page.detail.figures is None:
        return None
    told, name, show = page.detail.figures.tremor, page.detail.name, page.ledger.show
    return {
        "told": told.told,
        "reason": told.reason,
        "axis": told.axis,
        "peak": show(TREMOR, name, "Tremor, peak frequency", told.peak_hz, "Hz"),
        "amplitude": show(TREMOR, name, "Tremor, indicative amplitude", told.amplitude_deg, "deg"),
        "windows": show(TREMOR, name, "Windows of 8 s", told.windows, "count"),
    }


def practice_minutes(sessions: list[ReviewedSession]) -> dict[date, float]:
    """Minutes of counted practice on each day (UTC) with any."""
    minutes: dict[date, float] = {}
    for session in sessions:
        if session.begun is not None and session.figures is not None and session.figures.frames:
            day = session.begun.date()
            minutes[day] = minutes.get(day, 0.0) + session.figures.seen_s / 60
    return minutes


def _strip(page: Page, minutes: dict[date, float]) -> list[dict[str, Any]]:
    """The newest weeks, Monday to Sunday, with the minutes of each day."""
    if not minutes:
        return []
    last = max(minutes)
    monday = last - timedelta(days=last.weekday())
    first = min(minutes)
    count = min(_LONGEST_STRIP_WEEKS, (monday - (first - timedelta(days=first.weekday()))).days // 7 + 1)
    weeks = []
    for week in reversed(range(count)):
        start = monday - timedelta(weeks=week)
        days = []
        for offset in range(7):
            day = start + timedelta(days=offset)
            spent = minutes.get(day)
            if spent is not None:
                page.ledger.show(GLANCE, "", f"Minutes on {day}", spent, "min")
            level = 0 if spent is None else 1 + int(np.searchsorted([5, 10, 20], spent, side="right"))
            days.append(
                {
                    "day": day.isoformat(),
                    "minutes": "" if spent is None else f"{spent:.0f}" if spent >= 1 else "<1",
                    "level": level,
                }
            )
        weeks.append({"title": f"{start:%d %b}", "days": days})
    return weeks


def _judged_row(page: Page, session: str, judged: Judged) -> dict[str, Any]:
    measure, compared = judged.measure, judged.compared

    def show(what: str, value: float | None) -> str:
        return page.ledger.show(GLANCE, session, f"{measure.name}{what}", value, measure.unit)

    words = ""
    if measure.name == "Hold test" and compared.latest is not None:
        words = f"band {band(compared.latest)}"
    elif measure.name == "Time in tolerance" and compared.latest is not None:
        words = f"outside: {out_share_band(1 - compared.latest)}"
    return {
        "name": measure.name,
        "latest": show("", compared.latest),
        "band": words,
        "previous": show(", session before", compared.previous),
        "word": compared.word,
        "first": show(", median of the first three", compared.first_median),
        "last": show(", median of the last three", compared.last_median),
        "long_word": compared.long_word,
        "limit": show(", limit of a change", compared.limit),
    }


def _card_names(rows: list[dict[str, Any]]) -> list[str]:
    """The three figures on top: the hold test if it was done, else the longest hold."""
    names = [row["name"] for row in rows]
    first = "Hold test" if "Hold test" in names else "Longest hold in practice"
    return [first, "Time in tolerance", "Median deviation"]


def _answer(rows: list[dict[str, Any]]) -> list[tuple[str, list[str]]]:
    """What is clearer, worse and much the same on this baseline; nothing before it can be told."""
    judged = [(row["name"].lower(), row["long_word"]) for row in rows if row["long_word"] not in (ALONE, EARLY)]
    words = (CLEARER, WORSE, SAME) if judged else ()
    return [(word, [name for name, found in judged if found == word]) for word in words]
