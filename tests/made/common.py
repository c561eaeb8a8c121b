"""What tests of every kind need: where the project lies, small pictures, a child process that finds the package."""

import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[2]
Picture = NDArray[np.uint8]


class MakeVideo(Protocol):
    """Writes a small video; the name's ending says which: .mp4 (MPEG-4) or .avi (Motion JPEG)."""

    def __call__(self, name: str, pictures: Iterable[Picture], rate_hz: float) -> Path: ...


class RunCommand(Protocol):
    """Runs `python -m posture_trainer` in a process of its own, in an empty folder, and waits for its end.

    file_limit: no file may grow beyond so many bytes, as on a full disk (POSIX only).
    """

    def __call__(
        self, *arguments: str | Path, file_limit: int | None = None, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]: ...


def child_environment() -> dict[str, str]:
    """The environment of a child process that finds the package in the clone, on a terminal of 80 columns.

    It may keep its bytecode: without, each of a hundred processes compiles the whole program for the better part of a
    second.
    """
    left_out = {"PYGAME_HIDE_SUPPORT_PROMPT", "PYTHONDONTWRITEBYTECODE"}
    inherited = {name: value for name, value in os.environ.items() if name not in left_out}
    return {
        **inherited,
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
        "COLUMNS": "80",
    }


def wandering_square(count: int, size: tuple[int, int] = (160, 120)) -> list[Picture]:
    """Pictures with a red left quarter and a bright square that wanders to the right; no face in them."""
    pictures = []
    for index in range(count):
        picture = np.full((size[1], size[0], 3), 60, dtype=np.uint8)
        picture[:, : size[0] // 4] = (0, 0, 200)
        across = size[0] // 4 + 3 * index % (size[0] // 2)
        picture[20:40, across : across + 20] = 255
        pictures.append(picture)
    return pictures
