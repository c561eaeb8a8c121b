"""Opens an archive only when the list of its members can be read at once: zipfile reads all of it, a second for each
20,000 members, before anything can be asked of it."""

import os
import struct
import zipfile
from pathlib import Path

_END, _END_64, _ENTRY = b"PK\5\6", b"PK\6\6", b"PK\1\2"
_END_BYTES, _END_64_BYTES, _LOCATOR_BYTES, _LONGEST_COMMENT = 22, 56, 20, 65_535
_LONGEST_ENTRY_BYTES = 1000  # a name of 600 characters, and what systems add


class TooManyMembers(ValueError):
    """More than a record has."""


def open_archive(path: Path, most_members: int) -> zipfile.ZipFile:
    """The archive, open. Raises TooManyMembers, OSError, and what zipfile raises."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - _END_BYTES - _LONGEST_COMMENT - _LOCATOR_BYTES - _END_64_BYTES))
        start, tail = file.tell(), file.read()
        end = tail.rfind(_END)
        if end >= 0 and end + _END_BYTES <= len(tail):
            length: int = struct.unpack_from("<L", tail, end + 12)[0]
            end_64 = end - _LOCATOR_BYTES - _END_64_BYTES
            if end_64 >= 0 and tail.startswith(_END_64, end_64):
                end, length = end_64, struct.unpack_from("<Q", tail, end_64 + 40)[0]
            if length > most_members * _LONGEST_ENTRY_BYTES:
                raise TooManyMembers
            file.seek(max(0, start + end - length), os.SEEK_SET)
            if file.read(length).count(_ENTRY) > most_members:  # the number in the end record can be a lie
                raise TooManyMembers
    return zipfile.ZipFile(path)
