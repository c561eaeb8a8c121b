"""The geometry of head angles."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from posture_trainer.pose.angles import (
    Matrix,
    head_angles,
    mean_rotation,
    rotation_from_angles,
    rotation_vectors,
    spread_deg,
)
from posture_trainer.pose.one_euro import OneEuroSettings, OneEuroState, smooth

within_60 = st.floats(-60, 60, allow_nan=False)
# Points of a head: x to the patient's left, y up, z out of the face.
NOSE, RIGHT_EAR, CROWN = np.array([0.0, 0, 1]), np.array([-1.0, 0, 0]), np.array([0.0, 1, 0])


@given(within_60, within_60, within_60, within_60, within_60, within_60)
def test_angles_survive_the_round_trip(
    a: float, b: float, c: float, rotation: float, tilt: float, flexion: float
) -> None:
    neutral = rotation_from_angles(a, b, c)
    angles = head_angles(neutral, neutral @ rotation_from_angles(rotation, tilt, flexion))
    assert (angles.rotation_deg, angles.tilt_deg, angles.flexion_deg) == pytest.approx(
        (rotation, tilt, flexion), abs=1e-6
    )


def test_plus_rotation_turns_the_face_to_the_patients_right() -> None:
    assert (rotation_from_angles(30, 0, 0) @ NOSE)[0] < -0.4


def test_plus_tilt_lowers_the_right_ear() -> None:
    assert (rotation_from_angles(0, 30, 0) @ RIGHT_EAR)[1] < -0.4


def test_plus_flexion_lowers_the_nose() -> None:
    assert (rotation_from_angles(0, 0, 30) @ NOSE)[1] < -0.4


def test_deviation_is_the_angle_of_the_whole_rotation() -> None:
    angles = head_angles(np.eye(3), rotation_from_angles(20, 0, 0))
    assert angles.deviation_deg == pytest.approx(20)
    mixed = rotation_from_angles(20, 10, -15)
    expected = np.degrees(np.arccos((np.trace(mixed) - 1) / 2))
    assert head_angles(np.eye(3), mixed).deviation_deg == pytest.approx(expected)


def test_mean_is_one_of_rotations_not_of_angles() -> None:
    pair = [rotation_from_angles(0, 0, 179), rotation_from_angles(0, 0, -179)]
    assert head_angles(np.eye(3), mean_rotation(pair)).deviation_deg == pytest.approx(180)
    assert spread_deg(pair, mean_rotation(pair)) == pytest.approx(1)


# What is written out here (a session without SciPy takes 26 to 29 MB less) gives what SciPy gives.


def rotations(largest_deg: float, count: int = 200) -> Matrix:
    """Rotations about any axis, up to this angle, (n, 3, 3)."""
    rng = np.random.default_rng(7)
    axes = rng.normal(size=(count, 3))
    axes /= np.linalg.norm(axes, axis=1, keepdims=True)
    return Rotation.from_rotvec(axes * np.radians(rng.uniform(0, largest_deg, (count, 1)))).as_matrix()


@given(st.floats(-180, 180), st.floats(-90, 90), st.floats(-180, 180))
def test_rotations_from_angles_are_scipys(rotation: float, tilt: float, flexion: float) -> None:
    expected = Rotation.from_euler("XZY", [flexion, tilt, -rotation], degrees=True).as_matrix()
    assert np.abs(rotation_from_angles(rotation, tilt, flexion) - expected).max() < 1e-12


@pytest.mark.parametrize("largest_deg", [1e-6, 1e-3, 1.0, 60.0, 179.99])
def test_rotation_vectors_means_and_spreads_are_scipys(largest_deg: float) -> None:
    found = rotations(largest_deg)
    scipys = Rotation.from_matrix(found)
    assert np.abs(rotation_vectors(found) - scipys.as_rotvec()).max() < 1e-12
    if largest_deg > 90:
        return  # of rotations that are spread over everything there is hardly a mean
    mean = mean_rotation(list(found))
    assert np.abs(mean - scipys.mean().as_matrix()).max() < 1e-12
    away = (scipys.mean().inv() * scipys).magnitude()
    assert spread_deg(list(found), mean) == pytest.approx(np.degrees(np.sqrt((away**2).mean())), abs=1e-12)


@pytest.mark.parametrize("axis", [0, 1, 2])
def test_half_a_turn_has_a_vector_too(axis: int) -> None:
    half = -np.eye(3)
    half[axis, axis] = 1
    assert np.abs(rotation_vectors(np.array([half]))[0]) == pytest.approx(np.pi * np.eye(3)[axis])
    assert rotation_vectors(np.array([np.eye(3)]))[0] == pytest.approx(np.zeros(3))


def test_the_mean_of_one_rotation_is_itself() -> None:
    turned = rotation_from_angles(150, 40, -100)
    assert mean_rotation([turned]) == pytest.approx(turned, abs=1e-12)


def test_one_euro_follows_and_calms() -> None:
    rng = np.random.default_rng(1)
    state: OneEuroState | None = None
    kept = []
    for i in range(300):
        noisy = rotation_from_angles(*rng.normal(0, 0.3, 3))
        state = smooth(state, OneEuroSettings(), i / 30, noisy)
        kept.append(state.rotation)
    assert spread_deg(kept[30:], mean_rotation(kept[30:])) < 0.75 * 0.3 * np.sqrt(3)
    assert state is not None
    for i in range(300, 330):
        state = smooth(state, OneEuroSettings(), i / 30, rotation_from_angles(20, 0, 0))
    assert head_angles(rotation_from_angles(20, 0, 0), state.rotation).deviation_deg < 0.1


def test_one_euro_is_the_same_at_any_frame_rate() -> None:
    ends = []
    for rate_hz in (30, 120):
        state = None
        for i in range(rate_hz + 1):
            state = smooth(state, OneEuroSettings(), i / rate_hz, rotation_from_angles(20 * i / rate_hz, 0, 0))
        assert state is not None
        ends.append(head_angles(np.eye(3), state.rotation).rotation_deg)
    assert ends[0] == pytest.approx(ends[1], abs=0.5)


def test_one_euro_ignores_a_time_that_does_not_grow() -> None:
    first = smooth(None, OneEuroSettings(), 1.0, np.eye(3))
    assert smooth(first, OneEuroSettings(), 1.0, rotation_from_angles(40, 0, 0)) is first
