"""What My progress shows: the last eight weeks of one person, read once, judged where the report is judged."""

from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np

from posture_trainer.course.adherence import WEEK_DAYS, Asked, asked_by_day, asked_in_week, dated_plans
from posture_trainer.course.answers_of_course import change_answer
from posture_trainer.course.judgement import Mark, judgement
from posture_trainer.course.measures import Domain
from posture_trainer.course.past_session import PastSession
from posture_trainer.course.practice_days import days_with_practice
from posture_trainer.course.week import monday
from posture_trainer.errors import UserError
from posture_trainer.pages.front.page import Week
from posture_trainer.pages.front.progress import WEEKS, ProgressSeen
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.records.past_sessions import past_sessions
from posture_trainer.records.people import patient_folder
from posture_trainer.session.front.at_home import asked_now
from posture_trainer.session.todays_plan import settings_of

_BAND = (25.0, 75.0)  # per cent: half of a week's sessions lie in it


def my_progress(data: Path, code: str, now: datetime) -> ProgressSeen:
    """Of that person; of nobody, an empty picture. Never raises for what is damaged."""
    if not code:
        return ProgressSeen(Mark.TOO_FEW, weeks_of([], now.date(), None))
    folder = patient_folder(data, code)
    settings = PatientSettings()
    asked: Asked | None = None
    try:
        settings = settings_of(folder)
        asked = asked_now(folder, settings)
    except UserError:
        pass  # home tells it; the records can be looked at all the same
    sessions = past_sessions(folder)
    mark, better = Mark.TOO_FEW, frozenset[Domain]()
    usable = [session for session in sessions if session.comparable]
    if usable:
        days = (*settings.injections, *([settings.last_injection] if settings.last_injection else []))
        told = judgement(sessions, usable[-1], sorted(days))
        mark = change_answer(told).mark
        better = frozenset(each.measure.domain for each in told.measures if each.mark is Mark.BETTER)
    return ProgressSeen(mark, weeks_of(sessions, now.date(), asked), settings.message, better)


def weeks_of(sessions: list[PastSession], today: date, asked: Asked | None) -> tuple[Week, ...]:
    """The last weeks, oldest first: the middle of each week's longest holds, and half of them around it.

    asked: this week, by the plan of now; the weeks before were asked by the plans that their sessions recorded.
    """
    practised, recorded = days_with_practice(sessions), dated_plans(sessions, today)
    found = []
    for back in reversed(range(WEEKS)):
        begun = monday(today) - timedelta(days=WEEK_DAYS * back)
        days = [begun + timedelta(days=number) for number in range(WEEK_DAYS)]
        longest = [hold for each in sessions if each.day in days and (hold := _longest_s(each)) is not None]
        low, middle, high = (
            (float(np.percentile(longest, share)) for share in (_BAND[0], 50.0, _BAND[1]))
            if longest
            else (None, None, None)
        )
        of = asked_in_week(asked_by_day(recorded, days[0], days[-1]) if back else [asked])
        found.append(Week(middle, low, high, sum(day in practised for day in days if day <= today), of or 0))
    return tuple(found)


def _longest_s(session: PastSession) -> float | None:
    figures = session.figures
    return figures.longest_hold_s if figures is not None and figures.seen_s > 0 else None
