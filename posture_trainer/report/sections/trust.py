"""Section 1: can the data be trusted?"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from posture_trainer.course.measures import figure
from posture_trainer.course.past_session import PastSession
from posture_trainer.figures.angle_figures import median
from posture_trainer.report.page import TRUST, Page, compared_sessions
from posture_trainer.report.sections.baselines import baseline_rows

LOW_SHARE, LOW_RATE_HZ, LARGE_SPREAD_DEG, LARGE_OFF_SHARE = 0.9, 15.0, 2.0, 0.1


@dataclass(frozen=True)
class Check:
    """One sign of what data are worth. edge: beyond it they are doubtful; None: it is told, not judged.

    high: whether large values are the bad ones. remark, doubt: what to say of one session, and of several.
    """

    name: str
    unit: str
    value: Callable[[PastSession], float | None]
    edge: float | None
    high: bool
    remark: str = ""
    doubt: str = ""

    def bad(self, value: float | None) -> bool:
        """Whether such a value is doubtful."""
        return value is not None and self.edge is not None and (value > self.edge if self.high else value < self.edge)


_CARE = "low: read the rest with care"
_CHECKS = (
    Check("Time with a face", "share", figure("face_share"), LOW_SHARE, False, _CARE, "little time with a face"),
    Check(
        "Frames a second", "Hz", figure("frame_rate_hz"), LOW_RATE_HZ, False, "few: short movements are missed",
        "few frames",
    ),
    Check("Frames of good quality", "share", figure("usable_share"), LOW_SHARE, False, _CARE, "few good frames"),
    Check(
        "Time off the middle", "share", figure("off_middle_share"), LARGE_OFF_SHARE, True,
        "angles say less there", "much time off the middle",
    ),
    Check("Gaps", "count", figure("gaps"), None, True),
    Check("Length of all gaps", "s", figure("gaps_s"), None, True),
    Check(
        "Spread of the baseline", "deg", lambda session: session.spread_deg, LARGE_SPREAD_DEG, True, "restless",
        "a restless baseline",
    ),
)  # fmt: skip


def trust(page: Page) -> dict[str, Any]:
    """Section 1: what the data are worth: of the session in detail, of those compared with it, and what is wrong."""
    detail, mates = page.detail, compared_sessions(page)
    rows: list[tuple[str, str, str, str, str]] = []
    doubtful: dict[str, int] = {}
    if detail is not None and detail.figures is not None:
        for check in _CHECKS:
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
    return {
        "rows": rows,
        "compared": len(mates) if len(mates) > 1 else 0,
        "doubtful": ", ".join(doubtful),
        "wrong": wrong,
        "care": [(session.begun_words, session.care) for session in page.sessions if session.care],
        "baselines": baseline_rows(page),
        "verdict": verdict,
        "sessions": len(page.sessions),
    }
