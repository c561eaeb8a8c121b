"""How long one patient's report takes, and how much memory: nothing kept, and again with the figures kept.

python bench/report.py DATA [--patient CODE] [--runs N]      DATA: made by scripts/make_clinic.py

Each run is a process of its own. The anchor is the bare reading of the same samples.csv files, one after the other:
by pyarrow (which uses all cores) and by Python's csv. No statistics, no page. Processor time says more than the
clock where other work is going on.
"""

import argparse
import csv
import multiprocessing
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from posture_trainer.records.people import REVIEW_FIGURES


@dataclass(frozen=True)
class Measured:
    """One run: by the clock, by the processors together, and the most memory it held."""

    time_s: float
    processor_s: float
    peak_bytes: float


def main() -> None:
    """Measure and print the table; the page goes to a temporary folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--patient", help="by default the first one")
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    patients = arguments.data / "patients"
    patient = patients / (arguments.patient or min(place.name for place in patients.iterdir()))
    samples = sorted(patient.glob("sessions/*/samples.csv"))
    size = sum(path.stat().st_size for path in samples)
    print(f"{patient.name}: {len(samples)} sessions, {size / 1e6:.0f} MB of samples")
    works: list[tuple[str, Callable[..., None], Any]] = [
        ("report, nothing kept", _first_report, patient),
        ("report, figures kept", _report, patient),
        ("anchor: pyarrow", _with_pyarrow, samples),
        ("anchor: csv", _with_csv, samples),
    ]
    rounds: dict[str, list[Measured]] = {}
    for _ in range(arguments.runs):  # in turns, so that what else the machine does falls on all alike
        for name, work, what in works:
            measured = _measured(work, what)
            if measured is not None:
                rounds.setdefault(name, []).append(measured)
    table = Table("", "median, s", "fastest, s", "slowest, s", "processor, s", "peak memory, MB", "MB/s")
    for name, found in rounds.items():
        times_s = [each.time_s for each in found]
        median_s = statistics.median(times_s)
        table.add_row(
            name, f"{median_s:.1f}", f"{min(times_s):.1f}", f"{max(times_s):.1f}",
            f"{statistics.median(each.processor_s for each in found):.1f}",
            f"{max(each.peak_bytes for each in found) / 1e6:.0f}", f"{size / 1e6 / median_s:.0f}",
        )  # fmt: skip
    Console().print(table)


def _first_report(patient: Path) -> None:
    (patient / REVIEW_FIGURES).unlink(missing_ok=True)
    _report(patient)


def _report(patient: Path) -> None:
    from posture_trainer.review.report import patient_report

    with tempfile.TemporaryDirectory() as out:
        patient_report(patient, Path(out))


def _with_pyarrow(samples: list[Path]) -> None:
    read_csv = import_module("pyarrow.csv").read_csv
    for path in samples:
        read_csv(path)


def _with_csv(samples: list[Path]) -> None:
    for path in samples:
        with path.open(encoding="utf-8", newline="") as file:
            for _ in csv.reader(file):
                pass


def _measured(work: Callable[..., None], what: Any) -> Measured | None:
    """A fresh process doing this work; None if it can't."""
    context = multiprocessing.get_context("spawn")
    got, sent = context.Pipe(duplex=False)
    process = context.Process(target=_told, args=(work, what, sent))
    began_s = time.perf_counter()
    process.start()
    process.join()
    time_s = time.perf_counter() - began_s
    return Measured(time_s, *got.recv()) if process.exitcode == 0 else None


def _told(work: Callable[..., None], what: Any, sent: Any) -> None:
    try:
        work(what)
    except ImportError:
        raise SystemExit(1) from None
    used = resource.getrusage(resource.RUSAGE_SELF)
    sent.send((used.ru_utime + used.ru_stime, used.ru_maxrss * 1024))  # Linux tells the peak in KiB


if __name__ == "__main__":
    main()
