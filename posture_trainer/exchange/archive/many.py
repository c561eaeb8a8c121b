"""Takes in a whole folder of archives: each as if it came alone, one that is refused holds up no other."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from posture_trainer.errors import UserError
from posture_trainer.exchange.archive.sealed import is_sealed
from posture_trainer.exchange.archive.take_in import ImportResult, import_archive
from posture_trainer.progress import Advance, no_progress

SUFFIX = ".zip"


@dataclass(frozen=True)
class ManyTaken:
    """taken: each archive's name with what came of it. refused: each name with the reason."""

    taken: tuple[tuple[str, ImportResult], ...]
    refused: tuple[tuple[str, str], ...]


def archives_in(folder: Path) -> tuple[Path, ...]:
    """The archives that lie in a folder, by name. Raises UserError where there is none."""
    try:
        found = tuple(sorted(each for each in folder.iterdir() if each.suffix.lower() == SUFFIX and each.is_file()))
    except OSError as error:
        raise UserError(f"The folder {folder} can't be read ({error.strerror}).") from error
    if not found:
        raise UserError(f"There is no archive in {folder}.")
    return found


def import_many(
    data: Path,
    archives: tuple[Path, ...],
    password: Callable[[], str] | None = None,
    progress: Advance = no_progress,
) -> ManyTaken:
    """Take in each. password: asked once, for all that have one. progress gets 1 for each archive.

    Never raises for an archive: what is wrong with one is in `refused`.
    """
    known: str | None = None
    taken, refused = [], []
    for path in archives:
        try:
            if known is None and password is not None and is_sealed(path):
                known = password()
            taken.append((path.name, import_archive(data, path, password=known)))
        except UserError as error:
            refused.append((path.name, str(error)))
        progress(1)
    return ManyTaken(tuple(taken), tuple(refused))
