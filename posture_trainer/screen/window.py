"""The window: shows views, gives back keys and presses. `NoWindow` stands in where there is no screen."""

from contextlib import suppress
from dataclasses import replace
from math import dist
from typing import TYPE_CHECKING, Any

from posture_trainer.pages.front.page import CLOSE_WINDOW, PageView, Pictures, Press
from posture_trainer.pages.keys import Key, Keyboard
from posture_trainer.pages.resting import buttons_rest
from posture_trainer.pages.views import AnyView, Controls
from posture_trainer.records.settings import WindowPlace
from posture_trainer.screen.keyboard import by_letter, key_maps

if TYPE_CHECKING:
    import pygame

    from posture_trainer.screen.kit.hand import Pressed

_HELD_TO_STOP_MS = 1500
_STIR_PX = 12
_LEAST_PX = 100  # in a smaller window there is nothing to be read


class NoWindow:
    """No window at all, for `--no-window`."""

    visible = False
    keyboard = Keyboard.SESSION
    lost = False
    stirs = 0

    def show(self, view: AnyView, controls: Controls) -> None:
        """Nothing to draw on."""

    def keys(self) -> list[Key]:
        """Nobody presses anything."""
        return []

    def presses(self) -> list[Press]:
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
    """A resizable window. Raises UserError when there is no screen. at: where it is to stand, as it was left. opened:
    the display is open already."""

    visible = True
    keyboard = Keyboard.SESSION
    lost = False
    close_asked = False
    stirs = 0

    def __init__(
        self, size: tuple[int, int] = (1280, 720), at: WindowPlace | None = None, opened: bool = False
    ) -> None:
        import pygame

        from posture_trainer.screen.placing import open_display, place_now

        if not opened:
            open_display(at or WindowPlace(*size))
        from posture_trainer.screen import draw
        from posture_trainer.screen.kit import pointing
        from posture_trainer.screen.kit.hand import Hand
        from posture_trainer.screen.page_keys import PageKeys
        from posture_trainer.screen.small_window import SmallWindow

        self._pygame, self._draw, self._pointing = pygame, draw.draw, pointing
        self._full_screen = at is not None and at.full_screen
        self._small = SmallWindow(pygame)
        self.whole, self.call = self._small.undo, self._small.call
        self._drawn: list[pointing.DrawnAction] = []
        self._hand = Hand()
        self._page_keys = PageKeys(pygame, self._hand)
        self._page: PageView | None = None
        self._viewed: type = type(None)
        self._shown: object = None
        self._place_now = place_now
        self._space_since_ms: int | None = None
        self._stirred_at, self._stirred_ms, self._resting = (0, 0), 0, False
        self._typed = ""
        self._keys: list[Key] = []
        self._presses: list[Press] = []
        self._key_maps = key_maps(pygame)
        self._stirring = (
            pygame.KEYDOWN,
            pygame.MOUSEMOTION,
            pygame.MOUSEBUTTONDOWN,
            pygame.FINGERMOTION,
            pygame.FINGERDOWN,
        )

    def show(self, view: AnyView, controls: Controls) -> None:
        """Draw a view over the whole window. A page that looks as it did is not drawn again."""
        surface = None if self.lost else self._pygame.display.get_surface()
        if surface is None:
            self._lose()
            return
        now_ms = self._pygame.time.get_ticks()
        self._turn_to(view, now_ms)
        if min(surface.get_size()) < _LEAST_PX:
            return
        self._resting = buttons_rest(view, (now_ms - self._stirred_ms) / 1000)
        controls = replace(controls, buttons_rest=True) if self._resting else controls
        seen = self._hand.seen(now_ms)
        shown = (view, controls, seen, surface.get_size())
        if self._page is not None and shown == self._shown and not _moves(self._page):
            return
        self._shown = shown
        self._hand.grace_px = round(24 * min(surface.get_width() / 1280, surface.get_height() / 720))
        try:
            with self._pointing.recording(seen) as self._drawn:
                self._draw(surface, view, controls)
            self._pygame.display.flip()
        except self._pygame.error:
            self._lose()

    def _turn_to(self, view: AnyView, now_ms: int) -> None:
        """The ring begins anew on another page: at what the page names, and on one of a session nowhere."""
        page = view if isinstance(view, PageView) else None
        if type(view) is not self._viewed:
            self._stirred_ms = now_ms
        if page is None:
            if self._page is not None or (self._hand.ring and type(view) is not self._viewed):
                self._hand.ring = ""
        elif self._page is None or page.title != self._page.title or page.back != self._page.back:
            self._hand.ring = page.focus or (page.main.name if page.main else "")
            self._presses.clear()
        self._page, self._viewed = page, type(view)

    def _lose(self) -> None:
        self.lost, self.visible = True, False

    def keys(self) -> list[Key]:
        """Keys pressed since the last call; closing the window is CLOSE, holding the space bar is STOP.

        A click, or a touch, is the key of what was drawn there last, and OTHER beside all of it.
        """
        self._read()
        if self.lost:
            return [Key.CLOSE]
        pressed, self._keys = self._keys, []
        return pressed

    def presses(self) -> list[Press]:
        """What was pressed on a page around practice since the last call; CLOSE_WINDOW when the window is closed."""
        self._read()
        pressed, self._presses = self._presses, []
        return [Press(CLOSE_WINDOW)] if self.lost or self.close_asked else pressed

    def _read(self) -> None:
        for event in self._events():
            self._take(event)
        now_ms = self._pygame.time.get_ticks()
        self._take_pressed(self._hand.tick(now_ms))
        since_ms = self._space_since_ms
        if since_ms is not None and now_ms - since_ms >= _HELD_TO_STOP_MS:
            self._space_since_ms = None
            self._keys.append(Key.STOP)

    def _take(self, event: Any) -> None:
        """Take one event: of the window, a key, the mouse, or a finger."""
        pygame, now_ms = self._pygame, self._pygame.time.get_ticks()
        if event.type in self._stirring and not self._trembles(event):
            self.stirs, self._stirred_ms = self.stirs + 1, now_ms
        if event.type == pygame.QUIT:
            self.close_asked = True
            self._keys.append(Key.CLOSE)
        elif event.type in (pygame.KEYDOWN, pygame.KEYUP, pygame.TEXTINPUT):
            if self._page is not None:
                self._page_key(event, now_ms)
            else:
                self._session_key(event, now_ms)
        elif event.type in (pygame.MOUSEMOTION, pygame.FINGERMOTION):
            self._hand.move(event.pos if event.type == pygame.MOUSEMOTION and not _of_touch(event) else None)
        elif event.type in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
            if event.button == pygame.BUTTON_LEFT and not _of_touch(event):  # a finger says so itself
                self._point(event.pos, event.type == pygame.MOUSEBUTTONDOWN, now_ms)
        elif event.type in (pygame.FINGERDOWN, pygame.FINGERUP):
            width, height = pygame.display.get_window_size()
            at = (round(event.x * width), round(event.y * height))
            self._point(at, event.type == pygame.FINGERDOWN, now_ms)

    def _trembles(self, event: Any) -> bool:
        """A mouse that trembles where it lies is nobody's hand."""
        if event.type != self._pygame.MOUSEMOTION:
            return False
        if dist(event.pos, self._stirred_at) < _STIR_PX:
            return True
        self._stirred_at = event.pos
        return False

    def _point(self, at: tuple[int, int], down: bool, now_ms: int) -> None:
        if down:
            self._hand.down(self._drawn, at, now_ms)
        else:
            self._take_pressed(self._hand.up(at, now_ms))

    def _take_pressed(self, pressed: "list[Pressed]") -> None:
        for each in pressed:
            if self._page is None:
                self._keys += [each.key] if each.key is not None else []
            elif each.name:
                self._hand.ring = each.name
                self._presses.append(Press(each.name))

    def _page_key(self, event: Any, now_ms: int) -> None:
        if event.type == self._pygame.TEXTINPUT:
            self._presses += self._page_keys.text(event.text, self._drawn)
        elif event.type == self._pygame.KEYUP:
            self._page_keys.up(event)
        else:
            main = self._page.main.name if self._page and self._page.main and not self._page.main.disabled else ""
            self._presses += self._page_keys.down(event, self._drawn, main, now_ms)

    def _session_key(self, event: Any, now_ms: int) -> None:
        pygame, typing = self._pygame, self.keyboard is Keyboard.TYPING
        if event.type == pygame.TEXTINPUT:
            self._typed += event.text if typing else ""
        elif event.type == pygame.KEYUP:
            self._space_since_ms = None if event.key == pygame.K_SPACE else self._space_since_ms
        elif event.key == pygame.K_TAB and self.keyboard is Keyboard.SESSION:
            if not self._resting:  # else the buttons come back first
                self._hand.tab(self._drawn, back=bool(getattr(event, "mod", 0) & pygame.KMOD_SHIFT))
        elif event.key in (pygame.K_RETURN, pygame.K_KP_ENTER) and self._hand.ringed(self._drawn) is not None:
            self._take_pressed(self._hand.key_down(self._drawn, now_ms))
        else:
            keys = self._key_maps[self.keyboard]
            key = keys.get(event.key) or keys.get(by_letter(event.unicode)) or Key.OTHER
            if key is Key.PAUSE:
                self._space_since_ms = now_ms
            self._keys.append(key)

    def key_at(self, point: tuple[int, int]) -> Key | None:
        """The key that a point of the window (px from its top left) means, by what was last drawn there."""
        return self._pointing.key_at(self._drawn, point)

    def drawn(self) -> "dict[str, pygame.Rect]":
        """Where each target was drawn last, by its name: an action is called by its first key ("key pause")."""
        return {each.name: each.rect for each in self._drawn}

    @property
    def ring(self) -> str:
        """The name of what the keyboard's ring is around, '' for nothing."""
        return self._hand.ring

    def toggle_full_screen(self) -> None:
        """Fill the whole screen, or no longer."""
        with suppress(self._pygame.error):  # some screens know only one size
            self._pygame.display.toggle_fullscreen()
            self._full_screen = not self._full_screen

    def smaller(self, size: tuple[int, int]) -> None:
        """A small window in front of all others."""
        self._small.make(size, self.place(), self._full_screen)

    def place(self) -> WindowPlace:
        """Where it stands and how large it is, to be opened so the next time."""
        return self._small.before or self._place_now(self._full_screen)

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


def _of_touch(event: Any) -> bool:
    """Whether SDL has made this event of the mouse out of a finger's."""
    return bool(getattr(event, "touch", False))


def _moves(page: PageView) -> bool:
    """Whether a page holds pictures that live."""
    return any(isinstance(part, Pictures) for part in page.parts)
