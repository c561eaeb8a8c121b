"""Looks at an archive that somebody sent, before anything of it is unpacked."""

import json
import re
import stat
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from posture_trainer.errors import UserError
from posture_trainer.exchange.archive.names import (
    ABOUT,
    EXTRAS,
    LARGEST_EXTRA_BYTES,
    SUMS,
    Limits,
    is_derived,
    split_member,
    suffix_of,
    too_large,
)
from posture_trainer.records.json_file import many_values

# All that the zipfile module raises for archives that are broken, encrypted or of an unknown kind.
ARCHIVE_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError, KeyError)
_SUM_LINE = re.compile(r"([0-9a-f]{64}) [ *]([^\n]+)")
_ENCRYPTED = 0x1


class BadArchive(UserError):
    """The archive is not taken: nothing of it was kept."""


@dataclass(frozen=True)
class Member:
    """One file of the record in the archive. path: inside the patient's folder; sha256: what it must have."""

    info: zipfile.ZipInfo
    path: str
    sha256: str


@dataclass(frozen=True)
class Contents:
    """A whole archive that may be unpacked."""

    code: str
    members: tuple[Member, ...]
    total_bytes: int


def refusal(path: Path, reason: str) -> BadArchive:
    """The words for an archive that is not taken."""
    return BadArchive(f"{path} is not taken: {reason}. Nothing was changed; please ask for the export again.")


def check_archive(path: Path, archive: zipfile.ZipFile, limits: Limits) -> Contents:
    """Names, kinds, sizes and the list of checksums. Raises BadArchive."""
    infos = archive.infolist()
    paths: dict[str, str] = {}
    folders: dict[str, str] = {}  # as a disk without capitals knows them
    for info in infos:
        reason = _wrong(info, limits)
        if reason:
            raise refusal(path, f"{_shown(info.orig_filename)} in it {reason}")
        if info.filename.lower() in paths:
            raise refusal(path, f"{_shown(info.filename)} is in it twice")
        split = split_member(info.filename)
        paths[info.filename.lower()] = split[0] if split else ""
        for above in _above(info.filename):
            if folders.setdefault(above.lower(), above) != above:
                raise refusal(path, f"the folder {_shown(above)} is in it twice")
    if both := folders.keys() & paths.keys():
        raise refusal(path, f"{_shown(min(both))} in it is a file and a folder")
    if sum(suffix_of(name) == ".toml" for name in paths) > limits.tables:
        raise refusal(path, f"it holds more than {limits.tables} plans, more than a record has")
    total = sum(info.file_size for info in infos)
    if total > limits.total_bytes:
        raise refusal(path, f"it would grow to {total / 1e9:.0f} GB, more than a record can have")
    if total > max(limits.ratio_from_bytes, limits.ratio * path.stat().st_size):  # also of many files, or in one place
        raise refusal(path, f"it would grow to {total / 1e6:.0f} MB, more than any record of its size does")
    about = _about(path, archive)
    codes = {code for code in paths.values() if code}
    if codes - {about}:
        raise refusal(path, f"it says it is of {about}, but holds files of {_shown(sorted(codes - {about})[0])}")
    sums = _sums(path, archive)
    names = {info.filename for info in infos} - {SUMS}
    if names != set(sums):
        odd = sorted(names ^ set(sums))[0]
        raise refusal(path, f"its list of checksums and its files do not agree ({_shown(odd)})")
    members = []
    for info in infos:
        split = split_member(info.filename)
        if split and not is_derived(split[1]):
            members.append(Member(info, split[1], sums[info.filename]))
    return Contents(about, tuple(members), sum(member.info.file_size for member in members))


def _wrong(info: zipfile.ZipInfo, limits: Limits) -> str:
    """What is wrong with one entry, or ''."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    split = split_member(info.filename)
    if info.orig_filename != info.filename or (split is None and info.filename not in EXTRAS):
        return "is not a name that records have"
    if kind not in (0, stat.S_IFREG) or info.is_dir():
        return "is not a plain file"
    if info.flag_bits & _ENCRYPTED:
        return "is encrypted"
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "is packed in a way that is not used here"
    large = too_large(split[1], info.file_size) if split else info.file_size > LARGEST_EXTRA_BYTES
    if large:
        return f"is too large ({info.file_size / 1e6:.0f} MB)"
    if info.file_size > limits.ratio_from_bytes and info.file_size > limits.ratio * max(1, info.compress_size):
        return "grows more than any record does when it is unpacked"
    return ""


def _above(name: str) -> list[str]:
    """The folders that a member lies in, from the outermost."""
    parts = name.split("/")
    return ["/".join(parts[:length]) for length in range(1, len(parts))]


def _about(path: Path, archive: zipfile.ZipFile) -> str:
    """The patient's code that the archive says it is of."""
    try:
        content = read_member(path, archive, ABOUT)
        about = {} if many_values(content) else json.loads(content)
        code = about["patient"] if about["schema_version"] == 1 else None
    except (ValueError, TypeError, KeyError, RecursionError):
        code = None
    if not isinstance(code, str) or split_member(f"patients/{code}/a.json") is None:
        raise refusal(path, f"it is not an export of this program ({ABOUT} is missing or wrong)")
    return code


def _sums(path: Path, archive: zipfile.ZipFile) -> dict[str, str]:
    sums = {}
    for line in read_member(path, archive, SUMS).decode("utf-8", errors="replace").split("\n")[:-1]:
        match = _SUM_LINE.fullmatch(line)
        if match is None:
            raise refusal(path, f"a line of {SUMS} is damaged")
        sums[match[2]] = match[1]
    return sums


def read_member(path: Path, archive: zipfile.ZipFile, name: str) -> bytes:
    """A small member as a whole. Raises BadArchive."""
    try:
        with archive.open(name) as file:
            content = file.read(LARGEST_EXTRA_BYTES + 1)
    except (*ARCHIVE_ERRORS, OSError) as error:
        raise refusal(path, f"{name} can't be read") from error
    if len(content) > LARGEST_EXTRA_BYTES:
        raise refusal(path, f"{name} is too large")
    return content


def _shown(name: Any) -> str:
    """A name from the archive, harmless on a terminal."""
    text = ascii(str(name))
    return text if len(text) <= 80 else text[:77] + "...'"
