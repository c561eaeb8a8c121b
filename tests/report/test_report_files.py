"""A report of damaged and of hostile files, and the figures that are kept beside a record."""

import csv
import json
from datetime import timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from made.common import RunCommand
from made.reported import FIRST, write_patient, write_session
from test_report import EVIL, SECTIONS, read_page

from posture_trainer.figures.session_figures import FIGURES_VERSION
from posture_trainer.records.kept_figures import signed
from posture_trainer.records.past_sessions import past_sessions
from posture_trainer.records.people import patient_folder
from posture_trainer.report.page import newest
from posture_trainer.report.write import patient_report
from posture_trainer.words.harmless import csv_cell, plain_text

# --- damaged and hostile files ----------------------------------------------------------------------------------


def test_a_bad_session_never_stops_the_rest(tmp_path: Path) -> None:
    patient = write_patient(tmp_path, 3)
    write_session(patient, 10, cut=True)
    damaged = write_session(patient, 11)
    (damaged / "samples.csv").write_bytes(b"\xff\x00nonsense\n1,2,3\n")
    (damaged / "session.json").write_text("[" * 100_000, encoding="utf-8")
    (patient / "sessions" / "empty").mkdir()
    report = patient_report(patient, tmp_path / "out")
    text = read_page(report.path).text
    for words in ("cut off", "no column t_s", "session.json can't be read", "3 of 6"):
        assert words in text
    assert report.page.detail is not None
    assert report.page.detail.begun == FIRST + timedelta(days=2)


def test_a_patient_with_only_bad_sessions_still_gets_a_page(tmp_path: Path) -> None:
    patient = patient_folder(tmp_path, "anna")
    (patient / "sessions" / "x").mkdir(parents=True)
    assert read_page(patient_report(patient, tmp_path / "out").path).sections == SECTIONS
    assert newest(past_sessions(patient)) is None


def test_text_from_files_is_shown_harmlessly(tmp_path: Path, call_command: RunCommand) -> None:
    patient = patient_folder(tmp_path, "anna")
    notes = [EVIL, "\x1b[31mred\x07", "=cmd|' /C calc'!A0", "x" * 10_000_000]
    folder = write_session(patient, 0, notes=notes)
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    summary["exercises"] = {f"=1+1{EVIL}": {"@sum": "</script>", "held_s": 4.5}}
    (folder / "summary.json").write_text(json.dumps(summary), encoding="utf-8")
    hostile = patient / "sessions" / "2026-02-01T08-00-00.000Z"
    hostile.mkdir()
    (hostile / "session.json").write_text(json.dumps({"baseline": {"created_utc": EVIL}}), encoding="utf-8")
    done = call_command("review", "--patient", "anna", "--data-dir", tmp_path, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "\x1b" not in done.stdout
    page = (tmp_path / "out" / "anna.html").read_text(encoding="utf-8")
    assert EVIL not in page
    assert read_page(tmp_path / "out" / "anna.html").scripts == 0
    assert "&lt;script&gt;alert(1)" in page
    assert "\x1b" not in page
    assert "10,000,000 characters" in page
    assert len(page) < 1_500_000
    for table in (tmp_path / "out").glob("*.csv"):
        with table.open(encoding="utf-8", newline="") as file:
            for cell in (cell for row in csv.reader(file) for cell in row):
                assert cell[:1] not in ("=", "+", "@", "\t")
                assert not cell.startswith("-") or float(cell) < 0


@given(st.text(max_size=600))
def test_shown_text_has_no_controls_and_a_cell_no_formula(text: str) -> None:
    shown = plain_text(text)
    assert all(ord(character) >= 32 and not 127 <= ord(character) < 160 for character in shown)
    assert csv_cell(text)[:1] not in ("=", "+", "-", "@")


def test_kept_figures_are_used_and_made_anew_when_the_samples_change(tmp_path: Path) -> None:
    patient = write_patient(tmp_path, 2)
    before = past_sessions(patient)
    assert (patient / "review-figures.json").exists()
    again = past_sessions(patient)
    assert [session.figures for session in again] == [session.figures for session in before]
    samples = before[0].folder / "samples.csv"
    samples.write_text("\n".join(samples.read_text(encoding="utf-8").splitlines()[:500]) + "\n", encoding="utf-8")
    changed = past_sessions(patient)[0].figures
    assert changed is not None
    assert changed.frames == 499
    kept = json.loads((patient / "review-figures.json").read_text(encoding="utf-8"))
    del kept["own"]
    kept["figures"][samples.parent.name]["frames"] = 12345
    before_it = {**kept, "version": FIGURES_VERSION - 1}
    unsigned = json.dumps(kept)  # as one is whose number was damaged
    for text, frames in ((signed(json.dumps(kept)), 12345), (signed(json.dumps(before_it)), 499), (unsigned, 499)):
        (patient / "review-figures.json").write_text(text, encoding="utf-8")
        (figures,) = [session.figures for session in past_sessions(patient) if session.folder == samples.parent]
        assert figures is not None
        assert figures.frames == frames
    (patient / "review-figures.json").write_text("{broken", encoding="utf-8")
    assert past_sessions(patient)[1].figures == before[1].figures
