"""A picture on its head is noticed, told and set right; a mirrored one is set right."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from made.common import MakeVideo, Picture, RunCommand
from made.scripted import ScriptedSource, ScriptedTracker, frames_at, made_face

from posture_trainer.pose.angles import rotation_from_angles
from posture_trainer.pose.face import Face
from posture_trainer.pose.quality import Pace, Quality, grade, is_upside_down
from posture_trainer.records.known_cameras import FILE, KnownCamera, known_camera
from posture_trainer.records.session_reader import read_samples
from posture_trainer.sources.set_right import SetRight, Setting, set_right
from posture_trainer.tracking.upside_down import Standing, UpsideDownWatch

ROLLED = np.diag([-1.0, -1.0, 1.0])


@pytest.mark.parametrize("tilt_deg", [-90, -40, 0, 40, 90])
def test_a_head_that_is_tilted_is_not_upside_down(tilt_deg: float) -> None:
    assert not is_upside_down(rotation_from_angles(20, tilt_deg, 10))
    assert is_upside_down(ROLLED @ rotation_from_angles(20, tilt_deg / 3, 10))


def test_no_frame_of_an_upside_down_face_is_good() -> None:
    assert grade(made_face(), np.eye(3), Pace()) is Quality.GOOD
    assert grade(made_face(), ROLLED, Pace()) is Quality.UPSIDE_DOWN


def test_some_faces_in_the_turned_picture_alone_decide() -> None:
    standing = Standing()
    for i in range(4):
        assert not standing.upside_down
        assert standing.wants_look(float(i), ())
        standing = standing.after(()).after_look(float(i), (made_face(),))
    assert standing.upside_down


def test_a_face_that_stands_upright_decides_the_other_way() -> None:
    standing = Standing()
    for _ in range(15):
        standing = standing.after((made_face(),))
    assert not standing.wants_look(100.0, ())
    assert not replace(standing, turned=50).upside_down


def test_faces_of_a_turned_picture_are_told_where_they_are() -> None:
    face = made_face()
    watch = UpsideDownWatch(ScriptedTracker(lambda _frame: None), lambda: ScriptedTracker(lambda _frame: face))
    found = [watch.track(frame, True) for frame in frames_at([i * 0.1 for i in range(30)])]
    assert found[0] == ()
    (seen,) = found[-1]
    assert isinstance(seen, Face)
    assert seen.centre_px == pytest.approx(np.array(face.picture_size) - face.centre_px)
    watch.close()


def test_an_upside_down_video_is_told_and_the_option_sets_it_right(
    make_video: MakeVideo, astronaut_bgr: Picture, call_command: RunCommand, tmp_path: Path
) -> None:
    upright = cv2.resize(astronaut_bgr[0:360, 60:420], (320, 320), interpolation=cv2.INTER_AREA)
    path = make_video("fallen.mp4", [np.asarray(cv2.rotate(upright, cv2.ROTATE_180), dtype=np.uint8)] * 60, 15.0)
    done = call_command("analyze", path, "--out", tmp_path / "as-it-is")
    assert done.returncode == 0
    assert "--upside-down" in done.stderr
    assert not [sample for sample, _ in read_samples(tmp_path / "as-it-is") if sample.fit_for_cues]
    done = call_command("analyze", path, "--upside-down", "--out", tmp_path / "right")
    assert "--upside-down" not in done.stderr
    samples = [sample for sample, _ in read_samples(tmp_path / "right")]
    assert sum(sample.quality is Quality.GOOD for sample in samples) > 50


def test_the_tracker_of_turned_pictures_is_given_back_once_nobody_needs_it() -> None:
    other = ScriptedTracker(lambda _frame: None)
    watch = UpsideDownWatch(ScriptedTracker(lambda frame: made_face() if frame.t_s > 1 else None), lambda: other)
    for frame in frames_at([i * 0.1 for i in range(30)]):
        watch.track(frame, True)
        if frame.t_s < 2:
            assert not other.closed
    assert other.tracked_s
    assert other.closed, "it takes 50 MB"
    watch.close()


def test_what_was_told_is_done_to_every_picture() -> None:
    picture = np.arange(2 * 3 * 3, dtype=np.uint8).reshape(2, 3, 3)
    (frame,) = frames_at([0.0])
    for setting, expected in (
        (Setting(mirrored=True), picture[:, ::-1]),
        (Setting(upside_down=True), picture[::-1, ::-1]),
        (Setting(True, True), picture[::-1]),
    ):
        source = SetRight(ScriptedSource([replace(frame, image_bgr=picture, damaged=True)]), setting)
        shown = source.read()
        assert shown is not None
        assert np.array_equal(shown.image_bgr, expected)
        assert shown.damaged
        assert source.read() is None
        assert set(source.info.asked.values()) == {True}
    plain = ScriptedSource([])
    assert set_right(plain, Setting()) is plain


# --- what is kept of a camera -----------------------------------------------------------------------------------


def test_what_was_told_of_a_camera_is_kept(tmp_path: Path) -> None:
    assert known_camera(tmp_path, "cam", {}) == KnownCamera()
    assert not (tmp_path / FILE).exists()
    known_camera(tmp_path, "cam", {"vfov_deg": 40.0})
    known_camera(tmp_path, "cam", {"mirrored": True})
    known_camera(tmp_path, "other", {"upside_down": True})
    assert known_camera(tmp_path, "cam", {}) == KnownCamera(vfov_deg=40.0, mirrored=True)
    assert known_camera(tmp_path, "cam", {"mirrored": False}).mirrored is False
    assert known_camera(tmp_path, "other", {}) == KnownCamera(upside_down=True)


def test_a_file_of_before_holds_the_field_of_view_alone(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"cam": 41.5, "two": 50}\n', encoding="utf-8")
    assert known_camera(tmp_path, "cam", {"mirrored": True}) == KnownCamera(vfov_deg=41.5, mirrored=True)
    assert known_camera(tmp_path, "two", {}).vfov_deg == 50


@pytest.mark.parametrize(
    "entry",
    ["NaN", "Infinity", "-3", "0", "1e308", "true", '"40"', "[40]", "null", '{"vfov_deg": NaN}', '{"vfov_deg": 1e99}',
     '{"mirrored": "yes"}', '{"upside_down": 1}'],
)  # fmt: skip
def test_an_entry_that_cannot_be_meant_is_left_out(tmp_path: Path, entry: str) -> None:
    (tmp_path / FILE).write_text(f'{{"cam": {entry}, "good": 40}}', encoding="utf-8")
    assert known_camera(tmp_path, "cam", {}) == KnownCamera()
    assert known_camera(tmp_path, "good", {}).vfov_deg == 40


@pytest.mark.parametrize("text", ["", "[]", '{"cam": 4', "[" * 100_000, "\0"])
def test_a_damaged_file_is_no_reason_to_stop(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    assert known_camera(tmp_path, "cam", {"vfov_deg": 40.0}).vfov_deg == 40
    assert known_camera(tmp_path, "cam", {}).vfov_deg == 40
