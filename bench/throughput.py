"""Frames a second of `analyze` beside a bare MediaPipe loop on the same clip, in turn, in one run.

python bench/throughput.py CLIP [--runs N] [--tracker litert|mediapipe]
"""

import argparse
import statistics
import tempfile
import time
from contextlib import closing, nullcontext
from pathlib import Path

import cv2
from bare_mediapipe import bare_landmarker
from rich.console import Console
from rich.table import Table

from posture_trainer import shipped_files
from posture_trainer.quiet import quiet_native_libraries
from posture_trainer.session.recorded_video import Analysis, analyze
from posture_trainer.sources.video_file import VideoFile
from posture_trainer.tracking.choice import Way, gains_by_a_second, open_tracker


def bare_frames_per_s(clip: Path) -> float:
    """Read, convert, detect, one after the other: what everybody writes first."""
    with bare_landmarker() as landmarker:
        video, frames, began_s = cv2.VideoCapture(str(clip)), 0, time.perf_counter()
        while True:
            good, image = video.read()
            if not good:
                break
            landmarker.detect(image, round(video.get(cv2.CAP_PROP_POS_MSEC)))
            frames += 1
        return frames / (time.perf_counter() - began_s)


def our_frames_per_s(clip: Path, way: Way | None) -> float:
    """The whole of `analyze`: decode, track, posture, feedback, log."""
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(open_tracker(way)) as first,
        closing(open_tracker(way)) if gains_by_a_second(first) else nullcontext() as second,
    ):
        began_s = time.perf_counter()
        result = analyze(VideoFile(clip), first, Analysis(Path(folder) / "log"), second=second)
        return result.summary.frames / (time.perf_counter() - began_s)


def main() -> None:
    """Run both in turn and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("clip", type=Path, nargs="?", default=shipped_files.demo_clip())
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--tracker", type=Way, help="how our faces are found: litert or mediapipe")
    arguments = parser.parse_args()
    quiet_native_libraries()
    clip, way = arguments.clip, arguments.tracker
    pairs = [(our_frames_per_s(clip, way), bare_frames_per_s(clip)) for _ in range(arguments.runs)]
    table = Table("", "frames/s (median)", "lowest", "highest", title=f"{arguments.clip.name}, {arguments.runs} runs")
    for name, values in (
        ("analyze", [ours for ours, _ in pairs]),
        ("bare MediaPipe loop", [bare for _, bare in pairs]),
    ):
        table.add_row(name, f"{statistics.median(values):.1f}", f"{min(values):.1f}", f"{max(values):.1f}")
    ratios = [ours / bare for ours, bare in pairs]
    table.add_row("ratio", f"{statistics.median(ratios):.2f}", f"{min(ratios):.2f}", f"{max(ratios):.2f}")
    Console().print(table)


if __name__ == "__main__":
    main()
