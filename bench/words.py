"""Can the words of the report be believed? Simulated patients go through the functions that the report uses.

    python bench/words.py [--reports N] [--seed N] [--day-sd 2.5] [--own-sd 1.0] [--only WORDS] [--processes N]

Each patient has a pull to one side, a way of holding and ratings that vary from day to day (a Gaussian process with
correlation exp(-days / tau)) and from session to session, and practises at irregular days with a holiday now and then.
The figures of a session vary about them as those of sessions drawn frame by frame did (a pull's median 0.4 degrees, a
share of the time in tolerance 8 points); all sessions go through course/judgement.py, as in the report. Printed: how
many reports said any word of better or worse without any true change, stable cycles of injections seen from other weeks
among them; in how many a true fall of the pull was named; how near a step was dated; how often the 95 % interval of the
pull's change held the true one; what injections were said to do; beside it the rule of before (medians of the first and
the last three). 95 % intervals of the shares are Wilson's.
"""

import argparse
import math
import multiprocessing
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from posture_trainer.course.extras import Extras
from posture_trainer.course.judgement import Judgement, Mark, judgement
from posture_trainer.course.measures import MEASURES, PULL
from posture_trainer.course.past_session import PastSession
from posture_trainer.figures.mirror_time import MIRROR, MirrorFigures
from posture_trainer.figures.samples import Floats, Samples
from posture_trainer.figures.session_figures import SessionFigures, session_figures
from posture_trainer.figures.tolerance_edges import edges_in_force

FIRST = datetime(2026, 1, 1, 9, tzinfo=UTC)
EDGES = edges_in_force({}, [])
CYCLE_DAYS, PEAK_DAYS, WIDTH_DAYS = 84, 33.0, 20.0
OUT_SHARE = 0.93  # of the pull: the median of the time out of tolerance has the ways there and back in it
PATIENTS_A_CALENDAR = 10  # practise on the same days, whose unchanged records need be simulated only once
CHANGED = (Mark.BETTER, Mark.WORSE)


@dataclass(frozen=True)
class Kind:
    """One kind of patient. fall_deg: true fall of the pull; shape: "" for none, "ramp" over the middle third, "step" at
    a random session of the middle half. day_sd_deg, own_sd_deg: of the pull, from day to day and of a session alone.
    cycle_deg: how much each injection takes off the pull; once_deg: the same of a single injection in the middle, which
    pain and control answer too. None: no such injection. others_tau_days: of holding and ratings, if not the same."""

    title: str
    sessions: int
    tau_days: float
    shape: str = ""
    fall_deg: float = 0.0
    day_sd_deg: float = 2.5
    own_sd_deg: float = 1.0
    cycle_deg: float | None = None
    once_deg: float | None = None
    others_tau_days: float | None = None


@dataclass(frozen=True)
class Outcome:
    """What one report said. off: sessions by which the date of a named step is off. response: whether a word of an
    injection was said. old: whether the rule of before said any word, and of the pull."""

    said: bool
    named: bool
    few: bool
    off: int | None
    held: bool | None
    response: bool
    old: tuple[bool, bool]


@dataclass
class Tally:
    """What was said of the reports of one kind."""

    told: list[Outcome] = field(default_factory=list)

    def share(self, values: list[bool]) -> str:
        """A share in per cent with Wilson's interval."""
        if not values:
            return ""
        of, z = len(values), 1.96
        share = sum(values) / of
        middle = (share + z * z / (2 * of)) / (1 + z * z / of)
        half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
        return f"{100 * share:.0f} ({max(0.0, 100 * (middle - half)):.0f}–{100 * (middle + half):.0f})"


def main() -> None:
    """Simulate, and print the table of promises."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--reports", type=int, default=100, help="of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--day-sd", type=float, default=2.5)
    parser.add_argument("--own-sd", type=float, default=1.0)
    parser.add_argument("--only", default="", help="only kinds with these words in their title")
    parser.add_argument("--processes", type=int, default=1)
    asked = parser.parse_args()
    kinds = [kind for kind in _kinds(asked.day_sd, asked.own_sd) if asked.only in kind.title]
    begun_s = time.perf_counter()
    jobs = [(kind, asked.seed, number) for kind in kinds for number in range(asked.reports)]
    tallies = {kind.title: Tally() for kind in kinds}
    for kind, told in _all(jobs, asked.processes):
        tallies[kind.title].told.append(told)
        if len(tallies[kind.title].told) == asked.reports:
            print(f"{time.perf_counter() - begun_s:4.0f} s: {kind.title}", file=sys.stderr, flush=True)
    Console(width=150).print(_table(kinds, tallies))
    print(f"{asked.reports} reports of each kind, seed {asked.seed}, {time.perf_counter() - begun_s:.0f} s")


def _all(jobs: list[tuple[Kind, int, int]], processes: int) -> Iterator[tuple[Kind, Outcome]]:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if processes == 1:
        yield from ((job[0], _report(job)) for job in jobs)
        return
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        yield from zip((job[0] for job in jobs), pool.imap(_report, jobs, chunksize=4), strict=True)


def _table(kinds: list[Kind], tallies: dict[str, Tally]) -> Table:
    columns = ("any word", "pull named", "too few", "step within 5", "interval holds", "injection", "old: any", "named")
    table = Table("patients", *columns, title="Of the reports, in per cent")
    for kind in kinds:
        tally = tallies[kind.title]
        told = tally.told
        share = tally.share
        changed, injected = bool(kind.shape), kind.cycle_deg is not None or kind.once_deg is not None
        table.add_row(
            kind.title,
            share([each.said for each in told]),
            share([each.named for each in told]) if changed else "",
            share([each.few for each in told]),
            share([abs(each.off) <= 5 for each in told if each.off is not None]) if kind.shape == "step" else "",
            share([each.held for each in told if each.held is not None]),
            share([each.response for each in told]) if injected else "",
            share([each.old[0] for each in told]),
            share([each.old[1] for each in told]) if changed else "",
        )
    return table


def _kinds(day_sd: float, own_sd: float) -> Iterator[Kind]:
    usual = Kind("", 30, 3.0, day_sd_deg=day_sd, own_sd_deg=own_sd)
    for tau in (0.0, 3.0, 10.0):
        for sessions in (6, 10, 20, 30, 60):
            title = f"no change, {sessions} sessions, {tau:.0f} days"
            yield replace(usual, title=title, sessions=sessions, tau_days=tau)
    for tau in (3.0, 10.0):
        yield replace(
            usual, title=f"no change, 30, {tau:.0f} days, twice the spread", tau_days=tau, day_sd_deg=2 * day_sd
        )
    yield replace(usual, title="no change, 30, pull 10 days, all else 0", tau_days=10.0, others_tau_days=0.0)
    yield replace(usual, title="pull −5° in the middle third, 30, 3 days", shape="ramp", fall_deg=5.0)
    yield replace(usual, title="pull −5° at once, 30, 3 days", shape="step", fall_deg=5.0)
    yield replace(usual, title="pull −10° at once, 30, 3 days", shape="step", fall_deg=10.0)
    yield replace(usual, title="stable injection cycles of 8°, 60, 3 days", sessions=60, cycle_deg=8.0)
    yield replace(usual, title="injection takes 12° off, 35, 3 days", sessions=35, once_deg=12.0)
    yield replace(usual, title="injection does nothing, 35, 3 days", sessions=35, once_deg=0.0)
    yield replace(usual, title="injection does nothing, 35, 10 days", sessions=35, tau_days=10.0, once_deg=0.0)


def _report(job: tuple[Kind, int, int]) -> Outcome:
    """What the report of one patient says."""
    kind, seed, number = job
    random = np.random.default_rng([seed, number, *kind.title.encode()])
    calendar = np.random.default_rng([seed, number // PATIENTS_A_CALENDAR, *kind.title.encode(), 0])
    sessions, injections, step, fall = patient(random, calendar, kind)
    told: Judgement = judgement(sessions, sessions[-1], injections)
    said = any(each.mark in CHANGED for each in told.measures) or told.side is not None
    pull = told.of(PULL)
    change = pull.change if pull is not None else None
    named = pull is not None and pull.mark is Mark.BETTER
    return Outcome(
        said,
        named,
        pull is None or pull.mark is Mark.TOO_FEW,
        int(change.step[0]) - step if named and change is not None else None,
        None if change is None or injections else change.low <= -OUT_SHARE * fall <= change.high,
        any(each.mark in CHANGED for each in told.responses),
        _old_rule(sessions),
    )


def _old_rule(sessions: list[PastSession]) -> tuple[bool, bool]:
    """The rule of before: the median of the last three against that of the first three, beyond the smallest change that
    matters and 1.96 standard deviations of the differences from session to session."""
    said, better = [], False
    for measure in MEASURES:
        values = [value for each in sessions if measure.weight and (value := measure.value(each)) is not None]
        if len(values) >= 6:
            changed = (np.median(values[-3:]) - np.median(values[:3])) * measure.better
            limit = max(measure.least, 1.96 * float(np.std(np.diff(values), ddof=1)))
            said.append(abs(changed) > limit)
            better |= measure.name == PULL and bool(changed > limit)
    return any(said), better


def patient(
    random: np.random.Generator, calendar: np.random.Generator, kind: Kind
) -> tuple[list[PastSession], list[date], int, float]:
    """All sessions of one patient, the injections, the session before which a step came, and the true fall."""
    count = kind.sessions
    days, injections = _days(calendar, kind)
    step = int(random.integers(count // 4, 3 * count // 4 + 1))
    place = np.arange(count)
    course = np.clip((place - count / 3) / (count / 3), 0, 1) if kind.shape == "ramp" else (place >= step).astype(float)
    fall = kind.fall_deg * course if kind.shape else np.zeros(count)
    since = days % CYCLE_DAYS if kind.cycle_deg is not None else days - sum(injections[:1])
    relief = np.where(since >= 0, np.exp(-(((since - PEAK_DAYS) / WIDTH_DAYS) ** 2)), 0.0) if injections else 0 * days
    eased = relief * bool(kind.once_deg)
    others_tau_days = kind.tau_days if kind.others_tau_days is None else kind.others_tau_days
    form = _runs(random, days, kind.tau_days)
    holding, feeling = (_runs(random, days, others_tau_days) for _ in range(2))
    main_deg = random.choice([-1, 1]) * random.uniform(14, 24)
    aside = np.array([main_deg, random.uniform(-8, 8), random.uniform(-6, 6)])
    size = float(np.linalg.norm(aside))
    pulls = size - fall - relief * (kind.cycle_deg or kind.once_deg or 0.0)
    pulls += kind.day_sd_deg * form + random.normal(0, kind.own_sd_deg, count)
    usual_hold_s = random.uniform(12, 35)
    sessions = []
    for number in range(count):
        hold = 0.3 * holding[number] + 0.6 * eased[number]
        figures = _session(random, aside / size * max(pulls[number], 0.5), hold)
        tries_s = np.minimum(60, usual_hold_s * np.exp(hold + random.normal(0, 0.25, 2)))
        feels = 8 * feeling[number] - 25 * eased[number]
        ratings = {
            ("pain", "before"): _rated(50 + feels + random.normal(0, 4)),
            ("control", "before"): _rated(45 - feels + random.normal(0, 4)),
            ("dizziness", "before"): _rated(5 + random.normal(0, 3)),
        }
        extras = Extras(ratings, [], {"hold_test": {"mean_s": float(tries_s.mean())}}, [], [], None)
        begun = FIRST + timedelta(days=float(days[number]))
        folder = Path(f"{number:03d}")
        sessions.append(PastSession(folder, begun, {"utc_offset_s": 0}, figures, extras, EDGES, "", "all", "one", 0.5))
    told = [FIRST.date() + timedelta(days=day) for day in injections]
    return sessions, told, step, kind.fall_deg * bool(kind.shape)


def _days(random: np.random.Generator, kind: Kind) -> tuple[Floats, list[int]]:
    """The days of the sessions, and those of the injections."""
    count = kind.sessions
    if kind.cycle_deg is not None:
        days = random.uniform(0, 40) + np.linspace(0, random.uniform(110, 200), count) + random.uniform(0, 0.9, count)
        return days, list(range(0, int(days[-1]) + 1, CYCLE_DAYS))
    if kind.once_deg is not None:
        return np.linspace(0, 112, count) + random.uniform(0, 0.9, count), [28]
    days = np.cumsum(random.exponential(1.6, count) + 0.2)
    return days + np.where(random.random(count) < 0.06, random.integers(4, 12, count), 0).cumsum(), []


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
    """The figures of five minutes in front of the mirror. hold: log of today's holding."""
    size = float(np.linalg.norm(pull))
    pull_deg = OUT_SHARE * size + random.normal(0, 0.4)
    inside = float(np.clip(0.52 + 0.3 * hold + random.normal(0, 0.08), 0.02, 0.98))
    held_deg = max(0.5, 2.3 + random.normal(0, 0.2))
    deviation_deg = held_deg + (pull_deg - held_deg) * float(np.clip((0.75 - inside) / 0.4, 0, 1))
    axes = {name: OUT_SHARE * float(deg) for name, deg in zip(("rotation", "tilt", "flexion"), pull, strict=True)}
    mirror = MirrorFigures(
        MIRROR, 300.0, inside, 25 * math.exp(hold + random.normal(0, 0.3)), pull_deg, axes, False, True, pull_deg,
        False, held_deg, deviation_deg, False,
    )  # fmt: skip
    return replace(_others(), mirror=mirror)


@cache
def _others() -> SessionFigures:
    """Figures that no word is said of, once for all sessions: they take most of the time."""
    fine, zero = np.ones(1000, dtype=bool), np.zeros((1000, 4))
    t_s = np.arange(1000) / 5.0
    samples = Samples(t_s, fine, fine, np.full(1000, "out"), zero, zero[:, :3], zero[:, :3], fine)
    return session_figures(samples, EDGES, 0)


if __name__ == "__main__":
    main()
