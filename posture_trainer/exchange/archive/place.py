"""Moves an unpacked record to its place. What is there already stays as it is, whatever the archive says."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from posture_trainer.exchange.archive.face_shape import lacks_shape, without_face_shape
from posture_trainer.private_files import make_private_folder
from posture_trainer.records.session_reader import read_object


@dataclass(frozen=True)
class Placed:
    """What became of an archive's files. Sessions are taken whole or not at all.

    kept: paths that are here already with other contents, and stayed. same: files here already with these contents.
    foreign: sessions whose header names another patient. without_shape: new baselines that are for review only.
    """

    sessions: int
    baselines: int
    files: int
    same: int
    kept: tuple[str, ...]
    foreign: tuple[str, ...]
    without_shape: int


def place(staging: Path, folder: Path) -> Placed:
    """Move all files below `staging` that are new into the patient's folder. Raises OSError, UserError."""
    units: dict[str, list[str]] = {}
    for each in sorted(staging.rglob("*")):
        if each.is_file():
            path = each.relative_to(staging).as_posix()
            units.setdefault(_unit(path), []).append(path)
    files = same = sessions = baselines = without_shape = 0
    kept, foreign, known = [], [], dict[Path, bool]()
    for unit, paths in units.items():
        there = [path for path in paths if os.path.lexists(folder / path)]
        differing = [path for path in there if not _same(path, staging / path, folder / path)]
        if differing or any(_through_link(folder, path, known) for path in paths):
            kept.append(unit)
            continue
        same += len(there)
        new = [path for path in paths if path not in there]
        if not new:
            continue
        files += len(new)
        if unit.startswith("sessions/"):
            sessions += 1
            if _names_another(staging / unit / "session.json", folder.name):
                foreign.append(unit)
        elif unit.startswith("baselines/"):
            baselines += 1
            without_shape += lacks_shape((staging / unit).read_bytes())
        _move(staging, folder, unit, new)
    return Placed(sessions, baselines, files, same, tuple(kept), tuple(foreign), without_shape)


def _unit(path: str) -> str:
    """What is taken together: the folder of a session or of a run at the desk, or one file."""
    parts = path.split("/")
    return "/".join(parts[:2]) if parts[0] in ("sessions", "desk") and len(parts) > 2 else path


def _move(staging: Path, folder: Path, unit: str, new: list[str]) -> None:
    source, target = staging / unit, folder / unit
    make_private_folder(target.parent)
    if source.is_dir() and not os.path.lexists(target):
        source.rename(target)  # a session appears whole
        return
    for path in new:
        make_private_folder((folder / path).parent)
        _move_new(staging / path, folder / path)


def _move_new(source: Path, target: Path) -> None:
    """Move a file to where none is. Raises FileExistsError if one has come there meanwhile."""
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):  # a disk without hard links
        if os.path.lexists(target):
            raise FileExistsError(17, "came to be while importing", str(target)) from None
        source.rename(target)


def _through_link(folder: Path, path: str, known: dict[Path, bool]) -> bool:
    """Would this path be reached through a link or a file, and so lie elsewhere? known: folders looked at before."""
    for above in (folder / each for each in Path(path).parents):
        if above not in known:
            known[above] = above.is_symlink() or (above.exists() and not above.is_dir())
    return any(known[folder / each] for each in Path(path).parents)


def _same(path: str, new: Path, here: Path) -> bool:
    """Are these the same contents, the shape of the face aside?"""
    if here.is_symlink() or not here.is_file():
        return False
    if _equal(new, here):
        return True
    if not path.startswith("baselines/"):
        return False
    content = new.read_bytes()
    stripped = without_face_shape(path, here.read_bytes())
    return lacks_shape(content) and stripped is not None and _parsed(stripped) == _parsed(content)


def _equal(one: Path, other: Path) -> bool:
    if one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as first, other.open("rb") as second:
        while block := first.read(1 << 20):
            if block != second.read(1 << 20):
                return False
    return True


def _parsed(content: bytes) -> object:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return content


def _names_another(header: Path, code: str) -> bool:
    named = read_object(header).get("patient")
    return named is not None and named != code
