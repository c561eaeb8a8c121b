"""The diary and days at the desk as tables: a row an entry, a row a minute."""

from collections.abc import Iterator, Sequence
from datetime import UTC
from pathlib import Path

from posture_trainer.exchange.tables.session_rows import Value
from posture_trainer.records.beside.desk import COLUMNS, read_desk, row_of
from posture_trainer.records.beside.diary import read_diary
from posture_trainer.words.all_day.diary import SCALES, SIDE_EFFECTS
from posture_trainer.words.harmless import text_cell

DIARY_COLUMNS = (
    "patient", "created_utc", "utc_offset_s", "skipped", *SCALES, *(f"after_{name}" for name in SIDE_EFFECTS),
    "marks", "words", "last_injection",
)  # fmt: skip
DESK_COLUMNS = ("patient", "run", *COLUMNS)


def beside_tables(patients: Sequence[tuple[str, Path]]) -> Iterator[tuple[str, list[list[Value]]]]:
    """Name and rows, the heading first, of each of the two tables that has any row. patients: code and folder."""
    for name, heading, rows_of in (("diary", DIARY_COLUMNS, diary_rows), ("desk", DESK_COLUMNS, desk_rows)):
        rows = [row for code, patient in patients for row in rows_of(code, patient)]
        if rows:
            yield name, [list(heading), *rows]


def diary_rows(code: str, patient: Path) -> Iterator[list[Value]]:
    """A row for each entry, oldest first."""
    for entry in read_diary(patient):
        yield [
            code,
            entry.created.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            entry.utc_offset_s,
            int(entry.skipped),
            *(entry.answers.get(name) for name in SCALES),
            *(entry.side_effects.get(name) for name in SIDE_EFFECTS),
            ";".join(entry.marks),
            text_cell(entry.words),
            entry.last_injection.isoformat() if entry.last_injection else None,
        ]


def desk_rows(code: str, patient: Path) -> Iterator[list[Value]]:
    """A row for each minute, as in desk.csv; what is damaged is left out."""
    for run in read_desk(patient):
        for minute in run.minutes:
            cells = row_of(minute).rstrip("\n").split(",")
            yield [code, run.name, *map(_value, cells)]


def _value(cell: str) -> Value:
    """A number as one, a text harmless, nothing as nothing."""
    try:
        return float(cell) if cell else None
    except ValueError:
        return text_cell(cell)
