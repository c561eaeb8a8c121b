"""The real window, without a screen: which key of the keyboard asks for what, and the space bar held down."""

from collections.abc import Iterator

import pygame
import pytest

from posture_trainer.pages.keys import Key
from posture_trainer.pages.views import Controls, SafetyView
from posture_trainer.screen.window import PygameWindow


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
