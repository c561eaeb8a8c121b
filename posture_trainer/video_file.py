"""Frames from a recorded video."""

from pathlib import Path

import cv2
import numpy as np

from posture_trainer.errors import UserError
from posture_trainer.frames import Frame, SourceInfo

_SMALLEST_TIME_STEP_S = 0.001
_MISSING_SHARE, _MISSING_S = 0.02, 0.5  # of the length a file promises: containers round, a cut file lacks more


class VideoFile:
    """A video file, frame by frame, with the times and the upright position that the file states.

    Raises UserError when there is no such file or it is not a video.
    """

    live = False

    def __init__(self, path: Path) -> None:
        if not path.exists():
            raise UserError(f"There is no file {path}. Please check the name.")
        if not path.is_file():
            raise UserError(f"{path} is a folder. Please name a video file in it.")
        self._path = path
        self._capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG)
        self._capture.set(cv2.CAP_PROP_ORIENTATION_AUTO, 1)
        first = self._decode()
        if first is None:
            self._capture.release()
            raise UserError(f"{path} can't be played: it is not a video, or it is damaged.")
        self._size = first.image_bgr.shape[1], first.image_bgr.shape[0]
        self._pending: Frame | None = first
        rate_hz = self._capture.get(cv2.CAP_PROP_FPS)
        self._rate_hz = rate_hz if 0 < rate_hz < 1000 else 30.0
        frames = self._capture.get(cv2.CAP_PROP_FRAME_COUNT)
        self.length_s = frames / self._rate_hz if frames > 0 else None
        self._last_t_s = 0.0
        self._ended = False

    @property
    def info(self) -> SourceInfo:
        """The file's name (without its folder: that may name a person), size and rate."""
        width, height = self._size
        fourcc = int(self._capture.get(cv2.CAP_PROP_FOURCC)) if self._capture.isOpened() else 0
        codec = "".join(chr(fourcc >> shift & 0xFF) for shift in (0, 8, 16, 24)).strip("\0 ")
        return SourceInfo(
            "file", self._path.name, width, height, round(self._rate_hz, 3), codec if codec.isprintable() else ""
        )

    def read(self) -> Frame | None:
        """The next frame, or None at the end."""
        if self._pending is not None:
            first, self._pending = self._pending, None
            return first
        frame = self._decode()
        if frame is None:
            self._ended = True
            return None
        t_s = max(frame.t_s, self._last_t_s + _SMALLEST_TIME_STEP_S)  # damaged files repeat or turn back times
        self._last_t_s = t_s
        return Frame(t_s, frame.image_bgr)

    def shortfall_s(self) -> float:
        """Once at the end: how many seconds are missing from the length that the file states (0 if whole)."""
        if not self._ended or self.length_s is None:
            return 0.0
        missing_s = self.length_s - self._last_t_s - 1 / self._rate_hz
        return missing_s if missing_s > max(_MISSING_S, _MISSING_SHARE * self.length_s) else 0.0

    def reopen(self) -> bool:
        """A file that has ended stays so."""
        return False

    def close(self) -> None:
        """Close the file."""
        self._pending = None
        self._capture.release()

    def _decode(self) -> Frame | None:
        try:
            good, image = self._capture.read()
        except cv2.error:
            return None
        if not good or image is None:
            return None
        return Frame(self._capture.get(cv2.CAP_PROP_POS_MSEC) / 1000, np.asarray(image, dtype=np.uint8))
