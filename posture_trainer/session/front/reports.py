"""The report of one person, written and opened in the browser."""

import webbrowser
from pathlib import Path

from posture_trainer.errors import UserError
from posture_trainer.records.people import REPORT, known_patient, session_folders
from posture_trainer.report.write import patient_report


def open_report(data: Path, code: str) -> Path:
    """Write it and open it; gives the page. Raises UserError where there is nothing to report."""
    patient = known_patient(data, code)
    if not session_folders(patient):
        raise UserError(f"There are no sessions of {code} yet.")
    report = patient_report(patient, patient / REPORT, lambda _done, _of: None)
    webbrowser.open(report.path.resolve().as_uri())
    return report.path
