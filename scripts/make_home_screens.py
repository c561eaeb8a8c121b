#!/usr/bin/env python3
"""Draws every page around practice to docs/screens: python scripts/make_home_screens.py [FOLDER]

Each page at 1280x720 with text of 100 and 200 %; and sheets with all of them at four sizes and three text scales.
"""

import os
import sys
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
import pygame

from posture_trainer.course.beside.diary import questions
from posture_trainer.course.judgement import Mark
from posture_trainer.course.measures import Domain
from posture_trainer.feedback import Cue
from posture_trainer.home.all_day.desk import LARGE_SIZE, SIZE
from posture_trainer.pages.all_day import all_day, desk, diary, rest, times
from posture_trainer.pages.front import (
    camera,
    end,
    files,
    first_steps,
    help,
    home,
    icon,
    notes,
    patient_form,
    people,
    plan_form,
    progress,
    settings,
    sounds,
    therapist,
)
from posture_trainer.pages.front.page import PageView, Week
from posture_trainer.pages.views import Controls
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.plans.plan import load_plan, preset_names
from posture_trainer.screen import draw
from posture_trainer.screen.kit import pointing
from posture_trainer.words.all_day.desk import TAKING, break_offer
from posture_trainer.words.care import Numbers
from scripts.screen_files import SCREENS, SMALL, save, suffix

SIZES = ((1280, 720), (1366, 768), (1920, 1080), (3840, 2160))
SCALES = (1.0, 1.5, 2.0)
_PICTURE = np.full((90, 160, 3), 140, np.uint8)
_TILE, _COLUMNS = (384, 216), 5
ANNA = home.AtHome("Anna", 9, "Meige's mirror", 4, 1, 3, 4)
PEOPLE = (
    people.Person("anna-1", "Anna", "Last here today"),
    people.Person("karl-7", "Karl", "Last here 3 days ago"),
    people.Person("maria-2", "", "Last here 3 weeks ago"),
)
WEEKS = (
    Week(8, 5.6, 10.4, 4, 5), Week(7.5, 5.4, 9.7, 5, 5), Week(9, 6.5, 11.7, 3, 5), Week(8.8, 6.6, 11, 5, 5),
    Week(None, None, None, 0, 5), Week(11, 9, 13, 5, 5), Week(12.6, 10.3, 14.8, 5, 5), Week(14, 11.8, 16.2, 4, 5),
)  # fmt: skip
DAYS = (True, True, False, True, False, True, False)
END = end.EndSeen(14, 9, 3.2, 8, DAYS, 5, 5, "holds of 15 seconds, as in your plan")
LINES = (
    therapist.PersonLine("karl-7", "Karl", "2 days ago", 2, 5, "Dizzy (60) on Thursday"),
    therapist.PersonLine("maria-2", "", "3 weeks ago", 0, 5, "Away for 3 weeks"),
    therapist.PersonLine("anna-1", "Anna", "today", 4, 5, ""),
    therapist.PersonLine("jo-4", "Jo", "today", 3, 3, ""),
    therapist.PersonLine("lena-9", "", "yesterday", 5, 7, ""),
)
PLACES = (("Desktop", "/home/praxis/Desktop"), ("Downloads", "/home/praxis/Downloads"), ("STICK", "/media/STICK"))
NOW = settings.SettingsNow("Anna", 1.0, 0.7, "both", False, False, True, "Built-in camera")


DESK = {
    "in-place": desk.DeskNow("in place"),
    "reminder": desk.DeskNow("drifting", reminder=Cue.TURN_LEFT),
    "away": desk.DeskNow("away"),
    "paused": desk.DeskNow("paused", until="14:30"),
    "paused-tomorrow": desk.DeskNow("paused", until=""),
    "break": desk.DeskNow("in place", break_=break_offer(0, False)),
    "break-done": desk.DeskNow("in place", break_=break_offer(0, False), break_left_s=12),
    "taking": desk.DeskNow("away", says=TAKING),
}


def pages(large: bool) -> dict[str, PageView]:
    """Every page, as it is shown with text of that size."""
    seen = progress.ProgressSeen(Mark.BETTER, WEEKS, "The mornings go well. Keep them.", frozenset({Domain.HOLDING}))
    plan = plan_form.draft_of(load_plan("home")[1])
    form = patient_form.form_of(PatientSettings(plan="home"))
    plans = tuple((name, load_plan(name)[1].title) for name in preset_names())
    return {
        "home": home.home_view(ANNA),
        "home-done": home.home_view(home.AtHome("Anna", 15, "Meige's mirror", 4, 3, 3, 5)),
        "home-guest": home.home_view(home.AtHome("", 20, asked=0)),
        "welcome": home.welcome_view(),
        "close": home.close_view(),
        "people": people.people_view(PEOPLE, "anna-1", 0, large),
        "new-person": people.new_view("anna-1", "Anna"),
        "keep-guest": people.keep_guest_view("anna", people.TAKEN),
        "settings": settings.settings_view(NOW, 0, large),
        "help": help.help_view("The mirror", help.MIRROR),
        "sounds": sounds.sounds_view("turn_left"),
        "sounds-find": sounds.sounds_view(asked="turn_right"),
        "no-camera": camera.no_camera_view("win32"),
        "camera-gone": camera.camera_gone_view("win32", camera.kept_words(370.0, damaged=False)),
        "cameras": camera.cameras_view(
            ((0, "Built-in camera"), (1, "USB camera HD"), (2, "Virtual camera"))[: 2 if large else 3],
            (_PICTURE, None, _PICTURE)[: 2 if large else 3],
            (camera.LIVE, camera.IN_USE, camera.DARK)[: 2 if large else 3],
            0,
            more=True,
        ),
        "icon": icon.offer_view(),
        "end": end.end_view(END, large),
        "end-first": end.end_view(end.EndSeen(0.2, None, 9.4, 5, (False,) * 6 + (True,), 6, 5, guest=True), large),
        "progress": progress.progress_view(seen, large, False),
        **{f"first-{at + 1}": first_steps.step_view(at, 0.7) for at in range(len(first_steps.STEPS))},
        "fault": notes.fault_view("Your 6 minutes of practice are saved.", "last-fault.txt"),
        "gate": notes.gate_view(),
        "therapist-people": therapist.people_view(LINES, 0, large),
        "plan-whole": plan_form.plan_view("anna-1", plan, large, "About 10 minutes. 2 times a day.", True),
        "plan-block": plan_form.plan_view("anna-1", plan_form.choose(plan, 2), large, "About 10 minutes.", False),
        "plan-not-when": plan_form.plan_view(
            "anna-1", replace(plan_form.choose(plan, 2), page=2), large, "About 10 minutes.", False
        ),
        "plan-words": plan_form.plan_view("anna-1", replace(plan, page=3), large, "About 10 minutes.", False),
        "plan-add": plan_form.add_view("anna-1"),
        "plan-ready": plan_form.ready_view(plans, 0, large),
        **{
            f"patient-{name.lower()}": patient_form.patient_view("anna-1", form, name, 0, large, tuple(preset_names()))
            for name in patient_form.SECTIONS
        },
        "export": files.places_view("Export anna-1 to", PLACES, 0, large, "", files.HEALTH),
        "delete": files.delete_view("anna-1", "This deletes 12 sessions and 2 baselines of anna-1.", "anna"),
        **all_day_pages(),
        "therapist-person": therapist.person_view(LINES[2], "Meige's mirror, 3 a day", "Set on 3 March"),
    }


def all_day_pages() -> dict[str, PageView]:
    """The pages of the whole day."""
    after = diary.Diary(questions(True), 7, {"pain": 4}, {"swallowing": "a_lot"}, ("warmth",), "A long drive on Monday")
    numbers = Numbers("01234 567890")
    return {
        "all-day": all_day.all_day_view("6 days ago", "At 09:00, 13:00, 18:00", True),
        "times": times.times_view(times.USUAL, False, 3),
        "times-odd": times.times_view("9", True, 1),
        "scan-choose": rest.choose_view(True, 5),
        "scan": rest.running_view(True, 10, 125.0),
        "warmth-choose": rest.choose_view(False, 10),
        "warmth-not": rest.choose_view(False, 10, True),
        "warmth": rest.running_view(False, 0, 580.0),
        "all-day-guest": all_day.all_day_view("", "", False),
        **{
            f"diary-{page.replace('_', '-')}": diary.diary_view(after, page, numbers)
            for page in ("pain", "sleep", "swallowing", diary.TELL_PAGE, diary.MARKS_PAGE, diary.WORDS_PAGE)
        },
    }


def drawn(view: PageView, size: tuple[int, int], text_scale: float) -> pygame.Surface:
    """The page, with its ring where Enter goes."""
    surface = pygame.Surface(size)
    ring = view.focus or (view.main.name if view.main else "")
    with pointing.recording(pointing.Seen(ring=ring)):
        draw.draw(surface, view, Controls(text_scale=text_scale))
    return surface


def sheet(size: tuple[int, int], text_scale: float) -> pygame.Surface:
    """Every page of one size on one picture."""
    views = list(pages(text_scale >= 1.75).values())
    rows = -(-len(views) // _COLUMNS)
    made = pygame.Surface((_TILE[0] * _COLUMNS, _TILE[1] * rows))
    for number, view in enumerate(views):
        tile = pygame.transform.smoothscale(drawn(view, size, text_scale), _TILE)
        made.blit(tile, (number % _COLUMNS * _TILE[0], number // _COLUMNS * _TILE[1]))
    return made


def main(arguments: list[str]) -> None:
    """Draw them all."""
    folder = Path(arguments[0]) if arguments else SCREENS
    pygame.display.init()
    folder.mkdir(parents=True, exist_ok=True)
    for text_scale in (1.0, 2.0):
        for name, view in pages(text_scale >= 1.75).items():
            save(drawn(view, SMALL, text_scale), folder / f"front-{name}{suffix(SMALL, text_scale)}.jpg")
    for name, at_desk in DESK.items():
        save(drawn(desk.desk_view(at_desk), SIZE, 1.0), folder / f"desk-{name}.jpg")
        save(drawn(desk.desk_view(at_desk), LARGE_SIZE, 2.0), folder / f"desk-{name}-200.jpg")
    for size in SIZES:
        for text_scale in SCALES:
            name = f"front-all-{size[0]}x{size[1]}-{round(100 * text_scale)}.jpg"
            save(sheet(size, text_scale), folder / name)


if __name__ == "__main__":
    main(sys.argv[1:])
