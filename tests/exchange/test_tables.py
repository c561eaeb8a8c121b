"""Tables over all patients: every whole row, nothing that a spreadsheet would run, and the same figures as the logs."""

import csv
import json
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from made.common import ROOT, RunCommand
from made.patients import change_header, make_patient

from posture_trainer.errors import UserError
from posture_trainer.exchange.tables.chosen import Chosen, TablesResult
from posture_trainer.exchange.tables.sample_rows import all_columns, read_rows
from posture_trainer.exchange.tables.session_rows import SESSION_COLUMNS
from posture_trainer.exchange.tables.trial_figures import TRIAL_COLUMNS, TRIAL_FIGURES
from posture_trainer.exchange.tables.write import export_tables
from posture_trainer.exercises.body.trick import TrickSettings
from posture_trainer.exercises.breathe import BreatheSettings
from posture_trainer.exercises.follow import FollowSettings
from posture_trainer.exercises.free import FreeSettings
from posture_trainer.exercises.guided_records import ExerciseEvent
from posture_trainer.exercises.hold import HoldSettings
from posture_trainer.exercises.hold_test import HoldTestSettings
from posture_trainer.exercises.machines import MACHINES
from posture_trainer.exercises.position_sense import PositionSenseSettings
from posture_trainer.exercises.range_of_motion import RangeSettings
from posture_trainer.exercises.stretch import StretchSettings
from posture_trainer.exercises.timed import TimedSettings
from posture_trainer.figures.exercises import exercise_summary, hold_test_mean_s
from posture_trainer.pose.directions import Direction
from posture_trainer.records.people import patient_codes, session_folders
from posture_trainer.records.session_log import COLUMNS
from posture_trainer.records.session_reader import read_samples, read_session
from posture_trainer.words.harmless import any_cell, number_cell, text_cell


def chosen(data: Path) -> Chosen:
    """All sessions of all patients."""
    pairs = ((code, place) for code in patient_codes(data) for place in session_folders(data / "patients" / code))
    return Chosen(tuple(pairs))


def exported(data: Path, out: Path, kind: str = "csv") -> TablesResult:
    return export_tables(chosen(data), out, kind)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    """Two patients; one session cut off in the middle of a row, another with a damaged row and a column of its own."""
    data = tmp_path / "data"
    anna, ben = make_patient(data, "anna-1", rows=40), make_patient(data, "007", sessions=1)
    cut = session_folders(anna)[1]
    (cut / "summary.json").unlink()
    samples = (cut / "samples.csv").read_bytes()
    (cut / "samples.csv").write_bytes(samples[: samples.index(b"\n1.0000,") + 1] + b"1.0000,1,3.2")
    (odd,) = session_folders(ben)
    lines = (odd / "samples.csv").read_text(encoding="utf-8").splitlines()
    lines = [f"{line},{'word' if index == 0 else '=1+1'}" for index, line in enumerate(lines)]
    lines[5] = lines[5].replace("0.1333", "soon")
    lines[6] = lines[6].replace("neutral", "=cmd()")
    lines[7] += ",7"
    (odd / "samples.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return data


# --- CSV --------------------------------------------------------------------------------------------------------


def test_the_samples_table_holds_every_whole_row(clinic: Path, tmp_path: Path) -> None:
    result = exported(clinic, tmp_path / "out")
    rows = rows_of(tmp_path / "out" / "samples.csv")
    whole, cut = session_folders(clinic / "patients" / "anna-1")
    found = [row for row in rows if row["patient"] == "anna-1" and row["session"] == whole.name]
    assert [{name: row[name] for name in COLUMNS} for row in found] == rows_of(whole / "samples.csv")
    assert {row["word"] for row in found} == {""}
    assert [float(row["t_s"]) for row in rows if row["session"] == cut.name and row["patient"] == "anna-1"] == [
        sample.t_s for sample, _ in read_samples(cut) if sample.t_s < 1
    ]
    odd = [row for row in rows if row["patient"] == "007"]
    assert len(odd) == 90 - 3
    assert {row["word"] for row in odd} == {"'=1+1"}
    assert result.rows == len(rows) == 40 + 30 + 87
    assert len(result.troubles) == 2
    assert "(3 damaged rows)" in result.troubles[0]
    assert "(cut off)" in result.troubles[1]


def test_the_sessions_table_holds_the_figures_of_the_summaries(clinic: Path, tmp_path: Path) -> None:
    exported(clinic, tmp_path / "out")
    rows = rows_of(tmp_path / "out" / "sessions.csv")
    assert list(rows[0]) == list(SESSION_COLUMNS)
    assert [row["patient"] for row in rows] == ["007", "anna-1", "anna-1"]
    for row in rows:
        record = read_session(clinic / "patients" / row["patient"] / "sessions" / row["session"])
        assert record.summary is not None
        assert float(row["neutral_s"]) == record.summary.neutral_s
        assert float(row["rotation_mean_deg"]) == record.summary.angles["rotation"].mean_deg
        assert int(row["cues"]) == record.summary.cue_count
        assert (row["trouble"], row["ended"]) == (record.trouble, record.summary.ended)
        assert row["month"] == "2026-01"


def test_the_tables_are_for_their_owner_alone_and_never_overwrite(clinic: Path, tmp_path: Path) -> None:
    exported(clinic, tmp_path / "out")
    for place in [tmp_path / "out", *(tmp_path / "out").rglob("*")]:
        assert stat.S_IMODE(place.stat().st_mode) == (0o700 if place.is_dir() else 0o600)
    with pytest.raises(UserError, match="there already"):
        exported(clinic, tmp_path / "out")
    (tmp_path / "empty").mkdir()
    exported(clinic, tmp_path / "empty")
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


def test_broken_sessions_stop_nothing(clinic: Path, tmp_path: Path) -> None:
    sessions = clinic / "patients" / "anna-1" / "sessions"
    (sessions / "empty").mkdir()
    (sessions / "wild").mkdir()
    (sessions / "wild" / "session.json").write_bytes(b"[" * 100_000)
    (sessions / "wild" / "summary.json").write_bytes(b"\xff\x00{")
    (sessions / "wild" / "samples.csv").write_bytes(b"\x00\xff\xfe,\n" * 50 + b'"' * 200_000)
    for kind in ("csv", "parquet", "bids"):
        if kind == "parquet":
            pytest.importorskip("pyarrow", reason="the extra [tables] is not installed")
        result = exported(clinic, tmp_path / kind, kind)
        assert result.rows == 157
        assert {"anna-1/empty", "anna-1/wild"} <= {words.partition(" ")[0] for words in result.troubles}


# --- text is data -----------------------------------------------------------------------------------------------


def test_formulas_and_escapes_in_notes_and_names_are_harmless(tmp_path: Path) -> None:
    folder = make_patient(tmp_path / "data", "-a", sessions=1)
    (session,) = session_folders(folder)
    evil = '=HYPERLINK("http://x")\x1b[2J\r\n<script>'
    change_header(
        session,
        notes=[evil, "x" * 10_000_000],
        command="@SUM(1)",
        created_utc="+1",
        versions={"posture_trainer": "\t-1"},
    )
    exported(tmp_path / "data", tmp_path / "out")
    text = (tmp_path / "out" / "sessions.csv").read_text(encoding="utf-8")
    assert len(text) < 4000
    assert not set(map(chr, range(32))) & set(text) - {"\n"}
    (row,) = rows_of(tmp_path / "out" / "sessions.csv")
    assert row["patient"] == "'-a"
    assert row["command"] == "'@SUM(1)"
    assert row["started_utc"] == "'+1"
    assert row["program_version"] == "'-1"
    assert row["notes"].startswith("'=HYPERLINK")
    assert rows_of(tmp_path / "out" / "samples.csv")[0]["patient"] == "'-a"


@given(st.text())
@example(" =1")
@example("\t=1")
@example("＝1")
@example("\u200b=1")
def test_no_text_cell_begins_a_formula(text: str) -> None:
    cell = text_cell(text)
    assert not cell.lstrip().startswith(("=", "+", "-", "@", "|", "%", "＝", "＋", "－", "＠"))
    assert cell.isprintable() or not any(letter < " " or "\x7f" <= letter < "\xa0" for letter in cell)
    assert len(cell) <= 1001
    assert text_cell(cell) == cell


@given(st.text(alphabet="0123456789.-+eE=", max_size=12))
def test_only_plain_numbers_pass_as_numbers(text: str) -> None:
    if number_cell(text) is not None and text:
        float(text)
        assert any_cell(text) == text
    elif text:
        assert any_cell(text) == text_cell(text)


def test_a_fast_look_and_a_slow_look_at_the_rows_agree(tmp_path: Path) -> None:
    (session,) = session_folders(make_patient(tmp_path, "a", sessions=1))
    fast = read_rows(session, COLUMNS)
    slow = read_rows(session, all_columns([session])[::-1])
    assert fast.text == (session / "samples.csv").read_text(encoding="utf-8").partition("\n")[2]
    turned = ["\n".join(",".join(line.split(",")[::-1]) for line in slow.text.splitlines())]
    assert turned[0] + "\n" == fast.text


def test_the_hold_test_is_the_mean_of_a_session_s_tries(tmp_path: Path) -> None:
    (session,) = session_folders(make_patient(tmp_path / "data", "a", sessions=1))
    summary = json.loads((session / "summary.json").read_bytes())
    tries = [ExerciseEvent("hold_test", 9.0, {"ending": "done", "held_s": held_s}) for held_s in (20.0, 25.0)]
    (session / "summary.json").write_text(json.dumps({**summary, "exercises": exercise_summary(tries)}))
    exported(tmp_path / "data", tmp_path / "out")
    (row,) = rows_of(tmp_path / "out" / "sessions.csv")
    assert float(row["hold_test_s"]) == 22.5
    assert json.loads(row["more"])["exercises"]["hold_test"]["tries_s"] == [20.0, 25.0]
    assert hold_test_mean_s(exercise_summary(tries[:1])) is None
    assert (
        hold_test_mean_s(None)
        is hold_test_mean_s({"hold_test": 3})
        is hold_test_mean_s({"hold_test": {"mean_s": True}})
        is None
    )


# --- Parquet ----------------------------------------------------------------------------------------------------


def test_parquet_holds_the_same_as_csv(clinic: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="the extra [tables] is not installed")
    duckdb: Any = pytest.importorskip("duckdb", reason="the extra [tables] is not installed")
    assert exported(clinic, tmp_path / "p", "parquet").rows == exported(clinic, tmp_path / "c").rows
    parts = sorted(each.relative_to(tmp_path / "p").as_posix() for each in (tmp_path / "p").rglob("*.parquet"))
    assert parts == [
        "samples/patient=007/month=2026-01/part-0.parquet",
        "samples/patient=anna-1/month=2026-01/part-0.parquet",
        "sessions.parquet",
        "trials.parquet",
    ]
    read = f"read_parquet('{tmp_path}/p/samples/**/*.parquet', hive_partitioning=true, hive_types_autocast=false)"
    columns = "patient, session, t_s, face, round(rotation_deg, 3) AS rotation_deg, state"
    with duckdb.connect() as connection:
        found = connection.sql(f"SELECT {columns} FROM {read} ORDER BY patient, session, t_s").fetchall()
        shares = connection.sql(f"SELECT patient, neutral_s, frames FROM '{tmp_path}/p/sessions.parquet'").fetchall()
    wanted = [
        (row["patient"], row["session"], float(row["t_s"]), int(row["face"]), row["rotation_deg"], row["state"])
        for row in rows_of(tmp_path / "c" / "samples.csv")
    ]
    wanted.sort(key=lambda row: row[:3])
    assert [row[:4] + row[5:] for row in found] == [row[:4] + row[5:] for row in wanted]
    assert [row[4] for row in found] == pytest.approx([float(row[4]) if row[4] else None for row in wanted], abs=1e-3)
    sessions = rows_of(tmp_path / "c" / "sessions.csv")
    assert shares == [(row["patient"], float(row["neutral_s"]), int(row["frames"])) for row in sessions]


def test_without_pyarrow_a_message_says_what_to_install(clinic: Path, run_command: RunCommand, tmp_path: Path) -> None:
    (tmp_path / "lib" / "pyarrow").mkdir(parents=True)
    (tmp_path / "lib" / "pyarrow" / "__init__.py").write_text("raise ImportError('not here')", encoding="utf-8")
    root = str(ROOT)
    done = run_command(
        "export", "--format", "parquet", "--out", tmp_path / "out", "--data-dir", clinic,
        env={"PYTHONPATH": f"{tmp_path / 'lib'}:{root}"},
    )  # fmt: skip
    assert done.returncode == 1
    assert "pip install 'posture-trainer[tables]'" in done.stderr
    assert not (tmp_path / "out").exists()


# --- the command ------------------------------------------------------------------------------------------------


def test_the_command_tells_what_is_not_whole(clinic: Path, call_command: RunCommand, tmp_path: Path) -> None:
    done = call_command("export", "--format", "csv", "--out", tmp_path / "out", "--data-dir", clinic)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Wrote 3 sessions of 2 patients, 157 rows" in done.stdout
    assert "anna-1/2026-01-31T08-15-00.000Z (cut off)" in done.stdout
    done = call_command(
        "export", "--format", "csv", "--patient", "anna-1", "--out", tmp_path / "one", "--data-dir", clinic
    )
    assert "Wrote 2 sessions of 1 patient, 70 rows" in done.stdout


def test_every_column_of_the_sessions_is_in_the_docs() -> None:
    docs = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    for name in SESSION_COLUMNS:
        pattern = "cue_<kind>" if name.startswith("cue_") else name
        pattern = "<axis>_mean_deg" if name.endswith("_mean_deg") else pattern
        pattern = "<axis>_sd_deg" if name.endswith("_sd_deg") else pattern
        assert f"`{pattern}`" in docs, name


def test_json_in_more_is_json(tmp_path: Path) -> None:
    (session,) = session_folders(make_patient(tmp_path / "data", "a", sessions=1))
    summary = json.loads((session / "summary.json").read_bytes())
    (session / "summary.json").write_text(json.dumps({**summary, "pain": {"before": 3}}))
    exported(tmp_path / "data", tmp_path / "out")
    (row,) = rows_of(tmp_path / "out" / "sessions.csv")
    assert json.loads(row["more"]) == {"pain": {"before": 3}}


def test_a_log_of_before_there_was_a_quality_still_goes_out(tmp_path: Path) -> None:
    (session,) = session_folders(make_patient(tmp_path / "data", "a", sessions=1))
    lines = (session / "samples.csv").read_text(encoding="utf-8").splitlines()
    old = [",".join(line.split(",")[:14]) for line in lines]
    (session / "samples.csv").write_text("\n".join(old) + "\n", encoding="utf-8")
    for kind in ("csv", "bids"):
        assert exported(tmp_path / "data", tmp_path / kind, kind).rows == 90
    row = rows_of(tmp_path / "csv" / "samples.csv")[0]
    assert (row["state"], row["quality"], row["unsmoothed"]) == ("neutral", "", "")


# --- trials -----------------------------------------------------------------------------------------------------


def guided(data: Path) -> dict[str, Any]:
    """One patient with a session of one trial of each kind, as their machines record them; by kind, its numbers."""
    (session,) = session_folders(make_patient(data, "anna", sessions=1))
    numbers = {kind: MACHINES[kind].numbers(MACHINES[kind].begin(), SETTINGS[kind]) for kind in MACHINES}
    common = {"block": 1, "trial": 2, "attempt": 1, "ending": "done", "cues": True, "probe": False, "ran_s": 4.25}
    with (session / "events.jsonl").open("a", encoding="utf-8") as file:
        for place, (kind, each) in enumerate(numbers.items()):
            event = {"t_s": 10.0 + place, "event": kind, "began_s": 5.0, **common, **each}
            file.write(json.dumps(event) + "\n")
        file.write(json.dumps({"t_s": 1.0, "event": "ratings", "when": "before", "pain": 40, "control": 55}) + "\n")
        file.write(
            '{"t_s": 2, "event": "hold", "ending": 3}\n{"t_s": 3, "event": "hold", "ending": "done", "held_s": []}\n'
        )
        file.write(
            '{"t_s": 4, "event": "hold_test", "ending": "done", "held_s": 12.345678, "within_deg": 1'
            + "0" * 400
            + "}\n"
        )
    return {kind: {**common, **each} for kind, each in numbers.items()}


SETTINGS: dict[str, Any] = {
    "hold": HoldSettings(5.0, 30.0),
    "hold_test": HoldTestSettings(),
    "follow": FollowSettings(),
    "position_sense": PositionSenseSettings(),
    "range": RangeSettings(),
    "stretch": StretchSettings(15.0, Direction.TILT_LEFT),
    "breathe": BreatheSettings(30.0),
    "timed": TimedSettings(20.0, "=1+1"),
    "trick": TrickSettings(),
    "free": FreeSettings(),
}


def test_every_figure_of_a_trial_is_described() -> None:
    for kind, machine in MACHINES.items():
        named = set(machine.numbers(machine.begin(), SETTINGS[kind]))
        assert named - {"words"} <= set(TRIAL_FIGURES), f"what {kind} records is not in TRIAL_FIGURES"


def test_the_trials_table_holds_every_figure_in_full(tmp_path: Path) -> None:
    recorded = guided(tmp_path / "data")
    exported(tmp_path / "data", tmp_path / "out")
    rows = rows_of(tmp_path / "out" / "trials.csv")
    assert list(rows[0]) == list(TRIAL_COLUMNS)
    found = {(row["t_s"], row["figure"]): (row["value"], row["word"]) for row in rows}
    for place, (kind, figures) in enumerate(recorded.items()):
        assert {row["exercise"] for row in rows if row["t_s"] == f"{10.0 + place}"} == {kind}
        for name, value in figures.items():
            if name == "words":  # of the plan, not a figure
                continue
            number, word = found[f"{10.0 + place}", name]
            assert (float(number) if number else word or None) == value
    assert found["4.0", "held_s"] == ("12.345678", "")
    assert found["4.0", "within_deg"] == ("", ""), "no number that a record can have"
    assert ("2.0", "ending") not in found
