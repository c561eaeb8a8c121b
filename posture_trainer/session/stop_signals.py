"""The system's ways to ask the program to stop: Ctrl-C, a shutdown, a terminal that is closed."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")  # the last one on Windows, SIGHUP elsewhere


@contextmanager
def stop_signals() -> Iterator[threading.Event]:
    """While it lasts, the first such signal sets the event, and the session ends as if its window were closed.

    A second one is a KeyboardInterrupt, wherever the program is; a third ends it as the system does.
    """
    asked = threading.Event()

    def ask(number: int) -> None:
        if asked.is_set():
            _interrupt(number)
        asked.set()

    with _handled_by(ask):
        yield asked


@contextmanager
def interrupted_by_signals() -> Iterator[None]:
    """While it lasts, each such signal is a KeyboardInterrupt: what is half done is taken back on the way out.

    The same one a second time ends the program as the system does.
    """
    with _handled_by(_interrupt):
        yield


def _interrupt(number: int) -> None:
    signal.signal(number, signal.SIG_DFL)
    raise KeyboardInterrupt


@contextmanager
def _handled_by(handle: Callable[[int], None]) -> Iterator[None]:
    """Signals that whoever started the program wants ignored (nohup) stay ignored."""
    if threading.current_thread() is not threading.main_thread():  # only there can signals be handled
        yield
        return

    def handler(number: int, _frame: object) -> None:
        if number == getattr(signal, "SIGHUP", None):
            _speak_to_nobody()
        handle(number)

    numbers = [number for name in _NAMES if (number := getattr(signal, name, None)) is not None]
    before = {number: signal.getsignal(number) for number in numbers}
    before = {number: was for number, was in before.items() if was is not signal.SIG_IGN}
    try:
        for number in before:
            signal.signal(number, handler)
        yield
    finally:
        for number, was in before.items():
            signal.signal(number, signal.SIG_DFL if was is None else was)


def _speak_to_nobody() -> None:
    """The terminal is gone: writing to it would fail, and the record comes first."""
    sys.stdout = sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  (until the end)
