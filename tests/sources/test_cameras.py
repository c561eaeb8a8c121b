"""Cameras: found by number, name or path, asked for a mode, lost and back again; and what is said when one fails."""

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from test_sources import FakeCapture, faked, noise

from posture_trainer.errors import UserError
from posture_trainer.sources.camera import Camera, CameraMode
from posture_trainer.sources.frames import is_covered
from posture_trainer.sources.open_source import open_source


@pytest.fixture
def fake_camera(monkeypatch: pytest.MonkeyPatch) -> type[FakeCapture]:
    return faked(monkeypatch)


@pytest.fixture
def on_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")


def _device_files(monkeypatch: pytest.MonkeyPatch, exist: bool, allowed: bool) -> None:
    monkeypatch.setattr(Path, "exists", lambda _path: exist)
    monkeypatch.setattr(os, "access", lambda *_arguments: allowed)


@pytest.mark.usefixtures("on_linux")
@pytest.mark.parametrize(
    ("exist", "allowed", "words"),
    [
        (False, False, r"can't find a camera \(number 3\).*posture-trainer demo"),
        (True, False, r"may not use camera 3 \(/dev/video3\).*group 'video'"),
        (True, True, r"Camera 3 is busy.*Close other programs"),
    ],
    ids=["absent", "no permission", "busy"],
)
def test_a_camera_that_does_not_open_says_why(
    monkeypatch: pytest.MonkeyPatch, fake_camera: type[FakeCapture], exist: bool, allowed: bool, words: str
) -> None:
    fake_camera.present = False
    with monkeypatch.context() as patch:
        _device_files(patch, exist, allowed)
        with pytest.raises(UserError, match=words):
            Camera("3")


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_elsewhere_it_says_what_to_try(
    monkeypatch: pytest.MonkeyPatch, fake_camera: type[FakeCapture], platform: str
) -> None:
    fake_camera.present = False
    with monkeypatch.context() as patch:
        patch.setattr(sys, "platform", platform)
        with pytest.raises(UserError, match=r"Camera 0 does not open\..*[Pp]rivacy.*demo"):
            Camera("0")


def test_a_camera_without_pictures_says_so(fake_camera: type[FakeCapture]) -> None:
    fake_camera.pictures = staticmethod(lambda _read: None)
    with pytest.raises(UserError, match="opens but gives no picture"):
        Camera("0")


@pytest.mark.parametrize("shape", [(1, 1, 3), (0, 0, 3), (48, 64, 5)])
def test_a_camera_that_gives_what_is_no_picture_says_so(
    fake_camera: type[FakeCapture], shape: tuple[int, int, int]
) -> None:
    fake_camera.pictures = staticmethod(lambda _read: np.zeros(shape, np.uint8))
    with pytest.raises(UserError, match="no picture that can be used"):
        Camera("0")


@pytest.mark.parametrize("stated", [float("nan"), float("inf"), -1.0])
def test_a_rate_that_cannot_be_is_null_in_the_log(fake_camera: type[FakeCapture], stated: float) -> None:
    fake_camera.granted = {cv2.CAP_PROP_FPS: stated}
    opened = Camera("0")
    assert json.loads(json.dumps(asdict(opened.info), allow_nan=False))["rate_hz"] is None
    opened.close()


@pytest.mark.parametrize("channels", [1, 2, 4])
def test_pictures_of_other_kinds_are_converted(fake_camera: type[FakeCapture], channels: int) -> None:
    fake_camera.pictures = staticmethod(lambda read: np.dstack([noise(read), noise(read)])[:, :, :channels])
    opened = Camera("0")
    frame = opened.read()
    assert frame is not None
    assert frame.image_bgr.shape == (48, 64, 3)
    opened.close()


def test_a_camera_may_begin_with_empty_frames(fake_camera: type[FakeCapture]) -> None:
    fake_camera.pictures = staticmethod(lambda read: None if read < 4 else noise(read))
    assert Camera("0").read() is not None


@pytest.mark.usefixtures("fake_camera")
def test_what_was_asked_and_what_was_granted_are_both_told() -> None:
    info = Camera("0", CameraMode(1920, 1080, 60.0, "MJPG")).info
    assert (info.kind, info.name) == ("camera", "Integrated Camera")
    assert (info.width, info.height, info.rate_hz, info.codec) == (64, 48, 25.0, "YUYV")
    assert info.asked == {"width": 1920, "height": 1080, "rate_hz": 60.0, "codec": "MJPG"}


def test_the_mode_is_really_asked_for(fake_camera: type[FakeCapture], monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[FakeCapture] = []

    def remembered(*arguments: Any) -> FakeCapture:
        made.append(fake_camera(*arguments))
        return made[-1]

    monkeypatch.setattr(cv2, "VideoCapture", remembered)
    Camera("0", CameraMode(800, 600, 15.0, "MJPG"))
    assert made[-1].asked[cv2.CAP_PROP_FRAME_WIDTH] == 800
    assert made[-1].asked[cv2.CAP_PROP_FRAME_HEIGHT] == 600
    assert made[-1].asked[cv2.CAP_PROP_FPS] == 15
    assert made[-1].asked[cv2.CAP_PROP_FOURCC] == cv2.VideoWriter.fourcc(*"MJPG")


@pytest.mark.parametrize(("name", "index"), [("0", 0), ("7", 7), ("logitech", 2), ("C920", 2), ("camera", 0)])
def test_a_camera_is_found_by_number_or_part_of_its_name(fake_camera: type[FakeCapture], name: str, index: int) -> None:
    opened = open_source(name)
    assert isinstance(opened, Camera)
    assert fake_camera.opened_index == index


def test_a_device_path_is_a_camera(fake_camera: type[FakeCapture]) -> None:
    assert isinstance(open_source("/dev/video2"), Camera)
    assert fake_camera.opened_index == 2


@pytest.mark.usefixtures("fake_camera")
def test_an_unknown_camera_name_lists_the_known_ones() -> None:
    with pytest.raises(UserError, match=r'"brio".*0 \(Integrated Camera\), 2 \(Logitech C920\)'):
        open_source("brio")


@pytest.mark.usefixtures("fake_camera")
def test_an_empty_name_is_told() -> None:
    with pytest.raises(UserError, match="empty"):
        open_source(" ")


def test_the_same_picture_again_and_again_is_a_lost_camera(fake_camera: type[FakeCapture]) -> None:
    opened = Camera("0")
    assert opened.read() is not None
    fake_camera.pictures = staticmethod(lambda _read: noise(1))
    given = [opened.read() is not None for _ in range(40)]
    assert given[0]
    assert not any(given[20:])
    fake_camera.pictures = staticmethod(noise)
    assert opened.read() is not None


def test_a_covered_lens_is_not_a_lost_camera(fake_camera: type[FakeCapture]) -> None:
    """A closed shutter gives the very same black picture for ever: "covered" is the right word for it."""
    opened = Camera("0")
    fake_camera.pictures = staticmethod(lambda _read: np.zeros((48, 64, 3), dtype=np.uint8))
    frames = [opened.read() for _ in range(40)]
    assert all(frame is not None and is_covered(frame.image_bgr) for frame in frames)


def test_times_go_on_after_a_camera_comes_back(fake_camera: type[FakeCapture]) -> None:
    opened = Camera("0")
    opened.read()
    before = opened.read()
    fake_camera.present = False
    assert not opened.reopen()
    assert opened.read() is None
    fake_camera.present = True
    assert opened.reopen()
    after = opened.read()
    assert before is not None
    assert after is not None
    assert after.t_s > before.t_s > 0


def test_uniform_is_covered_and_a_dim_room_is_not() -> None:
    assert is_covered(np.full((48, 64, 3), 16, dtype=np.uint8))
    dim = np.full((48, 64, 3), 12, dtype=np.uint8)
    dim[:, 32:] = 22
    assert not is_covered(dim)
