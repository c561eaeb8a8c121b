"""What a session says beside its angles: ratings, hold tests, exercises; and a patient's injections.

None of it has to be there. docs/report.md says which keys are read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from posture_trainer.exercises.guided_records import ExerciseEvent
from posture_trainer.exercises.machines import MACHINES
from posture_trainer.figures.exercises import exercise_summary, hold_test_mean_s, trials_of
from posture_trainer.pose.angles import AXES
from posture_trainer.pose.neutral.baseline import FIRST_YEAR, LAST_YEAR
from posture_trainer.words.care import LESS, SHORT_FELT
from posture_trainer.words.harmless import plain_text
from posture_trainer.words.ratings import RATINGS

MOST_NOTES = 20
UNWELL, PAIN_ROSE = "felt unwell", "pain rose"  # how the remarks begin that say so
_LARGEST = 1e12
_FURTHEST_DEG = 180.0


@dataclass(frozen=True)
class NearerStep:
    """A nearer aim that was taken, t_s into the session. aim: of each axis the angle from neutral in degrees."""

    t_s: float
    aim: dict[str, float]


@dataclass(frozen=True)
class Extras:
    """What a session says beside its angles.

    ratings: by (name, when), 0 to 100. trials: of a guided session, as recorded. exercises: the section of each kind,
    made from them (figures/exercises.py). new_neutral_s: when neutral was taken anew. last_injection: as was known.
    remarks: how the patient was, in a word or two each. steps: the nearer aims that were taken.
    """

    ratings: dict[tuple[str, str], float]
    trials: list[ExerciseEvent]
    exercises: dict[str, dict[str, Any]]
    notes: list[str]
    new_neutral_s: list[float]
    last_injection: date | None
    remarks: tuple[str, ...] = ()
    steps: tuple[NearerStep, ...] = ()

    @property
    def hold_test_s(self) -> float | None:
        """Mean seconds of the hold test's tries; None with fewer than two."""
        return hold_test_mean_s(self.exercises)


def session_extras(header: dict[str, Any], events: list[dict[str, Any]]) -> Extras:
    """What a session's header and events give; what is not as expected is left out."""
    notes = [*_held_back(header), *(plain_text(note) for note in list_of(header.get("notes"))[:MOST_NOTES])]
    new_neutral_s, remarks, steps = list[float](), list[str](), list[NearerStep]()
    for event in events:
        kind = event["event"]
        if kind in ("unwell", "pain_rise") and len(remarks) < MOST_NOTES:
            remarks.append(_remark(event))
        elif kind == "baseline":
            new_neutral_s.append(finite(event.get("t_s")) or 0.0)
        elif kind == "interim_target" and (step := _step(event)) is not None and len(steps) < MOST_NOTES:
            steps.append(step)
    trials, exercises = _exercises(events)
    ratings, last_injection = ratings_of(events), day_of(header.get("last_injection"))
    return Extras(ratings, trials, exercises, notes, new_neutral_s, last_injection, tuple(remarks), tuple(steps))


def _step(event: dict[str, Any]) -> NearerStep | None:
    t_s, aim = finite(event.get("t_s")), {axis: finite(event.get(f"{axis}_deg")) for axis in AXES}
    known = {axis: deg for axis, deg in aim.items() if deg is not None and abs(deg) <= _FURTHEST_DEG}
    return NearerStep(t_s, known) if t_s is not None and len(known) == len(AXES) else None


def _held_back(header: dict[str, Any]) -> list[str]:
    """What was left out of the session, and why."""
    held = header.get("restrictions")
    return [
        f"{LESS[name]} {' '.join(plain_text(reason) for reason in list_of(reasons)[:MOST_NOTES])}".strip()
        for name, reasons in (held.items() if isinstance(held, dict) else ())
        if name in LESS
    ]


def _remark(event: dict[str, Any]) -> str:
    if event["event"] == "pain_rise":
        by = finite(event.get("by"))
        return PAIN_ROSE if by is None else f"{PAIN_ROSE} by {by:.0f}"
    which = SHORT_FELT.get(str(event.get("which")), "did not say how")
    return f"{UNWELL} ({which})"


def ratings_of(events: Iterable[dict[str, Any]]) -> dict[tuple[str, str], float]:
    """The ratings among a session's events, by (name, when), 0 to 100."""
    ratings: dict[tuple[str, str], float] = {}
    for event in events:
        if event["event"] == "ratings" and event.get("when") in ("before", "after"):
            for name in RATINGS:
                value = finite(event.get(name))
                if value is not None and 0 <= value <= 100:
                    ratings[name, event["when"]] = value
    return ratings


def _exercises(events: list[dict[str, Any]]) -> tuple[list[ExerciseEvent], dict[str, dict[str, Any]]]:
    """The trials, and the section of each kind; nothing of lines that this program did not write."""
    plain = [
        {
            key: value
            for key, value in event.items()
            if value is None or isinstance(value, bool | str) or finite(value) is not None
        }
        for event in events
    ]
    try:
        trials = trials_of(plain)
        sections = exercise_summary(trials)
    except (ArithmeticError, LookupError, TypeError, ValueError):
        return [], {}
    return trials, {kind: section for kind, section in sections.items() if kind in MACHINES}


def finite(value: Any) -> float | None:
    """A value from a file as a number, if it is one that anything can be done with."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < _LARGEST:
        return None
    return float(value)


def day_of(value: Any) -> date | None:
    """A value from a file as a day, if it is one of our time."""
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return None
    day = day.date() if isinstance(day, datetime) else day
    return day if isinstance(day, date) and FIRST_YEAR <= day.year <= LAST_YEAR else None


def list_of(value: Any) -> list[Any]:
    """A value from a file as a list; [] if it is none."""
    return value if isinstance(value, list) else []
