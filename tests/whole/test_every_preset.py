"""Every plan that comes with the program, from the safety text to the summary, by itself: with a patient who does
what is asked, and with the head of the demo clip, which does not."""

import json
from pathlib import Path

import pytest
from test_guided_live import GuidedRoom, face

from posture_trainer.exercises.exercise_view import ExerciseView
from posture_trainer.pages.views import SummaryView
from posture_trainer.plans.plan import preset_names
from posture_trainer.pose.face import Face
from posture_trainer.records.session_reader import read_session
from posture_trainer.session.todays_plan import settings_of, todays_plan

pytestmark = pytest.mark.usefixtures("slow_camera")
SECTIONS = {
    "free": {"free"},
    "home": {"timed", "stretch", "hold", "follow"},
    "meige": {"hold"},
    "hold-test": {"hold_test"},
    "position-sense": {"position_sense"},
    "range": {"range"},
    "follow-easy": {"follow"},
    "follow-medium": {"follow"},
    "follow-hard": {"follow"},
    "opposite": {"follow", "hold"},
    "settle": {"timed"},
    "shoulder-blades": {"timed"},
    "chin-glide": {"timed"},
    "press": {"timed"},
    "other-side": {"follow"},
    "lengthen": {"stretch"},
    "read": {"timed", "free"},
    "look-over": {"timed"},
    "reach": {"timed", "hold"},
    "stand": {"timed"},
    "trick": {"trick"},
    "shoulders": {"free"},
    "gentle": {"breathe", "hold", "timed"},
}


def test_every_preset_has_its_sections() -> None:
    assert set(SECTIONS) == set(preset_names())
    assert set.union(*SECTIONS.values()) == set.union(*(SECTIONS[name] for name in IN_THE_DEMO))


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_runs_by_itself_to_the_summary(tmp_path: Path, name: str) -> None:
    room = GuidedRoom(tmp_path, seconds=1000.0)
    summary = room.plan(name, seconds=60.0 if name == "free" else None)
    assert summary is not None
    assert summary.ended == ("time" if name == "free" else "done")
    assert summary.exercises is not None
    assert {kind for kind in summary.exercises if kind not in ("rests", "definitions")} == SECTIONS[name]
    for kind in SECTIONS[name]:
        assert summary.exercises[kind]["completed"] > 0 or kind == "free"
        assert summary.exercises[kind]["void"] == 0
    last = room.window.shown[-1][1]
    assert isinstance(last, SummaryView)
    assert last.rows
    (folder,) = (tmp_path / "sessions").iterdir()
    header = json.loads((folder / "session.json").read_text(encoding="utf-8"))
    assert header["plan"]["name"] == name
    assert header["plan"]["block"]
    stored = read_session(folder).summary
    assert stored is not None
    assert stored.exercises == summary.exercises
    (folder / "summary.json").unlink()
    recovered = read_session(folder).summary
    assert recovered is not None
    assert recovered.exercises == summary.exercises, "a session that was cut off still has its exercises"


def head_of_the_clip(t_s: float, _seen: ExerciseView) -> Face:
    """About what the camera sees in the demo clip: six movements, one after the other, whatever is asked."""
    move, into_s = divmod(t_s % 28.6 - 4.0, 4.1)
    turned_away = move >= 0 and 0.35 < into_s < 2.75
    return face(*(_MOVES[int(move)] if turned_away else (0, 0, 0)))


_MOVES = ((15, 0, 0), (-15, 0, 0), (0, 13, 0), (0, -13, 0), (0, 0, 15), (0, 0, -14))


IN_THE_DEMO = (
    "home",
    "gentle",
    "hold-test",
    "position-sense",
    "range",
    "read",
    "trick",
)  # every kind that presets have


@pytest.mark.parametrize("name", IN_THE_DEMO)
def test_the_demo_plays_a_plan_to_its_summary(tmp_path: Path, name: str) -> None:
    """The clip's head does not do what is asked, the plan goes through all the same."""
    room = GuidedRoom(tmp_path, head_of_the_clip, seconds=3000.0, live=False)
    todays = todays_plan(tmp_path, name, settings_of(tmp_path, demo=True))
    assert todays is not None
    assert not todays.open_ended
    summary = room.practise(plan=todays)
    assert summary is not None
    assert summary.ended == "done"
    assert summary.exercises is not None
    assert {kind for kind in summary.exercises if kind not in ("rests", "definitions")} == SECTIONS[name]
    last = room.window.shown[-1][1]
    assert isinstance(last, SummaryView)
    assert last.rows


def test_the_free_mirror_of_a_demo_ends_with_its_clip(tmp_path: Path) -> None:
    todays = todays_plan(tmp_path, "free", settings_of(tmp_path, demo=True))
    assert todays is not None
    assert todays.open_ended
