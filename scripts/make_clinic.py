"""A made-up clinic in the real format, to measure on: many patients who practise for many weeks and get better.

python scripts/make_clinic.py DATA [--share 0.1] [--samples-of 30]

A whole clinic is 200 patients x 300 sessions x 10 min at 30 pictures/s. --share takes the first patients of it;
--samples-of writes samples for so many sessions of all (evenly among the patients, the newest ones; 1.5 MB each): the
others have session.json, events.jsonl and summary.json only, which is more than an overview reads.
"""

import argparse
import json
import math
import os
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from rich.progress import track

from posture_trainer.exercises.guided_records import ExerciseEvent
from posture_trainer.exercises.trial import Numbers
from posture_trainer.feedback import Cue, FeedbackSettings, PostureState
from posture_trainer.figures.exercises import exercise_summary
from posture_trainer.figures.session_summary import MeanAndSpread, Summary
from posture_trainer.pose.quality import Quality
from posture_trainer.private_files import make_private_folder
from posture_trainer.records.people import patient_folder, utc_name
from posture_trainer.records.session_header import session_header
from posture_trainer.records.session_log import COLUMNS
from posture_trainer.sources.frames import SourceInfo

PATIENTS, SESSIONS, LENGTH_S, RATE_HZ = 200, 300, 600.0, 30.0
_NO_TRUNK = "," * 8  # nobody looked for shoulders and hands
SPAN_DAYS = 364  # from the first session to the last
FIRST_DAY = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
_BASELINE = {"created_utc": FIRST_DAY.isoformat(), "spread_deg": 0.6}


def main() -> None:
    """Make the clinic and say what was made."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--share", type=float, default=0.1, help="of the 200 patients")
    parser.add_argument("--sessions", type=int, default=SESSIONS, help="of each patient")
    parser.add_argument("--samples-of", type=int, default=60, help="sessions that get samples, of all")
    arguments = parser.parse_args()
    patients = max(1, round(PATIENTS * arguments.share))
    made = make_clinic(arguments.data, patients, arguments.sessions, arguments.samples_of)
    print(f"{patients} patients, {patients * arguments.sessions} sessions, {made} with samples, in {arguments.data}")


def make_clinic(data: Path, patients: int, sessions: int, samples_of: int) -> int:
    """Write the records; gives back how many sessions got samples."""
    each = [samples_of // patients + (index < samples_of % patients) for index in range(patients)]
    made = 0
    for index in track(range(patients), "Making patients", transient=True):
        folder = patient_folder(data, f"p{index + 1:03d}")
        rng = np.random.default_rng(index)
        pull_deg, gain = rng.uniform(6, 16), rng.uniform(0.2, 0.7)
        for number in range(sessions):
            began = FIRST_DAY + timedelta(
                days=number * SPAN_DAYS // max(1, sessions - 1), seconds=int(rng.integers(0, 7200))
            )
            place = folder / "sessions" / utc_name(began)
            progress = number / max(1, sessions - 1)
            with_samples = number >= sessions - each[index]
            _write_session(place, folder.name, began, pull_deg * (1 - gain * progress), rng, with_samples)
            made += with_samples
    return made


def _write_session(
    place: Path, patient: str, began: datetime, pull_deg: float, rng: np.random.Generator, with_samples: bool
) -> None:
    """One session: a head that is pulled to the right and comes back, with a tremor."""
    count = int(LENGTH_S * RATE_HZ)
    t_s = np.arange(count) / RATE_HZ
    slow = np.sin(2 * np.pi * t_s / rng.uniform(20, 40) + rng.uniform(0, 6))
    tremor = rng.uniform(0.2, 1.0) * np.sin(2 * np.pi * rng.uniform(1.5, 3.0) * t_s)
    rotation = pull_deg * (0.6 + 0.6 * slow)
    tilt, flexion = 0.3 * rotation - 1, 2 * slow + rng.normal(0, 1)
    deviation = np.sqrt(rotation**2 + tilt**2 + flexion**2)
    out = np.abs(rotation) > 8.0
    face = np.ones(count, dtype=bool)
    face[int(rng.integers(0, count - 300)) :][:150] = False
    header = {**_header(patient), "created_utc": began.isoformat(timespec="milliseconds"), "baseline": _BASELINE}
    _write(place / "session.json", json.dumps(header, indent=1) + "\n")
    starts = np.flatnonzero(out[1:] & ~out[:-1] & face[1:]) + 1
    events: list[tuple[str, float, dict[str, Any]]] = [
        ("cue", t_s[at], {"cue": Cue.TURN_LEFT.value, "edge_share": 1.2}) for at in starts
    ]
    held_s = [min(60.0, max(2.0, 60 * math.exp(-pull_deg / 8) + rng.normal(0, 4))) for _ in range(2)]
    tries = [_hold_test(number, each) for number, each in enumerate(held_s, 1)]
    events += [(each.name, each.t_s, each.numbers) for each in tries]
    pain, control = 30 + 2 * pull_deg + rng.normal(0, 5), 70 - 2 * pull_deg + rng.normal(0, 5)
    for when, t in (("before", 0.0), ("after", LENGTH_S)):
        events.append(("ratings", t, {"when": when, "pain": round(pain), "dizziness": 5, "control": round(control)}))
    events.append(("stop", LENGTH_S, {}))
    lines = [json.dumps({"t_s": round(float(t), 4), "event": name, **more}) + "\n" for name, t, more in events]
    _write(place / "events.jsonl", "".join(lines))
    if with_samples:
        angles = (rotation, tilt, flexion, deviation, rotation + tremor, tilt + tremor / 4, flexion + tremor)
        position = (rotation / 10, slow, 0.5 * slow)
        measured = np.sqrt(angles[4] ** 2 + angles[5] ** 2 + angles[6] ** 2)
        _write(place / "samples.csv", _samples(t_s, face, out, [*angles, *position], measured))
    summary = _summary(face, out, [rotation, tilt, flexion, deviation], len(starts), tries)
    _write(place / "summary.json", summary.model_dump_json(indent=1) + "\n")


def _hold_test(number: int, held_s: float) -> ExerciseEvent:
    """The record of one try of a hold test."""
    numbers: Numbers = {
        "block": 1, "trial": number, "attempt": 1, "ending": "done", "cues": False, "probe": False,
        "began_s": LENGTH_S - 4 + number, "ran_s": round(held_s, 1), "held_s": round(held_s, 1), "capped": held_s >= 60,
        "reached": True, "mean_deviation_deg": 5.0,
    }  # fmt: skip
    return ExerciseEvent("hold_test", LENGTH_S - 3 + number, numbers)


def _samples(
    t_s: np.ndarray[Any, Any], face: np.ndarray[Any, Any], out: np.ndarray[Any, Any],
    values: list[np.ndarray[Any, Any]], measured: np.ndarray[Any, Any],
) -> str:  # fmt: skip
    pattern = "%.4f,1," + "%.3f," * 7 + "%.2f," * 3 + "%s,%.3f,good,1" + _NO_TRUNK
    states = np.where(out, PostureState.OUT.value, PostureState.NEUTRAL.value).tolist()
    rows = zip(t_s.tolist(), *(value.tolist() for value in values), states, measured.tolist(), strict=True)
    unseen = "," * 11 + f"{PostureState.NO_FACE.value},,{Quality.NO_FACE.value},0" + _NO_TRUNK
    lines = [
        pattern % row if seen else f"{row[0]:.4f},0{unseen}" for row, seen in zip(rows, face.tolist(), strict=True)
    ]
    return "\n".join([",".join(COLUMNS), *lines]) + "\n"


def _summary(
    face: np.ndarray[Any, Any], out: np.ndarray[Any, Any], angles: list[np.ndarray[Any, Any]], cues: int,
    tries: list[ExerciseEvent],
) -> Summary:  # fmt: skip
    step_s = 1 / RATE_HZ
    neutral = face & ~out
    breaks = np.flatnonzero(np.diff(np.concatenate([[0], neutral[:-1].astype(np.int8), [0]])))
    longest = int((breaks[1::2] - breaks[::2]).max()) if len(breaks) else 0
    names = ("rotation", "tilt", "flexion", "deviation")
    figures = {
        name: MeanAndSpread(mean_deg=round(float(each[face].mean()), 3), sd_deg=round(float(each[face].std()), 3))
        for name, each in zip(names, angles, strict=True)
    }
    neutral_s, out_s = round(float(neutral[:-1].sum()) * step_s, 3), round(float((face & out)[:-1].sum()) * step_s, 3)
    return Summary(
        length_s=LENGTH_S,
        seen_s=round(neutral_s + out_s, 3),
        neutral_s=neutral_s,
        out_s=out_s,
        paused_s=0.0,
        no_face_s=round(float((~face)[:-1].sum()) * step_s, 3),
        longest_neutral_s=round(longest * step_s, 3),
        frames=len(face),
        face_share=round(float(face.mean()), 4),
        good_share=1.0,
        cues={cue.value: cues if cue is Cue.TURN_LEFT else 0 for cue in Cue},
        angles=figures,
        ended="time",
        exercises=exercise_summary(tries),
    )


@cache
def _header(patient: str) -> dict[str, Any]:
    return session_header(
        command="practice",
        patient=patient,
        source=SourceInfo("camera", "made up", 1280, 720, RATE_HZ),
        baseline=None,
        baseline_file=None,
        settings=FeedbackSettings(),
        notes=["made up by scripts/make_clinic.py"],
    )


def _write(path: Path, text: str) -> None:
    """Not one by one to the disk, as a session does: these are no records."""
    make_private_folder(path.parent)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


if __name__ == "__main__":
    main()
