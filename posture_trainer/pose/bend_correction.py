"""Takes back a learned part of how MediaPipe's landmarks bend as the head turns. Pure but for reading its weights.

A rigid head keeps its shape. MediaPipe's mesh does not: turned 45 degrees it looks some degrees up or down as well, and
which way differs from face to face. What is known of it in a frame: the landmarks' own depth, whose change since
neutral shows part of the bend; the pose as the camera sees it; and the shape of this face. A linear function of the
three gives a small rotation. Its weights were learned from rendered heads of several hundred different people
(scripts/bend); docs/accuracy.md tells how far it carries.
"""

from dataclasses import dataclass
from functools import cache, cached_property
from math import asin, atan2

import cv2
import numpy as np

from posture_trainer import shipped_files
from posture_trainer.pose.camera_model import Array, Camera, bearing

SHAPE_RADIUS_CM = 8.0  # size that shapes are brought to before they are compared
LARGEST_DEG = 10.0  # more was hardly ever needed in learning: then it is no face's shape


@dataclass(frozen=True)
class View:
    """The head as the camera sees it along the ray to its middle: turn and nod, in radians."""

    yaw: float
    pitch: float

    def terms(self) -> Array:
        """(11,): what the correction may depend on; the first FACE_TERMS of them differently for each face."""
        y, p = self.yaw, self.pitch
        return np.array([y, p, y * y, y * p, abs(y) * y, abs(y) * p, p * p, y**3, y * p * p, y * y * p, p**3])


FACE_TERMS = 6


@dataclass(frozen=True, eq=False)
class NeutralLook:
    """A face in neutral: its solid shape (468, 3), and how the camera saw it."""

    shape: Array
    view: View

    @cached_property
    def term_weights(self) -> Array:
        """(3, 11), radians for each term of a view, for a face of this shape."""
        learned = _weights()
        of_face = learned["face_modes"] @ (self.shape - learned["mean_shape"]).ravel()  # (k,)
        weights = learned["term_weights"].copy()
        weights[:, :FACE_TERMS] += np.tensordot(learned["face_weights"], of_face, axes=(2, 0))
        return np.asarray(weights)

    @cached_property
    def neutral_terms(self) -> Array:
        """(11,): the terms of the neutral view, in which nothing is to be taken back."""
        return self.view.terms()


def solid_shape(landmarks: Array, camera: Camera, rotation: Array) -> Array:
    """The landmarks with MediaPipe's own depth, turned back by `rotation`: (468, 3), centred, of fixed size."""
    depth = (1.0 + landmarks[:, 2] / camera.focal_px)[:, None]
    lifted = np.column_stack([camera.rays(landmarks), -np.ones(len(landmarks))]) * depth
    turned = (lifted - lifted.mean(axis=0)) @ rotation
    return np.asarray(turned * SHAPE_RADIUS_CM / np.sqrt((turned[:, :2] ** 2).sum(axis=1).mean()))


def view_of(landmarks: Array, camera: Camera, rotation: Array) -> View:
    """How the camera sees a head of that rotation (3, 3): bearing^T rotation = Rz(roll) Ry(yaw) Rx(pitch)."""
    seen = bearing(camera.rays(landmarks)).T @ rotation
    return View(asin(min(1.0, max(-1.0, -seen[2, 0]))), atan2(seen[2, 1], seen[2, 2]))


def bend_rotation(landmarks: Array, camera: Camera, rotation: Array, neutral: NeutralLook) -> Array:
    """The small rotation (3, 3) in head axes that takes the bend back, at most LARGEST_DEG; none in neutral itself."""
    terms = view_of(landmarks, camera, rotation).terms() - neutral.neutral_terms
    change = (solid_shape(landmarks, camera, rotation) - neutral.shape).ravel()
    vector = _weights()["shape_weights"] @ change + neutral.term_weights @ terms
    size_deg = float(np.degrees(np.linalg.norm(vector)))
    return np.asarray(cv2.Rodrigues(vector * min(1.0, LARGEST_DEG / max(size_deg, 1e-9)))[0])


@cache
def _weights() -> dict[str, Array]:
    """shape_weights (3, 1404) radians per cm; term_weights (3, 11) radians; face_weights (3, FACE_TERMS, k) radians for
    each of k face_modes (k, 1404); mean_shape (468, 3)."""
    with np.load(shipped_files.bend_weights()) as stored:
        return {name: stored[name].astype(float) for name in stored.files}
