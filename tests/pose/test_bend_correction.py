"""The learned correction: none in neutral, never large, mirror images alike; and old baselines are read."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made.scripted import PICTURE_SIZE, VFOV_DEG, made_baseline, made_face
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

from posture_trainer.pose.angles import angle_between_deg, rotation_from_angles
from posture_trainer.pose.bend_correction import LARGEST_DEG, NeutralLook, bend_rotation, solid_shape, view_of
from posture_trainer.pose.camera_model import Camera
from posture_trainer.pose.canonical_face import canonical_face
from posture_trainer.pose.neutral.baseline import upgraded
from posture_trainer.pose.posture import PatientPosture

CAMERA = Camera(*PICTURE_SIZE, VFOV_DEG)
UPRIGHT = np.eye(3)
turns = st.tuples(st.floats(-45, 45), st.floats(-20, 20), st.floats(-20, 20))


def look_of(mesh: NDArray[np.float64], rotation: NDArray[np.float64]) -> NeutralLook:
    return NeutralLook(solid_shape(mesh, CAMERA, rotation), view_of(mesh, CAMERA, rotation))


def vector_deg(rotation: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(Rotation.from_matrix(rotation).as_rotvec(degrees=True))


def test_nothing_is_taken_back_in_neutral() -> None:
    rotation = rotation_from_angles(12, 5, -8)
    mesh = made_face(rotation).mesh
    assert vector_deg(bend_rotation(mesh, CAMERA, rotation, look_of(mesh, rotation))) == pytest.approx(0, abs=1e-6)


@given(st.integers(0, 2**32 - 1), st.floats(0, 300))
def test_whatever_the_landmarks_the_correction_is_bounded(seed: int, mess_px: float) -> None:
    mesh = made_face().mesh
    messy = mesh + np.random.default_rng(seed).normal(0, mess_px, mesh.shape)
    turn = bend_rotation(messy, CAMERA, rotation_from_angles(60, 0, 0), look_of(mesh, UPRIGHT))
    assert np.isfinite(turn).all()
    assert np.linalg.norm(vector_deg(turn)) <= LARGEST_DEG + 1e-6


@given(turns)
def test_a_face_in_the_mirror_is_corrected_as_the_mirror_image(angles: tuple[float, float, float]) -> None:
    rotation = rotation_from_angles(*angles)
    mesh, neutral = made_face(rotation).mesh, made_face().mesh
    points = canonical_face()
    order = ((points[:, None] - points[None] * [-1, 1, 1]) ** 2).sum(axis=2).argmin(axis=1)
    flip = np.diag([-1.0, 1.0, 1.0])

    def in_mirror(each: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(each[order] * [-1, 1, 1] + [PICTURE_SIZE[0], 0, 0])

    seen = vector_deg(bend_rotation(mesh, CAMERA, rotation, look_of(neutral, UPRIGHT)))
    mirrored = bend_rotation(in_mirror(mesh), CAMERA, flip @ rotation @ flip, look_of(in_mirror(neutral), UPRIGHT))
    assert vector_deg(mirrored) == pytest.approx(seen * [1, -1, -1], abs=0.1)


@settings(max_examples=40)
@given(turns)
def test_a_baseline_of_before_the_neutral_view_was_kept_measures_as_one_of_today(
    angles: tuple[float, float, float],
) -> None:
    today = made_baseline()
    assert today.face_model is not None
    skewed = np.array(today.rotation) @ rotation_from_angles(2, 0, 2)  # as an older correction had left it
    old = today.model_copy(
        update={
            "rotation": skewed.tolist(),
            "face_model": today.face_model.model_copy(update={"neutral_view_rad": None}),
        }
    )
    assert angle_between_deg(np.array(upgraded(old).rotation), np.array(today.rotation)) < 0.05
    face = made_face(rotation_from_angles(*angles))
    samples = [PatientPosture(each).sample(0.0, (face,)) for each in (today, upgraded(old))]
    assert all(sample.measured is not None for sample in samples)
    found = [(s.measured.rotation_deg, s.measured.tilt_deg, s.measured.flexion_deg) for s in samples if s.measured]
    assert found[0] == pytest.approx(found[1], abs=0.1)
    assert upgraded(today) is today
