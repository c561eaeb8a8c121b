"""Asked against done is one figure: home, the end of a session, my progress, the therapist's list, the report, the
patient's sheet, the table and the page of all patients say the same of the same records."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from posture_trainer.course.adherence import Asked, AskedAndDone
from posture_trainer.course.patients import patient_lines
from posture_trainer.course.told.patient import patient_words
from posture_trainer.feedback import Feedback, PostureState
from posture_trainer.figures.session_summary import Summary
from posture_trainer.pages.front.end import end_view
from posture_trainer.pages.front.therapist import person_view
from posture_trainer.plans.plan import load_plan
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.posture import PostureSample
from posture_trainer.pose.quality import Quality
from posture_trainer.records.clinic.glances import clinic
from posture_trainer.records.clinic.overview import overview
from posture_trainer.records.clinic.practice import practice_of_all
from posture_trainer.records.people import patient_folder, utc_name
from posture_trainer.records.session_log import SessionLog
from posture_trainer.records.settings import Settings
from posture_trainer.report.clinic_page import clinic_page
from posture_trainer.report.terminal import overview_table
from posture_trainer.report.write import patient_report
from posture_trainer.session.front.at_home import today_of
from posture_trainer.session.front.for_therapist import person_line
from posture_trainer.session.front.my_progress import my_progress
from posture_trainer.session.front.reached import reached

NOW = datetime(2026, 3, 8, 12, tzinfo=UTC)  # a Sunday: the last 28 days are four weeks
STEP_S = 0.4
WHOLE_S, SHORT_S = 150.0, 40.0
PLAN = {"name": "home", **load_plan("home")[1].model_dump(mode="json", by_alias=True)}


def session(patient: Path, days_ago: int, ended: str = "done", seconds: float = WHOLE_S, **header: Any) -> Summary:
    """A session at eight o'clock (at nine with others on that day), in neutral all through."""
    begun = NOW - timedelta(days=days_ago, hours=4)
    while (patient / "sessions" / utc_name(begun)).exists():
        begun += timedelta(hours=1)
    known = {"created_utc": begun.isoformat(), "utc_offset_s": 0, "command": "practice", "plan": PLAN}
    log = SessionLog(patient / "sessions" / utc_name(begun), known | header)
    angles = HeadAngles(1.0, 0.5, 0.5, 1.2)
    for row in range(round(seconds / STEP_S) + 1):
        seen = PostureSample(row * STEP_S, angles, angles, (0.0, 0.0, 0.0), Quality.GOOD, True)
        log.sample(seen, Feedback(PostureState.NEUTRAL, None, None, 1.2))
    return log.finish(ended, seconds)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four weeks with 4, 2, 5 and 3 days of practice, before them one more; what is no practice on other days."""
    data = tmp_path_factory.mktemp("one") / "data"
    patient = patient_folder(data, "anna")
    for days_ago in (40, 27, 26, 25, 23, 20, 14, 13, 12, 10, 9, 8, 6, 3):
        session(patient, days_ago)
    session(patient, 1, seconds=SHORT_S)  # short, but to its end
    session(patient, 3, "stopped")  # the second of that day
    session(patient, 15, "stopped")  # broken off after two and a half minutes: practice
    session(patient, 5, "stopped", SHORT_S)
    session(patient, 16, "unwell", SHORT_S)
    session(patient, 4, "refused", -1.0, plan=None, refused="unwell")
    session(patient, 19, "stopped", SHORT_S, plan=None)
    (patient / "patient.toml").write_text('schema_version = 1\nplan = "home"\n', encoding="utf-8")
    return data


def test_all_say_the_same_days_and_the_same_asked(data: Path, tmp_path: Path) -> None:
    patient = data / "patients" / "anna"
    page = patient_report(patient, tmp_path / "report", made=NOW).page
    assert page.answers is not None
    numbers = {number.name: number.value for number in page.answers.practice.numbers}
    assert (numbers["Practice days of the last 28"], numbers["Days asked for"]) == (15, 20)
    assert page.answers.practice.sentence.startswith("Practice on 15 of the last 28 days, ")
    assert page.answers.practice.sentence.endswith("; 20 were asked for.")
    assert sum(day.done > 0 for day in page.days[-28:]) == 15, "the calendar"
    (how, *_) = patient_words(page.answers, page.sessions, [], NOW.date()).how
    assert how.startswith("You practised on 15 of the last 28 days, ")
    assert how.endswith("Your plan asks for 20.")

    expected = AskedAndDone(15, 20)
    assert [each.practice for each in clinic(data, NOW.date()).patients] == [expected]
    shown = clinic_page(data, tmp_path / "all", made=NOW).path.read_text(encoding="utf-8")
    assert ">15 of 20<" in shown
    seen = overview(data)
    practice = practice_of_all(seen, NOW.date())
    assert practice == {"anna": expected}
    console = Console(width=200)
    with console.capture() as capture:
        console.print(overview_table(patient_lines(seen), practice))
    assert "15 of 20" in capture.get()
    (line,) = patient_lines(seen)
    assert line.days == 16, "of all time"

    weeks = my_progress(data, "anna", NOW).weeks[-4:]
    assert [(week.days, week.asked) for week in weeks] == [(4, 5), (3, 5), (5, 5), (3, 5)]
    by_week = [page.days[-28:][place : place + 7] for place in range(0, 28, 7)]
    assert [sum(day.done > 0 for day in week) for week in by_week] == [week.days for week in weeks]


def test_this_week_is_the_same_at_home_at_the_end_and_for_the_therapist(data: Path) -> None:
    patient = data / "patients" / "anna"
    at_home = today_of(data, "anna", NOW)
    assert (len(at_home.done.days), at_home.asked) == (3, Asked(2, 5))
    latest = overview(data).sessions[-1].summary
    assert latest is not None
    end = reached(data, "anna", patient, latest, NOW, guest=False)
    assert (sum(end.week), end.asked) == (3, 5)
    listed = person_line(data, "anna", Settings(), NOW)
    assert (listed.days, listed.asked) == (3, 5)
    week = my_progress(data, "anna", NOW).weeks[-1]
    assert (week.days, week.asked) == (3, 5)


def test_a_plan_from_before_the_four_weeks_is_found(tmp_path: Path) -> None:
    data = tmp_path / "data"
    patient = patient_folder(data, "ben")
    session(patient, 90, seconds=SHORT_S)
    for days_ago in (60, 5):
        session(patient, days_ago, plan=None)
    session(patient, 4, plan={**PLAN, "name": "hold-test", "weekly": True})
    assert practice_of_all(overview(data), NOW.date()) == {"ben": AskedAndDone(2, 20)}
    assert [each.practice for each in clinic(data, NOW.date()).patients] == [AskedAndDone(2, 20)]
    answers = patient_report(patient, tmp_path / "report", made=NOW).page.answers
    assert answers is not None
    assert "Practice on 2 of the last 28 days" in answers.practice.sentence
    assert "20 were asked for" in answers.practice.sentence


@pytest.mark.parametrize("separators", [(",", ":"), (",", " :\n ")])
def test_a_plan_is_found_however_its_header_is_laid_out(tmp_path: Path, separators: tuple[str, str]) -> None:
    data = tmp_path / "data"
    session(patient_folder(data, "ida"), 60)
    (header,) = data.glob("patients/ida/sessions/*/session.json")
    header.write_text(json.dumps(json.loads(header.read_text("utf-8")), separators=separators), encoding="utf-8")
    assert practice_of_all(overview(data), NOW.date()) == {"ida": AskedAndDone(0, 20)}


def test_where_no_plan_is_set_nothing_is_asked(tmp_path: Path) -> None:
    data = tmp_path / "data"
    patient = patient_folder(data, "eva")
    for days_ago in (5, 3, 1):
        latest = session(patient, days_ago, "stopped", plan=None)
    answers = patient_report(patient, tmp_path / "report", made=NOW).page.answers
    assert answers is not None
    assert "asked for" not in answers.practice.sentence
    assert practice_of_all(overview(data), NOW.date()) == {"eva": AskedAndDone(3, None)}
    at_home = today_of(data, "eva", NOW)
    assert (len(at_home.done.days), at_home.asked) == (3, None)
    view = f"{end_view(reached(data, 'eva', patient, latest, NOW, guest=False), large=False)}"
    assert "3 days this week" in view
    assert "plan" not in view
    listed = person_line(data, "eva", Settings(), NOW)
    assert (listed.days, listed.asked) == (3, 0)
    assert "This week 3 days." in (person_view(listed, "", "").note or "")
    week = my_progress(data, "eva", NOW).weeks[-1]
    assert (week.days, week.asked) == (3, 0)
