"""A clip that is played again and again: one long film, without a jump at the seam."""

from itertools import pairwise

import numpy as np
import pytest
from made.common import MakeVideo, wandering_square
from made.scripted import made_baseline, made_face

from posture_trainer import shipped_files
from posture_trainer.pose.angles import rotation_from_angles
from posture_trainer.pose.camera_model import default_vfov_deg
from posture_trainer.pose.neutral.baseline import Baseline
from posture_trainer.pose.neutral.recording import BaselineRules, record_baseline
from posture_trainer.pose.posture import PatientPosture
from posture_trainer.pose.quality import Quality
from posture_trainer.sources.frames import Frame
from posture_trainer.sources.looped_clip import LoopedClip
from posture_trainer.sources.video_file import VideoFile
from posture_trainer.tracking.mediapipe_tracker import MediaPipeTracker


def test_times_grow_evenly_over_the_seam_and_the_pictures_come_again(make_video: MakeVideo) -> None:
    path = make_video("short.mp4", wandering_square(10), 10.0)
    source = LoopedClip(lambda: VideoFile(path))
    frames = [frame for _ in range(35) if (frame := source.read()) is not None]
    assert len(frames) == 35
    assert [two.t_s - one.t_s for one, two in pairwise(frames)] == pytest.approx([0.1] * 34)
    assert np.array_equal(frames[3].image_bgr, frames[23].image_bgr)
    assert source.info.asked == {"repeat": True}
    source.close()
    assert source.read() is None


def test_the_demo_clip_ends_as_it_begins() -> None:
    """No jump, no lost face and no turn of the head at the seam, as the real tracker sees it."""
    source = LoopedClip(lambda: VideoFile(shipped_files.demo_clip()))
    frames: list[Frame] = []
    while len(frames) < 760 and (frame := source.read()) is not None:
        frames.append(frame)
    source.close()
    seam = next(i for i in range(700, 760) if np.array_equal(frames[i].image_bgr, frames[0].image_bgr))
    around = frames[seam - 20 : seam + 20]  # the clip ends with a second of rest
    with MediaPipeTracker() as tracker:
        tracked = [(frame.t_s, tracker.track(frame, False)) for frame in around]
    baseline = record_baseline(
        [(t_s, faces[0]) for t_s, faces in tracked],
        default_vfov_deg(640, 480),
        created_utc=made_baseline().created_utc,
        source={},
        versions={},
        rules=BaselineRules(),
    )
    assert isinstance(baseline, Baseline)
    posture = PatientPosture(baseline)
    samples = [posture.sample(t_s, faces) for t_s, faces in tracked]
    assert {sample.quality for sample in samples} == {Quality.GOOD}
    assert max(sample.measured.deviation_deg for sample in samples if sample.measured) < 1.0


def test_a_seam_that_is_no_seam_is_not_believed() -> None:
    """A clip that ended turned away would show as a jump, which is no posture: neither good nor bad, and no cue."""

    ahead, turned = made_face(), made_face(rotation_from_angles(40.0, 0, 0))
    posture = PatientPosture(made_baseline())
    qualities = [posture.sample(i / 25, (turned if i < 5 else ahead,)).quality for i in range(8)]
    assert qualities[4:6] == [Quality.GOOD, Quality.JUMP]
