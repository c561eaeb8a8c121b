"""Why an exercise is left out today, or made smaller, as the patient reads it. Pure."""

NOT_TODAY = {
    "chin_down_pull": "your head is pulled chin down",
    "swallowing": "swallowing is harder for you now",
    "injury": "your neck has to be checked first",
    "fragile": "your therapist has to say yes to it first",
    "unsteady": "it is not for people who are often dizzy, or have fallen in the past year",
    "alone": "a therapist has to advise it first",
    "unstable": "using your arms makes your head pull",
    "after_injection_24h": "your last injection is less than a day ago",
    "dizzy": "it is not for a day with dizziness",
    "closed_eyes": "nothing is done with closed eyes today",
}
"""Keyed by the names that plans use (plans/not_when.py)."""

NO_PULL = "What goes to the other side is left out: the side of the pull is to be marked first, by the therapist."
NO_STRETCH = "Stretches are left out: how far they may go is to be set first, by the therapist."
SHORTER_STRETCH = (
    "Stretches go less far than is set for you: at most three quarters of the way that was easy when it was measured, "
    "and only a little where it was not."
)
NEARER = "What you follow stays nearer, or goes slower, than is set for you: no head is asked to go further or faster."
KEPT_TO_LIMITS = (
    "More is set for you than is allowed here, so this session keeps to what is. What it was stands in your record, "
    "for your therapist."
)


def left_out(title: str, reasons: tuple[str, ...]) -> str:
    """What is told of an exercise that is not for today."""
    return f"Left out today: {title}, for {' and '.join(reasons)}."
