"""Whether a call, a talk or a film fills the screen, as far as the system tells: then nobody is reminded."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable

LONGEST_S = 1.0
_WINDOW = re.compile(r"0x[0-9a-f]+")
# Windows, SHQueryUserNotificationState: a program fills the screen, a game does, a talk is given.
_BUSY = (2, 3, 4)
Ask = Callable[[list[str]], str]


def screen_is_taken() -> bool:
    """Whether another program fills the screen. False where the system does not tell: Wayland, macOS."""
    if sys.platform == "win32":
        return _windows()
    if sys.platform == "linux" and shutil.which("xprop"):
        return x11_is_taken(_asked)
    return False


def x11_is_taken(ask: Ask) -> bool:
    """Whether the active window of an X11 desktop fills the screen. ask: runs a command, gives what it says."""
    active = _WINDOW.search(ask(["xprop", "-root", "_NET_ACTIVE_WINDOW"]))
    if active is None or int(active[0], 16) == 0:
        return False
    return "_NET_WM_STATE_FULLSCREEN" in ask(["xprop", "-id", active[0], "_NET_WM_STATE"])


def _asked(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST_S, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout


def _windows() -> bool:
    import ctypes

    state = ctypes.c_int(0)
    try:
        shell = ctypes.windll.shell32  # type: ignore[attr-defined,unused-ignore]
        return shell.SHQueryUserNotificationState(ctypes.byref(state)) == 0 and state.value in _BUSY
    except (AttributeError, OSError):
        return False
