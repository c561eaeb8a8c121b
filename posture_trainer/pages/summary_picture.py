"""The one picture at the end of a session: time straight across the trials, or across the mirror's session. Pure."""

from collections.abc import Iterable, Sequence

from posture_trainer.exercises.guided_records import ExerciseEvent
from posture_trainer.exercises.hold_test import HoldTestSettings
from posture_trainer.exercises.trial import Ending, Number
from posture_trainer.feedback import time_in_tolerance
from posture_trainer.figures.session_summary import PART_S
from posture_trainer.pages.views import TrialBars
from posture_trainer.words.kept_place import IN_NEUTRAL, KeptPlace

# The kinds that have a picture, the first one found is shown: title, figure of a trial, what is the whole of it.
# Where the task is not to be in neutral there is none, and none of position sense: nothing is said of single trials.
_KINDS = {
    "hold": ("Time {at}, hold by hold", "in_tolerance_share", 1.0),
    "hold_test": (f"Time held in each try, of {HoldTestSettings.cap_s:g} s", "held_s", HoldTestSettings.cap_s),
    "follow": ("Time on the target, round by round", "on_target_share", 1.0),
}
_MINUTES_FROM_S = 120.0


def summary_bars(
    events: Iterable[ExerciseEvent], parts: Sequence[tuple[float, float]], place: KeptPlace = IN_NEUTRAL
) -> TrialBars | None:
    """The picture, or None where there is nothing to compare, or to praise.

    parts: seconds in neutral and seen, of each PART_S. place: where the patient was to be.
    """
    if not place.praised:
        return None
    trials = [event for event in events if "ending" in event.numbers and event.numbers["ending"] != Ending.VOID.value]
    for kind, (title, figure, whole) in _KINDS.items():
        shares = tuple(_share(event.numbers.get(figure), whole) for event in trials if event.name == kind)
        if len(shares) > 1:
            return TrialBars(title.format(at=place.at), shares)
    if any(event.name != "free" for event in trials):
        return None
    long = len(parts) * PART_S >= _MINUTES_FROM_S
    together = round(60 / PART_S) if long else 1
    added = [_added(parts[at : at + together]) for at in range(0, len(parts), together)]
    shares = tuple(time_in_tolerance(neutral_s, seen_s - neutral_s) for neutral_s, seen_s in added)
    title = f"Time {place.at}, {'minute by minute' if long else f'every {PART_S:g} seconds'}"
    return TrialBars(title, shares) if len(shares) > 1 else None


def _share(value: Number, whole: float) -> float | None:
    return value / whole if isinstance(value, int | float) else None


def _added(parts: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return sum(neutral_s for neutral_s, _ in parts), sum(seen_s for _, seen_s in parts)
