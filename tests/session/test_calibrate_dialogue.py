"""The calibration dialogue: its state machine by keys, and the whole of it in the window in fake time."""

import itertools
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made.scripted import made_baseline, made_face
from test_live_session import NEUTRAL, Room, Script, turned

from posture_trainer.errors import UserError
from posture_trainer.pages.calibration import form
from posture_trainer.pages.calibration.choices import Draft
from posture_trainer.pages.calibration.dialogue import CHOICES, NO_FURTHER, Ask, Dialogue, Page, press, recorded, typed
from posture_trainer.pages.keys import Key
from posture_trainer.pages.views import FormView, SafetyView, SummaryView
from posture_trainer.plans import toml_files
from posture_trainer.plans.patient_file import load_patient_settings, save_patient_settings
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.plans.plan import preset_names
from posture_trainer.pose.angles import HeadAngles, rotation_from_angles
from posture_trainer.pose.directions import Direction
from posture_trainer.pose.neutral.compare import angles_from
from posture_trainer.pose.neutral.recording import BaselineRules, Refusal
from posture_trainer.pose.target import Target
from posture_trainer.records import baseline_files
from posture_trainer.records.baseline_files import load_baseline, save_baseline
from posture_trainer.session.calibrate import calibrate
from posture_trainer.session.calibration_store import Calibration
from posture_trainer.words.directions import placement_words
from posture_trainer.words.seeing import CAMERA_GONE, NO_FACE

pytestmark = pytest.mark.usefixtures("slow_camera")
KNOWN = PatientSettings(plan="free")
OCCASION = form.Occasion("anna", "2026-01-31", Target(), 2.0)
FROM_LAST = HeadAngles(4.0, -2.0, 0.0, 4.5)


def start(known: PatientSettings = KNOWN, **more: Any) -> Dialogue:
    return Dialogue(Draft(known, known), **more)


def result(known: PatientSettings = KNOWN) -> Dialogue:
    return recorded(start(known), made_baseline(), FROM_LAST)


def after(dialogue: Dialogue, keys: Iterable[Key]) -> Dialogue:
    for key in keys:
        dialogue, _ = press(dialogue, key)
    return dialogue


def offered(dialogue: Dialogue) -> list[tuple[str, str]]:
    return [(action.cap, action.word) for action in form.view(dialogue, OCCASION, form.Seen()).actions if action.shown]


def words_of(dialogue: Dialogue) -> str:
    view = form.view(dialogue, OCCASION, form.Seen())
    rows = [f"{row.label}: {row.value} ({row.remark})" for row in view.rows]
    return "\n".join([view.heading, view.detail, view.message, *rows])


# --- the state machine ------------------------------------------------------------------------------------------


@given(st.lists(st.sampled_from(Key), max_size=60), st.booleans())
def test_any_keys_keep_every_value_within_what_the_patients_file_allows(keys: list[Key], taken: bool) -> None:
    dialogue = after(result() if taken else start(), keys)
    stored = PatientSettings.model_validate(dialogue.draft.settings.model_dump(exclude_none=True))
    assert stored == dialogue.draft.settings
    target = dialogue.draft.target
    assert max(abs(target.rotation_deg), abs(target.tilt_deg), abs(target.flexion_deg)) <= 30
    assert dialogue.row < len(CHOICES.get(dialogue.page, [None]))
    form.view(dialogue, OCCASION, form.Seen())


@pytest.mark.parametrize("page", list(Page))
def test_escape_leaves_from_every_page_and_is_shown(page: Page) -> None:
    dialogue = replace(result(), page=page)
    assert press(dialogue, Key.STOP)[1] is Ask.LEAVE
    assert ("Esc", "leave, nothing changes") in offered(dialogue)


def test_nothing_is_stored_before_a_good_recording() -> None:
    for page, key in itertools.product((Page.AIM, Page.REFUSED), Key):
        assert press(replace(start(), page=page), key)[1] in (Ask.NOTHING, Ask.RECORD, Ask.LEAVE)


def test_a_patient_alone_needs_two_keys() -> None:
    dialogue, ask = press(start(), Key.PAUSE)
    assert ask is Ask.RECORD
    assert press(recorded(dialogue, made_baseline(), None), Key.CONFIRM)[1] is Ask.STORE


def test_a_refused_recording_says_why_and_is_done_again() -> None:
    refused = recorded(start(), Refusal("Your head moved a little too much (3.2°)."), None)
    assert "moved a little too much (3.2°)" in words_of(refused)
    assert press(refused, Key.PAUSE)[1] is Ask.RECORD
    assert press(refused, Key.CONFIRM)[1] is Ask.NOTHING


def test_the_result_says_spread_and_distance_in_words() -> None:
    words = words_of(result())
    assert "Good: held still within 0.0°" in words
    assert "Compared with 2026-01-31" in words
    assert "Rotation: 4° to the right (more than placement does (up to 3°))" in words
    assert "Tilt: 2° to the left (may be placement (up to 5°))" in words
    assert "no earlier neutral" in words_of(recorded(start(), made_baseline(), None))


@pytest.mark.parametrize(("axis", "limit_deg"), [("rotation", 3), ("tilt", 5), ("flexion", 9)])
def test_placement_is_told_up_to_its_limit(axis: str, limit_deg: int) -> None:
    assert placement_words(axis, -limit_deg).startswith("may be")
    assert placement_words(axis, limit_deg + 0.1).startswith("more than")


def test_target_by_arrow_keys() -> None:
    moved = after(result(), [Key.PAGE, *[Key.MORE] * 5, Key.NEXT, Key.NEXT, *[Key.LESS] * 3])
    assert moved.draft.target == Target(5, 0, -3)
    assert "Flexion: 3° chin up" in words_of(moved)
    assert after(moved, [Key.MORE] * 99).draft.target.flexion_deg == 30


def test_a_target_further_than_a_head_may_be_guided_is_not_taken_and_that_is_said() -> None:
    page = after(result(), [Key.PAGE, Key.NEXT, Key.NEXT])
    up = after(page, [Key.LESS] * 99)
    assert (up.draft.target, up.message) == (Target(0, 0, -15), NO_FURTHER)
    assert after(up, [Key.MORE]).message == ""
    turned = after(up, [Key.PREVIOUS, Key.PREVIOUS, *[Key.MORE] * 99])
    assert (turned.draft.target, turned.message) == (Target(20, 0, -15), NO_FURTHER), "beyond 20 at most 10 chin up"


def test_tolerances_by_arrow_keys_and_only_what_was_changed_is_set() -> None:
    page = after(result(), [Key.PAGE, Key.PAGE])
    changed = after(page, [Key.NEXT, Key.MORE, Key.MORE, Key.NEXT, Key.MORE, Key.LESS])
    tolerances = changed.draft.settings.tolerances
    assert tolerances.rotation_left_deg == 7.0
    assert tolerances.model_dump(exclude_none=True) == {"rotation_left_deg": 7.0}
    assert after(page, [Key.LESS] * 99).draft.settings.tolerances.rotation_right_deg == 1.0


def test_pull_and_plan_by_arrow_keys() -> None:
    page = after(result(), [Key.PAGE] * 3)
    changed = after(page, [Key.MORE, Key.NEXT, Key.LESS, Key.NEXT, Key.NEXT, Key.MORE])
    assert changed.draft.settings.pull == (Direction.ROTATION_RIGHT, Direction.TILT_LEFT)
    names = preset_names()
    assert changed.draft.settings.plan == names[names.index("free") + 1]
    assert after(page, [Key.MORE] * 3).draft.settings.pull == (), "round and round"


def test_a_therapists_own_plan_can_be_kept_and_come_back_to() -> None:
    own = after(result(PatientSettings(plan="mine.toml")), [*[Key.PAGE] * 3, Key.PREVIOUS])
    assert "Plan: mine.toml" in words_of(own)
    assert after(own, [Key.MORE]).draft.settings.plan == preset_names()[0]
    assert after(own, [Key.MORE, Key.LESS]).draft.settings.plan == "mine.toml"


def test_the_note_takes_text_and_no_control_signs() -> None:
    note = after(result(), [Key.PAGE] * 4)
    assert note.page is Page.NOTE
    written = typed(note, "Sitzt gut\x1b\n, müde")
    assert written.draft.settings.note == "Sitzt gut, müde"
    assert after(written, [Key.ERASE]).draft.settings.note == "Sitzt gut, müd"
    assert len(typed(note, "a" * 3000).draft.settings.note) == 2000
    assert typed(result(), "not here").draft.settings.note == ""


def test_the_clinics_number_is_typed_too_and_shown_before_it_is_saved() -> None:
    contact = after(result(), [Key.PAGE] * 5)
    assert contact.page is Page.CONTACT
    written = after(typed(contact, "+49 30 1234\x1b x"), [Key.ERASE, Key.ERASE])
    assert (written.draft.settings.contact, written.draft.settings.note) == ("+49 30 1234", "")
    assert len(typed(contact, "1" * 99).draft.settings.contact) == 60
    rows = form.view(after(written, [Key.PAGE]), OCCASION, form.Seen()).rows
    assert ("Clinic", "+49 30 1234") in [(row.label, row.value) for row in rows]


@pytest.mark.parametrize("pages_on", [2, 3, 4])
def test_enter_on_a_page_shows_what_will_be_saved_and_enter_again_saves(pages_on: int) -> None:
    done = after(result(), [Key.PAGE, Key.MORE, *[Key.PAGE] * (pages_on - 1), Key.MORE, Key.CONFIRM])
    assert done.page is Page.READY
    said = words_of(done)
    assert "Target: rotation 1° to the right" in said
    assert f"Tolerance: {'changed' if pages_on == 2 else 'as before'}" in said
    assert f"Pull: {'turned to the right' if pages_on == 3 else 'not marked'}" in said
    assert press(done, Key.CONFIRM)[1] is Ask.STORE
    assert after(done, [Key.PAGE]).page is Page.TARGET


def test_a_good_recording_is_kept_when_a_second_one_is_refused() -> None:
    first = result()
    refused = recorded(first, Refusal("Your head moved a little too much."), None)
    assert ("Enter", "keep the one before") in offered(refused)
    assert after(refused, [Key.CONFIRM]) == first
    assert after(recorded(start(), Refusal("No."), None), [Key.CONFIRM]).page is Page.REFUSED


def test_a_target_of_last_time_is_named_and_not_taken_over() -> None:
    occasion = replace(OCCASION, last_target=Target(12))
    assert "The target of last time is not taken over." in form.view(result(), occasion, form.Seen()).detail
    page = after(result(), [Key.PAGE])
    assert "Last time: rotation 12° to the right" in form.view(page, occasion, form.Seen()).detail
    assert page.draft.target == Target()


def test_recording_again_keeps_what_was_set() -> None:
    changed = after(result(), [Key.PAGE, Key.MORE, Key.CONFIRM])
    again = recorded(changed, made_baseline(), FROM_LAST)
    assert again.draft == changed.draft


def test_the_distance_from_the_last_neutral_is_what_practice_on_it_would_measure() -> None:
    faces = [made_face(rotation_from_angles(6, -2, 3))] * 40
    apart = angles_from(made_baseline(), faces)
    assert (apart.rotation_deg, apart.tilt_deg, apart.flexion_deg) == pytest.approx((6, -2, 3), abs=0.7)


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
