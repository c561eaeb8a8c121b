import importlib.util
import sys
import wave
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from made.common import ROOT
from numpy.typing import NDArray

from posture_trainer.sound.player import FULL_DB
from posture_trainer.spoken_way import LONGEST_TONE_S
from scripts.speech.loudness import loudness_lufs

REPO = ROOT
SIDES = ["turn_left", "turn_right", "tilt_left", "tilt_right"]
NAMES = [*SIDES, "chin_up", "chin_down", "regained", "nearer", "face_lost", "finished"]
NAMES += ["turning_point", "turn_back", "eyes_open", "rest_over", "trial_done"]


def load_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_sounds", REPO / "scripts" / "make_sounds.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up by name
    spec.loader.exec_module(module)
    return module


def samples_of(name: str) -> NDArray[np.float64]:
    """(N, 2) left and right, 1 being full scale."""
    with wave.open(str(REPO / "sounds" / f"{name}.wav"), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (2, 2, 44100)
        frames = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
    return frames.reshape(-1, 2).astype(np.float64) / 32768


def rms(samples: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.sqrt(np.mean(np.square(samples), axis=0)))


def pitch_hz(samples: NDArray[np.float64]) -> float:
    """The loudest frequency."""
    spectrum = np.abs(np.fft.rfft(samples.sum(axis=1), 1 << 17))
    return float(np.argmax(spectrum) * 44100 / (1 << 17))


def strokes(samples: NDArray[np.float64]) -> int:
    """How many times it is struck: loudness that jumps up after it has died down."""
    block = 441
    mono = samples.sum(axis=1)
    loudness = rms(mono[: len(mono) // block * block].reshape(-1, block).T)
    louder = np.diff(loudness, prepend=0.0) > 0.15 * loudness.max()
    return int(np.count_nonzero(louder & ~np.roll(louder, 1)))


def test_the_files_are_those_that_the_script_makes(tmp_path: Path) -> None:
    load_script().write_all(tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert set(made) == {f"{name}.wav" for name in NAMES}
    shipped = {path.name: path.read_bytes() for path in (REPO / "sounds").glob("*.wav")}
    assert set(shipped) == set(made)
    for name, bytes_now in made.items():
        now, then = (np.frombuffer(each, "<i2").astype(int) for each in (bytes_now, shipped[name]))
        assert np.abs(now - then).max() <= 1, f"{name}: other than by rounding"


@pytest.mark.parametrize("name", NAMES)
def test_short_as_loud_as_the_voice_and_soft_at_both_ends(name: str) -> None:
    samples = samples_of(name)
    peak = np.abs(samples).max()
    assert len(samples) < LONGEST_TONE_S * 44100
    both = 10 * np.log10(np.mean([10 ** (loudness_lufs(ear, 44100) / 10) for ear in samples.T]))
    softer_db = 4 if name == "nearer" else 0  # heard again and again
    assert both == pytest.approx(-18 - softer_db, abs=1.05)
    assert peak < 10 ** (-(1.5 + FULL_DB) / 20), "not clipped at full volume"
    assert not samples[0].any()
    assert np.abs(samples[:44]).max() < 0.1 * peak  # the first millisecond
    assert np.abs(samples[:110]).max() < 0.5 * peak  # the first 2.5 ms
    assert np.abs(samples[-44:]).max() < 0.02 * peak


@pytest.mark.parametrize("name", SIDES)
def test_sounds_on_the_side_to_move_to_and_in_both_ears(name: str) -> None:
    left, right = rms(samples_of(name))
    louder_db = 20 * np.log10(left / right if name.endswith("left") else right / left)
    assert 5 < louder_db < 7, "softer on the other side, and loud enough for who hears on that side alone"


@pytest.mark.parametrize("name", [name for name in NAMES if name not in SIDES])
def test_the_others_are_in_the_middle(name: str) -> None:
    samples = samples_of(name)
    assert np.array_equal(samples[:, 0], samples[:, 1])


def test_turn_tilt_and_chin_differ_in_shape() -> None:
    turn, tilt, chin = (samples_of(name) for name in ("turn_left", "tilt_left", "chin_up"))
    assert (strokes(turn), strokes(tilt), strokes(chin)) == (2, 1, 3)
    for name in SIDES:
        assert 300 < pitch_hz(samples_of(name)) < 2000


def begin_and_end_hz(name: str, ear: int) -> tuple[float, float]:
    """The pitch of the first and of the last tenth of a second that sounds, as one ear hears it."""
    heard = samples_of(name)[:, ear : ear + 1]
    return pitch_hz(heard[:4410]), pitch_hz(heard[-8820:-2205])


@pytest.mark.parametrize("ear", [0, 1])
@pytest.mark.parametrize("kind", ["turn", "tilt"])
def test_low_to_high_is_to_the_right_and_high_to_low_to_the_left_for_one_ear_too(kind: str, ear: int) -> None:
    begin_hz, end_hz = begin_and_end_hz(f"{kind}_right", ear)
    assert end_hz / begin_hz > 1.3, "four semitones and more"
    begin_hz, end_hz = begin_and_end_hz(f"{kind}_left", ear)
    assert begin_hz / end_hz > 1.3


def test_a_tilt_glides_and_a_turn_leaps() -> None:
    def between(name: str) -> bool:
        """Whether the pitch is ever near the middle of where it begins and ends."""
        begin_hz, end_hz = begin_and_end_hz(name, 0)
        heard = samples_of(name)
        pitches = [pitch_hz(heard[at : at + 2205]) for at in range(0, len(heard) - 2205, 882)]
        middle_hz = (begin_hz * end_hz) ** 0.5
        return any(abs(pitch / middle_hz - 1) < 0.06 for pitch in pitches)

    assert between("tilt_right")
    assert between("tilt_left")
    assert not between("turn_right")
    assert not between("turn_left")


def test_chin_up_rises_and_chin_down_falls() -> None:
    up, down = samples_of("chin_up"), samples_of("chin_down")
    first = slice(0, 4410)
    assert pitch_hz(up[first]) < 0.8 * pitch_hz(up[8820:])
    assert pitch_hz(down[first]) > 1.2 * pitch_hz(down[8820:])
