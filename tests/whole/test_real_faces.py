"""The whole way from pictures of real faces to angles."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np
import pytest
from made.common import Picture

from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.camera_model import default_vfov_deg
from posture_trainer.pose.neutral.baseline import Baseline
from posture_trainer.pose.neutral.recording import BaselineRules, record_baseline
from posture_trainer.pose.posture import PatientPosture
from posture_trainer.sources.frames import Frame
from posture_trainer.sources.video_file import VideoFile
from posture_trainer.tracking.mediapipe_tracker import MediaPipeTracker


def measured(neutral: Sequence[Picture], pictures: Sequence[Picture]) -> list[HeadAngles | None]:
    """The angles in the pictures relative to the neutral ones."""
    with MediaPipeTracker() as tracker:
        seen = [(i / 30, tracker.track(Frame(i / 30, picture), fine=False)) for i, picture in enumerate(neutral)]
    baseline = record_baseline(
        [(t_s, faces[0] if faces else None) for t_s, faces in seen],
        default_vfov_deg(neutral[0].shape[1], neutral[0].shape[0]),
        created_utc=datetime(2026, 1, 31, tzinfo=UTC),
        source={},
        versions={},
        rules=BaselineRules(longest_spread_deg=5.0, fewest_frames=5),
    )
    assert isinstance(baseline, Baseline)
    posture = PatientPosture(baseline)
    with MediaPipeTracker() as tracker:
        return [
            posture.sample(i / 30, tracker.track(Frame(i / 30, picture), fine=True)).smoothed
            for i, picture in enumerate(pictures)
        ]


def pictures_of(path: Path) -> list[Picture]:
    video = VideoFile(path)
    pictures = []
    while (frame := video.read()) is not None:
        pictures.append(frame.image_bgr)
    video.close()
    return pictures


def all_seen(angles: list[HeadAngles | None]) -> list[HeadAngles]:
    assert all(each is not None for each in angles), "a frame without a face"
    return [each for each in angles if each is not None]


@pytest.fixture(scope="module")
def carphone(carphone_path: Path) -> list[Picture]:
    return pictures_of(carphone_path)


@pytest.fixture(scope="module")
def carphone_angles(carphone: list[Picture]) -> list[HeadAngles]:
    return all_seen(measured(carphone[:20], carphone))


def test_talking_man_has_a_face_in_every_frame_and_tilts_by_20_degrees(carphone_angles: list[HeadAngles]) -> None:
    assert len(carphone_angles) == 120
    tilts = [angles.tilt_deg for angles in carphone_angles]
    assert max(tilts) - min(tilts) == pytest.approx(21, abs=4)
    assert np.abs(np.diff(tilts)).max() < 6, "a step that no head makes in a thirtieth of a second"


def test_mirrored_picture_changes_the_signs_of_rotation_and_tilt_only(
    carphone: list[Picture], carphone_angles: list[HeadAngles]
) -> None:
    mirror = [np.ascontiguousarray(picture[:, ::-1]) for picture in carphone]
    mirrored = all_seen(measured(mirror[:20], mirror))
    for name, sign in (("rotation_deg", -1), ("tilt_deg", -1), ("flexion_deg", 1)):
        ours = np.array([getattr(angles, name) for angles in carphone_angles])
        theirs = np.array([getattr(angles, name) for angles in mirrored])
        assert np.ptp(ours) > 4, f"the clip shows no {name}"
        assert np.abs(theirs - sign * ours).mean() < 0.25 * np.ptp(ours), name
        assert np.corrcoef(theirs, sign * ours)[0, 1] > 0.8, name


@pytest.mark.parametrize("turn_deg", [-20, -10, 10, 20])
def test_portrait_turned_in_the_plane_tilts_as_much(astronaut_bgr: Picture, turn_deg: float) -> None:
    height, width = astronaut_bgr.shape[:2]
    # Counter-clockwise in the picture brings the patient's right ear down: that is tilt with a plus.
    turn = cv2.getRotationMatrix2D((222, 120), turn_deg, 1.0)
    turned = cv2.warpAffine(astronaut_bgr, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)
    angles = measured([astronaut_bgr] * 15, [np.asarray(turned, dtype=np.uint8)] * 15)[-1]
    assert angles is not None
    assert angles.tilt_deg == pytest.approx(turn_deg, abs=1.5)


def test_grey_picture_has_no_face() -> None:
    with MediaPipeTracker() as tracker:
        assert tracker.track(Frame(0.0, np.full((240, 320, 3), 128, dtype=np.uint8)), fine=True) == ()


def test_someone_beside_the_patient_changes_nothing(astronaut_bgr: Picture) -> None:
    patient = cv2.resize(astronaut_bgr[0:300, 90:370], None, fx=2.0, fy=2.0)
    other = cv2.resize(astronaut_bgr[0:300, 90:370], None, fx=1.4, fy=1.4)[:, ::-1]
    alone = np.full((720, 1280, 3), 120, dtype=np.uint8)
    alone[60 : 60 + patient.shape[0], 60 : 60 + patient.shape[1]] = patient
    both = alone.copy()
    both[120 : 120 + other.shape[0], 800 : 800 + other.shape[1]] = other
    with MediaPipeTracker() as tracker:
        seen = [(i / 30, tracker.track(Frame(i / 30, alone), fine=False)) for i in range(30)]
        baseline = record_baseline(
            [(t_s, faces[0]) for t_s, faces in seen],
            42.0,
            created_utc=datetime(2026, 1, 31, tzinfo=UTC),
            source={},
            versions={},
            rules=BaselineRules(),
        )
        assert isinstance(baseline, Baseline)
        posture = PatientPosture(baseline)
        counts = []
        for i in range(30, 60):
            faces = tracker.track(Frame(i / 30, both), fine=True)
            counts.append(len(faces))
            sample = posture.sample(i / 30, faces)
            assert sample.smoothed is not None
            assert sample.smoothed.deviation_deg < 2.0, "the other's head was taken for the patient's"
    assert max(counts) == 2, "the test shows nothing unless both are seen"
