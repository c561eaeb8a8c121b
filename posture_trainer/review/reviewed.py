"""Reads a patient's sessions for review: header, figures, extras, and what is wrong with each.

A damaged session never stops the others. Figures are kept in review-figures.json in the patient's folder, so that a
session's samples are read once and not at every review; they are computed anew when the files or a definition change.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from posture_trainer.errors import UserError
from posture_trainer.feedback import Tolerances
from posture_trainer.pose.target import NEUTRAL, Target
from posture_trainer.records.patient_folder import write_private_file
from posture_trainer.records.session_reader import read_events
from posture_trainer.review.extras import Extras, read_object, session_extras
from posture_trainer.review.plain_text import plain_text
from posture_trainer.review.samples import Samples, load_samples
from posture_trainer.review.session_figures import VERSION, Edges, SessionFigures, session_figures

KEPT = "review-figures.json"
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


class _Kept(BaseModel):
    """Figures computed earlier. marks: size and time of the files they were made of."""

    version: int = 0
    marks: dict[str, list[int]] = {}
    figures: dict[str, SessionFigures] = {}


def review_sessions(patient: Path, done: Callable[[int, int], None] = lambda _done, _of: None) -> list[ReviewedSession]:
    """All sessions of a patient, oldest first. done is told how many of how many have been read."""
    folders = sorted(place for place in (patient / "sessions").glob("*") if place.is_dir())
    kept, found = _read_kept(patient), []
    fresh = _Kept(version=VERSION)
    for count, folder in enumerate(folders, 1):
        marks = _marks(folder)
        known = kept.figures.get(folder.name) if kept.marks.get(folder.name) == marks else None
        session = review_session(folder, known)
        if session.figures is not None:
            fresh.figures[folder.name], fresh.marks[folder.name] = session.figures, marks
        found.append(session)
        done(count, len(folders))
    if fresh != kept and found:
        with suppress(OSError, ValueError):  # where it can't be written the next review takes as long as this one
            write_private_file(patient / KEPT, fresh.model_dump_json())
    return found


def review_session(folder: Path, known: SessionFigures | None = None) -> ReviewedSession:
    """One session; never raises for what its files hold. known: its figures, if they were computed before."""
    header, summary = read_object(folder / "session.json"), read_object(folder / "summary.json")
    troubles = [] if header else ["session.json can't be read"]
    if not (folder / "summary.json").exists():
        troubles.append("cut off: it ended without a summary")
    elif not summary:
        troubles.append("summary.json is damaged")
    edges = _edges(header)
    figures, events = known, list(read_events(folder))
    if figures is None:
        try:
            figures = session_figures(load_samples(folder), edges, sum(event["event"] == "cue" for event in events))
        except (UserError, ValueError, OSError) as error:
            troubles.append(plain_text(error, 200) if isinstance(error, UserError) else "samples.csv is damaged")
    if figures is not None and not figures.frames:
        troubles.append("no frames")
    baseline, spread_deg = _baseline(header)
    return ReviewedSession(
        folder=folder,
        begun=_begun(folder, header),
        header=header,
        figures=figures,
        extras=session_extras(header, summary, events),
        edges=edges,
        trouble=", ".join(troubles),
        group=f"{baseline} {json.dumps(edges)}" if baseline else "",
        baseline=baseline,
        spread_deg=spread_deg,
    )


def samples_and_events(session: ReviewedSession) -> tuple[Samples, list[dict[str, Any]]]:
    """Its rows and events, for the session in detail. Raises UserError."""
    return load_samples(session.folder), list(read_events(session.folder))


def _edges(header: dict[str, Any]) -> Edges:
    """The tolerances the session was held with, as angles from neutral to the + and the - side of each axis.

    They lie about the session's target. Today's defaults stand for what the header does not say.
    """
    feedback = header.get("feedback")
    given = feedback.get("tolerances") if isinstance(feedback, dict) else None
    said = {k: float(v) for k, v in given.items() if _is_angle(v)} if isinstance(given, dict) else {}
    names = Tolerances.__dataclass_fields__
    edges = Tolerances(**{name: value for name, value in said.items() if name in names})
    target = _target(feedback.get("target")) if isinstance(feedback, dict) else NEUTRAL
    return {
        "rotation": (edges.rotation_right_deg + target.rotation_deg, edges.rotation_left_deg - target.rotation_deg),
        "tilt": (edges.tilt_right_deg + target.tilt_deg, edges.tilt_left_deg - target.tilt_deg),
        "flexion": (edges.flexion_deg + target.flexion_deg, edges.extension_deg - target.flexion_deg),
    }


def _target(said: Any) -> Target:
    try:
        return TypeAdapter(Target).validate_python(said)
    except ValidationError:
        return NEUTRAL


def _is_angle(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 180


def _baseline(header: dict[str, Any]) -> tuple[str, float | None]:
    baseline = header.get("baseline")
    if not isinstance(baseline, dict):
        return "", None
    spread = baseline.get("spread_deg")
    return plain_text(baseline.get("created_utc", ""), 40), float(spread) if isinstance(spread, int | float) else None


def _begun(folder: Path, header: dict[str, Any]) -> datetime | None:
    try:
        return datetime.strptime(folder.name[:19], "%Y-%m-%dT%H-%M-%S").replace(tzinfo=UTC)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(str(header.get("created_utc"))).astimezone(UTC)
    except ValueError:
        return None


def _marks(folder: Path) -> list[int]:
    marks = []
    for name in ("session.json", "samples.csv", "events.jsonl"):
        try:
            status = (folder / name).stat()
            marks += [status.st_size, status.st_mtime_ns]
        except OSError:
            marks += [-1, -1]
    return marks


def _read_kept(patient: Path) -> _Kept:
    try:
        kept = _Kept.model_validate_json((patient / KEPT).read_text(encoding="utf-8"))
    except (OSError, ValidationError, UnicodeDecodeError):
        return _Kept()
    return kept if kept.version == VERSION else _Kept()
