"""Reads sessions back, whole or cut off."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from posture_trainer.errors import UserError
from posture_trainer.feedback import PostureState
from posture_trainer.figures.exercises import exercise_summary, trials_of
from posture_trainer.figures.session_summary import Summary, summary_of
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.posture import PostureSample
from posture_trainer.pose.quality import Quality
from posture_trainer.records.samples_file import load_samples

CUT_OFF = "cut off"
_LONGEST_S = 7 * 86_400.0  # no session is longer: a row that says so is damaged


@dataclass(frozen=True)
class SessionRecord:
    """One session as found on disk. trouble: what is wrong with it ('' if nothing); summary None if unreadable."""

    folder: Path
    header: dict[str, Any]
    summary: Summary | None
    trouble: str


def read_session(folder: Path) -> SessionRecord:
    """The session in that folder; never raises for damaged files, but says what is wrong."""
    header: dict[str, Any] = {}
    troubles = []
    try:
        found = json.loads((folder / "session.json").read_text(encoding="utf-8"))
        header = found if isinstance(found, dict) else {}
    except (OSError, ValueError, RecursionError):
        troubles.append("session.json can't be read")
    try:
        summary: Summary | None = Summary.model_validate_json((folder / "summary.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        summary = _recovered(folder)
        troubles.append(CUT_OFF if summary else "cut off before the first row")
    except (OSError, ValidationError, UnicodeDecodeError):
        summary = _recovered(folder)
        troubles.append("summary.json is damaged")
    return SessionRecord(folder, header, summary, ", ".join(troubles))


def read_samples(folder: Path) -> Iterator[tuple[PostureSample, PostureState]]:
    """The rows of samples.csv; a half-written or damaged row is left out. Raises UserError without a file."""
    try:
        with (folder / "samples.csv").open(encoding="utf-8", errors="replace", newline="") as file:
            for row in csv.DictReader(file):
                try:
                    yield _sample(row)
                except (ValueError, TypeError, KeyError):
                    continue
    except (OSError, csv.Error) as error:
        raise UserError(f"The samples in {folder} can't be read ({error}).") from error


def read_events(folder: Path) -> Iterator[dict[str, Any]]:
    """The lines of events.jsonl; one that is half written or no JSON object is left out."""
    try:
        lines = (folder / "events.jsonl").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return
    for line in lines:
        try:
            event = json.loads(line, parse_constant=_no_number)
        except (ValueError, RecursionError):
            continue
        if isinstance(event, dict) and isinstance(event.get("event"), str):
            yield event


def _no_number(constant: str) -> float:
    raise ValueError(f"{constant} is no JSON")


def _recovered(folder: Path) -> Summary | None:
    """The figures of a session that was cut off, from what it left."""
    try:
        samples = load_samples(folder)
    except (UserError, ValueError, OSError):
        return None
    if not len(samples.t_s):
        return None
    events = list(read_events(folder))
    summary = summary_of(samples, events, CUT_OFF)
    try:
        trials = trials_of(events)
        return summary.model_copy(update={"exercises": exercise_summary(trials)}) if trials else summary
    except (ArithmeticError, LookupError, TypeError, ValueError):  # lines that this program did not write
        return summary


def _sample(row: dict[str, str]) -> tuple[PostureSample, PostureState]:
    t_s, state = float(row["t_s"]), PostureState(row["state"])
    if not 0 <= t_s < _LONGEST_S:
        raise ValueError("no time of a session")
    if row["face"] != "1":
        return PostureSample(t_s), state
    quality = Quality(row.get("quality") or Quality.GOOD)  # logs of before there was such a column
    smoothed = HeadAngles(*(float(row[f"{name}_deg"]) for name in ("rotation", "tilt", "flexion", "deviation")))
    return PostureSample(t_s, smoothed, quality=quality), state


_LARGEST_BYTES = 64 * 1024 * 1024


def read_object(path: Path) -> dict[str, Any]:
    """The JSON object in that file; {} if there is none that can be read."""
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            return {}
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
