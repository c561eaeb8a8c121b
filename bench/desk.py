#!/usr/bin/env python3
"""What the desk costs, beside bare MediaPipe asked as often; and a day made of parts of a clip, played fast.

    python bench/desk.py [--minutes 60]    processor time of one core and memory, each in a process of its own
    python bench/desk.py --day             a day at the desk from pictures, through the real tracker: which reminders

The pictures are those of the demo clip, 640x480, as JPEG that is decoded at each look, as a camera sends them.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import cv2
import numpy as np
from numpy.typing import NDArray

from posture_trainer import shipped_files
from posture_trainer.sources.frames import Frame, FrameSource, SourceInfo

RATE_HZ = 3.0
SIZE = (640, 480)
Picture = NDArray[np.uint8]


def pictures() -> list[Picture]:
    """The demo clip's pictures, three a second, in a camera's size."""
    from posture_trainer.sources.video_file import VideoFile  # FFmpeg: not in the processes that are measured

    clip, found, next_s = VideoFile(shipped_files.demo_clip()), list[Picture](), 0.0
    while (frame := clip.read()) is not None:
        if frame.t_s >= next_s:
            next_s += 1 / RATE_HZ
            height, width = frame.image_bgr.shape[:2]
            wide = min(width, height * 4 // 3)
            left = (width - wide) // 2
            found.append(np.asarray(cv2.resize(frame.image_bgr[:, left : left + wide], SIZE), np.uint8))
    clip.close()
    return found


class Jpegs:
    """A camera that sends the clip as JPEG, the next picture whenever it is asked."""

    live = True
    info = SourceInfo("camera", "made of the demo clip", *SIZE, 5.0)

    def __init__(self, sent: Path) -> None:
        self._sent = [np.frombuffer(each.read_bytes(), np.uint8) for each in sorted(sent.glob("*.jpg"))]
        self._at, self._begun_s = 0, time.monotonic()

    def read(self) -> Frame:
        """The next picture."""
        image = cv2.imdecode(self._sent[self._at % len(self._sent)], cv2.IMREAD_COLOR)
        self._at += 1
        return Frame(time.monotonic() - self._begun_s, np.asarray(image, np.uint8))

    def reopen(self) -> bool:
        """It never goes."""
        return True

    def close(self) -> None:
        """Nothing is open."""


def memory_mb() -> tuple[float, float]:
    """Resident now, and the most it was."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    found = {line.split(":")[0]: float(line.split()[1]) / 1000 for line in lines if line.startswith(("VmRSS", "VmHWM"))}
    return found["VmRSS"], found["VmHWM"]


def measured(minutes: float, moment: Callable[[], None]) -> dict[str, float]:
    """Run it for so long, after a start of 20 s that does not count."""
    end_s = time.monotonic() + 20
    while time.monotonic() < end_s:
        moment()
    begun_s, used_s = time.monotonic(), time.process_time()
    while time.monotonic() - begun_s < 60 * minutes:
        moment()
    share = (time.process_time() - used_s) / (time.monotonic() - begun_s)
    now_mb, most_mb = memory_mb()
    return {"percent": 100 * share, "mb": now_mb, "most_mb": most_mb}


def desk(minutes: float, sent: Path) -> dict[str, float]:
    """The whole desk: window, looks, rules, rows."""
    from posture_trainer.home.all_day import desk as at_desk
    from posture_trainer.home.front_door import FrontDoor
    from posture_trainer.home.home_screen import HomeScreen
    from posture_trainer.home.room import Room
    from posture_trainer.records.settings import Settings
    from posture_trainer.screen.window import PygameWindow

    camera = Jpegs(sent)

    def made(data: Path, source: str) -> FrameSource:
        del data, source
        return camera

    at_desk.open_desk_source = made
    with tempfile.TemporaryDirectory() as folder:
        room = Room(Path(folder), PygameWindow(), Settings(), time.monotonic, lambda: datetime.now().astimezone())
        room.choose("bench")
        door = FrontDoor(room, HomeScreen(room))
        screen = at_desk.DeskScreen(room)
        door.open_at(screen)

        def moment() -> None:
            door.moment()
            time.sleep(screen.moment_s)

        found = measured(minutes, moment)
        screen.leave()
        rows = sum(len(path.read_text().splitlines()) - 1 for path in Path(folder).rglob("desk.csv"))
        return {**found, "rows": rows}


def bare(minutes: float, sent: Path) -> dict[str, float]:
    """MediaPipe's landmarker alone, asked as often."""
    from bare_mediapipe import bare_landmarker

    camera = Jpegs(sent)
    with bare_landmarker() as landmarker:
        due_s = [time.monotonic()]

        def moment() -> None:
            frame = camera.read()
            landmarker.detect(frame.image_bgr, round(frame.t_s * 1000))
            due_s[0] += 1 / RATE_HZ
            time.sleep(max(0.0, due_s[0] - time.monotonic()))

        return measured(minutes, moment)


def costs(minutes: float) -> None:
    """Both, one after the other, each in its own process."""
    print(f"{minutes:g} minutes each, {RATE_HZ:g} looks a second, {SIZE[0]}x{SIZE[1]} JPEG")
    with tempfile.TemporaryDirectory() as folder:
        for number, picture in enumerate(pictures()):
            cv2.imwrite(f"{folder}/{number:03d}.jpg", picture)
        for name in ("desk", "bare"):
            _cost(name, minutes, folder)


def _cost(name: str, minutes: float, folder: str) -> None:
    call = [sys.executable, __file__, "--only", name, "--minutes", str(minutes), "--pictures", folder]
    done = subprocess.run(call, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    rows = f", {found['rows']:.0f} rows" if "rows" in found else ""
    memory = f"{found['mb']:.0f} MB, at most {found['most_mb']:.0f} MB"
    print(f"{name:5} {found['percent']:5.2f} % of a core, {memory}{rows}", flush=True)


def day() -> None:
    """Straight, a look aside, straight, a posture held, nobody: again and again, through the real tracker."""
    from posture_trainer.reminders.desk import DeskRules
    from posture_trainer.session.desk.eyes import Glimpse, desk_tracker
    from posture_trainer.session.desk.run import DeskRunning

    tracker, clip = desk_tracker(), pictures()
    clock, shown = [1000.0], list[Picture](clip[:1])

    class Eyes:
        def take(self) -> Glimpse:
            faces = tracker.track(Frame(clock[0], shown[0]), False)
            return Glimpse(clock[0], faces, info=Jpegs.info, tracker=tracker.name)

        def often(self, wanted: bool) -> None:
            pass

        def close(self) -> None:
            pass

    begins = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
    run = DeskRunning(None, DeskRules(), Eyes, lambda: clock[0], lambda: begins + timedelta(seconds=clock[0]))
    run.wake()
    for _ in range(20):
        clock[0] += 0.4
        run.tick()
    seen = []
    for picture in clip:  # which picture is how far aside
        shown[0] = picture
        clock[0] += 2.0
        told = run.tick()
        seen.append((abs(told.angles.rotation_deg) if told is not None and told.angles is not None else 0.0, picture))
    aside_deg, aside = max(seen, key=lambda each: each[0])
    nobody = np.zeros_like(clip[0])
    cycle = [(clip[0], 180), (aside, 24), (clip[0], 60), (aside, 100), (clip[0], 240), (nobody, 60)]
    begun_s, from_s, reminders, wrong = time.monotonic(), clock[0], 0, 0
    for _ in range(12):
        for part, (picture, seconds) in enumerate(cycle):
            shown[0], end_s = picture, clock[0] + seconds
            while clock[0] < end_s:
                clock[0] += 2.0
                told = run.tick()
                if told is not None and told.reminder is not None:
                    reminders, wrong = reminders + 1, wrong + (part != 3)
    spent_s = time.monotonic() - begun_s
    hours, speed = (clock[0] - from_s) / 3600, (clock[0] - from_s) / spent_s
    print(
        f"{hours:.1f} h at {speed:.0f} times their speed, head aside by {aside_deg:.0f} degrees, tracker {tracker.name}"
    )
    print(f"{reminders} reminders where 12 are right, {wrong} of them wrong")
    tracker.close()


def main() -> None:
    """As asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--day", action="store_true")
    parser.add_argument("--only", choices=("desk", "bare"), help="in this process")
    parser.add_argument("--pictures", type=Path, help="JPEGs to be sent")
    asked = parser.parse_args()
    if asked.day:
        day()
    elif asked.only:
        print(json.dumps({"desk": desk, "bare": bare}[asked.only](asked.minutes, asked.pictures)))
    else:
        costs(asked.minutes)


if __name__ == "__main__":
    main()
