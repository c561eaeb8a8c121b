"""What home tells of today, for one person: the plan, how long it takes, how often it was done and is asked for."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from posture_trainer.course.adherence import Asked, asked_of
from posture_trainer.course.doses import Dose, dose_now
from posture_trainer.course.week import Done, done
from posture_trainer.errors import UserError
from posture_trainer.plans.how_long import about_minutes
from posture_trainer.plans.in_force import in_force
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.plans.plan import Plan, load_known_plan
from posture_trainer.records.baseline_files import latest_baseline
from posture_trainer.records.clinic.overview import lines_of
from posture_trainer.records.past_doses import past_doses
from posture_trainer.records.people import patient_folder
from posture_trainer.session.todays_plan import OwnPast, assigned_name, settings_of, todays_plan


@dataclass(frozen=True)
class Today:
    """title: of the plan. minutes: about how long, None for as long as one likes. asked: None
    where no plan is set. dose: how much may be practised now.
    trouble: why nothing can be practised as it is set ('' if nothing is in the way)."""

    title: str
    minutes: int | None
    done: Done
    asked: Asked | None
    dose: Dose
    settings: PatientSettings
    has_straight: bool
    trouble: str = ""


def plan_of(folder: Path, settings: PatientSettings) -> tuple[str, Plan]:
    """The assigned plan with its name, brought within the limits. Raises UserError."""
    name, plan, _ = load_known_plan(assigned_name(folder, settings))
    return name, plan


def asked_now(folder: Path, settings: PatientSettings) -> Asked | None:
    """What the assigned plan asks for; never more often in a day than is in force. None where no plan is set: the
    mirror as it is asks for nothing. Raises UserError."""
    if settings.plan is None:
        return None
    return asked_of(plan_of(folder, settings)[1], in_force(settings).sessions_a_day)


def today_of(data: Path, code: str, now: datetime) -> Today:
    """Today of that person. A plan or a file that is not as it should be is told, and stops nothing here."""
    folder = patient_folder(data, code)
    lines = lines_of(data, code)
    reached, trouble = done(lines, now.date()), ""
    settings, title, minutes = PatientSettings(), "", None
    asked: Asked | None = None
    dose = Dose(0.0)
    straight = False
    try:
        settings = settings_of(folder)
        plan = plan_of(folder, settings)[1]
        title, asked = plan.title, asked_now(folder, settings)
        dose = dose_now(past_doses(folder, now), in_force(settings), now)
        known = latest_baseline(folder)
        straight = known is not None
        found = todays_plan(folder, None, settings, own_past=OwnPast(known[0].name if known else ""))
        minutes = about_minutes(found.session) if found is not None else None
    except UserError as error:
        trouble = str(error)
    return Today(title, minutes, reached, asked, dose, settings, straight, trouble)
