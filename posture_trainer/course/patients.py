"""All patients at a glance, from the summaries of their sessions. Pure."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from posture_trainer.course.practice_days import days_with_practice
from posture_trainer.feedback import time_in_tolerance
from posture_trainer.figures.session_summary import Summary


@dataclass(frozen=True)
class SessionLine:
    """One session. summary: None if there is none that can be read. trouble: what is wrong, '' if nothing.

    practice_day: the day it began on, in its own time zone; None if nobody was seen in it. neutral_s, out_s: of the
    summary, or of the rows where there is none. wrong_date: its date lies in the future.
    """

    patient: str
    session: str
    folder: Path
    summary: Summary | None
    trouble: str
    practice_day: date | None = None
    neutral_s: float = 0.0
    out_s: float = 0.0
    wrong_date: bool = False

    @property
    def refused(self) -> bool:
        """Whether there was no session: the patient was not to practise."""
        return self.summary is not None and self.summary.refused is not None

    @property
    def ended(self) -> str:
        """How it ended, by its summary; '' where there is none."""
        return self.summary.ended if self.summary is not None else ""

    @property
    def seen_s(self) -> float:
        """Counted seconds: in or out of tolerance."""
        return self.neutral_s + self.out_s

    @property
    def in_tolerance_share(self) -> float | None:
        """Share of the time seen that was in neutral, 0 to 1; None if nothing was seen."""
        return time_in_tolerance(self.neutral_s, self.out_s)


@dataclass(frozen=True)
class Overview:
    """All sessions, by patient and time. troubles: what else could not be read, in words."""

    sessions: tuple[SessionLine, ...]
    troubles: tuple[str, ...]

    @property
    def patients(self) -> tuple[str, ...]:
        """The codes of all patients with at least one session."""
        return tuple(dict.fromkeys(line.patient for line in self.sessions))


@dataclass(frozen=True)
class PatientLine:
    """One patient in the overview. days: with practice. refused: sessions that there were none of, which are no
    sessions. seen_s, neutral_s: seconds over all sessions, those that were cut off too."""

    code: str
    sessions: int
    refused: int
    without_summary: int
    days: int
    last_day: str
    seen_s: float
    neutral_s: float
    wrong_dates: int

    @property
    def in_tolerance_share(self) -> float | None:
        """Share of the time seen, over all these sessions, that was in tolerance."""
        return time_in_tolerance(self.neutral_s, self.seen_s - self.neutral_s)


def patient_lines(seen: Overview) -> list[PatientLine]:
    """What the summaries of each patient add up to; a bad session is counted, never a stop."""
    lines = []
    for code, sessions in groupby(seen.sessions, key=lambda line: line.patient):
        each = list(sessions)
        days = days_with_practice(each)
        lines.append(
            PatientLine(
                code,
                sum(not line.refused for line in each),
                sum(line.refused for line in each),
                sum(line.summary is None for line in each),
                len(days),
                max(days).isoformat() if days else "-",
                sum(line.seen_s for line in each),
                sum(line.neutral_s for line in each),
                sum(line.wrong_date for line in each),
            )
        )
    return lines
