"""The date of the last botulinum toxin injection: asked once, kept in the patient's file, never needed."""

from datetime import date
from pathlib import Path

from posture_trainer.errors import UserError
from posture_trainer.pages.entries import DateEntry
from posture_trainer.pages.injection import injection_view
from posture_trainer.pages.keys import Key
from posture_trainer.plans.patient_file import save_patient_settings
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.session.devices import Devices
from posture_trainer.session.parts.question import WAIT_S, ask

_SETTLED_S = 8.0  # a date takes longer to type than a number


def injection_part(
    devices: Devices, folder: Path, settings: PatientSettings, today: date, wait_s: float = WAIT_S
) -> PatientSettings | None:
    """Ask for the date and keep it in the patient's folder. Gives the settings as they are then, or None at a stop.
    wait_s: without any answer.

    A date that cannot be kept is said, and does not stop the session.
    """
    asked = DateEntry(today, settings.last_injection)
    entry, left_by = ask(devices, "injection", asked, injection_view, _SETTLED_S, wait_s)
    if left_by is Key.STOP:
        return None
    changed = settings.with_injection(entry.day, asked=today)
    try:
        save_patient_settings(folder, changed)
    except UserError as error:
        devices.not_kept(error)
    return changed
