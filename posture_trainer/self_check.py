"""Looks at this computer: camera, screen, sound, model, speed; what is wrong and what to do."""

import os
import shutil
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from posture_trainer import shipped_files
from posture_trainer.errors import UserError
from posture_trainer.private_files import make_private_folder

_SPEED_FRAMES = 40
_SLOW_MS = 50.0
_LITTLE_ROOM_MB = 200
_CAMERA_TRIAL_S = 2.0


@dataclass(frozen=True)
class Finding:
    """One thing looked at. needed: whether the program is of no use without it."""

    what: str
    good: bool
    words: str
    needed: bool = False


def look(data: Path, source: str) -> list[Finding]:
    """Every finding about this computer; faults are findings, nothing is raised."""
    return [_camera(source), _screen(), _sound(), _model(), _body_model(), _speed(), _records(data)]


def _camera(source: str) -> Finding:
    from posture_trainer.sources.open_source import open_source

    try:
        opened = open_source(source)
    except UserError as error:
        return Finding("Camera", False, str(error))
    try:
        until_s, frames = time.monotonic() + _CAMERA_TRIAL_S, 0
        while time.monotonic() < until_s:
            frames += opened.read() is not None
        info = opened.info
        rate = f"{frames / _CAMERA_TRIAL_S:.0f} pictures a second" if opened.live else f"{info.rate_hz:g} a second"
        words = f"{info.name}, {info.width}x{info.height}, {rate}"
        if opened.live and frames < 15 * _CAMERA_TRIAL_S:
            return Finding("Camera", False, f"{words}. That is slow: let in more light, close other programs.")
        return Finding("Camera", True, words)
    finally:
        opened.close()


def _screen() -> Finding:
    import pygame

    try:
        pygame.display.init()
        driver, sizes = pygame.display.get_driver(), pygame.display.get_desktop_sizes()
        pygame.display.quit()
    except pygame.error as error:
        return Finding("Screen", False, f"No screen ({error}). Use --no-window, or start from a desktop.")
    if driver in ("dummy", "offscreen"):
        return Finding("Screen", False, "No screen. Use --no-window, or start from a desktop.")
    return Finding("Screen", True, ", ".join(f"{width}x{height}" for width, height in sizes))


def _sound() -> Finding:
    from posture_trainer.sound.background import open_sounds

    sounds = open_sounds(mute=False)
    sounds.close()
    return Finding("Sound", not sounds.trouble, sounds.trouble or "plays")


def _model() -> Finding:
    from posture_trainer.tracking.faces import face_model

    try:
        face_model()
    except UserError as error:
        return Finding("Face model", False, str(error), needed=True)
    return Finding("Face model", True, "as published by MediaPipe", needed=True)


def _body_model() -> Finding:
    from posture_trainer.tracking.bodies import body_model

    try:
        body_model()
    except UserError as error:
        return Finding("Shoulders", False, f"{error} Until then the mirror goes without the shoulders.")
    return Finding("Shoulders", True, "the body model is as published by MediaPipe")


def _speed() -> Finding:
    from posture_trainer.sources.video_file import VideoFile
    from posture_trainer.tracking.choice import Way, open_tracker

    try:
        video, tracker = VideoFile(shipped_files.demo_clip()), open_tracker()
    except UserError as error:
        return Finding("Speed", False, str(error), needed=True)
    with closing(tracker):
        spent_s = faces = frames = 0.0
        while frames < _SPEED_FRAMES and (frame := video.read()) is not None:
            began_s = time.perf_counter()
            faces += bool(tracker.track(frame, fine=True))
            spent_s += time.perf_counter() - began_s
            frames += 1
    video.close()
    each_ms = 1000 * spent_s / max(frames, 1)
    if not faces:
        return Finding("Speed", False, "The face in the demo clip was not found. Please install again.", needed=True)
    words = f"{each_ms:.0f} ms for a picture"
    if tracker.name != Way.LITERT:
        words += ", by MediaPipe's own graph: LiteRT, which is faster, can't be loaded here"
    return Finding("Speed", each_ms < _SLOW_MS, words if each_ms < _SLOW_MS else f"{words}. Close other programs.")


def _records(data: Path) -> Finding:
    try:
        make_private_folder(data)
        free_mb = shutil.disk_usage(data).free / 1e6
    except (UserError, OSError) as error:
        return Finding("Records", False, f"{error} Choose another folder with --data-dir.", needed=True)
    if not os.access(data, os.W_OK):
        return Finding(
            "Records", False, f"{data} can't be written. Choose another folder with --data-dir.", needed=True
        )
    words = f"in {data}, {free_mb / 1000:.1f} GB free"
    good = free_mb > _LITTLE_ROOM_MB
    return Finding("Records", good, words if good else f"{words}. Please make room on the disk.")
