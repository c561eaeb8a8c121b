"""Where each action was drawn, so that a point of the window can mean a key."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pygame

from posture_trainer.pages.actions import Action
from posture_trainer.pages.keys import Key

Point = tuple[int, int]


@dataclass(frozen=True)
class DrawnAction:
    """An action on the window. rect: all of it. caps: what is printed on its keys, side by side. Both in px."""

    action: Action
    rect: pygame.Rect
    caps: pygame.Rect

    def key_at(self, point: Point) -> Key | None:
        """The key that this point means: the only one anywhere, of several the one whose cap it is on.

        None beside it, and where one cap stands for many keys: there a point cannot say which.
        """
        keys = self.action.keys
        if len(keys) == 1:
            return keys[0] if self.rect.collidepoint(point) else None
        if self.action.together or not self.caps.collidepoint(point):
            return None
        return keys[(point[0] - self.caps.left) * len(keys) // self.caps.width]


_records: list[list[DrawnAction]] = []


@contextmanager
def recording() -> Iterator[list[DrawnAction]]:
    """Every action that is drawn inside the `with` is noted in the list it gives."""
    drawn: list[DrawnAction] = []
    _records.append(drawn)
    try:
        yield drawn
    finally:
        _records.pop()


def note(action: Action, rect: pygame.Rect, caps: pygame.Rect) -> None:
    """Tell whoever is recording that an action was drawn."""
    for drawn in _records:
        drawn.append(DrawnAction(action, rect.copy(), caps.copy()))


def key_at(drawn: Iterable[DrawnAction], point: Point) -> Key | None:
    """The key that this point (px from the top left) means, or None where no action was drawn."""
    return next((key for each in drawn if (key := each.key_at(point)) is not None), None)
