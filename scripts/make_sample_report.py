"""Makes docs/sample-report/: the report of a simulated patient over 18 weeks and two injections, the sheet that the
patient takes along, and the page of a clinic of which this is one patient.

    python scripts/make_sample_report.py

The logs are written by the program's own session log, with its own plans, exercises and cues, into a temporary folder:
sessions as a patient might do them (a week of none, two broken off, one cut off), a new baseline in between, ratings,
notes, and in each session the mirror and two hold tests, in some the tests of range and position sense; the last one
has every exercise. Nobody's data: the head is drawn from a random process with a fixed seed. Pictures need Chromium and
its driver (Debian packages chromium and chromium-driver); look at every one of them afterwards.
"""

import argparse
import base64
import json
import math
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
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
from posture_trainer.report.clinic_page import clinic_page
from posture_trainer.report.patient_page import patient_page
from posture_trainer.report.write import Report, patient_report, session_report

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))  # for the patient who follows the screen

from made.browser import CHROMIUM, DRIVER, opened, pages_of, printed, start
from made.simulated_patients import Willing
from make_clinic import make_clinic
from selenium import webdriver

HERE = Path(__file__).resolve().parent.parent / "docs" / "sample-report"
CODE = "sample-1"
FIRST = datetime(2026, 1, 5, 8, 30, tzinfo=UTC)
MADE = datetime(2026, 5, 11, 9, 0, tzinfo=UTC)
INJECTIONS = (date(2025, 10, 27), date(2026, 1, 19), date(2026, 4, 13))
FEW, MANY, WEEKS, AWAY = (0, 3), (0, 1, 2, 3, 4), 18, 8  # weekdays of practice; the week without any
DAYS = [
    7 * week + day
    for week in range(WEEKS)
    if week != AWAY
    for day in (MANY if week >= WEEKS - 4 else (*FEW, 5)[: 2 + week % 2])
]
NEW_BASELINE, CUT_OFF, BROKEN_OFF, TESTED = 20, 21, (9, 33), 8
NOTE = (
    "2026-02-10: The laptop now stands on a box, at eye height. "
    "2026-03-26: Finds it easier with a hand at the left cheek."
)
RATE_HZ, LENGTH_S = 20.0, 305.0
SIZES = (("phone", 390), ("desktop", 1366))
# How much of the effect of an injection there is, on these days after it: made up for this patient.
_EFFECT = ((0, 5, 14, 28, 42, 63, 84, 112), (0.0, 0.1, 0.6, 1.0, 0.9, 0.4, 0.05, 0.0))
_SETTINGS = PatientSettings(
    stretch_limits_deg=dict.fromkeys((Direction.ROTATION_RIGHT, Direction.ROTATION_LEFT), 15.0),
    longest_session_min=40.0,  # the last session has every exercise
    doses=DosesTable(why="A sample."),
)
Row = tuple[float, HeadAngles | None, HeadAngles | None]


def pull_deg(day: date) -> float:
    """How far the head is pulled on that day: less with practice, and less again after an injection."""
    since = (day - max(each for each in INJECTIONS if each <= day)).days
    practised = (day - FIRST.date()).days / (7 * WEEKS)
    return 22.0 - 5.0 * practised - 12.0 * float(np.interp(since, *_EFFECT))


def head(pulled_deg: float, seed: int) -> list[Row]:
    """Time, smoothed and measured angles: a head that is pulled away again and again and comes back, with a tremor."""
    random = np.random.default_rng(seed)
    ease = float(np.clip((22 - pulled_deg) / 16, 0, 1))
    t_s = np.cumsum(random.normal(1 / RATE_HZ, 0.002, round((LENGTH_S + 20) * RATE_HZ)).clip(0.02, 0.08))
    pull = np.zeros(len(t_s))
    now, goal, until = 0.0, 0.0, 0.0
    away_s, back_s = 10 - 6.5 * ease, 3 + 7 * ease
    for row, moment in enumerate(t_s):
        if moment > until:
            goal = 0.0 if goal else random.normal(pulled_deg, 2)
            until = moment + random.exponential(away_s if goal else back_s) + 1.0
        now += (goal - now) * (0.05 if goal else 0.08 + 0.06 * ease)
        pull[row] = now
    swing = (1.4 - 0.5 * ease) * np.sin(2 * np.pi * 2.1 * t_s + 0.5 * np.sin(0.3 * t_s))
    slow = np.cumsum(random.normal(0, 0.037, (3, len(t_s))), axis=1)
    slow -= np.linspace(0, 1, len(t_s)) * slow[:, -1:]
    unseen = (t_s > 140) & (t_s < 142.5)
    steady = np.column_stack((pull + slow[0], -0.3 * pull + slow[1], -1.5 + slow[2]))
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

    def __init__(self, mirror: list[Row], pulled_deg: float, seed: int) -> None:
        self._mirror = iter(mirror)
        self._random = np.random.default_rng(seed)
        self._willing = Willing(range_deg=52.0, speed_deg_per_s=30.0)
        self._hold_s = 60 - 2.2 * pulled_deg
        self._error_deg = 2.0 + 0.2 * pulled_deg
        self._range_deg = 58 - pulled_deg
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
        self._willing.range_deg = (
            self._range_deg if seen.gauge is not None and "rotation" in seen.gauge.direction else 33.0
        )
        head = self._willing(t_s, seen)
        assert isinstance(head, HeadAngles)
        self._sway += 0.06 * (self._random.normal(0, 5.0, 3) - self._sway)
        swing = 0.8 * math.sin(2 * math.pi * 2.1 * t_s)
        steady = np.array([head.rotation_deg, head.tilt_deg, head.flexion_deg]) + self._sway
        if seen.kind == "hold_test" and t_s - self._since_s > self._held_s:
            steady[0] += 15.0
        smoothed = angles((steady + np.array([0.6 * swing, 0.0, 0.2 * swing]))[None])[0]
        measured = angles((steady + np.array([swing, 0.0, 0.3 * swing]) + self._random.normal(0, 0.25, 3))[None])[0]
        return t_s, smoothed, measured


def write_session(patient: Path, number: int, begun: datetime) -> None:
    """One session's log: the plan, the patient, and what the program would have cued."""
    settings = FeedbackSettings()
    random = np.random.default_rng(1000 + number)
    pulled_deg = pull_deg(begun.date()) + float(random.normal(0, 0.8))
    plan = Plan.model_validate(
        {"title": "Sample", "longest_session_min": 40, "times_a_day": 1, "block": _blocks(number)}
    )
    session = session_today("sample", plan, _SETTINGS, feedback=settings)
    log = SessionLog(patient / "sessions" / utc_name(begun), _header(settings, number, begun, plan))
    pain, control = 15 + 1.9 * pulled_deg + random.normal(0, 4), 82 - 2.0 * pulled_deg + random.normal(0, 4)
    log.event(0.0, "ratings", when="before", pain=round(pain), dizziness=5, control=round(control))
    practising = Practising(head(pulled_deg, number), pulled_deg, number)
    state, t_s = guided_session.begin(session), 0.0
    while state.ended is None:
        t_s, smoothed, measured = practising(t_s + 1 / RATE_HZ, guided_view.view(state, session))
        state, told = guided_session.step(state, session, FeedbackSample(t_s, smoothed))
        state = hearing.heard(state)
        position = (1.5 * math.sin(t_s / 40), 0.5 * math.cos(t_s / 25), 0.0) if smoothed else None
        quality = Quality.GOOD if smoothed else Quality.NO_FACE
        log.sample(PostureSample(t_s, smoothed, measured, position, quality, smoothed is not None), told.feedback)
        for event in told.events:
            log.exercise(event)
        if number == CUT_OFF and t_s > 95:
            return
        if number in BROKEN_OFF and t_s > 150:
            log.finish("stopped", t_s)
            return
    log.event(t_s, "ratings", when="after", pain=round(pain - 4), dizziness=5, control=round(control + 6))
    log.finish(state.ended, t_s)


def _blocks(number: int) -> list[dict[str, Any]]:
    """The mirror and two hold tests; in some sessions range and position sense; in the last one every exercise."""
    blocks: list[dict[str, Any]] = [{"kind": "free", "seconds": LENGTH_S}, {"kind": "hold_test"}]
    if number < len(DAYS) - 1:
        tests: list[dict[str, Any]] = [{"kind": "position_sense"}, {"kind": "range", "repetitions": 2}]
        return [*blocks, *tests] if number % TESTED == 2 else blocks
    return [
        *blocks,
        {"kind": "hold", "repetitions": 6, "hold_s": 10, "feedback": 0.67},
        {"kind": "follow", "repetitions": 3, "loops": 1},
        {"kind": "position_sense"},
        {"kind": "range", "repetitions": 2},
        {"kind": "stretch", "hold_s": 10},
        {"kind": "breathe", "seconds": 30},
    ]


def _header(settings: FeedbackSettings, number: int, begun: datetime, plan: Plan) -> dict[str, Any]:
    taken = FIRST if number < NEW_BASELINE else FIRST + timedelta(days=DAYS[NEW_BASELINE])
    name = utc_name(taken - timedelta(minutes=10))
    return {
        "schema_version": 1,
        "created_utc": begun.isoformat(timespec="milliseconds"),
        "command": "practice",
        "patient": CODE,
        "versions": {"posture_trainer": "simulated"},
        "source": {"kind": "camera", "name": "simulated camera", "width": 640, "height": 480, "rate_hz": RATE_HZ},
        "baseline": {
            "created_utc": taken.isoformat(),
            "spread_deg": 0.7 if number < NEW_BASELINE else 0.5,
            "slow_deg": 0.4,
            "attitude_deg": {"turn": 1.0, "tilt": -1.5, "nod": 2.0},
        },
        "baseline_file": f"{name}.json",
        "feedback": asdict(replace(settings)),
        "plan": {"name": "sample", **plan.model_dump(mode="json", by_alias=True)},
        "last_injection": max(day for day in INJECTIONS if day <= begun.date()).isoformat(),
        "notes": ["A simulated patient: these are nobody's data."],
        "units": UNITS,
    }


def make_patient(data: Path) -> Path:
    """All logs of the simulated patient in that data folder."""
    patient = patient_folder(data, CODE)
    for number, day in enumerate(DAYS):
        write_session(patient, number, FIRST + timedelta(days=day, minutes=7 * (number % 3)))
    lines = [
        f"last_injection = {INJECTIONS[-1]}",
        f"injections = [{', '.join(map(str, INJECTIONS[:-1]))}]",
        f'note = "{NOTE}"',
    ]
    (patient / "patient.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return patient


def clip_report(data: Path, out: Path) -> Report:
    """The report of one session that `analyze` made from the clip that comes with the program."""
    name = utc_name(FIRST)
    folder = patient_folder(data, "demo-clip") / "sessions" / name
    call = ["analyze", str(shipped_files.demo_clip()), "--out", str(folder)]
    if not folder.exists():
        subprocess.run([sys.executable, "-m", "posture_trainer", *call], check=True, capture_output=True, timeout=600)
    return session_report(folder.parent.parent, name, out, made=MADE)


def clinic(data: Path, patient: Path, out: Path) -> Path:
    """The page of all patients: this one, some who get better all year, and what there can be to look at."""
    make_clinic(data, 6, 60, 0)
    for number, code in enumerate(sorted(path.name for path in (data / "patients").iterdir()), 1):
        for session in sorted((data / "patients" / code / "sessions").iterdir()):
            if session.name > utc_name(MADE - timedelta(days=number * number)):
                shutil.rmtree(session)
    newest = max((data / "patients" / "p002" / "sessions").iterdir())
    with (newest / "events.jsonl").open("a", encoding="utf-8") as events:
        events.write(json.dumps({"t_s": 90.0, "event": "unwell", "which": "dizzy"}) + "\n")
    (newest.parent.parent / "patient.toml").write_text("last_injection = 2026-02-16\n", encoding="utf-8")
    (max((data / "patients" / "p003" / "sessions").iterdir()) / "summary.json").unlink()
    shutil.copytree(patient, data / "patients" / CODE)
    return clinic_page(data, out, made=MADE).path


def pictures(page: Path, out: Path, names: dict[str, tuple[int, int | None, bool]], browser: webdriver.Chrome) -> None:
    """Pictures of the page: of each name the width, the height (None: all of it; 0: as on paper), and dark."""
    for name, (width, height, dark) in names.items():
        opened(browser, page, width, height or 1000, dark=dark)
        if height == 0:
            browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        length = height or int(browser.execute_script("return document.documentElement.scrollHeight"))
        clip = {"x": 0, "y": 0, "width": width, "height": min(length, 16000), "scale": 1}
        told = browser.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True, "clip": clip})
        drawn = cv2.imdecode(np.frombuffer(base64.b64decode(told["data"]), np.uint8), cv2.IMREAD_COLOR)
        assert drawn is not None, "Chromium wrote no picture"
        cv2.imwrite(str(out / f"{name}.webp"), drawn, [cv2.IMWRITE_WEBP_QUALITY, 45])
        print(out / f"{name}.webp")


def main() -> None:
    """Write the report and, where there is a browser, its pictures."""
    parser = argparse.ArgumentParser(description="Makes docs/sample-report/.")
    parser.add_argument("--out", type=Path, default=HERE)
    parser.add_argument("--keep", type=Path, help="keep the simulated logs in this data folder, or use those in it")
    arguments = parser.parse_args()
    out = arguments.out.resolve()
    with tempfile.TemporaryDirectory() as temporary:
        data = arguments.keep or Path(temporary)
        made = patient_folder(data, CODE)
        report = patient_report(made if (made / "patient.toml").exists() else make_patient(data), out, made=MADE)
        clip = clip_report(data, out)
        sheet = patient_page(made, out, made=MADE)
        index = clinic(Path(temporary) / "clinic", made, out)
    print(report.path, clip.path, sheet, index, sep="\n")
    for path in [report.path, *report.beside, clip.path, *clip.beside, sheet, index]:
        path.chmod(0o644)  # nobody's data
    if not (CHROMIUM and DRIVER):
        raise SystemExit("No Chromium here (Debian packages chromium and chromium-driver): no pictures.")
    with tempfile.TemporaryDirectory() as profile:
        browser = start(Path(profile))
        looks = {"": False, "-dark": True}
        shown = {f"first-screen{look}": (1366, 768, dark) for look, dark in looks.items()}
        whole = {f"{name}{look}": (width, None, dark) for name, width in SIZES for look, dark in looks.items()}
        pictures(report.path, out, {**shown, **whole, "a4": (703, 0, False)}, browser)
        pictures(clip.path, out, {"clip-a4": (703, 0, False)}, browser)
        pictures(sheet, out, {"for-patient-a4": (703, 0, False), "for-patient-phone": (390, None, False)}, browser)
        pictures(index, out, {"clinic": (1366, None, False), "clinic-phone": (390, None, False)}, browser)
        for page in (report.path, clip.path, sheet):
            print(page.name, pages_of(printed(opened(browser, page), "A4")), "pages of A4")
        browser.quit()


if __name__ == "__main__":
    main()
