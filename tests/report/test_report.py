"""The report: its sections, its figures against samples.csv, its text made harmless, and sessions that are damaged."""

import csv
import html
import json
import re
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from made.common import RunCommand
from made.reported import write_patient, write_session

from posture_trainer.course.judgement import MARK_WORDS, Mark
from posture_trainer.errors import UserError
from posture_trainer.plans.patient_file import save_patient_settings
from posture_trainer.plans.patient_settings import DosesTable, PatientSettings
from posture_trainer.records.past_sessions import past_sessions
from posture_trainer.records.people import patient_folder
from posture_trainer.report.write import Report, patient_report, session_report

COURSE = ["practice", "trend", "injections"]  # on a page of all sessions
SECTIONS = ["glance", *COURSE, "session", "tremor", "definitions", "trust"]
EVIL = "<script>alert(1)</script>"


def numbers_of(report: Report) -> dict[str, str]:
    with (report.path.parent / f"{report.path.stem}-figures.csv").open(encoding="utf-8", newline="") as file:
        return {f"{row['section']}: {row['figure']}": row["value"] for row in csv.DictReader(file)}


class Words(HTMLParser):
    """The ids of the sections, and all text outside scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.sections: list[str] = []
        self.scripts = 0
        self.text = ""
        self._hidden = False

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self._hidden = tag in ("script", "style")
        self.scripts += tag == "script" and "json" not in (dict(attrs).get("type") or "")
        if tag == "section":
            self.sections.append(dict(attrs).get("id") or "")

    def handle_endtag(self, tag: str) -> None:
        self._hidden = False

    def handle_data(self, data: str) -> None:
        self.text += "" if self._hidden else data


def read_page(path: Path) -> Words:
    words = Words()
    words.feed(path.read_text(encoding="utf-8"))
    return words


def test_limits_that_were_widened_stand_with_their_reason_and_without_one_are_not_in_force(tmp_path: Path) -> None:
    patient = write_patient(tmp_path, 1)
    doses = DosesTable(sessions_a_day=4, why="Since 2019 & <steady>.")
    settings = PatientSettings(
        dizziness_limit=50, doses=doses, note="Shoulder <sore> & stiff. 2026-01-05: A <new> chair."
    )
    save_patient_settings(patient, settings)
    report = patient_report(patient, tmp_path / "out")
    text = read_page(report.path).text
    assert "The reason given: Since 2019 & <steady>." in text
    assert "Note in the patient's file: Shoulder <sore> & stiff.Limits" in text.replace("\n", "")
    assert "2026-01-05 A <new> chair." in text
    assert "<title>note 1</title>" in report.page.charts["trend"].wide
    assert "Dizziness before a session (of 100)503050" in text
    assert "Sessions a day434" in text
    save_patient_settings(patient, PatientSettings(dizziness_limit=50))
    text = read_page(patient_report(patient, tmp_path / "again").path).text
    assert "No reason is given" in text
    assert "Dizziness before a session (of 100)503030" in text
    save_patient_settings(patient, PatientSettings())
    assert "wider than" not in read_page(patient_report(patient, tmp_path / "own").path).text


# --- the page ---------------------------------------------------------------------------------------------------


def test_the_sections_in_their_order_and_what_the_program_is_not(tmp_path: Path) -> None:
    report = patient_report(write_patient(tmp_path), tmp_path / "out")
    words = read_page(report.path)
    assert words.sections == SECTIONS
    assert "not a medical device" in words.text
    assert "Time in tolerance" in words.text
    names = {path.name for path in (tmp_path / "out").iterdir()}
    tables = {f"anna-{name}.csv" for name in ("figures", "sessions", "trials", "excursions", "spectrum")}
    assert names == {"anna.html"} | tables


def test_nothing_in_the_page_comes_from_elsewhere(tmp_path: Path) -> None:
    page = html.unescape(patient_report(write_patient(tmp_path), tmp_path / "out").path.read_text(encoding="utf-8"))
    assert re.findall(r'(?:src|href)="([^"#]+)"', page) == []
    assert "default-src 'none'" in page
    assert not re.search(r"https?://", page)


def test_the_figures_are_those_of_samples_csv(tmp_path: Path) -> None:
    """Computed once more from the file, by other means: the table read by csv, sums by hand."""
    patient = write_patient(tmp_path)
    report = patient_report(patient, tmp_path / "out")
    detail = report.page.detail
    assert detail is not None
    with (detail.folder / "samples.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    t_s = [float(row["t_s"]) for row in rows]
    steps = [later - earlier for earlier, later in zip(t_s, [*t_s[1:], t_s[-1]], strict=True)]
    spent = {
        state: sum(step for step, row in zip(steps, rows, strict=True) if row["state"] == state)
        for state in ("neutral", "out")
    }
    seen = [row for row in rows if row["face"] == "1"]
    deviation = sorted(float(row["deviation_deg"]) for row in seen)
    rotation = [float(row["rotation_deg"]) for row in seen]
    cues = (detail.folder / "events.jsonl").read_text(encoding="utf-8").count('"event": "cue"')
    minutes = sum(spent.values()) / 60
    middle = len(deviation) // 2
    median = deviation[middle] if len(deviation) % 2 else (deviation[middle - 1] + deviation[middle]) / 2
    expected = {
        "trust: Time with a face": len(seen) / len(rows),
        "trust: Frames a second": 25.0,
        "glance: Time in tolerance": spent["neutral"] / (60 * minutes),
        "session: Time outside": spent["out"] / (60 * minutes),
        "glance: Median deviation": median,
        "session: deviation, median": median,
        "session: rotation, mean": sum(rotation) / len(rotation),
        "session: rotation, SD": float(np.std(rotation)),
        "session: rotation, 5 %": float(np.percentile(rotation, 5)),
        "session: rotation, 95 %": float(np.percentile(rotation, 95)),
        "session: rotation, symmetry": 1.0,
        "session: Cues": cues,
        "glance: Cues": cues / minutes,
        "session: Counted time": minutes,
        "glance: Hold test": 48.0,
        "glance: Pain before": 25.0,
        "glance: Practice days": 8,
        "session: rotation in 1–22°": sum(abs(value) >= 0.5 for value in rotation) / len(rotation),
    }
    found = numbers_of(report)
    assert {name: float(found[name]) for name in expected} == pytest.approx(expected, rel=0.003)
    kinds = [row["state"] for row in seen]
    begun = sum(now == "out" != before for before, now in zip(["", *kinds], kinds, strict=False))
    assert int(found["session: Excursions"]) == begun
    summary = json.loads((detail.folder / "summary.json").read_text(encoding="utf-8"))
    assert detail.figures is not None
    assert detail.figures.neutral_s == pytest.approx(summary["neutral_s"], abs=0.002)
    assert detail.figures.longest_hold_s == pytest.approx(summary["longest_neutral_s"], abs=0.002)


def test_every_number_on_the_page_is_in_the_csv(tmp_path: Path) -> None:
    report = patient_report(write_patient(tmp_path), tmp_path / "out")
    shown = {line.shown for line in report.page.ledger.lines}
    page = report.path.read_text(encoding="utf-8")
    cells = re.findall(r'<(?:td|span) class="n"[^>]*>(?:<span class="bar"[^>]*></span> )?([^<]+)</', page)
    assert len(cells) > 80
    assert set(cells) - shown == set()


def test_a_steady_change_is_called_better_and_the_terminal_says_the_same(
    tmp_path: Path, call_command: RunCommand
) -> None:
    write_patient(tmp_path)
    done = call_command("review", "--patient", "anna", "--data-dir", tmp_path, env={"COLUMNS": "160"})
    assert done.returncode == 0, done.stderr
    (line,) = [line for line in done.stdout.splitlines() if "In tolerance, 5 min" in line]
    assert MARK_WORDS[Mark.BETTER] in line
    assert str(tmp_path / "patients" / "anna" / "report" / "anna.html") in done.stdout
    words = read_page(tmp_path / "patients" / "anna" / "report" / "anna.html").text
    answers = [each for each in done.stdout.splitlines() if each.startswith(("Is the head", "Where is", "Can it"))]
    assert len(answers) == 3
    assert all(each.split("? ", 1)[1].split(". ", 1)[1] in words for each in answers), "as on the page"
    assert all(figure in words for figure in re.findall(r"\d+ %", line))


def test_one_session_alone(tmp_path: Path, call_command: RunCommand) -> None:
    folder = sorted((write_patient(tmp_path, 2) / "sessions").iterdir())[0]
    call: list[str | Path] = [
        "review",
        "--patient",
        "anna",
        "--data-dir",
        tmp_path,
        "--out",
        tmp_path / "out",
        "--session",
    ]
    assert call_command(*call, folder.name).returncode == 0
    words = read_page(tmp_path / "out" / f"anna-{folder.name}.html")
    assert words.sections == [name for name in SECTIONS if name not in COURSE]
    assert "one session alone" in words.text
    wrong = call_command(*call, "../../bert")
    assert wrong.returncode == 1
    assert "There is no session" in wrong.stderr
    with pytest.raises(UserError, match="no session"):
        session_report(tmp_path / "patients" / "anna", "..", tmp_path / "out")


def test_the_overview_reads_summaries_alone(tmp_path: Path, call_command: RunCommand) -> None:
    folder = sorted((write_patient(tmp_path, 3) / "sessions").iterdir())[0]
    for samples in (tmp_path / "patients").rglob("samples.csv"):
        samples.unlink()
    (folder / "summary.json").write_text("[1", encoding="utf-8")
    done = call_command("review", "--data-dir", tmp_path, env={"COLUMNS": "160"})
    assert done.returncode == 0, done.stderr
    (line,) = [line for line in done.stdout.splitlines() if "anna" in line]
    assert "1 cut off or damaged" in line


# --- what is compared -------------------------------------------------------------------------------------------


def test_only_sessions_on_one_baseline_are_compared(tmp_path: Path) -> None:
    patient = write_patient(tmp_path, 3)
    write_session(patient, 5, baseline="2026-01-09T08:00:00Z")
    report = patient_report(patient, tmp_path / "out")
    compared = [row for row in report.glance["rows"] if row["mark"]]
    assert {row["mark"] for row in compared} == {Mark.TOO_FEW.value}
    assert {each for row in compared for each in row["change"]} == {"–"}
    assert report.glance["mates"] == "1"
    assert "new baseline" in report.path.read_text(encoding="utf-8")


def test_keys_of_later_programs_are_passed_over(tmp_path: Path) -> None:
    patient = write_patient(tmp_path, 3)
    before = [session.figures for session in past_sessions(patient)]
    path = sorted((patient / "sessions").iterdir())[-1] / "session.json"
    header = json.loads(path.read_text(encoding="utf-8"))
    header["baseline"] |= {"target": {"rotation_deg": -4.0}, "more": [1, {"a": None}]}
    path.write_text(json.dumps({**header, "target": 3, "new": {"deep": []}}), encoding="utf-8")
    report = patient_report(patient, tmp_path / "out")
    assert [session.figures for session in report.page.sessions] == before
    assert report.glance["mates"] == "3"


def test_an_injection_that_only_sessions_know_is_marked(tmp_path: Path) -> None:
    patient = write_patient(tmp_path, 4)
    for folder in sorted((patient / "sessions").iterdir())[2:]:
        header = json.loads((folder / "session.json").read_text(encoding="utf-8"))
        (folder / "session.json").write_text(json.dumps({**header, "last_injection": "2026-01-07"}), encoding="utf-8")
    assert "Around the injection of 2026-01-07" in read_page(patient_report(patient, tmp_path / "out").path).text
    (patient / "patient.toml").write_text("last_injection = 2026-01-06\n", encoding="utf-8")
    corrected = read_page(patient_report(patient, tmp_path / "out").path).text
    assert "Around the injection of 2026-01-06" in corrected
    assert "injection of 2026-01-07" not in corrected


def test_weeks_are_of_seven_days(tmp_path: Path) -> None:
    patient = write_patient(tmp_path, 2)
    write_session(patient, 14, out_share=0.2)
    (patient / "patient.toml").write_text("last_injection = 2026-01-05\n", encoding="utf-8")
    found = numbers_of(patient_report(patient, tmp_path / "out"))
    assert found["trend: sessions, week 1 after 2026-01-05"] == "2"
    assert found["trend: sessions, week 2 after 2026-01-05"] == "1", "day 14"


def test_ratings_outside_0_to_100_are_none(tmp_path: Path) -> None:
    patient = patient_folder(tmp_path, "anna")
    for number, pain in enumerate((-1, 101, 100)):
        write_session(patient, number, pain=pain)
    found = [session.extras.ratings.get(("pain", "before")) for session in past_sessions(patient)]
    assert found == [None, None, 100]


def test_weeks_end_where_the_next_injection_begins(tmp_path: Path) -> None:
    patient = write_patient(tmp_path, 8)
    (patient / "patient.toml").write_text("injections = [2026-01-04]\nlast_injection = 2026-01-09\n", encoding="utf-8")
    found = numbers_of(patient_report(patient, tmp_path / "out"))
    counts = {name: value for name, value in found.items() if name.startswith("trend: sessions")}
    assert counts == {
        "trend: sessions, week 1 after 2026-01-04": "4",
        "trend: sessions, week 1 before 2026-01-09": "4",
        "trend: sessions, week 1 after 2026-01-09": "4",
    }


def test_injections_are_marked_and_the_weeks_around_them_told(tmp_path: Path) -> None:
    patient = write_patient(tmp_path)
    (patient / "patient.toml").write_text("injections = [2026-01-08]\n", encoding="utf-8")
    page = patient_report(patient, tmp_path / "out").path
    assert "Around the injection of 2026-01-08" in read_page(page).text
    assert ">injection</text>" in page.read_text(encoding="utf-8")
    (patient / "patient.toml").write_text("injections = [2024-01-08]\n", encoding="utf-8")
    long_ago = read_page(patient_report(patient, tmp_path / "out").path).text
    assert "No session lies in the weeks around an injection." in long_ago
    assert "No injection dates" not in long_ago
    (patient / "patient.toml").write_text("injections = [", encoding="utf-8")
    assert "No injection dates" in read_page(patient_report(patient, tmp_path / "out").path).text


def test_every_chart_is_xml_that_says_in_words_with_figures_what_it_shows(tmp_path: Path) -> None:
    patient = write_patient(tmp_path)
    write_session(patient, 8, hold_test_s=30, rows=1800)
    (patient / "patient.toml").write_text("injections = [2026-01-08]\n", encoding="utf-8")
    charts = patient_report(patient, tmp_path / "out").page.charts
    names = {
        "angles",
        "density",
        "excursions",
        "returns",
        "spectrum",
        "trend",
        "cycles",
        "calendar",
        "exercise-hold_test",
    }
    assert set(charts) == names
    for name, chart in charts.items():
        assert re.search(r"\d", chart.described), name
        for drawing in filter(None, (chart.wide, chart.narrow)):
            root = ElementTree.fromstring(drawing)
            assert root.get("role") == "img", name
            assert root.get("aria-label") == chart.described
            assert "nan" not in drawing, name


def test_every_table_has_a_caption_and_every_heading_of_one_its_scope(tmp_path: Path) -> None:
    patient = write_patient(tmp_path)
    write_session(patient, 9, cut=True)
    (patient / "patient.toml").write_text("injections = [2026-01-08]\n", encoding="utf-8")
    page = patient_report(patient, tmp_path / "out").path.read_text(encoding="utf-8")
    tables = re.findall(r"<table.*?</table>", page, re.DOTALL)
    assert len(tables) > 8
    assert all(re.search(r"<caption>[^<]+</caption>", table) for table in tables)
    assert re.findall(r"<th(?![^>]*scope=)[ >]", page) == []
