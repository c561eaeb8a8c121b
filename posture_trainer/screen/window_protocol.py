"""What a session and home need of a window: one of pygame, none at all, or one of a test."""

from typing import Protocol

from posture_trainer.pages.front.page import Press
from posture_trainer.pages.keys import Key, Keyboard
from posture_trainer.pages.views import AnyView, Controls
from posture_trainer.records.settings import WindowPlace


class Window(Protocol):
    """Where the patient looks."""

    visible: bool
    """False when nobody can see it: then nothing waits for anyone."""
    keyboard: Keyboard
    """What the keys mean just now."""
    lost: bool
    """Whether the screen went away under it: from then on it only says CLOSE."""
    stirs: int
    """How often a key, the mouse or a finger was seen to move: somebody is there, and buttons come back."""

    def show(self, view: AnyView, controls: Controls) -> None:
        """Draw a view, or a page around practice."""
        ...

    def keys(self) -> list[Key]:
        """Keys pressed since the last call."""
        ...

    def presses(self) -> list[Press]:
        """What was pressed on a page around practice since the last call."""
        ...

    def toggle_full_screen(self) -> None:
        """Fill the whole screen, or no longer."""
        ...

    def typed(self) -> str:
        """Text typed since the last call, where the keyboard is for typing."""
        ...

    def close(self) -> None:
        """Take the window away."""
        ...


class FrontWindow(Window, Protocol):
    """A window that home lives in."""

    close_asked: bool
    """Whether it was closed: what is in it is to end."""

    def smaller(self, size: tuple[int, int]) -> None:
        """A small window of that size in px, in front of all others where the system can do that."""
        ...

    def whole(self) -> None:
        """As it was before it was made smaller."""
        ...

    def call(self) -> None:
        """Draw somebody's eye to the window, without taking the keys away from another program."""
        ...

    def place(self) -> WindowPlace:
        """Where it stands and how large it is, to be opened so the next time."""
        ...
