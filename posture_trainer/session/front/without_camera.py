"""Devices without a camera: for the pages of a session that need none, shown from home."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from posture_trainer.pages.views import Controls
from posture_trainer.screen.window_protocol import Window
from posture_trainer.session.devices import Devices
from posture_trainer.session.open_devices import Within
from posture_trainer.sound.player import Sounds
from posture_trainer.sources.frame_reader import FrameReader
from posture_trainer.sources.frames import Frame, SourceInfo
from posture_trainer.tracking.careful import BadFrames
from posture_trainer.tracking.seen import TrackedFrame


class _NoSource:
    live = True
    info = SourceInfo("none", "no camera", 0, 0, None)

    def read(self) -> Frame | None:
        return None

    def reopen(self) -> bool:
        return False

    def close(self) -> None:
        pass


class _NoTracking:
    waiting = finished = fine = False
    way: str | None = None

    def __init__(self) -> None:
        self.ready = threading.Event()
        self.bad = BadFrames()

    def next(self, timeout_s: float) -> TrackedFrame | None:
        time.sleep(timeout_s)
        return None

    def close(self) -> None:
        pass


class _Kept:
    """Sounds that stay open when these devices are closed."""

    def __init__(self, sounds: Sounds) -> None:
        self._sounds = sounds
        self.play, self.speak = sounds.play, sounds.speak

    @property
    def trouble(self) -> str:
        return self._sounds.trouble

    def close(self) -> None:
        pass


@contextmanager
def without_camera(within: Within, sounds: Sounds, say: Callable[[str], None], controls: Controls) -> Iterator[Devices]:
    """Devices with a window and sounds that are open already, and stay so, and with no camera."""
    window: Window = within.window
    source = _NoSource()
    devices = Devices(source, FrameReader(source), _NoTracking(), window, _Kept(sounds), say, controls)
    devices.stop_asked, devices.keeps_window = within.stop_asked, True
    try:
        yield devices
    finally:
        devices.close()
