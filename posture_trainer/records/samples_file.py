"""Reads samples.csv into arrays, fast where it is whole, row by row where it is damaged."""

import csv
import io
import math
import re
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from posture_trainer.errors import UserError
from posture_trainer.figures.practice_time import LONGEST_SESSION_S
from posture_trainer.figures.samples import Floats, Samples

Columns = dict[str, NDArray[Any]]  # of each column its values; of quality whether it is good
SMOOTHED = ("rotation_deg", "tilt_deg", "flexion_deg", "deviation_deg")
MEASURED = ("measured_rotation_deg", "measured_tilt_deg", "measured_flexion_deg")
POSITION = ("x_cm", "y_cm", "z_cm")
NUMBERS = ("t_s", "face", *SMOOTHED, *MEASURED, *POSITION, "unsmoothed")
GOOD = ("good", "", "nan")  # the quality; empty where a log says nothing of it
FARTHEST_CM = 10_000.0  # no camera sees a head so far away
LONGEST_LINE = 2000  # characters; a longer one is no row of ours
_EMPTY = re.compile(rb",(?=[,\n])")  # the comma before a field with nothing in it
_NEEDED = ("t_s", "face", *SMOOTHED, "state")


def load_samples(folder: Path, most_bytes: int | None = None) -> Samples:
    """The rows of samples.csv in that folder; what is damaged or half written is left out. Raises UserError.

    most_bytes: to read no more than its beginning.
    """
    try:
        with (folder / "samples.csv").open("rb") as file:
            data = file.read(-1 if most_bytes is None else most_bytes)
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
    """Arrays without rows whose time does not grow; a row with impossible angles is one without a face."""
    count = len(columns["t_s"])

    def stacked(names: tuple[str, ...], largest: float = np.inf) -> Floats:
        if not count:
            return np.empty((0, len(names)))
        found = np.column_stack([columns.get(name, np.full(count, np.nan)).astype(float) for name in names])
        return np.where(np.abs(found) <= largest, found, np.nan)

    t_s = columns["t_s"].astype(float)
    known = (t_s >= 0) & (t_s < LONGEST_SESSION_S)
    latest = np.maximum.accumulate(np.where(known, t_s, -np.inf)) if count else t_s
    growing = known & (t_s > np.concatenate(([-np.inf], latest[:-1])))
    smoothed = stacked(SMOOTHED, 180)
    face = (columns["face"].astype(float) == 1) & np.isfinite(smoothed).all(axis=1)
    good = face & columns.get("quality", True)
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
