"""Takes the screenshots in docs/screens/ from the running program. Look at every one of them afterwards.

    python scripts/make_screens.py                    with a screen
    xvfb-run -a python scripts/make_screens.py        without one (Debian package xvfb)

It plays the demo clip, and one made from it in which the face is lost and the lens is covered, through the real
program in a real window, at text sizes of 100 and 200 percent, on 1280x720 and 1920x1080, and saves each screen the
first time it has stood still. The large ones go on sheets; --large keeps them whole as well.
"""

import argparse
import tempfile
from pathlib import Path

import cv2
import numpy as np
import pygame
from screen_files import LARGE, SCREENS, SIZES, save, sheets, suffix

from posture_trainer import shipped_files
from posture_trainer.feedback import PostureState
from posture_trainer.pages.views import AnyView, BaselineView, Controls, PracticeView, SafetyView, SummaryView
from posture_trainer.screen.window import PygameWindow
from posture_trainer.session.devices import Devices
from posture_trainer.session.practice import Practice, practise
from posture_trainer.sound.player import Silence
from posture_trainer.sources.frame_reader import FrameReader
from posture_trainer.sources.video_file import VideoFile
from posture_trainer.tracking.live import LiveTracking
from posture_trainer.tracking.mediapipe_tracker import MediaPipeTracker
from posture_trainer.words.seeing import COVERED, NO_FACE

STILL_FRAMES = 8


def screen_name(view: AnyView) -> str | None:
    """What to call the screen, or None for one that needs no picture."""
    match view:
        case SafetyView(progress=progress):
            return "safety" if progress > 0.4 else None
        case BaselineView(message=message):
            return None if message else "baseline"
        case SummaryView():
            return "summary"
        case PracticeView(message=message) if message:
            return {NO_FACE: "face-lost", COVERED: "covered"}.get(message)
        case PracticeView(feedback=feedback) if feedback.state is PostureState.PAUSED:
            return "paused"
        case PracticeView(feedback=feedback) if feedback.way_back is not None:
            return f"practice-{feedback.way_back.value.replace('_', '-')}"
        case PracticeView(feedback=feedback) if feedback.state is PostureState.NEUTRAL:
            return "practice-neutral"
    return None


class Photographer(PygameWindow):
    """The real window, which also keeps a picture of each screen."""

    def __init__(self, size: tuple[int, int], folder: Path, suffix: str, pause_once: bool) -> None:
        super().__init__(size)
        self._folder, self._suffix, self._pause_once = folder, suffix, pause_once
        self._standing: tuple[str | None, int] = (None, 0)

    def show(self, view: AnyView, controls: Controls) -> None:
        """Show the view, keep its picture, and press the keys that lead on."""
        super().show(view, controls)
        name = screen_name(view)
        self._standing = (name, self._standing[1] + 1 if name == self._standing[0] else 1)
        if name == "safety":
            self._save(name)
        if name is None or self._standing[1] != STILL_FRAMES:
            return
        self._save(name)
        if name == "practice-neutral" and self._pause_once:
            self._pause_once = False
            pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_SPACE, unicode=" "))
        elif name == "paused":
            pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_SPACE, unicode=" "))
        elif name == "summary":
            pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_RETURN, unicode="\r"))

    def _save(self, name: str) -> None:
        path = self._folder / f"{name}{self._suffix}.jpg"
        save(pygame.display.get_surface(), path)


def troubled_clip(path: Path) -> None:
    """Four seconds of the demo's neutral, two without a face, two with a covered lens."""
    source = cv2.VideoCapture(str(shipped_files.demo_clip()))
    rate_hz = source.get(cv2.CAP_PROP_FPS)
    size = int(source.get(cv2.CAP_PROP_FRAME_WIDTH)), int(source.get(cv2.CAP_PROP_FRAME_HEIGHT))
    video = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), rate_hz, size)
    rng = np.random.default_rng(0)
    room = cv2.resize(rng.integers(60, 180, (6, 8, 3), dtype=np.uint8), size, interpolation=cv2.INTER_CUBIC)
    for i in range(round(8 * rate_hz)):
        good, image = source.read() if i < 4 * rate_hz else (True, room)
        video.write(image if good and i < 6 * rate_hz else np.zeros_like(room))
    video.release()


def photograph(clip: Path, folder: Path, size: tuple[int, int], text_scale: float, pause_once: bool) -> None:
    """Play one clip through the program and keep its screens."""
    source = VideoFile(clip)
    reader = FrameReader(source)
    window = Photographer(size, folder, suffix(size, text_scale), pause_once)
    devices = Devices(source, reader, LiveTracking(reader, MediaPipeTracker), window, Silence(), print)
    devices.controls = Controls(text_scale=text_scale)
    with tempfile.TemporaryDirectory() as records:
        try:
            practise(devices, Practice("demo", "demo", Path(records) / "demo"))
        finally:
            devices.close()


def main() -> None:
    """Take all screenshots."""
    parser = argparse.ArgumentParser(description="Take the screenshots in docs/screens/ from the running program.")
    parser.add_argument("--out", type=Path, default=SCREENS)
    parser.add_argument("--large", type=Path, help="keep those of 1920x1080 in this folder")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        large = arguments.large or Path(temporary) / "large"
        for folder in (arguments.out, large):
            folder.mkdir(parents=True, exist_ok=True)
        troubled = Path(temporary) / "troubled.mp4"
        troubled_clip(troubled)
        for size, text_scale in SIZES:
            folder = large if size == LARGE else arguments.out
            photograph(troubled, folder, size, text_scale, pause_once=True)
            photograph(shipped_files.demo_clip(), folder, size, text_scale, pause_once=False)
        sheets(large, arguments.out, "mirror")


if __name__ == "__main__":
    main()
