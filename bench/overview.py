"""How long the overview over all sessions takes, and the page of all patients (`review --all --out`): summaries alone,
and for the page headers and events of each patient's last weeks.

python bench/overview.py DATA [--runs N]      DATA: made by scripts/make_clinic.py
"""

import argparse
import statistics
import tempfile
import time
import tracemalloc
from pathlib import Path

from rich.console import Console
from rich.table import Table

from posture_trainer.records.clinic.overview import overview
from posture_trainer.report.clinic_page import clinic_page


def main() -> None:
    """Look at all sessions several times and print the table; parts of the clinic show how it grows."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    began_s = time.perf_counter()
    sessions = len(overview(arguments.data).sessions)
    first_s = time.perf_counter() - began_s
    runs, pages = [], []
    with tempfile.TemporaryDirectory() as out:
        for _ in range(arguments.runs):
            began_s = time.perf_counter()
            overview(arguments.data)
            runs.append(time.perf_counter() - began_s)
            began_s, began_cpu_s = time.perf_counter(), time.process_time()
            clinic_page(arguments.data, Path(out))
            pages.append((time.perf_counter() - began_s, time.process_time() - began_cpu_s))
    tracemalloc.start()
    kept = overview(arguments.data)
    peak = tracemalloc.get_traced_memory()[1]
    table = Table(
        "sessions",
        "first, s",
        "median, s",
        "slowest, s",
        "ms a session",
        "page, s",
        "page, processor, s",
        "peak, MB",
        "troubles",
    )
    median_s = statistics.median(runs)
    page_s, page_cpu_s = (statistics.median(each) for each in zip(*pages, strict=True))
    table.add_row(
        str(sessions), f"{first_s:.2f}", f"{median_s:.2f}", f"{max(runs):.2f}", f"{median_s / sessions * 1000:.3f}",
        f"{page_s:.2f}", f"{page_cpu_s:.2f}", f"{peak / 1e6:.0f}",
        str(sum(bool(line.trouble) for line in kept.sessions)),
    )  # fmt: skip
    Console().print(table)


if __name__ == "__main__":
    main()
