"""Can the words of the report be believed? Simulated patients go through the functions that the report uses.

    python bench/words.py [--reports N] [--seed N] [--day-sd 2.5] [--own-sd 1.0] [--quick]

Each patient has a pull to one side, a way of holding and ratings that vary from day to day (a Gaussian process with
correlation exp(-days / tau)) and from session to session, and practises at irregular days with a holiday now and then.
Every session is drawn frame by frame at 5 a second, goes through figures/mirror_time.py, and all of them through
course/judgement.py, as in the report. Printed: how many reports said any word of better or worse without any true
change, stable cycles of injections seen from other weeks among them; in how many a true fall of the pull was named; how
near a step was dated. 95 % intervals of the shares are Wilson's.
"""

import argparse
import math
import multiprocessing
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from scipy.signal import lfilter

from posture_trainer.course.extras import Extras
from posture_trainer.course.judgement import Judgement, Mark, judgement
from posture_trainer.course.measures import PULL
from posture_trainer.course.past_session import PastSession
from posture_trainer.figures.mirror_time import mirror_figures
from posture_trainer.figures.samples import Floats, Samples
from posture_trainer.figures.session_figures import SessionFigures, session_figures
from posture_trainer.figures.tolerance_edges import edges_in_force

RATE_HZ, LENGTH_S = 5.0, 200.0
FIRST = datetime(2026, 1, 1, 9, tzinfo=UTC)
EDGES = edges_in_force({}, [])
TOLERANCES_DEG = np.array([5.0, 5.0, 8.0])
CYCLE_DAYS, PEAK_DAYS, WIDTH_DAYS = 84, 33.0, 20.0


@dataclass(frozen=True)
class Kind:
    """One kind of patient. fall_deg: true fall of the pull; shape: "" for none, "ramp" over the middle third, "step" at
    a random session of the middle half. day_sd_deg, own_sd_deg: of the pull, from day to day and of a session alone.
    cycle_deg: how much an injection takes off the pull; 0 without injections."""

    title: str
    sessions: int
    tau_days: float
    shape: str = ""
    fall_deg: float = 0.0
    day_sd_deg: float = 2.5
    own_sd_deg: float = 1.0
    cycle_deg: float = 0.0


@dataclass
class Tally:
    """What was said of the reports of one kind."""

    reports: int = 0
    wrong: int = 0
    named: int = 0
    few: int = 0
    dated: list[int] = field(default_factory=list)


def main() -> None:
    """Simulate, and print the table of promises."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--reports", type=int, default=100, help="of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--day-sd", type=float, default=2.5)
    parser.add_argument("--own-sd", type=float, default=1.0)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--quick", action="store_true", help="only the hardest kinds")
    asked = parser.parse_args()
    kinds = [kind for kind in _kinds(asked.day_sd, asked.own_sd) if not asked.quick or "*" in kind.title]
    begun_s = time.perf_counter()
    jobs = [(kind, asked.seed, number) for kind in kinds for number in range(asked.reports)]
    tallies = {kind.title: Tally() for kind in kinds}
    with multiprocessing.get_context("spawn").Pool(asked.processes) as pool:
        for (kind, _, _), told in zip(jobs, pool.imap(_report, jobs, chunksize=4), strict=True):
            _add(tallies[kind.title], told)
    table = Table("patients", "any word", "pull named", "too few", "step within 5", title="Of the reports, in per cent")
    for kind in kinds:
        tally = tallies[kind.title]
        near = [abs(each) <= 5 for each in tally.dated]
        table.add_row(
            kind.title, _share(tally.wrong, tally.reports), _share(tally.named, tally.reports) if kind.shape else "",
            _share(tally.few, tally.reports), _share(sum(near), len(near)) if kind.shape == "step" else "",
        )  # fmt: skip
    Console(width=120).print(table)
    print(f"{asked.reports} reports of each kind, seed {asked.seed}, {time.perf_counter() - begun_s:.0f} s")


def _kinds(day_sd: float, own_sd: float) -> Iterator[Kind]:
    for tau in (0.0, 3.0, 10.0):
        for sessions in (6, 10, 15, 30, 60):
            star = " *" if (sessions, tau) == (30, 10.0) else ""
            yield Kind(f"no change, {sessions} sessions, {tau:.0f} days{star}", sessions, tau, "", 0.0, day_sd, own_sd)
    yield Kind("no change, 30 sessions, 3 days, twice the spread", 30, 3.0, "", 0.0, 2 * day_sd, own_sd)
    yield Kind("pull falls by 5° over the middle third, 30 sessions, 3 days *", 30, 3.0, "ramp", 5.0, day_sd, own_sd)
    yield Kind("pull falls by 5° at once, 30 sessions, 3 days *", 30, 3.0, "step", 5.0, day_sd, own_sd)
    yield Kind("pull falls by 10° at once, 30 sessions, 3 days", 30, 3.0, "step", 10.0, day_sd, own_sd)
    yield Kind("stable injection cycles of 8°, 60 sessions, 3 days *", 60, 3.0, "", 0.0, day_sd, own_sd, 8.0)


def _add(tally: Tally, told: tuple[bool, bool, bool, int | None]) -> None:
    said, named, few, off = told
    tally.reports += 1
    tally.wrong += said
    tally.named += named
    tally.few += few
    if off is not None:
        tally.dated.append(off)


def _share(count: int, of: int) -> str:
    """A share in per cent with Wilson's interval."""
    if not of:
        return ""
    share, z = count / of, 1.96
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return f"{100 * share:.0f} ({100 * (middle - half):.0f}–{100 * (middle + half):.0f})"


def _report(job: tuple[Kind, int, int]) -> tuple[bool, bool, bool, int | None]:
    """Whether any word of a change was said, the pull was named smaller, too few were said of it; sessions by which the
    step's date is off."""
    kind, seed, number = job
    random = np.random.default_rng([seed, number, *kind.title.encode()])
    sessions, injections, step = patient(random, kind)
    told: Judgement = judgement(sessions, sessions[-1], injections)
    said = any(each.mark in (Mark.BETTER, Mark.WORSE) for each in told.measures) or told.side is not None
    pull = told.of(PULL)
    named = pull is not None and pull.mark is Mark.BETTER
    few = pull is None or pull.mark is Mark.TOO_FEW
    off = int(pull.change.step[0]) - step if named and pull is not None and pull.change is not None else None
    return said, named, few, off


def patient(random: np.random.Generator, kind: Kind) -> tuple[list[PastSession], list[date], int]:
    """All sessions of one patient, the injections, and the session before which a step came."""
    count = kind.sessions
    days = np.cumsum(random.exponential(1.6, count) + 0.2)
    days += np.where(random.random(count) < 0.06, random.integers(4, 12, count), 0).cumsum()
    if kind.cycle_deg:
        days = random.uniform(0, 40) + np.linspace(0, random.uniform(110, 200), count) + random.uniform(0, 0.9, count)
    step = int(random.integers(count // 4, 3 * count // 4 + 1))
    place = np.arange(count)
    course = np.clip((place - count / 3) / (count / 3), 0, 1) if kind.shape == "ramp" else (place >= step).astype(float)
    since = days % CYCLE_DAYS
    relief = kind.cycle_deg * np.exp(-(((since - PEAK_DAYS) / WIDTH_DAYS) ** 2)) if kind.cycle_deg else np.zeros(count)
    main_deg = random.choice([-1, 1]) * random.uniform(12, 24)
    aside = np.array([main_deg, random.uniform(-8, 8), random.uniform(-6, 6)])
    size = np.linalg.norm(aside)
    form, holding, feeling = (_runs(random, days, kind.tau_days) for _ in range(3))
    own = random.normal(0, kind.own_sd_deg, count)
    fall = kind.fall_deg * course if kind.shape else np.zeros(count)
    pulls = size - fall - relief + kind.day_sd_deg * form + own
    usual_hold_s = random.uniform(12, 35)
    sessions = []
    for number in range(count):
        figures = _session(random, aside / size * max(pulls[number], 0.5), 0.3 * holding[number])
        tries_s = np.minimum(60, usual_hold_s * np.exp(0.3 * holding[number] + random.normal(0, 0.25, 2)))
        ratings = {
            ("pain", "before"): _rated(45 + 8 * feeling[number] + random.normal(0, 4)),
            ("control", "before"): _rated(45 - 8 * feeling[number] + random.normal(0, 4)),
            ("dizziness", "before"): _rated(5 + random.normal(0, 3)),
        }
        extras = Extras(ratings, [], {"hold_test": {"mean_s": float(tries_s.mean())}}, [], [], None)
        begun = FIRST + timedelta(days=float(days[number]))
        header = {"utc_offset_s": 0}
        folder = Path(f"{number:03d}")
        sessions.append(PastSession(folder, begun, header, figures, extras, EDGES, "", "all", "one", 0.5))
    shots = range(0, int(days[-1]) + 1, CYCLE_DAYS) if kind.cycle_deg else ()
    return sessions, [FIRST.date() + timedelta(days=day) for day in shots], step


def _runs(random: np.random.Generator, days: Floats, tau_days: float) -> Floats:
    """(n,) a Gaussian process of variance 1 whose correlation falls off as exp(-days / tau)."""
    found = np.empty(len(days))
    found[0] = random.normal()
    for place in range(1, len(days)):
        like = math.exp(-(days[place] - days[place - 1]) / tau_days) if tau_days else 0.0
        found[place] = like * found[place - 1] + math.sqrt(1 - like * like) * random.normal()
    return found


def _rated(value: float) -> float:
    return float(5 * round(min(100.0, max(0.0, value)) / 5))


def _session(random: np.random.Generator, pull: Floats, hold: float) -> SessionFigures:
    """A session in front of the mirror: held for a while, pulled away, brought back. hold: log of today's holding."""
    count = int(LENGTH_S * RATE_HZ)
    away, place, out = np.zeros(count), 0, 0
    while place < count:
        length_s = random.exponential(5 * math.exp(-hold / 2) if out else 7 * math.exp(hold))
        steps = max(1, int(length_s * RATE_HZ))
        away[place : place + steps] = out
        place, out = place + steps, 1 - out
    follow = 1 - math.exp(-1 / RATE_HZ / 0.8)
    moved = lfilter([follow], [1, follow - 1], away)
    like = math.exp(-1 / RATE_HZ / 2.0)
    sway = lfilter([1], [1, -like], random.normal(0, math.sqrt(1 - like * like), (count, 3)), axis=0)
    angles = moved[:, None] * pull + sway * (1.2, 0.8, 1.2)
    deviation = np.linalg.norm(angles, axis=1)
    fine, t_s = np.ones(count, dtype=bool), np.arange(count) / RATE_HZ
    smoothed = np.column_stack((angles, deviation))
    samples = Samples(t_s, fine, fine, _states(angles), smoothed, angles, np.zeros((count, 3)), fine)
    return replace(_others(), mirror=mirror_figures(samples, [], guided=False))


@cache
def _others() -> SessionFigures:
    """Figures that no word is said of, once for all sessions: they take most of the time."""
    count = int(LENGTH_S * RATE_HZ)
    fine, zero = np.ones(count, dtype=bool), np.zeros((count, 4))
    samples = Samples(
        np.arange(count) / RATE_HZ, fine, fine, np.full(count, "out"), zero, zero[:, :3], zero[:, :3], fine
    )
    return session_figures(samples, EDGES, 0)


def _states(angles: Floats) -> NDArray[np.str_]:
    """Neutral or out, with the way back into neutral that docs/feedback.md describes, in steps of 0.2 s."""
    outside: list[bool] = np.any(np.abs(angles) > TOLERANCES_DEG, axis=1).tolist()
    inside: list[bool] = np.all(np.abs(angles) < 0.7 * TOLERANCES_DEG, axis=1).tolist()
    states, state, back = [], "neutral", 0
    for is_out, is_in in zip(outside, inside, strict=True):
        back = back + 1 if is_in else 0
        if state == "neutral" and is_out:
            state = "out"
        elif state == "out" and back >= 2:
            state = "neutral"
        states.append(state)
    return np.array(states)


if __name__ == "__main__":
    main()
