"""The first screen: five answers, each with its mark; and each figure with its change, below it."""

from typing import Any

from posture_trainer.course.adherence import plan_changes
from posture_trainer.course.answer import Answer, Question, answer_words
from posture_trainer.course.extras import finite
from posture_trainer.course.judgement import MARK_WORDS, Judged, Judgement, Mark
from posture_trainer.course.measures import (
    CONTROL,
    DEVIATION,
    HOLD_TEST,
    IN_TOLERANCE,
    LONGEST,
    PAIN,
    PULL,
)  # fmt: skip
from posture_trainer.course.practice_days import days_with_practice, practice_minutes
from posture_trainer.exercises.hold_test import band
from posture_trainer.figures.bands import out_share_band
from posture_trainer.report.page import GLANCE, Page, compared_sessions
from posture_trainer.words.figures import bounded_amount, interval_words
from posture_trainer.words.harmless import plain_text

_SHORT = {
    PULL: "pull", DEVIATION: "deviation", HOLD_TEST: "hold test", IN_TOLERANCE: "time in tolerance",
    LONGEST: "longest hold", PAIN: "pain", CONTROL: "control",
}  # fmt: skip
_OF_ONE_SESSION = (Question.PULL, Question.TRUST)


def glance(page: Page) -> dict[str, Any]:
    """The five answers, days and minutes, and each figure with its change. Of one session alone: two answers."""
    minutes = practice_minutes(page.sessions)
    show = page.ledger.show
    told = page.answers
    judged = told.judgement.measures if told is not None else ()
    name = page.detail.name if page.detail is not None else ""
    mates = compared_sessions(page)
    answers = [each for each in told.all if page.whole or each.question in _OF_ONE_SESSION] if told is not None else []
    return {
        "answers": [_answer_row(page, each) for each in answers],
        "days": show(GLANCE, "", "Practice days", len(days_with_practice(page.sessions)), "count"),
        "minutes": show(GLANCE, "", "Practice minutes", sum(minutes.values()), "min"),
        "mates": show(GLANCE, "", "Sessions compared (same baseline and tolerances)", len(mates), "count"),
        "rows": [_judged_row(page, name, each) for each in judged],
    }


def _answer_row(page: Page, answer: Answer) -> dict[str, Any]:
    """One of the five answers; its sentence and its numbers go into the CSV as well.

    brief: what the first screen says, where the whole sentence is long. more: what else belongs to it.
    """
    page.ledger.text(GLANCE, "", answer.question.value, answer.sentence)
    for number in answer.numbers:
        ends = (("", number.value), (", 95 % from", number.low), (", 95 % to", number.high))
        for what, value in ends:
            if value is not None:
                bound = number.at_least and not what
                name = f"{answer.question.value} {number.name}{what}"
                page.ledger.show(GLANCE, "", name, value, number.unit, at_least=bound)
    brief = _changes(page.answers.judgement) if answer.question is Question.CHANGE and page.answers is not None else ""
    return {
        "question": answer.question.value,
        "mark": answer.mark.value,
        "words": answer_words(answer),
        "sentence": answer.sentence,
        "brief": brief or answer.sentence,
        "more": _record_words(page) if answer.question is Question.TRUST else "",
    }


def _changes(told: Judgement) -> str:
    """All that is better or worse, each in a few words; "" where nothing is."""
    parts = []
    for mark in (Mark.BETTER, Mark.WORSE):
        changed = [_change(each) for each in told.measures if each.mark is mark and each.change is not None]
        if changed:
            parts.append(f"{MARK_WORDS[mark].capitalize()}: {', '.join(changed)}.")
    return " ".join(parts)


def _change(judged: Judged) -> str:
    """ "pull 17° → 10°"; with its interval, where it is the pull."""
    change, unit = judged.change, judged.measure.unit
    assert change is not None
    name = _SHORT.get(judged.measure.name, judged.measure.name.lower())
    first = bounded_amount(change.first, unit, judged.first_at_least)
    words = f"{name} {first} → {bounded_amount(change.last, unit, judged.last_at_least)}"
    interval = interval_words(change.change, change.low, change.high, unit)
    return f"{words} ({interval})" if judged.measure.name == PULL else words


def _record_words(page: Page) -> str:
    """What the record was made with: the camera, and how often the plan was changed."""
    detail = page.detail
    source = detail.header.get("source") if detail is not None else None
    words = []
    if isinstance(source, dict):
        size = [finite(source.get(name)) for name in ("width", "height")]
        pixels = f", {size[0]:.0f} × {size[1]:.0f}" if size[0] and size[1] else ""
        rate_hz = detail.figures.frame_rate_hz if detail is not None and detail.figures is not None else None
        rate = f", {rate_hz:.0f} frames a second" if rate_hz else ""
        kind = "Video" if source.get("kind") == "file" else "Camera"
        words.append(f"{kind}: {plain_text(source.get('name') or 'not named', 40)}{pixels}{rate}.")
    if page.whole:
        changes = plan_changes(page.sessions)
        words.append(f"Changes of plan: {changes or 'none'}.")
    return " ".join(words)


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
        return shown | dict.fromkeys(("first", "last", "detectable"), "–") | {"change": ("–",)}
    return shown | {
        "first": show(", first third", None if change is None else change.first, judged.first_at_least),
        "last": show(", last third", None if change is None else change.last, judged.last_at_least),
        "change": (
            show(", change", None if change is None else change.change),
            show(", change, 95 % from", None if change is None else change.low),
            show(", change, 95 % to", None if change is None else change.high),
        ),
        "detectable": show(", detectable change", None if change is None else change.detectable),
    }
