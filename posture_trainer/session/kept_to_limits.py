"""What a patient's own files and records say to the limits: what was brought to one, and which range was measured."""

from collections.abc import Iterable
from pathlib import Path

from posture_trainer.course.measured_range import measured_range
from posture_trainer.errors import UserError
from posture_trainer.plans.patient_file import settings_within_limits
from posture_trainer.pose.directions import Direction
from posture_trainer.records.session_reader import SessionRecord, read_events


def notes_on_limits(folder: Path, of_plan: tuple[str, ...]) -> tuple[str, ...]:
    """That more is set in the patient's file, or in the plan, than is allowed; a note of each. of_plan: as it was told
    when the plan was read."""
    told = {"patient.toml": _of_settings(folder), "the plan": of_plan}
    return tuple(_note(where, faults) for where, faults in told.items() if faults)


def _of_settings(folder: Path) -> tuple[str, ...]:
    try:
        return settings_within_limits(folder)[1]
    except UserError:  # whoever takes the settings from it says so
        return ()


def _note(where: str, faults: tuple[str, ...]) -> str:
    more = f" ({len(faults) - 1} more.)" if len(faults) > 1 else ""
    return f"In {where} more is set than is allowed, and the session keeps to what is: {faults[0]}{more}"


def range_measured(past: Iterable[SessionRecord], baseline_file: str) -> dict[Direction, float]:
    """The comfortable range in degrees of each direction, by the range tests that were all on this neutral.

    past: the patient's sessions, oldest first. baseline_file: the name of the neutral's file, '' for none.
    """
    tests = []
    for record in past:
        exercises = record.summary.exercises if record.summary else None
        same = bool(baseline_file) and record.header.get("baseline_file") == baseline_file
        if same and exercises and "range" in exercises:
            taken_anew = any(event["event"] == "baseline" for event in read_events(record.folder))
            tests += [] if taken_anew else [exercises]
    return measured_range(tests)
