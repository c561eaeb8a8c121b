"""Makes the sample report in docs/sample-report/: a simulated patient who improves over 30 sessions.

    python scripts/make_sample_report.py

The logs are written by the program's own session log, with its own plans, exercises and cues, into a temporary folder:
30 sessions over seven weeks, with a new baseline after the 10th, one session cut off, injections, ratings, and in each
session the mirror and two hold tests; the last one has every exercise. Nobody's data: the head is drawn from a random
process with a fixed seed. Screenshots need Chromium (Debian package chromium); look at every one of them afterwards.
"""

import argparse
import math
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from shutil import which
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

from posture_trainer import shipped_files
from posture_trainer.exercises import guided_session, guided_view, hearing
from posture_trainer.exercises.exercise_view import ExerciseView
from posture_trainer.feedback import FeedbackSample, FeedbackSettings
from posture_trainer.plans.expand import session_today
from posture_trainer.plans.patient_settings import DosesTable, PatientSettings
from posture_trainer.plans.plan import Plan
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.directions import Direction
from posture_trainer.pose.posture import PostureSample
from posture_trainer.pose.quality import Quality
from posture_trainer.records.people import patient_folder, utc_name
from posture_trainer.records.session_header import UNITS
from posture_trainer.records.session_log import SessionLog
from posture_trainer.report.write import Report, patient_report, session_report

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))  # for the patient who follows the screen

from made.simulated_patients import Willing

HERE = Path(__file__).resolve().parent.parent / "docs" / "sample-report"
CODE = "sample-1"
FIRST = datetime(2026, 1, 12, 8, 30, tzinfo=UTC)
MADE = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
SESSIONS, NEW_BASELINE, CUT_OFF = 30, 10, 21
INJECTIONS = (date(2025, 12, 29), date(2026, 2, 2))
RATE_HZ, LENGTH_S = 30.0, 300.0
_SETTINGS = PatientSettings(
    stretch_limits_deg=dict.fromkeys((Direction.ROTATION_RIGHT, Direction.ROTATION_LEFT), 15.0),
    longest_session_min=40.0,  # the last session has every exercise
    doses=DosesTable(why="A sample."),
)
Row = tuple[float, HeadAngles | None, HeadAngles | None]


def head(progress: float, seed: int) -> list[Row]:
    """Time, smoothed and measured angles: a head that is pulled away again and again and comes back, with a tremor.

    progress: 0 (first session) to 1 (last one): pulled less far, less often, back sooner.
    """
    random = np.random.default_rng(seed)
    t_s = np.cumsum(random.normal(1 / RATE_HZ, 0.002, round((LENGTH_S + 20) * RATE_HZ)).clip(0.02, 0.06))
    pull = np.zeros(len(t_s))
    now, goal, until = 0.0, 0.0, 0.0
    away_s, back_s = 11 - 8.5 * progress, 3 + 9 * progress
    for row, moment in enumerate(t_s):
        if moment > until:
            goal = 0.0 if goal else random.normal(20 - 11 * progress, 3)
            until = moment + random.exponential(away_s if goal else back_s) + 1.0
        now += (goal - now) * (0.035 if goal else 0.05 + 0.04 * progress)
        pull[row] = now
    swing = (1.4 - 0.5 * progress) * np.sin(2 * np.pi * 2.1 * t_s + 0.5 * np.sin(0.3 * t_s))
    slow = np.cumsum(random.normal(0, 0.03, (3, len(t_s))), axis=1)
    slow -= np.linspace(0, 1, len(t_s)) * slow[:, -1:]
    unseen = (t_s > 140) & (t_s < 142.5)
    steady = np.column_stack((pull + slow[0], 0.35 * pull + slow[1], -1.5 + slow[2]))
    noise = random.normal(0, 0.25, (len(t_s), 3))
    smoothed = angles(steady + np.outer(swing, (0.6, 0.0, 0.2)))
    measured = angles(steady + np.outer(swing, (1.0, 0.0, 0.3)) + noise)
    return [
        (float(moment), None, None) if unseen[row] else (float(moment), smoothed[row], measured[row])
        for row, moment in enumerate(t_s)
    ]


def angles(degrees: NDArray[np.float64]) -> list[HeadAngles]:
    """Head angles of rows of rotation, tilt and flexion, with the deviation that they make together."""
    turned = np.column_stack((degrees[:, 2], degrees[:, 1], -degrees[:, 0]))
    deviation = np.degrees(Rotation.from_euler("XZY", turned, degrees=True).magnitude())
    rows = np.column_stack((degrees, deviation)).tolist()
    return [HeadAngles(*row) for row in rows]


class Practising:
    """A patient who looks into the mirror, then does what the screen asks, not quite still and not quite exactly.

    mirror: the head in the mirror, row by row. hold_s: how long each hold test can be held.
    """

    def __init__(self, mirror: list[Row], progress: float, seed: int) -> None:
        self._mirror = iter(mirror)
        self._random = np.random.default_rng(seed)
        self._willing = Willing(range_deg=52.0, speed_deg_per_s=30.0)
        self._hold_s = 12 + 36 * progress
        self._error_deg = 5.5 - 2.5 * progress
        self._kind, self._since_s = "", 0.0
        self._sway = np.zeros(3)

    def __call__(self, t_s: float, seen: ExerciseView) -> Row:
        """The head at t_s of who sees this."""
        if seen.kind == "free":  # it goes on after a rest where it was, at the time it is then
            return t_s, *next(self._mirror)[1:]
        if seen.kind != self._kind:
            self._kind, self._since_s = seen.kind, t_s
            self._held_s = self._hold_s + self._random.normal(0, 4)
        if not seen.eyes_closed:
            self._willing.eyes_closed_rotation_deg = self._random.normal(2.0, self._error_deg)
        self._willing.range_deg = 52.0 if seen.gauge is not None and "rotation" in seen.gauge.direction else 33.0
        head = self._willing(t_s, seen)
        assert isinstance(head, HeadAngles)
        self._sway += 0.04 * (self._random.normal(0, 6.0, 3) - self._sway)
        swing = 0.8 * math.sin(2 * math.pi * 2.1 * t_s)
        steady = np.array([head.rotation_deg, head.tilt_deg, head.flexion_deg]) + self._sway
        if seen.kind == "hold_test" and t_s - self._since_s > self._held_s:
            steady[0] += 15.0
        smoothed = angles((steady + np.array([0.6 * swing, 0.0, 0.2 * swing]))[None])[0]
        measured = angles((steady + np.array([swing, 0.0, 0.3 * swing]) + self._random.normal(0, 0.25, 3))[None])[0]
        return t_s, smoothed, measured


def write_session(patient: Path, number: int, begun: datetime, cut_off: bool) -> None:
    """One session's log: the plan, the patient, and what the program would have cued."""
    settings = FeedbackSettings()
    progress = number / (SESSIONS - 1)
    random = np.random.default_rng(1000 + number)
    progress = float(np.clip(progress + random.normal(0, 0.03), 0, 1))
    plan = Plan.model_validate({"title": "Sample", "longest_session_min": 40, "block": _blocks(number)})
    session = session_today("sample", plan, _SETTINGS, feedback=settings)
    log = SessionLog(patient / "sessions" / utc_name(begun), _header(settings, number, begun))
    pain = 55 - 25 * progress + random.normal(0, 4)
    control = 35 + 30 * progress + random.normal(0, 4)
    log.event(0.0, "ratings", when="before", pain=round(pain), dizziness=5, control=round(control))
    practising, state, t_s = Practising(head(progress, number), progress, number), guided_session.begin(session), 0.0
    while state.ended is None:
        t_s, smoothed, measured = practising(t_s + 1 / RATE_HZ, guided_view.view(state, session))
        state, told = guided_session.step(state, session, FeedbackSample(t_s, smoothed))
        state = hearing.heard(state)
        position = (1.5 * math.sin(t_s / 40), 0.5 * math.cos(t_s / 25), 0.0) if smoothed else None
        quality = Quality.GOOD if smoothed else Quality.NO_FACE
        log.sample(PostureSample(t_s, smoothed, measured, position, quality, smoothed is not None), told.feedback)
        for event in told.events:
            log.exercise(event)
        if cut_off and t_s > 95:
            return
    log.event(t_s, "ratings", when="after", pain=round(pain - 4), dizziness=5, control=round(control + 6))
    log.finish(state.ended, t_s)


def _blocks(number: int) -> list[dict[str, Any]]:
    """The mirror and two hold tests; in the last session every exercise."""
    blocks: list[dict[str, Any]] = [{"kind": "free", "seconds": LENGTH_S}, {"kind": "hold_test"}]
    if number < SESSIONS - 1:
        return blocks
    return [
        *blocks,
        {"kind": "hold", "repetitions": 6, "hold_s": 10, "feedback": 0.67},
        {"kind": "follow", "repetitions": 3, "loops": 1},
        {"kind": "position_sense"},
        {"kind": "range", "repetitions": 2},
        {"kind": "stretch", "hold_s": 10},
        {"kind": "breathe", "seconds": 30},
    ]


def _header(settings: FeedbackSettings, number: int, begun: datetime) -> dict[str, Any]:
    taken = FIRST if number < NEW_BASELINE else FIRST + timedelta(days=14)
    name = utc_name(taken - timedelta(minutes=10))
    return {
        "schema_version": 1,
        "created_utc": begun.isoformat(timespec="milliseconds"),
        "command": "practice",
        "patient": CODE,
        "versions": {"posture_trainer": "simulated"},
        "source": {"kind": "camera", "name": "simulated", "width": 640, "height": 480, "rate_hz": RATE_HZ},
        "baseline": {"created_utc": taken.isoformat(), "spread_deg": 0.7 if number < NEW_BASELINE else 0.5},
        "baseline_file": f"{name}.json",
        "feedback": asdict(replace(settings)),
        "plan": None,
        "last_injection": max(day for day in INJECTIONS if day <= begun.date()).isoformat(),
        "notes": ["A simulated patient: these are nobody's data."],
        "units": UNITS,
    }


def make_patient(data: Path) -> Path:
    """All logs of the simulated patient in that data folder."""
    patient = patient_folder(data, CODE)
    begun = FIRST
    for number in range(SESSIONS):
        write_session(patient, number, begun, number == CUT_OFF)
        begun += timedelta(days=1 if number % 5 != 4 else 3, minutes=7 * (number % 3) - 6)
    return patient


def clip_report(data: Path, out: Path) -> Report:
    """The report of one session that `analyze` made from the clip that comes with the program."""
    name = utc_name(FIRST)
    folder = patient_folder(data, "demo-clip") / "sessions" / name
    call = ["analyze", str(shipped_files.demo_clip()), "--out", str(folder)]
    subprocess.run([sys.executable, "-m", "posture_trainer", *call], check=True, capture_output=True, timeout=600)
    return session_report(folder.parent.parent, name, out, made=MADE)


def screenshot(page: Path, picture: Path, width: int, longest: int, browser: str) -> None:
    """A picture of the page in Chromium at that width and at most that length, in pixels."""
    with tempfile.TemporaryDirectory() as profile:
        call = [
            browser, "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--hide-scrollbars", f"--user-data-dir={profile}",
            "--virtual-time-budget=8000", f"--window-size={width},12800", f"--screenshot={picture}", page.as_uri(),
        ]  # fmt: skip
        if os.name == "posix" and os.geteuid() == 0:
            call.insert(1, "--no-sandbox")
        subprocess.run(call, check=True, capture_output=True, timeout=120)
    whole = cv2.imread(str(picture))
    if whole is None:
        raise SystemExit(f"Chromium wrote no picture {picture}")
    used = np.flatnonzero((whole != whole[-1:]).any(axis=(1, 2)))
    end = min(int(used[-1]) + 40, longest)
    cv2.imwrite(str(picture.with_suffix(".webp")), whole[:end], [cv2.IMWRITE_WEBP_QUALITY, 40])
    picture.unlink()


def main() -> None:
    """Write the report and, where there is a browser, its pictures."""
    parser = argparse.ArgumentParser(description="Makes docs/sample-report/.")
    parser.add_argument("--out", type=Path, default=HERE)
    parser.add_argument("--keep", type=Path, help="keep the simulated logs in this data folder")
    arguments = parser.parse_args()
    out = arguments.out.resolve()
    with tempfile.TemporaryDirectory() as temporary:
        data = arguments.keep or Path(temporary)
        report = patient_report(make_patient(data), out, made=MADE)
        clip = clip_report(data, out)
    print(report.path, clip.path, sep="\n")
    for path in [report.path, *report.beside, clip.path, *clip.beside, out / "plotly.min.js"]:
        path.chmod(0o644)  # nobody's data
    browser = which("chromium") or which("google-chrome")
    if browser is None:
        print("No Chromium here (Debian package chromium): no screenshots.")
        return
    for name, page, width, longest in (
        ("desktop", report, 1280, 2600),
        ("a4", report, 794, 12800),
        ("clip-a4", clip, 794, 12800),
    ):
        screenshot(page.path, out / f"{name}.png", width, longest, browser)
        print(out / f"{name}.webp")


if __name__ == "__main__":
    main()
