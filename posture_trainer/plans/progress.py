"""How far practice has come, by one rule (its table is in docs/exercises.md). Pure: the same records, the same step.

Up a step after three sessions on three days that went well; down a step after pain; half after a pause, in the weeks
after an injection, and after pain. Never up by itself beyond what the therapist has set, nor beyond 30 s.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from posture_trainer.plans.limits import LONGEST_HOLD_S
from posture_trainer.words import doses as words

GOOD_SHARE, GOOD_DAYS = 0.8, 3  # of the planned trials; sessions on so many days in a row
PAIN_RISE = 20  # of 100, in a session
WORSE_NEXT_DAY = 10  # of 100, from before one session to before the next: less is within what ratings vary by
NEXT_DAYS = 6  # a session so many days later still tells how the last one was borne
PAUSE_DAYS = 7
INJECTION_DAYS = 14


def longest_grown_s(hold_s: float, longest_hold_s: float) -> float:
    """How long a hold becomes by itself at most; never less than where the plan begins."""
    return max(hold_s, min(longest_hold_s, LONGEST_HOLD_S))


def steps_to(hold_s: float, step_s: float, longest_hold_s: float) -> int:
    """How many steps lead to the longest hold."""
    return math.ceil((longest_grown_s(hold_s, longest_hold_s) - hold_s) / step_s) if step_s > 0 else 0


@dataclass(frozen=True)
class Practised:
    """An earlier session, as far as progress is concerned.

    own: of today's plan, with the same holds. most_steps: how far its plan allowed to go. completed_share: of the
    trials that were planned, None where there were none. full: nothing was left out or halved. pain_before,
    pain_after: 0 to 100, None where it was not answered.
    """

    day: date
    own: bool = True
    most_steps: int = 0
    completed_share: float | None = None
    full: bool = True
    pain_before: float | None = None
    pain_after: float | None = None


@dataclass(frozen=True)
class Progress:
    """Where practice stands today. steps: up from where the plan begins. why: what changed that since the last session
    of this plan, '' for nothing. half: why only half is practised today, () where all is."""

    steps: int = 0
    why: str = ""
    half: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Standing:
    """good: the days of sessions that went well since the last change. own: the last session of this plan. last: of
    any. eased: a step down was made for that one."""

    steps: int = 0
    why: str = ""
    good: frozenset[date] = frozenset()
    own: Practised | None = None
    last: Practised | None = None
    eased: bool = False


def progress(
    sessions: Sequence[Practised],
    today: date,
    pain_limit: float = 70,
    injections: Iterable[date] = (),
    pain_today: float | None = None,
) -> Progress:
    """Where practice stands before today's session.

    sessions: oldest first, of all plans: pain counts in each, the rest in today's plan alone. pain_limit: of the
    patient. injections: their days. pain_today: before today's session, once it is known.
    """
    days = tuple(injections)
    standing = _Standing()
    for session in sessions:
        standing = _after(standing, session, pain_limit, days)
    now = _arrived(standing, today, pain_today, own=True)
    return Progress(now.steps, now.why, _half(standing, today, pain_today, days))


def _after(standing: _Standing, session: Practised, pain_limit: float, injections: Sequence[date]) -> _Standing:
    """The standing after one more session."""
    arrived = _arrived(standing, session.day, session.pain_before, session.own)
    worse = arrived.eased and not standing.eased  # then one rating is not two steps
    now = replace(arrived, last=session, eased=worse)
    if session.own:
        now = replace(now, own=session, why="", steps=min(now.steps, session.most_steps))
    if session.pain_before is not None and session.pain_before >= pain_limit:
        return replace(now, good=frozenset()) if worse else _down(now, words.MUCH_PAIN)
    now = replace(now, eased=False)
    if _rose(session):
        return _down(now, words.PAIN_ROSE)
    if not session.own or session.completed_share is None:
        return now
    if session.completed_share < GOOD_SHARE:
        return replace(now, good=frozenset())
    eased_by_rule = _paused(standing, session.day) or _days_after(session.day, injections) is not None
    if eased_by_rule or not session.full:
        return now
    good = now.good | {session.day}
    if len(good) < GOOD_DAYS:
        return replace(now, good=good)
    if now.steps == session.most_steps:
        return replace(now, good=frozenset())
    return replace(now, steps=now.steps + 1, why=words.UP, good=frozenset())


def _arrived(standing: _Standing, day: date, pain_before: float | None, own: bool) -> _Standing:
    """The standing as a session begins on that day: after a pause, and by how the last one was borne."""
    if own and standing.own is not None and _paused(standing, day):
        steps = standing.steps // 2
        why = words.after_pause((day - standing.own.day).days)
        return replace(standing, steps=steps, why=why if steps < standing.steps else "", good=frozenset())
    worse = _worse(standing, day, pain_before) and not standing.eased
    return _down(standing, words.WORSE_NEXT_DAY) if worse else standing


def _down(standing: _Standing, why: str) -> _Standing:
    why = why if standing.steps else standing.why
    return replace(standing, steps=max(0, standing.steps - 1), why=why, good=frozenset(), eased=True)


def _rose(session: Practised | None) -> bool:
    """Whether the pain rose in that session."""
    if session is None or session.pain_before is None or session.pain_after is None:
        return False
    return session.pain_after - session.pain_before >= PAIN_RISE


def _worse(standing: _Standing, day: date, pain_before: float | None) -> bool:
    """Whether the pain is worse than before the last session, on one of the days after it."""
    last = standing.last
    if last is None or last.pain_before is None or pain_before is None:
        return False
    return 1 <= (day - last.day).days <= NEXT_DAYS and pain_before - last.pain_before >= WORSE_NEXT_DAY


def _paused(standing: _Standing, day: date) -> bool:
    return standing.own is not None and (day - standing.own.day).days >= PAUSE_DAYS


def _days_after(day: date, injections: Iterable[date]) -> int | None:
    """Days since an injection of the last two weeks, None where there was none."""
    since = [(day - injection).days for injection in injections]
    return min((days for days in since if 0 <= days <= INJECTION_DAYS), default=None)


def _half(standing: _Standing, today: date, pain_today: float | None, injections: Sequence[date]) -> tuple[str, ...]:
    """Why only half is practised today."""
    found: list[str] = []
    if standing.own is not None and _paused(standing, today):
        found.append(words.after_pause((today - standing.own.day).days))
    injected = _days_after(today, injections)
    if injected is not None:
        found.append(words.after_injection(injected))
    if _rose(standing.last):
        found.append(words.HALF_PAIN_ROSE)
    if _worse(standing, today, pain_today):
        found.append(words.HALF_WORSE)
    return tuple(found)
