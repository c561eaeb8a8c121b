"""The window: shows views, gives back keys. `NoWindow` stands in where there is no screen."""

import os
import sys
from typing import Any, Protocol

from posture_trainer.errors import UserError
from posture_trainer.pages.keys import Key, Keyboard
from posture_trainer.pages.views import Controls, View

TITLE = "posture_trainer"
_LETTERS = {
    "c": Key.CALIBRATE,
    "m": Key.MUTE,
    "v": Key.VOICE,
    "t": Key.TEXT_SIZE,
    "f": Key.FULL_SCREEN,
    "d": Key.FIGURES,
    "h": Key.HIDE_FACE,
    "i": Key.INJECTION,
    "y": Key.YES,
    "n": Key.NO,
    "s": Key.UNSURE,
    "u": Key.UNWELL,
}
_HELD_TO_STOP_MS = 1500
_CLICKED_TWICE_MS = 400  # the second click of two is not meant for the page that the first one led to


class Window(Protocol):
    """Where the patient looks."""

    visible: bool
    """False when nobody can see it: then nothing waits for anyone."""
    keyboard: Keyboard
    """What the keys mean just now."""
    lost: bool
    """Whether the screen went away under it: from then on it only says CLOSE."""

    def show(self, view: View, controls: Controls) -> None:
        """Draw a view."""
        ...

    def keys(self) -> list[Key]:
        """Keys pressed since the last call."""
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


class NoWindow:
    """No window at all, for `--no-window`."""

    visible = False
    keyboard = Keyboard.SESSION
    lost = False

    def show(self, view: View, controls: Controls) -> None:
        """Nothing to draw on."""

    def keys(self) -> list[Key]:
        """Nobody presses anything."""
        return []

    def toggle_full_screen(self) -> None:
        """Nothing to make larger."""

    def typed(self) -> str:
        """Nobody types anything."""
        return ""

    def close(self) -> None:
        """Nothing to close."""


class PygameWindow:
    """A resizable window. Raises UserError when there is no screen."""

    visible = True
    keyboard = Keyboard.SESSION
    lost = False

    def __init__(self, size: tuple[int, int] = (1280, 720)) -> None:
        if sys.platform == "linux":  # only to copy pictures SDL would load OpenGL: 60 MB, and slow without its hardware
            os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")
        import pygame

        from posture_trainer.screen import draw
        from posture_trainer.screen.kit import pointing

        self._pygame, self._draw, self._pointing = pygame, draw.draw, pointing
        self._drawn: list[pointing.DrawnAction] = []
        try:
            pygame.display.init()
            pygame.font.init()
            pygame.display.set_caption(TITLE)
            pygame.display.set_mode(size, pygame.RESIZABLE)
        except pygame.error as error:
            raise UserError(f"I can't open a window ({error}). Without a screen use --no-window.") from None
        self._space_since_ms: int | None = None
        self._clicked_ms = -_CLICKED_TWICE_MS
        self._typed = ""
        session = {
            pygame.K_SPACE: Key.PAUSE,
            pygame.K_PLUS: Key.LOUDER,
            pygame.K_KP_PLUS: Key.LOUDER,
            pygame.K_EQUALS: Key.LOUDER,  # + without Shift on many keyboards
            pygame.K_MINUS: Key.QUIETER,
            pygame.K_KP_MINUS: Key.QUIETER,
            pygame.K_F11: Key.FULL_SCREEN,
            pygame.K_ESCAPE: Key.STOP,
            pygame.K_UP: Key.MORE,
            pygame.K_RIGHT: Key.BIT_MORE,
            pygame.K_DOWN: Key.LESS,
            pygame.K_LEFT: Key.BIT_LESS,
            pygame.K_RETURN: Key.CONFIRM,
            pygame.K_KP_ENTER: Key.CONFIRM,
            pygame.K_BACKSPACE: Key.ERASE,
            **{getattr(pygame, f"K_{letter}"): key for letter, key in _LETTERS.items()},
            **{getattr(pygame, f"K_{row}{digit}"): Key(str(digit)) for row in ("", "KP") for digit in range(10)},
        }
        form = {
            pygame.K_UP: Key.PREVIOUS,
            pygame.K_DOWN: Key.NEXT,
            pygame.K_RIGHT: Key.MORE,
            pygame.K_LEFT: Key.LESS,
            pygame.K_TAB: Key.PAGE,
            pygame.K_BACKSPACE: Key.ERASE,
        }
        signless = (pygame.K_ESCAPE, pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_F11)
        self._key_maps = {
            Keyboard.SESSION: session,
            Keyboard.FORM: session | form,
            Keyboard.TYPING: {key: session[key] for key in signless} | form,
        }

    def show(self, view: View, controls: Controls) -> None:
        """Draw a view over the whole window."""
        if self.lost:
            return
        surface = self._pygame.display.get_surface()
        if surface is None:
            self._lose()
            return
        self._surface = surface
        try:
            with self._pointing.recording() as self._drawn:
                self._draw(surface, view, controls)
            self._pygame.display.flip()
        except self._pygame.error:
            self._lose()

    def _lose(self) -> None:
        self.lost, self.visible = True, False

    def keys(self) -> list[Key]:
        """Keys pressed since the last call; closing the window is CLOSE, holding the space bar is STOP.

        A click, or a touch, is the key of what was drawn there last, and OTHER beside all of it.
        """
        pressed: list[Key] = []
        keys, typing = self._key_maps[self.keyboard], self.keyboard is Keyboard.TYPING
        for event in self._events():
            if event.type == self._pygame.QUIT:
                pressed.append(Key.CLOSE)
            elif event.type == self._pygame.TEXTINPUT and typing:
                self._typed += event.text
            elif event.type == self._pygame.KEYDOWN:
                key = keys.get(event.key) or keys.get(_by_letter(event.unicode)) or Key.OTHER
                if key is Key.PAUSE:
                    self._space_since_ms = self._pygame.time.get_ticks()
                pressed.append(key)
            elif event.type == self._pygame.MOUSEBUTTONDOWN and event.button == self._pygame.BUTTON_LEFT:
                pressed += self._clicked(event.pos)
            elif event.type == self._pygame.KEYUP and event.key == self._pygame.K_SPACE:
                self._space_since_ms = None
        since_ms = self._space_since_ms
        if self.lost:
            return [Key.CLOSE]
        if since_ms is not None and self._pygame.time.get_ticks() - since_ms >= _HELD_TO_STOP_MS:
            self._space_since_ms = None
            pressed.append(Key.STOP)
        return pressed

    def _clicked(self, point: tuple[int, int]) -> list[Key]:
        now_ms = self._pygame.time.get_ticks()
        again, self._clicked_ms = now_ms - self._clicked_ms < _CLICKED_TWICE_MS, now_ms
        return [] if again else [self.key_at(point) or Key.OTHER]

    def key_at(self, point: tuple[int, int]) -> Key | None:
        """The key that a point of the window (px from its top left) means, by what was last drawn there."""
        return self._pointing.key_at(self._drawn, point)

    def toggle_full_screen(self) -> None:
        """Fill the whole screen, or no longer."""
        self._pygame.display.toggle_fullscreen()

    def _events(self) -> list[Any]:
        try:
            return [] if self.lost else self._pygame.event.get()
        except self._pygame.error:
            self._lose()
            return []

    def typed(self) -> str:
        """Text typed since the last call; what the keyboard of any language gives, accents composed."""
        typed, self._typed = self._typed, ""
        return typed

    def close(self) -> None:
        """Close the window."""
        self._pygame.display.quit()


def _by_letter(unicode: str) -> int:
    """The key code of the sign that was typed: "+" has a place of its own on many keyboards."""
    return ord(unicode.lower()) if len(unicode) == 1 else 0
