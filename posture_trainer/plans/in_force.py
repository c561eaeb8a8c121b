"""Which limits of pain, dizziness and dose are in force: the program's own, or the therapist's with a reason. Pure."""

from dataclasses import dataclass
from typing import Any

from posture_trainer.plans.patient_settings import PatientSettings

PAIN_LIMIT, DIZZINESS_LIMIT = 70, 30  # of 0 to 100
LONGEST_SESSION_MIN = 15.0
SESSIONS_A_DAY, MINUTES_A_DAY, HOURS_APART = 3, 30.0, 2.0


@dataclass(frozen=True)
class InForce:
    """What holds for a patient. pain_limit: from it on only the gentle set. dizziness_limit: above it, no session
    today. longest_session_min: pauses included. hours_apart: from the end of a session to the next."""

    pain_limit: int = PAIN_LIMIT
    dizziness_limit: int = DIZZINESS_LIMIT
    longest_session_min: float = LONGEST_SESSION_MIN
    sessions_a_day: int = SESSIONS_A_DAY
    minutes_a_day: float = MINUTES_A_DAY
    hours_apart: float = HOURS_APART


@dataclass(frozen=True)
class Wider:
    """A limit that is set wider than the program's own: what it is called, both values, and whether it is in force."""

    name: str
    words: str
    set_to: float
    own: float
    in_force: bool


def in_force(settings: PatientSettings) -> InForce:
    """The limits that hold. One that is narrower than the program's own always does; a wider one with a reason."""
    not_taken = {each.name for each in wider(settings) if not each.in_force}
    chosen = {name: value for name, value in _set(settings).items() if value is not None and name not in not_taken}
    return InForce(**chosen)


def wider(settings: PatientSettings) -> tuple[Wider, ...]:
    """The limits that are set wider than the program's own, for the report; in force with a reason in doses.why."""
    reason = bool(settings.doses.why.strip())
    found = []
    for name, value in _set(settings).items():
        own = getattr(InForce, name)
        is_wider = value is not None and (value < own if name == "hours_apart" else value > own)
        if is_wider:
            found.append(Wider(name, _WORDS[name], value, own, reason))
    return tuple(found)


_WORDS = {
    "pain_limit": "Pain before a session (of 100)",
    "dizziness_limit": "Dizziness before a session (of 100)",
    "longest_session_min": "Longest session (min)",
    "sessions_a_day": "Sessions a day",
    "minutes_a_day": "Minutes a day",
    "hours_apart": "Hours between sessions",
}


def _set(settings: PatientSettings) -> dict[str, Any]:
    doses = settings.doses
    return {
        "pain_limit": settings.pain_limit,
        "dizziness_limit": settings.dizziness_limit,
        "longest_session_min": settings.longest_session_min,
        "sessions_a_day": doses.sessions_a_day,
        "minutes_a_day": doses.minutes_a_day,
        "hours_apart": doses.hours_apart,
    }
