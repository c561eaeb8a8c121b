"""The exercises of the session in detail: for each kind its numbers, a chart, and what the numbers mean."""

import statistics
from collections.abc import Mapping
from typing import Any

from posture_trainer.figures.exercises import DEFINITIONS
from posture_trainer.pose.directions import Direction
from posture_trainer.report.charts.exercises import exercise_chart
from posture_trainer.report.page import SESSION, Page
from posture_trainer.report.shown_numbers import Ledger
from posture_trainer.words.directions import DIRECTION_WORDS
from posture_trainer.words.phrases import TITLES

NAMES = {
    "trials": "Trials", "completed": "Completed", "void": "Void", "unfinished": "Broken off",
    "completed_share": "Completed, share", "held_s": "Held, all together", "longest_s": "Longest",
    "mean_in_tolerance_share": "In tolerance, mean", "mean_time_to_neutral_s": "Time to neutral, mean",
    "mean_deviation_deg": "Deviation, mean", "leaves": "Times left", "went_well_share": "Went well",
    "tries_s": "Try", "mean_s": "Mean of the tries", "band": "Band", "mean_distance_deg": "Distance, mean",
    "on_target_share": "On the target", "path_ratio": "Path ratio",
    "mean_signed_error_deg": "Signed error, mean", "sd_signed_error_deg": "Signed error, SD",
    "mean_absolute_error_deg": "Error, mean", "sd_absolute_error_deg": "Error, SD",
    "mean_overshoot_deg": "Overshoot, mean", "mean_radial_error_deg": "Radial error, mean", "best_deg": "Best",
    "mean_deg": "Mean", "beyond_camera": "Beyond the camera", "cycle_deg": "Both ways together",
    "farthest_deg": "Farthest", "limit_deg": "Set angle",
    "near_limit_s": "Near the set angle", "over_limit_s": "Beyond the set angle", "seconds": "Time",
    "breaths": "Breaths", "seen_s": "Face seen", "in_tolerance_s": "In tolerance",
    "in_tolerance_share": "In tolerance, share", "hand": "Hand", "place": "Place", "rounds_told": "Rounds measured",
    "change_deg": "Change with the hand, mean", "sd_change_deg": "Change with the hand, SD",
    "axis_change_deg": "Change of the pull's axis, mean", "remains_deg": "What remains without it, mean",
}  # fmt: skip
_CAPTIONS = {
    "hold": "The orange mark is what was asked for; empty: without cues.",
    "hold_test": "Dotted: the bands of the hold test.",
    "follow": "",
    "position_sense": "One trial says nothing, and with a camera that is "
    "itself off by about 3° nobody is told from others.",
    "range": "Range varies by 12–20° from day to day. In the grey area the camera's "
    "angle is uncertain: “≥” says that it is a lower bound.",
    "stretch": "",
    "trick": "Below 0 is straighter with the hand; about 2° are less than a camera can tell. Rounds in which the "
    "hand hid too much of the face are left out.",
}
_GROUPS = {"with_cues": "with cues", "without_cues": "without cues"}
_SOURCES = {
    "band": "After Consky and Lang 1994; not a score.",
    "beyond_camera": "A webcam's head pose gets worse past about 45°: Cambridge Face Tracker against real data sets.",
}


def exercises(page: Page) -> list[dict[str, Any]]:
    """Each kind of exercise of the session in detail, in the order they were done."""
    if page.detail is None:
        return []
    found = []
    extras, name = page.detail.extras, page.detail.name
    for kind, section in extras.exercises.items():
        counted = [trial.numbers for trial in extras.trials if trial.name == kind]
        counted = [trial for trial in counted if trial["ending"] in ("done", "not_reached")]
        drawn = exercise_chart(kind, counted, section)
        if drawn is not None:
            page.charts[f"exercise-{kind}"] = drawn
        groups = {DIRECTION_WORDS[Direction(way)]: part for way, part in section.get("directions", {}).items()}
        groups |= {words: section[key] for key, words in _GROUPS.items() if key in section}
        keys = list(dict.fromkeys(key for part in groups.values() for key in part if key in NAMES))
        found.append(
            {
                "title": TITLES[kind],
                "chart": f"exercise-{kind}",
                "without": drawn is None,
                "caption": _CAPTIONS.get(kind, ""),
                "facts": [*_facts(page.ledger, name, kind, section), *(_touches(page) if kind == "trick" else [])],
                "titles": [NAMES[key] for key in keys],
                "groups": [
                    (
                        group,
                        [_shown(page.ledger, name, f"{kind}, {group}, {NAMES[key]}", key, part[key]) for key in keys],
                    )
                    for group, part in groups.items()
                ],
            }
        )
    return found


def _touches(page: Page) -> list[tuple[str, str]]:
    """What the helpful touch changed in all sessions that tried it: mean and spread, where there are two or more."""
    changes = [
        float(change)
        for session in page.sessions
        if isinstance(change := session.extras.exercises.get("trick", {}).get("change_deg"), int | float)
    ]
    if len(changes) < 2 or page.detail is None:
        return []
    told = {
        f"Change with the hand, mean of {len(changes)} sessions": statistics.mean(changes),
        "Change with the hand, SD of sessions": statistics.stdev(changes),
    }
    return [(title, page.ledger.show(SESSION, page.detail.name, title, value, "deg")) for title, value in told.items()]


def exercise_definitions(sections: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Name, meaning and source of each figure that these exercises show."""
    used = _keys(sections)
    return [
        (NAMES[key], f"{words[0].upper()}{words[1:]}.", _SOURCES.get(key, ""))
        for key, words in DEFINITIONS.items()
        if key in used and key in NAMES
    ]


def _keys(section: Mapping[str, Any]) -> set[str]:
    below = [_keys(part) for part in section.values() if isinstance(part, Mapping)]
    return set(section).union(*below)


def _facts(ledger: Ledger, session: str, kind: str, section: Mapping[str, Any]) -> list[tuple[str, str]]:
    facts = []
    for key, value in section.items():
        if key == "tries_s":
            for number, held_s in enumerate(value, 1):
                facts.append((f"Try {number}", ledger.show(SESSION, session, f"{kind}, try {number}", held_s, "s")))
        elif key == "cycles":
            for axis, part in value.items():
                name = f"{axis.capitalize()}, both ways together"
                shown = ledger.show(SESSION, session, f"{kind}, {name}", part["cycle_deg"], "deg")
                facts.append((name, f"at least {shown}" if part["cycle_beyond_camera"] else shown))
        elif key in NAMES:
            facts.append((NAMES[key], _shown(ledger, session, f"{kind}, {NAMES[key]}", key, value)))
    return facts


def _shown(ledger: Ledger, session: str, measure: str, key: str, value: Any) -> str:
    if isinstance(value, bool | str):
        words = value if isinstance(value, str) else "yes" if value else "no"
        ledger.text(SESSION, session, measure, words)
        return words
    return ledger.show(SESSION, session, measure, value, _unit(key))


def _unit(key: str) -> str:
    if key == "path_ratio":
        return ""
    if key == "seconds":
        return "s"
    return {"share": "share", "s": "s", "deg": "deg"}.get(key.rpartition("_")[2], "count")
