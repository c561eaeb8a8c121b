"""MediaPipe's own networks, out of its model bundle, run by LiteRT: the only module that knows it.

`face_landmarker.task` is a zip: `face_detector.tflite` finds faces in a picture of 128 x 128, and
`face_landmarks_detector.tflite` finds 478 landmarks in a crop of 256 x 256 around one. What goes in and what comes out
is what MediaPipe's graph makes of them (mediapipe/tasks/cc/vision/face_detector and face_landmarker, Apache-2.0).
"""

import io
import zipfile
from math import exp
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from posture_trainer.tracking.crops import CROP_PX, Array, Crop, Pixels

_FINDER_PX = 128
_FOUND = 0.5  # the score that MediaPipe asks of a face as well
_SAME_FACE = 0.3  # share of two boxes' union that they have in common: then they are of one face
_GRIDS = ((16, 2), (8, 6))  # cells along a side, and boxes for each cell


class Network:
    """One network on one thread: more of them cost more than they gain."""

    def __init__(self, bundle: bytes, member: str) -> None:
        from ai_edge_litert.interpreter import Interpreter

        with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
            model = archive.read(member)
        self._run: Any = Interpreter(model_content=model, num_threads=1)
        self._run.allocate_tensors()
        self._input = self._run.get_input_details()[0]["index"]
        self._outputs = [each["index"] for each in self._run.get_output_details()]

    def __call__(self, values: NDArray[np.float32]) -> list[NDArray[np.float32]]:
        """What comes out of it, one array for each output."""
        self._run.set_tensor(self._input, values)
        self._run.invoke()
        return [self._run.get_tensor(index) for index in self._outputs]


class LandmarkNetwork:
    """Finds the landmarks of the face in a crop. Not to be called from two threads at once."""

    def __init__(self, bundle: bytes) -> None:
        self._network = Network(bundle, "face_landmarks_detector.tflite")
        self._values = np.empty((1, CROP_PX, CROP_PX, 3), np.float32)

    def __call__(self, crop: Pixels) -> tuple[Array, float]:
        """Landmarks (478, 3) in shares of the crop's side, from its middle; and how sure it is of a face, 0 to 1."""
        np.multiply(crop, np.float32(1 / 255), out=self._values[0])
        points, presence, *_ = self._network(self._values)
        return points.reshape(-1, 3).astype(float) / CROP_PX - (0.5, 0.5, 0.0), likelihood(float(presence.item()))


class FaceFinder:
    """Finds faces in a whole picture (BlazeFace, short range: down to about a tenth of the picture's larger side)."""

    def __init__(self, bundle: bytes) -> None:
        self._network = Network(bundle, "face_detector.tflite")
        self._places = np.concatenate([_cells(cells, boxes) for cells, boxes in _GRIDS])

    def __call__(self, image_bgr: Pixels) -> list[Crop]:
        """A crop around each face, the surest first."""
        height, width = image_bgr.shape[:2]
        side = max(height, width)
        share = _FINDER_PX / side
        small = cv2.resize(image_bgr, (round(width * share), round(height * share)), interpolation=cv2.INTER_AREA)
        down, across = (_FINDER_PX - small.shape[0]) // 2, (_FINDER_PX - small.shape[1]) // 2
        values = np.full((1, _FINDER_PX, _FINDER_PX, 3), -1.0, np.float32)
        values[0, down : down + small.shape[0], across : across + small.shape[1]] = small[..., ::-1] / 127.5 - 1.0
        boxes, scores = self._network(values)
        surest = np.flatnonzero(scores[0, :, 0] > 0.0)  # before the logistic function: 0.5 after it
        surest = surest[np.argsort(-scores[0, surest, 0])]
        found = boxes[0, surest].astype(float).reshape(-1, 8, 2)  # middle, size, six points of the face
        found[:, [0, 2, 3, 4, 5, 6, 7]] += self._places[surest, None] * _FINDER_PX
        found[:, [0, 2, 3, 4, 5, 6, 7]] -= (across, down)
        return [_crop(each) for each in _one_each(found / share, [likelihood(scores[0, i, 0]) for i in surest])]


def _one_each(found: Array, scores: list[float]) -> list[Array]:
    """One for each face: the mean of the boxes that lie on each other, by their scores, as MediaPipe's graph does."""
    faces, left = [], list(range(len(found)))
    while left:
        same = [i for i in left if _common_share(found[left[0]], found[i]) > _SAME_FACE]
        faces.append(np.average(found[same], axis=0, weights=[scores[i] for i in same]))
        left = [i for i in left if i not in same]
    return faces


def _common_share(one: Array, other: Array) -> float:
    """The share of the union of two boxes, of middle and size, that they have in common."""
    low, high = (
        np.maximum(one[0] - one[1] / 2, other[0] - other[1] / 2),
        np.minimum(one[0] + one[1] / 2, other[0] + other[1] / 2),
    )
    common = float(np.prod(np.maximum(high - low, 0.0)))
    return common / max(float(np.prod(one[1]) + np.prod(other[1])) - common, 1e-9)


def _crop(face: Array) -> Crop:
    middle, size = face[0], face[1]
    return Crop.around((*(middle - size / 2), *size), face[2], face[3])


def _cells(cells: int, boxes: int) -> Array:
    """The middles of the cells, as shares of the picture, row by row, each as often as it has boxes: (n, 2)."""
    middles = (np.arange(cells) + 0.5) / cells
    across, down = np.meshgrid(middles, middles)
    return np.repeat(np.column_stack([across.ravel(), down.ravel()]), boxes, axis=0)


def likelihood(score: float) -> float:
    """What a network's score means: 0 to 1."""
    return 1.0 / (1.0 + exp(-max(-50.0, min(50.0, float(score)))))
