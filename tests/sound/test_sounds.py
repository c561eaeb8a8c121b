import importlib.util
import sys
import wave
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from made.common import ROOT
from numpy.typing import NDArray

REPO = ROOT
SIDES = ["turn_left", "turn_right", "tilt_left", "tilt_right"]
NAMES = [*SIDES, "chin_up", "chin_down", "regained", "nearer", "face_lost", "finished"]
NAMES += ["turning_point", "turn_back", "eyes_open", "rest_over", "trial_done"]


def test_every_phrase_is_spoken_softly_enough() -> None:
    from posture_trainer.words.phrases import LONG, PHRASES

    folder = REPO / "sounds" / "spoken"
    assert {path.stem for path in folder.glob("*.wav")} == set(PHRASES)
    loudness_db = []
    for key in PHRASES:
        with wave.open(str(folder / f"{key}.wav"), "rb") as file:
            assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 22050)
            samples = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
        assert 0.3 < len(samples) / 22050 < (20 if key in LONG else 10), key
        level = np.abs(samples.astype(float)) / 32768
        assert 10 ** (-16 / 20) < level.max() < 10 ** (-12 / 20), key
        loudness_db.append(10 * np.log10(np.mean(level[level > 0.005] ** 2)))
    assert max(loudness_db) - min(loudness_db) < 5, "none is lost after a louder one"


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
    assert {path.name: path.read_bytes() for path in (REPO / "sounds").glob("*.wav")} == made


@pytest.mark.parametrize("name", NAMES)
def test_short_quiet_and_soft_at_both_ends(name: str) -> None:
    samples = samples_of(name)
    peak = np.abs(samples).max()
    assert len(samples) < 0.5 * 44100
    assert 10 ** (-20 / 20) < peak < 10 ** (-12 / 20)
    assert not samples[0].any()
    assert np.abs(samples[:44]).max() < 0.1 * peak  # the first millisecond
    assert np.abs(samples[:110]).max() < 0.5 * peak  # the first 2.5 ms
    assert np.abs(samples[-44:]).max() < 0.02 * peak


@pytest.mark.parametrize("name", SIDES)
def test_sounds_on_the_side_to_move_to_and_in_both_ears(name: str) -> None:
    left, right = rms(samples_of(name))
    louder_db = 20 * np.log10(left / right if name.endswith("left") else right / left)
    assert 10 < louder_db < 14


@pytest.mark.parametrize("name", [name for name in NAMES if name not in SIDES])
def test_the_others_are_in_the_middle(name: str) -> None:
    samples = samples_of(name)
    assert np.array_equal(samples[:, 0], samples[:, 1])


def test_rotation_tilt_and_chin_differ_in_rhythm_and_pitch() -> None:
    turn, tilt, chin = (samples_of(name) for name in ("turn_left", "tilt_left", "chin_up"))
    assert (strokes(turn), strokes(tilt), strokes(chin)) == (2, 1, 3)
    pitches = sorted(pitch_hz(samples) for samples in (turn, tilt, chin))
    assert pitches[0] > 300
    assert pitches[2] < 2000
    assert all(high / low > 1.12 for low, high in pairwise(pitches))  # a whole tone or more


def test_chin_up_rises_and_chin_down_falls() -> None:
    up, down = samples_of("chin_up"), samples_of("chin_down")
    first = slice(0, 4410)
    assert pitch_hz(up[first]) < 0.8 * pitch_hz(up[8820:])
    assert pitch_hz(down[first]) > 1.2 * pitch_hz(down[8820:])
