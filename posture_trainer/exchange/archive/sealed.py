"""An archive inside one with a password (WinZip AES, 256 bits), which 7-Zip, WinZip and Keka open too.

The archive is its only member, so that not even the days of sessions can be read from the list of files. The key is
made from the password in 1,000 rounds only (WinZip's rule), which is why short passwords are not taken.
"""

import secrets
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pyzipper

from posture_trainer.errors import UserError, WrongCall
from posture_trainer.exchange.archive.check import ARCHIVE_ERRORS
from posture_trainer.exchange.archive.directory import open_archive
from posture_trainer.private_files import make_private_folder
from posture_trainer.records.staging import staging

INNER = "record.zip"
LEAST_SIGNS = 12
_SIGNS = "abcdefghijkmnpqrstuvwxyz23456789"  # none that looks like another
_BLOCK_BYTES = 1 << 20
_SPARE_BYTES = 100_000_000
_UNPACKED = "unsealed"


class WantsPassword(UserError):
    """The archive has a password, and none was given, or another one."""


def checked_password(password: str) -> str:
    """The password, if it is one that can be used. Raises WrongCall."""
    if len(password) < LEAST_SIGNS:
        raise WrongCall(f"The password has to have {LEAST_SIGNS} signs or more: shorter ones can be found by trying.")
    return password


def made_password() -> str:
    """A new one, easy to read out: 80 random bits in four groups."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(4))


@contextmanager
def sealing(file: BinaryIO, password: str) -> Iterator[BinaryIO]:
    """What is written to the stream it gives goes into `file` encrypted; nothing lies unencrypted anywhere."""
    with pyzipper.AESZipFile(file, "w", compression=pyzipper.ZIP_STORED, encryption=pyzipper.WZ_AES) as outer:
        outer.setpassword(checked_password(password).encode())
        with outer.open(INNER, "w", force_zip64=True) as inner:
            yield inner


def is_sealed(path: Path) -> bool:
    """Whether that is an archive inside one with a password. A pipe, which has no end to look at, is not opened."""
    if not path.is_file():
        return False
    try:
        with open_archive(path, 1) as archive:
            return archive.namelist() == [INNER]
    except (*ARCHIVE_ERRORS, OSError):
        return False


@contextmanager
def unsealed(data: Path, path: Path, password: str | None) -> Iterator[Path]:
    """The archive inside, in a private folder that goes again. Raises WantsPassword, UserError, OSError."""
    if password is None:
        raise WantsPassword(f"{path} has a password; type it after: posture-trainer import FILE. Nothing was changed.")
    make_private_folder(data)
    with staging(data, _UNPACKED) as folder:
        inner = folder / INNER
        try:
            _open_into(path, password, inner, shutil.disk_usage(data).free)
        except (*ARCHIVE_ERRORS, pyzipper.BadZipFile) as error:
            wrong = "Bad password" in str(error)
            why = "the password does not fit" if wrong else "it is damaged"
            raise WantsPassword(f"{path} is not taken: {why}. Nothing was changed.") from None
        yield inner


def _open_into(path: Path, password: str, inner: Path, free_bytes: int) -> None:
    with pyzipper.AESZipFile(path) as outer:
        info = outer.getinfo(INNER)
        if info.compress_type != zipfile.ZIP_STORED or not info.flag_bits & 1:
            raise zipfile.BadZipFile("packed in a way that is not used here")
        if info.file_size + _SPARE_BYTES > free_bytes:
            raise UserError(f"{path} needs {info.file_size / 1e6:.0f} MB on the disk. Please make room first.")
        outer.setpassword(password.encode())
        with outer.open(info) as reader, inner.open("xb") as writer:
            while block := reader.read(_BLOCK_BYTES):
                writer.write(block)
