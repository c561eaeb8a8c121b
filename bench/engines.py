"""Asks DuckDB and Spark the questions of docs/scale.md of one made clinic, and compares their answers row by row.

python bench/engines.py [--sessions 2000] [--samples-of 40]

The first patient's summaries are without `exercises`, as those of before are; the second one has no hold test at all.
Needs the extra [tables] (pyarrow, DuckDB), pyspark and a Java of 17 or newer; none of the last two is a dependency.
"""

import argparse
import json
import os
import re
import shutil
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.questions import DOCS, questions
from posture_trainer.exchange.tables.chosen import Chosen
from posture_trainer.exchange.tables.write import export_tables
from posture_trainer.records.people import patient_codes, session_folders
from scripts.make_clinic import make_clinic

PATIENTS = 8
_LAST_DIGIT = {"hours_in_tolerance": 0.1, "share_in_tolerance": 0.001, "first_s": 0.1, "last_s": 0.1}
Rows = list[tuple[Any, ...]]


def main() -> int:
    """Make the clinic, ask both, print what they say and where they differ; 1 if they do."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sessions", type=int, default=2000)
    parser.add_argument("--samples-of", type=int, default=40, help="sessions that get samples, of all")
    arguments = parser.parse_args()
    missing = [name for name in ("pyarrow", "duckdb", "pyspark") if find_spec(name) is None]
    if missing or shutil.which("java") is None:
        needed = [*(["'posture-trainer[tables]'"] if {"pyarrow", "duckdb"} & set(missing) else []), "pyspark"]
        java = "" if shutil.which("java") else ", and Java 17 or newer (Debian: default-jre-headless)"
        print(f"This needs: pip install {' '.join(needed)}{java}", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as place:
        data, out = Path(place) / "data", Path(place) / "out"
        make_clinic(data, PATIENTS, arguments.sessions // PATIENTS, arguments.samples_of)
        codes = patient_codes(data)
        without_exercises(data / "patients" / codes[0])
        without_exercises(data / "patients" / codes[1], trials=False)
        pairs = ((code, each) for code in codes for each in session_folders(data / "patients" / code))
        export_tables(Chosen(tuple(pairs)), out, "parquet")
        return 1 if _compare(out) else 0


def without_exercises(patient: Path, trials: bool = True) -> None:
    """Make a patient's summaries like those of before, which had no `exercises`; without trials their events too."""
    for place in session_folders(patient):
        summary = json.loads((place / "summary.json").read_bytes())
        summary.pop("exercises", None)
        (place / "summary.json").write_text(json.dumps(summary), encoding="utf-8")
        if not trials:
            lines = (place / "events.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
            kept = [line for line in lines if json.loads(line)["event"] != "hold_test"]
            (place / "events.jsonl").write_text("".join(kept), encoding="utf-8")


def _compare(out: Path) -> int:
    """Ask both of the export in that folder; gives back how many rows differ."""
    ours, theirs = _duckdb(out), _spark(out)
    table = Table("question", "rows", "DuckDB, s", "Spark, s", "rows that differ", "last digit only")
    differing = 0
    for title, (columns, rows, took_s), (others, other_took_s) in zip(_titles(), ours, theirs, strict=True):
        apart = [pair for pair in zip(rows, others, strict=False) if not _same(columns, *pair, digits=1)]
        rounded = sum(not _same(columns, *pair, digits=0) for pair in zip(rows, others, strict=False)) - len(apart)
        count = len(apart) + abs(len(rows) - len(others))
        table.add_row(title, str(len(rows)), f"{took_s:.2f}", f"{other_took_s:.2f}", str(count), str(rounded))
        for pair in apart[:3]:
            print("DuckDB:", pair[0], "Spark:", pair[1])
        differing += count
    Console().print(table)
    trend = Table(*ours[-1][0], title="Hold-test trend by patient")
    for row in ours[-1][1]:
        trend.add_row(*map(str, row))
    Console().print(trend)
    return differing


def _titles() -> list[str]:
    return [sql.splitlines()[0].lstrip("- ") for sql in questions()]


def _duckdb(out: Path) -> list[tuple[list[str], Rows, float]]:
    import duckdb

    found = []
    os.chdir(out)
    for sql in questions():
        with duckdb.connect() as connection:
            began_s = time.perf_counter()
            answer: Any = connection.sql(sql)
            found.append((list(answer.columns), answer.fetchall(), time.perf_counter() - began_s))
    return found


def _spark(out: Path) -> list[tuple[Rows, float]]:
    """The Python of docs/scale.md up to its questions, then each question, its rows taken instead of shown."""
    page = DOCS.read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, flags=re.DOTALL)
    asked = re.findall(r'spark\.sql\("""(.*?)"""\)', code, flags=re.DOTALL)
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.log.level": "ERROR",
    }
    quietly = " ".join(f"--conf {name}={value}" for name, value in settings.items())
    os.environ["PYSPARK_SUBMIT_ARGS"] = f"--master local[2] {quietly} pyspark-shell"
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    names: dict[str, Any] = {}
    exec(code.partition("# Time in tolerance")[0].replace("OUT/", f"{out.as_posix()}/"), names)
    found = []
    for sql in asked:
        began_s = time.perf_counter()
        rows = [tuple(row) for row in names["spark"].sql(sql).collect()]
        found.append((rows, time.perf_counter() - began_s))
    names["spark"].stop()
    return found


def _same(columns: list[str], one: tuple[Any, ...], other: tuple[Any, ...], digits: int) -> bool:
    """Whether two rows are the same; their rounded numbers may be apart by so many of the last digit."""
    return len(one) == len(other) and all(
        left == right
        or (
            isinstance(left, float)
            and isinstance(right, float)
            and abs(left - right) <= 1.001 * digits * _LAST_DIGIT.get(name, 0.01)
        )
        for name, left, right in zip(columns, one, other, strict=True)
    )


if __name__ == "__main__":
    sys.exit(main())
