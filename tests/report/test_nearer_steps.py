"""The nearer steps of a record, as its report tells them."""

import csv
import json
from pathlib import Path

from made.reported import write_patient, write_session
from test_report import numbers_of, read_page

from posture_trainer.report.write import patient_report, session_report

STEP = {"t_s": 45.2, "event": "interim_target", "rotation_deg": 11.0, "tilt_deg": -6.0, "flexion_deg": 0.0}


def _note(session: Path, **event: object) -> None:
    with (session / "events.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(STEP | event) + "\n")


def test_a_nearer_step_stands_with_its_session_and_is_counted_over_the_course(tmp_path: Path) -> None:
    patient = write_patient(tmp_path, 3)
    newest = write_session(patient, 9)
    _note(newest)
    _note(newest, t_s=130.0, rotation_deg=-4.0, tilt_deg=0.0, flexion_deg=5.0)
    _note(newest, rotation_deg="11")  # of no program
    _note(write_session(patient, 5))
    report = patient_report(patient, tmp_path / "out")
    page = " ".join(read_page(report.path).text.split())
    assert "at 45 s: rotation 11° to the right, tilt 6° to the left; at 2 min 10 s: rotation 4° to the left" in page
    assert "flexion 5° chin down" in page
    assert "Nearer steps, where a hold was out of reach: in 2 of 5 sessions." in page
    assert numbers_of(report)["session: Nearer step at 45 s, tilt"] == "-6.0"
    with (report.path.parent / f"{report.path.stem}-sessions.csv").open(encoding="utf-8", newline="") as file:
        assert [row["nearer_steps"] for row in csv.DictReader(file)] == ["0", "0", "0", "1", "2"]


def test_without_any_nothing_is_said_of_them(tmp_path: Path) -> None:
    session = write_session(tmp_path / "anna", 1)
    page = read_page(session_report(tmp_path / "anna", session.name, tmp_path / "out").path).text
    assert "nearer step" not in page.lower()
