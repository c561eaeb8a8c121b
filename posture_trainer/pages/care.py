"""The questions that find out whether somebody may practise, and the texts for somebody who may not. Pure."""

from dataclasses import dataclass

from posture_trainer.pages.actions import CARE, SIGNS, SUDDEN, YES_OR_NO, Action, Actions, choice_actions
from posture_trainer.pages.keys import Key
from posture_trainer.words import care
from posture_trainer.words.care import Care, CareText

WAITING = "Without an answer we go on with gentle exercises only."
_CLICK = "Click, or press the key."


@dataclass(frozen=True)
class ChoiceView:
    """A question whose answers are large buttons.

    title: where we are. words: the question. items: what it is about, one by one. choices: the answers, the first one
    is the usual one. hint: what waiting does. left_share: of the time until it goes on by itself, 1 to 0. unwell:
    whether to feel unwell can be said here.
    """

    title: str
    words: str
    items: tuple[str, ...]
    choices: Actions
    hint: str
    left_share: float = 1.0
    unwell: bool = True

    @property
    def actions(self) -> Actions:
        """What can be done now."""
        return choice_actions(self.choices, self.unwell)


@dataclass(frozen=True)
class CareView:
    """A text to be read at once, until it is closed."""

    text: CareText
    actions: Actions = CARE


FELT: dict[Key, Care] = {Key.DIGIT_1: Care.A, Key.DIGIT_2: Care.B, Key.DIGIT_3: Care.C}
"""What each answer to "which is it?" leads to."""


def signs_view() -> ChoiceView:
    """Of every session: is a sign new or worse?"""
    return ChoiceView("Before we begin", care.NEW_OR_WORSE, care.SIGNS, SIGNS, f"{_CLICK} {WAITING}")


def sudden_view() -> ChoiceView:
    """After a yes: how it began."""
    return ChoiceView("Before we begin", care.SUDDEN, (), SUDDEN, _CLICK)


def swallowing_view() -> ChoiceView:
    """In the weeks after an injection."""
    return ChoiceView("Before we begin", care.SWALLOWING, (), YES_OR_NO, f"{_CLICK} {WAITING}")


def once_view(name: str, number: int, of: int) -> ChoiceView:
    """One of the once-a-year questions. name: its key in patient.toml."""
    title = f"Once a year. Question {number} of {of}" if of > 1 else "Once a year"
    return ChoiceView(title, care.ONCE[name], (), YES_OR_NO, f"{_CLICK} {WAITING}")


def therapist_view(words: str) -> ChoiceView:
    """What only the therapist can answer."""
    return ChoiceView("Before we begin", words, (), YES_OR_NO, f"{_CLICK} Without an answer it is a no.")


def which_view() -> ChoiceView:
    """After "I feel unwell"."""
    choices = tuple(Action((key,), care.FELT[which]) for key, which in FELT.items())
    return ChoiceView("We stop here", care.WHICH, (), choices, _CLICK, unwell=False)
