"""A day of practice is one where the patient lives: overview, report and plan count the same ones."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from made.scripted import made_baseline

from posture_trainer.course.patients import patient_lines
from posture_trainer.course.practice_days import PastPractice, days_with_practice, plan_history
from posture_trainer.course.session_day import session_begun, session_day
from posture_trainer.exercises.guided_records import ExerciseEvent
from posture_trainer.exercises.trial import Numbers
from posture_trainer.feedback import Feedback, FeedbackSettings, PostureState
from posture_trainer.plans.expand import History
from posture_trainer.plans.plan import Plan
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.posture import PostureSample
from posture_trainer.pose.quality import Quality
from posture_trainer.records.clinic.overview import overview
from posture_trainer.records.past_sessions import past_sessions
from posture_trainer.records.people import patient_folder, utc_name
from posture_trainer.records.session_header import session_header
from posture_trainer.records.session_log import SessionLog
from posture_trainer.records.session_reader import read_session
from posture_trainer.session.todays_plan import history
from posture_trainer.sources.frames import SourceInfo

MINE = Plan.model_validate({"title": "Mine", "block": [{"kind": "breathe"}]})
EIGHT_HOURS_S = 8 * 3600
BEGAN = [
    datetime(2026, 11, 2, 16, tzinfo=UTC),
    datetime(2026, 11, 3, 4, tzinfo=UTC),
    datetime(2026, 11, 4, 4, tzinfo=UTC),
]
HOLD: Numbers = {"block": 1, "trial": 1, "ending": "done", "cues": True}


@pytest.fixture
def reader_in() -> Iterator[object]:
    """Sets the reader's time zone, and puts it back."""
    patch = pytest.MonkeyPatch()

    def move(zone: str) -> None:
        patch.setenv("TZ", zone)
        time.tzset()

    yield move
    patch.undo()
    time.tzset()


def write_session(data: Path, began: datetime, offset_s: int | None, face: bool = True) -> Path:
    """Two seconds of practice with one hold; without a face nobody was seen."""
    header = {"created_utc": began.isoformat(), "plan": {"name": "mine"}, "utc_offset_s": offset_s}
    if offset_s is None:
        del header["utc_offset_s"]
    folder = patient_folder(data, "anna") / "sessions" / utc_name(began)
    log = SessionLog(folder, header)
    for row in range(320):
        angles = HeadAngles(1.0, 0.0, 0.0, 1.0)
        sample = PostureSample(row * 0.4, angles, angles, None, Quality.GOOD) if face else PostureSample(row * 0.4)
        log.sample(sample, Feedback(PostureState.NEUTRAL if face else PostureState.NO_FACE, None, None, None))
    log.exercise(ExerciseEvent("hold", 2.0, {**HOLD}))
    log.finish("done")
    return folder


def days(data: Path) -> tuple[int, int, int]:
    """Days of practice as overview, report and plan count them."""
    patient = patient_folder(data, "anna")
    (line,) = patient_lines(overview(data))
    past = (
        PastPractice(each.name, (read := read_session(each)).header, read.summary)
        for each in (patient / "sessions").iterdir()
    )
    return line.days, len(days_with_practice(past_sessions(patient))), own_days(plan_history(past, "mine", MINE))


def own_days(past: History) -> int:
    """Days with a session of the plan."""
    return len({session.day for session in past.practised if session.own})


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process can't be set here")
@pytest.mark.parametrize("zone", ["America/Los_Angeles", "UTC", "Asia/Tokyo"])
def test_days_are_those_of_the_sessions_own_time_zone(tmp_path: Path, reader_in: object, zone: str) -> None:
    """Monday 8 and 20 o'clock, Tuesday 20 o'clock in Los Angeles, wherever they are read."""
    assert callable(reader_in)
    reader_in(zone)
    for began in BEGAN:
        folder = write_session(tmp_path, began, -EIGHT_HOURS_S)
    assert days(tmp_path) == (2, 2, 2)
    (line,) = patient_lines(overview(tmp_path))
    assert line.last_day == "2026-11-03"
    (folder / "summary.json").unlink()
    assert days(tmp_path)[:2] == (2, 2), "one that was cut off was practice too"


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process can't be set here")
@pytest.mark.parametrize(("zone", "count"), [("America/Los_Angeles", 2), ("UTC", 3)])
def test_logs_of_before_go_by_the_readers_zone(tmp_path: Path, reader_in: object, zone: str, count: int) -> None:
    assert callable(reader_in)
    reader_in(zone)
    for began in BEGAN:
        write_session(tmp_path, began, None)
    assert days(tmp_path) == (count, count, count)


def test_a_session_in_which_nobody_was_seen_is_no_day_of_practice(tmp_path: Path) -> None:
    folder = write_session(tmp_path, BEGAN[0], 0, face=False)
    assert days(tmp_path)[:2] == (0, 0)
    (folder / "summary.json").unlink()
    assert days(tmp_path)[:2] == (0, 0)


def test_the_header_states_the_offset_and_the_summary_repeats_it(tmp_path: Path) -> None:
    header = session_header(
        command="practice", patient="anna", source=SourceInfo("script", "a script", 320, 320, 30.0),
        baseline=made_baseline(), baseline_file=None, settings=FeedbackSettings(), notes=[],
    )  # fmt: skip
    now = datetime.now().astimezone().utcoffset()
    assert now is not None
    assert header["utc_offset_s"] == now.total_seconds()
    log = SessionLog(tmp_path / "s", header)
    assert log.finish("stopped").utc_offset_s == header["utc_offset_s"]
    assert json.loads((tmp_path / "s" / "summary.json").read_text("utf-8"))["utc_offset_s"] == header["utc_offset_s"]


@pytest.mark.parametrize("offset", ["x", True, 10**400, float("nan"), 90_000, None, [1]])
def test_an_offset_that_is_none_is_as_if_it_were_not_there(offset: object) -> None:
    assert session_day(BEGAN[0], offset) == session_day(BEGAN[0], None)


def test_the_first_and_the_last_day_of_all_years_stop_nothing() -> None:
    for text in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "not a time", ""):
        session_day(session_begun("log", {"created_utc": text}), -EIGHT_HOURS_S)
    assert session_day(datetime(1, 1, 1, tzinfo=UTC), -EIGHT_HOURS_S) == date(1, 1, 1)


def test_the_plan_reads_the_days_from_the_files(tmp_path: Path) -> None:
    for began in BEGAN:
        write_session(tmp_path, began.replace(year=2025), -EIGHT_HOURS_S)
    assert own_days(history(patient_folder(tmp_path, "anna"), "mine", MINE)) == 2
