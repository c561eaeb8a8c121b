"""The command `review`: which report to write, where, and what to print."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from posture_trainer.cli.options import DataDir, Patient
from posture_trainer.errors import WrongCall

if TYPE_CHECKING:
    from rich.console import Console


def review(
    context: typer.Context,
    patient: Patient = None,
    session: Annotated[
        str | None, typer.Option("--session", help="One session alone, by its folder's name.", show_default=False)
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for the report (the patient's).", show_default=False)
    ] = None,
    open_page: Annotated[bool, typer.Option("--open", help="Open the report in the browser.")] = False,
    data_dir: DataDir = None,
) -> None:
    """What the session logs say: a table of all patients, or a report about one.

    Example: posture-trainer review --patient anna-1 --open
    """
    from posture_trainer.records.people import checked_code, data_folder
    from posture_trainer.terminal.console import PlainConsole

    data = data_folder(data_dir or context.obj)
    if patient is not None:
        _review_patient(data, checked_code(patient), session, out, open_page, PlainConsole())
    elif session is not None or out is not None or open_page:
        raise WrongCall("--session, --out and --open need --patient CODE.")
    else:
        _review_all(data, PlainConsole())


def _review_patient(
    data: Path, code: str, session: str | None, out: Path | None, open_page: bool, console: "Console"
) -> None:
    """Write one patient's report and print its headline figures."""
    import webbrowser

    from posture_trainer.progress import progress_bar
    from posture_trainer.records.people import REPORT, known_patient, session_folders
    from posture_trainer.report.terminal import answer_lines, headline_table, session_table
    from posture_trainer.report.write import patient_report, session_report

    patient = known_patient(data, code)
    if session is None and not session_folders(patient):
        _print_line(console, f"There are no sessions of {code} yet.")
        return
    place = out or patient / REPORT
    with progress_bar("Reading sessions", None, counted=True) as done:
        report = session_report(patient, session, place) if session else patient_report(patient, place, done)
    console.print(session_table(code, report.page.sessions))
    console.print(headline_table(report))
    for line in answer_lines(report):
        _print_line(console, line)
    _print_line(console, f"Report: {report.path}")
    if open_page:
        webbrowser.open(report.path.resolve().as_uri())


def _review_all(data: Path, console: "Console") -> None:
    """Print the overview of all patients."""
    from posture_trainer.course.patients import patient_lines
    from posture_trainer.progress import progress_bar
    from posture_trainer.records.overview import overview
    from posture_trainer.report.terminal import overview_table

    with progress_bar("Reading summaries", None, counted=True) as done:
        seen = overview(data, done)
    for trouble in seen.troubles:
        _print_line(console, trouble)
    if not seen.sessions:
        _print_line(console, f"There are no records yet in {data}")
        return
    console.print(overview_table(patient_lines(seen)))


def _print_line(console: "Console", words: str) -> None:
    """One line just as it is: a path is never broken."""
    console.print(words, markup=False, highlight=False, soft_wrap=True)
