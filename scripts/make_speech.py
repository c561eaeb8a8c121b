"""Makes the spoken prompts in sounds/spoken/ with espeak-ng: python scripts/make_speech.py [--out FOLDER]

One WAV file for each phrase of posture_trainer/words/phrases.py, by its key: mono, 22.05 kHz, 16 bit, with the
silence at both ends cut short and the loudest sample at the same level in each. Needs espeak-ng (Debian package of
that name); the voice and its licence are in sounds/README.md.
"""

import argparse
import array
import subprocess
import sys
import tempfile
import wave
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from posture_trainer.words.phrases import PHRASES  # noqa: E402

VOICE, WORDS_PER_MIN, PITCH = "en-us", 140, 45
RATE = 22_050
PEAK_DBFS = -13.0  # the limit is -12
QUIET = 200  # of 32767: softer than this is silence
MARGIN_S = 0.05


def speak(words: str, path: Path) -> float:
    """Write the words as speech; gives the length in seconds."""
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw.wav"
        call = ["espeak-ng", "-v", VOICE, "-s", str(WORDS_PER_MIN), "-p", str(PITCH), "-w", str(raw), words]
        subprocess.run(call, check=True)
        with wave.open(str(raw), "rb") as file:
            assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
            samples = array.array("h", file.readframes(file.getnframes()))
    if sys.byteorder == "big":
        samples.byteswap()
    loud = [index for index, value in enumerate(samples) if abs(value) > QUIET]
    margin = round(MARGIN_S * RATE)
    heard = samples[max(0, loud[0] - margin) : loud[-1] + margin]
    gain = 10 ** (PEAK_DBFS / 20) * 32767 / max(abs(value) for value in heard)
    levelled = array.array("h", (round(gain * value) for value in heard))
    if sys.byteorder == "big":
        levelled.byteswap()
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(levelled.tobytes())
    return len(heard) / RATE


def main() -> None:
    """Speak every phrase."""
    parser = argparse.ArgumentParser(description="Make the spoken prompts.")
    parser.add_argument("--out", type=Path, default=ROOT / "sounds" / "spoken")
    folder: Path = parser.parse_args().out
    folder.mkdir(parents=True, exist_ok=True)
    for key, words in PHRASES.items():
        print(f"{speak(words, folder / f'{key}.wav'):5.2f} s  {key}")


if __name__ == "__main__":
    main()
