"""Calibrating in the window, in fake time, and from a file without a dialogue: what is shown, stored and refused."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from made.scripted import made_baseline, made_face
from test_live_session import NEUTRAL, Room, Script, turned

from posture_trainer.errors import UserError
from posture_trainer.pages.keys import Key
from posture_trainer.pages.views import FormView, SafetyView, SummaryView
from posture_trainer.plans import toml_files
from posture_trainer.plans.patient_file import load_patient_settings, save_patient_settings
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.plans.plan import preset_names
from posture_trainer.pose.angles import rotation_from_angles
from posture_trainer.pose.directions import Direction
from posture_trainer.pose.neutral.recording import BaselineRules
from posture_trainer.pose.target import Target
from posture_trainer.records import baseline_files
from posture_trainer.records.baseline_files import load_baseline, save_baseline
from posture_trainer.session.calibrate import calibrate
from posture_trainer.session.calibration_store import Calibration
from posture_trainer.words.seeing import CAMERA_GONE, NO_FACE

pytestmark = pytest.mark.usefixtures("slow_camera")


# --- in the window ----------------------------------------------------------------------------------------------

AIM_S, TAKEN_S = 6.0, 17.0  # the safety text is over; a recording that was begun then is over


def calibration(folder: Path, **more: Any) -> Calibration:
    return Calibration("anna", folder, 5.0, BaselineRules(), settings=load_patient_settings(folder), **more)


def room(folder: Path, keys: dict[float, Key], script: Script = lambda _t: NEUTRAL) -> Room:
    return Room(folder, script, {AIM_S: Key.PAUSE, **keys})


def stored(folder: Path) -> list[Path]:
    return sorted((folder / "baselines").glob("*.json"))


def test_accepting_stores_the_baseline_and_a_patients_file(tmp_path: Path) -> None:
    saved = calibrate(room(tmp_path, {TAKEN_S: Key.CONFIRM}).devices, calibration(tmp_path))
    assert saved is not None
    assert [saved[0]] == stored(tmp_path)
    assert load_baseline(saved[0]).target is None
    assert load_patient_settings(tmp_path) == PatientSettings(plan="free"), "as the page shows it"
    assert (tmp_path / "patient.toml").exists()


def test_a_patients_file_that_nothing_was_changed_in_is_left_as_it_is(tmp_path: Path) -> None:
    own = tmp_path / "patient.toml"
    own.write_text('# my own words\nplan = "meige"\n', encoding="utf-8")
    assert calibrate(room(tmp_path, {TAKEN_S: Key.CONFIRM}).devices, calibration(tmp_path)) is not None
    assert own.read_text(encoding="utf-8").startswith("# my own words")


@pytest.mark.parametrize("leaving_s", [1.0, 5.5, 7.0, 8.0, 13.0, 17.0, 18.5])
def test_escape_changes_nothing_whenever_it_comes(tmp_path: Path, leaving_s: float) -> None:
    here = room(tmp_path, {17.5: Key.PAGE, 18.0: Key.MORE, leaving_s: Key.STOP})
    assert calibrate(here.devices, calibration(tmp_path)) is None
    assert list(tmp_path.iterdir()) == []


def test_the_safety_text_comes_first_and_live_angles_are_shown(tmp_path: Path) -> None:
    save_baseline(tmp_path, made_baseline())
    here = room(tmp_path, {TAKEN_S: Key.STOP}, lambda _t: turned(7))
    calibrate(here.devices, calibration(tmp_path))
    assert isinstance(here.window.shown[0][1], SafetyView)
    aim = [view for view in here.views(FormView, 5.5, AIM_S) if view.large]
    assert aim
    assert aim[-1].rows[0].value == "7° to the right"
    assert "from the neutral of 2026-01-31" in aim[-1].detail
    assert any("7° to the right" in row.value for row in here.views(FormView, TAKEN_S - 0.5)[-1].rows)


def test_angles_are_those_from_the_camera_before_there_is_a_neutral(tmp_path: Path) -> None:
    here = room(tmp_path, {TAKEN_S: Key.STOP}, lambda _t: turned(-9))
    calibrate(here.devices, calibration(tmp_path))
    (aim,) = {(view.detail, view.rows[0].value) for view in here.views(FormView, 5.6, AIM_S)}
    assert aim == ("Now, as the camera sees it", "9° to the left")


def lost(t_s: float) -> Any:
    return None if 6 <= t_s < 7 else "gone" if 7 <= t_s < 10 else NEUTRAL


def test_no_figures_without_a_face_or_a_picture(tmp_path: Path) -> None:
    here = Room(tmp_path, lost, {16.0: Key.STOP})
    calibrate(here.devices, calibration(tmp_path))
    for since_s, until_s, words in ((6.5, 7.0, NO_FACE), (7.7, 10.0, CAMERA_GONE)):
        views = here.views(FormView, since_s, until_s)
        assert views
        assert {view.message for view in views} == {words}
        assert {row.value for view in views for row in view.rows} == {"–"}
    assert all(view.picture_bgr is None for view in here.views(FormView, 7.7, 10.0)), "an old picture shown as live"
    assert here.views(FormView, 11.0)[-1].message == ""


def test_a_restless_head_is_refused_with_its_reason_and_tried_again(tmp_path: Path) -> None:
    here = room(
        tmp_path,
        {18.0: Key.PAUSE, 30.0: Key.CONFIRM},
        lambda t: turned(10 * np.sin(3 * t)) if 10 < t < 17 else NEUTRAL,
    )
    assert calibrate(here.devices, calibration(tmp_path)) is not None
    refused = here.views(FormView, TAKEN_S, 18.0)[-1]
    assert refused.heading == "Not taken"
    assert "wandered a little too much" in refused.message
    assert len(stored(tmp_path)) == 1


def test_a_damaged_last_baseline_does_not_stop_a_new_one(tmp_path: Path) -> None:
    path = save_baseline(tmp_path, made_baseline())
    path.write_text("{}", encoding="utf-8")
    here = room(tmp_path, {TAKEN_S: Key.CONFIRM})
    assert calibrate(here.devices, calibration(tmp_path)) is not None
    assert any("is damaged" in words for words in here.said)
    assert len(stored(tmp_path)) == 2


def test_a_plan_that_cannot_begin_is_told_before_anything_is_stored(tmp_path: Path) -> None:
    keys = dict.fromkeys([17.0, 17.1, 17.2], Key.PAGE) | {17.3: Key.PREVIOUS}
    steps = (preset_names().index("opposite") - preset_names().index("free")) % len(preset_names())
    keys |= {17.4 + step / 10: Key.MORE for step in range(steps)}
    keys |= {19.0: Key.CONFIRM, 19.1: Key.CONFIRM, 20.0: Key.MORE, 20.1: Key.CONFIRM, 20.2: Key.CONFIRM}
    here = room(tmp_path, keys)
    assert calibrate(here.devices, calibration(tmp_path)) is not None
    told = here.views(FormView, 19.2, 20.0)[-1]
    assert "Not saved yet. The plan opposite can't begin." in told.message
    assert load_patient_settings(tmp_path).pull == (Direction.ROTATION_RIGHT,)
    assert load_patient_settings(tmp_path).plan == "opposite"


@pytest.mark.parametrize("which", ["baseline", "settings"])
def test_a_full_disk_is_told_nothing_is_half_stored_and_enter_tries_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, which: str
) -> None:
    module: Any = baseline_files if which == "baseline" else toml_files
    write = module.write_private_file
    here = room(tmp_path, {17.0: Key.PAGE, 17.1: Key.MORE, 17.2: Key.CONFIRM, 17.3: Key.CONFIRM, 19.0: Key.CONFIRM})

    def until_freed(path: Path, text: str) -> None:
        if here.clock() < 18.5:
            raise OSError(28, "No space left on device")
        write(path, text)

    monkeypatch.setattr(module, "write_private_file", until_freed)
    looked: list[tuple[list[Path], bool]] = []
    show = here.window.show

    def look(view: Any, controls: Any) -> None:
        if 18.0 < here.clock() < 18.4:
            looked.append((stored(tmp_path), (tmp_path / "patient.toml").exists()))
        show(view, controls)

    monkeypatch.setattr(here.window, "show", look)
    saved = calibrate(here.devices, calibration(tmp_path))
    told = here.views(FormView, 17.5, 19.0)[-1]
    assert "Not saved." in told.message
    assert "No space left on device" in told.message
    assert looked
    assert all(kept == ([], False) for kept in looked), "both or neither"
    assert saved is not None
    assert load_baseline(saved[0]).target == Target(1), "what was set was not lost"


def no_and_yes(t_s: float) -> Any:
    """Still while neutral is recorded, then a slow "no" and a slow "yes" of ten seconds each."""
    if t_s < TAKEN_S:
        return NEUTRAL
    swing = 25 * np.sin(2 * np.pi * (t_s - TAKEN_S) / 5)
    no = t_s < TAKEN_S + 10
    return made_face(rotation_from_angles(swing if no else 0, 0, 0 if no else swing / 1.5))


def test_with_turns_the_movements_come_after_accepting(tmp_path: Path) -> None:
    here = room(tmp_path, {TAKEN_S: Key.CONFIRM}, no_and_yes)
    saved = calibrate(here.devices, calibration(tmp_path, with_turns=True))
    assert saved is not None
    assert load_baseline(saved[0]).neck_axes is not None


@pytest.mark.parametrize(("key", "kept"), [(Key.CONFIRM, 1), (Key.STOP, 0)])
def test_movements_that_are_refused_can_be_left_out(tmp_path: Path, key: Key, kept: int) -> None:
    here = room(tmp_path, {TAKEN_S: Key.CONFIRM, 40.0: key})
    saved = calibrate(here.devices, calibration(tmp_path, with_turns=True))
    assert 'The "no" was too small' in here.views(FormView, 39.0, 40.0)[-1].message
    assert len(stored(tmp_path)) == kept
    assert (saved is not None) == bool(kept)


def test_what_was_stored_is_shown(tmp_path: Path) -> None:
    here = room(tmp_path, {17.0: Key.PAGE, 17.1: Key.MORE, 17.2: Key.CONFIRM, 17.3: Key.CONFIRM})
    calibrate(here.devices, calibration(tmp_path))
    last = here.window.shown[-1][1]
    assert isinstance(last, SummaryView)
    assert ("Target", "rotation 1° to the right") in last.rows


# --- without a dialogue -----------------------------------------------------------------------------------------


def from_file(folder: Path, **more: Any) -> Room:
    return Room(folder, lambda _t: NEUTRAL, seconds=8.0, live=False, **more)


def test_a_file_has_no_dialogue_and_makes_the_patients_file(tmp_path: Path) -> None:
    here = from_file(tmp_path)
    what = Calibration("anna", tmp_path, 2.5, BaselineRules())
    assert calibrate(here.devices, what) is not None
    assert here.views(FormView) == []
    assert load_patient_settings(tmp_path) == PatientSettings(plan="free"), "as the page shows it"
    set_by_hand = save_patient_settings(tmp_path, PatientSettings(plan="meige")).read_bytes()
    here = from_file(tmp_path)
    assert calibrate(here.devices, replace(what, settings=load_patient_settings(tmp_path))) is not None
    assert (tmp_path / "patient.toml").read_bytes() == set_by_hand


def test_a_full_disk_leaves_neither_from_a_file_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path, _text: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(toml_files, "write_private_file", full)
    with pytest.raises(UserError, match="No space left on device"):
        calibrate(from_file(tmp_path).devices, Calibration("anna", tmp_path, 2.5, BaselineRules()))
    assert stored(tmp_path) == []


def test_a_damaged_patients_file_is_named_before_the_camera_is_opened(
    call_command: Callable[..., Any], still_face_video: Path, tmp_path: Path
) -> None:
    own = tmp_path / "patients" / "anna" / "patient.toml"
    own.parent.mkdir(parents=True)
    own.write_text("plan = [", encoding="utf-8")
    done = call_command("calibrate", "--patient", "anna", "--source", still_face_video, "--data-dir", tmp_path)
    assert done.returncode == 1
    assert str(own) in done.stderr
    assert "not valid TOML" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert own.read_text(encoding="utf-8") == "plan = ["
