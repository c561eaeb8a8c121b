"""Reads a TOML file into a checked model; what is wrong with it is said in one or two lines, with file and key."""

import difflib
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from posture_trainer.errors import UserError
from posture_trainer.plans.toml_limits import LARGEST_BYTES, too_much
from posture_trainer.private_files import make_private_folder, write_private_file
from posture_trainer.words.harmless import plain_text

_BLOCKS = "one or more tables, each headed [[block]]"
_MOST_ROUNDS = 100  # one value brought to its bound can show that another is beyond its own

Model = TypeVar("Model", bound=BaseModel)

_ALLOWED = {
    "greater_than": "more than {gt}",
    "greater_than_equal": "at least {ge}",
    "less_than": "less than {lt}",
    "less_than_equal": "at most {le}",
    "literal_error": "{expected}",
    "enum": "{expected}",
    "union_tag_invalid": "{expected_tags}",
    "string_too_long": "at most {max_length} characters",
    "string_too_short": "some words",
    "too_short": "at least {min_length} of them",
    "too_long": "at most {max_length} of them",
    "float_type": "a number",
    "finite_number": "a number",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "string_type": "words in quotes",
    "string_pattern_mismatch": "words without control characters",
    "tuple_type": "a list in [ ]",
    "dict_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "date_type": "a date such as 2026-01-31",
    "date_from_datetime_inexact": "a date such as 2026-01-31",
    "date_from_datetime_parsing": "a date such as 2026-01-31",
}


def read_toml(path: Path, model: type[Model], what: str) -> Model:
    """The file as a model. what: what it is, for messages. Raises UserError."""
    return parse_toml(_text(path, what), model, f"The {what} {path}")


def read_within_limits(path: Path, model: type[Model], what: str) -> tuple[Model, tuple[str, ...]]:
    """A file that is there already: what is beyond a bound is brought to it; then a sentence for each such value.

    So nobody is shut out by a file of before, and nothing is done that is not allowed. Raises UserError for all else.
    """
    return parse_within_limits(_text(path, what), model, f"The {what} {path}")


def parse_within_limits(text: str, model: type[Model], subject: str) -> tuple[Model, tuple[str, ...]]:
    """The same of a text. subject: begins the message ("The plan x.toml"). Raises UserError."""
    content, told = _table(text, subject), list[str]()
    for _ in range(_MOST_ROUNDS):
        try:
            return model.model_validate(content), tuple(told)
        except ValidationError as error:
            faults = _faults(error)
            if not all("brought_to" in _bound(fault) for fault in faults):
                break
            out = [fault for fault in faults if _bound(fault)["brought_to"] is None]
            told += [_fault_words(fault, content) for fault in out or faults]
            for fault in reversed(out or faults):  # from the end: a block that is taken out moves those after it
                _bring(content, fault)
    return parse_toml(text, model, subject), ()


def toml_table(path: Path, what: str) -> dict[str, Any]:
    """The file as it stands, unchecked. Raises UserError."""
    return _table(_text(path, what), f"The {what} {path}")


def save_toml(path: Path, text: str, model: type[BaseModel], called: str, file: str) -> Path:
    """Write a text that reads as that model, whole and private. Raises UserError, also for what is beyond a limit.

    called: the text, where it does not read; file: what could not be saved.
    """
    parse_toml(text, model, called)
    make_private_folder(path.parent)
    try:
        write_private_file(path, text)
    except OSError as error:
        raise UserError(f"{file} could not be saved in {path.parent} ({error.strerror}).") from error
    return path


def _text(path: Path, what: str) -> str:
    try:
        size = path.stat().st_size
        if not path.is_file() and not path.is_dir():  # a pipe or a device would never end
            raise UserError(f"The {what} {path} can't be read (not a file).")
        if size > LARGEST_BYTES:
            raise UserError(f"The {what} {path} can't be read (larger than {LARGEST_BYTES // 1000} kB).")
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UserError(f"There is no {what} {path}.") from None
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "not text in UTF-8"
        raise UserError(f"The {what} {path} can't be read ({why}).") from None


def parse_toml(text: str, model: type[Model], subject: str) -> Model:
    """The text as a model. subject: begins the message ("The plan x.toml"). Raises UserError."""
    content = _table(text, subject)
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise UserError(f"{subject}: {_words(error, content)}") from None


def _table(text: str, subject: str) -> dict[str, Any]:
    reason = too_much(text)
    if reason:
        raise UserError(f"{subject} is more than such a file can be: {reason}.")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"{subject} is not valid TOML: {error}.") from None
    except (RecursionError, ValueError):  # thousands of brackets, a number of thousands of digits
        raise UserError(f"{subject} is not valid TOML: something in it is too long or too deep.") from None


def _words(error: ValidationError, content: Mapping[str, Any]) -> str:
    """The first fault, and how many more there are."""
    faults = _faults(error)
    faults.sort(key=lambda fault: fault["type"] != "extra_forbidden")  # a slip of the pen explains what is missing
    more = len(faults) - 1
    return _fault_words(faults[0], content) + (f" ({more} more in the file.)" if more else "")


def _faults(error: ValidationError) -> list[ErrorDetails]:
    everything = error.errors()
    outer = {fault["loc"][:length] for fault in everything for length in range(len(fault["loc"]))}
    return [fault for fault in everything if fault["loc"] not in outer]  # a list is not too short for a faulty entry


def _fault_words(fault: ErrorDetails, content: Mapping[str, Any]) -> str:
    kind = fault["type"]
    context = {
        name: f"{value:g}" if isinstance(value, float) else value for name, value in fault.get("ctx", {}).items()
    }
    place = _place(_location(fault), content)
    if kind == "missing":
        return f"{place} is missing."
    if kind == "union_tag_not_found":
        return f"{place}: kind is missing."
    if kind == "extra_forbidden":
        return f"{place} is not a key that is known here.{_meant(fault['loc'])}"
    if kind == "value_error":
        return f"{place}: {context['error']}."
    if kind == "beyond_limit":
        return f"{place} is {context['found']}; allowed: {context['allowed']}."
    found = context["tag"] if kind == "union_tag_invalid" else fault["input"]
    allowed = _ALLOWED.get(kind, fault["msg"]).format(**context)
    allowed = _BLOCKS if fault["loc"] == ("block",) and kind == "tuple_type" else allowed
    return f"{place} is {_short(found)}; allowed: {allowed}."


def _location(fault: ErrorDetails) -> tuple[int | str, ...]:
    """Where the fault is: beyond_limit says the last part of its place itself."""
    inner: tuple[int | str, ...] = fault["ctx"]["key"] if fault["type"] == "beyond_limit" else ()
    return (*fault["loc"], *inner)


def _bound(fault: ErrorDetails) -> dict[str, Any]:
    """What the value is brought to, where the fault is no other than being beyond a bound; else nothing."""
    context = fault.get("ctx", {})
    bounds = {"less_than_equal": "le", "greater_than_equal": "ge", "beyond_limit": "value"}
    name = bounds.get(fault["type"])
    return {} if name is None else {"brought_to": context[name]}


def _bring(content: dict[str, Any], fault: ErrorDetails) -> None:
    place, value = [part for part in _location(fault) if part != "[key]"], _bound(fault)["brought_to"]
    if place[0] == "block" and isinstance(place[1], int):
        block = content["block"][place[1]]
        if value is None:
            content["block"].remove(block)
            return
        place = [part for part in place if part != block["kind"]]
    inner: Any = content
    for part in place[:-1]:
        inner = inner[part]
    inner[place[-1]] = value


def _place(location: Sequence[int | str], content: Mapping[str, Any]) -> str:
    """The place as the file's reader finds it: "block 2 (hold), rest_s". Keys are others' text, like all in it."""
    parts = [plain_text(part, 60) for part in location if part != "[key]"]
    if len(location) > 1 and location[0] == "block" and isinstance(location[1], int):
        kind = content["block"][location[1]]
        name = kind.get("kind") if isinstance(kind, dict) else None
        rest = parts[2:]
        if rest and rest[0] == name:
            rest = rest[1:]
        label = f"block {location[1] + 1}" + (f" ({name})" if isinstance(name, str) and name.isidentifier() else "")
        return ", ".join([label, ".".join(rest)]) if rest else label
    return ".".join(parts) or "the file"


def _meant(location: Sequence[int | str]) -> str:
    """The known key that looks most like the one found, over all models."""
    near = difflib.get_close_matches(str(location[-1]), _known_keys(), n=1, cutoff=0.7)
    # The very same is a key of another table: it is only in the wrong place.
    return f" Did you mean {near[0]}?" if near and near[0] != location[-1] else ""


def _known_keys() -> list[str]:
    from posture_trainer.plans.fields import Table

    def all_models(model: type[BaseModel]) -> list[type[BaseModel]]:
        return [model, *(below for child in model.__subclasses__() for below in all_models(child))]

    return sorted({field.alias or name for model in all_models(Table) for name, field in model.model_fields.items()})


def _short(value: object) -> str:
    text = str(value).lower() if isinstance(value, bool | date) else repr(value)
    return text if len(text) <= 40 else text[:37] + "..."
