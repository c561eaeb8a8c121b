"""What a patient sees, hears and reads holds no word of the lists in docs/words.md.

Sessions are played through, and everything that they show is drawn, with what is spoken and what is said in the
terminal; then the texts that no session here comes to, from the rooms that speak to a patient.
"""

import ast
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import pygame
import pytest
import test_live_session
from made.common import ROOT
from made.scripted import made_baseline, made_face
from made.simulated_patients import Willing
from test_drawing import noted, words
from test_guided_live import ASKED, PATIENT, GuidedRoom
from test_house import MODULES, said_in
from test_live_session import NEUTRAL, Room, turned
from typer.testing import CliRunner

from posture_trainer.cli.app import app
from posture_trainer.errors import UserError
from posture_trainer.exercises import guided_session, guided_view
from posture_trainer.feedback import FeedbackSample
from posture_trainer.pages.keys import Key
from posture_trainer.pages.views import Controls, SummaryView, View
from posture_trainer.plans.expand import session_today
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.plans.plan import load_plan, preset_names
from posture_trainer.pose.angles import HeadAngles, rotation_from_angles
from posture_trainer.screen.kit.text import recording
from posture_trainer.session.kept_to_limits import notes_on_limits
from posture_trainer.session.practice import summary_words
from posture_trainer.session.todays_plan import settings_of, todays_plan
from posture_trainer.words.not_today import KEPT_TO_LIMITS, NEARER, NO_PULL, NO_STRETCH, SHORTER_STRETCH
from posture_trainer.words.phrases import PHRASES, TITLES
from scripts.make_home_screens import drawn as drawn_page
from scripts.make_home_screens import pages

THERAPISTS_PAGES = ("therapist", "plan", "patient", "export", "delete")
PAGE = (ROOT / "docs" / "words.md").read_text(encoding="utf-8")
EXEMPT = ("You did nothing wrong.",)  # said in comfort


def listed() -> list[str]:
    """The words of the lists, from the page that everybody reads."""
    section = PAGE.split("## Words that a patient is not to meet")[1].split("\n## ")[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")][2:]
    return [word.strip() for _, listed_words in rows for word in listed_words.split(",")]


WORDS = listed()
ON_THE_LIST = re.compile(rf"\b({'|'.join(map(re.escape, WORDS))})(s|es|d|ed|ing|ion)?\b", re.IGNORECASE)


KEY = re.compile(r"\b[a-z]+_[a-z_]+\b|\b\w+\.(?:toml|json|csv)\b|--(?!no-window)[a-z]\S*")


def keys_in(texts: Iterable[str]) -> set[str]:
    """The texts that name a key, a file or an option of the program's own, each with it: these are the therapist's."""
    return {f"{match.group()}: {text}" for text in texts for match in KEY.finditer(text)}


def found(texts: Iterable[str]) -> set[str]:
    """The texts with a word of the lists, each with the word."""
    bad = set()
    for text in texts:
        rest = text
        for exempt in EXEMPT:
            rest = rest.replace(exempt, "")
        bad |= {f"{match.group()}: {text}" for match in ON_THE_LIST.finditer(rest)}
    return bad


def test_the_lists_find_what_they_are_for() -> None:
    assert len(WORDS) > 40
    assert {"neutral", "tolerance", "well done", "failed", "wrong", "cure", "works", "cue"} <= set(WORDS)
    assert found(["Hold your head in neutral.", "Well done!", "It works.", "You did it wrong.", "3 cues", "Tilted"])
    assert not found(["You did nothing wrong.", "Hold your head straight.", "This is hard work.", "Avoid it."])


# --- what is drawn and said -------------------------------------------------------------------------------------


def texts_in(value: Any) -> Iterator[str]:
    """Every text in a view, and no name of a direction or a state."""
    if isinstance(value, Enum):
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for each in value:
            yield from texts_in(each)
    elif is_dataclass(value):
        for each in fields(value):
            yield from texts_in(getattr(value, each.name))


def signature(value: Any) -> Any:
    """What decides which words a view shows: its texts, states, and what it has at all; of numbers no more."""
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, tuple | list):
        return tuple(signature(each) for each in value)
    if is_dataclass(value):
        return tuple(signature(getattr(value, each.name)) for each in fields(value))
    return type(value).__name__


def drawn_once(shown: Iterable[tuple[float, View, Controls]]) -> set[str]:
    """What is written on the window, each screen drawn when it first says what it says."""
    seen: set[Any] = set()
    lines: set[str] = set()
    pygame.display.init()
    for _, view, controls in shown:
        key = type(view).__name__, signature(view), signature(controls)
        if key not in seen:
            seen.add(key)
            lines.add(words([item for item in noted(view, controls) if item.size_px]))  # signs have no size
    return lines


def pulled(t_s: float) -> Any:
    """A head that is pulled every way, goes, comes back, is covered; and a camera that goes."""
    ways = [(20, 0, 0), (-20, 0, 0), (0, 15, 0), (0, -15, 0), (0, 0, 18), (0, 0, -18)]
    part = int(t_s // 3) - 4
    if 0 <= part < len(ways):
        return made_face(rotation_from_angles(*ways[part]))
    return {6: None, 7: "covered", 8: "gone", 9: made_face(None, (0, 0, -200)), 10: made_face(brightness=5)}.get(
        part, NEUTRAL
    )


def bare_mirror(folder: Path) -> Room:
    keys = {12.5: Key.MUTE, 13.0: Key.VOICE, 46.0: Key.PAUSE, 48.0: Key.PAUSE, 49.0: Key.HIDE_FACE, 52.0: Key.CALIBRATE}
    room = Room(folder, pulled, keys, seconds=150.0)
    summary = room.practise(seconds=80.0)
    assert summary is not None
    room.said += summary_words(summary, folder)
    return room


def guided(folder: Path) -> Room:
    room = GuidedRoom(folder, lambda t, _seen: turned(20 if 40 < t < 60 else 0), keys={70.0: Key.PAUSE}, seconds=800)
    summary = room.plan("meige", questions=ASKED, seconds=60.0, keep_baseline=True)
    assert summary is not None
    room.said += summary_words(summary, folder)
    return room


def crooked(folder: Path) -> Room:
    room = Room(folder, lambda _t: made_face(rotation_from_angles(22, 12, 0)), seconds=200.0)
    room.practise(seconds=70.0)
    return room


def unseen(folder: Path) -> Room:
    room = Room(folder, lambda t: (turned(0), made_face(None, (12, 0, -60))) if t < 10 else None, seconds=400.0)
    with pytest.raises(UserError) as ended:
        room.practise()
    room.said.append(str(ended.value))
    return room


OF_BEFORE = """
title = "Of before"
block = [
    { kind = "stretch", directions = ["rotation_left"] },
    { kind = "follow", speed = "fast", extent = 0.9, loops = 1 },
    { kind = "hold", hold_s = 10, rest_s = 1 },
    { kind = "timed", words = "Turn to {far_side}.", seconds = 5 },
]
"""
TOO_FAR = 'plan = "plan.toml"\nreach.rotation_deg = 60\nreach.flexion_deg = 30\nstretch_limits_deg.rotation_left = 40\n'


def too_much_is_set(folder: Path) -> Room:
    """By an editor, beyond the limits: the patient reads that, and the therapist where and how much."""
    (folder / "patient.toml").write_text(TOO_FAR, encoding="utf-8")
    (folder / "plan.toml").write_text(OF_BEFORE, encoding="utf-8")
    plan = todays_plan(folder, None, settings_of(folder))
    assert plan is not None
    room = GuidedRoom(folder, seconds=200.0)
    beyond = notes_on_limits(folder, plan.meant.told)
    room.practise(plan=plan, beyond_limits=beyond, baseline=made_baseline(), seconds=5.0)
    (today,) = {view.closing for view in room.views(SummaryView) if view.heading == "Today"}
    assert today.splitlines() == [KEPT_TO_LIMITS, SHORTER_STRETCH, NEARER, NO_PULL]
    told = [words for words in room.said if "reach.rotation_deg is 60" in words and "rest_s is 1" in words]
    noted = json.loads(next(folder.glob("sessions/*/session.json")).read_text(encoding="utf-8"))["notes"]
    assert told
    assert set(beyond) <= set(noted)
    return room


def nothing_is_set(folder: Path) -> Room:
    room = GuidedRoom(folder, seconds=200.0)
    room.plan("home", PatientSettings(), baseline=made_baseline(), seconds=5.0)
    (today,) = {view.closing for view in room.views(SummaryView) if view.heading == "Today"}
    assert {NO_PULL, NO_STRETCH} <= set(today.splitlines())
    return room


@pytest.mark.parametrize("play", [bare_mirror, guided, crooked, unseen, too_much_is_set, nothing_is_set])
def test_nothing_said_in_a_session_is_on_the_list(play: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(test_live_session, "RATE_HZ", 10.0)
    room = play(tmp_path)
    written = drawn_once(room.window.shown)
    assert len(written) > 3
    assert found(written) | keys_in(written) == set()
    assert found(room.said) == set()
    assert {phrase for _, phrase in room.sounds.spoken} <= set(PHRASES)


@pytest.mark.parametrize("name", preset_names())
def test_nothing_said_in_an_exercise_is_on_the_list(name: str) -> None:
    session = session_today(name, load_plan(name)[1], PATIENT)
    state, patient, texts = guided_session.begin(session), Willing(), {load_plan(name)[1].title, *session.notes}
    for tick in range(4 * 900):
        shown = guided_view.view(state, session)
        texts |= set(texts_in(shown))
        seen = patient(tick / 4, shown)
        angles = seen if isinstance(seen, HeadAngles) else None
        state, progress = guided_session.step(state, session, FeedbackSample(tick / 4, angles))
        if progress.ended:
            break
    texts |= set(texts_in(guided_view.view(state, session)))
    assert found(texts) == set()


# --- what no session here comes to ------------------------------------------------------------------------------

# Rooms that speak to a patient, on a page or by a fault that ends a session, but for what is the therapist's in them.
ROOMS = (
    "home",
    "pages",
    "screen",
    "exercises",
    "words",
    "session",
    "plans",
    "records.baseline_files",
    "records.order",
    "records.session_log",
    "records.session_order",
    "records.past_doses",
    "records.people",
    "records.known_cameras",
    "course.doses",
    "course.told.patient",
    "sound",
    "sources",
    "tracking",
    "pose.quality",
    "pose.neutral.recording",
    "private_files",
    "unforeseen",
)
THERAPISTS = (
    "pages.calibration",
    "session.parts.calibration_dialogue",
    "session.calibration_store",
    "session.recorded_video",
    "session.kept_to_limits",  # is only said in the terminal, and written down
    "sources.video_report",
    "records.session_header",
    "plans.patient_file",
    "plans.toml_files",
    "plans.blocks",
    "words.harmless",
    "course.told.patient",
    *(f"pages.front.{page}" for page in ("therapist", "plan_form", "plan_items", "patient_form", "form", "files")),
    "home.therapist",
    "home.shortcut",  # speaks to the system, and in the terminal
    "session.front.for_therapist",
    "session.start_calibration",
    "plans.key_specs",
    "plans.plan_file",
)
THERAPISTS_TEXTS = {  # docs/words.md says who reads these
    "words.directions": {"DIRECTION_WORDS", "LEANING_WORDS", "target_words", "placement_words"},
    "words.straightness": {"baseline_title", "baseline_notes"},
    "session.practice": {"summary_words"},
    "screen.mirror.mirror_drawing": {"figure_rows", "draw_figures"},
}


def spoken_to_a_patient() -> Iterator[tuple[str, str]]:
    """The texts of those rooms that are sentences or labels and no keys of logs: each with its module."""
    for name, path in MODULES.items():
        if not name.startswith(ROOMS) or name.startswith(THERAPISTS):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        tree.body = [node for node in tree.body if not names_of(node) & THERAPISTS_TEXTS.get(name, set())]
        for said in said_in(ast.walk(tree)):
            if " " in said.strip() or said[:1].isupper():
                yield name, said


def names_of(node: ast.stmt) -> set[str]:
    """What a statement at the top of a module defines."""
    if isinstance(node, ast.FunctionDef):
        return {node.name}
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return {target.id for target in targets if isinstance(target, ast.Name)}


def test_no_text_of_the_patients_side_is_on_the_list() -> None:
    spoken = list(spoken_to_a_patient())
    assert len(dict(spoken)) > 20
    by_room = {f"{name}: {each}" for name, said in spoken for each in {*found([said]), *keys_in([said])}}
    assert by_room == set()
    assert found([*PHRASES.values(), *TITLES.values()]) == set()


def test_no_page_around_practice_shows_a_word_of_the_list() -> None:
    """Drawn with their notices, at both ends of the text's size; but for the therapist's own."""
    pygame.display.init()
    lines: set[str] = set()
    for large in (False, True):
        for name, view in pages(large).items():
            if not name.startswith(THERAPISTS_PAGES):
                with recording() as items:
                    drawn_page(view, (1280, 720), 2.0 if large else 1.0)
                lines.add(f"{name}: {words([item for item in items if item.size_px])}")
    assert len(lines) > 30
    assert found(lines) == set()


@pytest.mark.parametrize("command", ["practice", "demo", "desk"])
def test_the_help_of_a_patients_command_is_in_a_patients_words(command: str) -> None:
    told = CliRunner().invoke(app, [command, "--help"])
    assert told.exit_code == 0
    assert "Example" in told.output
    assert found([told.output]) == set()
