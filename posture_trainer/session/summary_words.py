"""The end of a session in plain words: a few rows, never a score that shames."""

from typing import Any

from posture_trainer.exercises.phrases import DIRECTION_WORDS, TITLES
from posture_trainer.records.session_summary import Summary, minutes, summary_for_screen

_MOST_ROWS = 5  # more are too small to be read from a chair
_CLOSING = {
    "time": "That is enough for today. Thank you for practising.",
    "left": "I stopped for now. Come back whenever you like.",
    "end of file": "The clip is over. Thank you for practising.",
    "stopped": "It is fine to stop. Thank you for practising.",
}


def closing_words(ended: str) -> str:
    """The last word, as the session ended."""
    return _CLOSING.get(ended, "Thank you for practising.")


def summary_rows(summary: Summary) -> list[tuple[str, str]]:
    """What the patient reads: of a guided session a row or two for each exercise, else the mirror's figures.

    The exercises stand in the order of _WORDS: what was held comes first, and what was only timed is left out first.
    """
    sections = summary.exercises or {}
    rows = [row for kind, words in _WORDS.items() if kind in sections for row in words(TITLES[kind], sections[kind])]
    if summary.exercises is None or "free" in sections:
        return [(what, str(value)) for what, value in summary_for_screen(summary)]
    return [*rows[:_MOST_ROWS], ("Session", minutes(summary.length_s))]


Rows = list[tuple[str, str]]


def _hold(title: str, part: dict[str, Any]) -> Rows:
    done, trials = part["completed"], part["trials"]
    rows = [(title, f"{done} of {trials} held" if done else f"{trials} tried")] if trials else []
    return [*rows, *([("Longest in neutral", minutes(part["longest_s"]))] if part["longest_s"] else [])]


def _hold_test(title: str, part: dict[str, Any]) -> Rows:
    tries = " and ".join(f"{round(seconds)} s" for seconds in part["tries_s"])
    mean = [("Mean of the tries", f"{round(part['mean_s'])} s (band {part['band']})")] if part["mean_s"] else []
    return [(title, tries or "not measured"), *mean]


def _follow(title: str, part: dict[str, Any]) -> Rows:
    share = part["on_target_share"]
    return [] if share is None else [(f"{title}: on the target", f"{share:.0%} of the time")]


def _position_sense(_title: str, part: dict[str, Any]) -> Rows:
    rows = []
    for way, figures in part["directions"].items():
        mean_deg = figures["mean_absolute_error_deg"]
        if mean_deg is not None:
            trials = "1 trial" if figures["trials"] == 1 else f"{figures['trials']} trials"
            rows.append((f"Came back within ({DIRECTION_WORDS[way]})", f"{mean_deg:.0f}° in {trials}"))
    return rows


def _range(_title: str, part: dict[str, Any]) -> Rows:
    rows = []
    for way, figures in part["directions"].items():
        if figures["best_deg"] is not None:
            more = " or more" if figures["beyond_camera"] else ""
            rows.append((f"Range: {DIRECTION_WORDS[way]}", f"{figures['best_deg']:.0f}°{more}"))
    return rows


def _stretch(title: str, part: dict[str, Any]) -> Rows:
    done = part["completed"]
    return [(title, "1 time" if done == 1 else f"{done} times")] if done else []


def _seconds(title: str, part: dict[str, Any]) -> Rows:
    return [(title, minutes(part["seconds"]))] if part["seconds"] else []


_WORDS = {
    "hold": _hold,
    "hold_test": _hold_test,
    "follow": _follow,
    "position_sense": _position_sense,
    "range": _range,
    "stretch": _stretch,
    "breathe": _seconds,
    "timed": _seconds,
    "free": _seconds,
}
