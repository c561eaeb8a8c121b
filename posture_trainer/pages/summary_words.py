"""The end of a session in plain words: a few rows, never a score that shames."""

from collections.abc import Callable
from typing import Any

from posture_trainer.figures.session_summary import Summary
from posture_trainer.pose.directions import Direction
from posture_trainer.words.directions import end_words
from posture_trainer.words.durations import minutes
from posture_trainer.words.kept_place import place_called
from posture_trainer.words.phrases import TITLES
from posture_trainer.words.trick import effect_words

_MOST_ROWS = 5  # more are too small to be read from a chair
_NOTHING = "not measured"
_CLOSING = {
    "time": "That is enough for today. Thank you for practising.",
    "left": "I stopped for now. Come back whenever you like.",
    "end of file": "The clip is over. Thank you for practising.",
    "camera": "The camera did not come back. Thank you for practising.",
    "unmeasured": "I could not see your face well enough to measure. More light on it, and a place in the middle, will "
    "help next time.",
    "stopped": "It is fine to stop. Thank you for practising.",
}


def heading_words(summary: Summary) -> str:
    """What stands above it: thanks and no praise, so that nobody is told off by its absence."""
    return "Not today" if summary.ended == "unmeasured" else "Thank you"


def closing_words(ended: str) -> str:
    """The last word, as the session ended."""
    return _CLOSING.get(ended, "Thank you for practising.")


def summary_rows(summary: Summary) -> list[tuple[str, str]]:
    """What the patient reads: of a guided session a row or two for each exercise, else the mirror's figures.

    What was practised, and for how long; shares, bands and errors are the therapist's. What was only timed is told
    where there is nothing else to tell.
    """
    sections = summary.exercises or {}
    rows = _rows(_WORDS, sections) or _rows(_TIMED_WORDS, sections)
    if summary.exercises is None or "free" in sections:
        return summary_for_screen(summary)
    return [*rows[:_MOST_ROWS], ("Session", minutes(summary.length_s))]


Rows = list[tuple[str, str]]
Words = Callable[[str, dict[str, Any]], Rows]


def _rows(words: dict[str, Words], sections: dict[str, Any]) -> Rows:
    """The rows of these kinds; a kind that gave no figure says so."""
    rows: Rows = []
    for kind, in_words in words.items():
        if kind in sections:
            rows += in_words(TITLES[kind], sections[kind]) or [(TITLES[kind], _NOTHING)]
    return rows


def _hold(_title: str, part: dict[str, Any]) -> Rows:
    longest = [("Longest hold", minutes(part["longest_s"]))] if part["longest_s"] else []
    return [*_practised("Holds practised", part), *longest]


def _hold_test(title: str, part: dict[str, Any]) -> Rows:
    return [(title, " and ".join(f"{round(seconds)} s" for seconds in part["tries_s"]) or _NOTHING)]


def _follow(_title: str, part: dict[str, Any]) -> Rows:
    return _practised("Rounds followed", part)


def _position_sense(_title: str, part: dict[str, Any]) -> Rows:
    turns = sum(figures["trials"] for figures in part["directions"].values())
    return [("Turns with eyes closed", str(turns))] if turns else []


def _practised(what: str, part: dict[str, Any]) -> Rows:
    return [(what, str(part["trials"]))] if part["trials"] else []


def _range(_title: str, part: dict[str, Any]) -> Rows:
    rows = []
    for movement, ways in _MOVEMENTS.items():
        reached = [
            f"{end_words(way)} {figures['best_deg']:.0f}°{' or more' if figures['beyond_camera'] else ''}"
            for way in ways
            if (figures := part["directions"].get(way)) and figures["best_deg"] is not None
        ]
        if reached:
            rows.append((movement, ", ".join(reached)))
    return rows


def _stretch(title: str, part: dict[str, Any]) -> Rows:
    done = part["completed"]
    return [(title, "1 time" if done == 1 else f"{done} times")] if done else []


def _seconds(title: str, part: dict[str, Any]) -> Rows:
    return [(title, minutes(part["seconds"]))] if part["seconds"] else []


def _trick(title: str, part: dict[str, Any]) -> Rows:
    if not part["trials"]:
        return []
    return [(title, effect_words(part["hand"], part["place"], part["change_deg"], None))]


_MOVEMENTS = {
    "Turning": (Direction.ROTATION_LEFT, Direction.ROTATION_RIGHT),
    "Leaning": (Direction.TILT_LEFT, Direction.TILT_RIGHT),
    "Chin": (Direction.FLEXION, Direction.EXTENSION),
}
_WORDS: dict[str, Words] = {
    "hold": _hold,
    "hold_test": _hold_test,
    "follow": _follow,
    "position_sense": _position_sense,
    "range": _range,
    "stretch": _stretch,
    "trick": _trick,
}
_TIMED_WORDS: dict[str, Words] = {"breathe": _seconds, "timed": _seconds}


def summary_for_screen(summary: Summary) -> Rows:
    """The few figures of the mirror that a patient wants, in plain words."""
    return [
        (f"Time {place_called(summary.kept_to).at}", minutes(summary.neutral_s)),
        ("Longest hold", minutes(summary.longest_neutral_s)),
        ("Reminders", str(summary.cue_count)),
        ("Session", minutes(summary.length_s)),
    ]
