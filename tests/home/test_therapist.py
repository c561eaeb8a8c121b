"""Behind the therapist's door: people, plan, settings, files; by mouse, by keys and by touch alone."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pygame
import pytest
from made.at_home import HOW, Home

from posture_trainer.exchange import places
from posture_trainer.pages.front import patient_form, plan_form
from posture_trainer.pages.front.form import FIELD, LESS, MORE, stepped
from posture_trainer.pages.front.page import Press
from posture_trainer.pages.front.plan_items import NOT_HERE, items_of
from posture_trainer.plans.blocks import HoldBlock, RangeBlock
from posture_trainer.plans.patient_file import load_patient_settings, save_patient_settings
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.plans.plan import Plan, load_plan, preset_names
from posture_trainer.plans.plan_file import OWN_PLAN, plan_toml
from posture_trainer.pose.directions import Direction
from posture_trainer.records.people import patient_folder
from posture_trainer.records.settings import Settings, save_settings
from posture_trainer.session import start_calibration

PULL = (Direction.ROTATION_RIGHT, Direction.FLEXION)


@pytest.fixture
def people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Home]:
    """The list of people, behind the door, with anna-1 in it."""
    save_settings(tmp_path, Settings(last="anna-1").with_person("anna-1", name="Anna"))
    how = request.param if hasattr(request, "param") else "mouse"
    at = Home(tmp_path, monkeypatch, how)
    at.press("therapist").press("yes", held_s=3.2)
    yield at
    at.close()


@pytest.mark.parametrize("people", HOW, indirect=True)
def test_a_new_person_is_ready_to_practise(people: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[Any] = []
    monkeypatch.setattr(start_calibration, "start_calibration", lambda call, _say: calls.append(call))
    people.press("new person").type("karl-7").press("add")
    assert people.title == "karl-7"
    people.press("plan").press("ready-made").press("take home").press("save")
    people.press("calibrate")
    assert [call.patient for call in calls] == ["karl-7"]
    assert load_patient_settings(patient_folder(people.room.data, "karl-7")).plan == "home"
    people.press("back").press("back")
    assert people.title == "Good morning"
    assert people.room.code == "karl-7"


@pytest.mark.parametrize("people", HOW, indirect=True)
def test_a_plan_is_made_block_by_block(people: Home) -> None:
    people.press("row anna-1").press("plan").press("ready-made")
    at = people
    while "take meige" not in at.window.drawn():
        at.press(plan_form.MORE)
    at.press("take meige").press("block 0")
    at.press(LESS + "repetitions")
    at.focus(FIELD + "hold_s")
    at.key(pygame.K_BACKSPACE).type("9")
    at.press("add") if "add" in at.window.drawn() else at.press("whole plan").press("add")
    at.press("add breathe").press("save")
    folder = patient_folder(at.room.data, "anna-1")
    assert load_patient_settings(folder).plan == OWN_PLAN
    plan = load_plan(str(folder / OWN_PLAN))[1]
    assert [block.kind for block in plan.blocks] == ["hold", "breathe"]
    hold = plan.blocks[0]
    assert isinstance(hold, HoldBlock)
    assert (hold.repetitions, hold.hold_s) == (9, 9.0)


def test_what_is_out_of_range_is_not_taken(people: Home) -> None:
    people.press("row anna-1").press("limits").press("section=Limits").focus(FIELD + "pain_limit")
    for _ in range(2):
        people.key(pygame.K_BACKSPACE)
    people.type("999")
    people.press("save")
    assert people.title == "Settings of anna-1", "it is not saved"
    assert load_patient_settings(patient_folder(people.room.data, "anna-1")).pain_limit == 70
    people.press("undo").focus(FIELD + "pain_limit")
    for _ in range(2):
        people.key(pygame.K_BACKSPACE)
    people.type("55").press("save")
    assert load_patient_settings(patient_folder(people.room.data, "anna-1")).pain_limit == 55


def test_a_record_is_exported_and_deleted(people: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drive = tmp_path / "drive"
    drive.mkdir()
    folder = patient_folder(people.room.data, "anna-1")
    save_patient_settings(folder, PatientSettings())
    monkeypatch.setattr("posture_trainer.home.therapist.files.usual_places", lambda: [("Drive", drive)])
    people.press("row anna-1").press("export").press("place 0")
    assert people.title == "Exported"
    assert (drive / "anna-1.zip").is_file()
    assert b"Anna" not in (drive / "anna-1.zip").read_bytes()
    people.press("back").press("delete").type("anna-")
    assert people.view.nexts[0].disabled, "the code is not whole"
    people.type("1").press("yes")
    assert not folder.exists()
    assert people.settings.people == {}
    assert people.title == "Welcome"


def test_the_places_are_there(tmp_path: Path) -> None:
    assert all(folder.is_dir() for _, folder in places.usual_places())
    (tmp_path / "anna-1.zip").touch()
    assert places.free_name(tmp_path, "anna-1").name == "anna-1-2.zip"


# --- the forms, without a window ----------------------------------------------------------------------------------


def keys_of_file() -> set[str]:
    """Every key of patient.toml that a person may set, by its table."""
    found = set()
    for name, field in PatientSettings.model_fields.items():
        tables = getattr(field.annotation, "model_fields", None)
        found |= {f"{name}.{key}" for key in tables} if tables else {name}
    return found - set(patient_form.NOT_HERE)


def test_every_setting_has_its_field() -> None:
    shown = {item.path for items in patient_form.SECTIONS.values() for item in items}
    whole = {path.split(".")[0] if path.startswith(("pull.", "stretch_limits_deg.")) else path for path in shown}
    assert whole == keys_of_file()


def test_a_form_that_is_not_touched_changes_nothing() -> None:
    settings = PatientSettings(pull=PULL, stretch_limits_deg={Direction.TILT_LEFT: 12.0}, feedback=0.67)
    again = PatientSettings.model_validate(patient_form.contents_of(patient_form.form_of(settings), settings))
    assert again == settings


@pytest.mark.parametrize("section", patient_form.SECTIONS)
def test_the_ends_of_every_range_are_those_of_the_file(section: str) -> None:
    settings = PatientSettings()
    form = patient_form.form_of(settings)
    for item in patient_form.SECTIONS[section]:
        for bound in (item.spec.low, item.spec.high):
            if bound is None or item.path.startswith("stretch"):
                continue
            value = round(bound) if item.spec.kind == "whole" else float(bound)
            changed = patient_form.contents_of(form.with_value(item.path, value), settings)
            PatientSettings.model_validate(changed)
            beyond = form.with_value(item.path, value - 1 if bound == item.spec.low else value + 1)
            with pytest.raises(ValueError, match="equal"):
                PatientSettings.model_validate(patient_form.contents_of(beyond, settings))


def test_steps_stay_in_range_and_may_lead_to_nothing() -> None:
    items = {item.path: item for items in patient_form.SECTIONS.values() for item in items}
    longest = items["longest_session_min"]
    assert stepped(longest, 1.0, -1) is None
    assert stepped(longest, None, 1) == 1.0
    assert stepped(longest, 60.0, 1) == 60.0
    assert stepped(items["feedback"], None, 1) == 1.0


@pytest.mark.parametrize("name", preset_names())
def test_every_plan_can_be_written_and_read_again(name: str) -> None:
    plan = load_plan(name)[1]
    assert Plan.model_validate(tomllib.loads(plan_toml(plan))) == plan
    draft = plan_form.draft_of(plan)
    for number in range(len(draft.blocks)):
        assert plan_form.choose(draft, number).items
        assert plan_form.block_words(draft.blocks[number])[0]
    assert plan_form.fault_of(draft.contents) == ""


@pytest.mark.parametrize("kind", ["whole plan", *plan_form.MODELS])
def test_every_key_of_a_plan_has_its_field(kind: str) -> None:
    model = plan_form.MODELS.get(kind, Plan)
    items = items_of(model)
    assert {item.path.split(".")[0] for item in items} == set(model.model_fields) - set(NOT_HERE)
    assert len({item.path for item in items}) == len({item.label for item in items}) == len(items)
    for item in items:
        numeric = item.spec.kind in ("whole", "number")
        assert item.range or not numeric, f"{item.path} does not say what may stand there"
        assert item.unit or not item.path.endswith(("_s", "_deg", "_min", "seconds")), f"{item.path} has no unit"


@pytest.mark.parametrize("kind", plan_form.MODELS)
def test_each_field_of_a_block_changes_its_key_and_no_other(kind: str) -> None:
    start = plan_form.after(plan_form.draft_of(load_plan("free")[1]), Press(f"add {kind}"), False)
    for item in start.items:
        if item.spec.kind == "text":
            changed = plan_form.after(start, Press(FIELD + item.path, typed="x"), False)
        else:
            changed = plan_form.after(start, Press(MORE + item.path), False)
            if changed.contents == start.contents:  # it stands at its upper end
                changed = plan_form.after(start, Press(LESS + item.path), False)
        before, now = start.blocks[1], changed.blocks[1]
        differs = {name for name in {*before, *now} if before.get(name) != now.get(name)}
        assert differs == {item.path.split(".")[0]}, item.path
        if changed.fault:
            continue
        written = Plan.model_validate(tomllib.loads(plan_toml(Plan.model_validate(changed.contents, strict=False))))
        again = plan_form.choose(plan_form.draft_of(written), 1)
        assert again.form.value(item.path) == changed.form.value(item.path), item.path


def test_directions_reasons_and_tolerances_of_a_block_are_kept(people: Home) -> None:
    people.press("row anna-1").press("plan").press("whole plan").press("add").press("add range")
    for path in ("directions.tilt_left", "not_when.dizzy", "tolerances.flexion_deg"):
        while MORE + path not in people.window.drawn():
            people.press(plan_form.MORE)
        people.press(MORE + path)
    people.press("save")
    block = load_plan(str(patient_folder(people.room.data, "anna-1") / OWN_PLAN))[1].blocks[-1]
    assert isinstance(block, RangeBlock)
    assert Direction.TILT_LEFT not in block.directions
    assert len(block.directions) == 4
    assert block.not_when == ("dizzy",)
    assert block.tolerances.flexion_deg == 1.0
