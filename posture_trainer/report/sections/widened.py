"""Of the patient's file: its remarks, and limits that are set wider than the program's own with the reason given."""

from pathlib import Path
from typing import Any

from posture_trainer.course.remarks import remarks
from posture_trainer.errors import UserError
from posture_trainer.plans.in_force import wider
from posture_trainer.plans.patient_file import load_patient_settings
from posture_trainer.report.page import GLANCE, Page
from posture_trainer.words.harmless import plain_text

_UNITS = {"longest_session_min": "min", "minutes_a_day": "min", "hours_apart": "h"}


def widened(page: Page, patient: Path) -> dict[str, Any]:
    """The remarks without a day and those with one, and each such limit: what is set, the program's own, and which is
    in force. A file that can't be read has none."""
    try:
        settings = load_patient_settings(patient)
    except UserError:
        return {"rows": [], "why": "", "note": "", "dated": []}
    rows = []
    for each in wider(settings):
        unit = _UNITS.get(each.name, "count")
        is_set = page.ledger.show(GLANCE, "", f"{each.words}, set", each.set_to, unit)
        own = page.ledger.show(GLANCE, "", f"{each.words}, the program's own", each.own, unit)
        rows.append((each.words, is_set, own, is_set if each.in_force else own))
    note, dated = remarks(settings.note)
    return {"rows": rows, "why": plain_text(settings.doses.why), "note": note, "dated": dated}
