"""About how long a session takes, before it begins. Pure."""

from typing import Any

from posture_trainer.exercises.body.trick import SHOWN_S
from posture_trainer.exercises.guided_records import GuidedSession, PlannedTrial

_TO_GET_THERE_S = 5.0  # before a hold
_USUAL_S = 15.0  # of a trial whose length nobody sets


def about_minutes(session: GuidedSession) -> int | None:
    """Minutes, at least 1; None where only the patient or the longest time ends it (the mirror as it is)."""
    whole_s = 0.0
    for trial in session.trials:
        length_s = _length_s(trial)
        if length_s is None:
            return None
        whole_s += length_s + trial.rest_s
    whole_s -= session.trials[-1].rest_s
    return max(1, round(min(whole_s, session.rules.longest_s) / 60))


def _length_s(trial: PlannedTrial) -> float | None:
    settings: Any = trial.settings
    match trial.kind:
        case "free":
            found: float | None = settings.seconds
            return found
        case "hold":
            return float(settings.hold_s) + _TO_GET_THERE_S
        case "hold_test":
            return float(settings.cap_s) / 2
        case "follow":
            return float(settings.loop_s * settings.loops) + _TO_GET_THERE_S
        case "stretch":
            return float(2 * settings.move_s + settings.hold_s)
        case "trick":
            return float(3 * settings.part_s) + SHOWN_S
        case "breathe" | "timed":
            return float(settings.seconds) + _TO_GET_THERE_S
        case _:
            return _USUAL_S
