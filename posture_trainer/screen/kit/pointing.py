"""Where each action and each button was drawn, so that a point of the window can mean it; and how each looks just now.

While a page is drawn, whoever draws asks `look` how a target is to look, and notes where it was drawn. The window tells
beforehand, in a Hand, where the pointer is, what is held down, and where the ring of the keyboard is.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pygame

from posture_trainer.pages.actions import Action
from posture_trainer.pages.front.page import Button
from posture_trainer.pages.keys import Key

Point = tuple[int, int]
Target = Action | Button


def name_of(target: Target) -> str:
    """What a target is called: a button's name, the first key of an action."""
    return target.name if isinstance(target, Button) else f"key {target.keys[0].value}"


@dataclass(frozen=True)
class DrawnAction:
    """A target on the window. rect: all of it. caps: what is printed on its keys, side by side. Both in px."""

    action: Target
    rect: pygame.Rect
    caps: pygame.Rect

    @property
    def name(self) -> str:
        """What it is called."""
        return name_of(self.action)

    @property
    def presses(self) -> bool:
        """Whether a press of all of it means something."""
        return not self.action.disabled if isinstance(self.action, Button) else len(self.action.keys) == 1

    def key_at(self, point: Point) -> Key | None:
        """The key that this point means: the only one anywhere, of several the one whose cap it is on.

        None beside it, and where one cap stands for many keys: there a point cannot say which.
        """
        if isinstance(self.action, Button):
            return None
        keys = self.action.keys
        if len(keys) == 1:
            return keys[0] if self.rect.collidepoint(point) else None
        if self.action.together or not self.caps.collidepoint(point):
            return None
        return keys[(point[0] - self.caps.left) * len(keys) // self.caps.width]


@dataclass(frozen=True)
class Look:
    """How a target looks. held: 0 to 1, of the time that it has to be held down."""

    hover: bool = False
    pressed: bool = False
    ring: bool = False
    held: float = 0.0


@dataclass(frozen=True)
class Seen:
    """What of the hand can be seen: the pointer, the name of what is held down and for what share, and of the ring."""

    at: Point | None = None
    down: str = ""
    held: float = 0.0
    ring: str = ""


_records: list[list[DrawnAction]] = []
_seen: list[Seen] = [Seen()]


@contextmanager
def recording(seen: Seen | None = None) -> Iterator[list[DrawnAction]]:
    """Every target that is drawn inside the `with` is noted in the list it gives."""
    drawn: list[DrawnAction] = []
    _records.append(drawn)
    _seen.append(seen or Seen())
    try:
        yield drawn
    finally:
        _records.pop()
        _seen.pop()


@contextmanager
def after(later: list[DrawnAction]) -> Iterator[None]:
    """What is drawn inside the `with` is put into `later` instead, to be noted after what comes first in reading."""
    here, _records[:] = list(_records), [later]
    try:
        yield
    finally:
        _records[:] = here


def look(target: Target, rect: pygame.Rect) -> Look:
    """How the target that is drawn there is to look."""
    seen, name = _seen[-1], name_of(target)
    down = seen.down == name
    hover = seen.at is not None and rect.collidepoint(seen.at) and not seen.down
    return Look(hover, down, seen.ring == name, seen.held if down else 0.0)


def note(action: Target, rect: pygame.Rect, caps: pygame.Rect) -> None:
    """Tell whoever is recording that a target was drawn."""
    for drawn in _records:
        drawn.append(DrawnAction(action, rect.copy(), caps.copy()))


def key_at(drawn: Iterable[DrawnAction], point: Point) -> Key | None:
    """The key that this point (px from the top left) means, or None where no action was drawn."""
    return next((key for each in drawn if (key := each.key_at(point)) is not None), None)


def target_at(drawn: Iterable[DrawnAction], point: Point) -> DrawnAction | None:
    """What was drawn at this point and can be pressed there."""
    for each in drawn:
        if isinstance(each.action, Button):
            if each.presses and each.rect.collidepoint(point):
                return each
        elif each.key_at(point) is not None:
            return each
    return None
