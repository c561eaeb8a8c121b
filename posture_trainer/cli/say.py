"""How the commands speak: what went well on stdout, all else on stderr."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:  # imported where they are used: --help and a wrong call must not wait for OpenCV
    from posture_trainer.figures.session_summary import Summary


def say(words: str) -> None:
    """A line on stderr: what a person should know."""
    typer.echo(f"posture-trainer: {words}", err=True)


def print_summary(summary: "Summary", folder: Path, with_share: bool = False) -> None:
    """The figures of a session, and where it is recorded. with_share: for a therapist."""
    from posture_trainer.session.practice import summary_words

    for line in summary_words(summary, folder, with_share):
        typer.echo(line)


def count(number: int, what: str) -> str:
    """So many of these: "1 file", "2 files"."""
    return f"{number} {what}" + ("" if number == 1 else "s")


def some(words: tuple[str, ...], most: int = 5) -> str:
    """The first few of a list, harmless on a terminal."""
    shown = [ascii(each)[1:-1][:120] for each in words[:most]]
    return ", ".join(shown) + (f" and {len(words) - most} more" if len(words) > most else "")
