"""The page of the cameras, over stand-ins for OpenCV and the system: several, one busy, one dark, one blind."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import cv2
import cv2_enumerate_cameras
import numpy as np
import pytest
from made.at_home import Home

from posture_trainer.home.camera import CamerasScreen
from posture_trainer.pages.front import camera as pages
from posture_trainer.pages.front.page import Pictures
from posture_trainer.records.settings import load_settings, save_settings

GIVES: dict[int, Callable[[int], Any]] = {
    0: lambda read: np.random.default_rng(read).integers(60, 200, (48, 64, 3), dtype=np.uint8),
    1: lambda _read: None,  # opens, and gives nothing
    2: lambda read: np.random.default_rng(read).integers(0, 4, (48, 64, 3), dtype=np.uint8),  # its cover is closed
}
NAMES = {0: "Built-in camera", 1: "USB camera", 2: "Virtual camera", 3: "Busy camera"}


class Capture:
    """In place of cv2.VideoCapture. open: how many are open, by number."""

    open: dict[int, int]

    def __init__(self, index: int | None = None, _backend: int = 0) -> None:
        self._index, self._reads = index, 0
        self._opened = index in GIVES
        if self._opened and index is not None:
            type(self).open[index] = type(self).open.get(index, 0) + 1

    def isOpened(self) -> bool:
        return self._opened

    def set(self, _what: int, _value: float) -> bool:
        return True

    def get(self, _what: int) -> float:
        return 30.0

    def read(self) -> tuple[bool, Any]:
        self._reads += 1
        picture = GIVES[self._index](self._reads) if self._opened and self._index is not None else None
        return picture is not None, picture

    def release(self) -> None:
        if self._opened and self._index is not None:
            type(self).open[self._index] -= 1
        self._opened = False


@pytest.fixture
def cameras(monkeypatch: pytest.MonkeyPatch) -> type[Capture]:
    Capture.open = {}
    monkeypatch.setattr(cv2, "VideoCapture", Capture)
    found = [SimpleNamespace(index=index, name=name) for index, name in NAMES.items()]
    monkeypatch.setattr(cv2_enumerate_cameras, "enumerate_cameras", lambda _backend: found)
    return Capture


def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, remembered: str = "") -> Home:
    settings = load_settings(tmp_path)[0].with_person("anna-1").model_copy(update={"last": "anna-1"})
    save_settings(tmp_path, settings.model_copy(update={"camera": remembered}))
    at = Home(tmp_path, monkeypatch)
    at.press("settings").press("camera")
    at.moments(3)
    return at


def remarks(at: Home) -> dict[str, str]:
    (part,) = [part for part in at.view.parts if isinstance(part, Pictures)]
    return {button.word: button.detail for button in part.buttons}


def test_each_camera_says_what_it_is(cameras: type[Capture], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened(tmp_path, monkeypatch)
    assert at.title == "Which picture is you?"
    assert isinstance(at.door.top, CamerasScreen)
    shown = remarks(at)
    assert shown["USB camera"] == pages.IN_USE, "one that gives nothing can't be used"
    assert list(shown) == list(NAMES.values())[:3]
    at.press(pages.MORE)
    assert remarks(at) == {"Busy camera": pages.IN_USE}
    at.press(pages.MORE)
    assert list(remarks(at)) == list(NAMES.values())[:3], "and round again"
    at.press(pages.camera_press(2)).press(pages.USE)
    assert at.settings.camera == "Virtual camera", "remembered by its name, for numbers change"
    assert set(cameras.open.values()) == {0}, "all are given back"
    at.close()


def test_the_camera_of_last_time_is_chosen(
    cameras: type[Capture], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = opened(tmp_path, monkeypatch, remembered="Virtual camera")
    (part,) = [part for part in at.view.parts if isinstance(part, Pictures)]
    assert [button.word for button in part.buttons if button.chosen] == ["Virtual camera"]
    at.press("back")
    assert set(cameras.open.values()) == {0}
    at.close()


def test_without_any_the_page_says_what_to_try(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cv2_enumerate_cameras, "enumerate_cameras", lambda _backend: [])
    at = opened(tmp_path, monkeypatch)
    assert at.title == "No camera yet"
    at.close()
