"""The sheet for the patient: plain words that say what the report says, one picture, one page of A4."""

import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from made.browser import axe_faults, opened, pages_of, printed, sideways_px
from made.common import RunCommand
from made.courses import FIRST, Day, Stretch, session_of
from made.reported import write_patient, write_session
from selenium import webdriver
from test_report import EVIL, read_page
from test_words import found

from posture_trainer.course.answers import Answers, answers
from posture_trainer.course.extras import PAIN_ROSE, UNWELL
from posture_trainer.course.judgement import MARK_WORDS, Mark
from posture_trainer.course.past_session import PastSession
from posture_trainer.course.told.patient import PatientWords, patient_words
from posture_trainer.errors import UserError
from posture_trainer.records.people import patient_folder
from posture_trainer.report import patient_page as written
from posture_trainer.report.charts.course_picture import course_picture
from posture_trainer.report.patient_page import patient_page
from posture_trainer.words.directions import drift_words

INJECTION = (FIRST + timedelta(days=28)).date()


@pytest.fixture(scope="module")
def course() -> list[PastSession]:
    """An injection after four weeks that takes the pull from 18 to 5 degrees and wears off again; pain with it."""
    random = np.random.default_rng(3)
    sessions = []
    for number, day in enumerate(range(0, 118, 3)):
        since = day - 28
        benefit = float(np.interp(since, [0, 3, 28, 42, 84], [0, 0, 1, 1, 0])) if since > 0 else 0.0
        pull = 18 - 13 * benefit + random.normal(0, 1)
        ratings = {("pain", "before"): 58 - 27 * benefit + random.normal(0, 3), ("dizziness", "before"): 5.0}
        sessions.append(session_of(Day(day, (Stretch(90, (pull, 4, 0)),), 15 + 20 * benefit, ratings, seed=number)))
    return sessions


@pytest.fixture(scope="module")
def told(course: list[PastSession]) -> Answers:
    return answers(course, course[-1], [INJECTION], _today(course))


def _today(course: list[PastSession]) -> date:
    last = course[-1].day
    assert last is not None
    return last


def lines_of(words: PatientWords) -> list[str]:
    return [*words.how, *words.helped, *words.changed, *words.tell]


def test_it_says_in_plain_words_what_the_answers_say(course: list[PastSession], told: Answers) -> None:
    words = patient_words(told, course, [INJECTION], _today(course))
    assert found(lines_of(words)) == set()
    assert words.how[0].startswith("You practised on 10 of the last 28 days, ")
    assert any("turns about" in line and "to your right" in line for line in words.how)
    assert words.helped[0] == f"Injection of {INJECTION.day} February 2026, weeks 3 to 6 after it:"
    clear = [each for each in told.judgement.responses if each.mark is Mark.BETTER]
    assert clear
    assert any(line.startswith("Better: your head goes less far when you let it go (") for line in words.helped)
    assert any(line.startswith("Better: less pain before practice (") for line in words.helped)
    assert "half gone in about week" in words.helped[-1]
    named = {line.partition(":")[0].lower() for line in words.changed}
    assert named <= set(MARK_WORDS.values())
    assert {each.mark for each in told.judgement.measures if each.mark} >= {
        mark for mark, said in MARK_WORDS.items() if said in named
    }
    assert words.tell == ()


def test_what_the_doctor_should_hear_of(course: list[PastSession], told: Answers) -> None:
    today = _today(course)
    remarks = (f"{UNWELL} (pain)", f"{PAIN_ROSE} by 30")
    marked = [replace(each, extras=replace(each.extras, remarks=remarks)) for each in course[-2:]]
    refused = replace(course[-3], header={**course[-3].header, "refused": "signs"})
    long_ago = replace(course[0], extras=replace(course[0].extras, remarks=(f"{UNWELL} (pain)",)))
    words = patient_words(told, [long_ago, *course[1:-3], refused, *marked], [], today)
    assert [line.split(" of the last")[0] for line in words.tell] == ["On 2 days", "On 2 days", "On 1 day"]
    assert "you felt unwell" in words.tell[0]
    assert "no practice, because of what you answered" in words.tell[2]
    assert words.helped == ("No date of an injection is written down.",)
    assert found(lines_of(words)) == set()


def test_few_sessions_say_too_few(course: list[PastSession]) -> None:
    few = course[:3]
    words = patient_words(answers(few, few[-1], [], _today(few)), few, [], _today(few))
    assert all(line.startswith(MARK_WORDS[Mark.TOO_FEW].capitalize()) for line in words.changed)
    late = _today(few) + timedelta(days=90)
    assert "The last practice was on" in patient_words(answers(few, few[-1], [], late), few, [], late).how[0]


def test_directions_are_the_patients_own() -> None:
    assert drift_words({"rotation": -13.6, "tilt": 4.2, "flexion": 1.1}) == (
        "turns about 14° to your left and leans about 4° to your right"
    )
    assert drift_words({"rotation": 3.0, "tilt": -9.0, "flexion": -12.0}) == (
        "tips about 12° up, leans about 9° to your left and turns about 3° to your right"
    )
    assert drift_words({"rotation": 0.4, "tilt": 0.0}) == ""


def test_the_picture_is_of_the_pull_and_holds_every_session(course: list[PastSession]) -> None:
    drawn = course_picture(course, course[-1], [INJECTION, date(2020, 1, 1)])
    assert drawn is not None
    assert drawn.title == "How far your head goes when you let it go. Lower is better."
    assert len(drawn.dots) == len(course)
    assert [tick.words for tick in drawn.injections] == [f"injection {INJECTION.day} Feb"]
    lowest, highest = drawn.values[0].at, drawn.values[-1].at
    assert all(highest <= y <= lowest for _, y in (*drawn.dots, *drawn.line))
    assert f"{len(course)} sessions" in drawn.described
    assert course_picture(course[:2], course[1], []) is None


# --- the page in a browser --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sheet")
    patient = write_patient(folder)
    write_session(patient, 9, notes=[EVIL], pain=20, cut=True)
    return patient_page(patient, folder / "out", made=datetime(2026, 1, 20, tzinfo=UTC))


@pytest.fixture(scope="module")
def longest_page(course: list[PastSession], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with more than there is ever to say, of a patient with the longest code."""
    folder = tmp_path_factory.mktemp("long")
    patient = patient_folder(folder, "x" * 64)
    pull = "tips about 12° up, leans about 9° to your left and turns about 3° to your right"
    changed = "Worse: your head is close to straight for less of the time, from about 61 % to about 42 %"
    effect = "Better: your head is close to straight for more of the time (41 % before, 62 % after)."
    course_line = "It began after about 6 days, was at its most in about week 4, and half gone in about week 11."
    names = ": how far your head goes when you let it go; how well your head does what you want; dizziness."
    with pytest.MonkeyPatch.context() as patch:
        words = PatientWords(
            (f"When you let it go, your head {pull}, or more.",) * 6,
            (
                "Injection of 27 September 2026, weeks 3 to 6 after it:",
                *(effect,) * 4,
                f"Also better{names}",
                course_line,
            ),
            (
                *(f"{changed}, since about 27 September 2026.",) * 4,
                *(f"Can't be told from the usual ups and downs{names}",) * 4,
            ),
            ("On 3 days of the last 8 weeks there was no practice, because of what you answered before it.",) * 3,
        )
        patch.setattr(written, "patient_words", lambda *_: words)
        patch.setattr(written, "past_sessions", lambda *_: course)
        return patient_page(patient, folder / "out")


def test_no_word_that_a_patient_is_not_to_meet_is_on_the_page(page: Path) -> None:
    text = read_page(page).text
    assert "For your visit to the doctor" in text
    assert "It is not a medical device" in text
    assert found(text.splitlines()) == set()
    assert "<script" not in page.read_text(encoding="utf-8")


def test_it_is_one_page_of_a4_whatever_there_is_to_say(
    browser: webdriver.Chrome, page: Path, longest_page: Path
) -> None:
    for each in (page, longest_page):
        opened(browser, each)
        assert pages_of(printed(browser, "A4")) == 1
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        size = {"width": 688, "height": 1032, "deviceScaleFactor": 1, "mobile": False}  # A4 within the page's margins
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        end = browser.execute_script("return document.querySelector('footer').getBoundingClientRect().bottom")
        assert end <= 1032


@pytest.mark.parametrize("dark", [False, True])
def test_it_is_readable_for_everybody_on_every_screen(browser: webdriver.Chrome, page: Path, dark: bool) -> None:
    opened(browser, page, 390, 844, dark=dark)
    assert sideways_px(browser) == 0
    assert axe_faults(browser) == []


def test_without_a_session_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no sessions"):
        patient_page(patient_folder(tmp_path, "nobody"), tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a browser is not found by the path alone")
def test_the_command_writes_it_and_tells_of_a_pdf_that_can_not_be(run_command: RunCommand, tmp_path: Path) -> None:
    patient = write_patient(tmp_path, 1)
    call = ("review", "--patient", "anna", "--for-patient", "--data-dir", str(tmp_path))
    done = run_command(*call, "--pdf", env={"PATH": "/nowhere"})
    page = patient / "report" / "anna-for-patient.html"
    assert done.returncode == 1
    assert f"For the patient: {page}" in done.stdout
    assert done.stderr.startswith("posture-trainer: No PDF was made: it needs Chromium, Chrome or Edge")
    assert [each.name for each in page.parent.iterdir()] == [page.name]
    assert found(done.stdout.splitlines()) == set()
    assert run_command(*call, "--session", "x").returncode == 2
