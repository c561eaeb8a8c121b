"""The command `review`: which report to write, where, and what to print."""

import webbrowser
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from posture_trainer.errors import WrongCall
from posture_trainer.progress import progress_bar
from posture_trainer.records.overview import overview
from posture_trainer.records.people import REPORT, known_patient
from posture_trainer.review.overview import (
    headline_table,
    overview_table,
    patient_lines,
    session_table,
)
from posture_trainer.review.report import patient_report, session_report


@dataclass(frozen=True)
class ReviewCall:
    """What was asked for. patient None: all of them, in one table."""

    data: Path
    patient: str | None = None
    session: str | None = None
    out: Path | None = None
    open_page: bool = False


def run_review(call: ReviewCall, console: Console) -> None:
    """Print the overview, or write one patient's report and print its headline figures. Raises UserError."""
    if call.patient is None:
        if call.session is not None or call.out is not None or call.open_page:
            raise WrongCall("--session, --out and --open need --patient CODE.")
        _print_overview(call.data, console)
        return
    patient = known_patient(call.data, call.patient)
    if call.session is None and not any((patient / "sessions").glob("*")):
        console.print(f"There are no sessions of {call.patient} yet.", markup=False, highlight=False)
        return
    out = call.out or patient / REPORT
    with progress_bar("Reading sessions", None, counted=True) as done:
        if call.session is not None:
            report = session_report(patient, call.session, out)
        else:
            report = patient_report(patient, out, done)
    console.print(session_table(call.patient, report.page.sessions))
    console.print(headline_table(report))
    print_line(console, f"Report: {report.path}")
    if call.open_page:
        webbrowser.open(report.path.resolve().as_uri())


def print_line(console: Console, words: str) -> None:
    """One line just as it is: a path is never broken."""
    console.print(words, markup=False, highlight=False, soft_wrap=True)


def _print_overview(data: Path, console: Console) -> None:
    with progress_bar("Reading summaries", None, counted=True) as done:
        seen = overview(data, done)
    for trouble in seen.troubles:
        print_line(console, trouble)
    if not seen.sessions:
        print_line(console, f"There are no records yet in {data}")
        return
    console.print(overview_table(patient_lines(seen)))
