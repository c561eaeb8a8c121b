"""Frames from a webcam."""

import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from posture_trainer.errors import NoCamera, UserError
from posture_trainer.sources.camera_picture import Picture, bgr_picture, plausible_rate_hz
from posture_trainer.sources.frames import Frame, SourceInfo, codec_name, is_covered

_BACKENDS = {"linux": cv2.CAP_V4L2, "darwin": cv2.CAP_AVFOUNDATION, "win32": cv2.CAP_DSHOW}  # MSMF opens slowly
_OPEN_TRIES = 5  # the first frames of many webcams are empty
_FROZEN_FRAMES = 15  # a sensor's noise never gives the very same picture twice; half a second of it is a stuck driver


@dataclass(frozen=True)
class CameraMode:
    """What is asked of a camera. It may give something else: what it gave is in the log."""

    width: int = 1280
    height: int = 720
    rate_hz: float = 30.0
    codec: str = "MJPG"


class Camera:
    """A webcam by number ("0") or by a part of its name ("logitech").

    Raises NoCamera when there is none, when another program has it, or when it may not be used.
    """

    live = True

    def __init__(self, name: str, mode: CameraMode | None = None) -> None:
        self._mode = mode or CameraMode()
        self._name = name
        self._index = _camera_index(name)
        self._capture = cv2.VideoCapture()
        self._started_s: float | None = None
        self._last_picture: Any = None
        self._same = 0
        self._open()

    @property
    def info(self) -> SourceInfo:
        """What was asked for and what the camera granted."""
        return self._info

    def read(self) -> Frame | None:
        """The next frame as it comes, or None when the camera gives none or only the same one again."""
        image = _read_from(self._capture)
        if image is None or self._is_frozen(image):
            return None
        now_s = time.monotonic()
        if self._started_s is None:
            self._started_s = now_s
        return Frame(now_s - self._started_s, image)

    def reopen(self) -> bool:
        """Try the same camera again after it was lost."""
        self._capture.release()
        try:
            self._index = _camera_index(self._name)
            self._open()
        except UserError:
            return False
        return True

    def close(self) -> None:
        """Give the camera back."""
        self._capture.release()

    def _open(self) -> None:
        mode = self._mode
        opened = cv2.VideoCapture(self._index, _BACKENDS.get(sys.platform, cv2.CAP_ANY))
        if not opened.isOpened():
            opened.release()
            raise NoCamera(_why_closed(self._index))
        opened.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*mode.codec))
        opened.set(cv2.CAP_PROP_FRAME_WIDTH, mode.width)
        opened.set(cv2.CAP_PROP_FRAME_HEIGHT, mode.height)
        opened.set(cv2.CAP_PROP_FPS, mode.rate_hz)
        opened.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        image = next((image for _ in range(_OPEN_TRIES) if (image := _read_from(opened)) is not None), None)
        if image is None:
            opened.release()
            raise NoCamera(
                f"Camera {self._index} opens but gives no picture that can be used. Close other programs that use it "
                "(video calls, browser), or plug it in again."
            )
        self._capture, self._same, self._last_picture = opened, 0, None
        codec = codec_name(opened)
        height, width = image.shape[:2]
        asked = {"width": mode.width, "height": mode.height, "rate_hz": mode.rate_hz, "codec": mode.codec}
        rate_hz = plausible_rate_hz(float(opened.get(cv2.CAP_PROP_FPS)))
        self._info = SourceInfo(
            "camera", camera_names().get(self._index, f"camera {self._index}"), width, height, rate_hz, codec, asked
        )

    def _is_frozen(self, image: Any) -> bool:
        sample = image[::8, ::8].copy()
        alike = self._last_picture is not None and np.array_equal(sample, self._last_picture)
        self._same = self._same + 1 if alike else 0
        self._last_picture = sample
        return self._same >= _FROZEN_FRAMES and not is_covered(image)  # a closed shutter is no stuck driver


def _read_from(capture: Any) -> Picture | None:
    """The next picture of a capture; None when it gives none, or something that is none."""
    try:
        good, image = capture.read()
        return bgr_picture(image) if good and image is not None else None
    except (cv2.error, ValueError):
        return None


def camera_names() -> dict[int, str]:
    """Cameras of this computer by number; empty where the system does not tell."""
    from cv2_enumerate_cameras import enumerate_cameras

    try:
        found = enumerate_cameras(_BACKENDS.get(sys.platform, cv2.CAP_ANY))
        return {camera.index: camera.name for camera in found}
    except (OSError, ValueError, RuntimeError):
        return {}


def _camera_index(name: str) -> int:
    if name.isdigit():
        return int(name)
    names = camera_names()
    for index, known in sorted(names.items()):
        if name.casefold() in known.casefold():
            return index
    known_names = ", ".join(f"{index} ({known})" for index, known in sorted(names.items())) or "none"
    raise NoCamera(f'There is no camera or file "{name}". Cameras here: {known_names}.')


def _why_closed(index: int) -> str:
    """The likely reason why a camera does not open, and what to do."""
    if sys.platform == "linux":
        device = Path(f"/dev/video{index}")
        if not device.exists():
            return f"I can't find a camera (number {index}). Plug one in, or try: posture-trainer demo"
        if not os.access(device, os.R_OK | os.W_OK):
            return f"You may not use camera {index} ({device}). Ask for your account to be put in the group 'video'."
        return f"Camera {index} is busy. Close other programs that use it (video calls, browser) and try again."
    if sys.platform == "darwin":
        return (
            f"Camera {index} does not open. Allow it for this program in System Settings, Privacy & Security, "
            "Camera; or plug one in; or try: posture-trainer demo"
        )
    return (
        f"Camera {index} does not open. Plug one in, close other programs that use it, and allow it in Settings, "
        "Privacy, Camera; or try: posture-trainer demo"
    )
