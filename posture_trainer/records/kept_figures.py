"""The figures of sessions from their files, and kept for the next review.

What is kept stands in review-figures.json in the patient's folder. It is used only where the session's files are the
same to the byte and the figures are still defined as they were (FIGURES_VERSION); it can be deleted at any time.
"""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ValidationError

from posture_trainer.errors import UserError
from posture_trainer.figures.mirror_time import tasks_of
from posture_trainer.figures.session_figures import FIGURES_VERSION, SessionFigures, session_figures
from posture_trainer.figures.session_summary import cues_of
from posture_trainer.figures.tolerance_edges import edges_in_force
from posture_trainer.private_files import write_private_file
from posture_trainer.records.people import REVIEW_FIGURES
from posture_trainer.records.samples_file import load_samples
from posture_trainer.records.session_reader import read_events, read_object, read_summary
from posture_trainer.words.harmless import plain_text

_FILES = ("session.json", "samples.csv", "events.jsonl", "summary.json")


@dataclass(frozen=True)
class Found:
    """A session's figures, or in words why there are none."""

    figures: SessionFigures | None
    trouble: str = ""


class _Kept(BaseModel):
    """Figures computed earlier. version: of their definitions. files: digests of each session's files."""

    version: int = 0
    files: dict[str, str] = {}
    figures: dict[str, SessionFigures] = {}


def all_figures(patient: Path, folders: list[Path], done: Callable[[int, int], None]) -> list[Found]:
    """The figures of these sessions of the patient, in their order. done: told how many of how many are ready."""
    kept, fresh, found = _read_kept(patient), _Kept(version=FIGURES_VERSION), []
    for count, folder in enumerate(folders, 1):
        name, digest = folder.name, _digest(folder)
        known = kept.figures.get(name) if kept.files.get(name) == digest else None
        found.append(Found(known) if known is not None else figures_of(folder))
        figures = found[-1].figures
        if figures is not None:
            fresh.files[name], fresh.figures[name] = digest, figures
        done(count, len(folders))
    if fresh.files != kept.files:
        with suppress(OSError, ValueError):  # where it can't be written the next review takes as long as this one
            write_private_file(patient / REVIEW_FIGURES, signed(fresh.model_dump_json()))
    return found


def figures_of(folder: Path) -> Found:
    """The figures of the session in that folder, computed from its samples; never raises for what its files hold."""
    events, header = list(read_events(folder)), read_object(folder / "session.json")
    edges = edges_in_force(header, events)
    tasks = tasks_of(events) if isinstance(header.get("plan"), dict) else None
    cues = sum(cues_of(events).values())
    summary, _ = read_summary(folder)
    told_length_s = summary.length_s if summary is not None else None
    try:
        return Found(session_figures(load_samples(folder), edges, cues, told_length_s, tasks))
    except UserError as error:
        return Found(None, plain_text(error, 200))
    except (ValueError, OSError):
        return Found(None, "samples.csv is damaged")


def _digest(folder: Path) -> str:
    """Of all that the figures are made of."""
    digest = hashlib.sha256()
    for name in _FILES:
        try:
            content = (folder / name).read_bytes()
        except OSError:
            content = b"?"
        digest.update(f"{len(content)} ".encode() + hashlib.sha256(content).digest())
    return digest.hexdigest()


def _read_kept(patient: Path) -> _Kept:
    try:
        content = (patient / REVIEW_FIGURES).read_bytes()
        text = content.decode("utf-8")
        if signed("{" + text[len(signed("{}")) - 1 :]) != text:
            return _Kept()
        kept = _Kept.model_validate_json(content)
    except (OSError, ValidationError, UnicodeDecodeError):
        return _Kept()
    return kept if kept.version == FIGURES_VERSION else _Kept()


def signed(text: str) -> str:
    """A JSON object with a digest of all the rest in front: a flipped bit would be a wrong figure."""
    return f'{{"own":"{hashlib.sha256(text.encode()).hexdigest()}",{text[1:]}'
