"""What a page of home is to the front door: it gives a view, takes presses, and says where to go."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from posture_trainer.home.room import Room
from posture_trainer.pages.front import help as helps
from posture_trainer.pages.front.page import PageView, Press


class Move(StrEnum):
    """Where to go: one step back, home, out of the program. STAY: nowhere, though it was the button back."""

    BACK = "back"
    HOME = "home"
    CLOSE = "close"
    STAY = "stay"


class Screen:
    """A page of home. help_title, help: what the page Help says of it; None: as of any page."""

    help_title: ClassVar[str] = "Help"
    help: ClassVar[tuple[str, ...]] = helps.PAGE
    moment_s: ClassVar[float] = 1 / 30
    """How long to wait for the next moment."""

    def __init__(self, room: Room) -> None:
        self.room = room

    def arrive(self) -> None:
        """The page comes up, or comes up again."""

    def view(self) -> PageView:
        """What it shows now."""
        raise NotImplementedError

    def press(self, press: Press) -> "Go":
        """Somebody pressed something that is not the same on every page; gives where to go, None to stay."""
        del press
        return None

    def tick(self) -> "Go":
        """A moment has passed; gives where to go, None to stay."""
        return None

    def leave(self) -> None:
        """The page goes, or another comes over it."""

    @property
    def large(self) -> bool:
        """Whether text is so large that what nobody needs gives way."""
        return self.room.controls.text_scale >= LARGE


@dataclass(frozen=True)
class Instead:
    """Another page takes the place of this one."""

    screen: Screen


Go = Screen | Instead | Move | None
LARGE = 1.75
