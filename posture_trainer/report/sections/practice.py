"""Practice against the plan: the calendar, and the same by week as a table."""

from datetime import timedelta
from typing import Any

from posture_trainer.course.adherence import PracticeDay, asked_in_week
from posture_trainer.report.charts.calendar import MOST_WEEKS, calendar_chart
from posture_trainer.report.page import GLANCE, PRACTICE, Page

SHOWN_AFTER_DAYS = 28  # after the last session the calendar goes on for so long


def practice(page: Page) -> dict[str, Any]:
    """The calendar, and of each of its weeks what was asked and done."""
    days = _shown(page.days)
    if not days:
        return {"weeks": []}
    page.charts["calendar"] = calendar_chart(days, page.injections)
    for each in days:
        if each.minutes > 0:
            page.ledger.show(GLANCE, "", f"Minutes on {each.day}", each.minutes, "min")
    monday = days[0].day - timedelta(days=days[0].day.weekday())
    weeks: dict[int, list[PracticeDay]] = {}
    for each in days:
        weeks.setdefault((each.day - monday).days // 7, []).append(each)
    return {"weeks": [_week(page, mine) for mine in weeks.values()]}


def _shown(days: list[PracticeDay]) -> list[PracticeDay]:
    """The newest weeks with practice in them, and the empty ones after it up to a month."""
    last = max((each.day for each in days if each.done or each.cut_short or each.refused), default=None)
    if last is None:
        return []
    until = last + timedelta(days=SHOWN_AFTER_DAYS)
    first = until - timedelta(days=until.weekday(), weeks=MOST_WEEKS - 1)
    return [each for each in days if first <= each.day <= until]


def _week(page: Page, days: list[PracticeDay]) -> dict[str, Any]:
    title = f"{days[0].day}"
    pains = [each.pain for each in days if each.pain is not None]
    figures = {
        "days asked": (asked_in_week([each.asked for each in days]), "count"),
        "days done": (sum(each.done > 0 for each in days), "count"),
        "sessions": (sum(each.done for each in days), "count"),
        "cut short": (sum(each.cut_short for each in days), "count"),
        "refused": (sum(each.refused for each in days), "count"),
        "practised": (sum(each.minutes for each in days), "min"),
        "highest pain": (max(pains) if pains else None, "0–100"),
    }
    cells = [
        page.ledger.show(PRACTICE, "", f"week of {title}, {name}", value, unit)
        for name, (value, unit) in figures.items()
    ]  # fmt: skip
    return {"title": title, "cells": cells}
