"""What a key of a plan or of a patient's file may hold, read from its model: for forms, so that no bound is told twice.

Pure.
"""

import types
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from posture_trainer.exercises.feedback_schedule import LADDER
from posture_trainer.plans.fields import FeedbackShare

Kind = Literal["whole", "number", "flag", "choice", "text", "day"]


@dataclass(frozen=True)
class KeySpec:
    """kind: of the value. optional: None may stand there. low, high: bounds, None for none. options: of a choice.
    most: signs of a text."""

    kind: Kind
    optional: bool = False
    low: float | None = None
    high: float | None = None
    options: tuple[Any, ...] = ()
    most: int = 2000


def key_spec(model: type[BaseModel], name: str) -> KeySpec | None:
    """Of the key of that name; None for one that is more than a single value."""
    found = model.model_fields[name]
    return _spec(found.annotation, list(found.metadata), optional=False)


def _spec(kind: Any, bounds: list[Any], optional: bool) -> KeySpec | None:
    if any(each == bound for each in bounds for bound in get_args(FeedbackShare)[1:]):
        return KeySpec("choice", optional, options=(*map(float, sorted(LADDER, reverse=True)), "fade"))
    origin = get_origin(kind)
    if origin is Annotated:
        inner, *more = get_args(kind)
        return _spec(inner, [*bounds, *more], optional)
    if origin in (Union, types.UnionType):
        kinds = [each for each in get_args(kind) if each is not type(None)]
        if len(kinds) == 1:
            return _spec(kinds[0], bounds, optional=True)
        return None
    if origin is Literal:
        return KeySpec("choice", optional, options=get_args(kind))
    if kind is bool:
        return KeySpec("flag", optional)
    if kind is date:
        return KeySpec("day", optional)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return KeySpec("choice", optional, options=tuple(kind))
    told = dict(_bounds(bounds))
    if kind in (int, float):
        low = told.get("ge", told.get("gt"))
        return KeySpec("whole" if kind is int else "number", optional, low, told.get("le", told.get("lt")))
    if kind is str:
        return KeySpec("text", optional, most=int(told.get("max_length", 2000)))
    return None


def _bounds(metadata: Iterable[Any]) -> Iterable[tuple[str, float]]:
    for each in metadata:
        for inner in getattr(each, "metadata", (each,)):
            for name in ("ge", "gt", "le", "lt", "max_length"):
                value = getattr(inner, name, None)
                if isinstance(value, int | float):
                    yield name, value
