"""Why an exercise is left out today, as the patient reads it. Keyed by the names that plans use (plans/not_when.py)."""

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


def left_out(title: str, reasons: tuple[str, ...]) -> str:
    """What is told of an exercise that is not for today."""
    return f"Left out today: {title}, for {' and '.join(reasons)}."
