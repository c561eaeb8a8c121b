"""Takes a record that was exported elsewhere: all checked first, nothing ever overwritten."""

import hashlib
import os
import shutil
import zipfile
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from posture_trainer.audit import note
from posture_trainer.errors import UserError
from posture_trainer.exchange.archive.check import ARCHIVE_ERRORS, Contents, Member, check_archive, refusal
from posture_trainer.exchange.archive.directory import TooManyMembers, open_archive
from posture_trainer.exchange.archive.limits import beyond_limits
from posture_trainer.exchange.archive.names import Limits
from posture_trainer.exchange.archive.place import Placed, place
from posture_trainer.exchange.archive.sealed import is_sealed, unsealed
from posture_trainer.private_files import create_private_file, make_private_folder
from posture_trainer.progress import Advance, no_progress
from posture_trainer.records.clinic.lock import held
from posture_trainer.records.people import patient_folder
from posture_trainer.records.staging import staging

_BLOCK_BYTES = 1 << 20
_SPARE_BYTES = 100_000_000  # left free on the disk for everything else


@dataclass(frozen=True)
class ImportResult:
    """What was taken from an archive, and where it is now. beyond_limits: files that were not, and why."""

    code: str
    folder: Path
    placed: Placed
    beyond_limits: tuple[str, ...] = ()


def archive_bytes(path: Path) -> int:
    """How much an archive says it holds, for the progress bar; 0 if it can't be read (the import says why)."""
    if not path.is_file():
        return 0
    try:
        with open_archive(path, Limits().files) as archive:
            return sum(info.file_size for info in archive.infolist())
    except (*ARCHIVE_ERRORS, OSError):
        return 0


def import_archive(
    data: Path,
    path: Path,
    *,
    limits: Limits | None = None,
    password: str | None = None,
    progress: Advance = no_progress,
) -> ImportResult:
    """Check the archive, unpack it aside, then move in what is new. progress gets the bytes done.

    password: of one that was encrypted. Raises WantsPassword where that one is missing or wrong; UserError for all
    else; until all checksums have been found right nothing of the record is touched.
    """
    if not path.is_file():
        raise UserError(f"There is no archive {path}.")
    allowed = limits or Limits()
    inside = unsealed(data, path, password) if is_sealed(path) else nullcontext(path)
    try:
        with inside as plain, open_archive(plain, allowed.files) as archive:
            return _take(data, path, archive, allowed, progress)
    except TooManyMembers:
        raise refusal(path, f"it holds more than {allowed.files:,} files, more than a record can have") from None
    except ARCHIVE_ERRORS as error:
        raise refusal(path, "it is not a whole zip archive, or it is damaged") from error
    except OSError as error:
        where = error.filename or path
        raise UserError(
            f"The import stopped: {where} ({error.strerror or error}). Try again when that is mended."
        ) from error


def _take(data: Path, path: Path, archive: zipfile.ZipFile, limits: Limits, progress: Advance) -> ImportResult:
    contents = check_archive(path, archive, limits)
    make_private_folder(data)
    free = shutil.disk_usage(data).free
    if contents.total_bytes + _SPARE_BYTES > free:
        raise UserError(
            f"{path} needs {contents.total_bytes / 1e6:.0f} MB on the disk of {data}, where {free / 1e6:.0f} MB are "
            "free. Please make room first."
        )
    with staging(data, contents.code) as unpacked:
        _unpack(path, archive, contents, unpacked, progress)
        refused = beyond_limits(unpacked)
        for each in refused:
            (unpacked / each).unlink()
        folder = patient_folder(data, contents.code)
        with held(data, contents.code):
            note(data, contents.code, "import")
            placed = place(unpacked, folder)
        return ImportResult(contents.code, folder, placed, tuple(f"{each}: {why}" for each, why in refused.items()))


def _unpack(path: Path, archive: zipfile.ZipFile, contents: Contents, unpacked: Path, progress: Advance) -> None:
    for member in contents.members:
        target = unpacked / member.path
        make_private_folder(target.parent)
        if _unpack_member(archive, member, target, progress) != member.sha256:
            raise refusal(path, f"{member.path} is not what it was (its checksum differs)")


def _unpack_member(archive: zipfile.ZipFile, member: Member, target: Path, progress: Advance) -> str:
    digest, left = hashlib.sha256(), member.info.file_size
    with archive.open(member.info) as reader, os.fdopen(create_private_file(target), "wb") as writer:
        while block := reader.read(_BLOCK_BYTES):
            left -= len(block)
            if left < 0:
                raise zipfile.BadZipFile("more than was announced")
            digest.update(block)
            writer.write(block)
            progress(len(block))
    return digest.hexdigest()
