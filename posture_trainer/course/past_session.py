"""One session of the past, as all that compares sessions takes it. Pure."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from posture_trainer.course.extras import Extras, finite
from posture_trainer.course.session_day import session_day
from posture_trainer.figures.session_figures import SessionFigures
from posture_trainer.figures.tolerance_edges import EdgesInForce
from posture_trainer.words.harmless import plain_text

LEAST_SEEN_S = 30.0  # a session with less is listed, but not compared


@dataclass(frozen=True)
class PastSession:
    """One session. trouble: what is wrong with it ('' if nothing). group: sessions of one group can be compared.

    baseline: when the neutral was recorded, in words. spread_deg: how restless it was. ended: how it ended, by its
    summary; '' if that is not known. wrong_date: its date lies in the future.
    """

    folder: Path
    begun: datetime | None
    header: dict[str, Any]
    figures: SessionFigures | None
    extras: Extras
    edges: EdgesInForce
    trouble: str
    group: str
    baseline: str
    spread_deg: float | None
    ended: str = ""
    wrong_date: bool = False

    @property
    def name(self) -> str:
        """The folder's name, fit to be shown."""
        return plain_text(self.folder.name, 40)

    @property
    def day(self) -> date | None:
        """The day it began on, in its own time zone."""
        return session_day(self.begun, self.header.get("utc_offset_s"))

    @property
    def seen_s(self) -> float:
        """Counted seconds: in or out of tolerance."""
        return self.figures.seen_s if self.figures is not None else 0.0

    @property
    def practice_day(self) -> date | None:
        """The day it began on; None if nobody was seen in it."""
        return self.day if self.seen_s > 0 and not self.refused else None

    @property
    def begun_words(self) -> str:
        """When it began: 2026-01-31 08:15 (UTC)."""
        return self.begun.strftime("%Y-%m-%d %H:%M") if self.begun else self.name

    @property
    def remark(self) -> str:
        """What a reader should know of its files: the trouble, or how many rows are damaged; '' if all is well."""
        left_out = self.figures.left_out_rows if self.figures is not None else 0
        damaged = f"{left_out} damaged row{'s' * (left_out > 1)} left out" if left_out else ""
        return ", ".join(each for each in (self.trouble, damaged) if each)

    @property
    def refused(self) -> str:
        """That there was no session, and why, in a word; '' where there was one."""
        reason = self.header.get("refused")
        return f"refused: {plain_text(reason, 40)}" if isinstance(reason, str) and reason else ""

    @property
    def care(self) -> str:
        """How the patient was, where there was no session or it was not well; '' where there is nothing to tell."""
        return ", ".join(each for each in (self.refused, *self.extras.remarks) if each)

    @property
    def tolerances(self) -> tuple[str, ...]:
        """The tolerances it was judged with, whatever their order: the same for sessions that agree in them."""
        return tuple(sorted(str(sorted(each.items())) for each in self.edges.judged))

    @property
    def slow_deg(self) -> float | None:
        """How far the head wandered while its baseline was recorded; None where that is not known."""
        stored = self.header.get("baseline")
        slow_deg = finite(stored.get("slow_deg")) if isinstance(stored, dict) else None
        return slow_deg if slow_deg is not None and 0 <= slow_deg <= 180 else None

    @property
    def comparable(self) -> bool:
        """Whether its figures are compared with others: whole, long enough, one neutral all through."""
        enough = self.figures is not None and self.figures.seen_s >= LEAST_SEEN_S
        return not self.trouble and bool(self.group) and enough and not self.extras.new_neutral_s
