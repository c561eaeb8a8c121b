"""The rows of samples.csv as tables take them: whole rows only, known columns checked, unknown ones harmless."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from posture_trainer.records.session_log import COLUMNS
from posture_trainer.words.harmless import any_cell, number_cell, text_cell

MOST_COLUMNS = 200
TEXT_COLUMNS = frozenset({"state", "quality"})
FLAG_COLUMNS = frozenset({"face", "unsmoothed"})
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")
_STATE = re.compile(r"[a-z_]{1,32}")


@dataclass(frozen=True)
class Samples:
    """One session's rows, as CSV text in the order of `columns`. left_out: rows that are damaged or half written."""

    text: str
    rows: int
    left_out: int


def all_columns(folders: Iterable[Path]) -> tuple[str, ...]:
    """The fixed columns, then those that any session has beyond them, in the order they are met."""
    found = dict.fromkeys(COLUMNS)
    for folder in folders:
        try:
            with (folder / "samples.csv").open(encoding="utf-8", errors="replace", newline="") as file:
                heading = file.readline(100_000)
        except OSError:
            continue
        for name in heading.strip().split(","):
            if _NAME.fullmatch(name) and len(found) < MOST_COLUMNS:
                found[name] = None
    return tuple(found)


def read_rows(folder: Path, columns: tuple[str, ...]) -> Samples:
    """The rows of a session in these columns; a column it does not have is empty. Raises OSError."""
    content = (folder / "samples.csv").read_bytes()
    whole = content[: content.rfind(b"\n") + 1]  # a line without an end was being written
    heading, _, body = whole.decode("utf-8", errors="replace").partition("\n")
    half = int(len(whole) < len(content))
    names = tuple(heading.strip().split(","))
    missing = len(columns) - len(names)  # an older log has fewer columns
    if names == columns[: len(names)] and set(names) <= set(COLUMNS) and _plain_rows(names).fullmatch(body):
        return Samples(body.replace("\n", "," * missing + "\n") if missing else body, body.count("\n"), half)
    return _row_by_row(body, names, columns, half)


@cache
def _plain_rows(columns: tuple[str, ...]) -> re.Pattern[str]:
    """What the program itself writes: numbers and states, nothing else. Most files are of this kind."""
    number, state = r"(?:-?[0-9]++(?:\.[0-9]++)?+)?+", r"[a-z_]++"
    fields = {"t_s": number.removesuffix("?+"), "face": "[01]", "unsmoothed": "[01]?+"}
    fields |= {"state": state, "quality": f"(?:{state})?+"}
    return re.compile("(?:" + ",".join(fields.get(name, number) for name in columns) + "\n)*+")


def _row_by_row(body: str, names: tuple[str, ...], columns: tuple[str, ...], left_out: int) -> Samples:
    place = {name: index for index, name in enumerate(names)}
    time = columns.index("t_s")
    out, rows = io.StringIO(), 0
    writer = csv.writer(out, lineterminator="\n")
    reader = csv.reader(io.StringIO(body.replace("\0", "")))
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return Samples(out.getvalue(), rows, left_out)
        except csv.Error:  # a field beyond all measure
            left_out += 1
            continue
        cells = (
            [_cell(name, row[place[name]] if name in place else "") for name in columns]
            if len(row) == len(names)
            else []
        )
        if cells and None not in cells and cells[time]:
            writer.writerow(cells)
            rows += 1
        else:
            left_out += 1


def _cell(name: str, text: str) -> str | None:
    """A cell as it may go on, or None if it can't be one of this column."""
    if name in TEXT_COLUMNS:
        return text if _STATE.fullmatch(text) or (not text and name != "state") else None
    if name in FLAG_COLUMNS:
        return text if text in ("0", "1") or (not text and name != "face") else None
    if name in COLUMNS:
        return number_cell(text)
    return any_cell(text)


def patient_prefix(patient: str, session: str) -> str:
    """The two cells in front of each row in a table over all patients."""
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([text_cell(patient), text_cell(session)])
    return out.getvalue() + ","
