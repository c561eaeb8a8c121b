"""What is spoken, as it is shipped and as it is played: every phrase in every language that has a voice."""

import os
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from made.common import ROOT
from numpy.typing import NDArray

from posture_trainer import shipped_files, spoken_way
from posture_trainer.sound.player import FULL_DB, NAMES, PygameSounds
from posture_trainer.words.phrases import PHRASES, longest_s
from scripts.speech.loudness import loudness_lufs, true_peak_dbtp
from scripts.speech.voices import VOICES, words_in

SPOKEN = ROOT / "sounds" / "spoken"
SHIPPED = sorted(path.name for path in SPOKEN.iterdir() if path.is_dir())
LONGEST_KB, ALL_KB = 1500, 12_000
LUFS, LUFS_OFF, PEAK_DBTP, ENDS_S, WORDS_S = -18.0, 1.0, -1.5, 0.08, 2.6
SILENT = 10 ** (-45 / 20)


def decoded(path: Path) -> tuple[NDArray[np.float64], int]:
    """The one channel of a file, and its rate."""
    with av.open(str(path)) as file:
        (stream,) = file.streams.audio
        assert (stream.codec_context.name, stream.channels) == ("vorbis", 1)
        parts = [frame.to_ndarray()[0] for frame in file.decode(stream)]
        return np.concatenate(parts).astype(np.float64), int(stream.rate)


@pytest.mark.parametrize("language", SHIPPED)
def test_every_phrase_is_there_and_fit_to_be_heard(language: str) -> None:
    assert language in VOICES
    files = sorted((SPOKEN / language).iterdir())
    assert {path.name for path in files} == {f"{key}.ogg" for key in PHRASES}
    assert sum(path.stat().st_size for path in files) <= 1000 * LONGEST_KB
    for path in files:
        samples, rate = decoded(path)
        key, length_s = path.stem, len(samples) / rate
        assert loudness_lufs(samples, rate) == pytest.approx(LUFS, abs=LUFS_OFF), path
        assert true_peak_dbtp(samples) <= PEAK_DBTP, path
        loud = np.flatnonzero(np.abs(samples) > SILENT * np.abs(samples).max())
        assert max(loud[0], len(samples) - 1 - loud[-1]) / rate <= ENDS_S, path
        assert words_in(language, PHRASES[key]) / length_s <= WORDS_S, path
        assert length_s <= longest_s(key), path
        assert key not in spoken_way.PHRASES or length_s <= spoken_way.LONGEST_SENTENCE_S, path


def test_all_that_is_spoken_stays_small() -> None:
    assert sum(path.stat().st_size for path in SPOKEN.rglob("*.ogg")) <= 1000 * ALL_KB
    assert [path for path in SPOKEN.rglob("*") if path.is_file() and path.suffix != ".ogg"] == []


@pytest.fixture
def sounds(monkeypatch: pytest.MonkeyPatch) -> Iterator[PygameSounds]:
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    opened = PygameSounds()
    yield opened
    opened.close()


def test_full_volume_is_two_decibels_above_the_file_and_clips_nothing(sounds: PygameSounds) -> None:
    import pygame

    heard = {name: sounds._sounds[name] for name in NAMES if name != "nearer"}  # softer, as it comes again and again
    heard |= {key: sounds._load(shipped_files.spoken(key)) for key in ("hold", "way_turn_left", "care_c")}
    for name, sound in heard.items():
        both = pygame.sndarray.array(sound).astype(np.float64) / 32768
        power = np.mean([10 ** (loudness_lufs(ear, 44100) / 10) for ear in both.T])
        assert 10 * np.log10(power) == pytest.approx(LUFS + FULL_DB, abs=1.1), name
        assert np.abs(both).max() < 10 ** (-0.5 / 20), name


def test_what_cannot_be_spoken_is_no_end_of_the_session(sounds: PygameSounds, tmp_path: Path) -> None:
    sounds.speak("hold", 1.0)
    assert os.environ["SDL_AUDIODRIVER"] == "dummy"
    with pytest.raises((OSError, RuntimeError)):
        sounds._load(tmp_path / "none.ogg")
