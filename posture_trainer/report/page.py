"""What is collected while a page is made: its numbers, its charts, and what the CSV files beside it hold."""

from dataclasses import dataclass, field
from datetime import date

from posture_trainer.course.adherence import PracticeDay
from posture_trainer.course.answers import Answers
from posture_trainer.course.past_session import PastSession
from posture_trainer.figures.excursions import ExcursionFigures
from posture_trainer.figures.spectrum import Spectrum
from posture_trainer.report.charts.parts import Chart
from posture_trainer.report.shown_numbers import Ledger

TRUST, GLANCE, SESSION, TREMOR, TREND = "trust", "glance", "session", "tremor", "trend"
PRACTICE, MEASURED, ALL_DAY = "practice", "measured", "all day"


@dataclass
class Page:
    """One page in the making. detail: the session that is shown in detail. answers: what the sessions up to it say.
    whole: all sessions are on it, not one alone. injections: their days. days: practice against the plan."""

    code: str
    sessions: list[PastSession]
    detail: PastSession | None
    ledger: Ledger = field(default_factory=Ledger)
    charts: dict[str, Chart] = field(default_factory=dict)
    excursions: list[ExcursionFigures] = field(default_factory=list)
    spectrum: Spectrum | None = None
    answers: Answers | None = None
    whole: bool = True
    injections: list[date] = field(default_factory=list)
    days: list[PracticeDay] = field(default_factory=list)


def newest(sessions: list[PastSession]) -> PastSession | None:
    """The session shown in detail: the newest that is whole, or else the newest with any figures."""
    for wanted in (
        [session for session in sessions if session.comparable],
        [session for session in sessions if session.figures is not None and session.figures.frames],
    ):
        if wanted:
            return wanted[-1]
    return None


def compared_sessions(page: Page) -> list[PastSession]:
    """The sessions that the one in detail is compared with, itself included."""
    detail = page.detail
    return [each for each in page.sessions if detail is not None and each.group == detail.group and each.comparable]
