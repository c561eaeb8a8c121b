"""Sessions on disk for the tests of reports: how much of each is out is known beforehand."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from posture_trainer.exercises.guided_records import ExerciseEvent
from posture_trainer.exercises.trial import Number
from posture_trainer.feedback import Cue, Feedback, PostureState
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.posture import PostureSample
from posture_trainer.pose.quality import Quality
from posture_trainer.records.people import patient_folder, utc_name
from posture_trainer.records.session_log import SessionLog

FIRST = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


def trial_of(kind: str, trial: int, ending: str = "done", cues: bool = False, **numbers: Number) -> ExerciseEvent:
    """A trial as a guided session records it."""
    return ExerciseEvent(kind, 59.0, {"block": 1, "trial": trial, "ending": ending, "cues": cues, **numbers})


_written: dict[str, dict[str, bytes]] = {}


def write_session(patient: Path, number: int, **more: Any) -> Path:
    """A session of 60 s at 25 Hz: so much of each 10 s is out, 12 degrees to the right. more: as of `_write_session`.

    What was written once, row by row as practice does, is copied from then on.
    """
    folder = patient / "sessions" / utc_name(FIRST + timedelta(days=number))
    key = repr((number, sorted(more.items())))
    if key not in _written:
        _write_session(folder, number, **more)
        _written[key] = {path.name: path.read_bytes() for path in folder.iterdir()}
        return folder
    folder.mkdir(parents=True)
    for name, content in _written[key].items():
        (folder / name).write_bytes(content)
    return folder


def _write_session(
    folder: Path, number: int, *, baseline: str = "2026-01-01T08:00:00Z", out_share: float = 0.5, **more: Any
) -> None:
    """more: notes, pain, cut, rows, hold_test_s, exercises."""
    header = {
        "baseline": {"created_utc": baseline, "spread_deg": 0.6},
        "notes": more.get("notes", []),
        "command": "practice",
    }
    log = SessionLog(folder, header)
    if "pain" in more:
        log.event(0.0, "ratings", when="before", pain=more["pain"], dizziness=0, control=None)
    random = np.random.default_rng(number)
    for row in range(more.get("rows", 1500)):
        t_s = row / 25
        outside = t_s % 10 < 10 * out_share
        rotation = (12.0 if outside else 0.5) + float(random.normal(0, 0.2))
        angles = HeadAngles(rotation, 1.0, -2.0, abs(rotation))
        state = PostureState.OUT if outside else PostureState.NEUTRAL
        cue = Cue.TURN_LEFT if outside and abs(t_s % 10 - 1) < 0.01 else None
        seen = not 300 <= row < 320
        feedback = Feedback(state if seen else PostureState.NO_FACE, cue if seen else None, None, 1.0)
        log.sample(
            PostureSample(t_s, angles, angles, (0.0, 0.0, 0.0), Quality.GOOD, True) if seen else PostureSample(t_s),
            feedback,
        )
    if "hold_test_s" in more:
        for trial, off_s in ((1, -1.0), (2, 1.0)):
            log.exercise(trial_of("hold_test", trial, held_s=more["hold_test_s"] + off_s))
    for event in more.get("exercises", ()):
        log.exercise(event)
    log.finish("time")
    if more.get("cut"):
        (folder / "summary.json").unlink()


def write_patient(data: Path, count: int = 8) -> Path:
    patient = patient_folder(data, "anna")
    for number in range(count):
        write_session(patient, number, out_share=0.8 - 0.08 * number, pain=60 - 5 * number, hold_test_s=20 + 4 * number)
    return patient
