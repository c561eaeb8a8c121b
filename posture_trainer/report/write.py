"""Writes the report: one page, the CSV files with its numbers, and Plotly's script once for the folder."""

import base64
import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from posture_trainer import __version__, shipped_files
from posture_trainer.course.answers import answers
from posture_trainer.errors import UserError
from posture_trainer.private_files import make_private_folder, write_private_file
from posture_trainer.records.injections import injections
from posture_trainer.records.past_sessions import past_session, past_sessions
from posture_trainer.report.charts.parts import Chart
from posture_trainer.report.csv_tables import excursion_rows, figure_rows, session_rows, spectrum_rows, trial_rows
from posture_trainer.report.definitions import DEFINITIONS, WHAT_IT_IS_NOT
from posture_trainer.report.page import Page, newest
from posture_trainer.report.sections.exercises import exercise_definitions
from posture_trainer.report.sections.glance import glance
from posture_trainer.report.sections.session import one_session
from posture_trainer.report.sections.tremor import tremor_section
from posture_trainer.report.sections.trend import trend
from posture_trainer.report.sections.trust import trust
from posture_trainer.report.sections.widened import widened
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
    page = Page(patient.name, sessions, newest(sessions))
    days = injections(patient, (session.extras for session in sessions))
    if page.detail is not None:
        page.answers = answers(sessions, page.detail, days, (made or datetime.now(UTC)).date())
    return _write(page, out, patient.name, lambda: trend(page, days), made)


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
    return _write(page, out, f"{patient.name}-{name}", lambda: {"single": True, "injections": []}, made)


def _write(page: Page, out: Path, stem: str, weeks: Callable[[], dict[str, Any]], made: datetime | None) -> Report:
    trusted, at_a_glance = trust(page), glance(page)
    detail, told_tremor, trend_shown = one_session(page), tremor_section(page), weeks()
    now = made or datetime.now(UTC)
    patient = page.sessions[0].folder.parent.parent
    wider = widened(page, patient)
    script = _shipped("report.js")
    html = _template().render(
        code=page.code,
        policy=_policy(script),
        style=Markup(_fonts() + _shipped("report.css")),  # our own files, not data
        script=Markup(script),
        what_it_is_not=WHAT_IT_IS_NOT,
        made=f"Made {now:%Y-%m-%d %H:%M} UTC by posture_trainer {__version__}.",
        detail=page.detail,
        trust=trusted,
        widened=wider,
        glance=at_a_glance,
        session=detail,
        tremor=told_tremor,
        trend=trend_shown,
        charts={name: {"described": each["described"], "json": _json(each)} for name, each in page.charts.items()},
        definitions=DEFINITIONS,
        exercise_definitions=exercise_definitions(page.detail.extras.exercises) if page.detail else [],
    )
    _make_folder(out, patient)
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
        _put_plotly(out / "plotly.min.js")
        write_private_file(out / f"{stem}.html", html)
    except OSError as error:
        raise UserError(f"The report can't be written in {out} ({error.strerror or error}).") from error
    return Report(out / f"{stem}.html", beside, page, at_a_glance)


def _make_folder(out: Path, patient: Path) -> None:
    """The folder for the report; that of a record which was deleted meanwhile is not made anew. Raises UserError."""
    if out.parent != patient:
        make_private_folder(out)
        return
    try:
        out.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise UserError(f"I can't make the folder {out} ({error.strerror}).") from error


def _template() -> Any:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.from_string(_shipped("report.html"))


def _shipped(name: str) -> str:
    return shipped_files.report_template(name).read_text(encoding="utf-8")


def _json(chart: Chart) -> Markup:
    """A chart as JSON that can't end the script element it stands in, whatever text is in it."""
    text = json.dumps({"data": chart["data"], "layout": chart["layout"]}, allow_nan=False, separators=(",", ":"))
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # nothing in it can be markup any more


def _policy(script: str) -> str:
    """What the page may load: Plotly beside it and its own script, and nothing from any network."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'self' file: 'sha256-{digest}'; style-src 'unsafe-inline'; "
        "font-src data:; img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _fonts() -> str:
    faces = []
    for name, weight in (("Regular", 400), ("Bold", 700)):
        data = base64.b64encode(shipped_files.font(name).read_bytes()).decode()
        source = f'url("data:font/ttf;base64,{data}")'
        faces.append(f'@font-face {{ font-family: "Atkinson Hyperlegible"; font-weight: {weight}; src: {source}; }}\n')
    return "".join(faces)


def _put_plotly(path: Path) -> None:
    """Plotly's own script, once for the folder."""
    script = files("plotly").joinpath("package_data", "plotly.min.js").read_text(encoding="utf-8")
    if not path.exists() or path.stat().st_size != len(script.encode()):
        write_private_file(path, script)


def _csv(rows: Iterable[Iterable[Any]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([csv_cell(cell) for cell in row] for row in rows)
    return text.getvalue()
