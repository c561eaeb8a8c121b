"""The files of a patient's record, as found on disk. Links are never followed."""

import os
from dataclasses import dataclass
from pathlib import Path

from posture_trainer.exchange.archive.names import is_derived, too_large, unfit


@dataclass(frozen=True)
class PatientFile:
    """One file: its path inside the patient's folder (with /), and its size in bytes."""

    path: str
    size: int


@dataclass(frozen=True)
class PatientFiles:
    """What belongs to a record, sorted; and what is left out, each with the reason in words.

    Reports and the figures kept for them are neither: `review` makes them anew, from the same files.
    """

    files: tuple[PatientFile, ...]
    left_out: tuple[str, ...]


def patient_files(folder: Path) -> PatientFiles:
    """All files of a patient's folder that make up the record."""
    files, left_out = [], []

    def tell(error: OSError) -> None:
        left_out.append(f"{error.filename}: can't be read ({error.strerror})")

    for place, folders, names in os.walk(folder, onerror=tell):
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        for name in [*names, *links]:
            found = Path(place) / name
            path = found.relative_to(folder).as_posix()
            if is_derived(path):
                continue
            size = found.lstat().st_size
            if found.is_symlink() or not found.is_file():
                left_out.append(f"{path}: is not a plain file")
            elif reason := unfit(path):
                left_out.append(f"{path}: {reason}")
            elif too_large(path, size):
                left_out.append(f"{path}: is too large for such a file")
            else:
                files.append(PatientFile(path, size))
    return PatientFiles(tuple(sorted(files, key=lambda file: file.path)), tuple(sorted(left_out)))
