"""The real window, without a screen: which key of the keyboard asks for what, and the space bar held down."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

import numpy as np
import pygame
import pytest

from posture_trainer.feedback import Feedback, PostureState
from posture_trainer.pages.actions import named_keys, question_actions
from posture_trainer.pages.care import signs_view
from posture_trainer.pages.keys import Key
from posture_trainer.pages.views import (
    Controls,
    FaceBox,
    PlacementView,
    PracticeView,
    QuestionView,
    SafetyView,
    SummaryView,
    View,
)
from posture_trainer.screen.kit import text
from posture_trainer.screen.window import PygameWindow

MIRROR = PracticeView(None, None, Feedback(PostureState.NEUTRAL, None, None, 0.1), None, "", 60.0, 120.0)
PAUSED = replace(MIRROR, feedback=Feedback(PostureState.PAUSED, None, None, None))
QUESTION = QuestionView("Before we begin", "How dizzy?", "", "", "Or just wait.", 0.5, actions=question_actions(True))
SUMMARY = SummaryView("Thank you", (), "That was all.", "Press any key.")


@pytest.fixture
def window() -> Iterator[PygameWindow]:
    made = PygameWindow((320, 240))
    pygame.event.clear()
    yield made
    made.close()


def press(key: int, unicode: str = "", kind: int = pygame.KEYDOWN) -> None:
    pygame.event.post(pygame.event.Event(kind, key=key, unicode=unicode))


def test_digits_of_both_blocks_and_of_other_keyboards(window: PygameWindow) -> None:
    for digit in range(10):
        press(getattr(pygame, f"K_{digit}"))
        press(getattr(pygame, f"K_KP{digit}"))
    press(pygame.K_AMPERSAND, "1")  # a French keyboard with Shift
    assert window.keys() == [Key(str(digit)) for digit in range(10) for _ in range(2)] + [Key.DIGIT_1]


def test_the_keys_of_questions(window: PygameWindow) -> None:
    for key in ("UP", "DOWN", "RIGHT", "LEFT", "RETURN", "BACKSPACE", "i", "ESCAPE", "z"):
        press(getattr(pygame, f"K_{key}"))
    assert window.keys() == [
        Key.MORE, Key.LESS, Key.BIT_MORE, Key.BIT_LESS, Key.CONFIRM, Key.ERASE, Key.INJECTION, Key.STOP, Key.OTHER,
    ]  # fmt: skip


def test_the_space_bar_pauses_and_held_it_stops(window: PygameWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    now_ms = 1000
    monkeypatch.setattr(pygame.time, "get_ticks", lambda: now_ms)
    press(pygame.K_SPACE, " ")
    assert window.keys() == [Key.PAUSE]
    now_ms += 1400
    assert window.keys() == []
    now_ms += 200
    assert window.keys() == [Key.STOP]
    assert window.keys() == [], "once"
    press(pygame.K_SPACE, " ")
    press(pygame.K_SPACE, kind=pygame.KEYUP)
    assert window.keys() == [Key.PAUSE]
    now_ms += 5000
    assert window.keys() == [], "it was let go"


def test_closing_the_window_ends_the_program(window: PygameWindow) -> None:
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    assert window.keys() == [Key.CLOSE]


def test_a_screen_that_goes_away_is_noticed_and_closes(window: PygameWindow) -> None:
    pygame.display.quit()
    window.show(SafetyView(None, 0.0, ""), Controls())
    assert window.lost
    assert not window.visible
    assert window.keys() == [Key.CLOSE]
    window.show(SafetyView(None, 0.0, ""), Controls())
    assert window.keys() == [Key.CLOSE], "and nothing is raised later either"


def shown(window: PygameWindow, view: View, text_scale: float = 1.0) -> dict[str, pygame.Rect]:
    """Show the view; gives where each of its texts stands."""
    with text.recording() as notes:
        window.show(view, Controls(text_scale=text_scale))
    return {item.what: item.rect for item in notes}


@pytest.mark.parametrize("text_scale", [1.0, 2.0])
@pytest.mark.parametrize("view", [MIRROR, QUESTION, SUMMARY])
def test_a_point_on_a_key_or_on_its_word_means_that_key(window: PygameWindow, view: View, text_scale: float) -> None:
    places = shown(window, view, text_scale)
    single = [action for action in view.actions if action.shown and len(action.keys) == 1]
    assert single
    for action in single:
        word = action.word.capitalize() if action.band else action.word
        for words in {action.cap, word} & set(places):
            assert window.key_at(places[words].center) is action.keys[0], words


def test_of_several_keys_a_point_means_the_one_it_is_on(window: PygameWindow) -> None:
    places = shown(window, PAUSED)
    volume = places["+ −"]
    assert window.key_at((volume.left + 1, volume.centery)) is Key.LOUDER
    assert window.key_at((volume.right - 2, volume.centery)) is Key.QUIETER
    assert window.key_at(places["volume"].center) is None, "which way?"
    places = shown(window, QUESTION)
    for many in ("0–9", "Arrows", "type"):
        assert window.key_at(places[many].center) is None, many


def test_a_point_means_only_what_was_drawn_last(window: PygameWindow) -> None:
    width, height = pygame.display.get_surface().get_size()
    points = [(x, y) for x in range(0, width, 2) for y in range(0, height, 2)]
    for view in (MIRROR, SUMMARY, QUESTION):
        assert window.key_at((width // 2, height // 2)) is None
        shown(window, view)
        meant = {window.key_at(point) for point in points} - {None}
        several = {key for action in view.actions if action.together or not action.shown for key in action.keys}
        assert meant == named_keys(view.actions) - several


def click(point: tuple[int, int], button: int = 1) -> None:
    pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=point, button=button))
    pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=point, button=button))


def test_a_click_is_the_key_of_what_it_is_on(window: PygameWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    now_ms = 1000
    monkeypatch.setattr(pygame.time, "get_ticks", lambda: now_ms)
    places = shown(window, MIRROR)
    width, height = pygame.display.get_surface().get_size()
    for point, key in (
        (places["I feel unwell"].center, Key.UNWELL),
        (places["Pause"].center, Key.PAUSE),
        ((width // 2, height // 2), Key.OTHER),
    ):
        now_ms += 1000
        click(point)
        assert window.keys() == [key]
    now_ms += 1000
    click(places["Pause"].center, button=3)
    assert window.keys() == [], "only the first button"


def test_the_second_of_two_quick_clicks_does_not_answer_the_next_page(
    window: PygameWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    now_ms = 1000
    monkeypatch.setattr(pygame.time, "get_ticks", lambda: now_ms)
    none = shown(window, signs_view())["None of these"]
    click(none.center)
    assert window.keys() == [Key.NO]
    now_ms += 300
    click(none.center)
    assert window.keys() == []
    now_ms += 500
    click(none.center)
    assert window.keys() == [Key.NO]


def test_the_letters_of_the_questions(window: PygameWindow) -> None:
    for letter in "ynsu":
        press(getattr(pygame, f"K_{letter}"), letter)
    assert window.keys() == [Key.YES, Key.NO, Key.UNSURE, Key.UNWELL]


def test_a_click_on_a_face_chooses_it(window: PygameWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    now_ms = count(1000, 1000)
    monkeypatch.setattr(pygame.time, "get_ticks", lambda: next(now_ms))
    mirror = np.zeros((240, 320, 3), np.uint8)
    right, left = FaceBox(0.6, 0.2, 0.8, 0.6), FaceBox(0.2, 0.3, 0.4, 0.7)  # in the camera's picture
    window.show(PlacementView(mirror, "Which one is yours?", 0.0, 9, faces=(right, left), numbered=True), Controls())
    click((round(0.3 * 320), round(0.4 * 240)))  # in the mirror the first one is at the left
    click((round(0.7 * 320), round(0.5 * 240)))
    click((160, 20))
    click((round(0.3 * 320), round(0.4 * 240)), pygame.BUTTON_RIGHT)
    assert window.keys() == [Key.DIGIT_1, Key.DIGIT_2, Key.OTHER]
    window.show(PlacementView(mirror, "Good.", 0.5, 9, faces=(right, left), about=left), Controls())
    click((round(0.3 * 320), round(0.4 * 240)))
    assert window.keys() == [Key.OTHER], "there is nothing to choose any more"


def test_a_mouse_that_moves_tells_that_somebody_is_there_and_one_that_trembles_does_not(window: PygameWindow) -> None:
    def moved(*places: tuple[int, int]) -> int:
        before = window.stirs
        for at in places:
            pygame.event.post(pygame.event.Event(pygame.MOUSEMOTION, pos=at, rel=(1, 1), buttons=(0, 0, 0)))
        window.keys()
        return window.stirs - before

    assert moved((300, 300)) == 1
    assert moved(*[(300 + step % 3, 301) for step in range(20)]) == 0
    assert moved((300, 330), (330, 330)) == 2


def test_the_buttons_of_the_mirror_rest_after_four_still_seconds_and_come_back(
    window: PygameWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    now_ms = 50_000
    monkeypatch.setattr(pygame.time, "get_ticks", lambda: now_ms)

    def buttons() -> set[str]:
        window.show(MIRROR, Controls())
        return set(window.drawn())

    everything = buttons()
    assert {"key pause", "key unwell", "key stop"} <= everything, "when it begins"
    for stirs in (
        pygame.event.Event(pygame.MOUSEMOTION, pos=(50, 50), rel=(9, 9), buttons=(0, 0, 0)),
        pygame.event.Event(pygame.FINGERDOWN, x=0.5, y=0.5),
        pygame.event.Event(pygame.KEYDOWN, key=pygame.K_TAB, unicode=""),
    ):
        now_ms += 3_900
        assert buttons() == everything
        now_ms += 200
        assert buttons() == {"key unwell"}, "never out of sight"
        pygame.event.post(stirs)
        window.keys()
        assert buttons() == everything
    assert window.ring == "", "Tab has brought them back, and no more"
    now_ms += 5_000
    assert buttons() == {"key unwell"}
    pygame.event.post(pygame.event.Event(pygame.MOUSEMOTION, pos=(53, 51), rel=(1, 1), buttons=(0, 0, 0)))
    window.keys()
    assert buttons() == {"key unwell"}, "a mouse that trembles where it lies brings nothing back"
    press(pygame.K_SPACE, " ")
    assert window.keys() == [Key.PAUSE], "a key works all the same"
    assert buttons() == everything


def test_the_buttons_of_other_pages_never_rest(window: PygameWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    now_ms = 0
    monkeypatch.setattr(pygame.time, "get_ticks", lambda: now_ms)
    for view in (QUESTION, SUMMARY, SafetyView(None, 0.0, "")):
        window.show(view, Controls())
        before = set(window.drawn())
        now_ms += 60_000
        window.show(view, Controls())
        assert set(window.drawn()) == before
