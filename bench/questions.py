"""Asks DuckDB the questions of docs/scale.md of a Parquet export, and says how long each took.

python bench/questions.py OUT [--rows N]      OUT: made by `posture-trainer export --format parquet --out OUT`
"""

import argparse
import os
import re
import time
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

DOCS = Path(__file__).resolve().parent.parent / "docs" / "scale.md"


def questions() -> list[str]:
    """The SQL of docs/scale.md, in its order."""
    return re.findall(r"```sql\n(.*?)```", DOCS.read_text(encoding="utf-8"), flags=re.DOTALL)


def main() -> None:
    """Ask all, print the first rows of each answer and the seconds."""
    import duckdb  # type: ignore[import-not-found,unused-ignore]

    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--rows", type=int, default=8)
    arguments = parser.parse_args()
    os.chdir(arguments.out)
    for sql in questions():
        with duckdb.connect() as connection:
            began_s = time.perf_counter()
            answer: Any = connection.sql(sql)
            columns, rows = answer.columns, answer.fetchall()
            took_s = time.perf_counter() - began_s
        title = f"{sql.splitlines()[0].lstrip('- ')}: {len(rows)} rows in {took_s:.2f} s"
        table = Table(*columns, title=title, title_justify="left")
        for row in rows[: arguments.rows]:
            table.add_row(*map(str, row))
        Console().print(table)


if __name__ == "__main__":
    main()
