"""CSV tables over all patients: samples.csv, sessions.csv, trials.csv; diary.csv and desk.csv where there are any."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from posture_trainer.exchange.tables.beside_rows import beside_tables
from posture_trainer.exchange.tables.chosen import Chosen, TablesResult
from posture_trainer.exchange.tables.sample_rows import all_columns, patient_prefix, read_rows
from posture_trainer.exchange.tables.session_rows import SESSION_COLUMNS, session_row
from posture_trainer.exchange.tables.trial_figures import TRIAL_COLUMNS, trial_rows
from posture_trainer.private_files import open_private
from posture_trainer.progress import Advance


def write(chosen: Chosen, folder: Path, progress: Advance) -> TablesResult:
    """Fill the folder; the rows of one session at a time are in memory."""
    columns = all_columns(place for _, place in chosen.sessions)
    rows, troubles = 0, []
    with (
        open_private(folder / "samples.csv") as samples,
        open_private(folder / "sessions.csv") as sessions,
        open_private(folder / "trials.csv") as trials,
    ):
        samples.write(",".join(("patient", "session", *columns)).encode() + b"\n")
        sessions.write(",".join(SESSION_COLUMNS).encode() + b"\n")
        trials.write(",".join(TRIAL_COLUMNS).encode() + b"\n")
        for patient, place in chosen.sessions:
            about = session_row(patient, place)
            trouble = about.trouble
            sessions.write(csv_lines([about.values]))
            trials.write(csv_lines(trial_rows(patient, place)))
            try:
                found = read_rows(place, columns)
            except OSError:
                trouble = trouble or "samples.csv can't be read"
            else:
                prefix = patient_prefix(patient, place.name)
                lines = found.text.split("\n")[:-1]
                samples.write("".join(f"{prefix}{each}\n" for each in lines).encode())
                rows += found.rows
                if found.left_out:
                    trouble = trouble or f"{found.left_out} damaged rows"
            if trouble:
                troubles.append(f"{patient}/{place.name} ({trouble})")
            progress(1)
    _beside(chosen, folder)
    return TablesResult(len(chosen.sessions), rows, tuple(troubles))


def _beside(chosen: Chosen, folder: Path) -> None:
    """The diary and the days at the desk, where there are any."""
    for name, rows in beside_tables(chosen.patients):
        with open_private(folder / f"{name}.csv") as file:
            file.write(csv_lines(rows))


def csv_lines(rows: Iterable[Iterable[Any]]) -> bytes:
    """The rows as lines of CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()
