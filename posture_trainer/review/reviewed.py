"""Reads a patient's sessions for review: header, figures, extras, and what is wrong with each.

A damaged session never stops the others.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from posture_trainer.figures.samples import Samples
from posture_trainer.figures.session_figures import Edges, SessionFigures
from posture_trainer.records.samples_file import load_samples
from posture_trainer.records.session_reader import read_events
from posture_trainer.review.extras import Extras, finite, read_object, session_extras
from posture_trainer.review.figures_of_files import Found, all_figures, figures_of, tolerance_edges
from posture_trainer.words.harmless import plain_text

LEAST_SEEN_S = 30.0  # a session with less is listed, but not compared


@dataclass(frozen=True)
class ReviewedSession:
    """One session. trouble: what is wrong with it ('' if nothing). group: sessions of one group can be compared.

    baseline: when the neutral was recorded, in words. spread_deg: how restless it was.
    """

    folder: Path
    begun: datetime | None
    header: dict[str, Any]
    figures: SessionFigures | None
    extras: Extras
    edges: Edges
    trouble: str
    group: str
    baseline: str
    spread_deg: float | None

    @property
    def name(self) -> str:
        """The folder's name, fit to be shown."""
        return plain_text(self.folder.name, 40)

    @property
    def begun_words(self) -> str:
        """When it began: 2026-01-31 08:15 (UTC)."""
        return self.begun.strftime("%Y-%m-%d %H:%M") if self.begun else self.name

    @property
    def comparable(self) -> bool:
        """Whether its figures are compared with others: whole, long enough, one neutral all through."""
        enough = self.figures is not None and self.figures.seen_s >= LEAST_SEEN_S
        return not self.trouble and bool(self.group) and enough and not self.extras.new_neutral_s


def review_sessions(patient: Path, done: Callable[[int, int], None] = lambda _done, _of: None) -> list[ReviewedSession]:
    """All sessions of a patient, oldest first. done is told how many of how many have been read."""
    folders = sorted(place for place in (patient / "sessions").glob("*") if place.is_dir())
    found = all_figures(patient, folders, done)
    return [review_session(folder, each) for folder, each in zip(folders, found, strict=True)]


def review_session(folder: Path, found: Found | None = None) -> ReviewedSession:
    """One session; never raises for what its files hold. found: its figures, if they were computed before."""
    header, summary = read_object(folder / "session.json"), read_object(folder / "summary.json")
    troubles = [] if header else ["session.json can't be read"]
    if not (folder / "summary.json").exists():
        troubles.append("cut off: it ended without a summary")
    elif not summary:
        troubles.append("summary.json is damaged")
    found = found or figures_of(folder)
    figures, edges = found.figures, tolerance_edges(header)
    if found.trouble:
        troubles.append(found.trouble)
    if figures is not None and not figures.frames:
        troubles.append("no frames")
    baseline, spread_deg = _baseline(header)
    return ReviewedSession(
        folder=folder,
        begun=_begun(folder, header),
        header=header,
        figures=figures,
        extras=session_extras(header, list(read_events(folder))),
        edges=edges,
        trouble=", ".join(troubles),
        group=f"{baseline} {json.dumps(edges)}" if baseline else "",
        baseline=baseline,
        spread_deg=spread_deg,
    )


def samples_and_events(session: ReviewedSession) -> tuple[Samples, list[dict[str, Any]]]:
    """Its rows and events, for the session in detail. Raises UserError."""
    return load_samples(session.folder), list(read_events(session.folder))


def _baseline(header: dict[str, Any]) -> tuple[str, float | None]:
    baseline = header.get("baseline")
    if not isinstance(baseline, dict):
        return "", None
    return plain_text(baseline.get("created_utc", ""), 40), finite(baseline.get("spread_deg"))


def _begun(folder: Path, header: dict[str, Any]) -> datetime | None:
    try:
        return datetime.strptime(folder.name[:19], "%Y-%m-%dT%H-%M-%S").replace(tzinfo=UTC)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(str(header.get("created_utc"))).astimezone(UTC)
    except ValueError:
        return None
