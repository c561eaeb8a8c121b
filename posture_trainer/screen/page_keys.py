"""Real keys on the pages around practice: the ring moves, Enter presses, a cap's key presses its button."""

from collections.abc import Sequence
from typing import Any

from posture_trainer.pages.front.page import Button, Press
from posture_trainer.screen.kit.hand import Hand, Pressed
from posture_trainer.screen.kit.pointing import DrawnAction

KEY = "key "
"""What begins the name of a press of a key that no button of the page names: "key t"."""


class PageKeys:
    """Turns key events into presses of what was drawn last. field: the name of the field that is typed into."""

    def __init__(self, pygame: Any, hand: Hand) -> None:
        self._hand = hand
        self._arrows = {
            pygame.K_LEFT: (-1, 0),
            pygame.K_RIGHT: (1, 0),
            pygame.K_UP: (0, -1),
            pygame.K_DOWN: (0, 1),
        }
        self._enter = (pygame.K_RETURN, pygame.K_KP_ENTER)
        self._caps = {pygame.K_ESCAPE: "Esc", pygame.K_F1: "F1", pygame.K_PAGEDOWN: "PgDn", pygame.K_PAGEUP: "PgUp"}
        self._pygame = pygame

    def down(self, event: Any, drawn: Sequence[DrawnAction], main: str, now_ms: int) -> list[Press]:
        """What a key that goes down presses. main: the name of the page's main button."""
        pygame, key = self._pygame, event.key
        field = self.field(drawn)
        if key == pygame.K_TAB:
            self._hand.tab(drawn, back=bool(getattr(event, "mod", 0) & pygame.KMOD_SHIFT))
            return []
        if key in self._arrows:
            return _presses(self._hand.arrow(drawn, self._arrows[key]))
        if key in self._enter:
            if field and main:
                return [Press(main)]
            return _presses(self._hand.key_down(drawn, now_ms))
        if field and key == pygame.K_BACKSPACE:
            return [Press(field, erase=True)]
        if key in self._caps:
            return self._by_cap(self._caps[key], drawn)
        if key == pygame.K_F11:
            return [Press(f"{KEY}f")]
        if field:
            return []  # signs come as text
        if key == pygame.K_SPACE:
            return _presses(self._hand.key_down(drawn, now_ms))
        letter = str(getattr(event, "unicode", ""))
        return self._by_cap(letter, drawn) or ([Press(f"{KEY}{letter.lower()}")] if letter.strip() else [])

    def up(self, event: Any) -> None:
        """A key that is let go."""
        if event.key in (*self._enter, self._pygame.K_SPACE):
            self._hand.key_up()

    def text(self, typed: str, drawn: Sequence[DrawnAction]) -> list[Press]:
        """Signs that were typed, where the ring is around a field."""
        field = self.field(drawn)
        return [Press(field, typed=typed)] if field and typed else []

    def field(self, drawn: Sequence[DrawnAction]) -> str:
        """The name of the field that the ring is around, '' for none."""
        found = self._hand.ringed(drawn)
        return found.name if found is not None and found.name.startswith(FIELD) else ""

    def _by_cap(self, cap: str, drawn: Sequence[DrawnAction]) -> list[Press]:
        for each in drawn:
            button = each.action
            if isinstance(button, Button) and each.presses and button.cap and button.cap.lower() == cap.lower():
                return [Press(button.name)]
        return []


FIELD = "field "
"""What begins the name of every field."""


def _presses(found: Sequence[Pressed]) -> list[Press]:
    return [Press(each.name) for each in found if each.name]
