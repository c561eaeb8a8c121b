"""Which files an archive may hold: one rule for export and import, so that all that goes out can come in. Pure."""

import re
from dataclasses import dataclass

from posture_trainer.records.people import REPORT, REVIEW_FIGURES

README, SUMS, ABOUT, FORMATS = "README.txt", "SHA256SUMS", "export.json", "formats.md"
EXTRAS = (README, SUMS, ABOUT, FORMATS)
MB = 1_000_000
# What a record is made of, and how large one file of it can be: eight hours at 60 pictures/s are about 160 MB of rows.
LARGEST_BYTES = {".json": 5 * MB, ".jsonl": 50 * MB, ".csv": 500 * MB, ".toml": MB, ".txt": MB}
LARGEST_EXTRA_BYTES = 10 * MB
DEEPEST = 6

_PART = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_. -]{0,98}")
_WINDOWS_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True)
class Limits:
    """What an archive may grow to when unpacked. ratio: unpacked to packed, looked at from 10 MB on.

    files: three sessions a day for nine years, of four files each. tables: plans and settings, each checked.
    """

    files: int = 40_000
    tables: int = 200
    total_bytes: int = 50_000 * MB
    ratio: float = 200.0
    ratio_from_bytes: int = 10 * MB


def unfit(path: str) -> str:
    """Why a path inside a patient's folder (with /) is not one of a record; '' if it is."""
    parts = path.split("/")
    if len(parts) > DEEPEST:
        return "is too many folders deep"
    if not all(_PART.fullmatch(part) and part[-1] not in ". " for part in parts):
        return "has a name that is not plain letters and digits"
    if any(_WINDOWS_DEVICE.fullmatch(part) for part in parts):
        return "has a name that Windows keeps for itself"
    return "" if suffix_of(path) in LARGEST_BYTES else "is not a kind of file that records are made of"


def is_derived(path: str) -> bool:
    """Is this a report, or what is kept to make one faster? Made anew from the record, and never taken from others."""
    return path == REVIEW_FIGURES or path.partition("/")[0] == REPORT


def too_large(path: str, size: int) -> bool:
    """Is this more than such a file can have?"""
    return size > LARGEST_BYTES.get(suffix_of(path), 0)


def suffix_of(path: str) -> str:
    """The ending of the name, with its dot: '.csv'."""
    name = path.rpartition("/")[2]
    return name[name.rfind(".") :].lower() if "." in name else ""


def split_member(name: str) -> tuple[str, str] | None:
    """A member patients/CODE/path as (code, path), or None if it is not one that may be unpacked."""
    top, _, rest = name.partition("/")
    code, _, path = rest.partition("/")
    if top != "patients" or not _CODE.fullmatch(code) or _WINDOWS_DEVICE.fullmatch(code) or unfit(path):
        return None
    return code, path
