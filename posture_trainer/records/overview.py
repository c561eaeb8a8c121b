"""All sessions of all patients at a glance, from their summaries only: a clinic's thousands in a second or two."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from posture_trainer.figures.session_summary import Summary
from posture_trainer.records.people import folders_in, is_code
from posture_trainer.records.session_reader import CUT_OFF

LARGEST_BYTES = 5_000_000


@dataclass(frozen=True)
class SessionLine:
    """One session. summary: None if there is none that can be read. trouble: what is wrong, '' if nothing."""

    patient: str
    session: str
    folder: Path
    summary: Summary | None
    trouble: str

    @property
    def in_tolerance_share(self) -> float | None:
        """Share of the time seen that was in neutral, 0 to 1; None if nothing was seen."""
        if self.summary is None or self.summary.seen_s <= 0:
            return None
        return self.summary.neutral_s / self.summary.seen_s


@dataclass(frozen=True)
class Overview:
    """All sessions, by patient and time. troubles: what else could not be read, in words."""

    sessions: tuple[SessionLine, ...]
    troubles: tuple[str, ...]

    @property
    def patients(self) -> tuple[str, ...]:
        """The codes of all patients with at least one session."""
        return tuple(dict.fromkeys(line.patient for line in self.sessions))


def overview(data: Path, progress: Callable[[int, int], None] = lambda _done, _all: None) -> Overview:
    """Read the summaries of all sessions in a data folder. Never raises for what is damaged there: it is listed.

    progress gets the number of patients done, and of all.
    """
    lines: list[SessionLine] = []
    troubles: list[str] = []
    patients = _folders(data / "patients", troubles)
    for done, patient in enumerate(patients):
        progress(done, len(patients))
        if not is_code(patient):
            troubles.append(f"{patient!a} is not the folder of a patient")
            continue
        folder = data / "patients" / patient / "sessions"
        lines += [_line(patient, folder / name) for name in _folders(folder, troubles)]
    return Overview(tuple(lines), tuple(troubles))


def _line(patient: str, folder: Path) -> SessionLine:
    summary, trouble = None, ""
    try:
        with (folder / "summary.json").open("rb") as file:
            content = file.read(LARGEST_BYTES + 1)
        if len(content) > LARGEST_BYTES:
            trouble = "summary.json is too large to be one"
        else:
            summary = Summary.model_validate_json(content)
    except FileNotFoundError:
        trouble = CUT_OFF
    except ValidationError:
        trouble = "summary.json is damaged"
    except OSError as error:
        trouble = f"summary.json can't be read ({error.strerror})"
    return SessionLine(patient, folder.name, folder, summary, trouble)


def _folders(place: Path, troubles: list[str]) -> list[str]:
    try:
        return folders_in(place)
    except OSError as error:
        troubles.append(f"{place} can't be read ({error.strerror})")
        return []
