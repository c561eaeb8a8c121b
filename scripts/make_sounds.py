"""Makes the sounds of the cues: python scripts/make_sounds.py [--out FOLDER]

Short struck tones that die away: they annoy less and are heard better than steady ones. Every axis has its
own voice, so that they can be told apart by pitch, by timbre and by rhythm: rotation is wooden and knocks
twice, tilt is a single low bar, the chin goes up or down in three bright steps. Turn and tilt sound on the
side to move to. All partials lie below 2.1 kHz, where older ears still hear.

Only the standard library, no chance and no clock: the same bytes on every run.
"""

import argparse
import array
import math
import sys
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

RATE = 44_100
PEAK_DBFS = -14.0  # of the louder channel; the limit is -12
SIDE_DB = 12.0  # how much softer the ear on the other side hears it
ATTACK_S = 0.008  # soft start of each stroke
RELEASE_S = 0.040  # the end of each file, faded to zero

Partials = tuple[tuple[float, float, float], ...]  # (multiple of the pitch, loudness, seconds to die to 1/e)

WOOD: Partials = ((1.0, 1.0, 0.035), (1.51, 0.6, 0.022), (2.27, 0.3, 0.014))
BAR: Partials = ((1.0, 1.0, 0.110), (3.93, 0.22, 0.035))
BELL: Partials = ((1.0, 1.0, 0.070), (2.0, 0.35, 0.040))
SOFT: Partials = ((1.0, 1.0, 0.130), (2.0, 0.12, 0.060))


@dataclass(frozen=True)
class Stroke:
    """One blow: when (s), at what pitch (Hz), how loud beside the others."""

    at_s: float
    pitch_hz: float
    loudness: float = 1.0


@dataclass(frozen=True)
class Sound:
    """A sound to be written. side: -1 left, 0 centre, +1 right."""

    length_s: float
    voice: Partials
    strokes: tuple[Stroke, ...]
    side: int = 0


KNOCKS = (Stroke(0.0, 880.0), Stroke(0.14, 880.0))
LOW_BAR = (Stroke(0.0, 392.0),)
RISING = (Stroke(0.0, 523.25), Stroke(0.10, 659.26), Stroke(0.20, 783.99))
FALLING = (Stroke(0.0, 783.99), Stroke(0.10, 659.26), Stroke(0.20, 523.25))
CHORD = (Stroke(0.0, 523.25, 0.8), Stroke(0.09, 659.26, 0.8), Stroke(0.18, 783.99, 0.9), Stroke(0.27, 1046.5))

SOUNDS: dict[str, Sound] = {
    "turn_left": Sound(0.32, WOOD, KNOCKS, side=-1),
    "turn_right": Sound(0.32, WOOD, KNOCKS, side=1),
    "tilt_left": Sound(0.40, BAR, LOW_BAR, side=-1),
    "tilt_right": Sound(0.40, BAR, LOW_BAR, side=1),
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
SOFTER_DB = {"regained": 4.0, "nearer": 4.0}  # a confirmation must not be louder than the cue it follows


def render(sound: Sound) -> list[float]:
    """One channel of the sound, its loudest sample 1."""
    samples = [0.0] * round(sound.length_s * RATE)
    for stroke in sound.strokes:
        first = round(stroke.at_s * RATE)
        for n in range(first, len(samples)):
            t = (n - first) / RATE
            attack = 0.5 - 0.5 * math.cos(math.pi * min(1.0, t / ATTACK_S))
            tone = sum(
                loudness * math.exp(-t / decay_s) * math.sin(2 * math.pi * multiple * stroke.pitch_hz * t)
                for multiple, loudness, decay_s in sound.voice
            )
            samples[n] += stroke.loudness * attack * tone
    last = len(samples) - 1
    faded = [value * min(1.0, (last - n) / (RELEASE_S * RATE)) for n, value in enumerate(samples)]
    loudest = max(abs(value) for value in faded)
    return [value / loudest for value in faded]


def write_sound(path: Path, sound: Sound, peak_dbfs: float) -> tuple[float, float]:
    """Writes a stereo, 16 bit WAV file. Gives back the root mean square of left and right, in dBFS."""
    wanted = 10 ** (peak_dbfs / 20) * 32767
    away = 10 ** (-SIDE_DB / 20)
    left = wanted * (away if sound.side > 0 else 1.0)
    right = wanted * (away if sound.side < 0 else 1.0)
    mono = render(sound)
    frames = array.array("h", (round(gain * value) for value in mono for gain in (left, right)))
    levels = level_dbfs(frames[0::2]), level_dbfs(frames[1::2])
    if sys.byteorder == "big":
        frames.byteswap()
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(frames.tobytes())
    return levels


def level_dbfs(samples: Sequence[int]) -> float:
    """Root mean square of 16 bit samples, in dB below full scale."""
    return 20 * math.log10(math.sqrt(sum(value * value for value in samples) / len(samples)) / 32768)


def write_all(folder: Path) -> None:
    """Writes every sound into the folder and prints a table of them."""
    folder.mkdir(parents=True, exist_ok=True)
    print(f"{'name':<12}{'length s':>9}{'peak dBFS':>11}{'left RMS':>10}{'right RMS':>11}")
    for name, sound in SOUNDS.items():
        peak_dbfs = PEAK_DBFS - SOFTER_DB.get(name, 0.0)
        left, right = write_sound(folder / f"{name}.wav", sound, peak_dbfs)
        print(f"{name:<12}{sound.length_s:>9.2f}{peak_dbfs:>11.1f}{left:>10.1f}{right:>11.1f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Make the sounds of the cues.")
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent.parent / "sounds")
    write_all(parser.parse_args().out)
