"""How straight a neutral is: exact on exact landmarks, wherever the head is; limits, words, and the way to straight."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from made.scripted import PICTURE_SIZE, VFOV_DEG, made_baseline, made_face
from scipy.spatial.transform import Rotation

from posture_trainer.pose.angles import angle_between_deg, rotation_from_angles
from posture_trainer.pose.camera_model import bearing
from posture_trainer.pose.face import Face
from posture_trainer.pose.head_pose import SKULL_BASE_CM
from posture_trainer.pose.neutral.attitude import (
    AXES,
    Attitude,
    AttitudeLimits,
    attitude_of,
    attitude_of_baseline,
    step_to_straight,
)
from posture_trainer.pose.target import FURTHEST_DEG, NEUTRAL
from posture_trainer.words.straightness import looks_words, question_words, straightness_words

LIMITS = AttitudeLimits()
BASELINE = made_baseline()
LEVEL_NOD_DEG = -2.0  # what is told of anybody's face when it looks straight into the camera
turns, tilts, nods = st.floats(-35, 35), st.floats(-25, 25), st.floats(-25, 25)
attitudes = st.builds(Attitude, turns, tilts, nods)
middles = st.tuples(st.floats(-15, 15), st.floats(-10, 10), st.floats(-90, -45))


def face_of(attitude: Attitude, middle_cm: tuple[float, float, float], vfov_deg: float = VFOV_DEG) -> Face:
    """Anybody's face in this attitude against the line to a middle of the head that stays where it is."""
    middle = np.array(middle_cm)
    rotation = bearing(middle[None, :2] / -middle[2]) @ attitude.rotation()
    base = middle + np.array([0, SKULL_BASE_CM[1], 0])
    x, y, z = base - rotation @ SKULL_BASE_CM
    return made_face(rotation, (float(x), float(y), float(z)), vfov_deg)


@given(attitudes, middles)
def test_exact_landmarks_give_the_exact_attitude_wherever_the_head_is(
    attitude: Attitude, middle_cm: tuple[float, float, float]
) -> None:
    found = attitude_of([face_of(attitude, middle_cm)], VFOV_DEG)
    assert found.turn_deg == pytest.approx(attitude.turn_deg, abs=0.1)
    assert found.tilt_deg == pytest.approx(attitude.tilt_deg, abs=0.1)
    assert found.nod_deg == pytest.approx(attitude.nod_deg + LEVEL_NOD_DEG, abs=0.1)


@given(middles, st.floats(36, 64))
def test_a_straight_head_aside_passes_whatever_the_lens(middle_cm: tuple[float, float, float], vfov_deg: float) -> None:
    face = face_of(Attitude(0, 0, 0), middle_cm, vfov_deg)
    assume(face.shares.min() > 0 and face.shares.max() < 1)
    found = attitude_of([face], VFOV_DEG)
    assert LIMITS.out(found) == ()
    assert abs(found.turn_deg) < 4
    assert abs(found.tilt_deg) < 3


def test_the_mean_of_a_tremor_is_what_is_told() -> None:
    shaking = [face_of(Attitude(20 + swing, 0, 0), (0, 0, -60)) for swing in 4 * np.sin(np.arange(0, 40 * np.pi, 0.7))]
    assert attitude_of(shaking, VFOV_DEG).turn_deg == pytest.approx(20, abs=0.3)


def test_a_stored_baseline_tells_the_same_as_its_faces() -> None:
    face = face_of(Attitude(22, 12, 0), (5, 3, -60))
    stored = attitude_of_baseline(made_baseline(face))
    assert stored is not None
    fresh = attitude_of([face], VFOV_DEG)
    assert [stored.of(axis) for axis in AXES] == pytest.approx([fresh.of(axis) for axis in AXES], abs=0.05)
    assert LIMITS.out(stored) == ("turn", "tilt")


def test_a_baseline_without_the_shape_of_the_face_tells_nothing() -> None:
    without = made_baseline().model_copy(update={"landmarks": None, "face_model": None})
    assert attitude_of_baseline(without) is None


@given(st.integers(0, 999), st.sampled_from([0.0, 1e-4, 0.1, 1.0, 1e6, 1e300]), st.booleans())
def test_landmarks_that_are_no_face_do_no_harm(seed: int, size: float, flat: bool) -> None:
    points = size * np.random.default_rng(seed).normal(0, 1, (478, 2)) * (1, 0 if flat else 1)
    found = attitude_of_baseline(BASELINE.model_copy(update={"landmarks": points.tolist()}))
    assert found is None or all(np.isfinite(found.of(axis)) for axis in AXES)
    if flat or size > 10 or size < 1e-3:
        assert found is None


@pytest.mark.parametrize(
    ("attitude", "out"),
    [
        (Attitude(0, 0, 0), ()),
        (Attitude(8, -7, 20), ()),
        (Attitude(-15, 0, 0), ("turn",)),
        (Attitude(0, 12, 0), ("tilt",)),
        (Attitude(0, 0, 40), ("nod",)),
        (Attitude(0, 0, -30), ("nod",)),
        (Attitude(22, 12, -30), ("turn", "tilt", "nod")),
    ],
)
def test_what_is_asked_about(attitude: Attitude, out: tuple[str, ...]) -> None:
    assert LIMITS.out(attitude) == out
    assert bool(question_words(attitude, LIMITS)) == bool(out)


def test_words() -> None:
    assert looks_words(Attitude(22.4, 0, 0), LIMITS) == "Your head looks turned about 22° to your right."
    assert question_words(Attitude(-22, 0, 0), LIMITS) == (
        "Your head looks turned about 22° to your left. Is this as straight as you can hold it today?"
    )
    assert looks_words(Attitude(22, -12, -30), LIMITS) == (
        "Your head looks turned about 22° to your right, leaning about 12° to your left and bent back about 30°."
    )
    assert straightness_words(Attitude(1, 1, 1), LIMITS) == "passes for straight"
    assert straightness_words(Attitude(0, 0, 40), LIMITS) == "bent down about 40°"
    assert looks_words(Attitude(1, 1, 1), LIMITS) == ""


@given(attitudes, st.builds(rotation_from_angles, turns, tilts, nods), st.floats(0.2, 1))
def test_a_step_on_the_way_to_straight_brings_the_head_nearer_to_it(
    attitude: Attitude, axes: np.ndarray, share: float
) -> None:
    out = LIMITS.out(attitude)
    target = step_to_straight(attitude, LIMITS, axes, share)
    if not out:
        assert target == NEUTRAL
        return
    straight = Attitude(*(0.0 if axis in out else attitude.of(axis) for axis in AXES)).rotation()
    there = attitude.rotation() @ axes @ target.rotation() @ axes.T
    assert angle_between_deg(there, straight) < angle_between_deg(attitude.rotation(), straight)
    angles = (target.rotation_deg, target.tilt_deg, target.flexion_deg)
    assert max(map(abs, angles)) <= FURTHEST_DEG
    assert all(angle == round(angle) for angle in angles)


@given(st.floats(10, 60), st.sampled_from([-1, 1]))
def test_the_step_of_a_pure_turn_is_half_of_it_back(size_deg: float, side: int) -> None:
    target = step_to_straight(Attitude(side * size_deg, 0, 0), LIMITS)
    assert target.rotation_deg == pytest.approx(-side * size_deg / 2, abs=0.51)
    assert (target.tilt_deg, target.flexion_deg) == (0, 0)


def test_made_faces_are_what_they_say() -> None:
    """The patient's right is the left of the camera's picture: a head turned there shows its nose further left."""
    straight, turned = face_of(Attitude(0, 0, 0), (0, 0, -60)), face_of(Attitude(20, 0, 0), (0, 0, -60))
    assert turned.mesh[1, 0] < straight.mesh[1, 0] < PICTURE_SIZE[0] * 0.51
    assert Rotation.from_matrix(Attitude(0, 0, 15).rotation()).apply([0, 0, 1])[1] < 0
