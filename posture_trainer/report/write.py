"""Writes the report: one page that needs nothing but itself, and the CSV files with its numbers."""

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from markupsafe import Markup

from posture_trainer import __version__
from posture_trainer.course.adherence import calendar_days
from posture_trainer.course.answers import answers
from posture_trainer.errors import UserError
from posture_trainer.private_files import write_private_file
from posture_trainer.records.injections import injections
from posture_trainer.records.past_sessions import past_session, past_sessions
from posture_trainer.report import html
from posture_trainer.report.csv_tables import excursion_rows, figure_rows, session_rows, spectrum_rows, trial_rows
from posture_trainer.report.definitions import DEFINITIONS, ON_PAPER, WHAT_IT_IS_NOT
from posture_trainer.report.letterhead import letterhead
from posture_trainer.report.page import Page, newest
from posture_trainer.report.sections.all_day import all_day
from posture_trainer.report.sections.exercises import exercise_definitions
from posture_trainer.report.sections.glance import glance
from posture_trainer.report.sections.measured import measured
from posture_trainer.report.sections.practice import practice
from posture_trainer.report.sections.session import one_session
from posture_trainer.report.sections.tremor import tremor_section
from posture_trainer.report.sections.trend import trend
from posture_trainer.report.sections.trust import trust
from posture_trainer.report.sections.widened import widened
from posture_trainer.words.figures import day_words
from posture_trainer.words.harmless import csv_cell


@dataclass(frozen=True)
class Report:
    """A report as written: the page, the files beside it, and what it is made of."""

    path: Path
    beside: list[Path]
    page: Page
    glance: dict[str, Any]


def patient_report(
    patient: Path, out: Path, done: Callable[[int, int], None] = lambda _done, _of: None, made: datetime | None = None
) -> Report:
    """The report over all sessions of the patient in that folder. Raises UserError."""
    sessions = past_sessions(patient, done)
    if not sessions:
        raise UserError(f"There are no sessions yet in {patient}.")
    page, today = Page(patient.name, sessions, newest(sessions)), (made or datetime.now().astimezone()).date()
    page.injections = injections(patient, (session.extras for session in sessions))
    page.days = calendar_days(sessions, today)
    if page.detail is not None:
        page.answers = answers(sessions, page.detail, page.injections, today)
    return _write(page, out, patient.name, made)


def session_report(patient: Path, name: str, out: Path, made: datetime | None = None) -> Report:
    """The report of one session alone, by the name of its folder. Raises UserError."""
    folder = patient / "sessions" / name
    if folder not in (patient / "sessions").glob("*"):
        raise UserError(f"There is no session {name!r} of {patient.name}. Names are those of the folders in sessions.")
    session = past_session(folder)
    page = Page(patient.name, [session], session if session.figures is not None and session.figures.frames else None)
    page.whole = False
    if page.detail is not None:
        page.answers = answers([session], session, [], (made or datetime.now(UTC)).date())
    return _write(page, out, f"{patient.name}-{name}", made)


def _write(page: Page, out: Path, stem: str, made: datetime | None) -> Report:
    at_a_glance = glance(page)
    patient = page.sessions[0].folder.parent.parent
    wider = widened(page, patient)
    course = (practice(page), trend(page, wider["dated"]), measured(page)) if page.whole else (None, None, None)
    detail, told_tremor, trusted = one_session(page), tremor_section(page), trust(page)
    now = made or datetime.now(UTC)
    head = letterhead(patient)
    beside_practice = all_day(page, patient) if page.whole else {"any": False}
    text = html.filled(
        "report.html",
        code=page.code,
        policy=html.policy(logo=bool(head.logo)),
        head=head,
        style=Markup(html.fonts() + html.shipped("report.css")),  # our own files, not data
        what_it_is_not=WHAT_IT_IS_NOT,
        made=f"Made {now:%Y-%m-%d %H:%M} UTC by posture_trainer {__version__}.",
        dates=_dates(page),
        detail=page.detail,
        whole=page.whole,
        trust=trusted,
        widened=wider,
        glance=at_a_glance,
        practice=course[0],
        trend=course[1],
        measured=course[2],
        all_day=beside_practice,
        session=detail,
        tremor=told_tremor,
        charts=page.charts,
        definitions=DEFINITIONS,
        on_paper=ON_PAPER,
        exercise_definitions=exercise_definitions(page.detail.extras.exercises) if page.detail else [],
    )
    html.make_folder(out, patient)
    tables = {
        "figures": figure_rows(page.ledger),
        "sessions": session_rows(page.sessions),
        "trials": trial_rows(page.detail),
        "excursions": excursion_rows(page.excursions),
        "spectrum": spectrum_rows(page.spectrum),
    }
    beside = [out / f"{stem}-{name}.csv" for name in tables]
    try:
        for path, rows in zip(beside, tables.values(), strict=True):
            write_private_file(path, _csv(rows))
        write_private_file(out / f"{stem}.html", text)
    except OSError as error:
        raise UserError(f"The report can't be written in {out} ({error.strerror or error}).") from error
    return Report(out / f"{stem}.html", beside, page, at_a_glance)


def _dates(page: Page) -> str:
    """How many sessions, from when to when."""
    days = [session.day for session in page.sessions if session.day is not None]
    count = f"{len(page.sessions)} session{'s' if len(page.sessions) > 1 else ''}"
    ends = [day_words(each) for each in dict.fromkeys((min(days), max(days)))] if days else []
    return f"{count}, {' to '.join(ends)}" if ends else count


def _csv(rows: Iterable[Iterable[Any]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([csv_cell(cell) for cell in row] for row in rows)
    return text.getvalue()
