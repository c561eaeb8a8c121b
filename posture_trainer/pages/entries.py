"""Answers as they are given by keys: a number, or a date. Pure; each key gives the answer as it stands after it."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from posture_trainer.pages.keys import STEPS, Key

EARLIEST = date(1989, 1, 1)  # before botulinum toxin was a medicine: a slip of the finger
_STEPS_DAYS = {Key.MORE: 7, Key.LESS: -7, Key.BIT_MORE: 1, Key.BIT_LESS: -1}
_GAP = "_"


@dataclass(frozen=True)
class NumberEntry:
    """A whole number from 0 to `most`. value: None before the first key.

    Numbers are typed, or changed by `step` (arrows up and down) and by 1 (right and left); the first arrow gives
    `first`. A digit that would lead beyond `most` begins a new number.
    """

    most: int
    step: int
    first: int = 0
    value: int | None = None
    typing: bool = False

    @property
    def words(self) -> str:
        """The answer as it is shown, '' before there is one."""
        return "" if self.value is None else str(self.value)

    def after(self, key: Key) -> "NumberEntry":
        """The entry after that key; one that means nothing here changes nothing."""
        if key in STEPS:
            return replace(self, value=min(self.most, STEPS[key]), typing=False)
        change = {Key.MORE: self.step, Key.LESS: -self.step, Key.BIT_MORE: 1, Key.BIT_LESS: -1}.get(key)
        if change is not None:
            value = self.first if self.value is None else min(self.most, max(0, self.value + change))
            return replace(self, value=value, typing=False)
        if key is Key.ERASE:
            shorter = str(self.value or "")[:-1]
            return replace(self, value=int(shorter) if shorter else None, typing=bool(shorter))
        if key.value.isdigit():
            longer = int(f"{self.value if self.typing and self.value else ''}{key.value}")
            return replace(self, value=longer if longer <= self.most else int(key.value), typing=True)
        return self


@dataclass(frozen=True)
class DateEntry:
    """A day not after `today`. day: the answer, None before there is one. typed: digits of a day that is not whole.

    It is typed as day, month and year (05032026), or moved by a week (arrows up and down) and by a day (right and
    left), beginning with today. fault: what is wrong with what was typed, in words.
    """

    today: date
    day: date | None = None
    typed: str = ""
    fault: str = ""

    @property
    def words(self) -> str:
        """The answer as it is shown, '' before there is one."""
        if self.typed:
            digits = self.typed.ljust(8, _GAP)
            return f"{digits[:2]} . {digits[2:4]} . {digits[4:]}"
        return "" if self.day is None else day_words(self.day)

    @property
    def ago(self) -> str:
        """How long ago that is, in words; '' without an answer."""
        if self.day is None or self.typed:
            return ""
        days = (self.today - self.day).days
        weeks = days // 7
        if weeks == 0:
            return "today" if days == 0 else "1 day ago" if days == 1 else f"{days} days ago"
        return "1 week ago" if weeks == 1 else f"{weeks} weeks ago"

    def after(self, key: Key) -> "DateEntry":
        """The entry after that key; one that means nothing here changes nothing."""
        if key in _STEPS_DAYS:
            moved = self.today if self.day is None else self.day + timedelta(_STEPS_DAYS[key])
            return DateEntry(self.today, min(self.today, max(EARLIEST, moved)))
        if key is Key.ERASE:
            return replace(self, typed=self.typed[:-1], fault="")
        if not key.value.isdigit():
            return self
        typed = self.typed + key.value
        return replace(self, typed=typed, fault="") if len(typed) < 8 else self._whole(typed)

    def _whole(self, typed: str) -> "DateEntry":
        shown = f"{typed[:2]}.{typed[2:4]}.{typed[4:]}"
        try:
            day = date(int(typed[4:]), int(typed[2:4]), int(typed[:2]))
        except ValueError:
            return DateEntry(self.today, self.day, fault=f"There is no {shown}. First the day, then the month.")
        if not EARLIEST <= day <= self.today:
            when = "still to come" if day > self.today else "too long ago"
            return DateEntry(self.today, self.day, fault=f"{shown} is {when}. Please type it again.")
        return DateEntry(self.today, day)


def day_words(day: date) -> str:
    """A day as a person reads it: 5 March 2026."""
    months = "January February March April May June July August September October November December"
    return f"{day.day} {months.split()[day.month - 1]} {day.year}"
