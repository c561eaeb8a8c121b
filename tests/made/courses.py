"""Courses of many sessions, made frame by frame in memory: what a patient does, and what is to be said of it."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter

from posture_trainer.course.answers import Answers, answers
from posture_trainer.course.extras import Extras
from posture_trainer.course.past_session import PastSession
from posture_trainer.figures.mirror_time import Task
from posture_trainer.figures.samples import Floats, Samples
from posture_trainer.figures.session_figures import session_figures
from posture_trainer.figures.tolerance_edges import edges_in_force

FIRST = datetime(2026, 1, 5, 9, tzinfo=UTC)
RATE_HZ = 5.0
TOLERANCES_DEG = np.array([5.0, 5.0, 8.0])
EDGES = edges_in_force({}, [])
STRAIGHT = {"turn": 1.0, "tilt": 0.5, "nod": 3.0}


@dataclass(frozen=True)
class Stretch:
    """A part of a session: so many seconds, pulled to these angles for `away_s` on average, held for `held_s`."""

    seconds: float
    pull_deg: tuple[float, float, float]
    held_s: float = 6.0
    away_s: float = 6.0
    task: str = ""


@dataclass(frozen=True)
class Day:
    """One session: on which day after the first, what it was made of, and what was said in it."""

    day: float
    stretches: tuple[Stretch, ...]
    hold_test_s: float | None = None
    ratings: dict[tuple[str, str], float] = field(default_factory=dict)
    baseline: str = "2026-01-01T08:00:00Z"
    seed: int = 0
    spread_deg: float = 0.7
    offset_deg: tuple[float, float, float] = (0.0, 0.0, 0.0)


def session_of(day: Day) -> PastSession:
    """The session, with all its figures."""
    random = np.random.default_rng(day.seed)
    angles = np.vstack([_angles(random, each) for each in day.stretches])
    angles = angles + np.array(day.offset_deg) + random.normal(0, day.spread_deg, angles.shape)
    count = len(angles)
    t_s = np.arange(count) / RATE_HZ
    turned = np.abs(angles[:, 0]) > 45
    fine = np.ones(count, dtype=bool)
    smoothed = np.column_stack((angles, np.linalg.norm(angles, axis=1)))
    samples = Samples(t_s, fine, ~turned, _states(angles), smoothed, angles, np.zeros((count, 3)), fine, turned=turned)
    tasks, begins_s = [], 0.0
    for each in day.stretches:
        if each.task:
            tasks.append(Task(each.task, begins_s, begins_s + each.seconds - 0.1, True))
        begins_s += each.seconds
    figures = session_figures(samples, EDGES, 0, tasks=tasks or None)
    sections: dict[str, dict[str, Any]] = {} if day.hold_test_s is None else {"hold_test": {"mean_s": day.hold_test_s}}
    begun = FIRST + timedelta(days=day.day)
    header = {"utc_offset_s": 0, "baseline": {"created_utc": day.baseline, "attitude_deg": STRAIGHT}}
    folder, extras = Path(f"{begun:%Y-%m-%dT%H-%M-%S.000Z}"), Extras(day.ratings, [], sections, [], [], None)
    return PastSession(
        folder, begun, header, figures, extras, EDGES, "", f"{day.baseline} {EDGES.judged}", day.baseline, 0.6, "done",
    )  # fmt: skip


def told(days: list[Day], injections: list[date] | None = None) -> Answers:
    """What is said of this course, looked at on its last day."""
    sessions = [session_of(day) for day in days]
    last = sessions[-1].day
    assert last is not None
    return answers(sessions, sessions[-1], injections or [], last)


def _angles(random: np.random.Generator, stretch: Stretch) -> Floats:
    count = round(stretch.seconds * RATE_HZ)
    away, place, out = np.zeros(count), 0, 0
    while place < count:
        steps = max(1, round(random.exponential(stretch.away_s if out else stretch.held_s) * RATE_HZ))
        away[place : place + steps] = out
        place, out = place + steps, 1 - out
    follow = 1 - np.exp(-1 / RATE_HZ / 0.5)
    return np.asarray(lfilter([follow], [1, follow - 1], away)[:, None] * np.array(stretch.pull_deg))


def _states(angles: Floats) -> NDArray[np.str_]:
    state, back, states = "neutral", 0, []
    for row in np.abs(angles):
        back = back + 1 if (row < 0.7 * TOLERANCES_DEG).all() else 0
        if state == "neutral" and (row > TOLERANCES_DEG).any():
            state = "out"
        elif state == "out" and back >= 2:
            state = "neutral"
        states.append(state)
    return np.array(states)
