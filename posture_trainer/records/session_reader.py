"""Reads sessions back, whole or cut off."""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from posture_trainer.errors import UserError
from posture_trainer.exercises.machines import MACHINES
from posture_trainer.exercises.session_records import ExerciseEvent
from posture_trainer.feedback import PostureState
from posture_trainer.figures.exercises import exercise_summary
from posture_trainer.figures.session_summary import Summary, SummaryTally
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.posture import PostureSample
from posture_trainer.pose.quality import Quality

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


def trials_of(events: Iterable[dict[str, Any]]) -> list[ExerciseEvent]:
    """The trials and rests of a guided session among its events; none from the mirror alone. Raises ValueError."""
    return [
        ExerciseEvent(event["event"], float(event["t_s"]), event)
        for event in events
        if event["event"] == "rest" or (event["event"] in MACHINES and "ending" in event)
    ]


def _no_number(constant: str) -> float:
    raise ValueError(f"{constant} is no JSON")


def _recovered(folder: Path) -> Summary | None:
    """The figures of a session that was cut off, from what it left."""
    tally, rows = SummaryTally(), 0
    try:
        for sample, state in read_samples(folder):
            tally.add(sample, state)
            rows += 1
    except UserError:
        return None
    for event in read_events(folder):
        if event["event"] == "cue":
            tally.add_cue(str(event.get("cue", "unknown")))
        elif event["event"] == "regained":
            tally.add_regained()
    if not rows:
        return None
    summary = tally.summary(CUT_OFF)
    try:
        trials = trials_of(read_events(folder))
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
