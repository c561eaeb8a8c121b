"""The command `review`: which report to write, where, and what to print."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

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
    for_patient: Annotated[
        bool, typer.Option("--for-patient", help="One sheet in plain words, for the patient to take to the doctor.")
    ] = False,
    everybody: Annotated[
        bool, typer.Option("--all", help="All patients; with --out as a page that can be sorted.")
    ] = False,
    reports: Annotated[bool, typer.Option("--reports", help="With --all: each patient's report beside it.")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for what is written (the patient's).", show_default=False)
    ] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="Print it to a PDF too: needs Chromium, Chrome or Edge.")] = False,
    open_page: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    data_dir: DataDir = None,
) -> None:
    """What the session logs say: a table of all patients, or a report about one.

    Example: posture-trainer review --patient anna-1 --open
    """
    from posture_trainer.records.people import checked_code, data_folder
    from posture_trainer.terminal.console import PlainConsole

    data = data_folder(data_dir or context.obj)
    if patient is not None:
        if everybody or reports:
            raise WrongCall("--patient is about one patient, --all and --reports are about all of them.")
        if session is not None and for_patient:
            raise WrongCall("--for-patient is about all sessions: it does not go with --session.")
        wanted = _Wanted(session, for_patient, out, pdf, open_page)
        _review_patient(data, checked_code(patient), wanted, PlainConsole())
    elif session is not None or for_patient or pdf:
        raise WrongCall("--session, --for-patient and --pdf need --patient CODE.")
    elif everybody and out is not None:
        _review_clinic(data, out, reports, open_page, PlainConsole())
    elif out is not None or open_page or reports:
        raise WrongCall("--out and --open need --patient CODE or --all, --reports needs --all and --out DIR.")
    else:
        _review_all(data, PlainConsole())


class _Wanted(NamedTuple):  # made faster than a dataclass, and every command waits for it
    """What is to be made of one patient's record."""

    session: str | None
    for_patient: bool
    out: Path | None
    pdf: bool
    open_page: bool


def _review_patient(data: Path, code: str, wanted: _Wanted, console: "Console") -> None:
    """Write what is wanted of one patient, and say where it is."""
    import webbrowser

    from posture_trainer.records.people import REPORT, known_patient, session_folders

    patient = known_patient(data, code)
    if wanted.session is None and not session_folders(patient):
        _print_line(console, f"There are no sessions of {code} yet.")
        return
    place = wanted.out or patient / REPORT
    path = (
        _page_for_patient(patient, place, console)
        if wanted.for_patient
        else _report(patient, wanted.session, place, console)
    )
    if wanted.open_page:
        webbrowser.open(path.resolve().as_uri())
    if wanted.pdf:
        from posture_trainer.report.pdf import print_page

        _print_line(console, f"PDF: {print_page(path)}")


def _report(patient: Path, session: str | None, place: Path, console: "Console") -> Path:
    """Write one patient's report and print its headline figures."""
    from posture_trainer.progress import progress_bar
    from posture_trainer.report.terminal import answer_lines, headline_table, session_table
    from posture_trainer.report.write import patient_report, session_report

    with progress_bar("Reading sessions", None, counted=True) as done:
        report = session_report(patient, session, place) if session else patient_report(patient, place, done)
    console.print(session_table(patient.name, report.page.sessions))
    console.print(headline_table(report))
    for line in answer_lines(report):
        _print_line(console, line)
    _print_line(console, f"Report: {report.path}")
    return report.path


def _page_for_patient(patient: Path, place: Path, console: "Console") -> Path:
    """Write the sheet for the patient."""
    from posture_trainer.progress import progress_bar
    from posture_trainer.report.patient_page import patient_page

    with progress_bar("Reading sessions", None, counted=True) as done:
        path = patient_page(patient, place, done)
    _print_line(console, f"For the patient: {path}")
    return path


def _review_clinic(data: Path, out: Path, reports: bool, open_page: bool, console: "Console") -> None:
    """Write the page of all patients."""
    import webbrowser

    from posture_trainer.progress import progress_bar
    from posture_trainer.report.clinic_page import clinic_page

    with progress_bar("Reading patients", None, counted=True) as done:
        written = clinic_page(data, out, reports=reports, done=done)
    for trouble in written.troubles:
        _print_line(console, trouble)
    if not written.patients:
        _print_line(console, f"There are no records yet in {data}")
        return
    _print_line(console, f"{written.patients} patients, {written.flagged} to look at: {written.path}")
    if open_page:
        webbrowser.open(written.path.resolve().as_uri())


def _review_all(data: Path, console: "Console") -> None:
    """Print the overview of all patients."""
    from datetime import datetime

    from posture_trainer.course.patients import patient_lines
    from posture_trainer.progress import progress_bar
    from posture_trainer.records.clinic.overview import overview
    from posture_trainer.records.clinic.practice import practice_of_all
    from posture_trainer.report.terminal import overview_table

    with progress_bar("Reading summaries", None, counted=True) as done:
        seen = overview(data, done)
    for trouble in seen.troubles:
        _print_line(console, trouble)
    if not seen.sessions:
        _print_line(console, f"There are no records yet in {data}")
        return
    practice = practice_of_all(seen, datetime.now().astimezone().date())
    console.print(overview_table(patient_lines(seen), practice))


def _print_line(console: "Console", words: str) -> None:
    """One line just as it is: a path is never broken."""
    console.print(words, markup=False, highlight=False, soft_wrap=True)
