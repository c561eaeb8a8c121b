"""The calibration dialogue: its state machine by keys, and the whole of it in the window in fake time."""

import itertools
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made.scripted import made_baseline, made_face

from posture_trainer.pages.calibration import form
from posture_trainer.pages.calibration.choices import Draft
from posture_trainer.pages.calibration.dialogue import CHOICES, NO_FURTHER, Ask, Dialogue, Page, press, recorded, typed
from posture_trainer.pages.keys import Key
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.plans.plan import preset_names
from posture_trainer.pose.angles import HeadAngles, rotation_from_angles
from posture_trainer.pose.directions import Direction
from posture_trainer.pose.neutral.compare import angles_from
from posture_trainer.pose.neutral.recording import Refusal
from posture_trainer.pose.target import Target
from posture_trainer.words.directions import placement_words

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
