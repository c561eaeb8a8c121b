"""A camera that goes away in a session and does not come back: a page says what to try, and what is saved."""

from pathlib import Path

import pytest
from made.scripted import made_baseline
from test_live_session import NEUTRAL, Room

from posture_trainer.errors import UserError
from posture_trainer.pages.front.camera import AGAIN, kept_words
from posture_trainer.pages.front.page import BACK, CLOSE_WINDOW, PageView, Press
from posture_trainer.pages.keys import Key
from posture_trainer.pages.views import PracticeView
from posture_trainer.session.camera_gone import GONE_S

LOST_S = 72.0
BASELINE = made_baseline()


def room(folder: Path, back_s: float = 1e9, keys: dict[float, Key] | None = None) -> Room:
    return Room(folder, lambda t: "gone" if LOST_S <= t < back_s else NEUTRAL, keys, seconds=600.0)


def page_of(at: Room) -> list[tuple[float, PageView]]:
    return [(at_s, view) for at_s, view, _ in at.window.pages]


def test_after_a_while_a_page_takes_the_place_of_the_empty_mirror_and_goes_by_itself(tmp_path: Path) -> None:
    at = room(tmp_path, back_s=LOST_S + 50)
    summary = at.practise(baseline=BASELINE, seconds=160.0)
    shown = page_of(at)
    assert shown[0][0] == pytest.approx(LOST_S + GONE_S, abs=1.0)
    page = shown[0][1]
    assert page.title == "The camera is gone"
    assert "Your minute of practice is saved." in str(page.parts)
    assert page.main is not None
    assert page.main.word == "Try again"
    assert shown[-1][0] == pytest.approx(LOST_S + 50, abs=1.0)
    assert at.views(PracticeView, LOST_S + 51)[-1].picture_bgr is not None, "the mirror goes on by itself"
    assert all(view.picture_bgr is None for view in at.views(PracticeView, LOST_S + 0.6, LOST_S + 50))
    assert summary is not None
    assert summary.ended == "time"
    assert [each["event"] for each in at.events()] == ["camera_lost", "camera_found"]


def test_a_short_loss_stays_on_the_mirror(tmp_path: Path) -> None:
    at = room(tmp_path, back_s=LOST_S + GONE_S - 2)
    at.practise(baseline=BASELINE, seconds=120.0)
    assert page_of(at) == []


def test_a_camera_that_never_comes_back_ends_the_session_with_its_record(tmp_path: Path) -> None:
    at = room(tmp_path)
    summary = at.practise(baseline=BASELINE)
    assert summary is not None
    assert summary.ended == "camera"
    assert summary.neutral_s > 50
    assert len(list(tmp_path.glob("sessions/*/summary.json"))) == 1


@pytest.mark.parametrize(("press", "ended"), [(BACK, "stopped"), (CLOSE_WINDOW, "stopped"), (AGAIN, "camera")])
def test_what_is_pressed_there(tmp_path: Path, press: str, ended: str) -> None:
    at = room(tmp_path)
    at.window.pressed = [(LOST_S + 40, Press(press))]
    summary = at.practise(baseline=BASELINE)
    assert summary is not None
    assert summary.ended == ended
    said = {controls.notice for at_s, _, controls in at.window.pages if at_s > LOST_S + 40}
    assert ("We look again." in said) == (press == AGAIN)
    assert at.devices.closing == (press == CLOSE_WINDOW)


def test_in_a_pause_nobody_waits_for_the_camera(tmp_path: Path) -> None:
    at = room(tmp_path, back_s=LOST_S + 100, keys={70.0: Key.PAUSE, LOST_S + 110: Key.PAUSE})
    summary = at.practise(baseline=BASELINE, seconds=200.0)
    assert page_of(at) == []
    assert summary is not None
    assert summary.ended == "time"


def test_a_camera_that_opens_and_never_gives_a_picture_is_one_that_is_gone(tmp_path: Path) -> None:
    at = Room(tmp_path, lambda _t: "gone", {0.5: Key.OTHER}, seconds=600.0)
    with pytest.raises(UserError, match="The camera gives no picture"):
        at.practise()
    assert page_of(at)
    assert "saved" not in str(page_of(at)[0][1])


def test_what_is_kept_is_told_only_where_it_is_true() -> None:
    assert kept_words(370.0, damaged=False) == "Your 6 minutes of practice are saved."
    assert kept_words(20.0, damaged=False) == "What you have practised is saved."
    assert kept_words(0.0, damaged=False) == ""
    assert kept_words(370.0, damaged=True) == ""
