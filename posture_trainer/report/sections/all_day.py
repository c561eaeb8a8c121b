"""What lies beside practice: the diary and days at the desk, with injections, on one axis."""

from datetime import date
from pathlib import Path
from typing import Any

from posture_trainer.course.beside.axis import axis_of
from posture_trainer.course.beside.desk_days import desk_days
from posture_trainer.course.beside.diary import DiaryEntry
from posture_trainer.course.practice_days import practice_minutes
from posture_trainer.figures.angle_figures import median
from posture_trainer.records.beside.desk import read_desk
from posture_trainer.records.beside.diary import damaged_entries, read_diary
from posture_trainer.report.charts.all_day import all_day_chart, all_day_cycles
from posture_trainer.report.page import ALL_DAY, Page
from posture_trainer.words.all_day.diary import AMOUNTS, MARKS, NAMES, SCALES, SIDE_EFFECTS
from posture_trainer.words.harmless import plain_text

MOST_ROWS = 26  # half a year of weeks


def all_day(page: Page, patient: Path) -> dict[str, Any]:
    """The charts and tables; `any` is False where there is neither a diary nor a day at the desk."""
    diary, runs = read_diary(patient), read_desk(patient)
    days = desk_days(minute for run in runs for minute in run.minutes)
    answered = [entry for entry in diary if not entry.skipped]
    practised = [(day, float(minutes)) for day, minutes in practice_minutes(page.sessions).items()]
    series = axis_of(diary, days, practised) if answered or days else ()
    if series:
        page.charts["all_day"] = all_day_chart(series, page.injections)
        cycles = all_day_cycles(series, page.injections)
        if cycles is not None:
            page.charts["all_day_cycles"] = cycles
    damaged = [*damaged_entries(patient), *(f"{run.name} ({run.damaged} rows)" for run in runs if run.damaged)]
    return {
        "any": bool(series),
        "asked": len(diary),
        "answered": len(answered),
        "titles": [NAMES[name] for name in SCALES],
        "diary": [_diary_row(page, entry) for entry in answered[-MOST_ROWS:]],
        "medians": [
            page.ledger.show(ALL_DAY, "", f"{NAMES[name]}, median", _median(answered, name), "0–10")
            for name in (SCALES if answered else ())
        ],
        "desk": [_desk_row(page, each) for each in days[-MOST_ROWS:]],
        "damaged": [plain_text(each, 60) for each in damaged],
    }


def _median(entries: list[DiaryEntry], name: str) -> float | None:
    return median([value for entry in entries if (value := entry.value(name)) is not None])


def _diary_row(page: Page, entry: DiaryEntry) -> dict[str, Any]:
    day = _day(entry.day)
    cells = [page.ledger.show(ALL_DAY, day, NAMES[name], entry.value(name), "0–10") for name in SCALES]
    after = [
        f"{NAMES[name].lower()}: {AMOUNTS[amount].lower()}"
        for name, amount in entry.side_effects.items()
        if name in SIDE_EFFECTS and amount != "none"
    ]
    marks = [MARKS[mark].lower() for mark in entry.marks]
    return {
        "day": day,
        "cells": cells,
        "after": ", ".join(after),
        "marks": ", ".join(marks),
        "words": plain_text(entry.words, 100),
    }


def _desk_row(page: Page, each: Any) -> dict[str, Any]:
    day = _day(each.day)
    show = page.ledger.show
    cells = [
        show(ALL_DAY, day, "desk, time seen", each.seen_s / 60, "min"),
        show(ALL_DAY, day, "desk, in tolerance", None if each.told is None else each.inside, "share"),
        show(ALL_DAY, day, "desk, reminders", each.reminders, "count"),
        show(ALL_DAY, day, "desk, followed", each.followed, "count"),
        show(ALL_DAY, day, "desk, breaks", each.breaks, "count"),
    ]
    return {"day": day, "cells": cells}


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""
