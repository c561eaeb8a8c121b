"""How exact are the angles on real people? For whoever has the licence of a set with measured head poses.

    python bench/real_heads.py FOLDER [FOLDER ...] [--rate HZ] [--tracker litert|mediapipe]

A FOLDER is laid out as one sequence of the Biwi Kinect Head Pose Database (Fanelli et al. 2013, doi
10.1007/s11263-012-0549-0): frame_00003_rgb.png, frame_00003_pose.txt (a 3x3 rotation from the head to the camera, in
whose axes x goes to the right of the picture, y down and z away from the camera; then the head's place in mm), and
rgb.cal (the camera's 3x3 matrix first). The pictures become a lossless clip and the poses its truth; then it is
bench/accuracy.py's table: neutral is the mean of the first 2 s for all, errors count from second 3 on. Nothing of the
set is kept. The set has no times: --rate says how many pictures there are in a second (30).
"""

import argparse
import csv
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from posture_trainer.pose.angles import head_angles, mean_rotation
from posture_trainer.quiet import quiet_native_libraries

RATE_HZ, NEUTRAL_S, FROM_S = 30.0, 2.0, 3.0
Array = NDArray[np.float64]
_PICTURE = re.compile(r"frame_(\d+)_rgb\.(png|jpg)")
# From the camera's axes (right, down, away) to ours (the patient's left, up, out of the face), and back.
_OURS = np.diag([1.0, -1.0, -1.0])


@dataclass(frozen=True, eq=False)
class RealHead:
    """One sequence. t_s: (n,) seconds. pictures: n files. rotations: (n, 3, 3) head to camera, in our axes.

    vfov_deg: the camera's vertical field of view, None where rgb.cal does not say it.
    """

    t_s: Array
    pictures: tuple[Path, ...]
    rotations: Array
    vfov_deg: float | None

    def truth_deg(self) -> Array:
        """(n, 3) rotation, tilt, flexion away from the mean pose of the first 2 s."""
        neutral = mean_rotation(list(self.rotations[self.t_s - self.t_s[0] <= NEUTRAL_S]))
        found = (head_angles(neutral, rotation) for rotation in self.rotations)
        return np.array([[each.rotation_deg, each.tilt_deg, each.flexion_deg] for each in found])


def read_rotation(path: Path) -> Array:
    """The rotation (3x3) of a pose file, in our axes. Raises ValueError when it is none."""
    numbers = [float(word) for word in path.read_text(encoding="ascii").split()]
    rotation = np.array(numbers[:9]).reshape(3, 3)
    if not np.allclose(rotation @ rotation.T, np.eye(3), atol=0.01):
        raise ValueError(f"{path} holds no rotation")
    return np.asarray(_OURS @ rotation @ _OURS, dtype=np.float64)


def read_head(folder: Path, rate_hz: float = RATE_HZ) -> RealHead:
    """One sequence: all pictures that have a pose. Raises ValueError, OSError."""
    found = sorted((int(match[1]), path) for path in folder.iterdir() if (match := _PICTURE.fullmatch(path.name)))
    found = [(number, path) for number, path in found if _pose_of(path).is_file()]
    if not found:
        raise ValueError(f"{folder} holds no frame_00000_rgb.png with its frame_00000_pose.txt")
    pictures = tuple(path for _, path in found)
    height = _picture(pictures[0]).shape[0]
    calibration = folder / "rgb.cal"
    vfov_deg = None
    if calibration.is_file():
        focal_px = float(calibration.read_text(encoding="ascii").split()[4])
        vfov_deg = float(np.degrees(2 * np.arctan(height / 2 / focal_px)))
    return RealHead(
        np.array([(number - found[0][0]) / rate_hz for number, _ in found]),
        pictures,
        np.array([read_rotation(_pose_of(path)) for path in pictures]),
        vfov_deg,
    )


def write_clip(head: RealHead, clip: Path, truth: Path) -> None:
    """The pictures as a lossless clip with their times, and the truth beside it."""
    first = _picture(head.pictures[0])
    with av.open(str(clip), "w") as container:
        stream = container.add_stream("ffv1", rate=30)
        stream.height, stream.width = first.shape[:2]
        stream.pix_fmt, stream.time_base = "bgr0", Fraction(1, 1000)
        stream.codec_context.time_base = stream.time_base
        for t_s, path in zip(head.t_s, head.pictures, strict=True):
            frame = av.VideoFrame.from_ndarray(_picture(path), format="bgr24")
            frame.pts, frame.time_base = round(float(t_s) * 1000), stream.time_base
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    with truth.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(_rows(head))


def _rows(head: RealHead) -> Iterator[tuple[object, ...]]:
    yield "t_s", "face", "rotation_deg", "tilt_deg", "flexion_deg"
    for t_s, angles in zip(head.t_s, head.truth_deg(), strict=True):
        yield f"{t_s:.4f}", 1, *(f"{angle:.3f}" for angle in angles)


def _pose_of(picture: Path) -> Path:
    return picture.with_name(picture.name.split("_rgb.")[0] + "_pose.txt")


def _picture(path: Path) -> NDArray[np.uint8]:
    found = cv2.imread(str(path))
    if found is None:
        raise ValueError(f"{path} is no picture")
    return np.asarray(found, dtype=np.uint8)


def main() -> None:
    """Measure and print the table."""
    from accuracy import bare, figures, ours, read_track
    from rich.console import Console
    from rich.table import Table

    parser = argparse.ArgumentParser(description="Errors of the angles on sequences of real people.")
    parser.add_argument("folders", type=Path, nargs="+", help="one for each sequence")
    parser.add_argument("--rate", type=float, default=RATE_HZ, help="pictures in a second")
    parser.add_argument("--tracker", help="how our faces are found: litert or mediapipe")
    arguments = parser.parse_args()
    quiet_native_libraries()
    table = Table(title=f"Errors in degrees, from second {FROM_S:g} on")
    for heading in ("sequence", "", "rotation", "tilt", "flexion", "mean", "p95", "max", "coverage", "biggest step"):
        table.add_column(heading, justify="left" if heading in ("sequence", "") else "right", no_wrap=True)
    for folder in arguments.folders:
        head = read_head(folder, arguments.rate)
        told = [] if head.vfov_deg is None else ["--vfov", f"{head.vfov_deg:.3f}"]
        told += [] if arguments.tracker is None else ["--tracker", arguments.tracker]
        with tempfile.TemporaryDirectory() as place:
            clip, truth_file = Path(place) / "clip.mkv", Path(place) / "truth.csv"
            write_clip(head, clip, truth_file)
            truth = read_track(truth_file)
            table.add_row(folder.name, "ours", *figures(ours(clip, told), truth, FROM_S, np.inf))
            table.add_row("", "bare MediaPipe", *figures(bare(clip), truth, FROM_S, np.inf), end_section=True)
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
