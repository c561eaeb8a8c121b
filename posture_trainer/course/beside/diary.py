"""An entry of the diary, when the next one is asked, and what it asks then. Pure."""

from datetime import UTC, date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from posture_trainer.course.session_day import session_day
from posture_trainer.words.all_day.diary import SCALES, SIDE_EFFECTS

MOST = 10
LONGEST_WORDS = 80  # signs of the line of free text
AFTER_INJECTION_DAYS = 28
Amount = Literal["none", "a_little", "a_lot"]
Mark = Literal["stretches", "warmth", "relaxation", "medicines", "collar"]
_Number = Annotated[int, Field(strict=True, ge=0, le=MOST)]
_ScaleName = Annotated[str, Field(max_length=40)]


class DiaryEntry(BaseModel):
    """What somebody answered (docs/formats.md).

    answers: 0 to 10 of each question of `words.all_day.diary.SCALES` that was answered. side_effects: of those after an
    injection. marks: what was done besides. words: a line of free text. skipped: asked, and not today. order_ms: its
    place among the entries, as of all records.
    """

    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)

    schema_version: Literal[1] = 1
    created_utc: datetime
    utc_offset_s: Annotated[int, Field(ge=-64_800, le=64_800)] = 0
    order_ms: Annotated[int, Field(ge=0, le=1 << 53)] | None = None
    every_days: Annotated[int, Field(ge=1, le=14)] = 7
    answers: Annotated[dict[_ScaleName, _Number], Field(max_length=20)] = Field(default_factory=dict)
    side_effects: Annotated[dict[_ScaleName, Amount], Field(max_length=20)] = Field(default_factory=dict)
    marks: Annotated[tuple[Mark, ...], Field(max_length=10)] = ()
    words: Annotated[str, Field(max_length=LONGEST_WORDS)] = ""
    last_injection: date | None = None
    skipped: bool = False

    @property
    def created(self) -> datetime:
        """When it was written; a time without a zone is UTC."""
        return self.created_utc if self.created_utc.tzinfo else self.created_utc.replace(tzinfo=UTC)

    @property
    def day(self) -> date | None:
        """The day it was written on, where the patient lives; None for a moment that no clock shows."""
        return session_day(self.created, self.utc_offset_s)

    def value(self, name: str) -> float | None:
        """The answer to that question, 0 to 10; None where there is none."""
        found = self.answers.get(name)
        return None if found is None or self.skipped else float(found)


def is_due(last: date | None, every_days: int, today: date) -> bool:
    """Whether the diary is to be asked. last: when it was asked last, answered or not.

    A clock that was wrong then, and lies ahead of today by more than the interval, keeps nobody from the diary.
    """
    return last is None or abs((today - last).days) >= every_days


def asks_of_injection(last_injection: date | None, today: date) -> bool:
    """Whether what may follow an injection is asked."""
    return last_injection is not None and 0 <= (today - last_injection).days <= AFTER_INJECTION_DAYS


def questions(after_injection: bool) -> tuple[str, ...]:
    """The keys of what is asked, in order."""
    return (*SCALES, *(SIDE_EFFECTS if after_injection else ()))
