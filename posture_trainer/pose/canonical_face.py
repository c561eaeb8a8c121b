"""Read the canonical face mesh out of MediaPipe's model bundle with nothing but the standard library and numpy.

`face_landmarker.task` is a zip; its member `geometry_pipeline_metadata_landmarks.binarypb` is a protobuf message
`mediapipe.face_geometry.GeometryPipelineMetadata` (Apache-2.0, mediapipe/tasks/cc/vision/face_geometry/proto):
    canonical_mesh: Mesh3d = 1; Mesh3d: vertex_buffer: repeated float = 3
A vertex is x, y, z, u, v. Units are cm; x to the patient's left, y up, z out of the face.
"""

import zipfile
from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray

from posture_trainer import shipped_files
from posture_trainer.errors import UserError

MEMBER = "geometry_pipeline_metadata_landmarks.binarypb"


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def _fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Field number and value (an int, or the raw bytes) of each field of one protobuf message."""
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        kind = key & 7
        if kind == 0:
            number, at = _varint(data, at)
            yield key >> 3, number
            continue
        if kind == 2:
            size, at = _varint(data, at)
        elif kind == 5:
            size = 4
        elif kind == 1:
            size = 8
        else:
            raise ValueError(f"unexpected protobuf wire type {kind}")
        yield key >> 3, data[at : at + size]
        at += size


@cache
def canonical_face() -> NDArray[np.float64]:
    """The 468 points (468, 3) of the face mesh, in cm. Raises UserError when the model bundle is damaged."""
    bundle = shipped_files.face_landmarker()
    try:
        with zipfile.ZipFile(bundle) as archive:
            message = archive.read(MEMBER)
        mesh = next(value for number, value in _fields(message) if number == 1 and isinstance(value, bytes))
        buffers = [value for number, value in _fields(mesh) if number == 3 and isinstance(value, bytes)]
        points = np.frombuffer(b"".join(buffers), dtype="<f4").astype(float).reshape(-1, 5)[:, :3]
    except (OSError, zipfile.BadZipFile, KeyError, StopIteration, IndexError, ValueError) as error:
        raise UserError(f"The face model is damaged: {bundle}. Please install the program again.") from error
    if points.shape != (468, 3):
        raise UserError(f"The face model is not the one that is needed: {bundle}. Please install the program again.")
    points.flags.writeable = False
    return points
