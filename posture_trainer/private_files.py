"""Output that is either there whole or not at all, and readable by its owner alone."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from posture_trainer.errors import UserError


@contextmanager
def private_file(path: Path) -> Iterator[BinaryIO]:
    """A new file that appears under its name only when all went well. Raises UserError; never overwrites."""
    _refuse_existing(path)
    part = None
    try:
        descriptor, part = _new_part(path)
        with os.fdopen(descriptor, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _refuse_existing(path)
        part.replace(path)
    except OSError as error:
        raise UserError(f"{path} can't be written ({_why(error)}). Nothing was exported.") from error
    finally:
        if part is not None:
            _forget(part)


@contextmanager
def private_folder(path: Path) -> Iterator[Path]:
    """A folder to fill that gets its name only when all went well. Raises UserError; never adds to an existing one."""
    empty = path.is_dir() and not path.is_symlink() and not any(path.iterdir())
    if not empty:
        _refuse_existing(path)
    try:
        path.absolute().parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=f".{path.name}.", suffix=".part", dir=path.absolute().parent))
    except OSError as error:
        raise UserError(f"{path} can't be made ({_why(error)}).") from error
    try:
        yield part
        if empty:
            path.rmdir()
        part.rename(path)
    except OSError as error:
        raise UserError(f"{path} can't be written ({_why(error)}). Nothing was exported.") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


@contextmanager
def open_private(path: Path) -> Iterator[BinaryIO]:
    """A new file inside a folder that is being filled; folders above it are made."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(create_private_file(path), "wb") as file:
        yield file


def _refuse_existing(path: Path) -> None:
    if path.exists() or path.is_symlink():
        raise UserError(f"{path} is there already, and nothing is ever overwritten. Please give another name.")


def _forget(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except OSError:
        return


def _why(error: OSError) -> str:
    return error.strerror or type(error).__name__


def make_private_folder(folder: Path) -> None:
    """Make the folder and what is missing above it, each for its owner alone. Raises UserError."""
    missing = [folder, *folder.parents]
    try:
        for each in reversed([place for place in missing if not place.exists()]):
            each.mkdir(mode=0o700, exist_ok=True)
        if not folder.is_dir():
            raise NotADirectoryError
    except OSError as error:
        raise UserError(f"I can't make the folder {folder} ({error.strerror or 'a file is in the way'}).") from error


def create_private_file(path: Path) -> int:
    """A descriptor of a new file for its owner alone. Raises OSError, FileExistsError if it is there."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)


def write_private_file(path: Path, content: str | bytes) -> None:
    """Write a whole new file so that it is either there complete or not at all. Raises OSError.

    Whoever reads it meanwhile sees the old file or the new one; of two who write at once the last one stays.
    """
    descriptor, part = _new_part(path)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content.encode("utf-8") if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        _forget(part)
        raise


def _new_part(path: Path) -> tuple[int, Path]:
    """A new private file beside `path`, under a name that nobody else has: its descriptor and its name."""
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", suffix=".part", dir=path.absolute().parent)
    return descriptor, Path(name)
