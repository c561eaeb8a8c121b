"""The loader of sequences with measured poses, on a made one: signs, times, field of view, a clip as it was."""

import csv
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from made.common import Picture
from scipy.spatial.transform import Rotation

from bench.real_heads import read_head, write_clip


def sequence(folder: Path, poses: list[tuple[int, Rotation]], picture: Picture) -> Path:
    """A folder as the Biwi database has them; rotations in the camera's axes: right, down, away."""
    folder.mkdir()
    for number, pose in poses:
        stem = folder / f"frame_{number:05d}"
        cv2.imwrite(f"{stem}_rgb.png", picture)
        lines = "\n".join(" ".join(f"{value:.8g} " for value in row) for row in pose.as_matrix())
        Path(f"{stem}_pose.txt").write_text(f"{lines}\n\n12.5 -30.1 870.2 \n", encoding="ascii")
    (folder / "rgb.cal").write_text("517.679 0 320 \n0 517.679 240.5 \n0 0 1 \n\n0 0 0 0 \n", encoding="ascii")
    return folder


# In the camera's axes the face looks along -z, and the top of the head lies along -y.
@pytest.mark.parametrize(
    ("axis", "degrees", "name"),
    [("y", 20.0, "rotation"), ("z", -15.0, "tilt"), ("x", 10.0, "flexion")],
    ids=["face to the picture's left", "head to the picture's left", "chin down"],
)
def test_signs_are_those_of_the_patient(tmp_path: Path, axis: str, degrees: float, name: str) -> None:
    slanted = Rotation.from_euler("xyz", [5.0, -8.0, 3.0], degrees=True)  # whoever sits there is not straight
    moved = slanted * Rotation.from_euler(axis, degrees, degrees=True)
    poses = [(number, slanted) for number in range(3, 66)] + [(number, moved) for number in range(70, 73)]
    head = read_head(sequence(tmp_path / "01", poses, np.zeros((48, 64, 3), np.uint8)))
    truth = head.truth_deg()
    assert np.abs(truth[:60]).max() < 0.01
    expected = [abs(degrees) if each == name else 0.0 for each in ("rotation", "tilt", "flexion")]
    assert truth[-1] == pytest.approx(expected, abs=0.01)
    assert head.t_s[-1] == pytest.approx((72 - 3) / 30)  # pictures that are missing leave their time out
    assert head.vfov_deg == pytest.approx(2 * np.degrees(np.arctan(24 / 517.679)))


def test_the_clip_is_the_pictures_bit_by_bit(tmp_path: Path, astronaut_bgr: Picture) -> None:
    poses = [(number, Rotation.identity()) for number in (0, 1, 2, 5)]
    head = read_head(sequence(tmp_path / "01", poses, astronaut_bgr))
    write_clip(head, tmp_path / "clip.mkv", tmp_path / "truth.csv")
    with av.open(str(tmp_path / "clip.mkv")) as container:
        frames = list(container.decode(video=0))
    assert [frame.time for frame in frames] == pytest.approx(list(head.t_s), abs=0.001)
    assert all(np.array_equal(frame.to_ndarray(format="bgr24"), astronaut_bgr) for frame in frames)
    with (tmp_path / "truth.csv").open(encoding="utf-8") as file:
        assert [row["rotation_deg"] for row in csv.DictReader(file)] == ["0.000"] * 4 or head.truth_deg().max() == 0


def test_what_is_no_such_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ValueError, match="holds no frame"):
        read_head(tmp_path / "empty")
    broken = sequence(tmp_path / "02", [(0, Rotation.identity())], np.zeros((48, 64, 3), np.uint8))
    (broken / "frame_00000_pose.txt").write_text("1 0 0\n0 2 0\n0 0 1\n", encoding="ascii")
    with pytest.raises(ValueError, match="no rotation"):
        read_head(broken)
