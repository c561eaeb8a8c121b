"""The usual places of a computer for files that are handed on: the desktop, downloads, documents, and its drives."""

import os
import string
import sys
from pathlib import Path

import platformdirs

ARCHIVE = ".zip"


def usual_places() -> list[tuple[str, Path]]:
    """(name, folder) of each that is there, drives last."""
    named = [
        ("Desktop", platformdirs.user_desktop_dir()),
        ("Documents", platformdirs.user_documents_dir()),
        ("Downloads", platformdirs.user_downloads_dir()),
    ]
    found = [(name, Path(folder)) for name, folder in named if Path(folder).is_dir()]
    found = found or [("Home", Path.home())]
    return found + [(drive.name or str(drive), drive) for drive in _drives()]


def _drives() -> list[Path]:
    if sys.platform == "win32":
        return [drive for letter in string.ascii_uppercase[3:] if (drive := Path(f"{letter}:/")).is_dir()]
    roots = ["/Volumes"] if sys.platform == "darwin" else [f"/media/{os.environ.get('USER', '')}", "/run/media", "/mnt"]
    drives = []
    for root in roots:
        try:
            drives += sorted(each for each in Path(root).iterdir() if each.is_dir() and os.access(each, os.W_OK))
        except OSError:
            continue
    return drives


def archives_there() -> list[Path]:
    """The archives that lie in these places, newest first."""
    found: list[tuple[float, Path]] = []
    for _, folder in usual_places():
        try:
            found += [(each.stat().st_mtime, each) for each in folder.glob(f"*{ARCHIVE}") if each.is_file()]
        except OSError:
            continue
    return [path for _, path in sorted(found, reverse=True)]


def free_name(folder: Path, code: str) -> Path:
    """A name for an archive there that is not taken."""
    for number in range(1, 1000):
        path = folder / f"{code}{'' if number == 1 else f'-{number}'}{ARCHIVE}"
        if not path.exists():
            return path
    return folder / f"{code}{ARCHIVE}"
