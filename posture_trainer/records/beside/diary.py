"""A patient's diary on disk: an entry in a file of its own, none ever changed."""

from pathlib import Path

from pydantic import ValidationError

from posture_trainer.course.beside.diary import DiaryEntry
from posture_trainer.errors import UserError
from posture_trainer.private_files import make_private_folder, write_private_file
from posture_trainer.records.json_file import TooMuch, json_bytes
from posture_trainer.records.order import next_order_ms, order_ms
from posture_trainer.records.people import utc_name

FOLDER = "diary"
LARGEST_BYTES = 20_000


def save_entry(patient: Path, entry: DiaryEntry) -> Path:
    """Keep an entry beside the earlier ones, as the latest. Raises UserError."""
    folder = patient / FOLDER
    make_private_folder(folder)
    path = folder / f"{utc_name(entry.created_utc)}.json"
    if path.exists():
        raise UserError("There is an entry of this very moment already. Please try again.")
    others = (_place_ms(name, found) for name, found in _entries(patient))
    entry = entry.model_copy(update={"order_ms": next_order_ms(entry.created_utc, others)})
    try:
        write_private_file(path, entry.model_dump_json(indent=1) + "\n")
    except OSError as error:
        raise UserError(f"The diary could not be saved in {folder} ({error.strerror}).") from error
    return path


def read_diary(patient: Path) -> list[DiaryEntry]:
    """All entries that can be read, in the order in which they were written. What is damaged stays where it is."""
    found = [(_place_ms(name, entry), entry) for name, entry in _entries(patient) if entry is not None]
    return [entry for _, entry in sorted(found, key=lambda each: each[0])]


def damaged_entries(patient: Path) -> list[str]:
    """The names of the entries that can't be read."""
    return [name for name, entry in _entries(patient) if entry is None]


def _entries(patient: Path) -> list[tuple[str, DiaryEntry | None]]:
    return [(path.name, _entry(path)) for path in sorted((patient / FOLDER).glob("*.json")) if path.is_file()]


def _entry(path: Path) -> DiaryEntry | None:
    try:
        return DiaryEntry.model_validate_json(json_bytes(path, LARGEST_BYTES))
    except (OSError, TooMuch, ValidationError, ValueError):
        return None


def _place_ms(name: str, entry: DiaryEntry | None) -> int:
    return order_ms(name, entry.order_ms if entry is not None else None)
