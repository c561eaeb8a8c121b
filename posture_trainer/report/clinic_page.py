"""The page of a clinic: all patients in one table that can be sorted, with what needs a look first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from markupsafe import Markup

from posture_trainer import __version__
from posture_trainer.course.adherence import practice_words
from posture_trainer.course.injections import LEAST_EACH
from posture_trainer.course.told.flags import BEFORE_DAYS, LATELY_DAYS, Flag, Lately, judged_flags
from posture_trainer.errors import UserError
from posture_trainer.private_files import make_private_folder, write_private_file
from posture_trainer.records.clinic.glances import PatientGlance, clinic
from posture_trainer.records.injections import injections
from posture_trainer.report import html
from posture_trainer.report.definitions import WHAT_IT_IS_NOT
from posture_trainer.report.write import patient_report
from posture_trainer.words.figures import amount
from posture_trainer.words.harmless import plain_text

NAME = "patients.index.html"  # with a second point, which no patient's code has: no report can have this name


@dataclass(frozen=True)
class ClinicPage:
    """The page as written. patients, flagged: how many there are, and how many need a look. troubles: in words."""

    path: Path
    patients: int
    flagged: int
    troubles: tuple[str, ...]


@dataclass(frozen=True)
class _Cell:
    """A cell: what it says, and by what it is sorted. order: numbers and ISO days; '' comes last."""

    shown: str
    order: str = ""


def clinic_page(
    data: Path,
    out: Path,
    reports: bool = False,
    done: Callable[[int, int], None] = lambda _done, _of: None,
    made: datetime | None = None,
) -> ClinicPage:
    """Write the page of all patients to `out`; with `reports` each one's report beside it. Raises UserError.

    Whatever is wrong with one patient's record stands in its row and hides no other. done: told how many patients of
    how many have been read.
    """
    now = made or datetime.now(UTC)
    today = now.astimezone().date()
    found = clinic(data, today, (lambda _done, _of: None) if reports else done)
    make_private_folder(out)
    rows = []
    for count, patient in enumerate(found.patients, 1):
        wanted = reports and patient.line is not None
        more, failed = _report(data / "patients" / patient.code, out, today, now) if wanted else ((), "")
        rows.append(_row(patient, (*patient.flags, *more), failed, out, today))
        if reports:
            done(count, len(found.patients))
    rows.sort(key=lambda row: (-row["count"], row["code"]))
    flagged = sum(row["count"] > 0 for row in rows)
    path = out / NAME
    if not rows:
        return ClinicPage(path, 0, 0, found.troubles)
    script = html.shipped("clinic.js")
    text = html.filled(
        "clinic.html",
        policy=html.policy(script),
        style=Markup(html.fonts() + html.shipped("clinic.css")),  # our own files, not data
        script=Markup(script),
        rows=rows,
        flagged=flagged,
        troubles=[plain_text(each, 200) for each in found.troubles],
        reports=reports,
        lately_days=LATELY_DAYS,
        before_days=BEFORE_DAYS,
        least=LEAST_EACH,
        made=f"Made {now:%Y-%m-%d %H:%M} UTC by posture_trainer {__version__}.",
        what_it_is_not=WHAT_IT_IS_NOT,
    )
    try:
        write_private_file(path, text)
    except OSError as error:
        raise UserError(f"The page can't be written in {out} ({error.strerror or error}).") from error
    return ClinicPage(path, len(rows), flagged, found.troubles)


def _report(patient: Path, out: Path, today: date, now: datetime) -> tuple[tuple[Flag, ...], str]:
    """Write a patient's report; gives back what its judgement adds to the flags, or why there is none."""
    try:
        page = patient_report(patient, out, made=now).page
    except (ArithmeticError, LookupError, OSError, RecursionError, TypeError, UserError, ValueError) as error:
        return (), f"no report: {plain_text(error if isinstance(error, UserError) else type(error).__name__, 200)}"
    if page.answers is None:
        return (), ""
    days = injections(patient, (session.extras for session in page.sessions))
    return judged_flags(page.answers.judgement, days, today), ""


def _row(patient: PatientGlance, flags: tuple[Flag, ...], failed: str, out: Path, today: date) -> dict[str, Any]:
    line, href = patient.line, f"{patient.code}.html"
    injected = patient.injected
    return {
        "code": patient.code,
        "href": href if (out / href).is_file() and not failed else "",
        "flags": [{"kind": flag.kind.name.lower().replace("_", "-"), "words": flag.words} for flag in flags],
        "failed": failed,
        "count": len(flags) + bool(failed),
        "cells": (
            _day_cell(line.last_day if line is not None and line.last_day != "-" else ""),
            _Cell(practice_words(patient.practice), str(patient.practice.done)),
            _Cell(str(line.sessions), str(line.sessions)) if line is not None else _Cell("0", "0"),
            _Cell(f"{line.seen_s / 3600:.1f} h", f"{line.seen_s:.0f}") if line is not None else _Cell("–"),
            _lately_cell(patient.in_tolerance, "share"),
            _lately_cell(patient.hold_test, "s"),
            _lately_cell(patient.pain, "0–100"),
            _Cell("–") if injected is None else _Cell(f"{(today - injected).days // 7}", str((today - injected).days)),
        ),
    }


def _day_cell(day: str) -> _Cell:
    return _Cell(day or "–", day)


def _lately_cell(value: Lately, unit: str) -> _Cell:
    if value.now is None:
        return _Cell("–")
    was = "" if value.before is None else f" (was {amount(value.before, unit)})"
    return _Cell(f"{amount(value.now, unit)}{was}", f"{value.now:.6f}")
