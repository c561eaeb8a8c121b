"""Reads samples.csv into arrays, fast where it is whole, row by row where it is damaged."""

import csv
import io
import math
import re
import sys
from array import array
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, AnyStr

import numpy as np
from numpy.typing import NDArray

from posture_trainer.errors import UserError
from posture_trainer.figures.practice_time import LONGEST_SESSION_S
from posture_trainer.figures.samples import Floats, Samples
from posture_trainer.pose.quality import Quality

Columns = dict[str, NDArray[Any]]  # of each column its values; of quality whether it is good, and whether turned
SMOOTHED = ("rotation_deg", "tilt_deg", "flexion_deg", "deviation_deg")
MEASURED = ("measured_rotation_deg", "measured_tilt_deg", "measured_flexion_deg")
POSITION = ("x_cm", "y_cm", "z_cm")
TRUNK = (
    "shoulder_line_deg", "trunk_rotation_deg", "head_shift_cm", "head_forward_cm", "neck_rotation_deg", "neck_tilt_deg",
)  # fmt: skip
NUMBERS = ("t_s", "face", *SMOOTHED, *MEASURED, *POSITION, "unsmoothed", *TRUNK)
GOOD = ("good", "", "nan")  # the quality; empty where a log says nothing of it
FARTHEST_CM = 10_000.0  # no camera sees a head so far away
LARGEST_DEG = 180.0
LARGEST_BYTES = 500_000_000  # eight hours at 60 pictures a second are about 160 MB
BLOCK_BYTES = 1 << 16
LONGEST_STATE = 12  # characters, as the fast way keeps them
LONGEST_LINE = 2000  # characters; a longer one is no row of ours
_NEEDED = ("t_s", "face", *SMOOTHED, "state")


def load_samples(folder: Path) -> Samples:
    """The rows of samples.csv in that folder; what is damaged, half written or cannot be is left out, and counted.

    Raises UserError when there is no such file, or nothing of it can be read.
    """
    names, rows = _heading_and_rows(folder)
    rows = rows[: rows.rfind(b"\n") + 1]  # the last line of a session that was cut off may be half written
    try:
        columns = _read_fast(rows, names)
    except (ValueError, TypeError):
        columns = _read_in_blocks(rows, names)
    return _samples(columns, rows.count(b"\n"))


def blocks(rows: AnyStr, end: AnyStr) -> Iterator[AnyStr]:
    """The rows in blocks of whole lines, so that a damaged line makes no other block slow. end: of a line."""
    start = 0
    while start < len(rows):
        stop = rows.find(end, start + BLOCK_BYTES) + 1 or len(rows)
        yield rows[start:stop]
        start = stop


def text_rows(folder: Path) -> Iterator[dict[str, str]]:
    """The whole lines of samples.csv as text, by column. Raises UserError."""
    names, rows = _heading_and_rows(folder)
    return _fields(rows[: rows.rfind(b"\n") + 1], names)


def _heading_and_rows(folder: Path) -> tuple[list[str], bytes]:
    """The names of the columns, and all below them. Raises UserError."""
    try:
        with (folder / "samples.csv").open("rb") as file:
            data = file.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise UserError(f"The samples in {folder} can't be read ({error.strerror}).") from error
    if len(data) > LARGEST_BYTES:
        raise UserError(f"The samples in {folder} are more than any session's.")
    header, _, rows = (data.replace(b"\r\n", b"\n") if b"\r" in data else data).partition(b"\n")
    names = header[:LONGEST_LINE].decode("utf-8", "replace").split(",")
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        raise UserError(f"The samples in {folder} have no column {missing[0]}: not a session log of this program.")
    return names, rows


def _read_fast(rows: bytes, names: list[str]) -> Columns:
    """All rows at once. Raises ValueError when a single one is not as it should be."""
    if not rows or rows.isspace() or b"\r" in rows:
        return _read_slowly(rows, names)
    filled = rows.replace(b",,", b",nan,").replace(b",,", b",nan,").replace(b",\n", b",nan\n")  # empty fields
    types = [(str(index), "f8" if name in NUMBERS else "S12") for index, name in enumerate(names)]
    table = np.loadtxt(
        io.BytesIO(filled),
        delimiter=",",
        dtype=np.dtype(types),
        comments=None,
        ndmin=1,
        quotechar='"',
        encoding="utf-8",
    )
    found: Columns = {name: table[str(names.index(name))] for name in names if name in NUMBERS}
    found["state"] = table[str(names.index("state"))].astype(str)
    if "quality" in names:
        quality = table[str(names.index("quality"))]
        found["quality"] = np.logical_or.reduce([quality == good.encode() for good in GOOD])
        found["turned"] = quality == Quality.TURNED.value.encode()
    return found


def _read_in_blocks(rows: bytes, names: list[str]) -> Columns:
    """As fast as it goes where a row is damaged somewhere."""
    found = []
    for block in blocks(rows, b"\n"):
        try:
            found.append(_read_fast(block, names))
        except (ValueError, TypeError):
            found.append(_read_slowly(block, names))
    if not found:
        return _read_slowly(rows, names)
    return {name: np.concatenate([columns[name] for columns in found]) for name in found[0]}


def _read_slowly(rows: bytes, names: list[str]) -> Columns:
    """Row by row; one that is not as it should be is left out."""
    numbers = {name: array("d") for name in NUMBERS if name in names}
    states: list[str] = []
    good, turned = array("b"), array("b")
    for fields in _fields(rows, names):
        try:
            found = [float(fields[name]) if fields[name] else math.nan for name in numbers]
        except ValueError:
            continue
        for column, value in zip(numbers.values(), found, strict=True):
            column.append(value)
        states.append(sys.intern(fields["state"][:LONGEST_STATE]))
        good.append(fields.get("quality", "") in GOOD)
        turned.append(fields.get("quality", "") == Quality.TURNED.value)
    columns: Columns = {name: np.array(column) for name, column in numbers.items()}
    columns["state"] = np.array(states, dtype=str)
    if "quality" in names:
        columns["quality"] = np.array(good, dtype=bool)
        columns["turned"] = np.array(turned, dtype=bool)
    return columns


def _fields(rows: bytes, names: list[str]) -> Iterator[dict[str, str]]:
    """Each line that has a field for each column, and a first one. One with a carriage return was damaged there."""
    for found in _lines_of(len(names)).finditer(rows):
        line = found[0]
        if len(line) > LONGEST_LINE or b"\r" in line or line.startswith(b","):
            continue
        text = line.decode("utf-8", "replace").replace("\0", "").rstrip("\n")
        try:
            fields = text.split(",") if '"' not in text else next(csv.reader([text]), [])
        except csv.Error:
            continue
        if len(fields) == len(names):
            yield dict(zip(names, fields, strict=True))


@cache
def _lines_of(columns: int) -> re.Pattern[bytes]:
    """A line that can have so many columns. Of millions that can't, none is looked at one by one."""
    return re.compile(rb"^(?:[^,\n]*+,){%d}[^\n]*+\n" % (columns - 1), re.MULTILINE)


def _samples(columns: Columns, lines: int) -> Samples:
    """Arrays without rows whose time does not grow or whose angles cannot be. lines: rows of the file."""
    count = len(columns["t_s"])

    def stacked(names: tuple[str, ...], largest: float = np.inf) -> Floats:
        if not count:
            return np.empty((0, len(names)))
        found = np.column_stack([columns.get(name, np.full(count, np.nan)).astype(float) for name in names])
        return np.where(np.abs(found) <= largest, found, np.nan)

    face = columns["face"].astype(float)
    smoothed = stacked(SMOOTHED, LARGEST_DEG)
    possible = np.isfinite(smoothed).all(axis=1) & (smoothed[:, 3] >= 0)
    t_s = columns["t_s"].astype(float)
    kept = _growing(np.where((face == 0) | ((face == 1) & possible), t_s, np.nan))
    good = (face == 1) & columns.get("quality", np.ones(count, dtype=bool))
    return Samples(
        t_s[kept],
        face[kept] == 1,
        good[kept],
        columns["state"].astype(str)[kept],
        smoothed[kept],
        stacked(MEASURED, LARGEST_DEG)[kept],
        stacked(POSITION, FARTHEST_CM)[kept],
        columns.get("unsmoothed", np.ones(count))[kept] == 1,
        lines - int(kept.sum()),
        (face == 1)[kept] & columns.get("turned", np.zeros(count, dtype=bool))[kept],
        stacked(TRUNK, LARGEST_DEG)[kept] if any(name in columns for name in TRUNK) else None,
    )


def _growing(t_s: Floats) -> NDArray[np.bool_]:
    """The rows with a time that a session has and that grows. One that leaps ahead of the row after it is left out
    itself, so that not all after it are."""
    known = (t_s >= 0) & (t_s < LONGEST_SESSION_S)
    rows = np.flatnonzero(known)
    times = t_s[rows]
    if len(times) > 2:
        leaps = (times[1:-1] > times[2:]) & (times[2:] > times[:-2])
        known[rows[1:-1][leaps]] = False
    latest = np.maximum.accumulate(np.where(known, t_s, -np.inf)) if len(t_s) else t_s
    return np.asarray(known & (t_s > np.concatenate(([-np.inf], latest[:-1]))))
