"""Reads a patient's sessions for review: header, figures, extras, and what is wrong with each.

A damaged session never stops the others.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from posture_trainer.course.extras import finite, session_extras
from posture_trainer.course.past_session import PastSession
from posture_trainer.course.session_day import session_begun
from posture_trainer.figures.samples import Samples
from posture_trainer.figures.tolerance_edges import edges_in_force
from posture_trainer.records.kept_figures import Found, all_figures, figures_of
from posture_trainer.records.order import date_doubt, order_ms
from posture_trainer.records.samples_file import load_samples
from posture_trainer.records.session_reader import CUT_OFF, read_events, read_object, read_summary
from posture_trainer.words.harmless import plain_text


def past_sessions(patient: Path, done: Callable[[int, int], None] = lambda _done, _of: None) -> list[PastSession]:
    """All sessions of a patient, oldest first. done is told how many of how many have been read."""
    folders = sorted(place for place in (patient / "sessions").glob("*") if place.is_dir())
    found = all_figures(patient, folders, done)
    sessions = [past_session(folder, each) for folder, each in zip(folders, found, strict=True)]
    return sorted(sessions, key=_place_ms)


def _place_ms(session: PastSession) -> int:
    return order_ms(session.folder.name, session.header.get("order_ms"))


def past_session(folder: Path, found: Found | None = None) -> PastSession:
    """One session; never raises for what its files hold. found: its figures, if they were computed before."""
    header = read_object(folder / "session.json")
    troubles = [] if header else ["session.json can't be read"]
    summary, trouble = read_summary(folder)
    if trouble:
        troubles.append("cut off: it ended without a summary" if trouble == CUT_OFF else trouble)
    doubt = date_doubt(folder.name, order_ms(folder.name, header.get("order_ms")), datetime.now(UTC))
    if doubt:
        troubles.append(doubt)
    found = found or figures_of(folder)
    figures, events = found.figures, list(read_events(folder))
    edges = edges_in_force(header, events)
    if found.trouble:
        troubles.append(found.trouble)
    if figures is not None and not figures.frames and not header.get("refused"):
        troubles.append("no frames")
    baseline, spread_deg = _baseline(header)
    return PastSession(
        folder=folder,
        begun=session_begun(folder.name, header),
        header=header,
        figures=figures,
        extras=session_extras(header, events),
        edges=edges,
        trouble=", ".join(troubles),
        group=f"{baseline} {sorted(map(json.dumps, edges.judged))}" if baseline else "",
        baseline=baseline,
        spread_deg=spread_deg,
        ended=summary.ended if summary is not None else "",
        wrong_date=bool(doubt),
    )


def samples_and_events(session: PastSession) -> tuple[Samples, list[dict[str, Any]]]:
    """Its rows and events, for the session in detail. Raises UserError."""
    return load_samples(session.folder), list(read_events(session.folder))


def _baseline(header: dict[str, Any]) -> tuple[str, float | None]:
    baseline = header.get("baseline")
    if not isinstance(baseline, dict):
        return "", None
    return plain_text(baseline.get("created_utc", ""), 40), finite(baseline.get("spread_deg"))
