"""What is recorded of each trial, as tables hold it: every figure in full, with its unit and meaning. Pure but for
`trial_rows`, which reads a session's events."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from posture_trainer.exercises.machines import MACHINES
from posture_trainer.records.session_reader import read_events
from posture_trainer.words.harmless import text_cell

_LARGEST = 1e15  # no number in a record is larger
_LONGEST_WORD = 60

# name -> unit and meaning, of the figures in a trial's event (docs/exercises.md); a test compares it with the machines.
TRIAL_FIGURES: dict[str, tuple[str, str]] = {
    "block": ("", "block of the plan, from 1"),
    "trial": ("", "trial in the block, from 1"),
    "attempt": ("", "attempt at the trial, from 1"),
    "ending": ("", "done, not_reached, void (nothing usable) or unfinished (the session ended)"),
    "cues": ("", "1 with cues, 0 without"),
    "probe": ("", "1 for a trial without cues among trials with cues"),
    "began_s": ("s", "when it began"),
    "ran_s": ("s", "running time, without pauses"),
    "direction": ("", "direction from neutral, as the patient sees it"),
    "asked_s": ("s", "length asked for"),
    "reached": ("", "1 if the head was ever within the tolerance (hold test: within its angle)"),
    "time_to_neutral_s": ("s", "until the head was first within the tolerance"),
    "held_s": ("s", "time that counted as held"),
    "longest_s": ("s", "longest time within the tolerance without a break"),
    "in_tolerance_s": ("s", "time within the tolerance while measured"),
    "measured_s": ("s", "time seen while measured"),
    "in_tolerance_share": ("", "in_tolerance_s over the time seen, 0 to 1"),
    "leaves": ("", "how often the head left the tolerance"),
    "mean_deviation_deg": ("deg", "mean angle away from neutral, frames of good quality"),
    "within_deg": ("deg", "angle from neutral that a hold test allows"),
    "averaged_s": ("s", "time over which the posture was averaged before it was judged; none in older records"),
    "capped": ("", "1 if the hold test reached its longest time"),
    "path": ("", "path of the target to follow"),
    "loop_s": ("s", "length of one round of the target"),
    "radius": ("", "size of the target as a share of the reach"),
    "extent": ("", "how far the path goes as a share of the reach"),
    "path_visible": ("", "1 if the path was drawn"),
    "reach_sideways_deg": ("deg", "head movement from the middle to the side of the field"),
    "reach_up_down_deg": ("deg", "head movement from the middle to its upper or lower edge"),
    "followed_s": ("s", "time the target moved"),
    "mean_distance_deg": ("deg", "mean distance of pointer and target, as head movement"),
    "on_target_s": ("s", "time with the pointer on the target"),
    "on_target_share": ("", "on_target_s / followed_s, 0 to 1"),
    "path_ratio": ("", "length of the pointer's path over the target's"),
    "turn_deg": ("deg", "angle to turn away to"),
    "start_deg": ("deg", "angle on the trial's axis at the start"),
    "turned_deg": ("deg", "how far the head went from the start"),
    "too_far": ("", "1 if the head went on beyond the tones; none in older records"),
    "back_deg": ("deg", "angle on the trial's axis on return"),
    "signed_error_deg": ("deg", "back_deg - start_deg"),
    "absolute_error_deg": ("deg", "its size"),
    "overshoot_deg": ("deg", "the error in the direction of the way back, + went past the start"),
    "radial_error_deg": ("deg", "distance of start and return over all three axes; none in older records"),
    "farthest_deg": ("deg", "farthest angle in that direction"),
    "beyond_camera": ("", "1 if farthest_deg is a lower bound"),
    "at_limit": ("", "1 if it ended at the program's limit for that direction, so it is a lower bound too"),
    "limit_deg": ("deg", "comfortable angle set for that direction"),
    "near_limit_s": ("s", "time near the set angle while it was to be held"),
    "over_limit_s": ("s", "time more than 2 degrees beyond it"),
    "far_enough_said": ("", "how often it was said that this is far enough"),
    "in_s": ("s", "length of a breath in"),
    "out_s": ("s", "length of a breath out"),
    "breaths": ("", "whole breaths"),
    "part_s": ("s", "length of each part: without, with, without the hand"),
    "hand": ("", "hand seen at the head while it was asked for: none, left, right, both"),
    "place": ("", "where it was: chin, cheek, forehead, temple"),
    "hand_share": ("", "looks that showed a hand in that part, 0 to 1"),
    "trusted_share": ("", "frames good enough to be averaged in that part, 0 to 1"),
    "before_deg": ("deg", "mean deviation without the hand"),
    "with_deg": ("deg", "mean deviation with the hand"),
    "after_deg": ("deg", "mean deviation without it again"),
    "change_deg": ("deg", "with_deg - before_deg"),
    "remains_deg": ("deg", "after_deg - before_deg"),
    "axis": ("", "axis farthest out without the hand"),
    "axis_change_deg": ("deg", "how much farther out on it with the hand"),
    "axis_remains_deg": ("deg", "how much farther out on it without it again"),
    "lean_change_deg": ("deg", "how much more the head leaned with the hand, all frames"),
    "seconds": ("s", "time it ran"),
    "seen_s": ("s", "time seen, in or out of tolerance"),
}

# name -> kind and meaning of the table of trials: one row for each figure.
TRIAL_COLUMNS: dict[str, tuple[str, str]] = {
    "patient": ("text", "the code"),
    "session": ("text", "name of the session's folder"),
    "exercise": ("text", "its kind"),
    "t_s": ("real", "s, when the trial ended"),
    "figure": ("text", "the figure's name"),
    "value": ("real", "its value in full; 1 and 0 for yes and no; empty where it is a word or there is none"),
    "word": ("text", "the figure where it is a word"),
    "unit": ("text", "of the value"),
}


def trial_rows(patient: str, place: Path) -> Iterator[tuple[Any, ...]]:
    """The rows of one session, in the order of TRIAL_COLUMNS; nothing of events that the program did not write."""
    for event in read_events(place):
        t_s = number(event.get("t_s"))
        if t_s is None or not is_trial(event):
            continue
        for name, (unit, _) in TRIAL_FIGURES.items():
            if name in event:
                value, word = number(event[name]), word_of(event[name])
                yield text_cell(patient), text_cell(place.name), event["event"], t_s, name, value, word, unit


def is_trial(event: dict[str, Any]) -> bool:
    """Whether the event is that of a trial: an exercise of a plan that has ended."""
    return event["event"] in MACHINES and isinstance(event.get("ending"), str)


def number(value: Any) -> float | None:
    """A value from a file as a number, 1 or 0 for true and false; None if it is none."""
    if not isinstance(value, int | float) or not abs(value) < _LARGEST:
        return None
    return float(value)


def word_of(value: Any) -> str:
    """A value from a file as a word, '' if it is none."""
    return text_cell(value, _LONGEST_WORD) if isinstance(value, str) else ""
