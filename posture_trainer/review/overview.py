"""What the logs say: a table of a patient's sessions."""

from pathlib import Path

from rich.table import Table
from rich.text import Text

from posture_trainer.errors import UserError
from posture_trainer.records.patient_folder import patient_folder
from posture_trainer.records.session_reader import SessionRecord, read_session
from posture_trainer.records.session_summary import minutes


def patients(data: Path) -> list[str]:
    """The codes of all patients with records."""
    folder = data / "patients"
    return sorted(place.name for place in folder.iterdir() if place.is_dir()) if folder.is_dir() else []


def sessions(data: Path, code: str) -> list[SessionRecord]:
    """All sessions of a patient, oldest first. Raises UserError when there is no such patient."""
    folder = patient_folder(data, code)
    if not folder.is_dir():
        known = ", ".join(patients(data)) or "none"
        raise UserError(f"There are no records of {code} in {data}. Patients there: {known}.")
    return [read_session(place) for place in sorted((folder / "sessions").glob("*")) if place.is_dir()]


def session_table(code: str, records: list[SessionRecord]) -> Table:
    """One row for each session."""
    table = Table(title=f"Sessions of {code}")
    table.add_column("Begun (UTC)", no_wrap=True)
    for heading in ("Length", "Face seen", "In neutral", "Longest hold", "Cues", "Note"):
        table.add_column(heading)
    for record in records:
        summary, note = record.summary, Text(record.trouble)
        if summary is None:
            table.add_row(_begun(record), "", "", "", "", "", note)
            continue
        share = f"{summary.neutral_s / summary.seen_s:.0%}" if summary.seen_s else "-"
        seen = "-" if summary.face_share is None else f"{summary.face_share:.0%}"
        table.add_row(
            _begun(record),
            minutes(summary.length_s),
            seen,
            f"{minutes(summary.neutral_s)} ({share})",
            minutes(summary.longest_neutral_s),
            str(summary.cue_count),
            note,
        )
    return table


def _begun(record: SessionRecord) -> str:
    """The folder's name as a time: 2026-01-31 08:15."""
    day, _, time = record.folder.name.partition("T")
    return f"{day} {time[:5].replace('-', ':')}".strip()
