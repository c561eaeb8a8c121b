"""The question when the last injection was. Pure."""

from datetime import date

from posture_trainer.pages.entries import DateEntry
from posture_trainer.pages.views import QuestionView
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.words.phrases import PHRASES

ASK_AGAIN_DAYS = 16 * 7  # the review compares up to 16 weeks after an injection
_TITLE = "For your therapist"
_HINT = "Type day, month, year: 05 03 2026. Or use the arrow keys. Or just wait."


def is_due(settings: PatientSettings, today: date) -> bool:
    """Whether to ask by itself: never asked and not known, or both for longer than 16 weeks. Days to come say nothing:
    they are planned, or of a clock that was wrong."""
    known = (settings.last_injection, settings.injection_asked)
    last = max((day for day in known if day is not None and day <= today), default=None)
    return last is None or (today - last).days > ASK_AGAIN_DAYS


def injection_view(entry: DateEntry, left_share: float) -> QuestionView:
    """The screen of the question. left_share: of its time."""
    return QuestionView(_TITLE, PHRASES["injection"], entry.words, entry.fault or entry.ago, _HINT, left_share)
