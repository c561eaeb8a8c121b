"""Frames from a recorded video."""

import os
import struct
from pathlib import Path

import cv2
import numpy as np

from posture_trainer.errors import UserError
from posture_trainer.sources.frames import Frame, SourceInfo, codec_name

_LARGEST_MOOV = 64_000_000  # bytes; a damaged size must not fill the memory
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
        self._first_s = first.t_s
        self._pending: Frame | None = Frame(0.0, first.image_bgr)
        rate_hz = self._capture.get(cv2.CAP_PROP_FPS)
        self._rate_hz = rate_hz if 0 < rate_hz < 1000 else 30.0
        frames = self._capture.get(cv2.CAP_PROP_FRAME_COUNT)
        self.length_s = _movie_length_s(path) or (frames / self._rate_hz if frames > 0 else None)
        self._last_t_s = 0.0
        self._ended = False

    @property
    def info(self) -> SourceInfo:
        """The file's name (without its folder: that may name a person), size and rate."""
        width, height = self._size
        codec = codec_name(self._capture)
        return SourceInfo("file", self._path.name, width, height, round(self._rate_hz, 3), codec)

    def read(self) -> Frame | None:
        """The next frame, or None at the end."""
        if self._pending is not None:
            first, self._pending = self._pending, None
            return first
        frame = self._decode()
        if frame is None:
            self._ended = True
            return None
        # Damaged files repeat times or turn them back.
        t_s = max(frame.t_s - self._first_s, self._last_t_s + _SMALLEST_TIME_STEP_S)
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


def _movie_length_s(path: Path) -> float | None:
    """The length that an MP4 or MOV states for the whole movie; None for other files.

    OpenCV's count of frames includes those that an edit list cuts away, as phones do when a clip is trimmed.
    ISO 14496-12: boxes of size and kind, the movie header `mvhd` inside `moov`.
    """
    with path.open("rb") as file:
        while len(head := file.read(8)) == 8:
            size, kind = struct.unpack(">I4s", head)
            content = size - 8
            if size == 1:
                content = struct.unpack(">Q", file.read(8).rjust(8, b"\0"))[0] - 16
            if content < 0 or (not kind.isalnum() and kind.strip()):
                return None
            if kind != b"moov":
                file.seek(content, os.SEEK_CUR)
                continue
            moov = file.read(min(content, _LARGEST_MOOV))
            begin = moov.find(b"mvhd") + 4
            wide = begin >= 4 and moov[begin : begin + 1] == b"\1"
            fields = moov[begin + (20 if wide else 12) :][: 12 if wide else 8]
            if begin < 4 or len(fields) < (12 if wide else 8):
                return None
            timescale, duration = struct.unpack(">IQ" if wide else ">II", fields)
            return duration / timescale if timescale and duration else None
    return None
