"""Home, people, settings, camera, first steps and the therapist's door: by mouse, by keys and by touch alone."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pygame
import pytest
from made.at_home import HOW, Home
from made.common import RunCommand
from made.patients import make_patient

from posture_trainer.errors import NoCamera, UserError
from posture_trainer.figures.session_summary import Summary
from posture_trainer.home import shortcut
from posture_trainer.home.sounds import SoundsScreen
from posture_trainer.pages.front import first_steps, icon, notes, people, sounds
from posture_trainer.pages.front.page import Press, Words
from posture_trainer.plans.patient_file import load_patient_settings
from posture_trainer.records.delete import delete_patient
from posture_trainer.records.keep_guest import keep_last_of_guest
from posture_trainer.records.settings import FILE, Settings, load_settings, save_settings
from posture_trainer.session import start as starting
from posture_trainer.session.front import seat
from posture_trainer.session.open_devices import Within
from posture_trainer.session.start import Call
from posture_trainer.sound.player import Silence

Open = Callable[..., Home]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    opened: list[Home] = []

    def open_home(how: str = "mouse", *codes: str, **more: Any) -> Home:
        settings, _ = load_settings(tmp_path)
        for code in codes:
            settings = settings.with_person(code, name=code.split("-")[0].capitalize())
        if codes:
            save_settings(tmp_path, settings.model_copy(update={"last": codes[0]}))
        opened.append(Home(tmp_path, monkeypatch, how, **more))
        return opened[-1]

    yield open_home
    for each in opened:
        each.close()


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Call]:
    """The sessions that were asked for; none begins."""
    calls: list[Call] = []

    def start(call: Call, _say: Callable[[str], None]) -> tuple[Summary, Path] | None:
        calls.append(call)
        return None

    monkeypatch.setattr(starting, "start", start)
    return calls


@pytest.mark.parametrize("how", HOW)
def test_practising_is_one_press_away(home: Open, started: list[Call], how: str) -> None:
    at = home(how, "anna-1")
    assert at.title == "Good morning, Anna"
    at.press("practise")
    assert [(call.command, call.patient, call.source) for call in started] == [("practice", "anna-1", "0")]
    assert started[0].within is not None
    assert started[0].within.window is at.window, "in the same window"
    assert at.title == "Good morning, Anna"


def test_enter_practises_at_once(home: Open, started: list[Call]) -> None:
    home("keys", "anna-1").key(pygame.K_RETURN)
    assert len(started) == 1


@pytest.mark.parametrize("how", HOW)
def test_somebody_new_is_added_and_remembered(home: Open, how: str) -> None:
    at = home(how)
    assert at.title == "Welcome"
    at.press("people").type("anna 1!").focus("field name").type("Anna").press("add")
    assert at.title == "Good morning, Anna"
    assert at.settings.last == "anna1", "only signs of a code"
    assert at.settings.of("anna1").name == "Anna"
    assert "Anna" not in "".join(path.read_text() for path in (at.room.data / "patients").rglob("*") if path.is_file())


@pytest.mark.parametrize("how", HOW)
def test_another_person_is_chosen_and_is_here_the_next_time(home: Open, how: str) -> None:
    at = home(how, "anna-1", "karl-7")
    at.press("people").press("person karl-7")
    assert at.title == "Good morning, Karl"
    at.close()
    assert home(how).title == "Good morning, Karl"


def test_a_code_that_is_taken_is_told(home: Open) -> None:
    at = home("mouse", "anna-1")
    at.press("people").press("new person").type("ANNA-1").press("add")
    assert at.title == "Somebody new"
    assert people.TAKEN in str(at.view.parts)
    assert at.settings.last == "anna-1"


@pytest.mark.parametrize("how", HOW)
def test_settings_count_at_once_and_are_kept(home: Open, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    monkeypatch.setattr(pygame.display, "toggle_fullscreen", lambda: 1)
    at = home(how, "anna-1")
    at.press("settings").press("text=largest")
    assert at.room.controls.text_scale == 2.0
    at.press("text=normal").press("face=hide").press("reminders=tones").press("degrees=show").press("quieter")
    at.press("screen=on")
    at.press("back")
    assert at.title == "Good morning, Anna"
    own = load_patient_settings(at.room.folder)
    assert own.hide_face
    assert (own.sound.cues, own.sound.spoken, own.sound.volume) == (True, False, 0.6)
    kept = at.settings.of("anna-1")
    assert (kept.figures, kept.text_scale) == (True, 1.0)
    assert at.settings.window.full_screen


def test_arrows_choose_in_a_row_at_once(home: Open) -> None:
    at = home("keys", "anna-1")
    at.press("settings")
    assert at.window.ring == "text=normal"
    at.key(pygame.K_RIGHT)
    assert at.window.ring == "text=larger"
    assert at.settings.of("anna-1").text_scale == 1.5
    at.key(pygame.K_DOWN)
    assert at.settings.of("anna-1").text_scale == 1.5, "going on to another row chooses nothing"


def test_damaged_settings_are_put_aside(home: Open, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"last": 3, "people"', encoding="utf-8")
    settings, word = load_settings(tmp_path)
    assert settings.last == ""
    assert "settings-damaged.json" in word
    assert (tmp_path / "settings-damaged.json").read_text(encoding="utf-8") == '{"last": 3, "people"'
    assert home().title == "Welcome"


@pytest.mark.parametrize("how", HOW)
def test_without_a_camera_there_is_a_page_and_not_a_closed_window(
    home: Open, started: list[Call], monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    gone = [True]
    real = starting.start

    def start(call: Call, say: Callable[[str], None]) -> Any:
        if gone[0] and call.command == "practice":
            raise NoCamera("I can't find a camera (number 0).")
        return real(call, say)

    monkeypatch.setattr(starting, "start", start)
    at = home(how, "anna-1").press("practise")
    assert at.title == "No camera yet"
    at.press("try again")
    assert at.title == "No camera yet"
    at.press("demo")
    assert [call.command for call in started] == ["demo"]
    at.press("practise")
    gone[0] = False
    at.press("try again")
    assert [call.command for call in started] == ["demo", "practice"]
    assert at.title == "Good morning, Anna"


def test_what_is_in_the_way_is_told_in_the_window(home: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def start(_call: Call, _say: Callable[[str], None]) -> None:
        raise UserError("The plan x.toml can't be read.")

    monkeypatch.setattr(starting, "start", start)
    at = home("mouse", "anna-1").press("practise")
    assert at.title == "Not just now"
    at.press("back")
    assert at.title == "Good morning, Anna"


@pytest.mark.parametrize("how", HOW)
def test_a_fault_of_nobodys_plan_is_a_page_with_a_way_home(
    home: Open, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    def start(_call: Call, _say: Callable[[str], None]) -> None:
        error = RuntimeError("the head of Anna Smith")
        error.add_note("All up to now is kept.")
        raise error

    monkeypatch.setattr(starting, "start", start)
    at = home(how, "anna-1").press("practise")
    assert at.title == "That was our fault, not yours"
    log = (at.room.data / "last-fault.txt").read_text(encoding="utf-8")
    assert "RuntimeError" in log
    assert "Smith" not in log
    at.press(notes.HOME)
    assert at.title == "Good morning, Anna"


@pytest.mark.parametrize("how", HOW)
def test_the_first_steps_one_by_one_or_skipped(
    home: Open, started: list[Call], how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seats: list[str] = []

    def try_seat(_data: Path, _code: str, _known: bool, source: str, within: Within, _mute: bool) -> bool:
        assert within.window is at.window
        seats.append(source)
        return True

    monkeypatch.setattr(seat, "try_seat", try_seat)
    at = home(how).press("first steps")
    titles = []
    for number, _ in enumerate(first_steps.STEPS):
        titles.append(at.title)
        if number == first_steps.TRY_STEP:
            at.press("try it")
        at.press("next step")
    assert titles == [title for title, _ in first_steps.STEPS]
    assert [call.command for call in started] == ["demo"]
    assert seats == ["0"], "the live picture, once"
    assert at.title == "Good morning"
    at.press("help").press("first steps").press("next step").press("back")
    assert at.title == first_steps.STEPS[0][0], "one step back"
    at.press("skip")
    assert at.title == "Home", "back where it was asked for"


@pytest.mark.parametrize("how", HOW)
def test_each_sound_can_be_heard_with_its_words_and_found_by_ear(home: Open, how: str) -> None:
    heard: list[str] = []

    class Heard(Silence):
        def play(self, name: str, volume: float) -> None:
            heard.append(name)

        def speak(self, phrase: str, volume: float) -> None:
            heard.append(phrase)

    def press(name: str) -> tuple[str, ...]:
        """Press it, listen for a second, and give the lines of the page."""
        at.press(name).moments(20)
        return tuple(line for part in at.view.parts if isinstance(part, Words) for line in part.lines)

    at = home(how, "anna-1").press("help").press("sounds")
    at.room.sounds = Heard()
    assert at.title == "What you hear"
    for tone, phrase in sounds.TONES.items():
        heard.clear()
        press(tone)
        assert heard == [tone, phrase], "the tone first"
    heard.clear()
    assert "Which one was that?" in press("find one")
    (asked,) = heard
    other = next(tone for tone in sounds.TONES if tone != asked)
    press(other)
    assert heard == [asked, asked, sounds.TONES[asked]], "the one that was asked for, with its words"
    press("find one")
    assert "Yes, that was it." in press(heard[3])
    page = SoundsScreen(at.room)
    heard.clear()
    page.press(Press("turn_left"))
    page.leave()
    at.moments(20)
    page.tick()
    assert heard == ["turn_left"], "nothing is said on another page"


@pytest.mark.parametrize("how", HOW)
def test_help_is_on_every_page(home: Open, how: str) -> None:
    at = home(how, "anna-1")
    for door in ("progress", "settings", "people", "therapist"):
        at.press(door).press("help")
        assert len(at.view.parts) == 2
        at.press("back").press("back")
        assert at.title == "Good morning, Anna", door
    at.key(pygame.K_F1)
    assert at.title == "Home"


@pytest.mark.parametrize("how", HOW)
def test_the_therapists_door_is_held_open(home: Open, how: str) -> None:
    at = home(how, "anna-1").press("therapist")
    at.press("yes")
    assert at.title == "Are you the therapist?", "a short press is not enough"
    at.press("yes", held_s=3.2)
    assert at.title == "People"
    assert "row anna-1" in at.window.drawn()


@pytest.mark.parametrize("how", HOW)
def test_closing_asks_and_waits(home: Open, how: str) -> None:
    at = home(how, "anna-1").press("back")
    assert at.title == "Close now?"
    at.moments(450)
    assert at.title == "Good morning, Anna", "without an answer it stays"
    at.press("back").press("close")
    assert not at.open


def test_the_windows_own_cross_closes(home: Open) -> None:
    at = home("mouse", "anna-1").press("settings")
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    at.moments()
    assert not at.open


def test_a_hand_that_trembles(home: Open) -> None:
    at = home("mouse", "anna-1")
    place = at.window.drawn()["settings"]
    at.now_ms += 1000
    down: dict[str, Any] = {"pos": (place.left + 5, place.centery), "button": 1}
    pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONDOWN, **down))
    pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=(place.left - 15, place.centery), button=1))
    at.moments(2)
    assert at.title == "Settings", "let go a little beside it"
    at.press("back")
    pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONDOWN, **down))
    pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=(place.left - 200, place.centery), button=1))
    at.moments(2)
    assert at.title == "Good morning, Anna", "let go elsewhere: not meant"


def test_without_a_screen_one_line_says_so(run_command: RunCommand) -> None:
    said = run_command("home", env={"SDL_VIDEODRIVER": "nowhere"})
    assert said.returncode == 1
    assert len(said.stderr.splitlines()) == 1
    assert "needs a screen" in said.stderr


def test_pygames_clock_runs_once_the_window_is_open() -> None:
    """Else every press after the first would count as one too soon."""
    code = (
        "from posture_trainer.screen.window import PygameWindow; import pygame; PygameWindow((320, 240)); "
        "end = pygame.time.get_ticks() + 20\nwhile pygame.time.get_ticks() < end: pygame.time.wait(5)\nprint('runs')"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert told.stdout.splitlines()[-1] == "runs"


def test_a_guests_session_is_kept_under_a_code(tmp_path: Path) -> None:
    guest = make_patient(tmp_path, "guest", sessions=2, rows=30)
    last = sorted(each.name for each in (guest / "sessions").iterdir())[-1]
    place = keep_last_of_guest(tmp_path, "anna-1")
    assert place == tmp_path / "patients" / "anna-1" / "sessions" / last
    assert json.loads((place / "session.json").read_text())["patient"] == "anna-1"
    assert not (guest / "sessions" / last).exists()
    assert len(list((guest / "sessions").iterdir())) == 1


def test_deleting_somebody_forgets_the_name_too(tmp_path: Path) -> None:
    make_patient(tmp_path, "anna-1")
    save_settings(
        tmp_path, Settings(last="anna-1").with_person("anna-1", name="Anna").with_person("karl-7", name="Karl")
    )
    delete_patient(tmp_path, "anna-1")
    assert "Anna" not in (tmp_path / FILE).read_text()
    assert load_settings(tmp_path)[0].of("karl-7").name == "Karl"


def test_in_the_first_steps_a_missing_camera_is_told_and_keeps_nobody_there(
    home: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def try_seat(*_of: object) -> bool:
        raise NoCamera("none")

    monkeypatch.setattr(seat, "try_seat", try_seat)
    at = home().press("first steps").press("next step").press("next step")
    assert at.title == "No camera yet"
    at.press("back")
    assert at.title == first_steps.STEPS[first_steps.SOUND_STEP][0]


def test_an_icon_is_offered_once_to_a_guest_too(home: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []
    monkeypatch.setattr(shortcut, "make", lambda places, _png: made.append(places))
    at = home()
    at.room.offers_icon = True
    at.moments(5)
    assert at.title == "Welcome", "first things first"
    at.press("first steps").press("skip")
    at.moments(3)
    assert at.title == icon.offer_view().title
    at.press(icon.YES)
    assert len(made) == 1
    assert at.settings.shortcut_offered
    at.moments(10)
    assert at.title == "Good morning"
