"""clinic.toml: what a patient without a file of their own begins with, which plans are offered, the reports' head."""

from pathlib import Path

import pytest
from made.patients import make_patient

from posture_trainer.errors import UserError
from posture_trainer.plans.patient_file import load_patient_settings, save_patient_settings, settings_within_limits
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.plans.plan import load_plan, preset_names
from posture_trainer.plans.plan_file import plan_toml
from posture_trainer.report.patient_page import patient_page
from posture_trainer.report.write import patient_report
from posture_trainer.session.front.offered_plans import offered_plans
from posture_trainer.session.todays_plan import assigned_plan, settings_of

CLINIC = """
schema_version = 1
name = "Neurology & <Sons>"
logo = "logo.png"
plans = ["meige", "ours.toml"]
plan = "ours.toml"
contact = "+49 30 1234"
[tolerances]
rotation_right_deg = 6
"""
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    place = tmp_path / "data"
    (place / "plans").mkdir(parents=True)
    (place / "clinic.toml").write_text(CLINIC, encoding="utf-8")
    (place / "logo.png").write_bytes(PNG)
    ours = load_plan("home")[1].model_copy(update={"title": "Ours"})
    (place / "plans/ours.toml").write_text(plan_toml(ours), encoding="utf-8")
    return place


def test_whoever_has_no_file_begins_with_the_clinics(data: Path) -> None:
    new = data / "patients/new-1"
    found = load_patient_settings(new)
    assert (found.plan, found.contact, found.all_tolerances().rotation_right_deg) == ("ours.toml", "+49 30 1234", 6)
    assert assigned_plan(new, found)[1].title == "Ours"
    save_patient_settings(new, found)
    (data / "clinic.toml").write_text(CLINIC.replace("= 6", "= 9"), encoding="utf-8")
    assert load_patient_settings(new).all_tolerances().rotation_right_deg == 6  # nobody's is changed behind their back


def test_own_files_guests_and_other_folders_are_not_touched(data: Path, tmp_path: Path) -> None:
    own = data / "patients/own-1"
    save_patient_settings(own, PatientSettings(plan="gentle"))
    assert load_patient_settings(own) == PatientSettings(plan="gentle")
    guest = settings_of(data / "patients/guest")
    assert (guest.plan, guest.contact) == (None, "+49 30 1234")
    assert load_patient_settings(tmp_path / "elsewhere") == PatientSettings()


def test_more_than_is_allowed_is_brought_to_the_limit_and_told(data: Path) -> None:
    (data / "clinic.toml").write_text("[tolerances]\nrotation_right_deg = 90\n", encoding="utf-8")
    settings, told = settings_within_limits(data / "patients/new-1")
    assert settings.tolerances.rotation_right_deg == 45
    assert "rotation_right_deg is 90" in told[0]


def test_a_slip_of_the_pen_is_told_with_file_and_key(data: Path) -> None:
    (data / "clinic.toml").write_text("contakt = '1'\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"clinic\.toml: contakt is not a key.*Did you mean contact"):
        load_patient_settings(data / "patients/new-1")


def test_the_plans_that_are_offered(data: Path) -> None:
    offered, trouble = offered_plans(data)
    assert ([title for _, title in offered], trouble) == ([load_plan("meige")[1].title, "Ours"], "")
    (data / "clinic.toml").unlink()
    assert len(offered_plans(data)[0]) == len(preset_names()) + 1
    (data / "plans/ours.toml").write_text("title = 3", encoding="utf-8")
    offered, trouble = offered_plans(data)
    assert len(offered) == len(preset_names())
    assert "ours.toml" in trouble


def test_name_and_logo_stand_on_the_reports(data: Path) -> None:
    folder = make_patient(data, "anna-1", sessions=1)
    report = patient_report(folder, data / "out").path.read_text(encoding="utf-8")
    page = patient_page(folder, data / "out").read_text(encoding="utf-8")
    for text in (report, page):
        assert "Neurology &amp; &lt;Sons&gt;" in text
        assert 'src="data:image/png;base64,' in text
        assert "img-src data:" in text
    (data / "clinic.toml").unlink()
    plain = patient_report(folder, data / "out").path.read_text(encoding="utf-8")
    assert "<img" not in plain
    assert "img-src" not in plain


@pytest.mark.parametrize("content", [b"<svg onload='alert(1)'/>", b"", PNG + bytes(500_001)])
def test_what_is_no_small_picture_is_no_logo(data: Path, content: bytes) -> None:
    folder = make_patient(data, "anna-1", sessions=1)
    (data / "logo.png").write_bytes(content)
    with pytest.raises(UserError, match="logo"):
        patient_report(folder, data / "out")


def test_a_logo_lies_beside_its_file(data: Path) -> None:
    (data / "clinic.toml").write_text("logo = '../secret.png'", encoding="utf-8")
    with pytest.raises(UserError, match="logo"):
        load_patient_settings(data / "patients/new-1")
