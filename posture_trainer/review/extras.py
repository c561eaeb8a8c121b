"""What a session says beside its angles: ratings, hold tests, exercises, notes; and a patient's injections.

None of it has to be there. docs/report.md says which keys are read.
"""

import json
import math
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from posture_trainer.review.plain_text import plain_text

RATINGS = ("pain", "dizziness", "control")
_LARGEST_BYTES = 64 * 1024 * 1024
_MOST_EXERCISES = 200
_DEEPEST = 4  # sections within sections; deeper is no file of this program


@dataclass(frozen=True)
class Extras:
    """ratings: by (name, when), 0 to 100. hold_test_s: mean of the tries. exercises: (exercise, figure, value)."""

    ratings: dict[tuple[str, str], float]
    hold_test_s: float | None
    hold_tries: int
    exercises: list[tuple[str, str, str]]
    notes: list[str]
    new_neutral_s: list[float]


def session_extras(header: dict[str, Any], summary: dict[str, Any], events: list[dict[str, Any]]) -> Extras:
    """What a session's header, summary and events give; what is not as expected is left out."""
    ratings: dict[tuple[str, str], float] = {}
    held_s: list[float] = []
    notes = [plain_text(note) for note in _list(header.get("notes"))]
    new_neutral_s = []
    for event in events:
        kind = event["event"]
        if kind in ("ratings", "rating") and event.get("when") in ("before", "after"):
            for name in RATINGS:
                value = _number(event.get(name))
                if value is not None and 0 <= value <= 100:
                    ratings[name, event["when"]] = value
        elif _is_hold_test(event):
            value = _number(event.get("held_s"))
            held_s += [] if value is None or not 0 <= value <= 3600 else [value]
        elif kind == "note":
            notes.append(plain_text(event.get("text", "")))
        elif kind == "baseline":
            new_neutral_s.append(_number(event.get("t_s")) or 0.0)
    mean_s = sum(held_s) / len(held_s) if held_s else None
    return Extras(ratings, mean_s, len(held_s), _exercises(summary), notes[:20], new_neutral_s)


def _is_hold_test(event: dict[str, Any]) -> bool:
    """Whether it is a try that counts: the event `hold_test`, or `trial` of other programs and older logs."""
    if event["event"] == "hold_test":
        return event.get("ending") in ("done", "not_reached")
    return event["event"] == "trial" and event.get("exercise") == "hold_test"


def injections(patient: Path) -> list[date]:
    """The dates of injections in patient.toml: `injections = [2026-01-31, ...]` or `last_injection`; [] if none."""
    try:
        with (patient / "patient.toml").open("rb") as file:
            found = tomllib.load(file)
    except (OSError, ValueError):
        return []
    values = [*_list(found.get("injections")), found.get("last_injection")]
    return sorted({day for day in map(_day, values) if day is not None})


def read_object(path: Path) -> dict[str, Any]:
    """The JSON object in that file; {} if there is none that can be read."""
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            return {}
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _exercises(summary: dict[str, Any]) -> list[tuple[str, str, str]]:
    found = summary.get("exercises")
    rows = []
    for exercise, figures in found.items() if isinstance(found, dict) else ():
        if exercise != "definitions":
            rows += [(plain_text(exercise, 60), name, value) for name, value in _figures(figures)]
    return rows[:_MOST_EXERCISES]


def _figures(figures: Any, within: str = "", depth: int = 0) -> list[tuple[str, str]]:
    """Figures by name, those of a section within ("directions") under the names of both."""
    rows: list[tuple[str, str]] = []
    for name, value in figures.items() if isinstance(figures, dict) and depth < _DEEPEST else ():
        title = plain_text(f"{within} {name}".strip(), 60)
        if isinstance(value, str | int | float | bool):
            rows.append((title, plain_text(value, 60)))
        elif isinstance(value, list) and all(isinstance(each, int | float) for each in value):
            rows.append((title, plain_text(", ".join(map(str, value)), 60)))
        else:
            rows += _figures(value, "" if name == "directions" else title, depth + 1)
    return rows


def _day(value: Any) -> date | None:
    if isinstance(value, dict):
        value = value.get("date")
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
