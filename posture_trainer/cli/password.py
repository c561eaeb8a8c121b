"""Where the password of an archive comes from: typed, or the first line of a file. Never from the call itself, which
other users of the computer can see."""

import getpass
import sys
from pathlib import Path
from typing import Annotated

import typer

from posture_trainer.errors import UserError, WrongCall

PasswordFile = Annotated[
    Path | None,
    typer.Option("--password-file", help="A file whose first line is the password.", show_default=False),
]


def new_password(file: Path | None) -> str:
    """To encrypt with; where nothing is typed one is made and said. Raises WrongCall, UserError."""
    from posture_trainer.exchange.archive.sealed import checked_password, made_password

    if file is not None:
        return checked_password(_first_line(file))
    first = _typed("A password of 12 signs or more (Enter: one is made for you): ")
    if not first:
        made = made_password()
        typer.echo(f"The password is: {made}\nWrite it down now: without it nobody can open the archive.")
        return made
    checked_password(first)
    if _typed("The same again: ") != first:
        raise WrongCall("The two passwords differ. Nothing was exported.")
    return first


def known_password(file: Path | None) -> str:
    """To open with. Raises WrongCall, UserError."""
    return _first_line(file) if file is not None else _typed("The password of the archive: ")


def _typed(prompt: str) -> str:
    if not sys.stdin.isatty():
        raise WrongCall("A password is needed, and there is no terminal to type it in: add --password-file FILE.")
    return getpass.getpass(prompt)


def _first_line(file: Path) -> str:
    try:
        with file.open(encoding="utf-8") as opened:
            return opened.readline(1000).rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "not text in UTF-8"
        raise UserError(f"The password file {file} can't be read ({why}).") from None
