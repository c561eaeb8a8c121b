"""Pictures as they are to be looked at: upright, not mirrored, with square pixels, and all of one size. Pure."""

import struct
from dataclasses import dataclass
from fractions import Fraction

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Size = tuple[int, int]

_MATRIX = struct.Struct("=9i")
_PLAUSIBLE_PIXEL = (Fraction(1, 5), Fraction(5))  # beyond, what a file states of its pixels is a mistake


@dataclass(frozen=True)
class Orientation:
    """What is to be done to a stored picture: swap its axes first, then turn left and right, up and down about."""

    swapped: bool = False
    flip_x: bool = False
    flip_y: bool = False

    @property
    def mirrored(self) -> bool:
        """Whether left and right change sides, other than by a turn."""
        return self.swapped ^ self.flip_x ^ self.flip_y

    def apply(self, picture: Picture) -> Picture:
        """The picture as it is to be looked at."""
        turned = cv2.transpose(picture) if self.swapped else picture
        if self.flip_x or self.flip_y:
            turned = cv2.flip(turned, -1 if self.flip_x and self.flip_y else 1 if self.flip_x else 0)
        return np.asarray(turned, dtype=np.uint8)

    @classmethod
    def of_matrix(cls, data: bytes) -> "Orientation":
        """From a display matrix as FFmpeg gives it: nine 32 bit integers, rows first (ISO 14496-12, `tkhd`).

        A point (x, y) goes to (a x + c y, b x + d y). Only right angles are meant to occur; what is between them goes
        to the nearest. A matrix that can't be meant (all 0) changes nothing.
        """
        if len(data) < _MATRIX.size:
            return cls()
        a, b, _, c, d, *_ = _MATRIX.unpack_from(data)
        if abs(a * d) >= abs(b * c):
            return cls(False, a < 0, d < 0)
        return cls(True, c < 0, b < 0)


def square_size(size: Size, pixel: Fraction | None) -> Size:
    """Width and height with square pixels. pixel: width over height of a stored one. No side becomes shorter."""
    width, height = size
    if pixel is None or not _PLAUSIBLE_PIXEL[0] <= pixel <= _PLAUSIBLE_PIXEL[1]:
        return size
    return (round(width * pixel), height) if pixel >= 1 else (width, round(height / pixel))


def brought_into(picture: Picture, size: Size) -> Picture:
    """The whole picture, as large as it fits, in the middle of one of that size; black around it.

    For a video whose pictures change their size: one camera model then serves all of it.
    """
    width, height = size
    had_height, had_width = picture.shape[:2]
    if (had_width, had_height) == size:
        return picture
    share = min(width / had_width, height / had_height)
    new_width, new_height = max(1, round(had_width * share)), max(1, round(had_height * share))
    shrink = cv2.INTER_AREA if share < 1 else cv2.INTER_LINEAR
    inner = cv2.resize(picture, (new_width, new_height), interpolation=shrink)
    whole = np.zeros((height, width, 3), dtype=np.uint8)
    top, left = (height - new_height) // 2, (width - new_width) // 2
    whole[top : top + new_height, left : left + new_width] = inner
    return whole
