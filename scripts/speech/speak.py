"""Speaks the phrases of one language: run by make_speech.py with the voice's own Python, a JSON of the job on stdin."""

import json
import sys
from pathlib import Path

from scripts.speech.engines import say
from scripts.speech.loudness import Samples
from scripts.speech.master import RATE, at_rate, stretched, write_mastered
from scripts.speech.voices import VOICES, words_in

FASTEST_WORDS_S = 2.45  # the limit is 2.6
_SLOWEST = 0.65


def slow_enough(language: str, words: str, parts: Path) -> Samples:
    """The phrase at a pace that can be followed. A voice that is asked to be slow itself drawls its first sounds, so
    that a recogniser hears a word before the first; what is too fast is stretched, its pitch kept."""
    voice = VOICES[language]
    spoken = at_rate(*say(voice, words, voice.speed, parts))
    pace = words_in(language, words) * RATE / len(spoken)
    return (
        spoken if pace <= FASTEST_WORDS_S else at_rate(stretched(spoken, max(_SLOWEST, FASTEST_WORDS_S / pace)), RATE)
    )


def main() -> None:
    """Speak every phrase of the job."""
    job = json.load(sys.stdin)
    out, parts = Path(job["out"]), Path(job["parts"])
    for key, words in job["phrases"].items():
        spoken = slow_enough(job["language"], words, parts)
        write_mastered(out / f"{key}.ogg", spoken)
        print(f"{len(spoken) / RATE:6.2f} s  {key}", flush=True)


if __name__ == "__main__":
    main()
