"""The page that a patient takes to the doctor: one sheet of A4 in plain words, with one picture."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from markupsafe import Markup

from posture_trainer import __version__
from posture_trainer.course.answers import answers
from posture_trainer.course.beside.desk_days import desk_days
from posture_trainer.course.judgement import Mark
from posture_trainer.course.told.beside import beside_words
from posture_trainer.course.told.patient import patient_words
from posture_trainer.errors import UserError
from posture_trainer.private_files import write_private_file
from posture_trainer.records.beside.desk import read_desk
from posture_trainer.records.beside.diary import read_diary
from posture_trainer.records.injections import injections
from posture_trainer.records.past_sessions import past_sessions
from posture_trainer.report import html
from posture_trainer.report.charts import course_picture as picture
from posture_trainer.report.letterhead import letterhead
from posture_trainer.report.page import newest
from posture_trainer.words.figures import day_words

_CARE = "The figures of this time are to be read with care; the full report says why."


def patient_page(
    patient: Path, out: Path, done: Callable[[int, int], None] = lambda _done, _of: None, made: datetime | None = None
) -> Path:
    """Write the page of the patient in that folder to `out`; gives back its path. Raises UserError."""
    sessions = past_sessions(patient, done)
    latest = newest(sessions)
    if latest is None:
        raise UserError(f"There are no sessions of {patient.name} that a page could be made of yet.")
    today = (made or datetime.now().astimezone()).date()
    days = injections(patient, (session.extras for session in sessions))
    told = answers(sessions, latest, days, today)
    head = letterhead(patient)
    text = html.filled(
        "patient.html",
        code=patient.name,
        policy=html.policy(logo=bool(head.logo)),
        head=head,
        style=Markup(html.fonts() + html.shipped("patient.css")),  # our own files, not data
        period=_period([session.day for session in sessions if session.day is not None and not session.refused]),
        words=patient_words(told, sessions, days, today),
        beside=beside_words(
            read_diary(patient), desk_days(each for run in read_desk(patient) for each in run.minutes), today
        ),
        picture=picture.course_picture(sessions, latest, days),
        width=picture.WIDTH,
        height=picture.HEIGHT,
        left=picture.LEFT,
        right=picture.RIGHT,
        top=picture.TOP,
        bottom=picture.BOTTOM,
        care="" if told.trust.mark is Mark.BETTER else _CARE,
        made=f"Made {day_words(today)} by posture_trainer {__version__}.",
    )
    html.make_folder(out, patient)
    path = out / f"{patient.name}-for-patient.html"
    try:
        write_private_file(path, text)
    except OSError as error:
        raise UserError(f"The page can't be written in {out} ({error.strerror or error}).") from error
    return path


def _period(days: list[date]) -> str:
    """From when to when there was practice."""
    if not days:
        return ""
    return f"Practice from {day_words(min(days))} to {day_words(max(days))}."
