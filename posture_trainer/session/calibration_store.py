"""What is to be calibrated, and how it is stored: the baseline and the patient's file, both or neither."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from posture_trainer.errors import UserError
from posture_trainer.plans.expand import session_today
from posture_trainer.plans.limits import within_limits
from posture_trainer.plans.patient_file import FILE_NAME, save_patient_settings
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.pose.neutral.baseline import Baseline
from posture_trainer.pose.neutral.recording import BaselineRules
from posture_trainer.records.baseline_files import save_baseline
from posture_trainer.session.todays_plan import MIRROR, assigned_plan
from posture_trainer.words.directions import target_words


@dataclass(frozen=True)
class Calibration:
    """Whose baseline is to be recorded, for how long, how still the head must be, whether with "no" and "yes".

    settings: what is set for the patient so far. questions: whether the once-a-year questions are asked, where they are
    due and somebody can answer.
    """

    patient: str
    folder: Path
    seconds: float
    rules: BaselineRules
    with_turns: bool = False
    settings: PatientSettings = PatientSettings()
    questions: bool = False

    @property
    def proposed(self) -> PatientSettings:
        """The settings as the therapist finds them, and saves what is not changed: with a plan in any case."""
        return self.settings.model_copy(update={"plan": self.settings.plan or MIRROR})


def store(calibration: Calibration, baseline: Baseline, settings: PatientSettings) -> Path:
    """Store the baseline, and the patient's file where it is new or changed; gives the baseline's path.

    Raises UserError when one of them can't be written, or goes beyond a limit; then neither is there.
    """
    if baseline.target is not None and baseline.target != within_limits(baseline.target):
        raise UserError(f"The target ({target_words(baseline.target)}) is further than practice may guide a head.")
    path = save_baseline(calibration.folder, baseline)
    if settings != calibration.settings or not (calibration.folder / FILE_NAME).exists():
        try:
            save_patient_settings(calibration.folder, settings)
        except UserError:
            with suppress(OSError):
                path.unlink()
            raise
    return path


def check_plan(folder: Path, settings: PatientSettings) -> None:
    """Raise UserError when the assigned plan can't be practised with these settings, or goes beyond a limit."""
    name, plan = assigned_plan(folder, settings)
    session_today(name, plan, settings)
