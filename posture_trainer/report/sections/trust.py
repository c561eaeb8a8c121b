"""Can the data be trusted? The last section, and the longest list of the page."""

from typing import Any

from posture_trainer.course.adherence import Asked, plans
from posture_trainer.course.judgement import Mark
from posture_trainer.course.trust import CHECKS
from posture_trainer.figures.angle_figures import median
from posture_trainer.report.page import TRUST, Page, compared_sessions
from posture_trainer.report.sections.baselines import baseline_rows


def trust(page: Page) -> dict[str, Any]:
    """What the data are worth: of the session in detail, of those compared with it, and what is wrong."""
    detail, mates = page.detail, compared_sessions(page)
    rows: list[tuple[str, str, str, str, str]] = []
    doubtful: dict[str, int] = {}
    if detail is not None and detail.figures is not None:
        for check in CHECKS:
            values = [value for mate in mates if (value := check.value(mate)) is not None]
            worst = (max if check.high else min)(values, default=None)
            remark = check.remark if check.bad(check.value(detail)) else ""
            shown = [
                page.ledger.show(TRUST, detail.name, f"{check.name}{what}", value, check.unit)
                for what, value in (
                    ("", check.value(detail)),
                    (", median of the compared sessions", median(values)),
                    (", worst of the compared sessions", worst),
                )
                if not what or len(mates) > 1
            ]
            middle, lowest = (shown[1], shown[2]) if len(mates) > 1 else ("", "")
            rows.append((check.name, shown[0], middle, lowest, remark))
            count = sum(check.bad(value) for value in values)
            if count and len(mates) > 1:
                shown_count = page.ledger.show(TRUST, "", f"Sessions with a doubtful {check.name}", count, "count")
                doubtful[f"{shown_count} with {check.doubt}"] = count
    wrong = [(session.begun_words, session.remark) for session in page.sessions if session.remark]
    wrong += [
        (session.begun_words, "neutral was taken anew within it: not compared")
        for session in page.sessions
        if session.extras.new_neutral_s and not session.trouble
    ]
    verdict = [f"{name.lower()} {shown} ({remark})" for name, shown, _, _, remark in rows if remark]
    page.ledger.show(TRUST, "", "Sessions", len(page.sessions), "count")
    page.ledger.show(TRUST, "", "Sessions with something wrong", len(wrong), "count")
    stepped = sum(bool(session.extras.steps) for session in page.sessions)
    return {
        "rows": rows,
        "compared": len(mates) if len(mates) > 1 else 0,
        "doubtful": ", ".join(doubtful),
        "wrong": wrong,
        "care": [(session.begun_words, session.care) for session in page.sessions if session.care],
        "baselines": baseline_rows(page),
        "plans": _plan_rows(page),
        "verdict": verdict,
        "caution": page.answers.trust.sentence if page.answers is not None and page.whole and not _sure(page) else "",
        "sessions": len(page.sessions),
        "stepped": page.ledger.show(TRUST, "", "Sessions with a nearer step", stepped, "count") if stepped else "",
    }


def _sure(page: Page) -> bool:
    return page.answers is not None and page.answers.trust.mark is Mark.BETTER


def _often(asked: Asked) -> str:
    days = "1 day" if asked.days_a_week == 1 else f"{asked.days_a_week} days"
    return f"{asked.times_a_day} a day, {days} a week"


def _plan_rows(page: Page) -> list[tuple[str, str, str]]:
    """From which day on which plan was practised, and how often it asks; tests once a week are not among them."""
    rows: list[tuple[str, str, str]] = []
    for session in page.sessions:
        for plan in plans([session]):
            if not plan.weekly and (not rows or rows[-1][1] != plan.name):
                rows.append((session.begun_words, plan.name, _often(plan.asked)))
    return rows
