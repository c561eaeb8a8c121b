"""The geometry of the head's pose on exactly projected landmarks, and what is believed of a frame."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made.scripted import PICTURE_SIZE, VFOV_DEG, made_baseline, made_face
from scipy.spatial.transform import Rotation

from posture_trainer.pose.angles import angle_between_deg, head_angles, rotation_from_angles
from posture_trainer.pose.camera_model import Camera, default_vfov_deg
from posture_trainer.pose.face import Face
from posture_trainer.pose.head_pose import anybodys_face, fit_face_model, solve_pose
from posture_trainer.pose.neutral.baseline import Baseline
from posture_trainer.pose.neutral.neck_axes import neck_axes
from posture_trainer.pose.neutral.recording import Refusal, with_neck_axes
from posture_trainer.pose.patient_face import Place, pick_patient
from posture_trainer.pose.posture import PatientPosture, PostureSample
from posture_trainer.pose.quality import Quality

CAMERA = Camera(*PICTURE_SIZE, VFOV_DEG)
BASELINE = made_baseline()
within_60 = st.floats(-60, 60, allow_nan=False)


def off_deg(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.degrees(Rotation.from_matrix(a.T @ b).magnitude()))


@given(within_60, within_60, within_60)
def test_pose_of_exact_landmarks_is_exact(rotation: float, tilt: float, flexion: float) -> None:
    true = rotation_from_angles(rotation, tilt, flexion)
    if true[2, 2] < 0.35:
        return  # the face points away from the camera: nothing is seen of it
    face = made_face(true, (3.0, -2.0, -60.0))
    pose = solve_pose(face.mesh, CAMERA, anybodys_face())
    assert off_deg(true, pose.rotation) < 0.01
    assert pose.position_cm == pytest.approx([3.0, -2.0, -60.0], abs=0.05)


@given(st.floats(-15, 15), st.floats(-7, 7), st.floats(-75, -45))
def test_slide_without_a_turn_is_no_turn(x_cm: float, y_cm: float, z_cm: float) -> None:
    pose = solve_pose(made_face(None, (x_cm, y_cm, z_cm)).mesh, CAMERA, anybodys_face())
    assert off_deg(np.eye(3), pose.rotation) < 0.1


def test_slide_stays_within_two_degrees_with_the_bend_correction() -> None:
    posture = PatientPosture(BASELINE)
    for i, x_cm in enumerate(np.linspace(0, 15, 60)):
        sample = posture.sample(i / 30, [made_face(None, (x_cm, 0.0, -60.0))])
        assert sample.smoothed is not None
        assert sample.smoothed.deviation_deg < 2.0
    assert sample.position_cm == pytest.approx((15, 0, 0), abs=0.6)


def test_search_from_the_last_pose_finds_the_same_as_afresh() -> None:
    near = solve_pose(made_face(rotation_from_angles(10, 0, 0)).mesh, CAMERA, anybodys_face())
    mesh = made_face(rotation_from_angles(30, 10, -20)).mesh
    again = solve_pose(mesh, CAMERA, anybodys_face(), near)
    assert off_deg(solve_pose(mesh, CAMERA, anybodys_face()).rotation, again.rotation) < 0.01


def test_face_model_takes_on_the_patients_own_width() -> None:
    wide = made_face()
    stretched = wide.mesh.copy()
    stretched[:, 0] = (stretched[:, 0] - 320) * 1.1 + 320
    model = fit_face_model([stretched] * 5, CAMERA)
    # Wider than anybody's, relative to its height: size itself cannot be told from distance.
    proportion = np.ptp(model.points_cm, axis=0)[0] / np.ptp(model.points_cm, axis=0)[1]
    usual = np.ptp(anybodys_face().points_cm, axis=0)[0] / np.ptp(anybodys_face().points_cm, axis=0)[1]
    assert proportion / usual == pytest.approx(1.1, abs=0.02)


@pytest.mark.parametrize(("size", "expected"), [((640, 480), 45.0), ((1280, 720), 42.0), ((720, 1280), 55.0)])
def test_usual_field_of_view_goes_by_the_shape_of_the_picture(size: tuple[int, int], expected: float) -> None:
    assert default_vfov_deg(*size) == expected


@pytest.mark.parametrize(
    ("angles", "name", "sign"),
    [((20, 0, 0), "rotation", 1), ((0, 15, 0), "tilt", 1), ((0, 0, 15), "flexion", 1), ((-20, 0, 0), "rotation", -1)],
)
def test_signs_of_the_whole_way(angles: tuple[float, float, float], name: str, sign: int) -> None:
    sample = follow([angles] * 30)[-1]
    assert sample.measured is not None
    value = getattr(sample.measured, f"{name}_deg")
    assert value * sign == pytest.approx(max(map(abs, angles)), abs=3), "within what the bend correction may add"


def follow(path: list[tuple[float, float, float]], baseline: Baseline = BASELINE) -> list[PostureSample]:
    posture = PatientPosture(baseline)
    return [posture.sample(i / 30, [made_face(rotation_from_angles(*angles))]) for i, angles in enumerate(path)]


def tilted_neck(rotation_deg: float, flexion_deg: float) -> np.ndarray:
    """A head whose neck's axes are pitched by 8 degrees against the face's."""
    axes = rotation_from_angles(0, 0, 8)
    return np.asarray(axes @ rotation_from_angles(rotation_deg, 0, flexion_deg) @ axes.T)


def turns() -> list[Face]:
    wave = np.sin(np.linspace(0, 2 * np.pi, 150))
    path = [tilted_neck(25 * each, 0) for each in wave] + [tilted_neck(0, 15 * each) for each in wave]
    return [made_face(rotation) for rotation in path]


def test_functional_calibration_finds_the_axes_of_the_neck() -> None:
    wave = np.sin(np.linspace(0, 2 * np.pi, 150))
    axes = neck_axes([tilted_neck(25 * each, 0) for each in wave] + [tilted_neck(0, 15 * each) for each in wave])
    assert not isinstance(axes, str)
    turned = tilted_neck(45, 0)
    assert abs(head_angles(np.eye(3), turned).tilt_deg) > 5, "without it, a pure turn shows a false tilt"
    found = head_angles(np.eye(3), axes.T @ turned @ axes)
    assert found.rotation_deg == pytest.approx(45, abs=0.5)
    assert (found.tilt_deg, found.flexion_deg) == pytest.approx((0, 0), abs=1.5), "four fifths of it are taken off"


def test_what_leans_sideways_in_the_movement_is_hardly_taken_for_the_neck() -> None:
    leaning = rotation_from_angles(5, 5, 0)
    wave = np.sin(np.linspace(0, 2 * np.pi, 150))
    no = [leaning @ rotation_from_angles(25 * each, 0, 0) @ leaning.T for each in wave]
    yes = [leaning @ rotation_from_angles(0, 0, 15 * each) @ leaning.T for each in wave]
    axes = neck_axes(no + yes)
    assert not isinstance(axes, str)
    assert angle_between_deg(np.eye(3), axes) < 1.0


def test_functional_calibration_is_kept_in_the_baseline_and_used() -> None:
    calibrated = with_neck_axes(BASELINE, turns())
    assert isinstance(calibrated, Baseline)
    assert calibrated.neck_axes is not None
    plain, used = (
        PatientPosture(baseline).sample(0.0, [made_face(tilted_neck(30, 0))]).measured
        for baseline in (BASELINE, calibrated)
    )
    assert plain is not None
    assert used is not None
    assert abs(used.tilt_deg) < abs(plain.tilt_deg)


@pytest.mark.parametrize(
    ("faces", "reason"),
    [
        ([made_face()] * 100, "too small"),
        (
            [made_face(rotation_from_angles(20 * np.sin(i / 20), 18 * np.sin(i / 20), 0)) for i in range(250)],
            "mixed|small",
        ),
        ([], "could not see"),
    ],
)
def test_functional_calibration_is_refused_with_a_reason(faces: list[Face], reason: str) -> None:
    refused = with_neck_axes(BASELINE, faces)
    assert isinstance(refused, Refusal)
    assert re.search(reason, refused.reason)


def moved(face: Face, widths: float, resized: float = 1.0) -> Face:
    landmarks = face.landmarks * [resized, resized, 1] + [widths * face.width_px, 0, 0]
    return Face(landmarks, face.picture_size, face.brightness)


def test_someone_walking_past_changes_nothing() -> None:
    posture = PatientPosture(BASELINE)
    patient, other = made_face(), made_face(rotation_from_angles(40, 10, 0), (20.0, 3.0, -110.0))
    for i in range(60):
        faces = [other, patient] if i % 2 else [patient, other]
        sample = posture.sample(i / 30, faces)
        assert sample.quality is Quality.GOOD
        assert sample.measured is not None
        assert sample.measured.deviation_deg < 0.5


def test_bystander_alone_is_not_the_patient() -> None:
    posture = PatientPosture(BASELINE)
    posture.sample(0.0, [made_face()])
    sample = posture.sample(2.0, [moved(made_face(), 0.0, resized=0.4)])
    assert sample.quality is Quality.OTHER_FACE
    assert sample.smoothed is None, "a face that is not the patient's gives no angles"


def test_two_faces_of_which_either_may_be_the_patient_are_not_decided() -> None:
    face = made_face()
    assert pick_patient([moved(face, -0.9), moved(face, 0.9)], None, Place.of(face)) is Quality.TWO_FACES


def test_patient_may_move_on_the_chair() -> None:
    face = made_face()
    assert pick_patient([moved(face, 0.7, 1.2)], None, Place.of(face)) is not Quality.OTHER_FACE


def test_single_frame_that_no_head_can_make_is_left_out() -> None:
    path = [(0.0, 0.0, 0.0)] * 10 + [(40.0, 0.0, 0.0)] + [(0.0, 0.0, 0.0)] * 10
    samples = follow(path)
    assert samples[10].quality is Quality.JUMP
    assert samples[10].smoothed is None
    assert all(each.smoothed is not None and each.smoothed.deviation_deg < 1 for each in samples[11:])


def test_pose_that_stays_after_a_jump_is_believed() -> None:
    samples = follow([(0.0, 0.0, 0.0)] * 10 + [(40.0, 0.0, 0.0)] * 20)
    assert samples[10].smoothed is None
    assert samples[-1].measured is not None
    assert samples[-1].measured.rotation_deg > 30


def test_fast_but_human_turn_is_followed() -> None:
    samples = follow([(400.0 * i / 30, 0.0, 0.0) for i in range(4)])
    assert all(each.measured is not None for each in samples)


@pytest.mark.parametrize(
    ("face", "expected"),
    [
        (made_face(), Quality.GOOD),
        (made_face(rotation_from_angles(50, 0, 0)), Quality.TURNED),
        (made_face(None, (0.0, 0.0, -95.0), brightness=10.0), Quality.DARK),
        (made_face(None, (26.0, 0.0, -60.0)), Quality.ASIDE),
    ],
)
def test_quality_says_what_is_wrong(face: Face, expected: Quality) -> None:
    assert PatientPosture(BASELINE).sample(0.0, [face]).quality is expected


def test_small_face_is_said() -> None:
    far = made_face(None, (0.0, 0.0, -260.0))
    assert PatientPosture(made_baseline(far)).sample(0.0, [far]).quality is Quality.SMALL


def test_slow_pictures_are_said() -> None:
    posture = PatientPosture(BASELINE)
    assert [posture.sample(i * 0.2, [made_face()]).quality for i in range(5)][-1] is Quality.SLOW


def test_only_frames_that_are_good_enough_are_fit_for_cues() -> None:
    fit = {
        quality
        for quality in Quality
        if PostureSample(0.0, head_angles(np.eye(3), np.eye(3)), quality=quality).fit_for_cues
    }
    assert fit == {Quality.GOOD, Quality.TURNED}
