"""The date of the last botulinum toxin injection: asked once, kept in the patient's file, never needed."""

from datetime import date
from pathlib import Path

from posture_trainer.errors import UserError
from posture_trainer.plans.patient_file import PatientSettings, save_patient_settings
from posture_trainer.screen.controls import Key
from posture_trainer.screen.mirror_view import QuestionView
from posture_trainer.session.entries import DateEntry
from posture_trainer.session.question_stage import ask
from posture_trainer.session.stage import Stage
from posture_trainer.words.phrases import PHRASES

ASK_AGAIN_DAYS = 16 * 7  # the review compares up to 16 weeks after an injection
_SETTLED_S = 8.0  # a date takes longer to type than a number
_TITLE = "For your therapist"
_HINT = "Type day, month, year: 05 03 2026. Or use the arrow keys. Or just wait."


def is_due(settings: PatientSettings, today: date) -> bool:
    """Whether to ask by itself: never asked and not known, or both for longer than 16 weeks."""
    last = max((day for day in (settings.last_injection, settings.injection_asked) if day), default=None)
    return last is None or (today - last).days > ASK_AGAIN_DAYS


def injection_view(entry: DateEntry, left_share: float) -> QuestionView:
    """The screen of the question. left_share: of its time."""
    return QuestionView(_TITLE, PHRASES["injection"], entry.words, entry.fault or entry.ago, _HINT, left_share)


def injection_stage(stage: Stage, folder: Path, settings: PatientSettings, today: date) -> PatientSettings | None:
    """Ask for the date and keep it in the patient's folder. Gives the settings as they are then, or None at a stop.

    A date that cannot be kept is said, and does not stop the session.
    """
    entry, left_by = ask(stage, "injection", DateEntry(today, settings.last_injection), injection_view, _SETTLED_S)
    if left_by is Key.STOP:
        return None
    changed = settings.with_injection(entry.day, asked=today)
    try:
        save_patient_settings(folder, changed)
    except UserError as error:
        stage.notice(str(error))
    return changed
