"""What a table export is asked for, and what came of it."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Chosen:
    """The sessions to export: patient's code and session folder. patients: code and folder of those whose diary and
    days at the desk go with them."""

    sessions: tuple[tuple[str, Path], ...]
    patients: tuple[tuple[str, Path], ...] = ()


@dataclass(frozen=True)
class TablesResult:
    """How much was written. troubles: sessions that are not whole, with what is wrong."""

    sessions: int
    rows: int
    troubles: tuple[str, ...]
