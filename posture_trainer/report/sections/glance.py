"""What sections 2 to 4 show, as plain data for the template. Every number goes through the ledger."""

from datetime import date, timedelta
from typing import Any

import numpy as np

from posture_trainer.course.answer import Answer, answer_words
from posture_trainer.course.judgement import MARK_WORDS, Judged
from posture_trainer.course.measures import HOLD_TEST, IN_TOLERANCE, PULL
from posture_trainer.course.practice_days import practice_minutes
from posture_trainer.exercises.hold_test import band
from posture_trainer.figures.bands import out_share_band
from posture_trainer.report.page import GLANCE, Page, compared_sessions

_LONGEST_STRIP_WEEKS = 26


def glance(page: Page) -> dict[str, Any]:
    """Section 2: the five answers, days and minutes, and each figure with its change."""
    minutes = practice_minutes(page.sessions)
    show = page.ledger.show
    told = page.answers
    judged = told.judgement.measures if told is not None else ()
    name = page.detail.name if page.detail is not None else ""
    rows = [_judged_row(page, name, each) for each in judged]
    mates = compared_sessions(page)
    return {
        "answers": [_answer_row(page, each) for each in told.all] if told is not None and page.whole else [],
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


def _answer_row(page: Page, answer: Answer) -> dict[str, Any]:
    """One of the five answers; its sentence and its numbers go into the CSV as well."""
    page.ledger.text(GLANCE, "", answer.question.value, answer.sentence)
    for number in answer.numbers:
        ends = (("", number.value), (", 95 % from", number.low), (", 95 % to", number.high))
        for what, value in ends:
            if value is not None:
                bound = number.at_least and not what
                name = f"{answer.question.value} {number.name}{what}"
                page.ledger.show(GLANCE, "", name, value, number.unit, at_least=bound)
    return {
        "question": answer.question.value,
        "mark": answer.mark.value,
        "words": answer_words(answer),
        "sentence": answer.sentence,
    }


def _judged_row(page: Page, session: str, judged: Judged) -> dict[str, Any]:
    measure, change = judged.measure, judged.change

    def show(what: str, value: float | None, at_least: bool = False) -> str:
        return page.ledger.show(GLANCE, session, f"{measure.name}{what}", value, measure.unit, at_least=at_least)

    words = ""
    if measure.name == HOLD_TEST and judged.latest is not None:
        words = f"band {band(judged.latest)}"
    elif measure.name == IN_TOLERANCE and judged.latest is not None:
        words = f"outside: {out_share_band(1 - judged.latest)}"
    shown = {
        "name": measure.name,
        "latest": show("", judged.latest, judged.latest_at_least),
        "band": words,
        "mark": "" if judged.mark is None else judged.mark.value,
        "word": "not compared" if judged.mark is None else MARK_WORDS[judged.mark],
    }
    if judged.mark is None:
        return shown | dict.fromkeys(("first", "last", "change", "low", "high", "detectable"), "–")
    return shown | {
        "first": show(", first third", None if change is None else change.first, judged.first_at_least),
        "last": show(", last third", None if change is None else change.last, judged.last_at_least),
        "change": show(", change", None if change is None else change.change),
        "low": show(", change, 95 % from", None if change is None else change.low),
        "high": show(", change, 95 % to", None if change is None else change.high),
        "detectable": show(", detectable change", None if change is None else change.detectable),
    }


def _card_names(rows: list[dict[str, Any]]) -> list[str]:
    """The three figures on top: the hold test if it was done, else the longest hold."""
    names = [row["name"] for row in rows]
    return [HOLD_TEST if HOLD_TEST in names else "Longest hold in practice", PULL, IN_TOLERANCE]
