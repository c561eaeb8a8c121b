"""Squares cut out of a picture for the face networks: where they lie, and where their landmarks lie. Pure.

As MediaPipe's own graph has it (mediapipe/tasks/cc/vision/face_landmarker): one and a half times the box around the
face, turned so that the eyes lie level. The graph takes an upright box; here it is turned with the face, so that the
network sees a tilted head in the same size as an upright one.
"""

from dataclasses import dataclass
from functools import cache
from math import atan2, cos, hypot, sin

import cv2
import numpy as np
from numpy.typing import NDArray

from posture_trainer.pose.canonical_face import canonical_face

Array = NDArray[np.float64]
Pixels = NDArray[np.uint8]
CROP_PX = 256  # a side of what the landmark network sees
_MARGIN = 1.5  # of the face's box
_RIGHT_EYE, _LEFT_EYE = 33, 263  # outer corners: the line between them is to lie level
# The five points of each iris, as they lie in a mirror.
_IRISES = (473, 476, 475, 474, 477, 468, 471, 470, 469, 472)


@dataclass(frozen=True)
class Crop:
    """A square of a picture: its middle and its side in pixels, and by how much it is turned, radians, clockwise."""

    x: float
    y: float
    side_px: float
    turn: float

    @classmethod
    def around(cls, box: tuple[float, float, float, float], right_eye: Array, left_eye: Array) -> "Crop":
        """Around a face that was found: x, y, width and height of its box, and its eyes (2,), all in pixels."""
        x, y, width, height = box
        across, down = left_eye - right_eye
        return cls(x + width / 2, y + height / 2, _MARGIN * max(width, height), atan2(down, across))

    @classmethod
    def around_face(cls, landmarks: Array) -> "Crop":
        """Around landmarks (478, 3) in pixels: where the face is looked for in the next picture."""
        across, down = landmarks[_LEFT_EYE, :2] - landmarks[_RIGHT_EYE, :2]
        turn = atan2(down, across)
        level = _rotation(turn)
        turned = landmarks[:, :2] @ level  # in axes along and across the eyes
        low, high = turned.min(axis=0), turned.max(axis=0)
        x, y = level @ ((low + high) / 2)
        return cls(float(x), float(y), _MARGIN * float((high - low).max()), turn)

    def cut(self, image_bgr: Pixels) -> Pixels:
        """What the picture holds there, (256, 256, 3) red, green, blue; its rim goes on outside of it."""
        height, width = image_bgr.shape[:2]
        reach = self.side_px * (abs(cos(self.turn)) + abs(sin(self.turn))) / 2 + 2
        left, right = (int(min(max(self.x + each, 0), width - 1)) for each in (-reach, reach))
        top, bottom = (int(min(max(self.y + each, 0), height - 1)) for each in (-reach, reach))
        # With four channels OpenCV turns a picture in less than half of the time that it takes with three.
        part = cv2.cvtColor(image_bgr[top : bottom + 1, left : right + 1], cv2.COLOR_BGR2RGBA)
        step = _rotation(self.turn) * (self.side_px / CROP_PX)
        corner = (self.x - left, self.y - top) - step @ np.full(2, CROP_PX / 2)
        way, flags = np.column_stack([step, corner]), cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        seen = cv2.warpAffine(part, way, (CROP_PX, CROP_PX), flags=flags, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(cv2.cvtColor(seen, cv2.COLOR_RGBA2RGB), np.uint8)

    def in_picture(self, points: Array) -> Array:
        """Points (n, 3) in shares of the side, from the middle, as pixels of the picture; the depth likewise."""
        placed = points * self.side_px
        placed[:, :2] = placed[:, :2] @ _rotation(self.turn).T + (self.x, self.y)
        return placed

    def is_on(self, other: "Crop") -> bool:
        """Whether both show the same face: the middle of one is well inside of the other."""
        return hypot(self.x - other.x, self.y - other.y) < max(self.side_px, other.side_px) / 3


def mirrored_crop(crop: Pixels) -> Pixels:
    """The same as a mirror shows it."""
    return np.asarray(cv2.flip(crop, 1), np.uint8)


def mirrored(points: Array) -> Array:
    """Landmarks (478, 3) seen in the mirrored crop, in shares of its side, as they lie in the crop itself."""
    there = points[_partners()] * (-1.0, 1.0, 1.0)
    there[:, 0] -= 1 / CROP_PX  # its last column is the crop's first
    return np.asarray(there)


@cache
def _partners() -> NDArray[np.int64]:
    """For each landmark the one that lies in its place in a mirror, (478,)."""
    face = canonical_face()
    apart = ((face[:, None] - face[None] * (-1.0, 1.0, 1.0)) ** 2).sum(axis=2)
    return np.concatenate([apart.argmin(axis=1), _IRISES])


def _rotation(turn: float) -> Array:
    return np.array([[cos(turn), -sin(turn)], [sin(turn), cos(turn)]])
