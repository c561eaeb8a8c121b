"""Every single figure of a report, computed once more straight from the files by other means: csv, sums, SciPy."""

import csv
import json
import re
from collections import defaultdict
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import fmean, median, stdev
from typing import Any

import numpy as np
import pytest
from scipy import signal
from scipy.spatial.transform import Rotation
from test_report import FIRST, numbers_of, trial_of

from posture_trainer.exercises.guided_records import ExerciseEvent
from posture_trainer.feedback import Cue, Feedback, PostureState
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.directions import Direction
from posture_trainer.pose.posture import PostureSample
from posture_trainer.pose.quality import Quality
from posture_trainer.records.people import patient_folder, utc_name
from posture_trainer.records.session_log import SessionLog
from posture_trainer.report.write import patient_report

TOLERANCES = {
    "rotation_right_deg": 6.0, "rotation_left_deg": 5.0, "tilt_right_deg": 5.0, "tilt_left_deg": 4.0,
    "flexion_deg": 8.0, "extension_deg": 7.0,
}  # fmt: skip
INJECTION = date(2026, 1, 8)
Row = dict[str, Any]


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


# --- the same once more -----------------------------------------------------------------------------------------


def read(folder: Path) -> tuple[list[Row], list[Row], Row]:
    with (folder / "samples.csv").open(encoding="utf-8", newline="") as file:
        rows: list[Row] = list(csv.DictReader(file))
    for row, after in zip(rows, [*rows[1:], None], strict=True):
        step_s = float(after["t_s"]) - float(row["t_s"]) if after else 0.0
        row["step_s"] = step_s if step_s <= 0.5 else 0.0
        row["gap_s"] = step_s if step_s > 0.5 else 0.0
        row["good"] = row["face"] == "1" and row["quality"] == "good"
        row["counted"] = row["face"] == "1" and row["state"] in ("neutral", "out")
        row["well"] = row["good"] and row["counted"]
    events = [json.loads(line) for line in (folder / "events.jsonl").read_text(encoding="utf-8").splitlines()]
    return rows, events, json.loads((folder / "session.json").read_text(encoding="utf-8"))


def seconds(rows: list[Row], keep: Any) -> float:
    return float(sum(row["step_s"] for row in rows if row["counted"] and keep(row)))


def excursions_of(rows: list[Row]) -> list[tuple[list[Row], bool]]:
    """The rows of each excursion, the one that is back last if there is one, and whether there is."""
    found: list[tuple[list[Row], bool]] = []
    running: list[Row] = []
    for row in rows:
        t_s = float(row["t_s"])
        if running and (row["state"] == "paused" or t_s - float(running[-1]["t_s"]) > 0.5):
            found.append((running, False))
            running = []
        if row["counted"] and (running or row["state"] == "out"):
            running.append(row)
            if row["state"] == "neutral":
                found.append((running, True))
                running = []
    return found + ([(running, False)] if running else [])


def way_back(rows: list[Row]) -> tuple[float, float]:
    """Peak speed and smoothness of a return: rotation matrices, and SPARC as it was published."""
    peak = max(range(len(rows) - 1), key=lambda place: float(rows[place]["deviation_deg"]))
    rows, peak = [row for row in rows[peak:] if row["good"]], 0
    t_s = np.array([float(row["t_s"]) for row in rows[peak:]])
    even_s = np.arange(t_s[0], t_s[-1], 1 / 30)
    columns = [[float(row[f"{axis}_deg"]) for row in rows[peak:]] for axis in ("flexion", "tilt", "rotation")]
    turns = [np.radians(np.interp(even_s, t_s, column)) for column in columns]
    heads = []
    for flexion, tilt, rotation in zip(*turns, strict=True):
        x = np.array([[1, 0, 0], [0, np.cos(flexion), -np.sin(flexion)], [0, np.sin(flexion), np.cos(flexion)]])
        z = np.array([[np.cos(tilt), -np.sin(tilt), 0], [np.sin(tilt), np.cos(tilt), 0], [0, 0, 1]])
        y = np.array([[np.cos(rotation), 0, -np.sin(rotation)], [0, 1, 0], [np.sin(rotation), 0, np.cos(rotation)]])
        heads.append(x @ z @ y)
    speed = np.array([30 * np.degrees(np.arccos((np.trace(a.T @ b) - 1) / 2)) for a, b in pairwise(heads)])
    size = 2 ** (int(np.ceil(np.log2(len(speed)))) + 4)
    shares = np.abs(np.fft.fft(speed, size))
    shares, hertz = shares / shares.max(), np.arange(size) * 30 / size
    inside = [place for place in range(size) if hertz[place] <= 10 and shares[place] >= 0.05]
    last = inside[-1]
    arc = sum(np.hypot(1 / last, shares[place + 1] - shares[place]) for place in range(last))
    return float(speed.max()), -float(arc)


def tremor_of(rows: list[Row]) -> tuple[float, float, int]:
    """Frequency and amplitude by another way, and the number of windows: the sine that fits best (least squares)."""
    stretches: list[list[Row]] = [[]]
    for row in (row for row in rows if row["well"]):
        if stretches[-1] and float(row["t_s"]) - float(stretches[-1][-1]["t_s"]) > 0.15:
            stretches.append([])
        stretches[-1].append(row)
    long = [stretch for stretch in stretches if float(stretch[-1]["t_s"]) - float(stretch[0]["t_s"]) > 8]
    tried, power = np.arange(2.0, 3.0, 0.002), np.zeros(500)
    for stretch in long:
        t_s, angle = (np.array([float(row[name]) for row in stretch]) for name in ("t_s", "measured_rotation_deg"))
        slow = signal.savgol_filter(angle, 21, 2)  # half a second: the pull without the tremor
        power += len(t_s) * signal.lombscargle(t_s, angle - slow, 2 * np.pi * tried, normalize=True)
    hz = float(tried[np.argmax(power)])
    sizes = []
    for stretch in long:
        t_s, angle = (np.array([float(row[name]) for row in stretch]) for name in ("t_s", "measured_rotation_deg"))
        terms = [np.cos(2 * np.pi * hz * t_s), np.sin(2 * np.pi * hz * t_s)]
        terms += [np.cos(np.pi * number * (t_s - t_s[0]) / (t_s[-1] - t_s[0])) for number in range(60)]
        fitted = np.linalg.lstsq(np.column_stack(terms), angle)[0]
        sizes.append(float(np.hypot(fitted[0], fitted[1])))
    count = sum(int((float(stretch[-1]["t_s"]) - float(stretch[0]["t_s"]) - 8) / 4 + 1) for stretch in long)
    return hz, median(sizes), count


def figures_of(folder: Path) -> dict[str, float | None]:
    """All figures of one session, under the names of the page."""
    rows, events, header = read(folder)
    inside_s, out_s = (seconds(rows, lambda row, state=state: row["state"] == state) for state in ("neutral", "out"))
    seen_s = inside_s + out_s
    well_s = seconds(rows, lambda row: row["well"])
    found: dict[str, float | None] = {
        "Time with a face": fmean(row["face"] == "1" for row in rows),
        "Frames a second": 1 / median(float(b["t_s"]) - float(a["t_s"]) for a, b in pairwise(rows)),
        "Frames of good quality": fmean(row["good"] for row in rows if row["state"] != "paused"),
        "Time off the middle": seconds(
            rows, lambda row: row["well"] and (abs(float(row["x_cm"])) > 10 or abs(float(row["y_cm"])) > 8)
        )
        / well_s,
        "Gaps": sum(row["gap_s"] > 0 for row in rows),
        "Length of all gaps": sum(row["gap_s"] for row in rows),
        "Spread of the baseline": header["baseline"]["spread_deg"],
        "Time in tolerance": inside_s / seen_s,
        "Time outside": out_s / seen_s,
        "Length": float(rows[-1]["t_s"]) / 60,
        "Counted time": seen_s / 60,
    }
    held_s = longest_s = 0.0
    for row in rows:
        held_s = held_s + row["step_s"] if row["counted"] and row["state"] == "neutral" else 0.0
        longest_s = max(longest_s, held_s)
        held_s = held_s if row["step_s"] else 0.0
    found["Longest hold in practice"] = longest_s
    edges = {"rotation": (6, 5), "tilt": (5, 4), "flexion": (8, 7)}
    for axis in ("rotation", "tilt", "flexion", "deviation"):
        values = [float(row[f"{axis}_deg"]) for row in rows if row["well"]]
        found |= {
            f"{axis}, median": median(values), f"{axis}, mean": fmean(values), f"{axis}, SD": float(np.std(values)),
            f"{axis}, 5 %": float(np.quantile(values, 0.05)), f"{axis}, 95 %": float(np.quantile(values, 0.95)),
        }  # fmt: skip
        found[f"Median {axis}"] = median(values)
    for axis, (plus, minus) in edges.items():
        over_s = seconds(rows, lambda row, axis=axis, plus=plus: float(row[f"{axis}_deg"]) > plus)
        under_s = seconds(rows, lambda row, axis=axis, minus=minus: float(row[f"{axis}_deg"]) < -minus)
        found[f"{axis}, symmetry"] = (over_s - under_s) / (over_s + under_s) if over_s + under_s else None
        sides = ("chin down", "chin up") if axis == "flexion" else ("right", "left")
        found |= {f"tolerance, {axis} {sides[0]}": plus, f"tolerance, {axis} {sides[1]}": minus}
    bands = {
        "rotation": [("under 1°", 1), ("1–22°", 23), ("23–45°", 46), ("46–67°", 68), ("68–90°", 91), ("over 90°", 999)],
        "tilt": [("under 1°", 1), ("1–15°", 16), ("16–35°", 36), ("over 35°", 999)],
    }
    for axis, names in bands.items():
        below = 0
        for name, end in names:
            spent_s = seconds(
                rows,
                lambda row, axis=axis, low=below, end=end: (
                    row["well"] and low <= int(abs(float(row[f"{axis}_deg"])) + 0.5) < end
                ),
            )
            found[f"{axis} in {name}"], below = spent_s / well_s, end
    found["rotation in over 45°"] = 0.0
    away = excursions_of(rows)
    back = [run for run, returned in away if returned]
    peaks = [max(run[:-1] if returned else run, key=lambda row: float(row["deviation_deg"])) for run, returned in away]
    returns_s = [
        float(run[-1]["t_s"]) - float(peak["t_s"])
        for (run, returned), peak in zip(away, peaks, strict=True)
        if returned
    ]
    ways = [way_back(run) for run, return_s in zip(back, returns_s, strict=True) if return_s >= 0.3]
    cues = sum(event["event"] == "cue" for event in events)
    found |= {
        "Excursions": len(away),
        "Excursions a minute": len(away) / seen_s * 60,
        "Median length": median(float(run[-1]["t_s"]) - float(run[0]["t_s"]) for run, _ in away),
        "Median peak": median(float(peak["deviation_deg"]) for peak in peaks),
        "Returns seen": len(ways),
        "Median return": median(returns_s),
        "Return to neutral": median(returns_s),
        "Median peak speed": median(speed for speed, _ in ways),
        "Smoothness (SPARC)": median(arc for _, arc in ways),
        "Cues": cues,
        "Cues a minute": cues / seen_s * 60,
    }
    gone = [row for row in rows if row["well"] and row["state"] == "out"]
    held = [row for row in rows if row["well"] and row["state"] == "neutral"]
    found |= {
        "Pull": median(float(row["deviation_deg"]) for row in gone),
        **{f"Pull, {axis}": median(float(row[f"{axis}_deg"]) for row in gone) for axis in edges},
        "When holding": median(float(row["deviation_deg"]) for row in held),
        "In tolerance, 5 min": inside_s / seen_s,
        "Longest hold, 5 min": None,  # not five minutes
    }
    peak_hz, amplitude_deg, windows = tremor_of(rows)
    found |= {
        "Tremor, peak frequency": peak_hz, "Tremor, indicative amplitude": amplitude_deg, "Windows of 8 s": windows,
    }  # fmt: skip
    for event in events:
        if event["event"] == "ratings":
            for name in ("pain", "dizziness", "control"):
                found[f"{name.capitalize()} {event['when']}"] = event[name]
    found["Hold test"] = fmean(event["held_s"] for event in events if event["event"] == "hold_test")
    return found


NOT_COMPARED = ("Time in tolerance", "Median deviation", "Longest hold in practice", "Cues", "Return to neutral")
COMPARED = {
    "Pull": "Pull", "Hold test": "Hold test", "In tolerance, 5 min": "Time in tolerance",
    "Deviation, 5 min": "Median deviation", "Pain before": "Pain before", "Control before": "Control before",
    "Dizziness before": "Dizziness before", "Longest hold, 5 min": None,
}  # fmt: skip


def expected_glance(by_session: list[dict[str, float | None]]) -> dict[str, float | None]:
    """Of seven sessions: what the last one gives; a change needs eight."""
    last = by_session[-1]
    expected = {name: last["Cues a minute" if name == "Cues" else name] for name in NOT_COMPARED}
    nothing = ("first third", "last third", "change", "change, 95 % from", "change, 95 % to", "detectable change")
    for name, figure in COMPARED.items():
        if figure is not None:
            expected |= {name: last[figure]} | {f"{name}, {each}": None for each in nothing}
    return expected


def expected_exercises(folder: Path) -> dict[str, float | str | None]:
    by_kind: dict[str, list[Row]] = defaultdict(list)
    for event in read(folder)[1]:
        if "ending" in event:
            by_kind[event["event"]].append(event)
    expected: dict[str, float | str | None] = {}
    for kind, trials in by_kind.items():
        ended = [trial for trial in trials if trial["ending"] in ("done", "not_reached")]
        expected |= {
            f"{kind}, Trials": len(ended), f"{kind}, Completed": sum(each["ending"] == "done" for each in ended),
            f"{kind}, Void": sum(each["ending"] == "void" for each in trials),
            f"{kind}, Broken off": sum(each["ending"] == "unfinished" for each in trials),
        }  # fmt: skip
        by_kind[kind] = ended
    holds = by_kind["hold"]
    for name, part in (
        ("", holds),
        ("with cues, ", [each for each in holds if each["cues"]]),
        ("without cues, ", [each for each in holds if not each["cues"]]),
    ):
        times_s = [each["time_to_neutral_s"] for each in part if each["time_to_neutral_s"] is not None]
        expected |= {
            f"hold, {name}Completed, share": fmean(each["ending"] == "done" for each in part),
            f"hold, {name}Held, all together": sum(each["held_s"] for each in part),
            f"hold, {name}Longest": max(each["longest_s"] for each in part),
            f"hold, {name}In tolerance, mean": fmean(each["in_tolerance_share"] for each in part),
            f"hold, {name}Time to neutral, mean": fmean(times_s) if times_s else None,
            f"hold, {name}Deviation, mean": fmean(each["mean_deviation_deg"] for each in part),
            f"hold, {name}Times left": sum(each["leaves"] for each in part),
        }
    expected["hold, Went well"] = sum(
        each["ending"] == "done" and each["in_tolerance_share"] >= 0.7 for each in holds
    ) / len(holds)
    tries_s = [each["held_s"] for each in by_kind["hold_test"]]
    expected |= {f"hold_test, try {number}": held_s for number, held_s in enumerate(tries_s, 1)}
    expected |= {"hold_test, Mean of the tries": fmean(tries_s), "hold_test, Band": "31–45 s"}
    for name, key in (
        ("Distance, mean", "mean_distance_deg"),
        ("On the target", "on_target_share"),
        ("Path ratio", "path_ratio"),
    ):
        expected[f"follow, {name}"] = fmean(each[key] for each in by_kind["follow"])
    errors = [each["signed_error_deg"] for each in by_kind["position_sense"]]
    sizes = [abs(error) for error in errors]
    start = "position_sense, turn right"
    expected |= {
        f"{start}, Trials": 6, f"{start}, Signed error, mean": fmean(errors),
        f"{start}, Signed error, SD": stdev(errors), f"{start}, Error, mean": fmean(sizes),
        f"{start}, Error, SD": stdev(sizes), f"{start}, Overshoot, mean": -fmean(errors),
        f"{start}, Radial error, mean": fmean(sizes) + 1, "range, Rotation, both ways together": 92.0,
    }  # fmt: skip
    for way, name in (
        (Direction.TILT_LEFT, "tilt left"),
        (Direction.ROTATION_LEFT, "turn left"),
        (Direction.ROTATION_RIGHT, "turn right"),
    ):
        angles = [each["farthest_deg"] for each in by_kind["range"] if each["direction"] == way]
        expected |= {
            f"range, {name}, Trials": len(angles), f"range, {name}, Best": max(angles),
            f"range, {name}, Mean": fmean(angles),
            f"range, {name}, Beyond the camera": "yes" if max(angles) > 45 else "no",
        }  # fmt: skip
    expected |= {
        "stretch, chin up, Trials": 1, "stretch, chin up, Set angle": 20.0, "stretch, chin up, Farthest": 21.5,
        "stretch, chin up, Near the set angle": 7.5, "stretch, chin up, Beyond the set angle": 0.4,
        "breathe, Time": 60.0, "breathe, Breaths": 6, "timed, Time": 20.0, "free, Time": 90.0, "free, Face seen": 80.0,
        "free, In tolerance": 60.0, "free, In tolerance, share": 0.75, "free, Longest": 12.0,
    }  # fmt: skip
    return expected


def expected_trend(folders: list[Path], by_session: list[dict[str, float | None]]) -> dict[str, float | None]:
    names = {
        "pull, °": "Pull", "deviation, °": "Median deviation",
        "in tolerance, %": "Time in tolerance", "hold test, s": "Hold test",
        "tremor, Hz": "Tremor, peak frequency", "tremor, ± °": "Tremor, indicative amplitude",
        "pain before": "Pain before", "control before": "Control before",
    }  # fmt: skip
    weeks: dict[str, list[dict[str, float | None]]] = defaultdict(list)
    for folder, figures in zip(folders, by_session, strict=True):
        days = (datetime.fromisoformat(folder.name[:10]).date() - INJECTION).days
        weeks[f"{max(1, -(-days // 7))} after" if days >= 0 else f"{-(days // 7)} before"].append(figures)
    expected: dict[str, float | None] = {}
    for week, each in weeks.items():
        expected[f"sessions, week {week} {INJECTION}"] = len(each)
        for title, name in names.items():
            values = [value for figures in each if (value := figures[name]) is not None]
            expected[f"{title}, week {week} {INJECTION}"] = median(values) if values else None
    return expected


def expected_response(folders: list[Path], by_session: list[dict[str, float | None]]) -> dict[str, float | None]:
    """Three sessions before and four in the week after: what was before, and nothing of weeks 3 to 6."""
    days = [date.fromisoformat(folder.name[:10]) for folder in folders]
    expected: dict[str, float | None] = {}
    for name, figure in COMPARED.items():
        if figure is not None:
            before = [
                value
                for day, each in zip(days, by_session, strict=True)
                if day < INJECTION and (value := each[figure]) is not None
            ]
            nothing = (
                "weeks 3–6 after",
                "response",
                "response, 95 % from",
                "response, 95 % to",
                "peak",
                "begun",
                "peak day",
                "half gone",
            )
            expected |= {f"{name}, {each} {INJECTION}": None for each in nothing}
            expected[f"{name}, before {INJECTION}"] = median(before)
    return expected


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
