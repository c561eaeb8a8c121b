"""Home without a screen: a real window under the dummy driver, in fake time, pressed by mouse, by keys or by touch."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pygame
import pytest

from posture_trainer.home.front_door import FrontDoor
from posture_trainer.home.home_screen import HomeScreen
from posture_trainer.home.room import Room
from posture_trainer.pages.front.page import PageView
from posture_trainer.records.settings import Settings, load_settings
from posture_trainer.screen.window import PygameWindow

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)  # a Wednesday
HOW = ("mouse", "keys", "touch")
_MOST_TABS = 60


class Home:
    """The front door, open. how: what presses are made by."""

    def __init__(
        self, data: Path, patch: pytest.MonkeyPatch, how: str = "mouse", size: tuple[int, int] = (1280, 720)
    ) -> None:
        self.now_ms, self.how = 1000, how
        patch.setattr(pygame.time, "get_ticks", lambda: self.now_ms)
        self.window = PygameWindow(size)
        pygame.event.clear()
        self.room = Room(data, self.window, load_settings(data)[0], lambda: self.now_ms / 1000, lambda: NOW)
        self.room.begin()
        self.door = FrontDoor(self.room, HomeScreen(self.room), lambda _s: None)
        self.door.open_home()
        self.moments(3)

    @property
    def view(self) -> PageView:
        """The page that is shown."""
        top = self.door.top
        assert top is not None, "home is closed"
        return top.view()

    @property
    def title(self) -> str:
        """Of the page."""
        return self.view.title

    @property
    def open(self) -> bool:
        """Whether it is not closed."""
        return self.door.top is not None

    @property
    def settings(self) -> Settings:
        """As they are kept."""
        return load_settings(self.room.data)[0]

    def moments(self, count: int = 1, each_ms: int = 50) -> None:
        """Let some moments pass."""
        for _ in range(count):
            if self.open:
                self.door.moment()
            self.now_ms += each_ms

    def press(self, name: str, held_s: float = 0.0) -> "Home":
        """Press the button of that name."""
        self.now_ms += 1000
        {"mouse": self._click, "touch": self._touch, "keys": self._by_keys}[self.how](name, held_s)
        self.moments(3)
        return self

    def focus(self, name: str) -> "Home":
        """Go to the field of that name, to type into it."""
        if self.how != "keys":
            return self.press(name)
        for _ in range(_MOST_TABS):
            if self.window.ring != name:
                self.key(pygame.K_TAB, "\t")
        assert self.window.ring == name
        return self

    def key(self, key: int, unicode: str = "", mod: int = 0) -> "Home":
        """Press a key."""
        self.now_ms += 1000
        self._post(pygame.KEYDOWN, key=key, unicode=unicode, mod=mod)
        self.moments()
        self._post(pygame.KEYUP, key=key, unicode=unicode, mod=mod)
        self.moments(2)
        return self

    def type(self, text: str) -> "Home":
        """Type into the field that the ring is around."""
        for sign in text:
            self._post(pygame.KEYDOWN, key=ord(sign.lower()), unicode=sign, mod=0)
            self._post(pygame.TEXTINPUT, text=sign)
            self._post(pygame.KEYUP, key=ord(sign.lower()), unicode=sign, mod=0)
        self.moments(2)
        return self

    def close(self) -> None:
        """Take the window away."""
        self.window.close()

    def _post(self, kind: int, **values: Any) -> None:
        pygame.event.post(pygame.event.Event(kind, **values))

    def _middle(self, name: str) -> tuple[int, int]:
        drawn = self.window.drawn()
        assert name in drawn, f"{name} is not among {sorted(drawn)} on {self.title}"
        return drawn[name].center

    def _held(self, up: Callable[[], None], held_s: float) -> None:
        self.moments(1 + round(held_s / 0.05) + (1 if held_s else 0))
        up()
        self.moments()

    def _click(self, name: str, held_s: float) -> None:
        at = self._middle(name)
        self._post(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(0, 0, 0))
        self._post(pygame.MOUSEBUTTONDOWN, pos=at, button=1)
        self._held(lambda: self._post(pygame.MOUSEBUTTONUP, pos=at, button=1), held_s)

    def _touch(self, name: str, held_s: float) -> None:
        x, y = self._middle(name)
        width, height = pygame.display.get_window_size()
        at = {"x": x / width, "y": y / height, "finger_id": 1, "touch_id": 1, "dx": 0.0, "dy": 0.0}
        self._post(pygame.FINGERDOWN, **at)
        self._post(pygame.MOUSEBUTTONDOWN, pos=(x, y), button=1, touch=True)  # SDL makes one of each finger
        self._held(lambda: self._post(pygame.FINGERUP, **at), held_s)

    def _by_keys(self, name: str, held_s: float) -> None:
        for _ in range(_MOST_TABS):
            if self.window.ring == name:
                break
            self._post(pygame.KEYDOWN, key=pygame.K_TAB, unicode="\t", mod=0)
            self.moments()
        assert self.window.ring == name, f"Tab does not lead to {name} on {self.title}"
        self._post(pygame.KEYDOWN, key=pygame.K_RETURN, unicode="\r", mod=0)
        self._held(lambda: self._post(pygame.KEYUP, key=pygame.K_RETURN, unicode="\r", mod=0), held_s)
