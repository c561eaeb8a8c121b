"""The five questions of a therapist, each answered in one sentence, with a mark and its numbers. Pure.

Does the patient practise? Is the head straighter, held longer? Where is the pull? What did the last injection do? Can
all that be trusted? The first screen of the report is made of these; whatever else speaks of a patient's course asks
here or in judgement.py, so that nothing contradicts.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from posture_trainer.course.adherence import WINDOW_DAYS, dated_plans, lately, window_begins
from posture_trainer.course.answer import Answer, Number, Question
from posture_trainer.course.answers_of_course import change_answer, injection_answer, pull_answer
from posture_trainer.course.judgement import Judgement, Mark, judgement
from posture_trainer.course.past_session import PastSession
from posture_trainer.course.practice_days import days_with_practice, practice_minutes
from posture_trainer.course.trust import CHECKS, not_straight
from posture_trainer.figures.angle_figures import median
from posture_trainer.words.figures import amount, day_words

QUIET_DAYS = 14
ENOUGH_SHARE, LITTLE_SHARE = 0.8, 0.5  # of the days asked for


@dataclass(frozen=True)
class Answers:
    """All five, in the order of the first screen, and the judgement that they are made of."""

    practice: Answer
    change: Answer
    pull: Answer
    injection: Answer
    trust: Answer
    judgement: Judgement

    @property
    def all(self) -> tuple[Answer, ...]:
        """In their order."""
        return (self.practice, self.change, self.pull, self.injection, self.trust)


def answers(
    sessions: list[PastSession],
    latest: PastSession,
    injections: list[date],
    today: date,
) -> Answers:
    """The five answers on these sessions, oldest first. latest: the one looked at. injections: their days, in order.

    today: where the patient lives.
    """
    told = judgement(sessions, latest, injections)
    return Answers(
        _practice(sessions, today),
        change_answer(told),
        pull_answer(sessions, latest, told),
        injection_answer(told, injections),
        _trust(sessions, latest),
        told,
    )


def _practice(sessions: list[PastSession], today: date) -> Answer:
    days, minutes = days_with_practice(sessions), practice_minutes(sessions)
    recorded = dated_plans(sessions, today)
    begun = window_begins(today)
    now, before = (lately(days, recorded, each) for each in (today, begun - timedelta(days=1)))
    spent = sum(minutes[day] for day in minutes if begun <= day <= today)
    numbers = [
        Number(f"Practice days of the last {WINDOW_DAYS}", now.done, "count"),
        Number("Minutes in them", spent, "min"),
        Number(f"Practice days of the {WINDOW_DAYS} before", before.done, "count"),
    ]
    mark = Mark.SAME
    sentence = f"Practice on {now.done} of the last {WINDOW_DAYS} days, {spent:.0f} minutes in all"
    if now.asked is not None:
        numbers.append(Number("Days asked for", now.asked, "count"))
        sentence += f"; {now.asked} {'was' if now.asked == 1 else 'were'} asked for"
        share = now.done / now.asked
        mark = Mark.BETTER if share >= ENOUGH_SHARE else Mark.WORSE if share < LITTLE_SHARE else Mark.UNSURE
    else:
        sentence += f"; {before.done} in the {WINDOW_DAYS} days before"
    last = max((day for day in days if day <= today), default=None)
    if last is not None and (today - last).days >= QUIET_DAYS:
        sentence += f". The last was on {day_words(last)}, {(today - last).days} days ago"
    if last is None:
        return Answer(Question.PRACTICE, Mark.TOO_FEW, "No practice is recorded yet.")
    return Answer(Question.PRACTICE, mark, f"{sentence}.", tuple(numbers))


def _trust(sessions: list[PastSession], latest: PastSession) -> Answer:
    if not latest.comparable:
        return Answer(Question.TRUST, Mark.TOO_FEW, "There is no whole session to look at.")
    upto = [each for each in sessions[: sessions.index(latest) + 1] if not each.refused]
    mates = [each for each in upto if each.group == latest.group and each.comparable]
    doubts = []
    for check in CHECKS:
        bad = sum(check.bad(check.value(each)) for each in mates)
        if 2 * bad > len(mates) or check.bad(check.value(latest)):
            doubts.append(check.doubt)
    crooked = not_straight(latest)
    if crooked:
        doubts.append(f"the neutral is not straight ({crooked})")
    elif crooked is None:
        doubts.append("how straight the neutral was is not recorded")
    groups = len({each.group for each in upto if each.comparable})
    if groups > 1:
        doubts.append(f"{groups} different neutrals or tolerances")
    wrong = sum(1 for each in upto if each.trouble)
    if wrong:
        doubts.append(f"{wrong} of {len(upto)} sessions not whole")
    good = median(
        [each.figures.usable_share for each in mates if each.figures and each.figures.usable_share is not None]
    )
    numbers = () if good is None else (Number("Frames of good quality, median", good, "share"),)
    share = "" if good is None else f", {amount(good, 'share')} of the frames are good"
    if doubts:
        return Answer(Question.TRUST, Mark.UNSURE, f"With care: {', '.join(doubts)}{share}.", numbers)
    return Answer(
        Question.TRUST, Mark.BETTER, f"Yes: the face was seen, the neutral passes for straight{share}.", numbers
    )
