"""Output that is either there whole or not at all, and readable by its owner alone."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from posture_trainer.errors import UserError
from posture_trainer.records.patient_folder import create_private_file

Advance = Callable[[float], None]  # takes the part of the work that was done since the last call


@contextmanager
def private_file(path: Path) -> Iterator[BinaryIO]:
    """A new file that appears under its name only when all went well. Raises UserError; never overwrites."""
    _refuse_existing(path)
    part = path.with_name(f"{path.name}.part")
    try:
        part.unlink(missing_ok=True)
        with os.fdopen(create_private_file(part), "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _refuse_existing(path)
        part.replace(path)
    except OSError as error:
        raise UserError(f"{path} can't be written ({_why(error)}). Nothing was exported.") from error
    finally:
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


@contextmanager
def work_progress(words: str, total: float) -> Iterator[Advance]:
    """A bar on stderr with the time left, on a terminal only."""
    columns = (TextColumn(words), BarColumn(), TextColumn("{task.percentage:>3.0f} %"), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(words, total=total or 1)
        yield lambda done: bar.advance(task, done)


def no_progress(_done: float) -> None:
    """For who wants no bar."""


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
