"""A form of values: each in a field with its range and unit, changed by − and + or typed. Pure.

Only what is in range is taken; what was typed and is not stands there, flagged, until it is.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any

from posture_trainer.pages.front.page import Button, Field, Fields, Press
from posture_trainer.plans.key_specs import KeySpec

_LONG = 44  # signs of a text that a field has room for
FIELD, LESS, MORE = "field ", "less ", "more "
_SIGNS = {"whole": "0123456789", "number": "0123456789.", "day": "0123456789-"}


@dataclass(frozen=True)
class Item:
    """One field. path: of its value: the table's keys, joined by dots. unset: what None is called. step: of − and +.
    words: what its options are called, where that is not what they are."""

    path: str
    label: str
    spec: KeySpec
    unit: str = ""
    step: float = 1.0
    unset: str = "not set"
    words: tuple[tuple[Any, str], ...] = ()

    def shown(self, value: Any) -> str:
        """The value as it is read."""
        if value is None:
            return self.unset
        for option, words in self.words:
            if option == value:
                return words
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, Enum):
            return str(value.value)
        return f"{value:g}" if isinstance(value, float) else str(value)

    @property
    def range(self) -> str:
        """What may stand there."""
        spec = self.spec
        if spec.kind in ("whole", "number") and spec.low is not None and spec.high is not None:
            unit = "" if self.unit.startswith("of") else f" {self.unit}" if self.unit else ""
            return f"{spec.low:g} to {spec.high:g}{unit}"
        if spec.kind == "day":
            return "year-month-day"
        return f"up to {spec.most} signs" if spec.kind == "text" else ""


@dataclass(frozen=True)
class Form:
    """values: by path. typed: what was typed into a field, as it was typed, by path. bad: those of them that are no
    value."""

    values: tuple[tuple[str, Any], ...]
    typed: tuple[tuple[str, str], ...] = ()
    bad: frozenset[str] = frozenset()

    def value(self, path: str) -> Any:
        """As it stands."""
        return dict(self.values).get(path)

    def with_value(self, path: str, value: Any) -> "Form":
        """With another value, and nothing typed there."""
        typed = tuple(each for each in self.typed if each[0] in self.bad and each[0] != path)
        return Form(_put(self.values, path, value), typed, self.bad - {path})

    @property
    def unfinished(self) -> bool:
        """Whether something typed is no value yet."""
        return bool(self.bad)

    def after(self, press: Press, items: tuple[Item, ...]) -> "Form":
        """After a press: of − or +, or typing."""
        for item in items:
            if press.name == LESS + item.path:
                return self.with_value(item.path, stepped(item, self.value(item.path), -1))
            if press.name == MORE + item.path:
                return self.with_value(item.path, stepped(item, self.value(item.path), 1))
            if press.name == FIELD + item.path and (press.typed or press.erase):
                return self._typed(item, press)
        return self

    def _typed(self, item: Item, press: Press) -> "Form":
        value = self.value(item.path)
        if item.spec.kind in ("flag", "choice"):
            return self
        known = dict(self.typed).get(item.path)
        if item.spec.kind == "text":
            before = str(value or "")
            text = before[:-1] if press.erase else before + "".join(c for c in press.typed if c.isprintable())
            return self.with_value(item.path, text[: item.spec.most])
        before = known if known is not None else (item.shown(value) if press.erase and value is not None else "")
        allowed = _SIGNS[item.spec.kind]
        text = before[:-1] if press.erase else before + "".join(c for c in press.typed if c in allowed)
        taken = _taken(item, text)
        if taken is _REFUSED:
            return replace(self, typed=_put(self.typed, item.path, text), bad=self.bad | {item.path})
        changed = self.with_value(item.path, taken)
        return replace(changed, typed=_put(changed.typed, item.path, text))

    def fields(self, items: tuple[Item, ...], columns: int = 2) -> Fields:
        """The items as fields."""
        return Fields(tuple(self._field(item) for item in items), columns)

    def _field(self, item: Item) -> Field:
        typed = dict(self.typed).get(item.path)
        bad = item.path in self.bad
        word = typed if typed is not None and (typed or bad) else item.shown(self.value(item.path))
        if item.spec.kind == "text" and len(word) > _LONG:  # where it is typed on
            word = f"… {word[-_LONG:]}"
        unset = typed is None and self.value(item.path) is None
        stepping = item.spec.kind not in ("text", "day")
        return Field(
            item.label,
            Button(FIELD + item.path, word),
            "" if unset else item.unit,
            item.range,
            bad,
            Button(LESS + item.path, "−" if item.spec.kind in ("whole", "number") else "‹", repeats=True)
            if stepping
            else None,
            Button(MORE + item.path, "+" if item.spec.kind in ("whole", "number") else "›", repeats=True)
            if stepping
            else None,
        )


_REFUSED = object()


def stepped(item: Item, value: Any, way: int) -> Any:
    """The value one step up or down; below the lowest of what may be left out there is nothing set."""
    spec = item.spec
    if spec.kind in ("flag", "choice"):
        options = (True, False) if spec.kind == "flag" else spec.options
        every = (None, *options) if spec.optional else options
        at = every.index(value) if value in every else 0
        return every[(at + way) % len(every)]
    low = spec.low if spec.low is not None else 0.0
    high = spec.high if spec.high is not None else 1e6
    if value is None:
        return None if way < 0 else _number(spec, low)
    if way < 0 and value <= low and spec.optional:
        return None
    return _number(spec, min(high, max(low, value + way * item.step)))


def _number(spec: KeySpec, value: float) -> Any:
    return round(value) if spec.kind == "whole" else round(float(value), 3)


def _taken(item: Item, text: str) -> Any:
    """The value that was typed; _REFUSED where it is none, or out of range."""
    spec = item.spec
    if not text:
        return None if spec.optional else _REFUSED
    try:
        value: Any = (
            date.fromisoformat(text) if spec.kind == "day" else int(text) if spec.kind == "whole" else float(text)
        )
    except ValueError:
        return _REFUSED
    if spec.kind == "day":
        return value
    inside = (spec.low is None or value >= spec.low) and (spec.high is None or value <= spec.high)
    return value if inside else _REFUSED


def _put(pairs: tuple[tuple[str, Any], ...], path: str, value: Any) -> tuple[tuple[str, Any], ...]:
    return tuple({**dict(pairs), path: value}.items())
