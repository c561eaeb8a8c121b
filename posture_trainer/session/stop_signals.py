"""The system's ways to ask the program to stop: Ctrl-C, a shutdown, a terminal that is closed."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_SAME_WISH_S = 1.0
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

    More of them within a second are the same wish; one after that ends the program as the system does.
    """
    with _handled_by(_interrupt):
        yield


def _interrupt(_number: int) -> None:
    """Raise KeyboardInterrupt, and let what it takes back on its way out not be broken off by a key held too long."""
    since_s = time.monotonic()

    def again(number: int, _frame: object) -> None:
        _speak_to_nobody_after(number)
        if time.monotonic() - since_s > _SAME_WISH_S:
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)

    for number in _handled():
        signal.signal(number, again)
    raise KeyboardInterrupt


def _handled() -> list[int]:
    """Those that this system has, and that whoever started the program does not want ignored (nohup)."""
    numbers = [number for name in _NAMES if (number := getattr(signal, name, None)) is not None]
    return [number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN]


@contextmanager
def _handled_by(handle: Callable[[int], None]) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():  # only there can signals be handled
        yield
        return

    def handler(number: int, _frame: object) -> None:
        _speak_to_nobody_after(number)
        handle(number)

    before = {number: signal.getsignal(number) for number in _handled()}
    try:
        for number in before:
            signal.signal(number, handler)
        yield
    finally:
        for number, was in before.items():
            signal.signal(number, signal.SIG_DFL if was is None else was)


def _speak_to_nobody_after(number: int) -> None:
    """Where the terminal is gone, writing to it would fail, and the record comes first."""
    if number == getattr(signal, "SIGHUP", None):
        sys.stdout = sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  (until the end)
