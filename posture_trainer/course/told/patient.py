"""What a patient takes to the doctor, in plain words: how it is, what the injection did, what changed. Pure.

Made of the five answers and of nothing else (answers.py, judgement.py), so that it says what the report says; the words
are those of docs/words.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from posture_trainer.course.adherence import WINDOW_DAYS, dated_plans, lately, window_begins
from posture_trainer.course.answers import Answers
from posture_trainer.course.extras import PAIN_ROSE, UNWELL
from posture_trainer.course.injections import LEAST_EACH
from posture_trainer.course.judgement import MARK_WORDS, Judged, JudgedResponse, Mark
from posture_trainer.course.measures import CONTROL, DEVIATION, HOLD_TEST, IN_TOLERANCE, LONGEST, PAIN, PULL, Measure
from posture_trainer.course.past_session import PastSession
from posture_trainer.course.practice_days import days_with_practice, practice_minutes
from posture_trainer.figures.samples import AXES
from posture_trainer.words.directions import drift_words, side_words
from posture_trainer.words.figures import day_words, whole_amount

RECENT_DAYS = 56  # eight weeks: what happened before is in the report
_DIZZINESS = "Dizziness before"
# Of each measure: its name, what is said of it where it is better, and where it is worse.
_PLAIN = {
    PULL: (
        "how far your head goes when you let it go",
        "your head goes less far when you let it go",
        "your head goes further when you let it go",
    ),
    HOLD_TEST: (
        "how long you can hold your head straight",
        "you can hold your head straight for longer",
        "you can hold your head straight for less long",
    ),
    IN_TOLERANCE: (
        "how much of the time your head is close to straight",
        "your head is close to straight for more of the time",
        "your head is close to straight for less of the time",
    ),
    DEVIATION: (
        "how far from straight your head is",
        "your head is nearer to straight in the mirror",
        "your head is further from straight in the mirror",
    ),
    LONGEST: (
        "your longest time close to straight",
        "you stay close to straight for longer at a time",
        "you stay close to straight for less long at a time",
    ),
    PAIN: ("pain before practice", "less pain before practice", "more pain before practice"),
    CONTROL: (
        "how well your head does what you want",
        "your head does more of what you want",
        "your head does less of what you want",
    ),
    _DIZZINESS: ("dizziness", "less dizzy before practice", "more dizzy before practice"),
}
# What says nearly the same to a patient: told only where the other is neither better nor worse.
_INSTEAD_OF = {DEVIATION: PULL, LONGEST: HOLD_TEST}
_CLEAR = (Mark.WORSE, Mark.BETTER)
_MOST_TOLD = 4  # with their figures; of more only the names: it is one sheet


@dataclass(frozen=True)
class PatientWords:
    """The sentences of the page. how: how it is now. helped: what the last injection did. changed: since the first
    sessions. tell: what the doctor should hear of."""

    how: tuple[str, ...]
    helped: tuple[str, ...]
    changed: tuple[str, ...]
    tell: tuple[str, ...]


def patient_words(told: Answers, sessions: list[PastSession], injections: list[date], today: date) -> PatientWords:
    """The sentences on these sessions. told: the answers of the same sessions and injections."""
    return PatientWords(
        (*_practice(sessions, today), *_pull(told), *_ratings(told)),
        _helped(told, injections),
        _changed(told),
        _tell(sessions, today),
    )


def plain_name(measure: Measure) -> str:
    """What a measure is to the patient."""
    return _PLAIN[measure.name][0]


def _plain_mark(measure: Measure, mark: Mark) -> str:
    """Better or worse, and what that is."""
    return f"{MARK_WORDS[mark].capitalize()}: {_PLAIN[measure.name][1 + (mark is Mark.WORSE)]}"


def _practice(sessions: list[PastSession], today: date) -> list[str]:
    days, minutes = days_with_practice(sessions), practice_minutes(sessions)
    found = lately(days, dated_plans(sessions, today), today)
    if not found.done:
        last = max((day for day in days if day <= today), default=None)
        since = "No practice is recorded yet." if last is None else f"The last practice was on {day_words(last)}."
        return [since]
    spent = sum(minutes[day] for day in minutes if window_begins(today) <= day <= today)
    asked = "" if found.asked is None else f" Your plan asks for {found.asked}."
    return [
        f"You practised on {found.done} of the last {WINDOW_DAYS} days, {whole_amount(spent, 'min')} in all.{asked}"
    ]


def _pull(told: Answers) -> list[str]:
    numbers = {number.name: number for number in told.pull.numbers}
    pull = {axis: numbers[f"Pull, {axis}"].value for axis in AXES if f"Pull, {axis}" in numbers}
    if not pull:
        return ["How far your head goes is not known yet: there was too little time in front of the mirror."]
    where = drift_words(pull)
    size = numbers.get("Pull")
    bound = size is not None and size.at_least
    lines = [
        f"When you let it go, your head {where}{', or more' if bound else ''}."
        if where
        else "When you let it go, your head stays straight."
    ]
    held = numbers.get("When holding")
    if held is not None:
        lines.append(f"When you hold it, it is about {whole_amount(held.value, 'deg')} from straight.")
    side = told.judgement.side
    if side is not None:
        was, now = (side_words(side.axis, deg) for deg in (side.first_deg, side.last_deg))
        lines.append(f"It has changed sides: it went {was} at first, it goes {now} now.")
    return lines


def _ratings(told: Answers) -> list[str]:
    lines = []
    for name, words in (
        (PAIN, "Pain before practice: about {} of 100."),
        (CONTROL, "Your head does what you want: about {} of 100."),
    ):
        judged = told.judgement.of(name)
        now = None if judged is None else judged.latest if judged.change is None else judged.change.last
        if now is not None:
            lines.append(words.format(whole_amount(now, "0–100")))
    return lines


def _helped(told: Answers, injections: list[date]) -> tuple[str, ...]:
    if not injections:
        return ("No date of an injection is written down.",)
    responses = told.judgement.responses
    day = max((each.response.day for each in responses if each.mark is not Mark.TOO_FEW), default=injections[-1])
    mine = [each for each in responses if each.response.day == day and each.mark is not Mark.TOO_FEW]
    start = f"Injection of {day_words(day)}, weeks 3 to 6 after it"
    if not mine:
        needed = f"at least {LEAST_EACH} practice days in the 4 weeks before it and {LEAST_EACH} in these weeks"
        return (f"{start}: {MARK_WORDS[Mark.TOO_FEW]}. That takes {needed}.",)
    clear = [each for each in mine if each.mark in _CLEAR]
    if not clear:
        mark = Mark.SAME if all(each.mark is Mark.SAME for each in mine) else Mark.UNSURE
        return (f"{start}: {MARK_WORDS[mark]}.",)
    names = {each.measure.name for each in clear}
    shown = [each for mark in _CLEAR for each in clear if each.mark is mark]
    shown = [each for each in shown if _INSTEAD_OF.get(each.measure.name) not in names]
    lines = [*map(_response_line, shown[:_MOST_TOLD]), *_also([(each.mark, each.measure) for each in shown])]
    course = _course_line(clear[0])
    return (f"{start}:", *lines, *([course] if course else []))


def _also(told: Sequence[tuple[Mark, Measure]]) -> list[str]:
    """The names of those that are told without figures."""
    rest = {mark: [plain_name(measure) for each, measure in told[_MOST_TOLD:] if each is mark] for mark in _CLEAR}
    return [f"Also {MARK_WORDS[mark]}: {'; '.join(names)}." for mark, names in rest.items() if names]


def _response_line(each: JudgedResponse) -> str:
    told, unit, words = each.response, each.measure.unit, _plain_mark(each.measure, each.mark)
    if told.before is None or told.after is None:
        return f"{words}."
    before = whole_amount(told.before, unit, each.before_at_least)
    return f"{words} ({before} before, {whole_amount(told.after, unit, each.after_at_least)} after)."


def _course_line(each: JudgedResponse) -> str:
    told = each.response
    if told.begun_days is None or told.peak_days is None or told.worn_off_days is None:
        return ""
    most = "most" if each.mark is Mark.BETTER else "worst"
    begun, peak = f"It began after about {told.begun_days.value:.0f} days", f"{told.peak_days.value / 7:.0f}"
    if told.worn_off_days.happened >= 0.5:
        return f"{begun}, was at its {most} in about week {peak}, and half gone in about week " + (
            f"{told.worn_off_days.value / 7:.0f}."
        )
    return f"{begun}, and was at its {most} so far in about week {peak}."


def _changed(told: Answers) -> tuple[str, ...]:
    marks = {each.measure.name: each.mark for each in told.judgement.measures if each.mark is not None}
    judged = [each for each in told.judgement.measures if each.mark is not None]
    shown = [each for each in judged if marks.get(_INSTEAD_OF.get(each.measure.name, "")) not in _CLEAR]
    clear = [(each, mark) for mark in _CLEAR for each in shown if each.mark is mark]
    lines = [_change_line(*each) for each in clear[:_MOST_TOLD]]
    lines += _also([(mark, each.measure) for each, mark in clear])
    for mark in (Mark.SAME, Mark.UNSURE, Mark.TOO_FEW):
        alike = [each.measure for each in judged if each.mark is mark and each.measure.name not in _INSTEAD_OF]
        if alike:
            lines.append(f"{MARK_WORDS[mark].capitalize()}: {'; '.join(map(plain_name, alike))}.")
    return tuple(lines) or (f"{MARK_WORDS[Mark.TOO_FEW].capitalize()}.",)


def _change_line(each: Judged, mark: Mark) -> str:
    change, unit, words = each.change, each.measure.unit, _plain_mark(each.measure, mark)
    if change is None:
        return f"{words}."
    first = whole_amount(change.first, unit, each.first_at_least)
    last = whole_amount(change.last, unit, each.last_at_least)
    since = f", since about {day_words(each.step_day)}" if each.step_day is not None else ""
    return f"{words}, from about {first} to about {last}{since}."


def _tell(sessions: list[PastSession], today: date) -> tuple[str, ...]:
    """What the doctor should hear of, of the last weeks."""
    recent = [
        each for each in sessions if each.day is not None and timedelta(0) <= today - each.day < timedelta(RECENT_DAYS)
    ]
    unwell = [each.day for each in recent if any(remark.startswith(UNWELL) for remark in each.extras.remarks)]
    hurt = [each.day for each in recent if any(remark.startswith(PAIN_ROSE) for remark in each.extras.remarks)]
    refused = [each.day for each in recent if each.refused]
    lines = []
    for days, words in (
        (unwell, "you felt unwell"),
        (hurt, "pain was clearly more after practice than before"),
        (refused, "there was no practice, because of what you answered before it"),
    ):
        known = sorted({day for day in days if day is not None})
        if known:
            times = "On 1 day" if len(known) == 1 else f"On {len(known)} days"
            last = f"on {day_words(known[-1])}" if len(known) == 1 else f"last on {day_words(known[-1])}"
            lines.append(f"{times} of the last {RECENT_DAYS // 7} weeks {words} ({last}).")
    return tuple(lines)
