"""Leaving for sure: a device whose driver never answers must not keep the program from ending."""

import atexit
import os
import sys
import threading
from contextlib import suppress

_MAY_STICK = {"sound", "frame reader", "face tracking"}  # names of the threads that wait for a device or a library


def leave_for_sure(code: int) -> None:
    """Where such a thread did not end with its session, end with this exit code before the libraries close devices.

    pygame and OpenCV close theirs at the interpreter's end, and would wait there for the same driver.
    """
    if _stuck():
        atexit.register(_leave, code)


def _leave(code: int) -> None:
    if _stuck():
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        os._exit(code)


def _stuck() -> bool:
    return any(thread.name in _MAY_STICK and thread.daemon for thread in threading.enumerate())
