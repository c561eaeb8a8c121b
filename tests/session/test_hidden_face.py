"""Who would rather not see their own face sees lines that move as it does, and no pixel of the camera."""

from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
from made.scripted import made_baseline, made_face
from test_drawing import drawn
from test_live_session import BEGUN_S, NEUTRAL, Room

from posture_trainer.pages.keys import Key
from posture_trainer.pages.views import (
    BaselineView,
    Controls,
    GuidedView,
    PictureView,
    PlacementView,
    PracticeView,
    SafetyView,
    View,
)
from posture_trainer.plans.patient_file import load_patient_settings, save_patient_settings
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.pose.angles import rotation_from_angles
from posture_trainer.screen.kit import palette
from posture_trainer.screen.mirror.face_lines import line_picture
from posture_trainer.session.hidden_face import keep_hiding
from posture_trainer.session.looks import Looks, set_up
from posture_trainer.session.todays_plan import settings_of, todays_plan
from posture_trainer.words.safety import HIDE_FACE

PINK = (203, 20, 254)  # no colour of the program's own


@pytest.fixture(autouse=True)
def _fewer_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slower camera: nothing here is about its rate."""
    monkeypatch.setattr("test_live_session.RATE_HZ", 10.0)


@pytest.fixture
def pink(monkeypatch: pytest.MonkeyPatch) -> None:
    """A camera whose every pixel can be told."""
    monkeypatch.setattr("test_live_session.PICTURE", np.full((480, 640, 3), PINK, np.uint8))


def pinkish(view: View) -> bool:
    """Whether anything of the camera is on the window: its own colour, dimmed or under a panel too."""
    shown, _ = drawn(view, Controls(hide_face=True), (640, 360))
    red, green, blue = (shown[..., channel].astype(np.int16) for channel in range(3))
    return bool(((red - green > 25) & (blue - green > 20)).any())


def hidden(room: Room) -> dict[type, list[Any]]:
    """What was shown while the face was hidden."""
    shown: dict[type, list[Any]] = {}
    for _, view, controls in room.window.shown:
        if controls.hide_face and isinstance(view, PictureView) and view.picture_bgr is not None:
            shown.setdefault(type(view), []).append(view)
    return shown


@pytest.mark.usefixtures("pink")
def test_no_pixel_of_the_camera_is_drawn_while_the_face_is_hidden(tmp_path: Path) -> None:
    room = Room(tmp_path, lambda _t: NEUTRAL, {1.0: Key.HIDE_FACE, 16.0: Key.PAUSE, 18.0: Key.PAUSE}, seconds=90.0)
    room.practise(seconds=24.0)
    plan = Room(tmp_path / "plan", lambda _t: NEUTRAL, {0.5: Key.HIDE_FACE, 8.0: Key.PAUSE, 10.0: Key.PAUSE}, 200.0)
    plan.practise(baseline=made_baseline(), plan=todays_plan(tmp_path, "meige", PatientSettings()), seconds=20.0)
    shown = hidden(room) | {GuidedView: hidden(plan)[GuidedView]}
    assert set(shown) == {SafetyView, PlacementView, BaselineView, PracticeView, GuidedView}
    kinds = {view.exercise.kind for view in shown[GuidedView]}
    assert {"hold", "rest", "paused"} <= kinds
    for views in shown.values():
        assert not any(pinkish(view) for view in views[:: max(1, len(views) // 6)])
    before = next(view for _, view, controls in room.window.shown if not controls.hide_face)
    assert pinkish(before), "it would be seen"


def test_every_view_with_a_picture_is_one_that_can_be_hidden() -> None:
    with_picture = {kind for kind in get_args(View) if "picture_bgr" in {each.name for each in fields(kind)}}
    assert with_picture == set(get_args(PictureView))


def test_the_lines_are_where_the_face_is_and_move_with_it() -> None:
    def bright(face: Any) -> tuple[Any, Any]:
        picture = line_picture(face.picture_size, [face])
        rows, columns = np.nonzero((picture == palette.TEXT[::-1]).all(axis=2))
        return columns / picture.shape[1], rows / picture.shape[0]

    face = made_face()
    across, down = bright(face)
    low, high = face.shares.min(axis=0), face.shares.max(axis=0)
    assert low[0] <= across.min() < across.max() <= high[0]
    assert low[1] <= down.min() < down.max() <= high[1]
    turned, _ = bright(made_face(rotation_from_angles(20, 0, 0)))
    assert turned.mean() < across.mean() - 0.01, "to the patient's right is to the left in the camera's own picture"
    _, lowered = bright(made_face(rotation_from_angles(0, 0, 15)))
    assert lowered.mean() > down.mean() + 0.01
    beside, _ = bright(made_face(None, (10.0, 0.0, -60.0)))
    assert beside.mean() > across.mean() + 0.05


def test_nobody_there_is_drawn_as_nobody() -> None:
    assert (line_picture((640, 480), []) == palette.BACKGROUND[::-1]).all()


def test_no_lines_stay_when_the_face_is_gone(tmp_path: Path) -> None:
    stops_s = BEGUN_S + 3
    room = Room(tmp_path, lambda t: NEUTRAL if t < stops_s else None, {1.0: Key.HIDE_FACE})
    room.practise(seconds=BEGUN_S + 8)
    late = [view for view in room.views(PracticeView, stops_s + 1) if view.picture_bgr is not None]
    assert late
    assert all((view.picture_bgr == palette.BACKGROUND[::-1]).all() for view in late)


def test_what_is_said_of_it_is_said_once_and_the_choice_is_kept(tmp_path: Path) -> None:
    def session(keys: dict[float, Key]) -> Room:
        room = Room(tmp_path, lambda _t: NEUTRAL, keys)
        set_up(room.devices, load_patient_settings(tmp_path), Looks(tmp_path, "anna-1", tmp_path))
        room.devices.keep_hiding = lambda: keep_hiding(room.devices, tmp_path)
        room.practise(baseline=made_baseline(), seconds=12.0)
        return room

    save_patient_settings(tmp_path, PatientSettings(note="a cushion"))
    first = session({5.0: Key.HIDE_FACE, 6.0: Key.HIDE_FACE, 7.0: Key.HIDE_FACE})
    assert [phrase for _, phrase in first.sounds.spoken] == ["safety", "hide_face"]
    assert any(controls.notice == HIDE_FACE for _, _, controls in first.window.shown)
    kept = load_patient_settings(tmp_path)
    assert (kept.hide_face, kept.hide_face_told, kept.note) == (True, True, "a cushion")
    again = session({5.0: Key.HIDE_FACE, 6.0: Key.HIDE_FACE, 7.0: Key.HIDE_FACE})
    assert again.window.shown[0][2].hide_face, "from the first screen on"
    assert [phrase for _, phrase in again.sounds.spoken] == ["safety"]
    assert load_patient_settings(tmp_path).hide_face is False


def test_a_choice_that_cannot_be_kept_is_said_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "patient.toml").write_text("hide_face = 3\n", encoding="utf-8")
    room = Room(tmp_path, lambda _t: NEUTRAL, {5.0: Key.HIDE_FACE})
    room.devices.keep_hiding = lambda: keep_hiding(room.devices, tmp_path)
    assert room.practise(baseline=made_baseline(), seconds=12.0) is not None
    assert any("hide_face is 3" in words for words in room.said)
    assert hidden(room)[PracticeView]


def test_what_a_patient_sets_or_answers_assigns_no_plan(tmp_path: Path) -> None:
    """The file that keeps it may be the first there is."""
    room = Room(tmp_path, lambda _t: NEUTRAL, {1.0: Key.HIDE_FACE}, seconds=90.0)
    room.devices.keep_hiding = lambda: keep_hiding(room.devices, tmp_path)
    room.practise(baseline=made_baseline(), seconds=5.0)
    kept = settings_of(tmp_path)
    assert (kept.hide_face, kept.plan) == (True, None)
    assert "# plan = " in (tmp_path / "patient.toml").read_text(encoding="utf-8")
    assert todays_plan(tmp_path, None, kept) is None, "the mirror as it is, as before"
    save_patient_settings(tmp_path, kept.model_copy(update={"plan": "free"}))
    free = todays_plan(tmp_path, None, settings_of(tmp_path))
    assert free is not None
    assert free.name == "free", "what is set stays set"
