"""A sound device that stalls keeps nobody waiting: neither the session, nor its end, nor the program's."""

import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from made.common import child_environment
from test_frame_reader import wait_until

from posture_trainer.sound.background import BackgroundSounds
from posture_trainer.sound.player import Silence

PATIENCE_S = 0.05


class Stalling(Silence):
    """A device that answers only when it is let go."""

    def __init__(self, at: str, let_go: threading.Event, done: list[str] | None = None) -> None:
        super().__init__()
        self._at, self._let_go = at, let_go
        self.done = [] if done is None else done
        self._stall("open")

    def _stall(self, where: str) -> None:
        if where == self._at:
            self._let_go.wait()
        self.done.append(where)

    def play(self, name: str, volume: float) -> None:
        self._stall("play")

    def speak(self, phrase: str, volume: float) -> None:
        self._stall("speak")

    def close(self) -> None:
        self._stall("close")


@pytest.mark.parametrize("at", ["open", "play", "speak", "close"])
def test_nothing_waits_for_a_device_that_stalls(at: str) -> None:
    let_go = threading.Event()
    sounds = BackgroundSounds(lambda: Stalling(at, let_go), PATIENCE_S)
    for _ in range(20):  # more than can wait: none of these may block
        sounds.play("turn_left", 0.5)
        sounds.speak("welcome", 0.5)
    sounds.close()
    assert sounds._thread.is_alive(), "this test is about a device that still stalls"
    if at != "close":
        wait_until(lambda: "does not answer" in sounds.trouble)
    let_go.set()


def test_a_device_that_answers_late_is_heard_from_then_on() -> None:
    let_go, done = threading.Event(), list[str]()
    sounds = BackgroundSounds(lambda: Stalling("open", let_go, done), PATIENCE_S)
    assert sounds.trouble
    sounds.play("turn_left", 0.5)
    let_go.set()
    wait_until(lambda: not sounds.trouble)
    sounds.play("turn_left", 0.5)
    sounds.close()
    wait_until(lambda: not sounds._thread.is_alive())
    assert done == ["open", "play", "close"], "what was due before it answered would come too late"


def test_a_computer_without_a_device_says_so() -> None:
    def none() -> Silence:
        raise RuntimeError("No such audio device")

    sounds = BackgroundSounds(none)
    assert sounds.trouble == "No sound on this computer (No such audio device)."
    sounds.play("turn_left", 0.5)
    sounds.close()


def test_a_fault_of_one_tone_does_not_silence_the_next() -> None:
    heard: list[str] = []

    class Once(Silence):
        def play(self, name: str, volume: float) -> None:
            if name == "turn_left":
                raise RuntimeError("unplugged")
            heard.append(name)

    sounds = BackgroundSounds(lambda: Once())
    sounds.play("turn_left", 0.5)
    wait_until(lambda: sounds.trouble == "No sound for now (unplugged).")
    sounds.play("turn_right", 0.5)
    sounds.close()
    assert heard == ["turn_right"]
    assert sounds.trouble == ""


_PROGRAM = """
import sys
from posture_trainer.cli import app
from posture_trainer.sound.background import open_sounds
def stuck(given, **more):
    sounds = open_sounds(mute=False)
    assert not sounds.trouble, sounds.trouble
    sounds.play("turn_left", 0.5)
    sounds.close()
    print("closed", sounds._thread.is_alive(), flush=True)
    return 3
app.app = stuck
sys.exit(app.main([]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a FIFO")
def test_the_program_ends_with_its_exit_code_though_the_device_never_takes_a_sound(tmp_path: Path) -> None:
    pipe = tmp_path / "sound"
    os.mkfifo(pipe)
    nobody_reads = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
    with suppress(BlockingIOError):  # it is full from the beginning
        while True:
            os.write(nobody_reads, b"0" * 512)
    device = {"SDL_AUDIODRIVER": "disk", "SDL_DISKAUDIOFILE": str(pipe)}
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        cwd=tmp_path, env={**child_environment(), **device}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    os.close(nobody_reads)
    assert (done.returncode, done.stdout, done.stderr) == (3, "closed True\n", "")
