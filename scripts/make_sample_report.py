"""Makes the sample report in docs/sample-report/: a simulated patient who improves over 30 sessions.

    python scripts/make_sample_report.py

The logs are written by the program's own session log, with its own decisions about cues, into a temporary folder:
30 sessions over seven weeks, with a new baseline after the 10th, one session cut off, injections, ratings and hold
tests. Nobody's data: the head is drawn from a random process with a fixed seed. Screenshots need Chromium (Debian
package chromium); look at every one of them afterwards.
"""

import argparse
import math
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import which
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

from posture_trainer import shipped_files
from posture_trainer.feedback import FeedbackSample, FeedbackSettings, FeedbackState, step
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.posture import PostureSample
from posture_trainer.pose.quality import Quality
from posture_trainer.records.patient_folder import patient_folder, utc_name
from posture_trainer.records.session_header import UNITS
from posture_trainer.records.session_log import SessionLog
from posture_trainer.review.report import Report, patient_report, session_report

HERE = Path(__file__).resolve().parent.parent / "docs" / "sample-report"
CODE = "sample-1"
FIRST = datetime(2026, 1, 12, 8, 30, tzinfo=UTC)
MADE = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
SESSIONS, NEW_BASELINE, CUT_OFF = 30, 10, 21
RATE_HZ, LENGTH_S = 30.0, 300.0


def head(progress: float, seed: int) -> list[tuple[float, HeadAngles | None, HeadAngles | None]]:
    """Time, smoothed and measured angles: a head that is pulled away again and again and comes back, with a tremor.

    progress: 0 (first session) to 1 (last one): pulled less far, less often, back sooner.
    """
    random = np.random.default_rng(seed)
    t_s = np.cumsum(random.normal(1 / RATE_HZ, 0.002, round(LENGTH_S * RATE_HZ)).clip(0.02, 0.06))
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


def write_session(patient: Path, number: int, begun: datetime, cut_off: bool) -> None:
    """One session's log, with the cues that the program would have given."""
    settings = FeedbackSettings()
    progress = number / (SESSIONS - 1)
    random = np.random.default_rng(1000 + number)
    progress = float(np.clip(progress + random.normal(0, 0.03), 0, 1))
    log = SessionLog(patient / "sessions" / utc_name(begun), _header(settings, number, begun))
    pain = 55 - 25 * progress + random.normal(0, 4)
    control = 35 + 30 * progress + random.normal(0, 4)
    log.event(0.0, "rating", when="before", pain=round(pain), dizziness=5, control=round(control))
    state = FeedbackState()
    for t_s, smoothed, measured in head(progress, number):
        state, feedback = step(state, settings, FeedbackSample(t_s, smoothed))
        position = (1.5 * math.sin(t_s / 40), 0.5 * math.cos(t_s / 25), 0.0) if smoothed else None
        log.sample(
            PostureSample(t_s, smoothed, measured, position, Quality.GOOD if smoothed else Quality.NO_FACE), feedback
        )
        if cut_off and t_s > 95:
            return
    for _ in range(2):
        held = min(60.0, 12 + 36 * progress + random.normal(0, 4))
        log.event(LENGTH_S, "trial", exercise="hold_test", held_s=round(held, 1), capped=held >= 60)
    log.event(LENGTH_S, "rating", when="after", pain=round(pain - 4), dizziness=5, control=round(control + 6))
    log.event(LENGTH_S, "stop")
    log.finish("stopped")


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
    text = "injections = [2025-12-29, 2026-02-02]\n"
    (patient / "patient.toml").write_text(text, encoding="utf-8")
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
            "--virtual-time-budget=8000", f"--window-size={width},9800", f"--screenshot={picture}", page.as_uri(),
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
        ("a4", report, 794, 9800),
        ("clip-a4", clip, 794, 9800),
    ):
        screenshot(page.path, out / f"{name}.png", width, longest, browser)
        print(out / f"{name}.webp")


if __name__ == "__main__":
    main()
