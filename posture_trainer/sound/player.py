"""Plays the tones and the spoken phrases. A computer without a sound device stays silent and says so once."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from posture_trainer import shipped_files, spoken_way
from posture_trainer.feedback import Cue
from posture_trainer.words.phrases import SOUNDS

if TYPE_CHECKING:
    import pygame

REGAINED = spoken_way.REGAINED
NEARER, FACE_LOST, FINISHED, REST_OVER = "nearer", "face_lost", "finished", "rest_over"
FULL_DB = 2.0  # the files are at -18 LUFS, so full volume is at -16; no peak of theirs is higher than -3.5
_LOOK_AGAIN_S = 0.02
NAMES = tuple(dict.fromkeys((*(cue.value for cue in Cue), REGAINED, NEARER, FACE_LOST, FINISHED, *SOUNDS)))


class Sounds(Protocol):
    """Something that can be heard, or not."""

    @property
    def trouble(self) -> str:
        """Why nothing can be heard, for the screen; '' when all is well."""
        ...

    def play(self, name: str, volume: float) -> None:
        """Begin to play a tone (see NAMES) at a volume from 0 to 1, and return at once."""
        ...

    def speak(self, phrase: str, volume: float) -> None:
        """Begin to speak a phrase (a key of words/phrases.py) at a volume from 0 to 1, and return at once."""
        ...

    def close(self) -> None:
        """Give the sound device back."""
        ...


class Silence:
    """No sound: with `--mute`, or where there is no device."""

    def __init__(self, trouble: str = "") -> None:
        self.trouble = trouble

    def play(self, name: str, volume: float) -> None:
        """Nothing is heard."""

    def speak(self, phrase: str, volume: float) -> None:
        """Nothing is heard."""

    def close(self) -> None:
        """Nothing to close."""


class PygameSounds:
    """The tones and phrases in `sounds/`, one of each at a time, through pygame's mixer."""

    trouble = ""

    def __init__(self, names: Iterable[str] = NAMES) -> None:
        import pygame

        self._mixer = pygame.mixer
        self._mixer.pre_init(44100, -16, 2, 512)
        self._mixer.init()
        self._sounds = {name: self._load(shipped_files.sound(name)) for name in names}
        self._phrases: dict[str, pygame.mixer.Sound] = {}

    def play(self, name: str, volume: float) -> None:
        """Play a tone; one that still sounds gives way."""
        channel = self._mixer.Channel(0)
        channel.set_volume(volume)
        channel.play(self._sounds[name])

    def speak(self, phrase: str, volume: float) -> None:
        """Speak a phrase beside the tones; one that is still spoken gives way."""
        if phrase not in self._phrases:
            self._phrases[phrase] = self._load(shipped_files.spoken(phrase))
        channel = self._mixer.Channel(1)
        channel.set_volume(volume)
        channel.play(self._phrases[phrase])

    def _load(self, path: Path) -> "pygame.mixer.Sound":
        """A file at full volume."""
        import pygame

        sound = self._mixer.Sound(os.fspath(path))
        samples = pygame.sndarray.samples(sound)
        samples[:] = np.clip(np.rint(samples * 10 ** (FULL_DB / 20)), -32768, 32767)
        return sound

    def close(self) -> None:
        """Let the last tone end, then close the mixer."""
        import pygame

        for _ in range(round(spoken_way.LONGEST_TONE_S / _LOOK_AGAIN_S)):
            if not self._mixer.Channel(0).get_busy():
                break
            pygame.time.wait(round(1000 * _LOOK_AGAIN_S))
        self._mixer.quit()
