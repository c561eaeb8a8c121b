"""Which patients need a look, from what is read in a moment: days, summaries and ratings of the last weeks. Pure.

A flag is a figure that stands out and no judgement: better and worse are said by judgement.py alone, from all sessions.
Where that has been asked (a report was made), what it found worse is a flag too.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from posture_trainer.course.adherence import WINDOW_DAYS
from posture_trainer.course.answers import QUIET_DAYS
from posture_trainer.course.cycles import LONGEST_DAYS, last_before
from posture_trainer.course.injections import LEAST_EACH
from posture_trainer.course.judgement import MARK_WORDS, Judgement, Mark
from posture_trainer.course.measures import BY_NAME, HOLD_TEST, PAIN
from posture_trainer.figures.angle_figures import median
from posture_trainer.words.figures import amount, day_words

LATELY_DAYS, BEFORE_DAYS = 14, 28  # the last days of practice, and those before them that they are compared with
WEARING_OFF_DAYS = 70  # ten weeks: the benefit of an injection wears off towards twelve (docs/report-method.md)
_IN_TOLERANCE = "Time in tolerance"


class FlagKind(StrEnum):
    """Why somebody should look, in the order of the page."""

    UNWELL = "felt unwell"
    PAIN = "pain up"
    WORSE = "worse"
    LESS = "less than before"
    QUIET = "no practice"
    WEARING_OFF = "wearing off"
    NOT_STRAIGHT = "baseline not straight"
    DAMAGED = "records not whole"


@dataclass(frozen=True)
class Flag:
    """One reason to look, with its figures in words."""

    kind: FlagKind
    words: str


@dataclass(frozen=True)
class LatelySession:
    """A session of the last weeks. baseline: when its neutral was taken. pain: before it, 0 to 100."""

    day: date
    baseline: str
    in_tolerance_share: float | None = None
    hold_test_s: float | None = None
    pain: float | None = None


@dataclass(frozen=True)
class Lately:
    """Medians of the last two weeks of practice, and of the four before; None with too few sessions."""

    now: float | None
    before: float | None


_Getter = Callable[[LatelySession], float | None]
_COMPARED: tuple[tuple[FlagKind, str, str, _Getter, bool], ...] = (
    (FlagKind.PAIN, PAIN, "pain before practice", lambda each: each.pain, False),
    (FlagKind.LESS, HOLD_TEST, "hold test", lambda each: each.hold_test_s, False),
    (FlagKind.LESS, _IN_TOLERANCE, "time in tolerance", lambda each: each.in_tolerance_share, True),
)


def is_lately(day: date, last: date) -> bool:
    """Whether a day is one of those that are looked at. last: of the patient's practice."""
    return timedelta(0) <= last - day < timedelta(LATELY_DAYS + BEFORE_DAYS)


def lately(sessions: Sequence[LatelySession], value: _Getter, one_baseline: bool = False) -> Lately:
    """The medians of a figure. sessions: the last weeks', oldest first. one_baseline: only those on the newest's."""
    if not sessions:
        return Lately(None, None)
    last = sessions[-1]
    alike = [each for each in sessions if not one_baseline or each.baseline == last.baseline]
    known = [(each.day, found) for each in alike if (found := value(each)) is not None]
    now = [found for day, found in known if last.day - day < timedelta(LATELY_DAYS)]
    before = [found for day, found in known if last.day - day >= timedelta(LATELY_DAYS)]
    return Lately(median(now), median(before) if min(len(now), len(before)) >= LEAST_EACH else None)


def flags(
    sessions: Sequence[LatelySession],
    unwell: Sequence[date],
    injections: Sequence[date],
    crooked: str | None,
    practised: date | None,
    today: date,
) -> tuple[Flag, ...]:
    """What stands out. sessions: of the last weeks of practice, oldest first. unwell: days on which the patient said
    so. injections: their days, in order. crooked: how far from straight the newest neutral looked, "" or None where
    it did not. practised: the last day with practice."""
    found = []
    lately_unwell = [day for day in unwell if timedelta(0) <= today - day < timedelta(WINDOW_DAYS)]
    if lately_unwell:
        found.append(Flag(FlagKind.UNWELL, f"felt unwell on {day_words(max(lately_unwell))}"))
    if sessions and not any(is_lately(day, sessions[-1].day) for day in injections):
        found += _compared(sessions)  # before and after an injection is no comparison
    if practised is None:
        found.append(Flag(FlagKind.QUIET, "no practice recorded"))
    elif (today - practised).days >= QUIET_DAYS:
        found.append(Flag(FlagKind.QUIET, f"no practice for {(today - practised).days} days"))
    injected = last_before(today, list(injections))
    if injected is not None and WEARING_OFF_DAYS <= (today - injected).days <= LONGEST_DAYS:
        weeks = (today - injected).days // 7
        found.append(Flag(FlagKind.WEARING_OFF, f"may be wearing off: {weeks} weeks since the injection"))
    if crooked:
        found.append(Flag(FlagKind.NOT_STRAIGHT, f"baseline not straight ({crooked})"))
    return tuple(found)


def _compared(sessions: Sequence[LatelySession]) -> list[Flag]:
    found = []
    for kind, name, words, value, one_baseline in _COMPARED:
        measure, each = BY_NAME[name], lately(sessions, value, one_baseline)
        if each.now is not None and each.before is not None:
            change = measure.better * (each.now - each.before)
            if change <= -measure.least:
                was, now = amount(each.before, measure.unit), amount(each.now, measure.unit)
                found.append(Flag(kind, f"{words} {was}, lately {now}"))
    return found


def judged_flags(told: Judgement, injections: list[date], today: date) -> tuple[Flag, ...]:
    """What the judgement of all sessions adds: what is worse, and whether the last injection's benefit is half gone."""
    found = []
    for judged in told.measures:
        if judged.mark is Mark.WORSE and judged.change is not None:
            first, last = (amount(each, judged.measure.unit) for each in (judged.change.first, judged.change.last))
            found.append(Flag(FlagKind.WORSE, f"{MARK_WORDS[Mark.WORSE]}: {judged.measure.name} {first} → {last}"))
    injected = last_before(today, injections)
    for each in told.responses:
        gone = each.response.worn_off_days
        if each.response.day == injected and each.mark is Mark.BETTER and gone is not None and gone.happened >= 0.5:
            week = f"about week {gone.value / 7:.0f}"
            found.append(Flag(FlagKind.WEARING_OFF, f"benefit for {each.measure.name} half gone in {week}"))
    return tuple(found)
