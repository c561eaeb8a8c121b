"""The page of all patients: what stands out in each, whatever is wrong with others, and a table that can be sorted."""

import json
import shutil
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from made.browser import axe_faults, opened, sideways_px
from made.common import RunCommand
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from test_report import read_page

from posture_trainer.course.extras import Extras
from posture_trainer.course.told.flags import Flag, FlagKind, LatelySession, flags, lately
from posture_trainer.errors import UserError
from posture_trainer.records.clinic.glances import PatientGlance, clinic
from posture_trainer.records.injections import injections
from posture_trainer.records.people import session_folders
from posture_trainer.report.clinic_page import NAME, clinic_page
from posture_trainer.report.write import Report, patient_report
from scripts import make_clinic

TODAY = date(2026, 11, 20)
STRAIGHT, CROOKED = {"turn": 1, "tilt": 0, "nod": 2}, {"turn": 22, "tilt": 1, "nod": 3}


def course(
    now: float, before: float, name: str = "pain", baseline: str = "a", last: date = TODAY, count: int = 4
) -> list[LatelySession]:
    """Sessions of six weeks with a figure that was so much in the first four and is so much in the last two."""
    days = [*range(41, 41 - 3 * count, -3), *range(3 * count, 0, -3)]
    return [
        LatelySession(last - timedelta(days=day), baseline if day < 14 else "a", **{name: now if day < 14 else before})
        for day in days
    ]


def flagged(
    sessions: list[LatelySession], unwell: list[date], injected: list[date], crooked: str | None
) -> tuple[Flag, ...]:
    """Where all of these sessions were practice."""
    return flags(sessions, unwell, injected, crooked, sessions[-1].day, TODAY)


def kinds(found: tuple[Flag, ...]) -> list[FlagKind]:
    return [flag.kind for flag in found]


# --- what stands out --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "now", "before", "expected"),
    [
        ("pain", 45, 30, [FlagKind.PAIN]),
        ("pain", 39, 30, []),
        ("pain", 20, 60, []),
        ("hold_test_s", 20, 31, [FlagKind.LESS]),
        ("hold_test_s", 31, 20, []),
        ("in_tolerance_share", 0.4, 0.66, [FlagKind.LESS]),
    ],
)
def test_what_is_clearly_less_or_more_than_before_stands_out(
    name: str, now: float, before: float, expected: list[FlagKind]
) -> None:
    assert kinds(flagged(course(now, before, name), [], [], "")) == expected


def test_figures_are_in_the_words() -> None:
    (flag,) = flagged(course(0.4, 0.66, "in_tolerance_share"), [], [], None)
    assert flag.words == "time in tolerance 66 %, lately 40 %"


def test_nothing_is_compared_with_too_few_over_a_new_neutral_or_across_an_injection() -> None:
    assert flagged(course(80, 20, count=2), [], [], "") == ()
    assert flagged(course(0.2, 0.9, "in_tolerance_share", baseline="b"), [], [], "") == ()
    assert kinds(flagged(course(80, 20, baseline="b"), [], [], "")) == [FlagKind.PAIN]
    assert flagged(course(80, 20), [], [TODAY - timedelta(days=20)], "") == ()
    assert lately(course(80, 20), lambda each: each.pain).now == 80


@pytest.mark.parametrize(("days", "stands_out"), [(13, False), (14, True), (300, True)])
def test_who_has_not_practised_for_two_weeks_stands_out(days: int, stands_out: bool) -> None:
    found = flagged([LatelySession(TODAY - timedelta(days=days), "a")], [], [], "")
    assert found == ((Flag(FlagKind.QUIET, f"no practice for {days} days"),) if stands_out else ())


def test_what_was_broken_off_is_no_practice() -> None:
    sessions = [LatelySession(TODAY - timedelta(days=days), "a") for days in (20, 1)]
    (flag,) = flags(sessions, [], [], "", sessions[0].day, TODAY)
    assert flag == Flag(FlagKind.QUIET, "no practice for 20 days")
    assert flags(sessions, [], [], "", None, TODAY) == (Flag(FlagKind.QUIET, "no practice recorded"),)


@pytest.mark.parametrize(("days", "stands_out"), [(69, False), (70, True), (112, True), (113, False)])
def test_an_injection_may_be_wearing_off_from_ten_weeks_on(days: int, stands_out: bool) -> None:
    today = [LatelySession(TODAY, "a")]
    found = flagged(today, [], [TODAY - timedelta(days=days), TODAY + timedelta(days=3)], "")
    assert kinds(found) == ([FlagKind.WEARING_OFF] if stands_out else [])


def test_a_crooked_neutral_and_feeling_unwell_stand_out() -> None:
    found = flagged([LatelySession(TODAY, "a")], [TODAY - timedelta(days=9)], [], "turned about 22°")
    assert kinds(found) == [FlagKind.UNWELL, FlagKind.NOT_STRAIGHT]
    assert flagged([LatelySession(TODAY, "a")], [TODAY - timedelta(days=28)], [], None) == ()


# --- from records -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six patients, 14 sessions each, every three days to today; something of each kind is wrong."""
    data = tmp_path_factory.mktemp("clinic")
    with pytest.MonkeyPatch.context() as patch:
        begun = datetime.now(UTC).replace(hour=8, minute=0) - timedelta(days=40)
        patch.setattr(make_clinic, "FIRST_DAY", begun)
        patch.setattr(make_clinic, "SPAN_DAYS", 39)
        patch.setattr(make_clinic, "LENGTH_S", 20.0)
        patch.setattr(make_clinic, "RATE_HZ", 30.0)
        make_clinic.make_clinic(data, patients=6, sessions=14, samples_of=0)
    sessions = {code.name: session_folders(code) for code in (data / "patients").iterdir()}
    for place in sessions["p002"][6:]:
        shutil.rmtree(place)
    for place in sessions["p003"]:
        header = json.loads((place / "session.json").read_bytes())
        header["baseline"]["attitude_deg"] = CROOKED
        (place / "session.json").write_text(json.dumps(header), encoding="utf-8")
    for place in sessions["p004"][-4:]:
        lines = [json.loads(line) for line in (place / "events.jsonl").read_text(encoding="utf-8").splitlines()]
        lines = [{**line, **({"pain": 90} if line["event"] == "ratings" else {})} for line in lines]
        (place / "events.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    (sessions["p005"][-1] / "summary.json").write_text('{"length_s":', encoding="utf-8")
    (sessions["p006"][-1] / "session.json").write_text("[" * 5000, encoding="utf-8")
    (sessions["p006"][-2] / "events.jsonl").write_bytes(b'\x00\xff{"event": "unwell", "t_s": NaN}\n' * 50)
    (data / "patients" / "begun-1" / "baselines").mkdir(parents=True)
    (data / "patients" / "<b>nobody").mkdir()
    return data


def glances(data: Path) -> dict[str, PatientGlance]:
    return {each.code: each for each in clinic(data, datetime.now(UTC).astimezone().date()).patients}


def test_each_patient_has_a_row_with_what_stands_out(made: Path) -> None:
    found = glances(made)
    assert sorted(found) == ["begun-1", *(f"p00{number}" for number in range(1, 7))]
    expected = {
        "begun-1": [FlagKind.QUIET], "p001": [], "p002": [FlagKind.QUIET], "p003": [FlagKind.NOT_STRAIGHT],
        "p004": [FlagKind.PAIN], "p005": [FlagKind.DAMAGED], "p006": [],
    }  # fmt: skip
    assert {code: kinds(each.flags) for code, each in found.items()} == expected
    assert found["p001"].pain.now is not None
    assert found["p001"].hold_test.now is not None


def test_what_is_wrong_with_one_hides_no_other(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(patient: Path, told: Iterable[Extras]) -> list[date]:
        if patient.name == "p004":
            raise ValueError("an unforeseen one")
        return injections(patient, told)

    monkeypatch.setattr("posture_trainer.records.clinic.glances.injections", fails)
    written = clinic_page(made, tmp_path / "out")
    assert written.patients == 7
    text = read_page(written.path).text
    assert "can't be looked at (ValueError)" in text
    assert "'<b>nobody' is not the folder of a patient" in text
    assert "<b>nobody" not in written.path.read_text(encoding="utf-8")
    assert written.path.stat().st_mode & 0o077 == 0


def test_links_lead_to_reports_that_are_there(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails_for_one(patient: Path, out: Path, made: datetime | None = None) -> Report:
        if patient.name == "p002":
            raise UserError("<b>no room</b>")
        return patient_report(patient, out, made=made)

    monkeypatch.setattr("posture_trainer.report.clinic_page.patient_report", fails_for_one)
    data = tmp_path / "data"
    for code in ("p001", "p002", "begun-1"):
        shutil.copytree(made / "patients" / code, data / "patients" / code)
    assert 'href="' not in clinic_page(data, tmp_path / "out").path.read_text(encoding="utf-8")
    written = clinic_page(data, tmp_path / "out", reports=True)
    page = written.path.read_text(encoding="utf-8")
    assert page.count('href="') == 1
    assert 'href="p001.html"' in page
    assert (tmp_path / "out" / "p001.html").is_file()
    assert page.count("no report: ") == 1
    assert "no report: &lt;b&gt;no room" in page
    assert 'href="p001.html"' in clinic_page(data, tmp_path / "out").path.read_text(encoding="utf-8")


def test_the_command(run_command: RunCommand, made: Path, tmp_path: Path) -> None:
    done = run_command("review", "--all", "--out", tmp_path / "out", "--data-dir", made)
    assert done.returncode == 0
    assert str(tmp_path / "out" / NAME) in done.stdout
    assert "7 patients, 5 to look at" in done.stdout
    for wrong in (["--all", "--patient", "a"], ["--reports"], ["--for-patient"], ["--pdf", "--all", "--out", "x"]):
        assert run_command("review", *wrong, "--data-dir", made).returncode == 2
    empty = run_command("review", "--all", "--out", tmp_path / "none", "--data-dir", tmp_path / "empty")
    assert empty.returncode == 0
    assert "no records yet" in empty.stdout


# --- in a browser -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def page(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clinic_page(made, tmp_path_factory.mktemp("out")).path


def codes(browser: webdriver.Chrome) -> list[str]:
    found: list[str] = browser.execute_script(
        "return [...document.querySelectorAll('tbody th')].map(th => th.textContent)"
    )
    return found


def test_it_is_sorted_with_the_keyboard_and_says_so(browser: webdriver.Chrome, page: Path) -> None:
    opened(browser, page, 1366, 768)
    counts = browser.execute_script("return [...document.querySelectorAll('td.flags')].map(td => +td.dataset.order)")
    assert counts == sorted(counts, reverse=True)
    heads = browser.find_elements(By.CSS_SELECTOR, "thead button")
    browser.execute_script("arguments[0].focus()", heads[0])
    for expected, order in (("ascending", False), ("descending", True)):
        browser.switch_to.active_element.send_keys(Keys.ENTER)
        assert codes(browser) == sorted(codes(browser), reverse=order)
        marked = browser.find_elements(By.CSS_SELECTOR, "th[aria-sort]")
        assert [each.get_attribute("aria-sort") for each in marked] == [expected]
        assert "Sorted by Patient" in browser.find_element(By.ID, "sorted").text
    pain = next(each for each in heads if each.text.startswith("Pain before"))
    browser.execute_script("arguments[0].focus()", pain)
    for _ in range(2):
        browser.switch_to.active_element.send_keys(Keys.SPACE)
    assert codes(browser)[0] == "p004"
    assert codes(browser)[-1] == "begun-1", "what is not known comes last, whichever way"


@pytest.mark.parametrize(("width", "dark"), [(1366, False), (1366, True), (390, False), (390, True)])
def test_it_is_readable_for_everybody(browser: webdriver.Chrome, page: Path, width: int, dark: bool) -> None:
    opened(browser, page, width, 844, dark=dark)
    assert sideways_px(browser) == 0
    assert axe_faults(browser) == []
