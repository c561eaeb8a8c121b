"""Hears every phrase of one language, since nobody can listen to each: a recogniser writes down what it hears, and the
loudness, the peaks, the ends and the pace are measured. Run by make_speech.py --check with the voice's own Python."""

import importlib.resources
import json
import re
import shutil
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from scripts.speech.engines import joined
from scripts.speech.loudness import Samples, loudness_lufs, true_peak_dbtp
from scripts.speech.master import QUIET_DB, RATE, read_sound
from scripts.speech.voices import RECOGNISER_PARTS, RECOGNISER_SHA256, SIGNS_A_WORD, words_in

LUFS, LUFS_OFF, PEAK_DBTP, SILENCE_MS, WORDS_S, ERROR_SHARE = -18.0, 1.0, -1.5, 80.0, 2.6, 0.10
_HEARD_RATE = 16_000
_EXCUSED = Path(__file__).parent / "excused.json"


@dataclass(frozen=True)
class Row:
    """What was found of one phrase. silence_ms: the longer of both ends."""

    key: str
    words_s: float
    lufs: float
    peak_dbtp: float
    silence_ms: float
    error_share: float
    heard: str
    excused: str = ""

    @property
    def faults(self) -> str:
        """What is not as it should be, '' when all is."""
        found = {
            "loudness": abs(self.lufs - LUFS) > LUFS_OFF,
            "peak": self.peak_dbtp > PEAK_DBTP,
            "silence": self.silence_ms > SILENCE_MS,
            "pace": self.words_s > WORDS_S,
            "words": self.error_share > ERROR_SHARE and not self.excused,
        }
        return " ".join(name for name, wrong in found.items() if wrong)


def recogniser(parts: Path) -> Any:
    """Whisper's base model, put together from two packages."""
    from faster_whisper import WhisperModel

    folder = parts / "recogniser"
    folder.mkdir(parents=True, exist_ok=True)
    joined(RECOGNISER_PARTS, "model.bin", RECOGNISER_SHA256, folder)
    for path in (Path(str(importlib.resources.files(RECOGNISER_PARTS[1]))) / "data").glob("*.json"):
        shutil.copy(path, folder / path.name)
    return WhisperModel(str(folder), compute_type="int8", cpu_threads=2, local_files_only=True)


def heard_by(model: Any, samples: Samples, language: str) -> str:
    """What the recogniser writes down; it is told the language, and nothing of the phrase."""
    fed = np.pad(samples, _HEARD_RATE // 2).astype(np.float32)
    found, _ = model.transcribe(fed, language=language[:2], beam_size=5, without_timestamps=True)
    return " ".join(segment.text.strip() for segment in found)


def plain(words: str, language: str) -> list[str]:
    """Words without marks and capitals; of Japanese and Chinese the single signs."""
    text = unicodedata.normalize("NFKC", words).casefold().replace("’", "'").replace("-", " ")
    text = "".join(sign for sign in text if sign.isalnum() or sign in " '" or unicodedata.category(sign) == "Mn")
    return list(text.replace(" ", "")) if language in SIGNS_A_WORD else text.split()


def error_share(wanted: list[str], heard: list[str]) -> float:
    """Words to be changed, added and taken out, as a share of those that are wanted."""
    row = list(range(len(heard) + 1))
    for at, word in enumerate(wanted, 1):
        before, row = row, [at, *row[1:]]
        for to, other in enumerate(heard, 1):
            row[to] = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (word != other))
    return row[-1] / max(1, len(wanted))


def measured(key: str, words: str, path: Path, language: str, heard: str, excuses: dict[str, Any]) -> Row:
    """One phrase's row of the table."""
    samples = read_sound(path, RATE)
    loud = np.flatnonzero(np.abs(samples) > np.abs(samples).max() * 10 ** (QUIET_DB / 20))
    silence_ms = 1000 / RATE * max(loud[0], len(samples) - 1 - loud[-1])
    alike: list[tuple[str, str]] = excuses.get("alike", {}).get(language, [])
    wanted, found = words, heard
    for written, said in alike:
        wanted, found = re.sub(written, said, wanted, flags=re.I), re.sub(written, said, found, flags=re.I)
    return Row(
        key,
        words_in(language, words) * RATE / len(samples),
        loudness_lufs(samples, RATE),
        true_peak_dbtp(samples),
        float(silence_ms),
        error_share(plain(wanted, language), plain(found, language)),
        heard,
        excuses.get("phrases", {}).get(language, {}).get(key, ""),
    )


def main() -> None:
    """Print the table; exit code 1 when something is not as it should be."""
    job = json.load(sys.stdin)
    excuses = json.loads(_EXCUSED.read_text(encoding="utf-8"))
    language, folder = job["language"], Path(job["out"])
    model = recogniser(Path(job["parts"]))
    print(f"{language:<26}{'words/s':>8}{'LUFS':>7}{'dBTP':>7}{'ends ms':>8}{'WER':>6}  heard", flush=True)
    rows = []
    for key, words in job["phrases"].items():
        path = folder / f"{key}.ogg"
        heard = heard_by(model, read_sound(path, _HEARD_RATE), language)
        row = measured(key, words, path, language, heard, excuses)
        rows.append(row)
        told = f"{row.heard}  [{row.excused}]" if row.excused else row.heard if row.error_share else ""
        figures = (
            f"{row.words_s:>8.2f}{row.lufs:>7.1f}{row.peak_dbtp:>7.1f}{row.silence_ms:>8.0f}{row.error_share:>6.0%}"
        )
        print(f"{key:<26}{figures}  {row.faults.upper()} {told}".rstrip(), flush=True)
    size_kb = sum((folder / f"{row.key}.ogg").stat().st_size for row in rows) / 1000
    wrong = [row.key for row in rows if row.faults]
    mean = sum(row.error_share for row in rows) / len(rows)
    print(f"{language}: {len(rows)} phrases, {size_kb:.0f} kB, mean WER {mean:.1%}, {len(wrong)} not as they should be")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
