"""What an answer to one of a therapist's questions is made of. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from posture_trainer.course.judgement import MARK_WORDS, Mark


class Question(StrEnum):
    """What is asked."""

    PRACTICE = "Is there regular practice?"
    CHANGE = "Is the head straighter, is it held longer?"
    PULL = "Where is the pull?"
    INJECTION = "What did the last injection do?"
    TRUST = "Can it be trusted?"


@dataclass(frozen=True)
class Number:
    """A number behind an answer. low, high: its 95 % interval, None where there is none. at_least: a lower bound."""

    name: str
    value: float
    unit: str
    low: float | None = None
    high: float | None = None
    at_least: bool = False


@dataclass(frozen=True)
class Answer:
    """One answer. mark: of practice, better is as often as asked, unsure less often, worse under half of it, the same
    where nothing is asked; of trust better is yes and unsure is with care. words: what the mark is called, where it is
    not as usual."""

    question: Question
    mark: Mark
    sentence: str
    numbers: tuple[Number, ...] = ()
    words: str = ""


# What each mark is called beside its question, where the usual word does not fit.
ANSWER_WORDS: dict[Question, dict[Mark, str]] = {
    Question.PRACTICE: {
        Mark.BETTER: "as often as asked",
        Mark.WORSE: "less than half as often as asked",
        Mark.UNSURE: "less often than asked",
        Mark.SAME: "no plan asks for days",
        Mark.TOO_FEW: "none yet",
    },
    Question.CHANGE: {},
    Question.PULL: {
        Mark.BETTER: "smaller",
        Mark.WORSE: "larger",
        Mark.SAME: "as large as before",
        Mark.UNSURE: "no clear change in size",
        Mark.TOO_FEW: "too few sessions for a trend",
    },
    Question.INJECTION: {},
    Question.TRUST: {Mark.BETTER: "yes", Mark.UNSURE: "with care", Mark.TOO_FEW: "nothing to look at"},
}


def answer_words(answer: Answer) -> str:
    """The mark of an answer in words."""
    return answer.words or ANSWER_WORDS[answer.question].get(answer.mark, MARK_WORDS[answer.mark])
