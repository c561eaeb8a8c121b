"""Frames and where they come from: the contract that every source keeps."""

from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

_NO_PICTURE = np.empty((0, 0, 3), np.uint8)
_COVERED_GREY_LEVELS = 2.5  # a closed shutter gives a uniform picture; a dim room still has edges


@dataclass(frozen=True, eq=False)
class Frame:
    """One picture. t_s: seconds since the source's first frame. image_bgr: (height, width, 3) uint8.

    damaged: made from damaged data of a file, so that what is seen in it is not to be believed.
    """

    t_s: float
    image_bgr: NDArray[np.uint8]
    damaged: bool = False

    def without_picture(self) -> "Frame":
        """The same with a picture of no size, for what may wait: a picture takes megabytes."""
        return replace(self, image_bgr=_NO_PICTURE)


@dataclass(frozen=True)
class SourceInfo:
    """What was asked of a source and what it gave; written to the session log. rate_hz: None where none is known."""

    kind: str
    name: str
    width: int
    height: int
    rate_hz: float | None
    codec: str = ""
    asked: dict[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    """What is known from the beginning about faults of the source, a sentence each."""


class FrameSource(Protocol):
    """A camera, a video file, or a script for tests.

    Opening happens in the constructor and raises UserError with what to do. Times of frames grow strictly.
    """

    live: bool
    """True when frames come at their own time; False when reading waits for nothing (a file)."""

    @property
    def info(self) -> SourceInfo:
        """What the source is and gives."""
        ...

    def read(self) -> Frame | None:
        """The next frame. None: a file's end, or a camera that gives nothing just now."""
        ...

    def reopen(self) -> bool:
        """Try to bring a lost source back; True if it may give frames again."""
        ...

    def close(self) -> None:
        """Give the device or file back. Reading afterwards gives None."""
        ...


def codec_name(capture: cv2.VideoCapture) -> str:
    """The four letters of the codec that an OpenCV capture states; '' if it states none that can be read."""
    fourcc = int(capture.get(cv2.CAP_PROP_FOURCC)) if capture.isOpened() else 0
    name = "".join(chr(fourcc >> shift & 0xFF) for shift in (0, 8, 16, 24)).strip("\0 ")
    return name if name.isprintable() else ""


def is_covered(image_bgr: NDArray[np.uint8]) -> bool:
    """Whether the picture is uniform, as with a closed shutter or a hand on the lens."""
    small = cv2.resize(image_bgr, (32, 24), interpolation=cv2.INTER_AREA)
    return float(small.std(axis=(0, 1)).max()) < _COVERED_GREY_LEVELS
