"""Which values of a plan or of a block are set by form, each in a field of its own, and how they stand in its file.
Pure.

A key that holds more than one value has a field for each: "directions.tilt_left" is one of several that may be chosen,
"tolerances.flexion_deg" a key of a table.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from posture_trainer.pages.front.form import Form, Item
from posture_trainer.plans.key_specs import KeySpec, key_spec
from posture_trainer.plans.limits import FURTHEST_DEG
from posture_trainer.plans.not_when import NotWhen
from posture_trainer.pose.directions import Direction
from posture_trainer.words.directions import LEANING_WORDS

NOT_HERE = ("kind", "schema_version", "blocks")
"""What nobody sets in a field: what a block is, and what has its own list."""
_NAMES = {
    "repetitions": ("Repetitions", ""),
    "hold_s": ("Each", "s"),
    "hold_step_s": ("Longer by, with progress", "s"),
    "longest_hold_s": ("Longest hold", "s"),
    "limit_s": ("Time to get there", "s"),
    "rest_s": ("Rest after each", "s"),
    "seconds": ("How long", "s"),
    "probe_every": ("Without cues: every", ""),
    "feedback": ("Share with cues", ""),
    "part_s": ("Each part", "s"),
    "rounds": ("Rounds", ""),
    "move_s": ("Way out", "s"),
    "turn_deg": ("Turn", "°"),
    "in_s": ("Breathing in", "s"),
    "out_s": ("Breathing out", "s"),
    "extent": ("How far, of the reach", ""),
    "times_a_day": ("Times a day", ""),
    "days_a_week": ("Days a week", ""),
    "longest_session_min": ("Longest session", "min"),
    "weekly": ("Once a week at most", ""),
    "needs_pull": ("Only with a side of pull", ""),
    "source": ("Where it is from", ""),
}
_FIRST = ("repetitions", "hold_s", "rest_s", "limit_s", "seconds", "times_a_day", "days_a_week", "longest_session_min")
_LAST = ("title", "words", "description", "source")
_STEPS = {"s": 5.0, "min": 1.0, "°": 5.0}
_REASONS = {
    NotWhen.CHIN_DOWN_PULL: f"pulled {LEANING_WORDS[Direction.FLEXION].lower()}",
    NotWhen.SWALLOWING: "swallowing is harder",
    NotWhen.INJURY: "neck hurt, not cleared",
    NotWhen.FRAGILE: "far movements are risky",
    NotWhen.UNSTEADY: "often dizzy, or fallen",
    NotWhen.ALONE: "no therapist's advice",
    NotWhen.UNSTABLE: "arms make it pull",
    NotWhen.AFTER_INJECTION_24H: "injection, last 24 h",
    NotWhen.DIZZY: "dizzy today",
    NotWhen.CLOSED_EYES: "no closed eyes today",
}


def items_of(model: type[BaseModel]) -> tuple[Item, ...]:
    """The fields of a block, or of a plan as a whole: what is changed oftenest first."""

    def place(name: str) -> tuple[int, int]:
        if name in _FIRST:
            return 0, _FIRST.index(name)
        single = key_spec(model, name) is not None
        return (3 if name in _LAST else 1 if single or name == "directions" else 2), 0

    names = sorted((name for name in model.model_fields if name not in NOT_HERE), key=place)
    return tuple(item for name in names for item in _items(model, name))


def values_of(model: type[BaseModel], table: Mapping[str, Any], items: tuple[Item, ...]) -> Form:
    """The form as the table stands."""
    return Form(tuple((item.path, _value_at(model, table, item.path)) for item in items))


def table_after(model: type[BaseModel], table: Mapping[str, Any], form: Form) -> dict[str, Any]:
    """The table as the form stands. What is not set, or as it is anyway and was not there, does not stand in it."""
    told: dict[str, Any] = {}
    for path, value in form.values:
        name, _, part = path.partition(".")
        if not part:
            told[name] = value
        elif isinstance(_default(model, name), tuple):
            told.setdefault(name, []).extend([part] if value else [])
        else:
            told.setdefault(name, {}).update({} if value is None else {part: value})
    found = dict(table)
    for name, value in told.items():
        if value is None:
            found.pop(name, None)
        elif name in table or value != _plain(_default(model, name)):
            found[name] = value
    return found


def _items(model: type[BaseModel], name: str) -> tuple[Item, ...]:
    """The fields of one key."""
    label, unit = _NAMES.get(name, (name.replace("_", " ").capitalize(), ""))
    spec = key_spec(model, name)
    if spec is not None:
        step = 0.1 if spec.kind == "number" and spec.high is not None and spec.high <= 1 else _STEPS.get(unit, 1.0)
        return (Item(name, label, spec, unit, step, "as the plan says"),)
    kind = model.model_fields[name].annotation
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return tuple(
            _degrees(f"{name}.{way.value}_deg", f"Tolerance, {words}", _spec_of(kind, f"{way.value}_deg"))
            for way, words in LEANING_WORDS.items()
        )
    if get_origin(kind) is dict:
        return tuple(
            _degrees(f"{name}.{way.value}", f"Limit, {words}", KeySpec("number", True, 1.0, FURTHEST_DEG[way]))
            for way, words in LEANING_WORDS.items()
        )
    options = _default(model, name) or tuple(get_args(kind)[0])
    return tuple(Item(f"{name}.{option}", _option_words(option), KeySpec("flag")) for option in options)


def _degrees(path: str, label: str, spec: KeySpec) -> Item:
    return Item(path, label, spec, "°", unset="as for the person")


def _option_words(option: StrEnum) -> str:
    if isinstance(option, NotWhen):
        return f"Not when: {_REASONS[option]}"
    return f"Way: {LEANING_WORDS[Direction(option)].lower()}"


def _spec_of(model: type[BaseModel], name: str) -> KeySpec:
    spec = key_spec(model, name)
    assert spec is not None, f"{name} is more than one value"
    return spec


def _default(model: type[BaseModel], name: str) -> Any:
    return model.model_fields[name].get_default(call_default_factory=True)


def _plain(value: Any) -> Any:
    """A default as it would stand in a file."""
    if isinstance(value, BaseModel):
        return value.model_dump(exclude_none=True)
    return list(map(str, value)) if isinstance(value, tuple) else value


def _value_at(model: type[BaseModel], table: Mapping[str, Any], path: str) -> Any:
    name, _, part = path.partition(".")
    found = table.get(name, _plain(_default(model, name)))
    if not part:
        return found
    return part in found if isinstance(found, list) else found.get(part)
