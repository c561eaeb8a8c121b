"""The mirror's own time, from which sessions are compared: like with like, and the pull apart from the holding. Pure.

Sessions differ in what they are made of: tasks that are easier, more or fewer cues, five minutes or twenty. So what is
compared from session to session is looked at in one stretch of one kind: the first five counted minutes of the mirror
without another task, and only where there is none of it, of the holds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from posture_trainer.exercises.machines import MACHINES
from posture_trainer.feedback import LONGEST_GAP_S, PostureState, time_in_tolerance
from posture_trainer.figures import practice_time
from posture_trainer.figures.angle_figures import CENSORED, percentile
from posture_trainer.figures.excursions import excursions, median_peak_deg
from posture_trainer.figures.practice_time import counted, in_state, measured_well, steps_s
from posture_trainer.figures.samples import AXES, Flags, Samples

WINDOW_S = 300.0  # counted seconds that are looked at
LEAST_WINDOW_S = 30.0
LEAST_OUT_S = 3.0  # less time out of tolerance says nothing of where the head drifts to
FURTHEST_SHARE = 0.1
MIRROR = "mirror"
_ORDER = (MIRROR, "mirror without cues", "holds without cues", "holds")


@dataclass(frozen=True)
class Task:
    """A stretch of a session that a trial took. kind: a name of MACHINES. Seconds."""

    kind: str
    begins_s: float
    ends_s: float
    cues: bool


@dataclass(frozen=True)
class MirrorFigures:
    """One session in what can be compared. Degrees, seconds, share from 0 to 1; None where nothing can be said.

    setting: what kind of time it is, which must be the same for a comparison. seen_s: how much of it. pull_deg: how
    far the head drifts when it is not held: median deviation of the time out of tolerance, and pull: the median of
    each axis then, with its sign. pull_at_least: it rests on rows turned too far, and is a lower bound. left: False
    where the head was hardly ever out, and the pull is that of its furthest tenth. peak_deg: median of the excursions'
    peaks. held_deg: median deviation of the time in tolerance; deviation_deg: of all that counts. longest_hold_s: only
    of a whole window of five minutes.
    """

    setting: str
    seen_s: float
    in_tolerance_share: float | None
    longest_hold_s: float | None
    pull_deg: float | None
    pull: dict[str, float]
    pull_at_least: bool
    left: bool
    peak_deg: float | None
    peak_at_least: bool
    held_deg: float | None
    deviation_deg: float | None
    deviation_at_least: bool


def tasks_of(events: Iterable[dict[str, Any]]) -> list[Task]:
    """The trials of a guided session among its events, as stretches of time; what is not as expected is left out."""
    found = []
    for event in events:
        begins_s, ends_s = event.get("began_s"), event.get("t_s")
        if event["event"] in MACHINES and "ending" in event and _is_time(begins_s) and _is_time(ends_s):
            found.append(Task(event["event"], float(begins_s or 0), float(ends_s or 0), event.get("cues") is True))
    return found


def mirror_figures(samples: Samples, tasks: list[Task], guided: bool) -> MirrorFigures | None:
    """The figures of the first kind of time, in the order of the settings, of which there are at least 30 s.

    guided: whether a plan was followed; otherwise all is the mirror. None where there is too little of any.
    """
    settings = _settings(samples, tasks) if guided else {MIRROR: np.ones(len(samples.t_s), dtype=bool)}
    for setting in _ORDER:
        if setting in settings:
            window = _window(samples.only(settings[setting]))
            if practice_time.neutral_s(window) + practice_time.out_s(window) >= LEAST_WINDOW_S:
                return _figures(setting, window)
    return None


def _settings(samples: Samples, tasks: list[Task]) -> dict[str, Flags]:
    found: dict[str, Flags] = {}
    for task in tasks:
        if task.kind in ("free", "hold"):
            name = MIRROR if task.kind == "free" else "holds"
            name = name if task.cues else f"{name} without cues"
            rows = (samples.t_s >= task.begins_s) & (samples.t_s <= task.ends_s)
            found[name] = found.get(name, np.zeros(len(samples.t_s), dtype=bool)) | rows
    return found


def _window(samples: Samples) -> Samples:
    """Its first five counted minutes."""
    spent_s = np.cumsum(np.where(counted(samples), steps_s(samples), 0.0))
    return samples.between(0, int(np.searchsorted(spent_s, WINDOW_S, side="right")) + 1)


def _figures(setting: str, samples: Samples) -> MirrorFigures:
    inside_s, outside_s = practice_time.neutral_s(samples), practice_time.out_s(samples)
    peak_deg, peak_at_least = median_peak_deg(excursions(samples))
    pull, pull_deg, at_least, left = _pull(samples, outside_s)
    held = measured_well(samples) & in_state(samples, PostureState.NEUTRAL)
    seen = measured_well(samples) | (counted(samples) & samples.too_far)
    deviation_deg, deviation_at_least = _median(samples, seen)
    whole = inside_s + outside_s >= WINDOW_S - LONGEST_GAP_S
    return MirrorFigures(
        setting=setting,
        seen_s=inside_s + outside_s,
        in_tolerance_share=time_in_tolerance(inside_s, outside_s),
        longest_hold_s=practice_time.longest_hold(samples)[1] if whole else None,
        pull_deg=pull_deg,
        pull=pull,
        pull_at_least=at_least,
        left=left,
        peak_deg=peak_deg,
        peak_at_least=peak_at_least,
        held_deg=float(np.median(samples.angle_deg("deviation")[held])) if held.any() else None,
        deviation_deg=deviation_deg,
        deviation_at_least=deviation_at_least,
    )


def _pull(samples: Samples, out_s: float) -> tuple[dict[str, float], float | None, bool, bool]:
    """Where the head drifts to: each axis, the deviation, whether that is a lower bound, whether it ever left."""
    sure = measured_well(samples)
    rows = counted(samples) & (sure | samples.too_far)
    left = out_s >= LEAST_OUT_S
    if left:
        rows &= in_state(samples, PostureState.OUT)
    elif rows.any():
        deviation_deg = samples.angle_deg("deviation")
        rows &= deviation_deg >= np.quantile(deviation_deg[rows], 1 - FURTHEST_SHARE)
    if not rows.any():
        return {}, None, False, left
    pull = {}
    for axis in AXES:
        known = rows if axis in CENSORED else rows & sure
        if known.any():
            pull[axis] = percentile(samples.angle_deg(axis)[known], samples.too_far[known], 50)[0]
    return pull, *_median(samples, rows), left


def _median(samples: Samples, rows: Flags) -> tuple[float | None, bool]:
    """The median deviation of these rows, and whether it is a lower bound."""
    if not rows.any():
        return None, False
    return percentile(samples.angle_deg("deviation")[rows], samples.too_far[rows], 50)


def _is_time(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e9
