"""My progress and the end of a session: from the records themselves, in the report's own judgement."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from posture_trainer.course.adherence import Asked
from posture_trainer.course.judgement import Mark
from posture_trainer.course.measures import Domain
from posture_trainer.course.patients import SessionLine
from posture_trainer.course.week import done, week_days
from posture_trainer.pages.front.end import EndSeen, end_view
from posture_trainer.pages.front.progress import EASIER, NEARER, TITLES, ProgressSeen, progress_view
from posture_trainer.plans.expand import session_today
from posture_trainer.plans.how_long import about_minutes
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.plans.plan import load_plan
from posture_trainer.session.front.my_progress import weeks_of

TODAY = date(2026, 3, 4)  # a Wednesday
WEEK = (True, True, False, False, False, False, False)


def line(day: date, seen_s: float = 300.0) -> SessionLine:
    return SessionLine("anna-1", f"{day}", Path("nowhere"), None, "", day, neutral_s=seen_s)


def test_the_week_begins_on_monday_and_a_day_counts_once() -> None:
    lines = [line(TODAY), line(TODAY), line(TODAY - timedelta(1)), line(TODAY - timedelta(3)), line(TODAY, seen_s=20.0)]
    found = done(lines, TODAY)
    assert found.today == 2, "what was broken off is none"
    assert found.days == (TODAY - timedelta(1), TODAY)
    assert found.last == TODAY
    assert week_days(TODAY)[0] == date(2026, 3, 2)
    assert done([], TODAY).last is None


def test_eight_weeks_without_a_session_are_eight_empty_weeks() -> None:
    weeks = weeks_of([], TODAY, Asked(2, 5))
    assert len(weeks) == 8
    assert {(week.value, week.days) for week in weeks} == {(None, 0)}
    assert [week.asked for week in weeks] == [0] * 7 + [5], "no plan had asked for anything before"


@pytest.mark.parametrize(
    ("mark", "better", "title"),
    [
        (Mark.BETTER, {Domain.HOLDING}, TITLES[Mark.BETTER]),
        (Mark.BETTER, {Domain.ANGLE}, NEARER),
        (Mark.BETTER, {Domain.RATING}, EASIER),
        (Mark.WORSE, set(), TITLES[Mark.WORSE]),
        (Mark.TOO_FEW, set(), TITLES[Mark.TOO_FEW]),
    ],
)
def test_the_title_is_the_judgement_and_says_no_more(mark: Mark, better: set[Domain], title: str) -> None:
    seen = ProgressSeen(mark, weeks_of([], TODAY, None), better=frozenset(better))
    assert progress_view(seen, False, False).title == title


@pytest.mark.parametrize(
    ("hold_s", "last_s", "nearest", "title"),
    [
        (14.0, 9.0, 2.0, "Better than last time"),
        (9.4, 9.0, 2.0, "As long as last time"),
        (4.0, 9.0, 2.0, "A shorter day. That happens."),
        (4.0, None, 2.0, "Well begun"),
        (0.0, 9.0, 9.4, "You came to 9° from straight"),
        (0.0, None, None, "Thank you for practising"),
    ],
)
def test_the_end_always_says_what_was_reached(
    hold_s: float, last_s: float | None, nearest: float | None, title: str
) -> None:
    view = end_view(EndSeen(hold_s, last_s, nearest, 8.0, WEEK, 1, 5), large=False)
    assert view.title == title
    assert "not measured" not in f"{view}"


@pytest.mark.parametrize(("name", "low", "high"), [("meige", 3, 5), ("home", 7, 12), ("hold-test", 1, 3)])
def test_about_how_long_a_plan_takes(name: str, low: int, high: int) -> None:
    minutes = about_minutes(session_today(name, load_plan(name)[1], PatientSettings()))
    assert minutes is not None
    assert low <= minutes <= high
    assert about_minutes(session_today("free", load_plan("free")[1], PatientSettings())) is None
