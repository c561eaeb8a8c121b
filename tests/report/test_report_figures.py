"""Every single figure of a report, computed once more straight from the files by other means: csv, sums, SciPy."""

import csv
import json
import re
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import pytest
from made.recomputed import (
    INJECTION,
    TOLERANCES,
    expected_exercises,
    expected_glance,
    expected_response,
    expected_trend,
    figures_of,
)
from made.reported import FIRST, trial_of
from scipy.spatial.transform import Rotation
from test_report import numbers_of

from posture_trainer.exercises.guided_records import ExerciseEvent
from posture_trainer.feedback import Cue, Feedback, PostureState
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.posture import PostureSample
from posture_trainer.pose.quality import Quality
from posture_trainer.records.people import patient_folder, utc_name
from posture_trainer.records.session_log import SessionLog
from posture_trainer.report.write import patient_report


def write_session(patient: Path, number: int) -> None:
    """100 s at uneven times, pulled to both sides, with a tremor, a gap, a pause, a lost face and a poor picture."""
    random = np.random.default_rng(number)
    times = np.cumsum(random.uniform(0.03, 0.05, 2500))
    times[1500:] += 2.0
    header = {
        "baseline": {"created_utc": "2026-01-01T08:00:00Z", "spread_deg": 0.5 + 0.1 * number},
        "feedback": {"tolerances": TOLERANCES},
        "last_injection": INJECTION.isoformat() if number > 2 else None,
    }
    log = SessionLog(patient / "sessions" / utc_name(FIRST + timedelta(days=number)), header)
    for when, more in (("before", 0), ("after", 7)):
        log.event(0.0, "ratings", when=when, pain=60 - 4 * number - more, dizziness=3, control=30 + 5 * number + more)
    state = PostureState.NEUTRAL
    for row, t_s in enumerate(times.tolist()):
        pull = (26 - 2 * number) * max(0.0, np.sin(t_s / (2.5 - 0.2 * number) + number)) ** 3 - 4
        tremor = 0.8 * np.sin(2 * np.pi * 2.5 * t_s)
        smoothed = np.array([pull + 0.3 * tremor, 0.4 * pull, -1 + random.normal(0, 0.1)])
        measured = smoothed + np.array([tremor, 0, 0]) + random.normal(0, 0.1, 3)
        was, state = state, PostureState.OUT if abs(pull) > 6 else PostureState.NEUTRAL
        cue = Cue.TURN_LEFT if state is PostureState.OUT is not was else None
        shown = state
        quality = Quality.ASIDE if 700 <= row < 720 else Quality.GOOD
        sample = PostureSample(t_s, whole(smoothed), whole(measured), (9 + row / 2000, 0.0, 0.0), quality, True)
        if 300 <= row < 330:
            shown, cue = PostureState.PAUSED, None
        if 1000 <= row < 1040:
            sample, shown, cue = PostureSample(t_s), PostureState.NO_FACE, None
        log.sample(sample, Feedback(shown, cue, None, 1.1))
    for trial in range(1, 3):
        log.exercise(trial_of("hold_test", trial, held_s=20.0 + 3 * number + trial))
    if number == 6:
        for event in every_exercise():
            log.exercise(event)
    log.finish("done")


def whole(angles: Any) -> HeadAngles:
    rotation, tilt, flexion = map(float, angles)
    turned = Rotation.from_euler("XZY", [flexion, tilt, -rotation], degrees=True)
    return HeadAngles(rotation, tilt, flexion, float(np.degrees(turned.magnitude())))


def every_exercise() -> list[ExerciseEvent]:
    events: list[ExerciseEvent] = []
    for trial, held_s in enumerate((8.0, 10.0, 4.5), 1):
        hold: dict[str, Any] = {
            "asked_s": 10.0, "held_s": held_s, "longest_s": held_s - 1, "in_tolerance_s": held_s, "measured_s": 12.0,
            "in_tolerance_share": round(held_s / 12, 3), "leaves": trial, "mean_deviation_deg": 2.0 + trial,
            "time_to_neutral_s": 1.5 * trial if trial < 3 else None,
        }  # fmt: skip
        events.append(trial_of("hold", trial, ["not_reached", "done", "done"][trial - 1], trial < 3, **hold))
    events.append(trial_of("hold", 4, "unfinished", True, asked_s=10.0, held_s=99.0))
    for trial in (1, 2):
        follow: dict[str, Any] = {
            "mean_distance_deg": 2.0 * trial,
            "on_target_share": 0.4 + 0.2 * trial,
            "path_ratio": 1.1 + trial,
        }
        events.append(trial_of("follow", trial, **follow))
    for trial, error_deg in enumerate((2.0, -3.0, 6.5, 7.0, 1.0, 9.5), 1):
        position: dict[str, Any] = {
            "signed_error_deg": error_deg,
            "absolute_error_deg": abs(error_deg),
            "overshoot_deg": -error_deg,
            "radial_error_deg": abs(error_deg) + 1,
        }
        events.append(trial_of("position_sense", trial, direction="rotation_right", **position))
    events.append(trial_of("position_sense", 7, "void", direction="rotation_right"))
    for trial, (way, farthest_deg) in enumerate(
        (("tilt_left", 31.0), ("tilt_left", 33.5), ("rotation_left", 52.0), ("rotation_right", 40.0)), 1
    ):
        beyond = farthest_deg > 45
        events.append(trial_of("range", trial, direction=way, farthest_deg=farthest_deg, beyond_camera=beyond))
    stretch: dict[str, Any] = {"limit_deg": 20.0, "farthest_deg": 21.5, "near_limit_s": 7.5, "over_limit_s": 0.4}
    events.append(trial_of("stretch", 1, direction="extension", **stretch))
    events.append(trial_of("breathe", 1, seconds=60.0, breaths=6))
    events.append(trial_of("timed", 1, seconds=20.0))
    events.append(trial_of("free", 1, seconds=90.0, seen_s=80.0, in_tolerance_s=60.0, longest_s=12.0))
    return events


def test_every_figure_of_the_page_is_the_one_of_the_files(tmp_path: Path) -> None:
    patient = patient_folder(tmp_path, "anna")
    for number in range(7):
        write_session(patient, number)
    found = numbers_of(patient_report(patient, tmp_path / "out"))
    folders = sorted((patient / "sessions").iterdir())
    by_session = [figures_of(folder) for folder in folders]
    last = by_session[-1]
    expected: dict[str, float | str | None] = {
        "trust: Sessions": 7, "trust: Sessions with something wrong": 0, "glance: Practice days": 7,
        "glance: Practice minutes": sum(each["Counted time"] or 0 for each in by_session),
        "glance: Sessions compared (same baseline and tolerances)": 7,
    }  # fmt: skip
    worst = {
        "Time with a face": min, "Frames a second": min, "Frames of good quality": min, "Time off the middle": max,
        "Gaps": max, "Length of all gaps": max, "Spread of the baseline": max,
    }  # fmt: skip
    for name, chosen in worst.items():
        values = [each[name] or 0.0 for each in by_session]
        expected |= {
            f"trust: {name}": last[name], f"trust: {name}, median of the compared sessions": median(values),
            f"trust: {name}, worst of the compared sessions": chosen(values),
        }  # fmt: skip
    expected["trust: Sessions with a doubtful Time off the middle"] = 7
    taken = "of the baseline of 2026-01-01 08:00"  # in a header of before, that does not say it
    expected |= {f"trust: Straightness {taken}": "not recorded", f"trust: Slow spread {taken}": None}
    expected |= {f"glance: {name}": value for name, value in expected_glance(by_session).items()}
    for folder, each in zip(folders, by_session, strict=True):
        expected[f"glance: Minutes on {folder.name[:10]}"] = each["Counted time"]
    own = {
        name: value for name, value in last.items()
        if (", " in name and not name.startswith("Tremor")) or (" in " in name and "°" in name) or name in (
            "Time outside", "Length", "Counted time", "Longest hold in practice", "Excursions", "Excursions a minute",
            "Median length", "Median peak", "Returns seen", "Median return", "Median peak speed", "Smoothness (SPARC)",
            "Cues", "Pull", "When holding",
        )
    }  # fmt: skip
    expected |= {f"session: {name}": value for name, value in own.items()}
    expected |= {f"session: {name}": value for name, value in expected_exercises(folders[-1]).items()}
    tremor = ("Tremor, peak frequency", "Tremor, indicative amplitude", "Windows of 8 s")
    expected |= {f"tremor: {name}": last[name] for name in tremor}
    expected |= {f"trend: {name}": value for name, value in expected_trend(folders, by_session).items()}

    expected |= {f"trend: {name}": value for name, value in expected_response(folders, by_session).items()}

    assert last["Tremor, peak frequency"] == pytest.approx(2.5, abs=0.01)
    assert 0 < float(found["tremor: Tremor, band from"]) < 2.5 < float(found["tremor: Tremor, band to"]) < 2.7
    assert float(found["tremor: Tremor, regularity"]) > 0.9
    assert float(found["tremor: Tremor, times the background"]) > 5
    assert float(found["tremor: Tremor, windows with it"]) == 1.0
    more = ("band from", "band to", "regularity", "times the background", "windows with it")
    found = {name: value for name, value in found.items() if name not in {f"tremor: Tremor, {each}" for each in more}}
    for axis in ("rotation", "tilt", "flexion"):
        name = f"session: range, {axis.capitalize()}, both ways together"
        assert found.get(f"measured: Range, both ways together, {axis}") == found.get(name)
    others = ("practice: ", "measured: ")  # made of these; practice against the plan has tests of its own
    found = {name: value for name, value in found.items() if not name.startswith(others)}
    found = {name: value for name, value in found.items() if "?" not in name}  # the answers are made of these
    assert set(found) == set(expected)
    numbers = {name: value for name, value in expected.items() if isinstance(value, int | float)}
    swings = {name for name in numbers if "tremor" in name.lower()}  # by another way
    for names, near in ((swings, 0.05), (numbers.keys() - swings, 1e-6)):
        assert {name: float(found[name]) for name in names} == pytest.approx(
            {name: numbers[name] for name in names}, abs=near, rel=1e-6
        )
    words = {name: value or "" for name, value in expected.items() if not isinstance(value, int | float)}
    assert {name: found[name] for name in words} == words


def test_every_trial_is_in_a_csv_beside_the_page(tmp_path: Path) -> None:
    patient = patient_folder(tmp_path, "anna")
    write_session(patient, 6)
    page = patient_report(patient, tmp_path / "out").path
    with page.with_name("anna-trials.csv").open(encoding="utf-8", newline="") as file:
        found = {(row["exercise"], row["trial"], row["figure"]): row["value"] for row in csv.DictReader(file)}
    for event in every_exercise():
        for name, value in event.numbers.items():
            if name not in ("block", "trial"):
                shown = found[event.name, str(event.numbers["trial"]), name]
                assert shown == ("" if value is None else str(value)) or float(shown) == pytest.approx(value)


def test_the_exercises_of_the_page_are_those_of_summary_json(tmp_path: Path) -> None:
    patient = patient_folder(tmp_path, "anna")
    write_session(patient, 6)
    page = patient_report(patient, tmp_path / "out").page
    detail = page.detail
    assert detail is not None
    shown = re.findall(r"<title>([\d.]+) s</title>", page.charts["exercise-hold"].wide)
    assert shown == ["8.0", "10.0", "4.5"], "ended, though not all completed"
    summary = json.loads((detail.folder / "summary.json").read_text(encoding="utf-8"))["exercises"]
    assert {name: part for name, part in summary.items() if name not in ("rests", "definitions")} == json.loads(
        json.dumps(detail.extras.exercises)
    )
