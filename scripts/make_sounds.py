"""Makes the sounds of the cues: python scripts/make_sounds.py [--out FOLDER]

Struck tones that die away: they annoy less and are heard better than steady ones. Every axis has its own shape, so
that they can be told apart by rhythm, by timbre and by pitch: a turn is two knocks on wood, a tilt one bar whose tone
glides, the chin goes up or down in three bright steps. Low to high is to the right, high to low to the left, which one
ear, one loudspeaker and two metres leave as it is; they are also a little louder on the side to move to. All partials
lie below 2.1 kHz, where older ears still hear. Each is as loud as the voice (scripts/speech/loudness.py).

No chance and no clock: the same sounds on every run.
"""

import argparse
import array
import math
import sys
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.speech.loudness import Samples, loudness_lufs  # noqa: E402

RATE = 44_100
LUFS = -18.0  # like the voice, the power of both ears averaged
SIDE_DB = 6.0  # how much softer the ear on the other side hears it
ATTACK_S = 0.015  # soft start of each stroke
RELEASE_S = 0.060  # the end of each file, faded to zero

Partials = tuple[tuple[float, float, float], ...]  # (multiple of the pitch, loudness, seconds to die to 1/e)

WOOD: Partials = ((1.0, 1.0, 0.095), (1.51, 0.35, 0.035), (2.27, 0.15, 0.020))
BAR: Partials = ((1.0, 1.0, 0.200), (2.99, 0.12, 0.060))
BELL: Partials = ((1.0, 1.0, 0.090), (2.0, 0.35, 0.050))
SOFT: Partials = ((1.0, 1.0, 0.130), (2.0, 0.12, 0.060))


@dataclass(frozen=True)
class Stroke:
    """One blow: when (s), at what pitch (Hz), how loud beside the others. to_hz: where the pitch glides to, at first
    not at all and then for GLIDE_S."""

    at_s: float
    pitch_hz: float
    loudness: float = 1.0
    to_hz: float | None = None


@dataclass(frozen=True)
class Sound:
    """A sound to be written. side: -1 left, 0 centre, +1 right."""

    length_s: float
    voice: Partials
    strokes: tuple[Stroke, ...]
    side: int = 0


KNOCKS_UP = (Stroke(0.0, 587.33), Stroke(0.18, 880.0))
KNOCKS_DOWN = (Stroke(0.0, 880.0), Stroke(0.18, 587.33))
GLIDE_UP = (Stroke(0.0, 329.63, to_hz=493.88),)
GLIDE_DOWN = (Stroke(0.0, 493.88, to_hz=329.63),)
GLIDE_FROM_S, GLIDE_S = 0.10, 0.20
RISING = (Stroke(0.0, 523.25), Stroke(0.10, 659.26), Stroke(0.20, 783.99))
FALLING = (Stroke(0.0, 783.99), Stroke(0.10, 659.26), Stroke(0.20, 523.25))
CHORD = (Stroke(0.0, 523.25, 0.8), Stroke(0.09, 659.26, 0.8), Stroke(0.18, 783.99, 0.9), Stroke(0.27, 1046.5))

SOUNDS: dict[str, Sound] = {
    "turn_left": Sound(0.42, WOOD, KNOCKS_DOWN, side=-1),
    "turn_right": Sound(0.42, WOOD, KNOCKS_UP, side=1),
    "tilt_left": Sound(0.46, BAR, GLIDE_DOWN, side=-1),
    "tilt_right": Sound(0.46, BAR, GLIDE_UP, side=1),
    "chin_up": Sound(0.42, BELL, RISING),
    "chin_down": Sound(0.42, BELL, FALLING),
    # A fifth, struck together and a little softer than a cue.
    "regained": Sound(0.48, SOFT, (Stroke(0.0, 523.25, 0.9), Stroke(0.0, 783.99, 0.6))),
    # On the way back, again and again: one soft touch.
    "nearer": Sound(0.22, SOFT, (Stroke(0.0, 587.33),)),
    "face_lost": Sound(0.45, BAR, (Stroke(0.0, 330.0), Stroke(0.18, 311.13))),
    "finished": Sound(0.48, SOFT, CHORD),
    # For exercises: heard with closed eyes, and unlike any cue.
    "turning_point": Sound(0.45, BAR, (Stroke(0.0, 587.33), Stroke(0.16, 587.33))),
    "turn_back": Sound(0.48, BAR, (Stroke(0.0, 783.99), Stroke(0.13, 587.33), Stroke(0.26, 440.0))),
    "eyes_open": Sound(0.48, SOFT, (Stroke(0.0, 523.25), Stroke(0.16, 783.99))),
    "rest_over": Sound(0.40, SOFT, (Stroke(0.0, 659.26),)),
    "trial_done": Sound(0.48, SOFT, (Stroke(0.0, 659.26, 0.8), Stroke(0.14, 880.0))),
}
SOFTER_DB = {"regained": 1.0, "nearer": 4.0}  # a confirmation must not be louder than the cue it follows


def render(sound: Sound) -> Samples:
    """One channel of the sound, its loudest sample 1."""
    samples = np.zeros(round(sound.length_s * RATE))
    for stroke in sound.strokes:
        t = np.arange(len(samples) - round(stroke.at_s * RATE)) / RATE
        attack = 0.5 - 0.5 * np.cos(np.pi * np.minimum(1.0, t / ATTACK_S))
        turns = _turns(stroke, t)
        tone = sum(
            loudness * np.exp(-t / decay_s) * np.sin(2 * np.pi * multiple * turns)
            for multiple, loudness, decay_s in sound.voice
        )
        samples[len(samples) - len(t) :] += stroke.loudness * attack * tone
    left = np.arange(len(samples))[::-1] / (RELEASE_S * RATE)
    faded = samples * np.minimum(1.0, left)
    return np.asarray(faded / np.abs(faded).max(), dtype=np.float64)


def _turns(stroke: Stroke, t: Samples) -> Samples:
    """How often the tone has swung by each moment: the sum of its pitch."""
    if stroke.to_hz is None:
        return stroke.pitch_hz * t
    share = np.clip((t - GLIDE_FROM_S) / GLIDE_S, 0.0, 1.0)
    return np.cumsum(stroke.pitch_hz * (stroke.to_hz / stroke.pitch_hz) ** share) / RATE


def write_sound(path: Path, sound: Sound, lufs: float) -> tuple[float, float, float]:
    """Writes a stereo, 16 bit WAV file. Gives back its peak in dBFS, and the loudness of left and right in LUFS."""
    mono, away = render(sound), 10 ** (-SIDE_DB / 20)
    sides = np.array([away if sound.side > 0 else 1.0, away if sound.side < 0 else 1.0])
    gain_db = lufs - loudness_lufs(mono, RATE) - 10 * math.log10(np.mean(sides**2))
    both = np.outer(mono * 10 ** (gain_db / 20), sides)
    frames = array.array("h", np.rint(both * 32767).astype(int).ravel().tolist())
    if sys.byteorder == "big":
        frames.byteswap()
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(frames.tobytes())
    left, right = (loudness_lufs(both[:, ear], RATE) for ear in (0, 1))
    return 20 * math.log10(np.abs(both).max()), left, right


def write_all(folder: Path) -> None:
    """Writes every sound into the folder and prints a table of them."""
    folder.mkdir(parents=True, exist_ok=True)
    print(f"{'name':<14}{'length s':>9}{'peak dBFS':>11}{'left LUFS':>11}{'right LUFS':>11}")
    for name, sound in SOUNDS.items():
        peak_dbfs, left, right = write_sound(folder / f"{name}.wav", sound, LUFS - SOFTER_DB.get(name, 0.0))
        print(f"{name:<14}{sound.length_s:>9.2f}{peak_dbfs:>11.1f}{left:>11.1f}{right:>11.1f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Make the sounds of the cues.")
    parser.add_argument("--out", type=Path, default=ROOT / "sounds")
    write_all(parser.parse_args().out)
