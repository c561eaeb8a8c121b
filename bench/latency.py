"""How fast is the running program? A clip at its own 30 frames a second through all of it, beside bare MediaPipe.

    python bench/latency.py [CLIP] [--seconds 60]        latency, dropped frames, processor time, first picture
    python bench/latency.py [CLIP] --memory [--frames N] growth of memory over N processed frames (20,000)
    both with [--tracker litert|mediapipe]

Window and sound run on SDL's dummy drivers. A frame arrives when the clip's clock says so; it is drawn when the window
has shown the picture with its angles; its cue is decided when the row is about to be written. Times and processor time
are counted after the first seconds, in which the model is loaded and neutral recorded; a dropped frame counts as one
that arrived.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

os.environ["SDL_VIDEODRIVER"] = os.environ["SDL_AUDIODRIVER"] = "dummy"

import numpy as np
from bare_mediapipe import bare_landmarker
from rich.console import Console
from rich.table import Table

from posture_trainer import shipped_files
from posture_trainer.feedback import Feedback, PostureState
from posture_trainer.pages.views import AnyView, Controls, PracticeView, SafetyView
from posture_trainer.pose.first_face import first_face
from posture_trainer.pose.posture import PatientPosture
from posture_trainer.quiet import quiet_native_libraries
from posture_trainer.records.session_log import SessionLog
from posture_trainer.screen.window import PygameWindow
from posture_trainer.session.devices import Devices
from posture_trainer.session.practice import Practice, practise
from posture_trainer.session.recorded_video import Analysis, video_baseline
from posture_trainer.sound.background import open_sounds
from posture_trainer.sources.frame_reader import FrameReader
from posture_trainer.sources.frames import Frame, SourceInfo
from posture_trainer.sources.video_file import VideoFile
from posture_trainer.tracking.bodies import open_body_tracker
from posture_trainer.tracking.body_beside import BodyBeside
from posture_trainer.tracking.choice import Way, open_tracker
from posture_trainer.tracking.live import LiveTracking
from posture_trainer.tracking.seen import SeenFrame

RATE_HZ = 30.0
WARM_UP_S = 5.0  # the baseline and the first frames of each landmarker


class LoopedClip:
    """A clip played again and again at 30 frames a second, for so many seconds."""

    def __init__(self, path: Path, seconds: float, live: bool = False) -> None:
        self._path, self._seconds, self.live = path, seconds, live
        self._video = VideoFile(path)
        self._count = 0

    @property
    def info(self) -> SourceInfo:
        """The clip's."""
        return self._video.info

    def read(self) -> Frame | None:
        """The next frame, from the beginning again after the last."""
        if self._count / RATE_HZ >= self._seconds:
            return None
        frame = self._video.read()
        if frame is None:
            self._video.close()
            self._video = VideoFile(self._path)
            frame = self._video.read()
        assert frame is not None
        self._count += 1
        if self.live:
            time.sleep(1 / RATE_HZ)
        return Frame((self._count - 1) / RATE_HZ, frame.image_bgr)

    def reopen(self) -> bool:
        """Never needed."""
        return False

    def close(self) -> None:
        """Close the clip."""
        self._video.close()


class TimedWindow(PygameWindow):
    """The real window on a dummy screen, which notes when each frame was drawn with its angles."""

    def __init__(self) -> None:
        super().__init__((1280, 720))
        self.drawn_s: dict[float, float] = {}
        self.first_picture_s: float | None = None

    def show(self, view: AnyView, controls: Controls) -> None:
        """Draw, then note the time."""
        super().show(view, controls)
        if self.first_picture_s is None and getattr(view, "picture_bgr", None) is not None:
            self.first_picture_s = time.time()
        if isinstance(view, PracticeView):
            self.drawn_s.setdefault(round(view.session_s, 4), time.monotonic())


def run_program(clip: Path, seconds: float, way: Way | None, with_body: bool = False) -> dict[str, Any]:
    """A whole session; latencies in ms from a frame's arrival, processor time per frame in ms, dropped frames.

    with_body: shoulders and hands are followed beside, as in a session.
    """
    decided_s: dict[float, float] = {}
    used_s: dict[float, float] = {}
    write_row = SessionLog.sample

    def noting(log: SessionLog, sample: Any, feedback: Any) -> None:
        decided_s.setdefault(round(sample.t_s, 4), time.monotonic())
        used_s.setdefault(round(sample.t_s, 4), time.process_time())
        write_row(log, sample, feedback)

    setattr(SessionLog, "sample", noting)  # noqa: B010
    source = LoopedClip(clip, seconds)
    reader, window = FrameReader(source), TimedWindow()
    started: list[float] = []
    start = reader.start

    def noting_start() -> None:
        started.append(time.monotonic())
        start()

    setattr(reader, "start", noting_start)  # noqa: B010
    body = BodyBeside(open_body_tracker) if with_body else None
    tracking = LiveTracking(reader, lambda: open_tracker(way), body=body)
    devices = Devices(source, reader, tracking, window, open_sounds(mute=False), lambda _: None)
    with tempfile.TemporaryDirectory() as folder:
        try:
            practise(devices, Practice("bench", "bench", Path(folder) / "bench"))
        finally:
            devices.close()
    setattr(SessionLog, "sample", write_row)  # noqa: B010
    # The session's first frame is the one after the baseline's 2.5 s; frames come on a grid of 1 / 30 s.
    total = round(seconds * RATE_HZ)
    offset_s = (total - 1) / RATE_HZ - max(decided_s)
    arrival = {t_s: started[0] + t_s + offset_s for t_s in decided_s if t_s > WARM_UP_S}
    first, last = min(arrival), max(arrival)
    return {
        "drawn": [1000 * (window.drawn_s[t_s] - at_s) for t_s, at_s in arrival.items() if t_s in window.drawn_s],
        "decided": [1000 * (decided_s[t_s] - at_s) for t_s, at_s in arrival.items()],
        "cpu": 1000 * (used_s[last] - used_s[first]) / ((last - first) * RATE_HZ),
        "dropped": reader.dropped,
        "mb": resident_mb(),
    }


def run_bare(clip: Path, seconds: float) -> dict[str, Any]:
    """MediaPipe alone on the same frames at the same pace: inference times and processor time per frame, in ms."""
    source, inference, used_s = LoopedClip(clip, seconds), list[float](), list[float]()
    began_s = time.monotonic()
    with bare_landmarker() as landmarker:
        while (frame := source.read()) is not None:
            time.sleep(max(0.0, began_s + frame.t_s - time.monotonic()))
            at_s = time.perf_counter()
            landmarker.detect(frame.image_bgr, round(frame.t_s * 1000))
            inference.append(1000 * (time.perf_counter() - at_s))
            used_s.append(time.process_time())
    source.close()
    warm = round(WARM_UP_S * RATE_HZ)
    return {"inference": inference[warm:], "cpu": 1000 * (used_s[-1] - used_s[warm]) / (len(used_s) - warm - 1)}


def first_picture_s(clip: Path, way: Way | None) -> float:
    """Seconds from the start of a process to the first picture of a camera on the screen."""
    began_s = time.time()
    told = [] if way is None else ["--tracker", way]
    call = [sys.executable, __file__, str(clip), "--first-picture", *told]
    shown = subprocess.run(call, capture_output=True, text=True, check=True)
    return float(shown.stdout) - began_s


def show_first_picture(clip: Path, way: Way | None) -> None:
    """In a process of its own: open a live source, and print when its first picture was on the screen."""
    source = LoopedClip(clip, 30.0, live=True)
    reader, window = FrameReader(source), TimedWindow()
    devices = Devices(
        source, reader, LiveTracking(reader, lambda: open_tracker(way)), window, open_sounds(mute=False), lambda _: None
    )
    reader.start()
    while window.first_picture_s is None:
        devices.show(SafetyView(devices.live_picture(), 0.0, ""))
        devices.next_frame()
    print(window.first_picture_s, flush=True)
    os._exit(0)


def memory(clip: Path, frames: int, way: Way | None) -> None:
    """Print the growth of resident memory over many frames through tracker, posture and drawing."""
    source, window = LoopedClip(clip, frames / RATE_HZ), TimedWindow()
    seen: list[SeenFrame] = []
    posture: PatientPosture | None = None
    sizes = {}
    with closing(open_tracker(way)) as tracker:
        for i in count():
            frame = source.read()
            if frame is None:
                break
            faces = tracker.track(frame, fine=posture is not None)
            if posture is None:
                seen.append(SeenFrame(frame.t_s, faces))
                if frame.t_s > 2:
                    baseline, _ = video_baseline(source, first_face([each[:2] for each in seen]), Analysis(Path()))
                    assert baseline is not None
                    posture, guide = PatientPosture(baseline), baseline.guide()
            else:
                sample = posture.sample(frame.t_s, faces)
                quiet = Feedback(PostureState.NEUTRAL, None, None, 0.0)
                view = PracticeView(frame.image_bgr, guide, quiet, sample.smoothed, "", frame.t_s, frame.t_s)
                window.show(view, Controls())
                window.drawn_s.clear()
            if i in (999, frames - 1) or (i + 1) % 5000 == 0:
                sizes[i + 1] = resident_mb()
                print(f"after {i + 1} frames: {sizes[i + 1]:.1f} MB", flush=True)
    first, last = sizes[1000], sizes[max(sizes)]
    print(f"growth after the first 1000: {last - first:+.1f} MB")


def resident_mb() -> float:
    """Resident memory of this process."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Latency, processor time and memory of the running program.")
    parser.add_argument("clip", type=Path, nargs="?", default=shipped_files.demo_clip())
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--frames", type=int, default=20_000)
    parser.add_argument("--tracker", type=Way, help="how our faces are found: litert or mediapipe")
    parser.add_argument("--first-picture", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    quiet_native_libraries()
    if arguments.first_picture:
        show_first_picture(arguments.clip, arguments.tracker)
    if arguments.memory:
        memory(arguments.clip, arguments.frames, arguments.tracker)
        return
    starts = sorted(first_picture_s(arguments.clip, arguments.tracker) for _ in range(3))
    ours, whole, bare = (
        run_program(arguments.clip, arguments.seconds, arguments.tracker),
        run_program(arguments.clip, arguments.seconds, arguments.tracker, with_body=True),
        run_bare(arguments.clip, arguments.seconds),
    )
    table = Table("ms", "median", "p95", "p99", title=f"{arguments.clip.name}, {arguments.seconds:g} s at 30 frames/s")
    rows = {
        "arrival to picture drawn with its angles": ours["drawn"],
        "arrival to cue decided": ours["decided"],
        "the same with the body followed too: drawn": whole["drawn"],
        "the same with the body followed too: decided": whole["decided"],
        "bare MediaPipe: inference": bare["inference"],
    }
    for name, values in rows.items():
        table.add_row(name, *(f"{np.percentile(values, share):.1f}" for share in (50, 95, 99)))
    console = Console()
    console.print(table)
    ratio = ours["cpu"] / bare["cpu"]
    console.print(f"processor time a frame: {ours['cpu']:.1f} ms, bare {bare['cpu']:.1f} ms, ratio {ratio:.2f}")
    console.print(f"with the body: {whole['cpu']:.1f} ms, ratio {whole['cpu'] / bare['cpu']:.2f}")
    console.print(f"memory of the session: {ours['mb']:.0f} MB, with the body {whole['mb']:.0f} MB")
    console.print(
        f"frames dropped: {ours['dropped']}, with the body {whole['dropped']}, of {round(arguments.seconds * RATE_HZ)}"
    )
    console.print(f"first picture after the start of the process: {starts[1]:.2f} s (median of 3)")


if __name__ == "__main__":
    main()
