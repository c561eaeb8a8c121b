"""Of two programs that would change one patient's record, one at a time: on this computer or on a shared folder.

The lock is a file in `locks/` of the data folder, which its holder keeps fresh. It is free again at once when a
program of this computer has ended, however it ended, and after half a minute when another computer has gone. Files
are whole without it (private_files.py): it keeps one from writing over what the other has just set.
"""

import platform
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock

from posture_trainer.errors import UserError
from posture_trainer.private_files import make_private_folder
from posture_trainer.records.people import GUEST

FOLDER = "locks"
LEASE_S = 30.0  # all programs must agree on it
_SHORT_S = 2.0  # longer than any form takes to be saved
_SLACK_S = 5.0


class InUse(UserError):
    """Another program is at this record."""


@contextmanager
def held(data: Path, code: str) -> Iterator[None]:
    """That patient's record is changed by nobody else meanwhile. Within itself it may be asked for again.

    Guests are not locked: each session of theirs is a folder of its own, and nothing else is kept of them.

    Raises InUse, which tells where the other program runs.
    """
    if code == GUEST:
        yield
        return
    place = data / FOLDER / f"{code.lower()}.lock"
    make_private_folder(place.parent)
    lock = filelock.SoftFileLease(place, lease_duration=LEASE_S, is_singleton=True)
    try:
        lock.acquire(timeout=LEASE_S + _SLACK_S if _looks_left(place) else _SHORT_S)
    except filelock.Timeout:
        raise InUse(_words(code, lock)) from None
    except RuntimeError:  # this computer slept, and another took over
        raise InUse(f"The record of {code} was taken over by another computer. Begin again, please.") from None
    except OSError as error:
        raise UserError(f"The record of {code} can't be locked in {place.parent} ({error.strerror}).") from error
    try:
        yield
    finally:
        lock.release()


def _looks_left(place: Path) -> bool:
    """Whether nobody seems to keep it fresh. A guess, as computers' clocks differ: the lease itself is waited for."""
    try:
        return time.time() - place.stat().st_mtime > LEASE_S
    except OSError:
        return False


def _words(code: str, lock: filelock.SoftFileLease) -> str:
    owner = lock.owner
    if owner is None or lock.is_lock_held_by_us or owner.hostname.startswith(platform.node()):
        return f"The record of {code} is in use in another window on this computer. Please close that, then try again."
    return (
        f"The record of {code} is in use on the computer {owner.hostname}. Please end it there, then try again; if "
        "that computer was switched off, try again in a minute."
    )
