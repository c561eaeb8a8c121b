"""Reads sessions back, whole or cut off."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from posture_trainer.errors import UserError
from posture_trainer.feedback import PostureState
from posture_trainer.figures.exercises import exercise_summary, trials_of
from posture_trainer.figures.practice_time import LONGEST_SESSION_S
from posture_trainer.figures.session_summary import Summary, summary_of
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.posture import PostureSample
from posture_trainer.pose.quality import Quality
from posture_trainer.records.json_file import TooMuch, json_bytes, room_for
from posture_trainer.records.samples_file import LARGEST_DEG, SMOOTHED, load_samples, text_rows

CUT_OFF = "cut off"
LARGEST_OBJECT_BYTES, LARGEST_SUMMARY_BYTES = 16_000_000, 5_000_000  # they have some thousands
MOST_EVENTS = 50_000  # eight hours with a cue every second have fewer
_LONGEST_EVENT, _LARGEST_EVENTS_BYTES = 20_000, 50_000_000


@dataclass(frozen=True)
class SessionRecord:
    """One session as found on disk. trouble: what is wrong with it ('' if nothing); summary None if unreadable."""

    folder: Path
    header: dict[str, Any]
    summary: Summary | None
    trouble: str


def read_session(folder: Path) -> SessionRecord:
    """The session in that folder; never raises for damaged files, but says what is wrong."""
    header = _object(folder / "session.json")
    troubles = ["session.json can't be read"] if header is None else []
    summary, trouble = read_summary(folder)
    if summary is None:
        summary = _recovered(folder)
        troubles.append("cut off before the first row" if trouble == CUT_OFF and summary is None else trouble)
    return SessionRecord(folder, header or {}, summary, ", ".join(troubles))


def read_summary(folder: Path) -> tuple[Summary | None, str]:
    """The summary of a session as it stands in its file; or None, and in words why there is none."""
    try:
        return Summary.model_validate_json(json_bytes(folder / "summary.json", LARGEST_SUMMARY_BYTES)), ""
    except FileNotFoundError:
        return None, CUT_OFF
    except TooMuch:
        return None, "summary.json is too large to be one"
    except ValidationError:
        return None, "summary.json is damaged"
    except OSError as error:
        return None, f"summary.json can't be read ({error.strerror})"


def read_samples(folder: Path) -> Iterator[tuple[PostureSample, PostureState]]:
    """The rows of samples.csv; a half-written or damaged row is left out, and one that says what cannot be.

    Raises UserError without a file.
    """
    for row in text_rows(folder):
        try:
            yield _sample(row)
        except (ValueError, KeyError):
            continue


def read_events(folder: Path) -> Iterator[dict[str, Any]]:
    """The lines of events.jsonl; one that is half written or no JSON object is left out.

    So is a line longer than any event, and all beyond MOST_EVENTS.
    """
    try:
        with (folder / "events.jsonl").open("rb") as file:
            content = file.read(room_for(file, _LARGEST_EVENTS_BYTES))
    except OSError:
        return
    for line in islice(_lines_with(content, b'"event"'), MOST_EVENTS):
        if len(line) > _LONGEST_EVENT:
            continue
        try:
            event = json.loads(line.decode("utf-8", errors="replace"), parse_constant=_no_number)
        except (ValueError, RecursionError):
            continue
        if isinstance(event, dict) and isinstance(event.get("event"), str):
            yield event


def _lines_with(content: bytes, sign: bytes) -> Iterator[bytes]:
    """The lines that hold the sign. Of millions that don't, none is looked at one by one."""
    at = 0
    while (found := content.find(sign, at)) >= 0:
        start = content.rfind(b"\n", at, found) + 1 or at
        at = content.find(b"\n", found)
        yield content[start:] if at < 0 else content[start:at]
        if at < 0:
            return


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
    if not 0 <= t_s < LONGEST_SESSION_S:
        raise ValueError("no time of a session")
    if row["face"] == "0":
        return PostureSample(t_s), state
    quality = Quality(row.get("quality") or Quality.GOOD)  # logs of before there was such a column
    angles = [float(row[name]) for name in SMOOTHED]
    if row["face"] != "1" or not all(abs(angle) <= LARGEST_DEG for angle in angles) or angles[3] < 0:
        raise ValueError("no angles of a head")
    return PostureSample(t_s, HeadAngles(*angles), quality=quality), state


def read_object(path: Path, having: re.Pattern[bytes] | None = None) -> dict[str, Any]:
    """The JSON object in that file; {} if there is none that can be read, or it is larger than any of ours.

    having: what its text must have to be wanted, or {}: so thousands need not be parsed for the few that have it.
    """
    return _object(path, having) or {}


def _object(path: Path, having: re.Pattern[bytes] | None = None) -> dict[str, Any] | None:
    try:
        content = json_bytes(path, LARGEST_OBJECT_BYTES)
        if having is not None and having.search(content) is None:
            return None
        found = json.loads(content.decode("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
