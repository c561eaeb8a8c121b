"""Guided sessions from the command line, and what their records say in review and tables."""

import json
from pathlib import Path

import pytest
from made.common import RunCommand
from made.scripted import ScriptedTracker, made_face
from test_guided_live import ASKED, NONE, GuidedRoom

from posture_trainer.exchange.tables.session_rows import SESSION_COLUMNS, session_row
from posture_trainer.pages.keys import Key
from posture_trainer.plans.plan import preset_names
from posture_trainer.records.past_sessions import past_sessions
from posture_trainer.records.session_reader import read_session
from posture_trainer.session import open_devices

pytestmark = pytest.mark.usefixtures("slow_camera")

# --- the command line -------------------------------------------------------------------------------------------


def test_plans_are_listed_shown_and_checked(call_command: RunCommand, tmp_path: Path) -> None:
    listed = call_command("plans")
    assert listed.returncode == 0
    assert all(name in listed.stdout for name in preset_names())
    one = call_command("plans", "meige")
    assert "1907" in one.stdout
    assert "hold_s 5" in one.stdout
    assert "up to 3 a day" in one.stdout
    stand = call_command("plans", "stand").stdout
    assert "Not when: unsteady, alone, dizzy." in stand
    assert "once a week" in call_command("plans", "range").stdout
    wrong = tmp_path / "mine.toml"
    wrong.write_text('title = "Mine"\n[[block]]\nkind = "hold"\nrest_s = -1\n', encoding="utf-8")
    refused = call_command("plans", wrong)
    assert refused.returncode == 1
    assert "rest_s is -1; allowed: at least 5" in refused.stderr


@pytest.mark.parametrize("name", ["meige", "opposite"])
def test_the_demo_runs_a_plan(
    call_command: RunCommand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """One of them with the real tracker, that follows the clip's face."""
    if name != "meige":
        monkeypatch.setattr(open_devices, "open_tracker", lambda _way=None: ScriptedTracker(lambda _frame: made_face()))
    done = call_command("demo", "--plan", name, "--seconds", "6", "--no-window", "--mute", "--data-dir", tmp_path)
    assert done.returncode == 0, done.stderr
    (folder,) = (tmp_path / "patients" / "demo" / "sessions").iterdir()
    record = read_session(folder)
    assert record.header["plan"]["name"] == name
    assert record.summary is not None
    assert record.summary.exercises


def test_an_unknown_plan_is_named(call_command: RunCommand, tmp_path: Path) -> None:
    done = call_command("demo", "--plan", "dance", "--no-window", "--data-dir", tmp_path)
    assert done.returncode == 1
    assert "There is no plan 'dance'" in done.stderr


# --- what the records say afterwards ----------------------------------------------------------------------------


def test_the_numbers_of_a_session_appear_in_review_and_tables(tmp_path: Path) -> None:
    keys = NONE | {4.0: Key.STEP_10, 4.5: Key.STEP_0}
    room = GuidedRoom(tmp_path, keys=keys, seconds=1000)
    summary = room.plan("hold-test", questions=ASKED)
    assert summary is not None
    (session,) = past_sessions(tmp_path)
    assert session.extras.ratings == {("pain", "before"): 10.0, ("dizziness", "before"): 0.0}
    assert session.extras.hold_test_s == 60.0
    assert session.extras.exercises == {"hold_test": (summary.exercises or {})["hold_test"]}
    assert session.extras.exercises["hold_test"]["tries_s"] == [60.0, 60.0]
    row = dict(zip(SESSION_COLUMNS, session_row("anna", session.folder).values, strict=True))
    assert row["hold_test_s"] == 60.0
    assert json.loads(str(row["more"]))["exercises"]["hold_test"]["mean_s"] == 60.0


def test_figures_of_a_direction_are_in_the_review_under_its_name(tmp_path: Path) -> None:
    GuidedRoom(tmp_path, seconds=1000).plan("range")
    (session,) = past_sessions(tmp_path)
    row = dict(zip(SESSION_COLUMNS, session_row("anna", session.folder).values, strict=True))
    assert "flexion" in json.loads(str(row["more"]))["exercises"]["range"]["directions"], "long, but not cut"
    found = session.extras.exercises["range"]["directions"]
    assert found["rotation_right"]["best_deg"] > 30
    assert found["flexion"]["trials"] == 3
    assert "extension" not in found
