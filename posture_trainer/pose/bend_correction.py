"""Takes back a learned part of how MediaPipe's landmarks bend as the head turns. Pure but for reading its weights.

A rigid head keeps its shape. MediaPipe's mesh does not: turned 45 degrees it looks some degrees up or down as well, and
which way differs from face to face. The landmarks' own depth shows part of that bend, so its change since neutral,
times weights, is turned into a small rotation. The weights were learned from 77 rendered variants of two head scans in
many proportions, lights and lenses, checked on held-out ones, and kept at 0.85 of their size, because the full
correction harms heads that were not seen (docs/accuracy.md).
"""

from functools import cache
from pathlib import Path

import numpy as np
from scipy.spatial.transform import Rotation

from posture_trainer.pose.camera_model import Array, Camera, bearing

SHAPE_RADIUS_CM = 8.0  # size that shapes are brought to before they are compared
LARGEST_DEG = 8.0  # more was never needed in learning: then it is no face's shape


def solid_shape(landmarks: Array, camera: Camera, rotation: Array) -> Array:
    """The landmarks with MediaPipe's own depth, turned back by `rotation`: (468, 3), centred, of fixed size."""
    depth = (1.0 + landmarks[:, 2] / camera.focal_px)[:, None]
    lifted = np.column_stack([camera.rays(landmarks), -np.ones(len(landmarks))]) * depth
    turned = (lifted - lifted.mean(axis=0)) @ rotation
    return np.asarray(turned * SHAPE_RADIUS_CM / np.sqrt((turned[:, :2] ** 2).sum(axis=1).mean()))


def bend_rotation(landmarks: Array, camera: Camera, rotation: Array, neutral_shape: Array) -> Array:
    """The small rotation (3, 3) in head axes that takes the bend back, at most LARGEST_DEG."""
    seen = bearing(camera.rays(landmarks)).T @ rotation
    _, yaw, pitch = Rotation.from_matrix(seen).as_euler("ZYX")
    shape_weights, (pitch_x, yaw2_x, yaw_y, yaw3_y, yaw_z) = _weights()
    change = solid_shape(landmarks, camera, rotation) - neutral_shape
    vector = np.tensordot(shape_weights, change, 2)
    vector += np.array([pitch_x * pitch + yaw2_x * yaw**2, yaw_y * yaw + yaw3_y * yaw**3, yaw_z * yaw])
    size_deg = float(np.degrees(np.linalg.norm(vector)))
    return Rotation.from_rotvec(vector * min(1.0, LARGEST_DEG / max(size_deg, 1e-9))).as_matrix()


@cache
def _weights() -> tuple[Array, Array]:
    """(3, 468, 3) for the shape, radians per cm; (5,) for powers of pitch and yaw as the camera sees them, radians."""
    with np.load(Path(__file__).with_name("bend_correction.npz")) as stored:
        return stored["shape_weights"].astype(float), stored["pose_weights"].astype(float)
