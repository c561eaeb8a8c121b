"""All patients at a glance, from the summaries of their sessions. Pure."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from posture_trainer.feedback import time_in_tolerance
from posture_trainer.figures.session_summary import Summary


@dataclass(frozen=True)
class SessionLine:
    """One session. summary: None if there is none that can be read. trouble: what is wrong, '' if nothing.

    practice_day: the day it began on, in its own time zone; None if nobody was seen in it.
    """

    patient: str
    session: str
    folder: Path
    summary: Summary | None
    trouble: str
    practice_day: date | None = None

    @property
    def in_tolerance_share(self) -> float | None:
        """Share of the time seen that was in neutral, 0 to 1; None if nothing was seen."""
        return None if self.summary is None else self.summary.in_tolerance_share


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
    """One patient in the overview. seen_s, neutral_s: seconds over all sessions with a summary."""

    code: str
    sessions: int
    without_summary: int
    days: int
    last_day: str
    seen_s: float
    neutral_s: float

    @property
    def in_tolerance_share(self) -> float | None:
        """Share of the time seen, over all these sessions, that was in tolerance."""
        return time_in_tolerance(self.neutral_s, self.seen_s - self.neutral_s)


def patient_lines(seen: Overview) -> list[PatientLine]:
    """What the summaries of each patient add up to; a bad session is counted, never a stop."""
    lines = []
    for code, sessions in groupby(seen.sessions, key=lambda line: line.patient):
        each = list(sessions)
        summaries = [line.summary for line in each if line.summary is not None]
        days = {line.practice_day for line in each if line.practice_day is not None}
        lines.append(
            PatientLine(
                code,
                len(each),
                len(each) - len(summaries),
                len(days),
                max(days).isoformat() if days else "-",
                sum(summary.seen_s for summary in summaries),
                sum(summary.neutral_s for summary in summaries),
            )
        )
    return lines
