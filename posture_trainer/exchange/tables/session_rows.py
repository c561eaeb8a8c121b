"""One row for each session: what the tables of sessions hold."""

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from posture_trainer.exercises.trial import rounded
from posture_trainer.feedback import Cue
from posture_trainer.figures.exercises import hold_test_mean_s
from posture_trainer.figures.session_summary import Summary
from posture_trainer.records.session_reader import SessionRecord, read_object, read_session
from posture_trainer.words.harmless import LONGEST_JSON, text_cell

Value = str | int | float | None
AXES = ("rotation", "tilt", "flexion", "deviation")
_TEXT, _WHOLE, _REAL = "text", "whole", "real"
_SECONDS = ("length_s", "seen_s", "neutral_s", "out_s", "paused_s", "no_face_s", "unsure_s", "longest_neutral_s")

# name -> kind and meaning; docs/formats.md shows the same list, and a test compares the two.
SESSION_COLUMNS: dict[str, tuple[str, str]] = {
    "patient": (_TEXT, "the code"),
    "session": (_TEXT, "name of the session's folder: the UTC time when it began"),
    "month": (_TEXT, "year and month of that time"),
    "started_utc": (_TEXT, "when it began, ISO 8601"),
    "trouble": (_TEXT, "what is wrong with the session's files; empty if nothing"),
    "command": (_TEXT, "practice, demo or analyze"),
    "ended": (_TEXT, "why it ended"),
    **dict.fromkeys(_SECONDS, (_REAL, "s, as in summary.json")),
    "in_tolerance_share": (_REAL, "0–1: neutral_s / seen_s; empty if no face was seen"),
    "hold_test_s": (_REAL, "s: mean of the hold test's tries; empty with fewer than two"),
    "frames": (_WHOLE, "rows of samples.csv"),
    "face_share": (_REAL, "0–1: rows with a face"),
    "good_share": (
        _REAL,
        "0–1: rows with a face that are of good quality; empty in logs of before there was a quality",
    ),
    "cues": (_WHOLE, "cues of all kinds"),
    **{f"cue_{cue.value}": (_WHOLE, "cues of this kind") for cue in Cue},
    "regained": (_WHOLE, "how often neutral was regained after a cue"),
    **{f"{axis}_mean_deg": (_REAL, "°, mean of the smoothed angle in neutral and out") for axis in AXES},
    **{f"{axis}_sd_deg": (_REAL, "°, its standard deviation") for axis in AXES},
    "baseline_utc": (_TEXT, "when the baseline was taken: compare sessions on the same one only"),
    "source_kind": (_TEXT, "camera or file"),
    "program_version": (_TEXT, "of posture_trainer"),
    "notes": (_TEXT, "the session's notes, joined by ;"),
    "more": (_TEXT, "JSON: all else that summary.json holds"),
}


@dataclass(frozen=True)
class SessionRow:
    """The values in the order of SESSION_COLUMNS; trouble as words, '' if nothing is wrong."""

    values: tuple[Value, ...]
    trouble: str


def session_row(patient: str, folder: Path) -> SessionRow:
    """Read one session's header and summary; of one that was cut off the figures are made from its samples."""
    try:
        record = read_session(folder)
    except RecursionError:  # thousands of brackets: nothing that the program writes
        record = SessionRecord(folder, {}, None, "session.json can't be read")
    header = record.header
    more = _more(folder)
    found: dict[str, Value] = {
        "patient": patient,
        "session": folder.name,
        "month": folder.name[:7],
        "started_utc": _text(header.get("created_utc")),
        "trouble": record.trouble,
        "command": _text(header.get("command")),
        "baseline_utc": _text(_inside(header, "baseline", "created_utc")),
        "source_kind": _text(_inside(header, "source", "kind")),
        "program_version": _text(_inside(header, "versions", "posture_trainer")),
        "notes": _joined(header.get("notes")),
        "more": json.dumps(more, ensure_ascii=False) if more else "",
    }
    if record.summary is not None:
        found.update(_figures(record.summary))
        found["hold_test_s"] = hold_test_mean_s(record.summary.exercises)
    values = {name: _clean(found.get(name), kind) for name, (kind, _) in SESSION_COLUMNS.items()}
    values["more"] = text_cell(str(found["more"]), LONGEST_JSON)
    return SessionRow(tuple(values.values()), record.trouble)


def _figures(summary: Summary) -> dict[str, Value]:
    found: dict[str, Value] = {
        name: getattr(summary, name) for name in (*_SECONDS, "frames", "face_share", "good_share", "regained")
    }
    found["ended"] = summary.ended
    found["in_tolerance_share"] = rounded(summary.in_tolerance_share)
    found["cues"] = summary.cue_count
    for cue in Cue:
        found[f"cue_{cue.value}"] = summary.cues.get(cue.value, 0)
    for axis in AXES:
        if axis in summary.angles:
            found[f"{axis}_mean_deg"] = summary.angles[axis].mean_deg
            found[f"{axis}_sd_deg"] = summary.angles[axis].sd_deg
    return found


def _more(folder: Path) -> dict[str, Any]:
    found = read_object(folder / "summary.json")
    more = {key: each for key, each in found.items() if key not in Summary.model_fields}
    exercises = found.get("exercises")
    if isinstance(exercises, dict):  # what the figures mean is in summary.json, and the same for every session
        more["exercises"] = {name: each for name, each in exercises.items() if name != "definitions"}
    return more


def _clean(value: Value, kind: str) -> Value:
    if value is None:
        return "" if kind == _TEXT else None
    if kind == _TEXT:
        return text_cell(str(value))
    number = float(value)
    if not math.isfinite(number):
        return None
    return int(number) if kind == _WHOLE and abs(number) < 2**53 else number if kind == _REAL else None


def _inside(header: dict[str, Any], key: str, inner: str) -> Any:
    found = header.get(key)
    return found.get(inner) if isinstance(found, dict) else None


def _joined(notes: Any) -> str:
    return "; ".join(_text(note) for note in notes[:20]) if isinstance(notes, list) else _text(notes)


def _text(value: Any) -> str:
    return value[:5000] if isinstance(value, str) else ""
