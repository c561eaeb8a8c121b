"""What a camera's driver gives, as the picture or the figure that it is meant to be. Pure."""

import math
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
_SMALLEST_PX = 16  # of a side: less is no picture of anybody
_RATES_HZ = (1.0, 1000.0)


def bgr_picture(image: Any) -> Picture:
    """The picture as (height, width, 3) uint8. Raises ValueError when it is none.

    Grey ones, with an alpha channel, with 16 bits, and two channels (brightness with colour in turn, "YUYV", as drivers
    give it that do not convert) are converted.
    """
    array = np.asarray(image)
    if array.ndim == 2:
        array = array[:, :, None]
    if array.ndim != 3 or min(array.shape[:2]) < _SMALLEST_PX:
        raise ValueError("no picture")
    if array.dtype == np.uint16:
        array = (array >> 8).astype(np.uint8)
    if array.dtype != np.uint8:
        raise ValueError("no picture of 8 or 16 bits")
    match array.shape[2]:
        case 3:
            return array
        case 1:
            return np.asarray(cv2.cvtColor(array, cv2.COLOR_GRAY2BGR), dtype=np.uint8)
        case 2 if array.shape[1] % 2 == 0:
            return np.asarray(cv2.cvtColor(array, cv2.COLOR_YUV2BGR_YUY2), dtype=np.uint8)
        case 4:
            return np.asarray(cv2.cvtColor(array, cv2.COLOR_BGRA2BGR), dtype=np.uint8)
        case _:
            raise ValueError("no picture of a known kind")


def plausible_rate_hz(stated_hz: float) -> float | None:
    """The rate as stated, or None for one that no camera has."""
    return stated_hz if math.isfinite(stated_hz) and _RATES_HZ[0] <= stated_hz <= _RATES_HZ[1] else None
