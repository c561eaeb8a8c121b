"""Runs at the desk on disk: a header, and a row a minute that is handed to the system at once."""

import csv
import io
import json
import math
import os
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from posture_trainer.errors import RecordingStopped
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.private_files import create_private_file, make_private_folder, write_private_file
from posture_trainer.records.order import next_order_ms, order_ms
from posture_trainer.records.people import folders_in, utc_name
from posture_trainer.records.session_reader import read_object
from posture_trainer.reminders.minutes import Minute

FOLDER, HEADER, ROWS = "desk", "desk.json", "desk.csv"
COLUMNS = (
    "minute_utc", "utc_offset_s", "seen_s", "in_tolerance_s", "away_s", "unsure_s", "paused_s",
    "rotation_deg", "tilt_deg", "flexion_deg", "reminder", "followed", "break", "hushed",
)  # fmt: skip
_SECONDS = COLUMNS[2:7]
_LARGEST_BYTES = 20_000_000  # a year on end
_LONGEST_S = 120.0
_FARTHEST_OFFSET_S = 64_800


@dataclass(frozen=True)
class DeskRun:
    """A run that was. damaged: rows that are left out."""

    name: str
    header: dict[str, Any]
    minutes: tuple[Minute, ...]
    damaged: int = 0


class DeskLog:
    """One run's folder. Raises RecordingStopped when it can't be made, or a row can't be written."""

    def __init__(self, patient: Path, now_utc: datetime, header: dict[str, Any]) -> None:
        self.folder = patient / FOLDER / utc_name(now_utc)
        others = (
            order_ms(name, read_object(patient / FOLDER / name / HEADER).get("order_ms")) for name in _runs(patient)
        )
        header = {**header, "order_ms": next_order_ms(now_utc, others)}
        make_private_folder(self.folder)
        try:
            write_private_file(self.folder / HEADER, json.dumps(header, indent=1, default=str) + "\n")
            with os.fdopen(create_private_file(self.folder / ROWS), "w", encoding="utf-8", newline="\n") as file:
                file.write(",".join(COLUMNS) + "\n")
        except OSError as error:
            raise RecordingStopped(f"The day at the desk can't be written down ({error.strerror}).") from error

    def add(self, minute: Minute) -> None:
        """Append a row; it is there when this returns."""
        try:
            with (self.folder / ROWS).open("r+", encoding="utf-8", newline="\n") as file:
                file.seek(0, 2)
                file.write(row_of(minute))
        except OSError as error:
            raise RecordingStopped(f"The day at the desk can't be written on ({error.strerror}).") from error


def row_of(minute: Minute) -> str:
    """One line of desk.csv: seconds with one decimal, degrees with two."""
    offset = minute.began.utcoffset()
    seconds = (minute.seen_s, minute.inside_s, minute.away_s, minute.unsure_s, minute.paused_s)
    angles = minute.angles
    degrees = (angles.rotation_deg, angles.tilt_deg, angles.flexion_deg) if angles is not None else ()
    cells = [
        (minute.began - (offset or timedelta())).replace(tzinfo=None).isoformat(timespec="seconds") + "Z",
        str(round(offset.total_seconds()) if offset is not None else 0),
        *(f"{each:.1f}" for each in seconds),
        *([f"{each:.2f}" for each in degrees] or [""] * 3),
        minute.reminder, minute.followed, minute.break_, str(int(minute.hushed)),
    ]  # fmt: skip
    return ",".join(cells) + "\n"


def read_desk(patient: Path) -> list[DeskRun]:
    """All runs, in the order in which they were made. A row that is damaged or half written is left out."""
    runs = [_run(patient / FOLDER / name) for name in _runs(patient)]
    return sorted(runs, key=lambda run: order_ms(run.name, run.header.get("order_ms")))


def _runs(patient: Path) -> list[str]:
    try:
        return [name for name in folders_in(patient / FOLDER) if not name.startswith(".")]
    except OSError:
        return []


def _run(folder: Path) -> DeskRun:
    header = read_object(folder / HEADER)
    try:
        with (folder / ROWS).open("rb") as file:
            text = file.read(_LARGEST_BYTES).decode("utf-8", errors="replace")
    except OSError:
        return DeskRun(folder.name, header, ())
    whole = text[: text.rfind("\n") + 1]
    rows = list(csv.DictReader(io.StringIO(whole), restkey="more", restval=""))
    minutes = [_minute(row) for row in rows]
    known = tuple(each for each in minutes if each is not None)
    return DeskRun(folder.name, header, known, len(minutes) - len(known) + (text != whole))


def _minute(row: dict[str, Any]) -> Minute | None:
    """A row that can be meant; None for another."""
    try:
        offset_s = int(row["utc_offset_s"])
        if abs(offset_s) > _FARTHEST_OFFSET_S:
            return None
        began = datetime.fromisoformat(row["minute_utc"]).astimezone(timezone(timedelta(seconds=offset_s)))
        seen, inside, away, unsure, paused = (_number(row[name], 0.0, _LONGEST_S) for name in _SECONDS)
        if inside > seen or not 1970 <= began.year <= 2200:
            return None
        names = ("rotation_deg", "tilt_deg", "flexion_deg")
        degrees = [_number(row[name], -180.0, 180.0) for name in names] if row["rotation_deg"] else None
    except (KeyError, TypeError, ValueError, OverflowError, csv.Error):
        return None
    angles = None
    if degrees is not None:
        turn, lean, nod = degrees
        angles = HeadAngles(turn, lean, nod, math.hypot(turn, lean, nod))
    told = {name: str(row[name])[:20] for name in ("reminder", "followed", "break")}
    return Minute(
        began, 0.0, seen, inside, away, unsure, paused, angles,
        told["reminder"], told["followed"], told["break"], row["hushed"] == "1",
    )  # fmt: skip


def _number(text: str, low: float, high: float) -> float:
    value = float(text)
    if not low <= value <= high:
        raise ValueError(text)
    return value
