"""Whether there is a session today, and with how much less: from what was answered, and from what was not. Pure.

The rules are those of docs/safety.md. No answer is never a no.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from posture_trainer.plans.in_force import in_force
from posture_trainer.plans.patient_settings import PatientSettings, QuestionsTable
from posture_trainer.plans.progress import INJECTION_DAYS, PAIN_RISE
from posture_trainer.plans.restriction import Restriction, Restrictions
from posture_trainer.words.care import Care

ASKED_AGAIN_DAYS = 365
SWALLOWING_DAYS, STRAIN_DAYS = 28, 1  # after an injection; days, not hours, are known of it
STEADY_UP_TO = 10  # dizziness, of 100


class Refused(StrEnum):
    """Why there is no session; the name stands in the log."""

    SIGNS = "signs"
    SWALLOWING = "swallowing"
    DIZZINESS = "dizziness"
    INJURY = "injury"
    ALONE = "alone"
    UNWELL = "unwell"


@dataclass(frozen=True)
class Answers:
    """The answers of one session; None: not answered, or not asked.

    signs: whether a sign is new or worse. sudden: of a sign, whether it began suddenly (None: unsure). swallowing:
    harder, or the head heavier, than before the injection. pain, dizziness: 0 to 100.
    """

    signs: bool | None = None
    sudden: bool | None = None
    swallowing: bool | None = None
    pain: int | None = None
    dizziness: int | None = None


@dataclass(frozen=True)
class Verdict:
    """refused: why there is no session today, '' where there is one. text: what is shown, if any. restrictions: what
    holds in the session, with the reasons."""

    refused: Refused | None
    text: Care | None
    restrictions: Restrictions


def verdict(answers: Answers, settings: PatientSettings, today: date) -> Verdict:
    """What the answers mean, of today and of the once-a-year questions, for a patient with these settings."""
    refused, text = _refused(answers, settings, today)
    found: list[tuple[Restriction, str]] = [*_of_today(answers, settings, today), *_of_once(settings, today)]
    restrictions: Restrictions = {}
    for restriction, reason in found:
        restrictions[restriction] = (*restrictions.get(restriction, ()), reason)
    return Verdict(refused, text, restrictions)


def _refused(answers: Answers, settings: PatientSettings, today: date) -> tuple[Refused | None, Care | None]:
    once = once_today(settings.questions, today)
    if answers.signs:
        return Refused.SIGNS, Care.B if answers.sudden is False else Care.A
    if answers.swallowing:
        return Refused.SWALLOWING, Care.B
    if answers.dizziness is not None and answers.dizziness > in_force(settings).dizziness_limit:
        return Refused.DIZZINESS, Care.C
    if once["injury"] and settings.questions.cleared is None:
        return Refused.INJURY, None
    return (Refused.ALONE, None) if once["alone"] else (None, None)


def _of_today(answers: Answers, settings: PatientSettings, today: date) -> list[tuple[Restriction, str]]:
    found = []
    days = days_since_injection(settings, today)
    if answers.signs is None:
        found.append((Restriction.GENTLE, "The question about new signs was not answered."))
    if asks_swallowing(settings, today) and answers.swallowing is None:
        found.append((Restriction.GENTLE, "The question about swallowing was not answered."))
    if answers.pain is None:
        found.append((Restriction.GENTLE, "The question about pain was not answered."))
    elif answers.pain >= in_force(settings).pain_limit:
        found.append((Restriction.GENTLE, f"Pain is {answers.pain} of 100."))
    if answers.dizziness is None:
        found.append((Restriction.DIZZY, "The question about dizziness was not answered."))
    elif answers.dizziness > STEADY_UP_TO:
        found.append((Restriction.DIZZY, f"Dizziness is {answers.dizziness} of 100."))
    if days is not None and 0 <= days <= STRAIN_DAYS:
        found.append((Restriction.NO_STRAIN, "The injection was less than a day ago, or may have been."))
    if days is not None and 0 <= days <= INJECTION_DAYS:
        found.append((Restriction.HALF, "The injection was in the last two weeks."))
    return found


def _of_once(settings: PatientSettings, today: date) -> list[tuple[Restriction, str]]:
    once = once_today(settings.questions, today)
    found = []
    if any(answer is None for answer in once.values()):
        found.append((Restriction.GENTLE, "The questions of once a year are not all answered."))
    if once["fragile"] and not settings.questions.far_movements:
        found.append((Restriction.GENTLE, "Far movements need the therapist's yes."))
    if once["unsteady"]:
        found.append((Restriction.NO_CLOSED_EYES, "Often dizzy, or a fall in the past year."))
    return found


def once_today(table: QuestionsTable, today: date) -> dict[str, bool | None]:
    """The once-a-year answers that still hold, by their keys: after a year a no holds no longer, a yes does."""
    old = _is_old(table, today)
    answers = {"alone": table.alone, "injury": table.injury, "fragile": table.fragile, "unsteady": table.unsteady}
    return {name: None if old and not answer else answer for name, answer in answers.items()}


def once_due(table: QuestionsTable, today: date, therapist: bool = False) -> tuple[str, ...]:
    """Which of the once-a-year questions are to be asked now.

    All of them after a year; else what has no answer, and who practised without advice may have some by now. A neck
    that must be checked is asked about again only where the therapist is; so are far movements.
    """
    answers = once_today(table, today)
    unclear = bool(table.injury) and table.cleared is None
    due = []
    for name, answer in answers.items():
        again = name == "alone" and answer is True
        again |= therapist and name == "injury" and unclear
        again |= therapist and name == "fragile" and bool(answer) and not table.far_movements
        if answer is None or _is_old(table, today) or again:
            due.append(name)
    return tuple(name for name in due if therapist or not (name == "injury" and unclear))


def with_once(table: QuestionsTable, given: dict[str, bool | None], today: date) -> QuestionsTable:
    """The table after these answers; what was not answered keeps what still holds of before, and the year begins anew
    when it was over. A neck that is told to be hurt has to be cleared anew."""
    answered = {name: answer for name, answer in given.items() if answer is not None}
    if not answered:
        return table
    asked = today if _is_old(table, today) else table.asked
    cleared = None if answered.get("injury") else table.cleared
    return table.model_copy(update={**once_today(table, today), **answered, "asked": asked, "cleared": cleared})


def asks_swallowing(settings: PatientSettings, today: date) -> bool:
    """Whether the last injection is so near that swallowing is asked about."""
    days = days_since_injection(settings, today)
    return days is not None and 0 <= days <= SWALLOWING_DAYS


def days_since_injection(settings: PatientSettings, today: date) -> int | None:
    """Whole days since the last injection, negative where there is only a planned one; None where none is known."""
    days = [(today - day).days for day in (*settings.injections, settings.last_injection) if day is not None]
    return min((each for each in days if each >= 0), default=max(days, default=None))


def may_go_far(settings: PatientSettings, today: date) -> bool:
    """Whether nothing known once a year speaks against far movements of the neck."""
    once = once_today(settings.questions, today)
    hurt = once["injury"] and settings.questions.cleared is None
    return not hurt and not any(restriction is Restriction.GENTLE for restriction, _ in _of_once(settings, today))


def pain_rise(before: int | None, after: int | None) -> int | None:
    """By how much pain has risen in the session, where that is much; else None."""
    if before is None or after is None or after - before < PAIN_RISE:
        return None
    return after - before


def _is_old(table: QuestionsTable, today: date) -> bool:
    """Whether a year is over; or nobody knows when it was, as after a clock that was wrong. A day is for time zones."""
    return table.asked is None or not -1 <= (today - table.asked).days <= ASKED_AGAIN_DAYS
