"""A session's figures as Observations of FHIR R4. Pure."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from posture_trainer.course.extras import finite
from posture_trainer.course.past_session import PastSession
from posture_trainer.exchange.fhir import codes
from posture_trainer.exchange.fhir.codes import Code
from posture_trainer.pose.angles import AXES
from posture_trainer.pose.directions import Direction
from posture_trainer.words.directions import DIRECTION_WORDS
from posture_trainer.words.harmless import plain_text
from posture_trainer.words.ratings import RATINGS

METHOD = "Head angles from the picture of a webcam, relative to the patient's own neutral position"
ASKED = "Asked on the screen"
_FURTHEST_ZONE_S, _DIGITS = 14 * 3600, 4
_LOWER_BOUND = "A lower bound: the head was turned further than the camera can measure, or the test has an end."


@dataclass(frozen=True)
class Figure:
    """One figure of a session. at_least: it is a lower bound. parts: what stands beside it in the same Observation.

    value: None where only the parts are known. after: it is of the session's end, not of its beginning.
    """

    code: Code
    value: float | None
    at_least: bool = False
    parts: tuple["Figure", ...] = ()
    after: bool = False


def figures_of_session(session: PastSession) -> Iterator[Figure]:
    """What is handed over of a session, in the order of the Bundle; what is not known is left out."""
    for when in ("before", "after"):
        for name, ends in RATINGS.items():
            value = session.extras.ratings.get((name, when))
            if value is not None:
                yield Figure(codes.rating_code(name, when, ends), value, after=when == "after")
    yield from _measured(session)
    yield from _tested(session)


def _measured(session: PastSession) -> Iterator[Figure]:
    figures = session.figures
    if figures is None or figures.seen_s <= 0:
        return
    yield Figure(codes.SEEN, figures.seen_s)
    if figures.in_tolerance_share is not None:
        yield Figure(codes.IN_TOLERANCE, 100 * figures.in_tolerance_share)
    yield Figure(codes.LONGEST, figures.longest_hold_s)
    if figures.deviation_deg is not None:
        yield Figure(codes.DEVIATION, figures.deviation_deg, figures.deviation_at_least)
    mirror = figures.mirror
    if mirror is not None and mirror.pull_deg is not None:
        axes = tuple(Figure(codes.axis_code(axis), mirror.pull[axis]) for axis in AXES if axis in mirror.pull)
        yield Figure(codes.PULL, mirror.pull_deg, mirror.pull_at_least, axes)
    tremor = figures.tremor
    if tremor.told and tremor.peak_hz is not None:
        size = () if tremor.amplitude_deg is None else (Figure(codes.AMPLITUDE, tremor.amplitude_deg),)
        yield Figure(codes.TREMOR, tremor.peak_hz, parts=size)
    if figures.usable_share is not None:
        yield Figure(codes.GOOD_FRAMES, 100 * figures.usable_share)


def _tested(session: PastSession) -> Iterator[Figure]:
    extras = session.extras
    if extras.hold_test_s is not None:
        capped = any(trial.name == "hold_test" and trial.numbers.get("capped") is True for trial in extras.trials)
        yield Figure(codes.HOLD_TEST, extras.hold_test_s, capped)
    ways = extras.exercises.get("range", {}).get("directions")
    for way in Direction:
        found = ways.get(way.value) if isinstance(ways, dict) else None
        if isinstance(found, dict) and (best_deg := finite(found.get("best_deg"))) is not None:
            code = codes.range_code(way.value, DIRECTION_WORDS[way])
            yield Figure(code, best_deg, bool(found.get("beyond_camera")))


def observation(session: PastSession, figure: Figure, links: dict[str, Any]) -> dict[str, Any]:
    """One figure of a session as a resource. links: what refers to others (id, subject, device)."""
    code, survey = figure.code, figure.code.category == codes.SURVEY
    category, words = code.category
    found: dict[str, Any] = {
        "resourceType": "Observation",
        **links,
        "status": "preliminary" if session.trouble else "final",
        "category": [{"coding": [{"system": codes.CATEGORY, "code": category, "display": words}]}],
        "code": _concept(code),
        "effectiveDateTime": moment(session, figure.after),
        "method": {"text": ASKED if survey else METHOD},
        "note": [{"text": text} for text in _notes(session, figure)],
    }
    if figure.value is not None:
        found["valueQuantity"] = _quantity(figure)
    if figure.parts:
        found["component"] = [{"code": _concept(each.code), "valueQuantity": _quantity(each)} for each in figure.parts]
    return found


def moment(session: PastSession, after: bool = False) -> str:
    """When a session began, or ended, in its own time zone; in UTC where that is not known."""
    begun = session.begun or datetime.fromtimestamp(0, UTC)
    length_s = session.figures.length_s if session.figures is not None else 0.0
    offset_s = finite(session.header.get("utc_offset_s"))
    if offset_s is None or abs(offset_s) > _FURTHEST_ZONE_S or offset_s % 60:
        offset_s = 0.0
    told = begun + timedelta(seconds=length_s if after and math.isfinite(length_s) else 0.0)
    return told.astimezone(timezone(timedelta(seconds=offset_s))).isoformat(timespec="seconds")


def _notes(session: PastSession, figure: Figure) -> Iterator[str]:
    yield figure.code.meaning
    if figure.at_least or any(each.at_least for each in figure.parts):
        yield _LOWER_BOUND
    if figure.code.category == codes.SURVEY:
        return
    if session.baseline:
        yield f"Neutral position of {plain_text(session.baseline, 40)}: compare figures of the same one only."
    if session.trouble:
        yield f"The record of this session is not whole: {plain_text(session.trouble, 200)}."


def _concept(code: Code) -> dict[str, Any]:
    own = {"system": codes.FIGURES, "code": code.code, "display": code.name}
    public = [] if code.loinc is None else [{"system": codes.LOINC, "code": code.loinc[0], "display": code.loinc[1]}]
    return {"coding": [*public, own], "text": code.name}


def _quantity(figure: Figure) -> dict[str, Any]:
    found: dict[str, Any] = {"value": round(figure.value or 0.0, _DIGITS)}
    if figure.at_least:
        found["comparator"] = ">="
    return {**found, "unit": figure.code.unit, "system": codes.UCUM, "code": figure.code.ucum}
