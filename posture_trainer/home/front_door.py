"""The front door: shows the page that is on top, hands it what was pressed, and goes where it says."""

import time
from collections.abc import Callable

from posture_trainer.home.help import HelpScreen
from posture_trainer.home.notes import FaultScreen
from posture_trainer.home.room import Room
from posture_trainer.home.screen import Go, Instead, Move, Screen
from posture_trainer.home.unwell import unwell
from posture_trainer.pages.front.page import BACK, CLOSE_WINDOW, DONE, HELP, UNWELL, Press
from posture_trainer.screen.page_keys import KEY

_SCALES = (1.0, 1.5, 2.0)


class FrontDoor:
    """The pages that are open, one over the other; at the bottom is home. pause: waits for the next moment."""

    def __init__(self, room: Room, home: Screen, pause: Callable[[float], None] = time.sleep) -> None:
        self._room, self._home, self._pause = room, home, pause
        self._open: list[Screen] = []

    def run(self) -> None:
        """Until somebody closes."""
        if not self._open:
            self._go(self._home)
        while self._open:
            self.moment()
            self._pause(self._open[-1].moment_s if self._open else 0.0)

    def moment(self) -> None:
        """Show the page on top, and do what was pressed. A fault that nobody foresaw becomes a page."""
        top = self._open[-1]
        try:
            if self._room.stop_asked():
                self._go(Move.CLOSE)
                return
            for press in self._room.show(top.view()):
                went = self._pressed(top, press)
                self._go(went)
                if went is not None:
                    return
            self._go(top.tick())
        except KeyboardInterrupt:
            self._go(Move.CLOSE)
        except Exception as error:
            if isinstance(top, FaultScreen) or self._room.window.lost:
                raise
            self._go(FaultScreen(self._room, error))

    @property
    def top(self) -> Screen | None:
        """The page that is shown."""
        return self._open[-1] if self._open else None

    def open_home(self) -> None:
        """Begin, without running."""
        self._go(self._home)

    def open_at(self, screen: Screen) -> None:
        """Begin at that page, with home under it."""
        self._open.append(self._home)
        self._go(screen)

    def _pressed(self, top: Screen, press: Press) -> Go:
        if press.name == CLOSE_WINDOW:
            return Move.CLOSE
        if press.name == HELP:
            return HelpScreen(self._room, top.help_title, top.help)
        if press.name == UNWELL:
            top.leave()
            unwell(self._room)
            top.arrive()
            return Move.CLOSE if self._room.window.close_asked else None
        if press.name == f"{KEY}t":
            self._text_size()
            return None
        if press.name == f"{KEY}f":
            self._room.window.toggle_full_screen()
            return None
        went = top.press(press)
        return Move.BACK if went is None and press.name in (BACK, DONE) and top is not self._home else went

    def _text_size(self) -> None:
        room = self._room
        now = room.controls.text_scale
        larger = next((scale for scale in _SCALES if scale > now), _SCALES[0])
        room.remember(room.settings.with_person(room.code, text_scale=larger))
        room.look()

    def _go(self, to: Go) -> None:
        if to is None or to is Move.STAY:
            return
        if self._open:
            self._open[-1].leave()
        if to is Move.CLOSE:
            self._open.clear()
            return
        if to is Move.HOME:
            del self._open[1:]
        elif to is Move.BACK:
            self._open.pop()
        elif isinstance(to, Instead):
            if len(self._open) > 1:
                self._open.pop()
            self._open.append(to.screen)
        elif isinstance(to, Screen):
            self._open.append(to)
        if self._open:
            self._open[-1].arrive()
