"""Faces as lines in place of the camera's picture: for who would rather not see their own. No pixel of it is used."""

from collections.abc import Iterable

import cv2
import numpy as np
from numpy.typing import NDArray

from posture_trainer.pages.views import Picture
from posture_trainer.pose.face import MESH_POINTS, Face
from posture_trainer.pose.neutral.baseline import FACE_OVAL
from posture_trainer.screen.kit import palette
from posture_trainer.screen.kit.palette import Colour

# Corners of the face mesh that make a face of lines: eyes, mouth; nose, brows; from the hair over the nose to the chin.
EYES = (
    (33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7),
    (263, 466, 388, 387, 386, 385, 384, 398, 362, 382, 381, 380, 374, 373, 390, 249),
)
MOUTH = (61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146)
NOSE = (168, 6, 197, 195, 5, 4, 1)
NOSTRILS = (98, 97, 2, 326, 327)
BROWS = ((70, 63, 105, 66, 107), (300, 293, 334, 296, 336))
_FOREHEAD, _CHIN = (10, 151, 9, 8, 168), (17, 18, 200, 199, 175, 152)
_LEAST_WIDTH_PX = 1280  # a small camera's picture is drawn larger, for lines that are not blurred on the window
_FACE: Colour = (66, 78, 92)
_THIN_SHARE, _THICK_SHARE = 0.014, 0.024  # of the face's width


def line_picture(size: tuple[int, int], faces: Iterable[Face]) -> Picture:
    """A picture of the shape of the camera's, with these faces where they are in it. size: width, height in px.

    It is as large as the camera's, or a multiple of it; BGR, not mirrored, as the camera's own.
    """
    times = -(-_LEAST_WIDTH_PX // size[0])
    width, height = size[0] * times, size[1] * times
    canvas = np.empty((height, width, 3), np.uint8)
    cv2.rectangle(canvas, (0, 0), (width, height), palette.BACKGROUND[::-1], -1)  # 10 ms a frame less than np.full
    for face in faces:
        _draw(canvas, face.shares[:MESH_POINTS] * (width, height))
    return canvas


def _draw(canvas: Picture, points: NDArray[np.float64]) -> None:
    across = max(1.0, float(np.ptp(points[:, 0])))
    thin, thick = (max(2, round(share * across)) for share in (_THIN_SHARE, _THICK_SHARE))
    cv2.fillPoly(canvas, [_pixels(points, FACE_OVAL)], _FACE[::-1], cv2.LINE_AA)
    for line in (_FOREHEAD, _CHIN):
        cv2.polylines(canvas, [_pixels(points, line)], False, palette.TRACK[::-1], thin, cv2.LINE_AA)
    cv2.polylines(canvas, [_pixels(points, FACE_OVAL)], True, palette.TRACK[::-1], thick, cv2.LINE_AA)
    for closed in (*EYES, MOUTH):
        cv2.polylines(canvas, [_pixels(points, closed)], True, palette.TEXT[::-1], thin, cv2.LINE_AA)
    for open_line in (NOSE, NOSTRILS, *BROWS):
        cv2.polylines(canvas, [_pixels(points, open_line)], False, palette.TEXT[::-1], thick, cv2.LINE_AA)


def _pixels(points: NDArray[np.float64], line: Iterable[int]) -> NDArray[np.int32]:
    return np.round(points[list(line)]).astype(np.int32).reshape(-1, 1, 2)
