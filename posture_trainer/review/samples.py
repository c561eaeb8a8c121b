"""One session's samples.csv as arrays, made for statistics. docs/formats.md says what the columns mean."""

import csv
import io
import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from posture_trainer.errors import UserError

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Columns = dict[str, NDArray[Any]]  # of each column its values; of quality whether it is good

AXES = ("rotation", "tilt", "flexion")
SMOOTHED = ("rotation_deg", "tilt_deg", "flexion_deg", "deviation_deg")
MEASURED = ("measured_rotation_deg", "measured_tilt_deg", "measured_flexion_deg")
POSITION = ("x_cm", "y_cm", "z_cm")
NUMBERS = ("t_s", "face", *SMOOTHED, *MEASURED, *POSITION, "unsmoothed")
GOOD = ("good", "", "nan")  # the quality; empty where a log says nothing of it
FARTHEST_CM = 10_000.0  # no camera sees a head so far away
LONGEST_LINE = 2000  # characters; a longer one is no row of ours
_EMPTY = re.compile(rb",(?=[,\n])")  # the comma before a field with nothing in it
_NEEDED = ("t_s", "face", *SMOOTHED, "state")


@dataclass(frozen=True, eq=False)
class Samples:
    """The rows of one session, in order of time. All arrays have one entry for each row.

    t_s: (n,) seconds, strictly growing. face: (n,) a face was seen. good: (n,) a face was seen, its quality is good
    and its angles are numbers: only these rows count in statistics of angles. state: (n,) as in docs/formats.md.
    smoothed: (n, 4) rotation, tilt, flexion, deviation in degrees. measured: (n, 3) the first three before
    smoothing. position_cm: (n, 3) x, y, z. Angles and positions are nan where there is none. unsmoothed: (n,) the
    tracker did not smooth the measured angles either; taken as so in logs of before there was such a column.
    """

    t_s: Floats
    face: Flags
    good: Flags
    state: NDArray[np.str_]
    smoothed: Floats
    measured: Floats
    position_cm: Floats
    unsmoothed: Flags

    def angle_deg(self, name: str) -> Floats:
        """(n,) the smoothed angle of that name: rotation, tilt, flexion or deviation."""
        return self.smoothed[:, (*AXES, "deviation").index(name)]

    def between(self, first: int, end: int) -> "Samples":
        """The rows from `first` up to, without, `end`."""
        rows = slice(first, end)
        return Samples(
            self.t_s[rows],
            self.face[rows],
            self.good[rows],
            self.state[rows],
            self.smoothed[rows],
            self.measured[rows],
            self.position_cm[rows],
            self.unsmoothed[rows],
        )


def load_samples(folder: Path) -> Samples:
    """The rows of samples.csv in that folder; what is damaged or half written is left out. Raises UserError."""
    try:
        data = (folder / "samples.csv").read_bytes()
    except OSError as error:
        raise UserError(f"The samples in {folder} can't be read ({error.strerror}).") from error
    header, _, rows = (data.replace(b"\r\n", b"\n") if b"\r" in data else data).partition(b"\n")
    names = header.decode("utf-8", "replace").split(",")
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        raise UserError(f"The samples in {folder} have no column {missing[0]}: not a session log of this program.")
    rows = rows[: rows.rfind(b"\n") + 1]  # the last line of a session that was cut off may be half written
    try:
        columns = _read_fast(rows, names)
    except (ValueError, TypeError):
        columns = _read_slowly(rows, names)
    return _samples(columns)


def _read_fast(rows: bytes, names: list[str]) -> Columns:
    """All rows at once. Raises ValueError when a single one is not as it should be."""
    if not rows:
        return _read_slowly(rows, names)
    filled = _EMPTY.sub(b",nan", rows)
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
    return found


def _read_slowly(rows: bytes, names: list[str]) -> Columns:
    """Row by row; one that is not as it should be is left out."""
    lines = (line for line in rows.decode("utf-8", "replace").split("\n") if line and len(line) <= LONGEST_LINE)
    kept: list[dict[str, float | str]] = []
    for line in lines:
        fields = next(csv.reader([line.replace("\0", "")]), [])
        if len(fields) == len(names):
            try:
                kept.append(_row(dict(zip(names, fields, strict=True))))
            except ValueError:
                continue
    columns: Columns = {name: np.array([row[name] for row in kept], dtype=float) for name in NUMBERS if name in names}
    columns["state"] = np.array([row["state"] for row in kept], dtype=str)
    if "quality" in names:
        columns["quality"] = np.array([row["quality"] in GOOD for row in kept], dtype=bool)
    return columns


def _row(fields: dict[str, str]) -> dict[str, float | str]:
    return {name: (float(text) if text else math.nan) if name in NUMBERS else text for name, text in fields.items()}


def _samples(columns: Columns) -> Samples:
    """Arrays without rows whose time does not grow; rows with impossible angles are not good."""
    count = len(columns["t_s"])

    def stacked(names: tuple[str, ...], largest: float = np.inf) -> Floats:
        if not count:
            return np.empty((0, len(names)))
        found = np.column_stack([columns.get(name, np.full(count, np.nan)).astype(float) for name in names])
        return np.where(np.abs(found) <= largest, found, np.nan)

    t_s = columns["t_s"].astype(float)
    known = np.isfinite(t_s)
    latest = np.maximum.accumulate(np.where(known, t_s, -np.inf)) if count else t_s
    growing = known & (t_s > np.concatenate(([-np.inf], latest[:-1])))
    smoothed = stacked(SMOOTHED, 180)
    face = columns["face"].astype(float) == 1
    possible = np.isfinite(smoothed).all(axis=1)
    quality = columns.get("quality")
    good = face & possible
    if quality is not None:
        good &= quality
    return Samples(
        t_s[growing],
        face[growing],
        good[growing],
        columns["state"].astype(str)[growing],
        smoothed[growing],
        stacked(MEASURED, 180)[growing],
        stacked(POSITION, FARTHEST_CM)[growing],
        columns.get("unsmoothed", np.ones(count))[growing] == 1,
    )
