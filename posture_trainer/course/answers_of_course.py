"""What the judgement says in sentences: the change, where the pull is, what the last injection did. Pure."""

from collections.abc import Sequence
from datetime import date

from posture_trainer.course.answer import Answer, Number, Question
from posture_trainer.course.change import LEAST_SESSIONS
from posture_trainer.course.injections import LEAST_EACH, Span
from posture_trainer.course.judgement import MARK_WORDS, Judged, JudgedResponse, Judgement, Mark
from posture_trainer.course.measures import CONTROL, DEVIATION, HOLD_TEST, IN_TOLERANCE, LONGEST, PAIN, PULL
from posture_trainer.course.past_session import PastSession
from posture_trainer.course.series import median_pull
from posture_trainer.figures.angle_figures import median
from posture_trainer.words.directions import angle_words, pull_words
from posture_trainer.words.figures import amount, bounded_amount, day_words, interval_words

LATEST_SESSIONS = 5  # where the pull is now is told from so many
_STRAIGHT, _LONG = (PULL, DEVIATION), (HOLD_TEST, IN_TOLERANCE, LONGEST)
_PLAIN = {
    PULL: "pull",
    DEVIATION: "deviation in the mirror",
    HOLD_TEST: "hold test",
    IN_TOLERANCE: "time in tolerance in the mirror",
    LONGEST: "longest hold in five minutes",
    PAIN: "pain before",
    CONTROL: "control before",
    "Dizziness before": "dizziness before",
}


def change_answer(told: Judgement) -> Answer:
    """Is the head straighter, is it held longer? From the judgement of all measures."""
    judged = [each for each in told.measures if each.mark is not None]
    by_mark = {mark: [each for each in judged if each.mark is mark] for mark in Mark}
    side = " The pull changed sides." if told.side is not None else ""
    better, worse = by_mark[Mark.BETTER], by_mark[Mark.WORSE]
    numbers = tuple(number for each in judged for number in _change_numbers(each))
    if better or worse:
        mark = Mark.BETTER if not worse else Mark.WORSE if not better else Mark.UNSURE
        parts = [
            f"{MARK_WORDS[each.mark].capitalize()}: {_changed_words(each)}" for each in better + worse if each.mark
        ]
        return Answer(Question.CHANGE, mark, f"{'. '.join(parts)}.{side}", numbers)
    headline = [each for each in judged if each.measure.name in (*_STRAIGHT, *_LONG) and each.change is not None]
    if not headline:
        most = max((each.compared for each in judged), default=0)
        why = next((each.why for each in judged if each.why and each.compared >= LEAST_SESSIONS), "")
        words = why or f"{most} can be compared, {LEAST_SESSIONS} over a week or more are needed"
        return Answer(Question.CHANGE, Mark.TOO_FEW, f"{MARK_WORDS[Mark.TOO_FEW].capitalize()}: {words}.", numbers)
    same = all(each.mark is Mark.SAME for each in headline) and told.side is None
    mark = Mark.SAME if same else Mark.UNSURE
    start = "No change that matters" if mark is Mark.SAME else "No change that can be told from the usual ups and downs"
    sentence = f"{start} in {headline[0].compared} sessions{_would_have_shown(headline)}."
    return Answer(Question.CHANGE, mark, f"{sentence}{side}", numbers)


def _would_have_shown(judged: Sequence[Judged | JudgedResponse]) -> str:
    """What would have had a word, of the first two: "; in the pull 4.1° would have shown"."""
    seen = []
    for each in judged:
        told = each.change if isinstance(each, Judged) else each.response.found
        if told is not None and told.detectable is not None:
            unit = "points" if each.measure.unit == "share" else each.measure.unit
            seen.append(f"; in the {_PLAIN[each.measure.name]} {amount(told.detectable, unit)} would have shown")
    return "".join(seen[:2])


def _changed_words(judged: Judged) -> str:
    """The pull, from about 14° to about 9° (change −5°, 95 % interval −8 to −2°), since about 3 March."""
    change, unit = judged.change, judged.measure.unit
    if change is None:
        return _PLAIN[judged.measure.name]
    first = bounded_amount(change.first, unit, judged.first_at_least)
    last = bounded_amount(change.last, unit, judged.last_at_least)
    when = f", since about {day_words(judged.step_day)}" if judged.step_day is not None else ""
    interval = interval_words(change.change, change.low, change.high, unit, judged.change_at_least)
    return f"{_PLAIN[judged.measure.name]} from {first} to {last} ({interval}){when}"


def _change_numbers(judged: Judged) -> list[Number]:
    change, name, unit = judged.change, judged.measure.name, judged.measure.unit
    if change is None:
        return []
    return [
        Number(f"{name}, first third", change.first, unit, at_least=judged.first_at_least),
        Number(f"{name}, last third", change.last, unit, at_least=judged.last_at_least),
        Number(f"{name}, change", change.change, unit, change.low, change.high, judged.change_at_least),
        *([] if change.detectable is None else [Number(f"{name}, detectable change", change.detectable, unit)]),
    ]


def pull_answer(sessions: list[PastSession], latest: PastSession, told: Judgement) -> Answer:
    """Where is the pull? From the newest sessions like the latest one."""
    upto = sessions[: sessions.index(latest) + 1]
    alike = [each for each in upto if each.group == latest.group and each.figures is not None and each.figures.mirror]
    recent = alike[-LATEST_SESSIONS:] if latest.comparable else []
    mirrors = [each.figures.mirror for each in recent if each.figures is not None and each.figures.mirror is not None]
    pulls_deg = [mirror.pull_deg for mirror in mirrors if mirror.pull_deg is not None]
    if not pulls_deg:
        return Answer(Question.PULL, Mark.TOO_FEW, "Not known: there is too little time in front of the mirror.")
    pull = median_pull(recent)
    held_deg = median([mirror.held_deg for mirror in mirrors if mirror.held_deg is not None])
    bound = 2 * sum(mirror.pull_at_least for mirror in mirrors) > len(mirrors)
    where = pull_words(pull) or "no side in particular"
    sentence = f"When not held: {where}" + (" (a lower bound)" if bound else "")
    if not any(mirror.left for mirror in mirrors):
        sentence = f"The head hardly left the tolerance; at its furthest: {where}"
    if held_deg is not None:
        sentence += f"; when holding: {amount(held_deg, 'deg')} off"
    if told.side is not None:
        side = told.side
        was, now = (angle_words(side.axis, deg) for deg in (side.first_deg, side.last_deg))
        sentence += f". It changed sides: it was {was}, it is {now}"
    judged = told.of(PULL)
    mark = judged.mark if judged is not None and judged.mark is not None else Mark.TOO_FEW
    numbers = [Number(f"Pull, {axis}", deg, "deg") for axis, deg in pull.items()]
    middle = median(pulls_deg)
    if middle is not None:
        numbers.insert(0, Number("Pull", middle, "deg", at_least=bound))
    if held_deg is not None:
        numbers.append(Number("When holding", held_deg, "deg"))
    return Answer(Question.PULL, mark, f"{sentence}.", tuple(numbers))


def injection_answer(told: Judgement, injections: list[date]) -> Answer:
    """What did the last injection do? Of the last one with enough sessions before and after."""
    if not injections:
        return Answer(Question.INJECTION, Mark.TOO_FEW, "No injection dates are given.", words="not known")
    days = [each.response.day for each in told.responses if each.mark is not Mark.TOO_FEW]
    day = max(days, default=injections[-1])
    mine = [each for each in told.responses if each.response.day == day and each.response.found is not None]
    if not mine:
        needed = f"{LEAST_EACH} sessions in the 4 weeks before and {LEAST_EACH} in weeks 3 to 6 after are needed"
        return Answer(Question.INJECTION, Mark.TOO_FEW, f"Injection of {day_words(day)}: too few sessions; {needed}.")
    clear = [each for each in mine if each.mark in (Mark.BETTER, Mark.WORSE)]
    numbers = tuple(number for each in mine for number in _response_numbers(each))
    marks = {each.mark for each in clear}
    if not clear:
        mark = Mark.SAME if all(each.mark is Mark.SAME for each in mine) else Mark.UNSURE
        sentence = f"Injection of {day_words(day)}: {MARK_WORDS[mark]} in weeks 3 to 6 after it"
        return Answer(Question.INJECTION, mark, f"{sentence}{_would_have_shown(mine)}.", numbers)
    parts = "; ".join(_response_words(each) for each in clear)
    course = _course_words(clear[0])
    mark = marks.pop() if len(marks) == 1 else Mark.UNSURE
    return Answer(Question.INJECTION, mark, f"Injection of {day_words(day)}, weeks 3 to 6: {parts}{course}.", numbers)


def _response_words(each: JudgedResponse) -> str:
    found, unit = each.response.found, each.measure.unit
    if found is None or each.response.before is None or each.response.after is None:
        return ""
    before = bounded_amount(each.response.before, unit, each.before_at_least)
    levels = f"from {before} to {bounded_amount(each.response.after, unit, each.after_at_least)}"
    interval = interval_words(found.change, found.low, found.high, unit, each.change_at_least)
    return f"{_PLAIN[each.measure.name]} {MARK_WORDS[each.mark]}, {levels} ({interval})"


def _course_words(each: JudgedResponse) -> str:
    """When the first of the figures began to answer, was at its best, and fell back."""
    told = each.response
    if told.begun_days is None or told.peak_days is None or told.worn_off_days is None:
        return ""
    best = "largest" if each.mark is Mark.BETTER else "worst"
    begun, peak, gone = told.begun_days, told.peak_days, told.worn_off_days
    words = f". The {_PLAIN[each.measure.name]} answered about day {_span_words(begun)}"
    if gone.happened >= 0.5:
        return f"{words}, {best} about week {_span_words(peak, 7)}, half gone about week {_span_words(gone, 7)}"
    return f"{words}, {best} so far about week {_span_words(peak, 7)}, not yet half gone"


def _span_words(span: Span, divisor: int = 1) -> str:
    """A number of days, or of weeks, and its interval where it has any width: "18 (11–26)"."""
    value, low, high = (f"{each / divisor:.0f}" for each in (span.value, span.low, span.high))
    return f"{value} ({low}–{high})" if low != high else value


def _response_numbers(each: JudgedResponse) -> list[Number]:
    told, name, unit = each.response, each.measure.name, each.measure.unit
    numbers = []
    for words, value, bound in (
        ("before", told.before, each.before_at_least), ("weeks 3–6", told.after, each.after_at_least)
    ):  # fmt: skip
        if value is not None:
            numbers.append(Number(f"{name}, {words}", value, unit, at_least=bound))
    found = told.found
    if found is not None:
        numbers.append(Number(f"{name}, response", found.change, unit, found.low, found.high, each.change_at_least))
        if found.detectable is not None:
            numbers.append(Number(f"{name}, detectable response", found.detectable, unit))
    if told.peak is not None:
        numbers.append(Number(f"{name}, peak", told.peak.value, unit, told.peak.low, told.peak.high))
    for words, span in (("begun", told.begun_days), ("peak", told.peak_days), ("half gone", told.worn_off_days)):
        if span is not None and span.happened >= 0.5:
            numbers.append(Number(f"{name}, {words} on day", span.value, "days", span.low, span.high))
    return numbers
