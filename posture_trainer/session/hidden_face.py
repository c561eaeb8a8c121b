"""Whether the face is hidden: a choice of the patient, kept in the patient's file."""

from pathlib import Path

from posture_trainer.errors import UserError
from posture_trainer.plans.patient_file import load_patient_settings, save_patient_settings
from posture_trainer.session.devices import Devices


def keep_hiding(devices: Devices, folder: Path) -> None:
    """Keep the choice as it stands, and whether its words were said. What cannot be kept is said, and stops nothing."""
    chosen = {"hide_face": devices.controls.hide_face, "hide_face_told": devices.hiding_told}
    try:
        known = load_patient_settings(folder)
        changed = known.model_copy(update=chosen)
        if changed != known:
            save_patient_settings(folder, changed)
    except UserError as error:
        devices.not_kept(error)
