"""MediaPipe's pose network, out of its model bundle, run by LiteRT.

`pose_landmarker_lite.task` is a zip; of its two networks only `pose_landmarks_detector.tflite` is used. What comes of
it is as MediaPipe has it (mediapipe/modules/pose_landmark, Apache-2.0): 33 points, moved to where their heat maps
have them, which is most of what tells a lifted shoulder from a level one.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from posture_trainer.pose.trunk.body import LEFT_HAND, LEFT_SHOULDER, POINTS, RIGHT_HAND, RIGHT_SHOULDER
from posture_trainer.tracking.networks import Network, likelihood

PX = 256  # a side of what it sees
_CELLS, _REACH = 64, 3  # of a heat map along a side; cells around a point that move it
_SURE = 0.5  # of the hottest of them
_REFINED = (LEFT_SHOULDER, RIGHT_SHOULDER, *LEFT_HAND, *RIGHT_HAND)  # what is measured; all of them take longer

Array = NDArray[np.float64]


class BodyNetwork:
    """Finds the body in a square. Not to be called from two threads at once."""

    def __init__(self, bundle: bytes) -> None:
        self._network = Network(bundle, "pose_landmarks_detector.tflite")
        self._values = np.empty((1, PX, PX, 3), np.float32)

    def __call__(self, crop_bgr: NDArray[np.uint8]) -> tuple[Array, Array, Array, float]:
        """Points (33, 3) in pixels of the square, how surely each is seen, and is there at all, (33,) each; and how
        surely it is a body, 0 to 1."""
        np.multiply(crop_bgr[..., ::-1], np.float32(1 / 255), out=self._values[0])
        marks, presence, _, heat, _ = self._network(self._values)
        table = marks.reshape(-1, 5)[:POINTS].astype(float)
        points = _refined(table[:, :3].copy(), heat[0])
        sure = _likelihoods(table[:, 3:])
        return points, sure[:, 0], sure[:, 1], likelihood(presence.item())


def _likelihoods(scores: NDArray[Any]) -> Array:
    """As `likelihood`, of many."""
    return np.asarray(1 / (1 + np.exp(-np.clip(scores.astype(float), -50, 50))))


def _refined(points: Array, heat: NDArray[np.float32]) -> Array:
    """The points at the middle of the heat around them (MediaPipe's RefineLandmarksFromHeatmapCalculator)."""
    for i in _REFINED:
        x, y = (points[i, :2] * _CELLS / PX).astype(int)
        if not (0 <= x < _CELLS and 0 <= y < _CELLS):
            continue
        left, top = max(0, x - _REACH), max(0, y - _REACH)
        part = _likelihoods(heat[top : y + _REACH + 1, left : x + _REACH + 1, i])
        if part.max() < _SURE:
            continue
        points[i, 0] = (part.sum(axis=0) @ (np.arange(part.shape[1]) + left)) / part.sum() * PX / _CELLS
        points[i, 1] = (part.sum(axis=1) @ (np.arange(part.shape[0]) + top)) / part.sum() * PX / _CELLS
    return points
