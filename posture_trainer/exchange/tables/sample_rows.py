"""The rows of samples.csv as tables take them: whole rows only, known columns checked, unknown ones harmless."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from posture_trainer.figures.practice_time import LONGEST_SESSION_S
from posture_trainer.records.samples_file import FARTHEST_CM, LARGEST_DEG, blocks
from posture_trainer.records.session_log import COLUMNS
from posture_trainer.words.harmless import any_cell, number_cell, text_cell

MOST_COLUMNS = 200
NEEDED = ("state", "face", "t_s")  # no row is one without them
TEXT_COLUMNS = frozenset({"state", "quality", "hand", "hand_place"})
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
    names = tuple(heading.strip().split(","))
    plain = names == columns[: len(names)] and set(names) <= set(COLUMNS)
    pattern = _plain_rows(names) if plain else None
    missing = "," * (len(columns) - len(names))  # an older log has fewer columns
    texts, rows, left_out = [], 0, int(len(whole) < len(content))
    for block in blocks(body, "\n"):
        if pattern is not None and pattern.fullmatch(block):
            texts.append(block.replace("\n", f"{missing}\n") if missing else block)
            rows += block.count("\n")
        else:
            found = _row_by_row(block, names, columns)
            texts.append(found.text)
            rows, left_out = rows + found.rows, left_out + found.left_out
    return Samples("".join(texts), rows, left_out)


@cache
def _plain_rows(columns: tuple[str, ...]) -> re.Pattern[str]:
    """What the program itself writes: numbers and states, nothing else. Most files are of this kind."""
    state = r"[a-z_]++"
    fields = {"t_s": r"[0-9]{1,5}+(?:\.[0-9]++)?+", "face": "[01]", "unsmoothed": "[01]?+"}
    fields |= {"state": state} | dict.fromkeys(("quality", "hand", "hand_place"), f"(?:{state})?+")
    angle = r"(?:-?(?:1[0-7][0-9]|[0-9]{1,2}+)(?:\.[0-9]++)?+)?+"  # below 180; more is looked at row by row
    place = r"(?:-?[0-9]{1,3}+(?:\.[0-9]++)?+)?+"
    fields |= {name: angle if name.endswith("_deg") else place for name in columns if name not in fields}
    return re.compile("(?:" + ",".join(fields[name] for name in columns) + "\n)*+")


def _row_by_row(body: str, names: tuple[str, ...], columns: tuple[str, ...]) -> Samples:
    place = {name: index for index, name in enumerate(names)}
    lines = body.count("\n")
    if not set(NEEDED) <= place.keys():
        return Samples("", 0, lines)
    needed = [columns.index(name) for name in NEEDED]
    taken = [(name, place.get(name)) for name in columns]
    out, rows = io.StringIO(), 0
    writer = csv.writer(out, lineterminator="\n")
    for found in _lines_of(len(names)).finditer(body.replace("\0", "")):
        row = _fields(found[0].rstrip("\r\n"))
        if len(row) != len(names):
            continue
        cells = []
        for name, at in taken:
            cell = _cell(name, row[at]) if at is not None and row[at] else ""
            if cell is None:
                break
            cells.append(cell)
        else:
            if "" not in [cells[at] for at in needed]:
                writer.writerow(cells)
                rows += 1
    return Samples(out.getvalue(), rows, lines - rows)


@cache
def _lines_of(columns: int) -> re.Pattern[str]:
    """A line that can have so many columns. Of millions that can't, none is looked at one by one."""
    return re.compile(rf"^(?:[^,\n]*+,){{{columns - 1}}}[^\n]*+\n", re.MULTILINE)


def _fields(line: str) -> list[str]:
    """Those of one line; none of a damaged one."""
    if "\r" in line:
        return []
    try:
        return line.split(",") if '"' not in line else next(csv.reader([line]), [])
    except csv.Error:  # a field beyond all measure
        return []


@lru_cache(maxsize=4096)  # what is not plain is mostly the same over and over
def _cell(name: str, text: str) -> str | None:
    """A cell as it may go on, or None if it can't be one of this column."""
    if name in TEXT_COLUMNS:
        return text if _STATE.fullmatch(text) else None
    if name in FLAG_COLUMNS:
        return text if text in ("0", "1") else None
    if name in COLUMNS:
        number = number_cell(text)
        return number if number is None or not number or _possible(name, float(number)) else None
    return any_cell(text)


def _possible(name: str, value: float) -> bool:
    """Whether a number of that column is one that a session can have."""
    if name == "t_s":
        return 0 <= value < LONGEST_SESSION_S
    return abs(value) <= (LARGEST_DEG if name.endswith("_deg") else FARTHEST_CM)


def patient_prefix(patient: str, session: str) -> str:
    """The two cells in front of each row in a table over all patients."""
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([text_cell(patient), text_cell(session)])
    return out.getvalue() + ","
