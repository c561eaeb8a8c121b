"""What sections 2 to 4 show, as plain data for the template. Every number goes through the ledger."""

from datetime import date, timedelta
from typing import Any

import numpy as np

from posture_trainer.course.change import ALONE, CLEARER, EARLY, SAME, WORSE
from posture_trainer.course.measures import Judged, judge
from posture_trainer.course.practice_days import practice_minutes
from posture_trainer.exercises.hold_test import band
from posture_trainer.figures.bands import out_share_band
from posture_trainer.report.page import GLANCE, Page, compared_sessions

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
