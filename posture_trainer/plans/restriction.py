"""What may be left out or made smaller today, and why: the one vocabulary of gates, doses and plans. Pure."""

from enum import StrEnum


class Restriction(StrEnum):
    """What holds for a session. The name stands in the log; several may hold at once.

    GENTLE: only the gentle set (breathing, supported rest, holds of at most 10 s near straight).
    NO_CLOSED_EYES: nothing with closed eyes. DIZZY: neither closed eyes nor range nor a fast follow.
    NO_STRAIN: no stretch, no pressing, no heat (24 h after an injection). HALF: half of the dose.
    """

    GENTLE = "gentle"
    NO_CLOSED_EYES = "no_closed_eyes"
    DIZZY = "dizzy"
    NO_STRAIN = "no_strain"
    HALF = "half"


Restrictions = dict[Restriction, tuple[str, ...]]
"""What holds, each with its reasons in plain words for the log and the patient, in the order they were found."""
