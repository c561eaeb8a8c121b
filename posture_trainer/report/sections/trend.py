"""The course over the weeks with its notes, the cycles of injections on top of one another, and what each did."""

from datetime import date
from typing import Any

from posture_trainer.course.cycles import week_after, week_before
from posture_trainer.course.injections import LEAST_EACH, Span
from posture_trainer.course.judgement import MARK_WORDS, JudgedResponse, Mark
from posture_trainer.course.measures import deviation_bound, mirror_figure
from posture_trainer.course.past_session import PastSession
from posture_trainer.figures.angle_figures import median
from posture_trainer.report.charts.cycles import cycles_chart, cycles_of
from posture_trainer.report.charts.trend import Getter, trend_chart
from posture_trainer.report.page import TREND, Page

Row = tuple[str, Getter, str]  # title, value, unit
WEEKS_AROUND = (-4, 16)
DEVIATION_TITLE = "deviation, °"
MOST_NOTES = 12
PULL_TITLE, PAIN_TITLE, CONTROL_TITLE = "pull, °", "pain before", "control before"
HOLD_TITLE, INSIDE_TITLE = "hold test, s", "in tolerance, %"
_OVER_CYCLES = (PULL_TITLE, PAIN_TITLE, CONTROL_TITLE)
_OVER_WEEKS = (PULL_TITLE, INSIDE_TITLE, HOLD_TITLE, PAIN_TITLE, CONTROL_TITLE)
HALF = 0.5  # less likely than not: then it has not come


def trend(page: Page, notes: list[tuple[date, str]]) -> dict[str, Any]:
    """The charts of all sessions and of the cycles; for each injection what it did, and the medians of its weeks.

    notes: the therapist's remarks, by day.
    """
    rows = [row for row in _rows() if any(row[1](session) is not None for session in page.sessions)]
    scaled = [
        (title, _in_percent(getter) if unit == "share" else getter)
        for title, getter, unit in rows
        if title in _OVER_WEEKS
    ]
    if rows and any(session.day and session.figures for session in page.sessions):
        marks = [(day, number) for number, (day, _) in enumerate(notes[-MOST_NOTES:], 1)]
        page.charts["trend"] = trend_chart(page.sessions, scaled, page.injections, marks)
    over = [(title, getter) for title, getter in scaled if title in _OVER_CYCLES]
    cycles = cycles_of(page.sessions, [getter for _, getter in over], page.injections)
    if any(any(cycle.figures) for cycle in cycles):
        page.charts["cycles"] = cycles_chart(cycles, [title for title, _ in over])
    days = [date.min, *page.injections, date.max]
    tables = [_around(page, rows, *three) for three in zip(days, page.injections, days[2:], strict=False)]
    return {
        "injections": [table for table in tables if table["rows"]],
        "dated": bool(page.injections),
        "notes": [(day.isoformat(), text) for day, text in notes[-MOST_NOTES:]],
    }


def _rows() -> list[Row]:
    def rated(name: str, when: str) -> Getter:
        return lambda session: session.extras.ratings.get((name, when))

    return [
        (PULL_TITLE, mirror_figure("pull_deg"), "deg"),
        (DEVIATION_TITLE, lambda session: session.figures.deviation_deg if session.figures else None, "deg"),
        (INSIDE_TITLE, lambda session: session.figures.in_tolerance_share if session.figures else None, "share"),
        (HOLD_TITLE, lambda session: session.extras.hold_test_s, "s"),
        ("tremor, Hz", lambda session: session.figures.tremor.peak_hz if session.figures else None, "Hz"),
        ("tremor, ± °", lambda session: session.figures.tremor.amplitude_deg if session.figures else None, "deg"),
        (PAIN_TITLE, rated("pain", "before"), "0–100"),
        (CONTROL_TITLE, rated("control", "before"), "0–100"),
    ]


def _in_percent(getter: Getter) -> Getter:
    def percent(session: PastSession) -> float | None:
        value = getter(session)
        return None if value is None else 100 * value

    return percent


def _around(page: Page, rows: list[Row], earlier: date, day: date, later: date) -> dict[str, Any]:
    """Medians of whole sessions by week, from 4 weeks before the injection to 16 weeks after it.

    Not further back than the injection before it, nor further on than the next one.
    """
    weeks: dict[int, list[PastSession]] = {}
    for session in page.sessions:
        if session.day is not None and session.comparable and earlier <= session.day < later:
            since = (session.day - day).days
            week = week_after(since) if since >= 0 else -week_before(-since)
            if WEEKS_AROUND[0] <= week <= WEEKS_AROUND[1]:
                weeks.setdefault(week, []).append(session)
    shown = []
    for week in sorted(weeks):
        title = f"{-week} before" if week < 0 else f"{week} after"
        cells = []
        for name, getter, unit in rows:
            value = median([found for session in weeks[week] if (found := getter(session)) is not None])
            bound = name == DEVIATION_TITLE and 2 * sum(map(deviation_bound, weeks[week])) > len(weeks[week])
            cells.append(page.ledger.show(TREND, "", f"{name}, week {title} {day}", value, unit, at_least=bound))
        baselines = ", ".join(dict.fromkeys(session.baseline[:10] for session in weeks[week]))
        count = page.ledger.show(TREND, "", f"sessions, week {title} {day}", len(weeks[week]), "count")
        shown.append({"week": title, "cells": cells, "count": count, "baselines": baselines})
    told = page.answers.judgement.responses if page.answers is not None else ()
    mine = [each for each in told if each.response.day == day]
    responses = [_response_row(page, each) for each in mine]
    return {
        "day": day.isoformat(),
        "titles": [name for name, _, _ in rows],
        "rows": shown,
        "responses": [row for row, each in zip(responses, mine, strict=True) if each.response.found is not None],
        "few": _few_words(mine),
    }


def _few_words(responses: list[JudgedResponse]) -> str:
    """Which figures have too few sessions around an injection to say anything; "" where all have enough."""
    few = [each.measure.name for each in responses if each.response.found is None]
    if not few:
        return ""
    needed = f"{LEAST_EACH} in the 4 weeks before and {LEAST_EACH} in weeks 3 to 6 are needed"
    return f"{MARK_WORDS[Mark.TOO_FEW].capitalize()}: {', '.join(few)} ({needed})."


def _response_row(page: Page, each: JudgedResponse) -> dict[str, Any]:
    """What the injection did to one measure."""
    told, measure = each.response, each.measure

    def show(what: str, value: float | None, unit: str = measure.unit, at_least: bool = False) -> str:
        return page.ledger.show(TREND, "", f"{measure.name}, {what} {told.day}", value, unit, at_least=at_least)

    def span(what: str, found: Span | None, unit: str) -> tuple[str, ...]:
        if found is None or found.happened < HALF:
            return (show(what, None, unit),)
        ends = [show(f"{what}, 95 % {end}", value, unit) for end, value in (("from", found.low), ("to", found.high))]
        return show(what, found.value, unit), *ends

    return {
        "name": measure.name,
        "before": show("before", told.before, at_least=each.before_at_least),
        "after": show("weeks 3–6 after", told.after, at_least=each.after_at_least),
        "change": (
            show("response", None if told.found is None else told.found.change),
            show("response, 95 % from", None if told.found is None else told.found.low),
            show("response, 95 % to", None if told.found is None else told.found.high),
        ),
        "peak": span("peak", told.peak, measure.unit),
        "days": [
            span(what, found, "days")
            for what, found in (
                ("begun", told.begun_days), ("peak day", told.peak_days), ("half gone", told.worn_off_days)
            )
        ],
        "mark": each.mark.value,
        "word": MARK_WORDS[each.mark],
    }  # fmt: skip
