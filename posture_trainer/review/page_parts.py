"""What is collected while a page is made: its numbers, its charts, and what the CSV files beside it hold."""

from dataclasses import dataclass, field

from posture_trainer.figures.excursions import ExcursionFigures
from posture_trainer.figures.tremor import Spectrum
from posture_trainer.review.chart_parts import Chart
from posture_trainer.review.figure_ledger import Ledger
from posture_trainer.review.reviewed import ReviewedSession

TRUST, GLANCE, SESSION, TREMOR, TREND = "trust", "glance", "session", "tremor", "trend"


@dataclass
class Page:
    """One page in the making. detail: the session that is shown in detail."""

    code: str
    sessions: list[ReviewedSession]
    detail: ReviewedSession | None
    ledger: Ledger = field(default_factory=Ledger)
    charts: dict[str, Chart] = field(default_factory=dict)
    excursions: list[ExcursionFigures] = field(default_factory=list)
    spectrum: Spectrum | None = None


def newest(sessions: list[ReviewedSession]) -> ReviewedSession | None:
    """The session shown in detail: the newest that is whole, or else the newest with any figures."""
    for wanted in (
        [session for session in sessions if session.comparable],
        [session for session in sessions if session.figures is not None and session.figures.frames],
    ):
        if wanted:
            return wanted[-1]
    return None


def compared_sessions(page: Page) -> list[ReviewedSession]:
    """The sessions that the one in detail is compared with, itself included."""
    detail = page.detail
    return [each for each in page.sessions if detail is not None and each.group == detail.group and each.comparable]
