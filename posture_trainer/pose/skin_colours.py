"""The colours of a face at points of its skin: a few numbers by which a cover or another face is noticed. Pure.

They stay in memory for as long as a session runs; no picture can be made of them, and nothing of them is stored.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from posture_trainer.pose.canonical_face import canonical_face

_PATCH_SHARE = 0.02  # of the face's width: how far the four pixels around a point are, with which its colour is meant
_CROSS = np.array([(0, 0), (-1, 0), (1, 0), (0, -1), (0, 1)])
# Boxes in cm on the canonical face whose skin moves or opens: across (either side), down, up.
_EYES, _LIPS, _RIM_SHARE = (0.6, 5.8, 1.25, 3.85), (0.0, 3.3, -6.2, -3.2), 0.93


@cache
def skin_points() -> NDArray[np.int64]:
    """Which landmarks of the mesh lie on skin that keeps its look: not eyes, not lips, not the rim of the face."""
    x, y, _ = canonical_face().T
    rim = np.hypot(x / np.abs(x).max(), (y - y.mean()) / np.abs(y - y.mean()).max()) > _RIM_SHARE
    moving = np.zeros(len(x), bool)
    for nearest, furthest, low, high in (_EYES, _LIPS):
        moving |= (np.abs(x) >= nearest) & (np.abs(x) <= furthest) & (y >= low) & (y <= high)
    return np.flatnonzero(~rim & ~moving)


def colours_at(image_bgr: NDArray[np.uint8], landmarks: NDArray[np.float64]) -> NDArray[np.float32]:
    """The mean colour around each skin point, (n, 3) blue, green, red, 0 to 255; NaN outside the picture.

    image_bgr: (height, width, 3). landmarks: (468 or more, 2 or more) in pixels.
    """
    height, width = image_bgr.shape[:2]
    step_px = max(1, round(_PATCH_SHARE * float(np.ptp(landmarks[:, 0]))))
    across, down = landmarks[skin_points(), :2].round().astype(np.int64).T
    outside = (across < 0) | (across >= width) | (down < 0) | (down >= height)
    rows = np.clip(down + step_px * _CROSS[:, :1], 0, height - 1)
    columns = np.clip(across + step_px * _CROSS[:, 1:], 0, width - 1)
    pixels = np.take(image_bgr.reshape(-1, 3), rows * width + columns, axis=0)  # half the time of two indices
    colours = pixels.astype(np.float32).mean(axis=0)
    colours[outside] = np.nan
    return np.asarray(colours, np.float32)
