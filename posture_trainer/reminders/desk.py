"""The desk: what the small sign shows, when it reminds, when it keeps quiet, when a break is proposed. Pure.

It takes one moment after the other, with times from a clock that never goes back, and thinks in seconds. It is there to
help: at most one reminder in ten minutes, and after three that were not followed it is quiet for an hour.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from posture_trainer.feedback import Cue, Tolerances
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.reminders.held import ZERO, Seen, Window, nearest

LONGEST_STEP_S = 2.0  # a moment stands for at most so long: pictures come three times a second
GAP_S = 10.0  # longer without a moment: the computer slept, or the camera was gone
RESTED_S = 300.0  # away for so long: that was a break
LEAST_TOLERANCE_DEG = 1.0


class Sight(StrEnum):
    """What a moment showed."""

    SEEN = "seen"
    AWAY = "away"
    UNSURE = "unsure"
    """Covered, two faces, too dark: somebody, but not to be measured."""
    PAUSED = "paused"


class Sign(StrEnum):
    """What the small window shows."""

    IN_PLACE = "in place"
    DRIFTING = "drifting"
    AWAY = "away"
    PAUSED = "paused"


@dataclass(frozen=True)
class DeskRules:
    """tolerances: of the desk, wide already. held_s: outside for so long before a reminder. apart_s: from one reminder
    to the next. follow_s: seen for so long after a reminder without being back, it was not followed. give_up_after: so
    many not followed one after the other, and it is quiet for quiet_s. break_every_s: of being there; None: never."""

    tolerances: Tolerances = Tolerances(10.0, 10.0, 10.0, 10.0, 16.0, 16.0)
    held_s: float = 60.0
    apart_s: float = 600.0
    follow_s: float = 120.0
    give_up_after: int = 3
    quiet_s: float = 3600.0
    break_every_s: float | None = 2700.0
    places: tuple[HeadAngles, ...] = (ZERO,)
    """Where the head is when somebody works: the desk's own straight, and where else they work, told from it."""


def widened(tolerances: Tolerances, share: float) -> Tolerances:
    """The tolerances of practice, so many times as wide."""
    return Tolerances(**{name: max(LEAST_TOLERANCE_DEG, share * value) for name, value in vars(tolerances).items()})


@dataclass(frozen=True)
class Moment:
    """One moment. angles: from the desk's straight position, where the head was SEEN. hushed: a call or a talk fills
    the screen, as far as that is known."""

    t_s: float
    sight: Sight
    angles: HeadAngles | None = None
    hushed: bool = False


@dataclass(frozen=True)
class DeskState:
    """What is known. reminded_s, quiet_until_s: by the clock of the moments. waiting: since a reminder that is neither
    followed nor given up, seconds seen; None: there is none. unfollowed: in a row. there_s: since the last break."""

    last_s: float | None = None
    window: Window = Window()
    sign: Sign = Sign.AWAY
    reminded_s: float | None = None
    waiting_s: float | None = None
    unfollowed: int = 0
    quiet_until_s: float | None = None
    there_s: float = 0.0
    away_s: float = 0.0


@dataclass(frozen=True)
class Told:
    """What a moment leads to. reminder: the way to be told now. followed: of the last reminder, just now: True, False,
    None. break_due: propose one now. inside: whether the head was in tolerance; None when not seen. dt_s: what the
    moment stands for. angles: from the nearest place of work. gap: nothing is known of the time before."""

    sign: Sign
    dt_s: float
    reminder: Cue | None = None
    followed: bool | None = None
    break_due: bool = False
    inside: bool | None = None
    angles: HeadAngles | None = None
    gap: bool = False


def step(state: DeskState, rules: DeskRules, moment: Moment) -> tuple[DeskState, Told]:
    """After one more moment."""
    t_s = moment.t_s
    elapsed_s = 0.0 if state.last_s is None else max(0.0, t_s - state.last_s)
    gap = state.last_s is not None and elapsed_s > GAP_S
    dt_s = 0.0 if gap else min(elapsed_s, LONGEST_STEP_S)
    if gap:
        state = replace(state, window=Window(), waiting_s=None, away_s=state.away_s + elapsed_s)
    state = replace(state, last_s=t_s)
    if moment.sight is not Sight.SEEN or moment.angles is None:
        return _unseen(state, moment, dt_s, gap)
    rested = state.away_s >= RESTED_S
    state = replace(state, away_s=0.0, there_s=dt_s if rested else state.there_s + dt_s)
    angles, edge_share = nearest(moment.angles, rules.places, rules.tolerances)
    window = state.window.after(Seen(t_s, dt_s, angles, edge_share), rules.held_s, rules.tolerances)
    state = replace(state, window=window, sign=Sign.DRIFTING if window.outside else Sign.IN_PLACE)
    state, followed = _after_reminder(state, rules, t_s, dt_s)
    state, reminder = _reminder(state, rules, moment)
    due = rules.break_every_s is not None and state.there_s >= rules.break_every_s
    break_due = due and reminder is None and not moment.hushed
    if break_due:
        state = replace(state, there_s=0.0)
    return state, Told(state.sign, dt_s, reminder, followed, break_due, edge_share <= 1, angles, gap)


def _unseen(state: DeskState, moment: Moment, dt_s: float, gap: bool) -> tuple[DeskState, Told]:
    """Away, covered and paused are not counted; whoever leaves has not refused to follow."""
    if moment.sight is Sight.UNSURE:
        return state, Told(state.sign, dt_s, gap=gap)
    sign = Sign.PAUSED if moment.sight is Sight.PAUSED else Sign.AWAY
    away_s = state.away_s + dt_s
    if away_s >= GAP_S:
        state = replace(state, window=Window(), waiting_s=None)
    return replace(state, sign=sign, away_s=away_s), Told(sign, dt_s, gap=gap)


def _after_reminder(state: DeskState, rules: DeskRules, t_s: float, dt_s: float) -> tuple[DeskState, bool | None]:
    """Whether the last reminder was followed, once that is known."""
    if state.waiting_s is None:
        return state, None
    if not state.window.outside:
        return replace(state, waiting_s=None, unfollowed=0), True
    waiting_s = state.waiting_s + dt_s
    if waiting_s < rules.follow_s:
        return replace(state, waiting_s=waiting_s), None
    unfollowed = state.unfollowed + 1
    if unfollowed < rules.give_up_after:
        return replace(state, waiting_s=None, unfollowed=unfollowed), False
    return replace(state, waiting_s=None, unfollowed=0, quiet_until_s=t_s + rules.quiet_s), False


def _reminder(state: DeskState, rules: DeskRules, moment: Moment) -> tuple[DeskState, Cue | None]:
    """The way to be told now, or None."""
    t_s = moment.t_s
    quiet = state.quiet_until_s is not None and t_s < state.quiet_until_s
    soon = state.reminded_s is not None and t_s - state.reminded_s < rules.apart_s
    if not state.window.outside or quiet or soon or moment.hushed or state.waiting_s is not None:
        return state, None
    return replace(state, reminded_s=t_s, waiting_s=0.0, quiet_until_s=None), state.window.way
