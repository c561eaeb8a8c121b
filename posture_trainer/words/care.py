"""What is said to somebody who is not well, and the questions that find out. Pure.

Texts A to D of docs/safety.md: A for sudden signs, B for what the clinic must hear of today, C for what rest is enough
for, D for getting up. A number cannot be spoken beforehand: it is shown large.
"""

from dataclasses import dataclass
from enum import StrEnum

from posture_trainer.words.emergency import ANY_NUMBER

THE_EMERGENCY_NUMBER = "the emergency number"  # in what is spoken


class Care(StrEnum):
    """Which text is shown."""

    A = "A"
    B = "B"
    C = "C"


@dataclass(frozen=True)
class Numbers:
    """Telephone numbers. contact: of the clinic, '' where none is known. emergency: of the country."""

    contact: str = ""
    emergency: str = ANY_NUMBER


@dataclass(frozen=True)
class CareText:
    """A text to be shown: its first words, the rest, and the one number to be seen from afar ('' for none)."""

    heading: str
    lines: tuple[str, ...]
    number: str = ""

    @property
    def words(self) -> str:
        """All of it in a line."""
        return " ".join((self.heading, *self.lines))


NO_CONTACT = "Their number is not entered here."
GETTING_UP = "Stay seated for a moment. Stand up slowly, holding on."
SEE_ONE_FIRST = "Please see a doctor or a therapist first. They can tell you whether practice is right for you."
NECK_FIRST = "Your neck must be checked before you exercise. Your therapist can then clear it here."
LESS = {
    "gentle": "Only gentle exercises today.",
    "no_closed_eyes": "Always sit, in a chair with arms. Nothing with closed eyes.",
    "dizzy": "Nothing with closed eyes today, nothing far and nothing fast.",
    "no_strain": "No stretch, no pressing and no heat today.",
    "half": "Half as much as usual today.",
}
"""What a restriction means for the patient, by its name."""


def care_text(which: Care, numbers: Numbers, spoken: bool = False) -> CareText:
    """The text with these numbers in it. spoken: as it is said of every clinic, whose number is shown."""
    match which:
        case Care.A:
            return CareText(
                "Stop. Sit or lie down.",
                (
                    f"Call {numbers.emergency} now, or have someone call.",
                    "Do not drive. Do this even if it passes.",
                ),
                numbers.emergency,
            )
        case Care.B:
            clinic = f": {numbers.contact}." if numbers.contact else "." if spoken else f". {NO_CONTACT}"
            return CareText(
                "No practice today.",
                (
                    f"Call your clinic or doctor today{clinic}",
                    f"If you choke, cannot swallow, struggle to breathe or get worse, call {numbers.emergency}.",
                ),
                numbers.contact,
            )
        case Care.C:
            return CareText(
                "That is enough for today.",
                ("Rest your head against something.", "If it is not better tomorrow, tell your therapist."),
            )


NEW_OR_WORSE = "Is any of this new or worse?"
SIGNS = (
    "double vision",
    "slurred speech",
    "trouble swallowing or breathing",
    "a numb or weak face, arm or leg",
    "clumsy hands",
    "unsteady walking",
    "bladder or bowel control lost",
    "a blackout or blow",
    "a headache or neck pain like never before",
)
NONE_OF_THESE, ONE_OF_THESE = "None of these", "Yes, one of these"
SUDDEN = "Did it start suddenly, or are breathing, walking, bladder or bowels affected?"
SWALLOWING = "Is swallowing harder, or your head heavier to hold, than before the injection?"
ONCE = {
    "alone": "Are you trying this without a doctor's diagnosis or a therapist's advice?",
    "injury": "In the last 6 weeks: a fall, crash or blow to head or neck, or new severe neck pain or headache? "
    "Or ever a torn neck artery?",
    "fragile": "Rheumatoid arthritis or another inflamed spine, Down's syndrome, very loose joints, neck surgery, thin "
    "or broken bones, or cancer?",
    "unsteady": "Are you often dizzy, or have you fallen in the past year?",
}
"""The questions of once a year, by their keys in patient.toml."""
CLEARED = "For the therapist: has this neck been checked, and do you clear it for exercise?"
FAR_MOVEMENTS = "For the therapist: do you allow far movements?"
WHICH = "Which is it?"
FELT = {
    Care.A: "Sudden: weak, numb, speech, sight, walking, worst headache",
    Care.B: "Swallowing is hard, or my head is too heavy",
    Care.C: "Pain, dizzy, sick, tired, or too hard",
}
"""What can be answered to WHICH, with the text that follows."""
SHORT_FELT = {"A": "sudden signs", "B": "swallowing or a heavy head", "C": "pain, dizzy, sick, tired or too hard"}
"""The same for a reader of the record, by the name of the text."""


def spoken_care() -> dict[str, str]:
    """The texts as they are spoken, by their phrases."""
    spoken = Numbers(emergency=THE_EMERGENCY_NUMBER)
    return {care_phrase(which): care_text(which, spoken, spoken=True).words for which in Care}


def care_phrase(which: Care) -> str:
    """The phrase that speaks that text."""
    return f"care_{which.value.lower()}"
