"""The system's ways to ask a session to stop: Ctrl-C, a shutdown, a terminal that is closed."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")  # the last one on Windows, SIGHUP elsewhere


@contextmanager
def stop_signals() -> Iterator[threading.Event]:
    """While it lasts, the first such signal sets the event, and the session ends as if its window were closed.

    A second one is a KeyboardInterrupt, wherever the program is; a third ends it as the system does.
    """
    asked = threading.Event()
    if threading.current_thread() is not threading.main_thread():  # only there can signals be handled
        yield asked
        return

    def ask(number: int, _frame: FrameType | None) -> None:
        if number == getattr(signal, "SIGHUP", None):
            _speak_to_nobody()
        if asked.is_set():
            signal.signal(number, signal.SIG_DFL)
            raise KeyboardInterrupt
        asked.set()

    before = {number: signal.signal(number, ask) for name in _NAMES if (number := getattr(signal, name, None))}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)


def _speak_to_nobody() -> None:
    """The terminal is gone: writing to it would fail, and the record comes first."""
    sys.stdout = sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  (until the end)
