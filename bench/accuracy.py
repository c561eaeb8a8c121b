"""How exact are the angles? Our `analyze` beside MediaPipe's bare matrix, against clips with known angles.

    python bench/accuracy.py CLIP TRUTH [CLIP TRUTH ...] [--turns TURNS_CLIP] [--vfov DEG] [--seconds FROM TO]
        [--tracker litert|mediapipe]

TRUTH is a CSV with t_s, face, rotation_deg, tilt_deg, flexion_deg (signs as in docs/formats.md). Neutral is the mean
of the first 2 s for both; errors are counted from second 3 on, or between those given by --seconds. The error of a
frame is the angle between the true and the estimated rotation. Ours are the smoothed angles, the ones that cues are
decided on.
"""

import argparse
import csv
import tempfile
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from bare_mediapipe import bare_landmarker
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from scipy.spatial.transform import Rotation

from posture_trainer.pose.angles import mean_rotation
from posture_trainer.quiet import quiet_native_libraries

NEUTRAL_S, FROM_S = 2.0, 3.0
Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Track:
    """Angles over time: t_s (n,), angles (n, 3) rotation, tilt, flexion in degrees, NaN without a face."""

    t_s: Array
    angles: Array

    def rotations(self) -> Rotation:
        """The rotations away from neutral, of frames with a face."""
        return Rotation.from_euler("XZY", self.angles[:, [2, 1, 0]] * [1, 1, -1], degrees=True)


def read_track(path: Path) -> Track:
    """A truth file, or a samples.csv."""
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    names = ("rotation_deg", "tilt_deg", "flexion_deg")
    angles = [[float(row[name]) if row["face"] == "1" else np.nan for name in names] for row in rows]
    return Track(np.array([float(row["t_s"]) for row in rows]), np.array(angles))


def ours(clip: Path, more: list[str]) -> Track:
    """What `analyze` writes for the clip."""
    from posture_trainer.cli.app import main as posture_trainer

    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "log"
        if posture_trainer(["analyze", str(clip), "--out", str(out), *more]) != 0:
            raise SystemExit(f"analyze failed on {clip}")
        return read_track(out / "samples.csv")


def calibrated(clip: Path, turns: Path, more: list[str]) -> Track:
    """What `analyze` writes for the clip with a functional calibration from another clip."""
    from posture_trainer.cli.app import main as posture_trainer

    with tempfile.TemporaryDirectory() as data:
        call = ["calibrate", "--patient", "bench", "--source", str(turns), "--with-turns", "--no-window", "--mute"]
        if posture_trainer([*call, "--data-dir", data, *more]) != 0:
            raise SystemExit(f"calibrate failed on {turns}")
        (baseline,) = Path(data).glob("patients/bench/baselines/*.json")
        return ours(clip, ["--baseline", str(baseline)])


def bare(clip: Path) -> Track:
    """MediaPipe's own matrix, frame by frame, relative to the mean of the first seconds."""
    times, found = [], []
    with bare_landmarker() as landmarker:
        video = cv2.VideoCapture(str(clip))
        while True:
            good, image = video.read()
            if not good:
                break
            t_ms = video.get(cv2.CAP_PROP_POS_MSEC)
            matrices = landmarker.detect(image, round(t_ms)).facial_transformation_matrixes
            times.append(t_ms / 1000)
            found.append(np.asarray(matrices[0])[:3, :3] if matrices else None)
    first_s = next(t_s for t_s, matrix in zip(times, found, strict=True) if matrix is not None)
    still = [m for t_s, m in zip(times, found, strict=True) if m is not None and t_s - first_s <= NEUTRAL_S]
    neutral = mean_rotation(still)
    angles = np.full((len(times), 3), np.nan)
    for row, matrix in zip(angles, found, strict=True):
        if matrix is not None:
            flexion, tilt, turn = Rotation.from_matrix(neutral.T @ matrix).as_euler("XZY", degrees=True)
            row[:] = -turn, tilt, flexion
    return Track(np.array(times), angles)


def figures(track: Track, truth: Track, from_s: float, to_s: float) -> list[str]:
    """The row of the table: errors per axis, of the whole rotation, coverage, biggest step."""
    at = np.abs(truth.t_s[None, :] - track.t_s[:, None]).argmin(axis=1)
    true_angles = truth.angles[at]
    counted = (track.t_s >= from_s) & (track.t_s < to_s) & np.isfinite(true_angles[:, 0])
    seen = np.isfinite(track.angles[:, 0])
    both = counted & seen
    if not both.any():
        return ["-"] * 8
    each = np.abs(track.angles[both] - true_angles[both]).mean(axis=0)
    estimated = Track(track.t_s[both], track.angles[both]).rotations()
    whole = np.degrees((Track(track.t_s[both], true_angles[both]).rotations().inv() * estimated).magnitude())
    neighbours = np.flatnonzero((seen & (track.t_s < to_s))[1:] & seen[:-1])
    steps = Track(track.t_s[neighbours], track.angles[neighbours]).rotations().inv() * (
        Track(track.t_s[neighbours + 1], track.angles[neighbours + 1]).rotations()
    )
    values = [*each, whole.mean(), np.percentile(whole, 95), whole.max()]
    return [
        *(f"{value:.2f}" for value in values),
        f"{(both.sum() / counted.sum()):.1%}",
        f"{np.degrees(steps.magnitude()).max():.1f}",
    ]


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description="Errors of the angles beside MediaPipe's bare matrix.")
    parser.add_argument("files", type=Path, nargs="+", help="pairs of a clip and its truth")
    parser.add_argument("--turns", type=Path, help='a clip of a slow "no" and "yes" of the same head and camera')
    parser.add_argument("--vfov", type=float, help="the camera's vertical field of view, degrees")
    parser.add_argument("--seconds", type=float, nargs=2, default=(FROM_S, np.inf), metavar=("FROM", "TO"))
    parser.add_argument("--tracker", help="how our faces are found: litert or mediapipe")
    arguments = parser.parse_args()
    if len(arguments.files) % 2:
        parser.error("clips and truths come in pairs")
    quiet_native_libraries()
    from_s, to_s = arguments.seconds
    table = Table(title=f"Errors in degrees, from second {from_s:g} " + (f"to {to_s:g}" if to_s < np.inf else "on"))
    for heading in ("clip", "", "rotation", "tilt", "flexion", "mean", "p95", "max", "coverage", "biggest step"):
        table.add_column(heading, justify="left" if heading in ("clip", "") else "right", no_wrap=True)
    for clip, truth_file in zip(arguments.files[::2], arguments.files[1::2], strict=True):
        truth = read_track(truth_file)
        told = [] if arguments.vfov is None else ["--vfov", str(arguments.vfov)]
        told += [] if arguments.tracker is None else ["--tracker", arguments.tracker]
        table.add_row(clip.stem, "ours", *figures(ours(clip, told), truth, from_s, to_s))
        if arguments.turns:
            table.add_row(
                "", "ours, with turns", *figures(calibrated(clip, arguments.turns, told), truth, from_s, to_s)
            )
        table.add_row("", "bare MediaPipe", *figures(bare(clip), truth, from_s, to_s), end_section=True)
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
