"""Makes what is spoken: python scripts/make_speech.py [LANGUAGE ...] [--only KEY ...] [--check] [--out FOLDER]

One Ogg Vorbis file for each phrase of posture_trainer/words/phrases.py in each language, by its key, in
sounds/spoken/LANGUAGE: spoken by the voice of scripts/speech/voices.py, brought to one loudness (scripts/speech/
master.py). `--check` makes nothing: it measures what is there and lets a recogniser write down what it hears; the table
says what is not as it should be. `--missing` speaks only phrases that have no file yet.

The voices live in an environment of their own, made in VOICE_VENV (default .voice_venv beside this folder) from
scripts/speech/requirements.txt, each package by its hash. Needs espeak-ng, ffmpeg and npm; several minutes a language.
"""

import argparse
import json
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from posture_trainer import shipped_files  # noqa: E402
from posture_trainer.words.language.catalog import read_catalog, spoken_in  # noqa: E402
from posture_trainer.words.language.languages import SOURCE  # noqa: E402
from posture_trainer.words.phrases import PHRASES  # noqa: E402
from scripts.speech.voices import VOICES  # noqa: E402

HOME = Path(os.environ.get("VOICE_VENV", ROOT / ".voice_venv"))
REQUIREMENTS = ROOT / "scripts" / "speech" / "requirements.txt"


def voice_python() -> Path:
    """The Python of the voices' own environment, made the first time."""
    python = HOME / "bin" / "python"
    if not python.exists():
        venv.create(HOME, with_pip=True)
        call = [str(python), "-m", "pip", "install", "-q", "--no-deps", "--require-hashes", "-r", str(REQUIREMENTS)]
        subprocess.run(call, check=True)
    return python


def phrases_of(language: str) -> dict[str, str]:
    """Every phrase of that language by its key."""
    if language == SOURCE:
        return PHRASES
    return spoken_in(read_catalog(shipped_files.catalog(language).read_text(encoding="utf-8")))


def main() -> int:
    """Speak, or check, every phrase of the languages asked for; gives 1 when a phrase is not as it should be."""
    parser = argparse.ArgumentParser(description="Make the spoken phrases.")
    parser.add_argument("languages", nargs="*", default=list(VOICES))
    parser.add_argument("--only", nargs="+", default=[], metavar="KEY")
    parser.add_argument("--missing", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--out", type=Path, default=ROOT / "sounds" / "spoken")
    asked = parser.parse_args()
    python, worst = voice_python(), 0
    (HOME / "parts").mkdir(exist_ok=True)
    for language in asked.languages:
        folder = asked.out / language
        phrases = {
            key: words
            for key, words in phrases_of(language).items()
            if (not asked.only or key in asked.only) and not (asked.missing and (folder / f"{key}.ogg").exists())
        }
        job = {"language": language, "phrases": phrases, "out": str(folder), "parts": str(HOME / "parts")}
        worker = "scripts.speech.check" if asked.check else "scripts.speech.speak"
        done = subprocess.run(
            [str(python), "-m", worker],
            input=json.dumps(job),
            text=True,
            cwd=ROOT,
            check=False,
        )
        worst = max(worst, done.returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main())
