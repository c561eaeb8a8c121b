"""The diary and days at the desk in the report, on the patient's page and in the tables."""

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from made.patients import BEGAN, make_patient
from test_bids import validated

from posture_trainer.course.beside.diary import DiaryEntry
from posture_trainer.exchange.tables.chosen import Chosen
from posture_trainer.exchange.tables.write import export_tables
from posture_trainer.plans.patient_file import save_patient_settings
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.records.beside.desk import DeskLog
from posture_trainer.records.beside.diary import save_entry
from posture_trainer.records.people import session_folders
from posture_trainer.reminders.minutes import Minute
from posture_trainer.report.patient_page import patient_page
from posture_trainer.report.write import patient_report

MADE = BEGAN + timedelta(days=40)


@pytest.fixture
def patient(tmp_path: Path) -> Path:
    folder = make_patient(tmp_path / "data", "anna-1", sessions=3)
    injected = (BEGAN + timedelta(days=10)).date()
    save_patient_settings(folder, PatientSettings(last_injection=injected))
    for week in range(5):
        entry = DiaryEntry(
            created_utc=BEGAN + timedelta(days=7 * week),
            answers={"pain": 8 - week, "mood": 3 + week},
            side_effects={"swallowing": "a_little"} if week == 2 else {},
            marks=("warmth",),
            words="<b>=1+1</b>",
        )
        save_entry(folder, entry)
    save_entry(folder, DiaryEntry(created_utc=BEGAN + timedelta(days=36), skipped=True))
    for day in range(3):
        begins = BEGAN + timedelta(days=20 + day)
        log = DeskLog(folder, begins, {"schema_version": 1})
        for minute in range(20):
            began = begins + timedelta(minutes=minute)
            told = "turn_left" if minute == 5 else ""
            log.add(
                Minute(began, 0, 60, 45, angles=HeadAngles(3, -1, 2, 4), reminder=told, followed="yes" if told else "")
            )
    return folder


def test_the_report_shows_them_on_one_axis_and_over_the_weeks_since_an_injection(patient: Path, tmp_path: Path) -> None:
    before = patient_report(patient, tmp_path / "out", made=MADE)
    text = before.path.read_text(encoding="utf-8")
    assert '<section id="all-day">' in text
    assert "asked 6 times, answered 5" in text
    assert {"all_day", "all_day_cycles"} <= before.page.charts.keys()
    assert "desk, % in tolerance: 3 days, 75" in before.page.charts["all_day"].described
    assert "pain, 0–10" in before.page.charts["all_day_cycles"].described
    assert "swallowing: a little" in text
    assert "<b>=1+1" not in text
    shares = [line.value for line in before.page.ledger.lines if line.measure == "desk, in tolerance"]
    assert shares == [0.75] * 3
    assert "desk" not in str(before.page.days), "a day at the desk is no practice"


def test_without_them_nothing_is_said(tmp_path: Path) -> None:
    folder = make_patient(tmp_path / "data", "anna-1", sessions=2)
    assert "all-day" not in patient_report(folder, tmp_path / "out", made=MADE).path.read_text(encoding="utf-8")


def test_the_patients_page_says_it_in_plain_words(patient: Path, tmp_path: Path) -> None:
    text = patient_page(patient, tmp_path / "out", made=MADE).read_text(encoding="utf-8")
    assert "In your diary, of 10 and in the middle of 5 entries: pain 6, mood 5." in text
    assert "Since the injection you noted: swallowing (a little)." in text
    assert "At the desk your head was in place for 75 % of the time, in the middle of 3 days." in text


def test_what_is_damaged_is_told(patient: Path, tmp_path: Path) -> None:
    (patient / "diary" / "x.json").write_text("{", encoding="utf-8")
    text = patient_report(patient, tmp_path / "out", made=MADE).path.read_text(encoding="utf-8")
    assert "x.json" in text


def chosen(patient: Path) -> Chosen:
    pairs = tuple((patient.name, folder) for folder in session_folders(patient))
    return Chosen(pairs, ((patient.name, patient),))


def test_the_tables_hold_a_row_an_entry_and_a_row_a_minute(patient: Path, tmp_path: Path) -> None:
    export_tables(chosen(patient), tmp_path / "csv", "csv")
    with (tmp_path / "csv" / "diary.csv").open(encoding="utf-8") as file:
        diary = list(csv.DictReader(file))
    assert [row["pain"] for row in diary] == ["8", "7", "6", "5", "4", ""]
    assert diary[0]["words"] == "<b>=1+1</b>"
    assert diary[2]["after_swallowing"] == "a_little"
    with (tmp_path / "csv" / "desk.csv").open(encoding="utf-8") as file:
        desk = list(csv.DictReader(file))
    assert len(desk) == 60
    assert {row["in_tolerance_s"] for row in desk} == {"45.0"}
    assert desk[5]["reminder"] == "turn_left"


def test_the_bids_dataset_with_them_is_valid(patient: Path, tmp_path: Path) -> None:
    export_tables(chosen(patient), tmp_path / "bids", "bids")
    (diary,) = (tmp_path / "bids").glob("sub-*/ses-diary/beh/*_task-diary_beh.tsv")
    assert len(diary.read_text(encoding="utf-8").splitlines()) == 7
    assert len(list((tmp_path / "bids").glob("sub-*/ses-desk*/beh/*_task-desk_beh.tsv"))) == 3
    validated(tmp_path / "bids")


def test_parquet_has_them_too(patient: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    export_tables(chosen(patient), tmp_path / "parquet", "parquet")
    assert parquet.read_table(tmp_path / "parquet" / "desk.parquet").num_rows == 60
    assert parquet.read_table(tmp_path / "parquet" / "diary.parquet").num_rows == 6


def test_a_moment_without_a_zone_is_utc() -> None:
    entry = DiaryEntry(created_utc=datetime(2026, 3, 4, 23, 30), utc_offset_s=3600)
    assert entry.day == datetime(2026, 3, 5, tzinfo=UTC).date()
