"""All patients with what stands out in each, from the summaries and from headers and events of the last weeks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from posture_trainer.course.adherence import AskedAndDone
from posture_trainer.course.extras import Extras, day_of, ratings_of, session_extras
from posture_trainer.course.patients import PatientLine, SessionLine, patient_lines
from posture_trainer.course.practice_days import days_with_practice
from posture_trainer.course.session_day import session_begun, session_day
from posture_trainer.course.told.flags import Flag, FlagKind, Lately, LatelySession, flags, is_lately, lately
from posture_trainer.course.trust import crooked_words
from posture_trainer.records.clinic.overview import overview
from posture_trainer.records.clinic.practice import practice_of
from posture_trainer.records.injections import injections
from posture_trainer.records.people import patient_codes
from posture_trainer.records.session_reader import read_events, read_object
from posture_trainer.words.harmless import plain_text


@dataclass(frozen=True)
class PatientGlance:
    """One patient. line: what the summaries add up to, None without a session. practice: asked against done in the last
    28 days. in_tolerance, hold_test, pain: of the last weeks. injected: the last injection. trouble: '' if nothing."""

    code: str
    line: PatientLine | None
    practice: AskedAndDone
    in_tolerance: Lately
    hold_test: Lately
    pain: Lately
    injected: date | None
    flags: tuple[Flag, ...]
    trouble: str = ""


@dataclass(frozen=True)
class Clinic:
    """All patients, by code. troubles: what else could not be read, in words."""

    patients: tuple[PatientGlance, ...]
    troubles: tuple[str, ...]


def clinic(data: Path, today: date, done: Callable[[int, int], None] = lambda _done, _of: None) -> Clinic:
    """Look at all patients of a data folder. Never raises for what is damaged there: it is told."""
    seen = overview(data, done)
    by_code = {code: list(each) for code, each in groupby(seen.sessions, key=lambda line: line.patient)}
    lines = {line.code: line for line in patient_lines(seen)}
    found = []
    for code in sorted({*by_code, *patient_codes(data)}):
        try:
            found.append(_glance(data / "patients" / code, lines.get(code), by_code.get(code, []), today))
        except (ArithmeticError, LookupError, OSError, RecursionError, TypeError, ValueError) as error:
            nothing = Lately(None, None)
            trouble = f"can't be looked at ({plain_text(type(error).__name__, 40)})"
            flag = Flag(FlagKind.DAMAGED, trouble)
            found.append(
                PatientGlance(
                    code, lines.get(code), AskedAndDone(0, None), nothing, nothing, nothing, None, (flag,), trouble
                )
            )
    return Clinic(tuple(found), seen.troubles)


def _glance(patient: Path, line: PatientLine | None, sessions: list[SessionLine], today: date) -> PatientGlance:
    days = {each.practice_day for each in sessions if each.practice_day is not None and not each.wrong_date}
    last = max(days, default=None)
    read = [_read(each, day) for each in sessions if (day := _day(each)) is not None and is_lately(day, last or day)]
    practised = [each for each in read if each.line.practice_day is not None]
    known = [_lately(each) for each in practised]
    unwell = [each.day for each in read if each.unwell]
    injected = [day for day in injections(patient, (each.extras for each in read)) if day <= today]
    crooked = crooked_words(practised[-1].header) if practised else None
    counted = max((day for day in days_with_practice(sessions) if day <= today), default=None)
    found = flags(known, unwell, injected, crooked, counted, today)
    trouble = _trouble(line)
    if trouble:
        found = (*found, Flag(FlagKind.DAMAGED, trouble))
    return PatientGlance(
        code=patient.name,
        line=line,
        practice=practice_of(sessions, today, {each.line.folder: each.header for each in read}),
        in_tolerance=lately(known, lambda each: each.in_tolerance_share, one_baseline=True),
        hold_test=lately(known, lambda each: each.hold_test_s),
        pain=lately(known, lambda each: each.pain),
        injected=injected[-1] if injected else None,
        flags=found,
        trouble=trouble,
    )


@dataclass(frozen=True)
class _Read:
    """A session of the last weeks. extras: only ratings, hold test and injection. unwell: the patient said so."""

    line: SessionLine
    day: date
    header: dict[str, Any]
    extras: Extras
    unwell: bool


def _read(line: SessionLine, day: date) -> _Read:
    header, events = read_object(line.folder / "session.json"), list(read_events(line.folder))
    exercises = line.summary.exercises if line.summary is not None else None
    extras = (
        session_extras(header, events)  # of before, or the mirror alone: the events tell
        if exercises is None
        else Extras(ratings_of(events), [], exercises, [], [], day_of(header.get("last_injection")))
    )
    return _Read(line, day, header, extras, any(event["event"] == "unwell" for event in events))


def _day(line: SessionLine) -> date | None:
    """The day of a session; also of one that was refused, which is no practice."""
    if line.wrong_date:
        return None
    if line.practice_day is not None or line.summary is None:
        return line.practice_day
    return session_day(session_begun(line.session, {}), line.summary.utc_offset_s)


def _lately(read: _Read) -> LatelySession:
    stored = read.header.get("baseline")
    taken = stored.get("created_utc") if isinstance(stored, dict) else None
    return LatelySession(
        day=read.day,
        baseline=plain_text(taken or "", 40),
        in_tolerance_share=read.line.in_tolerance_share,
        hold_test_s=read.extras.hold_test_s,
        pain=read.extras.ratings.get(("pain", "before")),
    )


def _trouble(line: PatientLine | None) -> str:
    """What is wrong with the records of a patient, in words."""
    if line is None:
        return ""
    parts = ((line.without_summary, "cut off or damaged"), (line.wrong_dates, "dated in the future"))
    return ", ".join(f"{number} session{'s' * (number > 1)} {what}" for number, what in parts if number)
