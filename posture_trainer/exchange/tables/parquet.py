"""Parquet: samples by patient and month, one table of sessions and one of trials. Needs the extra [tables]."""
# mypy: disable-error-code="import-untyped,import-not-found"

import io
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from posture_trainer.errors import UserError
from posture_trainer.exchange.tables.beside_rows import beside_tables
from posture_trainer.exchange.tables.chosen import Chosen, TablesResult
from posture_trainer.exchange.tables.csv_files import csv_lines
from posture_trainer.exchange.tables.sample_rows import FLAG_COLUMNS, TEXT_COLUMNS, Samples, all_columns, read_rows
from posture_trainer.exchange.tables.session_rows import SESSION_COLUMNS, SessionRow, session_row
from posture_trainer.exchange.tables.trial_figures import TRIAL_COLUMNS, trial_rows
from posture_trainer.private_files import open_private
from posture_trainer.progress import Advance
from posture_trainer.records.session_log import COLUMNS

try:
    import pyarrow as pa
    import pyarrow.csv as arrow_csv
    import pyarrow.parquet as pq
except ImportError:
    raise UserError(
        "Parquet needs a package that is not installed here. Please run: pip install 'posture-trainer[tables]'"
    ) from None

_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")


def write(chosen: Chosen, folder: Path, progress: Advance) -> TablesResult:
    """Fill the folder: samples/patient=CODE/month=YYYY-MM/part-0.parquet, a row group a session; sessions.parquet."""
    columns = all_columns(place for _, place in chosen.sessions)
    schema = _sample_schema(columns)
    rows, troubles = 0, []
    about: list[SessionRow] = []
    trials: list[tuple[Any, ...]] = []
    ordered = sorted(chosen.sessions, key=_partition)
    for (patient, month), group in groupby(ordered, key=_partition):
        part = folder / "samples" / f"patient={patient}" / f"month={month}" / "part-0.parquet"
        with open_private(part) as file, pq.ParquetWriter(file, schema, compression="zstd") as writer:
            for _, place in group:
                row = session_row(patient, place)
                about.append(row)
                trials += trial_rows(patient, place)
                trouble = row.trouble
                try:
                    found = read_rows(place, columns)
                except OSError:
                    trouble = trouble or "samples.csv can't be read"
                else:
                    if found.rows:
                        writer.write_table(_sample_table(found, columns, place.name, schema))
                    rows += found.rows
                    if found.left_out:
                        trouble = trouble or f"{found.left_out} damaged rows"
                if trouble:
                    troubles.append(f"{patient}/{place.name} ({trouble})")
                progress(1)
    with open_private(folder / "sessions.parquet") as file:
        pq.write_table(_table(SESSION_COLUMNS, [row.values for row in about]), file, compression="zstd")
    with open_private(folder / "trials.parquet") as file:
        pq.write_table(_table(TRIAL_COLUMNS, trials), file, compression="zstd")
    _beside(chosen, folder)
    return TablesResult(len(chosen.sessions), rows, tuple(troubles))


def _beside(chosen: Chosen, folder: Path) -> None:
    """The diary and the days at the desk, where there are any."""
    for name, rows in beside_tables(chosen.patients):
        table = arrow_csv.read_csv(io.BytesIO(csv_lines(rows)))
        with open_private(folder / f"{name}.parquet") as file:
            pq.write_table(table, file, compression="zstd")


def _sample_schema(columns: tuple[str, ...]) -> Any:
    return pa.schema([("session", pa.string()), *_column_types(columns)])


def _column_types(columns: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """t_s exactly; angles and positions as 32-bit numbers, which keep their three decimals; the rest as text."""
    for name in columns:
        if name == "t_s":
            yield name, pa.float64()
        elif name in FLAG_COLUMNS:
            yield name, pa.int8()
        else:
            yield name, pa.float32() if name in COLUMNS and name not in TEXT_COLUMNS else pa.string()


def _sample_table(found: Samples, columns: tuple[str, ...], session: str, schema: Any) -> Any:
    table = arrow_csv.read_csv(
        io.BytesIO(found.text.encode()),
        read_options=arrow_csv.ReadOptions(column_names=list(columns), use_threads=False),
        parse_options=arrow_csv.ParseOptions(newlines_in_values=False),
        convert_options=arrow_csv.ConvertOptions(column_types=dict(_column_types(columns)), null_values=[""]),
    )
    return table.add_column(0, "session", pa.array([session] * found.rows, pa.string())).cast(schema)


def _table(columns: dict[str, tuple[str, str]], rows: list[tuple[Any, ...]]) -> Any:
    types = {"text": pa.string(), "whole": pa.int64(), "real": pa.float64()}
    arrays, fields = [], []
    for index, (name, (kind, meaning)) in enumerate(columns.items()):
        arrays.append(pa.array([row[index] for row in rows], types[kind]))
        fields.append(pa.field(name, types[kind], metadata={"meaning": meaning}))
    return pa.table(arrays, schema=pa.schema(fields))


def _partition(session: tuple[str, Path]) -> tuple[str, str]:
    """Patient and month of a session; one whose folder is not named by a time goes to 'unknown'."""
    month = session[1].name[:7]
    return session[0], month if _MONTH.fullmatch(month) else "unknown"
