"""How long each kind of export takes, how large it gets and how much memory it needs.

python bench/export.py DATA      DATA: made by scripts/make_clinic.py; only sessions with samples are counted
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from posture_trainer.exchange.tables.chosen import Chosen
from posture_trainer.exchange.tables.write import export_tables
from posture_trainer.records.people import patient_codes, session_folders

KINDS = ("zip", "import", "csv", "parquet", "bids")


def main() -> None:
    """Each kind in a process of its own, so that the memory is its own."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--kind", choices=KINDS)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    if arguments.kind:
        _one(arguments.data, arguments.kind, arguments.out)
        return
    table = Table("", "sessions", "samples, MB", "s", "MB/s", "written, MB", "peak memory, MB")
    with tempfile.TemporaryDirectory(dir=arguments.data.absolute().parent) as place:
        for kind in KINDS:
            call = [sys.executable, __file__, str(arguments.data), "--kind", kind, "--out", place]
            done = subprocess.run(call, check=True, capture_output=True, text=True)
            sessions, size_mb, took_s, written_mb, peak_mb = map(float, done.stdout.split())
            speed = f"{took_s:.1f}", f"{size_mb / took_s:.0f}"
            table.add_row(kind, f"{sessions:.0f}", f"{size_mb:.0f}", *speed, f"{written_mb:.0f}", f"{peak_mb:.0f}")
    Console().print(table)


def _one(data: Path, kind: str, out: Path) -> None:
    from posture_trainer.exchange.archive.take_in import import_archive
    from posture_trainer.exchange.archive.write import export_patient

    codes = patient_codes(data)
    chosen = [(code, each) for code in codes for each in session_folders(data / "patients" / code)]
    if kind in ("zip", "import"):
        chosen = [each for each in chosen if each[0] == codes[0]]
    else:
        chosen = [each for each in chosen if (each[1] / "samples.csv").exists()]
    with_samples = [place / "samples.csv" for _, place in chosen if (place / "samples.csv").exists()]
    began_s = time.perf_counter()
    target = out / ("one.zip" if kind == "zip" else kind)
    if kind == "zip":
        export_patient(data, codes[0], target)
    elif kind == "import":
        import_archive(target, out / "one.zip")
    else:
        export_tables(Chosen(tuple(chosen)), target, kind)
    took_s = time.perf_counter() - began_s
    written = sum(each.stat().st_size for each in [target, *target.rglob("*")] if each.is_file())
    size = sum(each.stat().st_size for each in with_samples)
    peak_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(len(chosen), size / 1e6, took_s, written / 1e6, peak_kb / 1000)


if __name__ == "__main__":
    main()
