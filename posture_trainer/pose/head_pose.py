"""Rotation and position of the head from MediaPipe's 468 face landmarks. Pure; what each step gave: docs/accuracy.md.

1. In the neutral seconds a model of the patient's own face is made (`fit_face_model`): the landmarks' x and y with the
   depth of MediaPipe's canonical face.
2. In each frame the pose is found that best explains the landmarks on that model through a pinhole camera
   (`solve_pose`). A head that slides sideways shows another side of itself: only a camera model tells that from a turn.
3. MediaPipe's landmarks bend a little as the head turns; `bend_correction` takes a learned part of it back.

Head axes: x to the patient's left, y up, z out of the face. Landmarks and camera axes: see `camera_model`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from posture_trainer.pose.bend_correction import NeutralLook, View, bend_rotation, solid_shape, view_of
from posture_trainer.pose.camera_model import Array, Camera
from posture_trainer.pose.canonical_face import canonical_face

ADULT_SIZE = 0.93  # the canonical face is 15.3 cm wide at the ears, adults about 14.2
RIDGE = 0.02  # pull of the model's points towards the canonical ones, as a share of the mean information
SKULL_BASE_CM = np.array([0.0, -4.5, -5.0])  # below and behind the ears: turning the head hardly moves it
_NEAREST_CM = 5.0
_LARGEST_MISFIT = 0.05  # of the focal length; a face that is followed fits ten times better
_STEPS, _SMALLEST_STEP = 12, 1e-4  # radians and cm: far below what the landmarks tell


@dataclass(frozen=True, eq=False)
class FaceModel:
    """One person's face: points_cm (468, 3) in head axes; how it looks in neutral, None while that is not known."""

    points_cm: Array
    neutral: NeutralLook | None


@dataclass(frozen=True, eq=False)
class HeadPose:
    """rotation (3, 3) head axes to camera axes; position_cm (3,) of the model's origin in camera axes.

    uncorrected: the rotation before the bend was taken back, from which the next frame's search starts.
    misfit_cm: (468, 2), how far each landmark is from where the model has it, across and up as the camera sees it.
    """

    rotation: Array
    position_cm: Array
    uncorrected: Array
    misfit_cm: Array

    def skull_base_cm(self) -> Array:
        """Where the base of the skull is, (3,) in camera axes: the place of the head."""
        return np.asarray(self.position_cm + self.rotation @ SKULL_BASE_CM)


def anybodys_face() -> FaceModel:
    """MediaPipe's canonical face in the size of an adult's: for the time before the patient's own is known."""
    return FaceModel(canonical_face() * ADULT_SIZE, None)


def solve_pose(landmarks: Array, camera: Camera, model: FaceModel, previous: HeadPose | None = None) -> HeadPose:
    """The pose of the head in one frame. previous: the pose in the frame before, None after a lost face."""
    rotation, position, misfit = _fit_pose(landmarks, camera, model.points_cm, previous)
    misfit_cm = misfit * -position[2]
    if model.neutral is None:
        return HeadPose(rotation, position, rotation, misfit_cm)
    turn = bend_rotation(landmarks, camera, rotation, model.neutral)
    return HeadPose(rotation @ turn, position, rotation, misfit_cm)


def fit_face_model(frames: Sequence[Array], camera: Camera) -> FaceModel:
    """The patient's own face from the landmarks (468, 3) of one or more neutral frames.

    Each point is triangulated linearly from the poses of the canonical face, with a ridge towards its canonical place:
    frames of a still head tell its x and y, but not its depth.
    """
    canonical = anybodys_face()
    normal, right = np.zeros((len(canonical.points_cm), 3, 3)), np.zeros((len(canonical.points_cm), 3))
    pose: HeadPose | None = None
    for landmarks in frames:
        pose = solve_pose(landmarks, camera, canonical, pose)
        rays = camera.rays(landmarks)
        for axis in (0, 1):  # (r_axis + ray r_z) . point = -(t_axis + ray t_z)
            row = pose.rotation[axis] + rays[:, axis, None] * pose.rotation[2]
            goal = -(pose.position_cm[axis] + rays[:, axis] * pose.position_cm[2])
            normal += row[:, :, None] * row[:, None, :]
            right += row * goal[:, None]
    ridge = RIDGE * np.trace(normal, axis1=1, axis2=2).mean() / 3
    pulled = right + ridge * canonical.points_cm
    points = np.linalg.solve(normal + ridge * np.eye(3), pulled[..., None])[..., 0]
    rotations = [_fit_pose(each, camera, points, None)[0] for each in frames]
    views = [view_of(each, camera, rotation) for each, rotation in zip(frames, rotations, strict=True)]
    shapes = [solid_shape(each, camera, rotation) for each, rotation in zip(frames, rotations, strict=True)]
    view = View(float(np.mean([view.yaw for view in views])), float(np.mean([view.pitch for view in views])))
    return FaceModel(points, NeutralLook(np.mean(shapes, axis=0), view))


def _fit_pose(landmarks: Array, camera: Camera, points: Array, previous: HeadPose | None) -> tuple[Array, Array, Array]:
    """Rotation and position; and how far each landmark is from where the model has it, (468, 2) in focal lengths."""
    rays = camera.rays(landmarks)
    if previous is not None:
        rotation, position, misfit = _gauss_newton(points, rays, previous.uncorrected, previous.position_cm)
        if position[2] < -_NEAREST_CM and np.sqrt(2 * np.mean(misfit**2)) < _LARGEST_MISFIT:
            return rotation, position, misfit
    return _gauss_newton(points, rays, *_first_guess(points, rays))


def _first_guess(points: Array, rays: Array) -> tuple[Array, Array]:
    """Rotation and position with no pose to start from (SQPnP, Terzakis & Lourakis 2020)."""
    flip = np.diag([1.0, -1.0, -1.0])  # OpenCV's camera axes: y down, z away
    picture = np.ascontiguousarray(rays * (1.0, -1.0))
    _, turn, shift = cv2.solvePnP(np.ascontiguousarray(points), picture, np.eye(3), None, flags=cv2.SOLVEPNP_SQPNP)
    return flip @ cv2.Rodrigues(turn)[0], flip @ shift.ravel()


def _gauss_newton(points: Array, rays: Array, rotation: Array, position: Array) -> tuple[Array, Array, Array]:
    """The pose with the least squared distances in the picture; and these, (n, 2) in focal lengths."""
    n = len(points)
    jacobian, residual = np.zeros((2 * n, 6)), np.zeros(2 * n)
    for _ in range(_STEPS):
        turned = points @ rotation.T
        x, y, z = (turned + position).T
        inverse = -1.0 / z
        u, v = x * inverse, y * inverse
        residual[:n], residual[n:] = rays[:, 0] - u, rays[:, 1] - v
        a, b, c = turned.T
        # Derivatives of u and v by the point are (1, 0, u) / depth and (0, 1, v) / depth; by a small rotation of the
        # point, their cross product with it.
        jacobian[:n, 0], jacobian[:n, 1], jacobian[:n, 2] = b * u * inverse, (c - a * u) * inverse, -b * inverse
        jacobian[n:, 0], jacobian[n:, 1], jacobian[n:, 2] = (b * v - c) * inverse, -a * v * inverse, a * inverse
        jacobian[:n, 3], jacobian[:n, 5] = inverse, u * inverse
        jacobian[n:, 4], jacobian[n:, 5] = inverse, v * inverse
        step = np.linalg.solve(jacobian.T @ jacobian + 1e-12 * np.eye(6), jacobian.T @ residual)
        rotation = cv2.Rodrigues(step[:3])[0] @ rotation
        position = position + step[3:]
        if np.abs(step).max() < _SMALLEST_STEP:
            break
    return rotation, position, residual.reshape(2, n).T
