"""How much of practice is left today, from the starts and lengths of the sessions before. Pure.

One to three sessions, at least two hours apart, at most 15 minutes each and 30 together: more is not shown to be
better. A therapist may set less, or more with a reason (plans/in_force.py). Measurements are done once a week at most.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from posture_trainer.plans.in_force import InForce
from posture_trainer.words import doses as words

COUNTS_FROM_S = 120.0  # what was shorter was broken off: its time counts, but it is no session to rest from
LEAST_LEFT_S = 120.0  # with less time left there is no session
SLACK_S = 300.0  # clocks that are set by a network may be set back by as much
WEEKLY_KINDS = ("range", "position_sense", "hold_test")
WEEK_DAYS = 7


class Enough(StrEnum):
    """Why there is no session now; the name stands in the log."""

    SESSIONS = "sessions of the day"
    MINUTES = "minutes of the day"
    TOO_SOON = "too soon"


@dataclass(frozen=True)
class PastDose:
    """A session that was: when it began, and how long it lasted, whether or not it came to its end."""

    begun: datetime
    length_s: float


@dataclass(frozen=True)
class Dose:
    """longest_s: of a session that begins now. enough: why there is none, None where there is one. words: why there is
    none; or what else is to be told, '' for nothing."""

    longest_s: float
    enough: Enough | None = None
    words: str = ""


def dose_now(past: Iterable[PastDose], limits: InForce, now: datetime, shared: bool = False) -> Dose:
    """What may be practised now.

    now: with the time zone of where the patient is. shared: the sessions may be of several people, as a guest's are:
    then nobody is kept from practice by what may have been another's, and is only told. Sessions that lie in the
    future, as a wrong clock leaves them, say nothing; but those of this day were done on it, whatever the hour says.
    """
    past = list(past)
    known = [each for each in past if each.begun <= now + timedelta(seconds=SLACK_S)]
    today = [each for each in past if each.begun.astimezone(now.tzinfo).date() == now.date()]
    longest_s = 60.0 * limits.longest_session_min
    sessions = [each for each in known if each.length_s >= COUNTS_FROM_S]
    ended = max((each.begun + timedelta(seconds=each.length_s) for each in sessions), default=None)
    rested = None if ended is None else ended + timedelta(hours=limits.hours_apart)
    if shared:
        soon = ended is not None and rested is not None and now < rested
        told = words.perhaps_another(_clock(ended, now), _clock(rested, now)) if soon and ended and rested else ""
        return Dose(longest_s, words=told)
    count = sum(each.length_s >= COUNTS_FROM_S for each in today)
    left_s = 60.0 * limits.minutes_a_day - sum(each.length_s for each in today)
    if count >= limits.sessions_a_day:
        return Dose(0.0, Enough.SESSIONS, words.enough_sessions(count))
    if left_s < LEAST_LEFT_S:
        return Dose(0.0, Enough.MINUTES, words.enough_minutes(sum(each.length_s for each in today) / 60))
    if ended is not None and rested is not None and now < rested:
        return Dose(0.0, Enough.TOO_SOON, words.too_soon(_clock(ended, now), _clock(rested, now)))
    return Dose(min(longest_s, left_s))


def not_yet(done_on: Mapping[str, Collection[date]], today: date) -> dict[str, str]:
    """Which kinds of exercise are not due again today, each with why. done_on: the days on which each was done.

    A day to come, as a clock that was set back leaves it, counts like one that was, up to a week from now.
    """
    found = {}
    for kind in WEEKLY_KINDS:
        near = [day for day in done_on.get(kind, ()) if abs((today - day).days) < WEEK_DAYS]
        if near:
            found[kind] = words.once_a_week(kind, max(near), max(near) + timedelta(days=WEEK_DAYS))
    return found


def _clock(moment: datetime, now: datetime) -> str:
    """The time of day where the patient is."""
    return f"{moment.astimezone(now.tzinfo):%H:%M}"
