"""What is said on a terminal: made harmless in one place, and in letters that it can show.

Others' files and names pass through here (plans, archives, patients' codes, paths), and a terminal obeys control
characters: it would set its title, clear itself, or turn the direction of writing around.
"""

import codecs
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TextIO, cast

from posture_trainer.words.harmless import on_terminal

_IN_OTHER_WORDS = "posture_trainer.plain"
_PLAIN = {"°": " deg", "−": "-", "–": "-", "—": "-", "→": "->", "…": "...", "’": "'", "“": '"', "”": '"', "�": "?"}


@contextmanager
def plain_terminal() -> Iterator[None]:
    """While inside, all that is written to stdout and stderr is harmless, and no sign is a reason to fail.

    What the terminal's encoding lacks is written in other words: 12 deg for 12°, \\u5b89 for a letter.
    """
    kept = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = harmless_stream(sys.stdout), harmless_stream(sys.stderr)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = kept


class HarmlessStream:
    """A stream whose text is cleaned before it is written. stream: the one below, for what is clean already.

    It has no `buffer`: whoever found one would write past it.
    """

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        """As of any stream; text only."""
        if not isinstance(text, str):
            raise TypeError("text only")
        self.stream.write(on_terminal(text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Each of them."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        if name == "buffer":
            raise AttributeError(name)
        return getattr(self.stream, name)


def harmless_stream(stream: TextIO | None) -> TextIO:
    """The stream, cleaned; itself if it is so already or is none."""
    if stream is None or isinstance(stream, HarmlessStream):  # a program without a terminal has none
        return cast(TextIO, stream)
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors=_IN_OTHER_WORDS)
    return cast(TextIO, HarmlessStream(stream))


def _in_other_words(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    found = error.object[error.start : error.end]
    return "".join(_PLAIN.get(sign) or sign.encode("ascii", "backslashreplace").decode() for sign in found), error.end


codecs.register_error(_IN_OTHER_WORDS, _in_other_words)
