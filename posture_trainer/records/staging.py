"""Where an archive is unpacked before anything of it is taken, and what was left there is swept.

A staging is locked by the import that fills it, and the system takes the lock away when that process ends, however it
ends: one that can be locked by another is abandoned.
"""

import os
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from posture_trainer.private_files import make_private_folder

STAGING, DELETING = ".importing-", ".deleting-"
_LOCK = "lock"
_LONGEST_S = 86_400.0  # no import takes longer; where a disk knows no locks, age alone tells


@contextmanager
def staging(data: Path, code: str) -> Iterator[Path]:
    """A private folder in the data folder to unpack a record of that patient in; gone afterwards. Raises OSError."""
    sweep(data)
    place = Path(tempfile.mkdtemp(prefix=STAGING, dir=data))
    lock = None
    try:
        lock = _locked(place / _LOCK)
        make_private_folder(place / code)
        yield place / code
    finally:
        if lock is not None:
            os.close(lock)
        shutil.rmtree(place, ignore_errors=True)


def put_aside(folder: Path, data: Path) -> Path:
    """Give a folder that is to be deleted a name that nobody looks for, so that it is gone at once. Raises OSError."""
    aside = data / f"{DELETING}{secrets.token_hex(8)}"
    folder.rename(aside)
    return aside


def sweep(data: Path, code: str | None = None) -> list[Path]:
    """Delete what killed imports and deletions left; gives what could not be deleted. code: also whatever is being
    unpacked of that patient."""
    left = [*data.glob(f"{DELETING}*"), *(each for each in data.glob(f"{STAGING}*") if _to_be_swept(each, code))]
    for each in left:
        shutil.rmtree(each, ignore_errors=True)
    return [each for each in left if each.exists()]


def _to_be_swept(place: Path, code: str | None) -> bool:
    if code is not None and (place / code).exists():
        return True
    try:
        if time.time() - place.stat().st_mtime > _LONGEST_S:
            return True
        if not (place / _LOCK).exists():  # of a version that made none; an empty one may just be beginning
            return any(place.iterdir())
    except OSError:
        return False
    lock = _locked(place / _LOCK)
    if lock is not None:
        os.close(lock)
    return lock is not None


def _locked(path: Path) -> int | None:
    """A descriptor that holds the lock of that file; None when another one does, or the disk knows no locks."""
    with suppress(OSError):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
        else:
            return descriptor
    return None
