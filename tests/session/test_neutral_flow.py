"""How a neutral comes about in a live session, in fake time: the place, the person, the question if it is straight.

The sources of trouble are those of a first session: a dark room, a face that is far away, a second person, a head that
is turned, a head that is never still. None of them may be taken silently, and none may keep anybody for ever.
"""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from made.scripted import made_face
from test_drawing import noted, words
from test_guided_live import PATIENT, GuidedRoom
from test_live_session import NEUTRAL, Room, Script, turned

from posture_trainer.errors import UserError
from posture_trainer.pages.keys import Key
from posture_trainer.pages.views import (
    BaselineView,
    Controls,
    FormView,
    PlacementView,
    PracticeView,
    StraightView,
    SummaryView,
)
from posture_trainer.pose.angles import rotation_from_angles
from posture_trainer.pose.face import Face
from posture_trainer.pose.neutral.placement import Advice
from posture_trainer.pose.neutral.recording import BaselineRules
from posture_trainer.records.baseline_files import load_baseline
from posture_trainer.session.calibrate import calibrate
from posture_trainer.session.calibration_store import Calibration
from posture_trainer.session.practice import summary_words
from posture_trainer.session.todays_plan import todays_plan
from posture_trainer.words.placement import WORDS

BEGIN = {0.5: Key.OTHER}  # the safety text is over; placement until 2 s, countdown until 5 s, recording until 8 s
ASKED_S = 8.5
CROOKED = made_face(rotation_from_angles(22, 12, 0))
LEFT, RIGHT = made_face(None, (-12, 0, -60)), made_face(None, (12, 0, -60))  # in the camera's own picture


@pytest.fixture(autouse=True)
def _slower_camera(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fewer frames, but where each of a quick movement counts."""
    monkeypatch.setattr("test_live_session.RATE_HZ", 12.0)


@pytest.fixture
def usual_camera(monkeypatch: pytest.MonkeyPatch, _slower_camera: None) -> None:
    """30 frames a second."""
    monkeypatch.setattr("test_live_session.RATE_HZ", 30.0)


def header(room: Room) -> dict[str, Any]:
    file = next((room.folder / "sessions").glob("*/session.json"))
    return dict(json.loads(file.read_text(encoding="utf-8")))


# --- is this straight? ------------------------------------------------------------------------------------------


def crooked(tmp_path: Path, keys: dict[float, Key] | None = None, **more: Any) -> tuple[Room, Any]:
    room = Room(tmp_path, lambda _t: CROOKED, BEGIN | (keys or {}), seconds=200.0)
    return room, room.practise(**({"seconds": 90.0} | more))


def test_a_turned_and_tilted_guest_is_asked_and_told_how(tmp_path: Path) -> None:
    room, _ = crooked(tmp_path)
    asked = room.views(StraightView)
    assert asked
    assert re.fullmatch(
        r"Your head looks turned about [12]\d° to your right and leaning about 1\d° to your right\.", asked[0].looks
    )
    assert room.views(PracticeView, 0, ASKED_S + 59) == [], "it waits a minute for an answer"
    assert room.views(PracticeView), "and goes on by itself"
    stored = header(room)["baseline"]
    assert stored["attitude_deg"]["turn"] == pytest.approx(22, abs=4)
    assert stored["attitude_deg"]["tilt"] == pytest.approx(12, abs=4)
    assert stored["confirmed_as_straightest"] is False
    assert any("start position" in words and "Nobody confirmed" in words for words in header(room)["notes"])
    assert any("It is your start position for now, not your straight position." in words for words in room.said)


@pytest.mark.parametrize("answer", [None, Key.DIGIT_2])
def test_a_start_position_is_never_called_neutral_or_praised(tmp_path: Path, answer: Key | None) -> None:
    room, summary = crooked(tmp_path, {ASKED_S: answer} if answer else {})
    assert summary.neutral_s > 10, "the log's states keep their names"
    assert summary.kept_to == "start position"
    after = [view for at_s, view, _ in room.window.shown if at_s > ASKED_S + 0.5 and not isinstance(view, StraightView)]
    told = [
        *(words(noted(view, Controls())) for view in after[:: len(after) // 12]),
        *summary_words(summary, tmp_path),
    ]
    last = after[-1]
    assert isinstance(last, SummaryView)
    told.append(words(noted(last, Controls())))
    assert any("at your start position" in line for line in told)
    for line in told:
        assert "neutral" not in line.lower(), line
        assert "straight" not in line.replace("set straight again", "").replace("not your straight position", ""), line
        assert "%" not in line
    assert last.bars is None


def test_yes_is_respected_and_recorded(tmp_path: Path) -> None:
    room, _ = crooked(tmp_path, {ASKED_S: Key.DIGIT_2})
    assert header(room)["baseline"]["confirmed_as_straightest"] is True
    assert header(room)["feedback"]["target"]["rotation_deg"] == 0
    assert room.heard(ASKED_S, 59) == [], "no cue away from what was said to be the straightest"


def test_in_the_same_step_practice_can_guide_towards_straight(tmp_path: Path) -> None:
    room = Room(tmp_path, lambda _t: CROOKED, BEGIN | {11.0: Key.DIGIT_3}, seconds=200.0)
    summary = room.practise(seconds=40.0, keep_baseline=True)
    assert summary is not None
    assert summary.kept_to == "target"
    baseline = load_baseline(next((tmp_path / "baselines").glob("*.json")))
    assert baseline.confirmed_as_straightest is True
    assert baseline.target is not None
    assert (baseline.target.rotation_deg, baseline.target.tilt_deg) == pytest.approx((-11, -6), abs=2.5)
    assert header(room)["feedback"]["target"]["rotation_deg"] == baseline.target.rotation_deg
    assert set(room.heard(12, 40)) == {"turn_left"}, "the way to straight"


@pytest.mark.usefixtures("usual_camera")
def test_trying_again_takes_the_straighter_head(tmp_path: Path) -> None:
    room = Room(tmp_path, lambda t: CROOKED if t < 9 else NEUTRAL, BEGIN | {ASKED_S: Key.DIGIT_1}, seconds=90.0)
    summary = room.practise(seconds=30.0)
    assert summary is not None
    assert header(room)["baseline"]["confirmed_as_straightest"] is None
    assert summary.kept_to == "neutral"
    assert len(room.views(PlacementView, ASKED_S)) > 10, "placement comes before every neutral"


def test_stopping_at_the_question_records_nothing(tmp_path: Path) -> None:
    _, summary = crooked(tmp_path, {ASKED_S: Key.STOP})
    assert summary is None
    assert not (tmp_path / "sessions").exists()


def test_a_straight_head_is_asked_nothing(tmp_path: Path) -> None:
    room = Room(tmp_path, lambda _t: made_face(rotation_from_angles(4, -3, 10)), BEGIN)
    room.practise(seconds=20.0)
    assert room.views(StraightView) == []
    assert header(room)["baseline"]["confirmed_as_straightest"] is None


def test_key_c_follows_the_same_rules(tmp_path: Path) -> None:
    room = Room(tmp_path, lambda t: CROOKED if t > 12 else NEUTRAL, BEGIN | {13.0: Key.CALIBRATE}, seconds=200.0)
    summary = room.practise(seconds=80.0)
    assert summary is not None
    assert room.views(PlacementView, 12)
    assert room.views(StraightView, 12)
    (again,) = [event for event in room.events() if event["event"] == "baseline"]
    assert again["confirmed_as_straightest"] is False
    assert again["attitude_deg"]["turn"] == pytest.approx(22, abs=4)
    assert again["target"] is None
    assert summary.kept_to == "start position"
    assert room.devices.tracking.fine, "practice wants unsmoothed landmarks again"


def test_a_guided_session_speaks_of_the_start_position(tmp_path: Path) -> None:
    room = GuidedRoom(tmp_path, keys=BEGIN | {ASKED_S: Key.DIGIT_2}, seconds=400)
    room._look = lambda _t: CROOKED  # type: ignore[method-assign, assignment]
    room.devices.tracking._script = lambda _t: CROOKED  # type: ignore[attr-defined]
    summary = room.practise(plan=todays_plan(tmp_path, "meige", PATIENT))
    assert summary is not None
    assert (summary.exercises or {})["hold"]["completed"] > 0
    view = room.window.shown[-1][1]
    assert isinstance(view, SummaryView)
    assert not any("straight" in what.lower() for what, _ in view.rows)


def test_a_file_is_not_asked_but_told_and_recorded(tmp_path: Path) -> None:
    room = Room(tmp_path, lambda _t: CROOKED, seconds=12.0, live=False)
    summary = room.practise()
    assert summary is not None
    assert room.views(StraightView) == room.views(PlacementView) == []
    assert any("looks turned about" in words for words in room.said)
    assert header(room)["baseline"]["confirmed_as_straightest"] is False
    assert summary.kept_to == "start position"


def test_the_therapists_dialogue_asks_too_and_shows_the_attitude(tmp_path: Path) -> None:
    room = Room(tmp_path, lambda _t: CROOKED, {0.5: Key.OTHER, 2.0: Key.PAUSE, 14.0: Key.DIGIT_3, 16.0: Key.CONFIRM})
    saved = calibrate(room.devices, Calibration("anna", tmp_path, 5.0, BaselineRules()))
    assert saved is not None
    assert saved[1].confirmed_as_straightest is True
    assert saved[1].target is not None
    aim = room.views(FormView, 1.0, 2.0)[-1]
    assert [re.sub(r"\d+", "N", row.remark) for row in aim.rows][:2] == ["from straight about N° to the right"] * 2
    last = room.window.shown[-1][1]
    assert isinstance(last, SummaryView)
    assert last.heading == "Start position of anna saved"


# --- the place and the light ------------------------------------------------------------------------------------

DARK = made_face(brightness=8)
BAD: dict[str, tuple[Face | None, Advice]] = {
    "dark": (DARK, Advice.LIGHT),
    "small": (made_face(None, (0, 0, -250)), Advice.CLOSER),
    "near": (made_face(None, (0, 0, -26)), Advice.BACK),
    "aside": (made_face(None, (17, 0, -60)), Advice.RIGHT),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_not_mended_is_told_goes_on_after_half_a_minute_and_is_recorded(tmp_path: Path, kind: str) -> None:
    face, advice = BAD[kind]
    room = Room(tmp_path, lambda _t: face, BEGIN, seconds=300.0)
    room.practise(seconds=60.0)
    told = room.views(PlacementView, 2, 30)
    assert {view.words for view in told} == {WORDS[advice]}
    assert room.views(BaselineView, 0, 30) == []
    assert room.views(PracticeView, 36), "it goes on"
    assert header(room)["baseline"]["lacking"] == [advice.value]
    assert any(words.startswith("I'll go on as it is") for words in room.said)
    assert any("I'll go on as it is" in note for note in header(room)["notes"])


def test_a_dark_neutral_never_keeps_a_session_for_ever(tmp_path: Path) -> None:
    room = Room(tmp_path, lambda _t: DARK, BEGIN, seconds=600.0)
    summary = room.practise()
    assert summary is not None
    assert summary.ended == "unmeasured"
    assert summary.neutral_s == 0
    last = room.window.shown[-1][1]
    assert isinstance(last, SummaryView)
    assert last.heading == "Not today"
    assert "well enough to measure" in last.closing


@pytest.mark.usefixtures("usual_camera")
def test_light_that_is_put_on_is_noticed(tmp_path: Path) -> None:
    room = Room(tmp_path, lambda t: DARK if t < 10 else NEUTRAL, BEGIN)
    room.practise(seconds=30.0)
    assert room.views(BaselineView, 11.8)
    assert header(room)["baseline"]["lacking"] == []
    assert room.heard(20, 30) == []


@pytest.mark.parametrize("script", [lambda _t: None, lambda _t: "covered", lambda t: "gone" if t > 1 else None])
def test_without_a_face_it_ends_in_kind_words(tmp_path: Path, script: Script) -> None:
    room = Room(tmp_path, script, BEGIN, seconds=600.0)
    with pytest.raises(UserError, match="Your straight position could not be set"):
        room.practise()
    last = room.window.shown[-1][1]
    assert isinstance(last, SummaryView)
    assert last.heading == "Not today"
    assert not (tmp_path / "sessions").exists()


def test_frames_that_a_session_would_not_trust_are_no_part_of_a_neutral(tmp_path: Path) -> None:
    far = made_face(rotation_from_angles(60, 0, 0))
    room = Room(tmp_path, lambda t: far if 6 < t < 6.4 else NEUTRAL, BEGIN)
    room.practise(seconds=20.0)
    stored = header(room)["baseline"]
    assert stored["spread_deg"] < 0.5, "a look aside is left out, not averaged in"
    assert stored["frames"] < 85


# --- whose neutral it is ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "face"), [(Key.DIGIT_1, RIGHT), (Key.DIGIT_2, LEFT)])
def test_two_faces_are_told_and_one_is_chosen_as_the_mirror_shows_them(tmp_path: Path, key: Key, face: Face) -> None:
    room = Room(tmp_path, lambda _t: (LEFT, RIGHT), BEGIN | {6.0: key}, seconds=200.0)
    room.practise(seconds=30.0)
    told = room.views(PlacementView, 2, 6)
    assert all(view.numbered and "two faces" in view.words for view in told)
    first, second = told[-1].faces
    assert first.left > second.right, "the first in the mirror is at the right of the camera's picture"
    assert room.views(BaselineView, 0, 6) == []
    position = header(room)["baseline"]["position_cm"]
    assert np.sign(position[0]) == np.sign(face.centre_px[0] - 320)
    assert header(room)["baseline"]["lacking"] == []


FAR_LEFT, FAR_RIGHT = made_face(None, (-21, 2, -60)), made_face(None, (21, -2, -60))


@pytest.mark.parametrize(("key", "face"), [(Key.DIGIT_1, FAR_RIGHT), (Key.DIGIT_2, FAR_LEFT)])
def test_two_who_sit_side_by_side_can_begin_where_they_sit(tmp_path: Path, key: Key, face: Face) -> None:
    room = Room(tmp_path, lambda _t: (FAR_LEFT, FAR_RIGHT), BEGIN | {6.0: key}, seconds=200.0)
    room.practise(seconds=30.0)
    assert room.views(BaselineView, 0, 9.0), "a second and a half after the choice"
    after = room.views(PlacementView, 6.1)
    assert {view.words for view in after} <= {"Good. Stay like this.", "Sit here, with your face in the frame"}
    across = face.centre_px[0] / 640
    assert all(view.about.left < across < view.about.right for view in after), "the frame is where the patient is"
    stored = header(room)["baseline"]
    assert stored["lacking"] == []
    assert np.sign(stored["position_cm"][0]) == np.sign(face.centre_px[0] - 320)
    assert room.views(PracticeView)[-1].message == ""


def test_who_stays_alone_after_a_choice_is_asked_to_the_middle_again(tmp_path: Path) -> None:
    dark = made_face(None, (21, -2, -60), brightness=8)  # so that placement does not end before the other has gone
    room = Room(tmp_path, lambda t: (FAR_LEFT, dark) if t < 8 else FAR_RIGHT, BEGIN | {6.0: Key.DIGIT_1}, seconds=200)
    room.practise(seconds=40.0)
    assert {view.words for view in room.views(PlacementView, 6.8, 7.9)} == {WORDS[Advice.LIGHT]}
    assert {view.words for view in room.views(PlacementView, 9.6, 25)} == {WORDS[Advice.RIGHT]}
    assert room.views(PlacementView, 9.6)[-1].about is None


@pytest.mark.usefixtures("usual_camera")
def test_a_second_face_that_leaves_is_all_that_was_needed(tmp_path: Path) -> None:
    room = Room(tmp_path, lambda t: (NEUTRAL, RIGHT) if t < 8 else NEUTRAL, BEGIN)
    room.practise(seconds=30.0)
    assert room.views(BaselineView, 0, 9.0) == []
    assert header(room)["baseline"]["position_cm"][0] == pytest.approx(0, abs=0.5)


def test_nobody_is_taken_silently_when_nobody_chooses(tmp_path: Path) -> None:
    larger = made_face(None, (-10, 0, -40))
    room = Room(tmp_path, lambda _t: (larger, RIGHT), BEGIN, seconds=200.0)
    with pytest.raises(UserError, match="two faces"):
        room.practise()
    assert any("second face" in words for words in room.said)


# --- a head that is never still ---------------------------------------------------------------------------------


def test_a_tremor_is_no_reason_to_refuse(tmp_path: Path) -> None:
    room = Room(tmp_path, lambda t: turned(4 * np.sin(2 * np.pi * 2.5 * t)), BEGIN)
    summary = room.practise(seconds=20.0)
    assert summary is not None
    stored = header(room)["baseline"]
    assert stored["spread_deg"] > 2
    assert stored["slow_deg"] < 1
    assert (stored["widened"], stored["restless"]) == (False, False)


@pytest.mark.usefixtures("usual_camera")
@pytest.mark.parametrize(("swing_deg", "restless"), [(4.5, False), (9.0, True)])
def test_a_head_that_wanders_has_three_tries_and_no_more(tmp_path: Path, swing_deg: float, restless: bool) -> None:
    room = Room(tmp_path, lambda t: turned(swing_deg * np.sin(2 * np.pi * 0.4 * t)), BEGIN, seconds=120.0)
    room.practise(seconds=60.0)
    refused = {view.message for view in room.views(BaselineView) if view.message}
    assert len(refused) in (1, 2)
    assert all("a tremor does not count" in words for words in refused)
    stored = header(room)["baseline"]
    assert (stored["widened"], stored["restless"]) == (True, restless)
    if not restless:
        assert stored["duration_s"] == pytest.approx(8, abs=0.2)


def test_the_dialogue_counts_its_tries_too(tmp_path: Path) -> None:
    keys = {0.5: Key.OTHER} | dict.fromkeys((2.0, 14.0, 26.0), Key.PAUSE) | {45.0: Key.CONFIRM}
    room = Room(tmp_path, lambda t: turned(9 * np.sin(2 * np.pi * 0.4 * t)), keys, seconds=120.0)
    saved = calibrate(room.devices, Calibration("anna", tmp_path, 5.0, BaselineRules()))
    assert saved is not None
    assert saved[1].restless


def test_without_a_window_the_place_is_told_and_a_restless_head_is_taken_in_the_end(tmp_path: Path) -> None:
    room = Room(tmp_path, lambda t: turned(10 * np.sin(2 * np.pi * 0.4 * t)), seconds=200.0)
    room.window.visible = False
    saved = calibrate(room.devices, Calibration("anna", tmp_path, 5.0, BaselineRules()))
    assert saved is not None
    assert saved[1].restless
    dark = Room(tmp_path / "dark", lambda _t: DARK, seconds=200.0)
    dark.window.visible = False
    assert calibrate(dark.devices, Calibration("anna", tmp_path / "dark", 5.0, BaselineRules())) is not None
    assert WORDS[Advice.LIGHT] in dark.said
