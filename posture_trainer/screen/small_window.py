"""The window made small and kept in front of all others, and back. pygame lacks that; SDL, which it brings, does it."""

import ctypes
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from posture_trainer.records.settings import WindowPlace
from posture_trainer.screen.placing import window_now

_AWAY_PX = 24  # from the corner of the screen
_BRIEFLY = 1  # SDL_FLASH_BRIEFLY


class SmallWindow:
    """Of the one window there is. before: how it stood before it was made small, None while it is not."""

    def __init__(self, pygame: Any) -> None:
        self._pygame = pygame
        self.before: WindowPlace | None = None

    def make(self, size: tuple[int, int], place: WindowPlace, full_screen: bool) -> None:
        """Small, at the lower right, in front."""
        display = self._pygame.display
        if self.before is None:
            self.before = place
            with suppress(self._pygame.error):
                if full_screen:
                    display.toggle_fullscreen()
                window = window_now()
                if window is not None:
                    window.restore()
        with suppress(self._pygame.error):
            display.set_mode(size, self._pygame.RESIZABLE)
        with suppress(Exception):  # a window manager need not let itself be told
            width, height = display.get_desktop_sizes()[0]
            window_now().position = (width - size[0] - _AWAY_PX, height - size[1] - 3 * _AWAY_PX)
        self._sdl("SDL_SetWindowAlwaysOnTop", 1)

    def undo(self) -> None:
        """As it stood before."""
        if self.before is None:
            return
        before, self.before = self.before, None
        self._sdl("SDL_SetWindowAlwaysOnTop", 0)
        with suppress(self._pygame.error):
            self._pygame.display.set_mode((before.width, before.height), self._pygame.RESIZABLE)
            window = window_now()
            if window is not None and before.left is not None and before.top is not None:
                window.position = (before.left, before.top)
            if window is not None and before.maximised:
                window.maximize()
            if before.full_screen:
                self._pygame.display.toggle_fullscreen()

    def call(self) -> None:
        """Flash it in the system's own bar."""
        self._sdl("SDL_FlashWindow", _BRIEFLY)

    def _sdl(self, name: str, value: int) -> bool:
        """Call a function of SDL with the window; gives whether it was there. (SDL 2.0.16 and later have both.)"""
        library, window = _library(Path(str(next(iter(self._pygame.__path__))))), window_now()
        if library is None or window is None:
            return False
        try:
            of_id = library.SDL_GetWindowFromID
            of_id.restype, of_id.argtypes = ctypes.c_void_p, [ctypes.c_uint32]
            function = getattr(library, name)
            function.argtypes = [ctypes.c_void_p, ctypes.c_int]
            found = of_id(int(window.id))
            if found:
                function(found, value)
            return bool(found)
        except (AttributeError, OSError, ValueError):
            return False


def _library(package: Path) -> ctypes.CDLL | None:
    """The SDL that pygame runs on, which is loaded already."""
    where = {"win32": (package, "SDL2.dll"), "darwin": (package / ".dylibs", "libSDL2-2*.dylib")}
    folder, name = where.get(sys.platform, (package.parent / "pygame.libs", "libSDL2-2*.so*"))
    places = [folder, package.parent / "pygame_ce.libs"]
    for path in (found for place in places if place.is_dir() for found in sorted(place.glob(name))):
        with suppress(OSError):
            return ctypes.CDLL(str(path))
    return None
