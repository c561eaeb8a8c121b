"""When the X server goes away, Xlib ends the program without a word: here it first says its last ones."""

import ctypes
import os
import sys
from collections.abc import Callable
from typing import Any

_KEPT: list[Any] = []  # what Xlib calls must not be collected


def end_with(last_words: Callable[[], None]) -> None:
    """Call this in the end when the display is lost under X11, and leave with exit code 1; elsewhere nothing is done.

    Xlib's handler of such a fault must not return (XSetIOErrorHandler(3)), so there is no going on from it.
    """
    if not sys.platform.startswith("linux"):
        return
    import pygame

    if pygame.display.get_driver() != "x11":
        return

    def handler(_display: int) -> int:
        try:
            last_words()
        finally:
            os._exit(1)

    try:
        xlib = ctypes.CDLL("libX11.so.6")
    except OSError:
        return
    kept = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p)(handler)
    _KEPT.append(kept)
    xlib.XSetIOErrorHandler(kept)
