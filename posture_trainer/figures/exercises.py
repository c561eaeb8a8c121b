"""The summary of a session's exercises, made from the events of its trials; each number has its definition. Pure."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

from posture_trainer.exercises.feedback_schedule import went_well_share
from posture_trainer.exercises.guided_records import ExerciseEvent
from posture_trainer.exercises.hold_test import band
from posture_trainer.exercises.machines import MACHINES
from posture_trainer.exercises.trial import DIGITS, Numbers, rounded
from posture_trainer.feedback import time_in_tolerance
from posture_trainer.pose.directions import OPPOSITE, Direction
from posture_trainer.pose.quality import FURTHEST_TURN_DEG

HOLD_TEST_TRIES = 2
_MOST_S = 1e12  # a larger number in a file is none of ours
_CYCLES = {"rotation": Direction.ROTATION_RIGHT, "tilt": Direction.TILT_RIGHT, "flexion": Direction.FLEXION}

DEFINITIONS = {
    "trials": "trials that ended by themselves (endings done and not_reached); void and unfinished ones do not count",
    "void": "trials that measured nothing usable",
    "unfinished": "trials that the end of the session broke off",
    "completed": "trials with the ending done",
    "completed_share": "completed / trials",
    "held_s": "seconds in tolerance that counted towards the hold, all trials together",
    "longest_s": "the longest unbroken time in tolerance of any trial",
    "mean_in_tolerance_share": "mean over the trials of in_tolerance_s / measured_s, the seconds seen while measured",
    "mean_time_to_neutral_s": "mean seconds from a trial's start until the head was first in tolerance; with cues",
    "mean_deviation_deg": "mean over the trials of the mean angle away from neutral, over frames of good quality",
    "leaves": "how often the head left the tolerance, all trials together",
    "with_cues, without_cues": "the same figures over the trials with and without cues",
    "went_well_share": "share of trials done with at least 70 % of the measured time in tolerance; null below 3 trials",
    "tries_s": "seconds within 10 degrees of neutral in each try, at most 60",
    "mean_s": "mean of the tries; null with fewer than two",
    "band": "> 60 s (both tries reached 60 s), 46–60, 31–45, 16–30 or ≤ 15 s, of the mean by whole seconds",
    "mean_distance_deg": "mean distance of pointer and target, in degrees of head movement",
    "on_target_share": "seconds on the target / seconds followed",
    "path_ratio": "length of the pointer's path / the target's, points 0.1 s apart; 1 is as smooth as the target, "
    "more are detours and trembling, less is a path cut short",
    "mean_signed_error_deg": "mean of return less start on the turning axis, with the axis' sign",
    "sd_signed_error_deg": "standard deviation of the signed errors (n - 1); null for one trial",
    "mean_absolute_error_deg": "mean of the absolute errors",
    "sd_absolute_error_deg": "standard deviation of the absolute errors (n - 1); null for one trial",
    "mean_overshoot_deg": "mean error in the direction of the way back: + went past the start, - stopped short of it",
    "mean_radial_error_deg": "mean distance between start and return over all three axes; null in older records",
    "best_deg": "the farthest angle of that direction's trials",
    "mean_deg": "mean over the trials of the farthest angle",
    "beyond_camera": "best above 45 degrees, the face was lost on the way out, or it ended at the program's limit: the "
    "angle is a lower bound",
    "cycle_deg": "the whole way of an axis, from the farthest angle in one direction to that in the other: it does not "
    "depend on where neutral was put",
    "cycle_beyond_camera": "one of the two is a lower bound, so this is one too",
    "farthest_deg": "the farthest angle of that direction's stretches",
    "limit_deg": "the comfortable angle set for that direction",
    "near_limit_s": "seconds within 5 degrees of the set angle while it was to be held",
    "over_limit_s": "seconds more than 2 degrees beyond the set angle",
    "change_deg": "mean change of the deviation with the hand against without, below 0 is straighter; rounds in which "
    "more than half of the frames with the hand can't be trusted do not count",
    "sd_change_deg": "standard deviation of the rounds' changes (n - 1); null for one",
    "axis_change_deg": "the same of the axis that was farthest out without the hand",
    "remains_deg": "mean change of the deviation in the last part, without the hand again",
    "rounds_told": "rounds of which change_deg is known",
    "seconds": "seconds it ran",
    "breaths": "whole breaths of the circle",
    "seen_s": "seconds in or out of tolerance: with a face, and good enough to act on",
    "in_tolerance_s": "seconds in tolerance",
    "in_tolerance_share": "in_tolerance_s / seen_s",
}


def exercise_summary(events: Iterable[ExerciseEvent]) -> dict[str, Any]:
    """One section for each kind of exercise that had a trial, then `rests` and `definitions` of what is used."""
    by_kind: dict[str, list[Numbers]] = {}
    rested_s = 0.0
    for event in events:
        if event.name in _SECTIONS:
            by_kind.setdefault(event.name, []).append(event.numbers)
        elif event.name == "rest":
            rested_s += _float(event.numbers["rested_s"])
    sections: dict[str, Any] = {kind: _section(kind, trials) for kind, trials in by_kind.items()}
    used = _keys(sections)
    definitions = {name: words for name, words in DEFINITIONS.items() if used & set(name.split(", "))}
    return {**sections, "rests": {"rested_s": rounded(rested_s)}, "definitions": definitions}


def hold_test_mean_s(sections: Any) -> float | None:
    """Mean seconds of the hold test's tries, of these sections; None with fewer than two, or where they are none."""
    section = sections.get("hold_test") if isinstance(sections, dict) else None
    mean_s = section.get("mean_s") if isinstance(section, dict) else None
    if isinstance(mean_s, bool) or not isinstance(mean_s, int | float) or not abs(mean_s) < _MOST_S:
        return None
    return float(mean_s)


def _section(kind: str, trials: list[Numbers]) -> dict[str, Any]:
    counted = [trial for trial in trials if trial["ending"] in ("done", "not_reached")]
    usable = trials if kind in ("free", "breathe", "timed") else counted
    return {
        "trials": len(counted),
        "completed": sum(trial["ending"] == "done" for trial in counted),
        "void": sum(trial["ending"] == "void" for trial in trials),
        "unfinished": sum(trial["ending"] == "unfinished" for trial in trials),
        **_SECTIONS[kind](usable),
    }


def _hold(trials: list[Numbers]) -> dict[str, Any]:
    split = {
        name: _hold_figures(chosen)
        for name, cues in (("with_cues", True), ("without_cues", False))
        if (chosen := [trial for trial in trials if trial["cues"] is cues])
    }
    return {**_hold_figures(trials), "went_well_share": went_well_share(trials), **split}


def _hold_figures(trials: list[Numbers]) -> dict[str, Any]:
    done = sum(trial["ending"] == "done" for trial in trials)
    return {
        "completed_share": rounded(done / len(trials)) if trials else None,
        "held_s": _sum(trials, "held_s"),
        "longest_s": max(_values(trials, "longest_s"), default=None),
        "mean_in_tolerance_share": _mean(_values(trials, "in_tolerance_share")),
        "mean_time_to_neutral_s": _mean(_values(trials, "time_to_neutral_s")),
        "mean_deviation_deg": _mean(_values(trials, "mean_deviation_deg")),
        "leaves": int(_sum(trials, "leaves")),
    }


def _hold_test(trials: list[Numbers]) -> dict[str, Any]:
    tries_s = _values(trials, "held_s")
    mean_s = _mean(tries_s) if len(tries_s) >= HOLD_TEST_TRIES else None
    return {"tries_s": tries_s, "mean_s": mean_s, "band": band(mean_s) if mean_s is not None else None}


def _follow(trials: list[Numbers]) -> dict[str, Any]:
    return {
        "mean_distance_deg": _mean(_values(trials, "mean_distance_deg")),
        "on_target_share": _mean(_values(trials, "on_target_share")),
        "path_ratio": _mean(_values(trials, "path_ratio")),
    }


def _position_sense(trials: list[Numbers]) -> dict[str, Any]:
    return {"directions": _each_direction(trials, _position_figures)}


def _position_figures(trials: list[Numbers]) -> dict[str, Any]:
    signed, absolute = _values(trials, "signed_error_deg"), _values(trials, "absolute_error_deg")
    return {
        "trials": len(absolute),
        "mean_signed_error_deg": _mean(signed),
        "sd_signed_error_deg": _sd(signed),
        "mean_absolute_error_deg": _mean(absolute),
        "sd_absolute_error_deg": _sd(absolute),
        "mean_overshoot_deg": _mean(_values(trials, "overshoot_deg")),
        "mean_radial_error_deg": _mean(_values(trials, "radial_error_deg")),
    }


def _range(trials: list[Numbers]) -> dict[str, Any]:
    def figures(chosen: list[Numbers]) -> dict[str, Any]:
        angles = _values(chosen, "farthest_deg")
        best_deg = max(angles, default=None)
        beyond = any(trial["beyond_camera"] or trial.get("at_limit") for trial in chosen)
        beyond = beyond or (best_deg or 0.0) > FURTHEST_TURN_DEG
        return {"trials": len(angles), "best_deg": best_deg, "mean_deg": _mean(angles), "beyond_camera": beyond}

    ways = _each_direction(trials, figures)
    return {"directions": ways, "cycles": _cycles(ways)}


def _cycles(ways: Mapping[str, Any]) -> dict[str, Any]:
    """Of each axis measured in both directions the way from one farthest angle to the other.

    Where neutral was put cancels out of it; not where the head never got past neutral, so there is none then.
    """
    found = {}
    for axis, one in _CYCLES.items():
        pair = [ways[way.value] for way in (one, OPPOSITE[one]) if way.value in ways]
        best_deg = [part["best_deg"] for part in pair if part["best_deg"]]
        if len(best_deg) == 2:
            beyond = any(part["beyond_camera"] for part in pair)
            found[axis] = {"cycle_deg": rounded(sum(best_deg)), "cycle_beyond_camera": beyond}
    return found


def _stretch(trials: list[Numbers]) -> dict[str, Any]:
    def figures(chosen: list[Numbers]) -> dict[str, Any]:
        return {
            "trials": len(chosen),
            "limit_deg": max(_values(chosen, "limit_deg"), default=None),
            "farthest_deg": max(_values(chosen, "farthest_deg"), default=None),
            "near_limit_s": _sum(chosen, "near_limit_s"),
            "over_limit_s": _sum(chosen, "over_limit_s"),
        }

    return {"directions": _each_direction(trials, figures)}


def _breathe(trials: list[Numbers]) -> dict[str, Any]:
    return {"seconds": _sum(trials, "seconds"), "breaths": int(_sum(trials, "breaths"))}


def _timed(trials: list[Numbers]) -> dict[str, Any]:
    return {"seconds": _sum(trials, "seconds")}


def _trick(trials: list[Numbers]) -> dict[str, Any]:
    changes = _values(trials, "change_deg")
    hands = [(str(each["hand"]), str(each.get("place") or "")) for each in trials if each.get("hand") != "none"]
    hand, place = max(hands, key=hands.count) if hands else ("none", "")
    return {
        "hand": hand,
        "place": place,
        "rounds_told": len(changes),
        "change_deg": _mean(changes),
        "sd_change_deg": _sd(changes),
        "axis_change_deg": _mean(_values(trials, "axis_change_deg")),
        "remains_deg": _mean(_values(trials, "remains_deg")),
    }


def _free(trials: list[Numbers]) -> dict[str, Any]:
    inside_s, seen_s = _sum(trials, "in_tolerance_s"), _sum(trials, "seen_s")
    return {
        "seconds": _sum(trials, "seconds"),
        "seen_s": seen_s,
        "in_tolerance_s": inside_s,
        "in_tolerance_share": rounded(time_in_tolerance(inside_s, seen_s - inside_s)),
        "longest_s": max(_values(trials, "longest_s"), default=None),
    }


_SECTIONS = {
    "hold": _hold,
    "hold_test": _hold_test,
    "follow": _follow,
    "position_sense": _position_sense,
    "range": _range,
    "stretch": _stretch,
    "breathe": _breathe,
    "timed": _timed,
    "trick": _trick,
    "free": _free,
}


def _each_direction(trials: list[Numbers], figures: Any) -> dict[str, Any]:
    return {
        way.value: figures(chosen)
        for way in Direction
        if (chosen := [trial for trial in trials if trial["direction"] == way.value])
    }


def _float(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _values(trials: list[Numbers], name: str) -> list[float]:
    return [float(value) for trial in trials if isinstance(value := trial.get(name), int | float)]


def _sum(trials: list[Numbers], name: str) -> float:
    return round(sum(_values(trials, name)), DIGITS)


def _mean(values: list[float]) -> float | None:
    return rounded(sum(values) / len(values)) if values else None


def _sd(values: list[float]) -> float | None:
    if len(values) < 2:
        return None
    mean = sum(values) / len(values)
    return rounded(math.sqrt(sum((value - mean) ** 2 for value in values) / (len(values) - 1)))


def _keys(section: Mapping[str, Any]) -> set[str]:
    found = set(section)
    for value in section.values():
        if isinstance(value, Mapping):
            found |= _keys(value)
    return found


def trials_of(events: Iterable[dict[str, Any]]) -> list[ExerciseEvent]:
    """The trials and rests of a guided session among its events; none from the mirror alone. Raises ValueError."""
    return [
        ExerciseEvent(event["event"], float(event["t_s"]), event)
        for event in events
        if event["event"] == "rest" or (event["event"] in MACHINES and "ending" in event)
    ]
