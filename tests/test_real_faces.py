"""The whole way from pictures of real faces to angles."""

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest
from conftest import Picture

from posture_trainer.pose.angles import HeadAngles, head_angles, mean_rotation
from posture_trainer.pose.face_tracker import MediaPipeTracker
from posture_trainer.pose.posture import FacePose
from posture_trainer.sources.frames import Frame
from posture_trainer.sources.video_file import VideoFile


def tracked(pictures: Sequence[Picture]) -> list[FacePose | None]:
    with MediaPipeTracker() as tracker:
        return [tracker.track(Frame(i / 30, picture)) for i, picture in enumerate(pictures)]


def pictures_of(path: Path) -> list[Picture]:
    video = VideoFile(path)
    pictures = []
    while (frame := video.read()) is not None:
        pictures.append(frame.image_bgr)
    video.close()
    return pictures


def angles_from_start(poses: list[FacePose | None], neutral_frames: int = 10) -> list[HeadAngles]:
    faces = [pose for pose in poses if pose is not None]
    neutral = mean_rotation([pose.rotation for pose in faces[:neutral_frames]])
    return [head_angles(neutral, pose.rotation) for pose in faces]


@pytest.fixture(scope="module")
def carphone(carphone_path: Path) -> list[Picture]:
    return pictures_of(carphone_path)


@pytest.fixture(scope="module")
def carphone_poses(carphone: list[Picture]) -> list[FacePose | None]:
    return tracked(carphone)


def test_talking_man_has_a_face_in_every_frame_and_tilts_by_20_degrees(carphone_poses: list[FacePose | None]) -> None:
    assert len(carphone_poses) == 120
    assert all(pose is not None for pose in carphone_poses)
    tilts = [angles.tilt_deg for angles in angles_from_start(carphone_poses)]
    assert max(tilts) - min(tilts) == pytest.approx(21, abs=4)
    assert np.abs(np.diff(tilts)).max() < 6, "a step that no head makes in a thirtieth of a second"


def test_mirrored_picture_changes_the_signs_of_rotation_and_tilt_only(
    carphone: list[Picture], carphone_poses: list[FacePose | None]
) -> None:
    mirrored = angles_from_start(tracked([np.ascontiguousarray(picture[:, ::-1]) for picture in carphone]))
    for name, sign in (("rotation_deg", -1), ("tilt_deg", -1), ("flexion_deg", 1)):
        ours = np.array([getattr(angles, name) for angles in angles_from_start(carphone_poses)])
        theirs = np.array([getattr(angles, name) for angles in mirrored])
        assert np.ptp(ours) > 4, f"the clip shows no {name}"
        assert np.abs(theirs - sign * ours).mean() < 0.25 * np.ptp(ours), name
        assert np.corrcoef(theirs, sign * ours)[0, 1] > 0.8, name


@pytest.fixture(scope="module")
def portrait_pose(astronaut_bgr: Picture) -> FacePose:
    return still_pose(astronaut_bgr)


def still_pose(picture: Picture) -> FacePose:
    pose = tracked([picture] * 6)[-1]
    assert pose is not None
    return pose


@pytest.mark.parametrize("turn_deg", [-20, -10, 10, 20])
def test_portrait_turned_in_the_plane_tilts_as_much(
    astronaut_bgr: Picture, portrait_pose: FacePose, turn_deg: float
) -> None:
    height, width = astronaut_bgr.shape[:2]
    middle = portrait_pose.landmarks.mean(axis=0) * [width, height]
    # Counter-clockwise in the picture brings the patient's right ear down: that is tilt with a plus.
    turn = cv2.getRotationMatrix2D((float(middle[0]), float(middle[1])), turn_deg, 1.0)
    turned = cv2.warpAffine(astronaut_bgr, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)
    angles = head_angles(portrait_pose.rotation, still_pose(np.asarray(turned, dtype=np.uint8)).rotation)
    assert angles.tilt_deg == pytest.approx(turn_deg, abs=1.5)


def test_grey_picture_has_no_face() -> None:
    assert tracked([np.full((240, 320, 3), 128, dtype=np.uint8)] * 3) == [None] * 3
