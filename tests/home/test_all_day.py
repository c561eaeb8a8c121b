"""All day: the small sign at the desk in the window of home, rest without a camera, times of practice."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import icalendar
import pygame
import pytest
from made.at_home import HOW, Home
from made.scripted import made_face

from posture_trainer.exchange import places
from posture_trainer.home.all_day import desk as at_desk
from posture_trainer.home.front_door import FrontDoor
from posture_trainer.home.home_screen import HomeScreen
from posture_trainer.pages.front.page import DeskSign
from posture_trainer.plans.patient_file import load_patient_settings, save_patient_settings
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.pose.angles import rotation_from_angles
from posture_trainer.pose.face import Face
from posture_trainer.records.beside.desk import read_desk
from posture_trainer.records.settings import load_settings, save_settings
from posture_trainer.session.desk.eyes import Glimpse
from posture_trainer.sources.frames import SourceInfo
from posture_trainer.words.all_day import body_scan
from posture_trainer.words.all_day import desk as words
from posture_trainer.words.all_day.warmth import NOT_AFTER_INJECTION, WARMTH

INFO = SourceInfo("script", "a script", 640, 480, 5.0)


class Watched:
    """Eyes that see a made face three times a second, and sounds that are noted."""

    trouble = ""

    def __init__(self) -> None:
        self.face: Face | None = made_face()
        self.home: Home | None = None
        self.last_s = -1.0
        self.closed = 0
        self.heard: list[str] = []

    def take(self) -> Glimpse | None:
        assert self.home is not None
        now_s = self.home.room.clock()
        if now_s - self.last_s < 0.33:
            return None
        self.last_s = now_s
        return Glimpse(now_s, (self.face,) if self.face is not None else (), info=INFO, tracker="scripted")

    def often(self, wanted: bool) -> None:
        pass

    def play(self, name: str, volume: float) -> None:
        self.heard.append(name)

    def speak(self, phrase: str, volume: float) -> None:
        self.heard.append(phrase)

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def watched() -> Watched:
    return Watched()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, watched: Watched) -> Iterator[Home]:
    save_settings(tmp_path, load_settings(tmp_path)[0].with_person("anna-1", name="Anna"))
    (tmp_path / "patients" / "anna-1").mkdir(parents=True)
    monkeypatch.setattr(at_desk.DeskScreen, "_eyes", lambda _screen: watched)
    monkeypatch.setattr(at_desk, "screen_is_taken", lambda: False)
    at = Home(tmp_path, monkeypatch)
    at.room.sounds = watched
    watched.home = at
    yield at
    at.close()


def sign(at: Home) -> DeskSign:
    return next(part for part in at.view.parts if isinstance(part, DeskSign))


def test_the_window_shrinks_reminds_pauses_and_comes_back(home: Home, watched: Watched) -> None:
    save_patient_settings(home.room.folder, PatientSettings.model_validate({"desk": {"held_s": 20, "tone": True}}))
    before = pygame.display.get_window_size()
    home.press("all day").press("desk")
    assert pygame.display.get_window_size() == at_desk.SIZE
    home.moments(50, 100)
    assert (sign(home).look, sign(home).words, sign(home).detail) == ("in place", "In place", words.CAMERA_ON)
    watched.face = made_face(rotation_from_angles(20, 0, 0))
    home.moments(300, 100)
    assert (sign(home).look, sign(home).words, sign(home).way) == ("drifting", "A little to your left", "left")
    assert len(watched.heard) == 1
    watched.face = made_face()
    home.moments(150, 100)
    assert sign(home).words == "In place"
    home.press("pause")
    assert (sign(home).look, sign(home).detail) == ("paused", f"Until 10:00. {words.CAMERA_OFF}")
    assert watched.closed == 1
    home.press("tomorrow")
    assert "tomorrow" in sign(home).detail
    home.press("go on").moments(30, 100)
    assert sign(home).look == "in place"
    home.press("back")
    assert home.title == "All day"
    assert pygame.display.get_window_size() == before
    (run,) = read_desk(home.room.folder)
    assert [minute.reminder for minute in run.minutes if minute.reminder] == ["turn_left"]
    assert [minute.followed for minute in run.minutes if minute.followed] == ["yes"]


def test_a_break_is_offered_done_and_recorded(home: Home) -> None:
    save_patient_settings(home.room.folder, PatientSettings.model_validate({"desk": {"break_every_min": 30}}))
    home.press("all day").press("desk")
    home.moments(40, 100)
    home.moments(1850, 1000)
    assert sign(home).words == "Time for a break?"
    home.press("begin")
    assert sign(home).words.startswith(words.BREAKS[0][1])
    home.moments(25, 1000)
    assert sign(home).words == "In place"
    home.press("back")
    assert "done" in {minute.break_ for run in read_desk(home.room.folder) for minute in run.minutes}


def test_whoever_feels_unwell_sees_the_whole_window(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    from posture_trainer.home import front_door

    seen: list[tuple[int, int]] = []
    monkeypatch.setattr(front_door, "unwell", lambda _room: seen.append(pygame.display.get_window_size()))
    before = pygame.display.get_window_size()
    home.press("all day").press("desk").press("unwell")
    assert seen == [before]
    assert pygame.display.get_window_size() == at_desk.SIZE


def test_the_command_begins_at_the_desk_with_home_under_it(home: Home) -> None:
    home.door = FrontDoor(home.room, HomeScreen(home.room), lambda _s: None)
    home.door.open_at(at_desk.DeskScreen(home.room))
    home.moments(3)
    assert home.title == "At the desk"
    assert home.press("back").title == "Good morning, Anna"


def test_the_body_scan_is_heard_without_a_camera(home: Home, watched: Watched) -> None:
    home.press("all day").press("body scan").press("minutes=3").press("begin")
    home.moments(190, 1000)
    assert [name for name in watched.heard if name.startswith("scan")] == [name for name, _ in body_scan.SCAN]
    assert watched.heard[-1] == "finished"
    assert home.title == "All day"


def test_warmth_says_what_to_mind_and_not_after_an_injection(home: Home) -> None:
    home.press("all day").press("warmth").press("begin")
    assert all(line in str(home.view.parts) for line in WARMTH)
    home.press("stop").press("back")
    save_patient_settings(home.room.folder, PatientSettings(last_injection=date(2026, 3, 3)))
    home.press("warmth")
    assert NOT_AFTER_INJECTION in str(home.view.parts)
    home.press("begin")
    assert NOT_AFTER_INJECTION in str(home.view.parts)


@pytest.mark.parametrize("how", HOW)
def test_times_are_typed_kept_and_written_for_a_calendar(
    home: Home, how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "desktop").mkdir()
    monkeypatch.setattr(places, "usual_places", lambda: [("Desktop", tmp_path / "desktop")])
    home.how = how
    home.press("all day").press("times").type("18:00 09:3")
    assert home.view.main is not None
    assert home.view.main.disabled, "that is no time"
    home.focus("field times").type("0").press("calendar").press("place 0")
    assert load_patient_settings(home.room.folder).reminders.times == ("09:30", "18:00")
    written = (tmp_path / "desktop" / "times.ics").read_bytes()
    assert len(icalendar.Calendar.from_ical(written).walk("VEVENT")) == 2


def test_practice_is_reminded_of_at_home_in_its_time(home: Home, watched: Watched) -> None:
    save_patient_settings(home.room.folder, PatientSettings.model_validate({"reminders": {"times": ("09:15",)}}))
    home.door = FrontDoor(home.room, HomeScreen(home.room), lambda _s: None)
    home.door.open_home()
    home.moments(5)
    assert "Time to practise" in home.view.note
    assert watched.heard == ["rest_over"]
    home.moments(30, 1000)
    assert watched.heard == ["rest_over"], "once"
