"""Reads a small JSON file's bytes, and none that could not be one of ours: parsing it would take a hundred times its
size."""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

MOST_VALUES = 100_000  # a baseline has three thousand


class TooMuch(ValueError):
    """The file is larger, or holds more values, than any of ours."""


def json_bytes(path: Path, largest_bytes: int) -> bytes:
    """The contents of the file, to be parsed. Raises OSError, TooMuch."""
    with open(path, "rb", opener=_without_waiting) as file:
        if stat.S_ISFIFO(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "a pipe, and no file")
        content = file.read(room_for(file, largest_bytes + 1))
    if len(content) > largest_bytes or many_values(content):
        raise TooMuch("larger than any of ours")
    return content


def _without_waiting(path: str, flags: int) -> int:
    """Opens the file; a pipe, which would be waited for without end, at once as well."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def many_values(content: bytes) -> bool:
    """Whether it holds more values than any of ours."""
    return len(content) > MOST_VALUES and sum(content.count(sign) for sign in (b",", b"[", b"{")) > MOST_VALUES


def room_for(file: BinaryIO, most_bytes: int) -> int:
    """How many bytes to ask of a file of which at most so many are wanted: as many are set aside, whatever it holds."""
    return min(most_bytes, os.fstat(file.fileno()).st_size + 1)
