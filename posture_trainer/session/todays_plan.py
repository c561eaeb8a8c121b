"""Which plan is practised today, and what it means for this patient."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from posture_trainer.course.practice_days import plan_history
from posture_trainer.exercises.free import FreeSettings
from posture_trainer.exercises.guided_records import GuidedSession
from posture_trainer.feedback import FeedbackSettings
from posture_trainer.plans.expand import History, session_today
from posture_trainer.plans.patient_file import FILE_NAME, load_patient_settings
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.plans.plan import Plan, load_known_plan, load_plan
from posture_trainer.pose.directions import Direction
from posture_trainer.pose.target import NEUTRAL, Target
from posture_trainer.records.order import order_ms
from posture_trainer.records.people import session_folders
from posture_trainer.records.session_reader import SessionRecord, read_session
from posture_trainer.session.kept_to_limits import notes_on_limits, range_measured

# The demo has no patient, so what a therapist would have set is made up for it.
_DEMO = PatientSettings(
    pull=(Direction.ROTATION_RIGHT,),
    stretch_limits_deg=dict.fromkeys((Direction.ROTATION_RIGHT, Direction.ROTATION_LEFT), 15.0),
)


@dataclass(frozen=True)
class TodaysPlan:
    """A plan made into a session. contents: its name and the whole plan, for session.json."""

    name: str
    contents: dict[str, Any]
    session: GuidedSession

    @property
    def open_ended(self) -> bool:
        """Whether nothing but the patient or the time ends it: the free mirror."""
        last = self.session.trials[-1].settings
        return isinstance(last, FreeSettings) and last.seconds is None


def settings_of(folder: Path, demo: bool = False) -> PatientSettings:
    """What is set for the patient of that folder. Raises UserError when the file is not as it should be."""
    return _DEMO if demo else load_patient_settings(folder)


def assigned_plan(folder: Path, patient: PatientSettings) -> tuple[str, Plan]:
    """The plan that is set for the patient: a preset, or a file, which may lie in the patient's folder.

    Raises UserError, also for one that goes beyond a limit.
    """
    return load_plan(_assigned(folder, patient))


def _assigned(folder: Path, patient: PatientSettings) -> str:
    own = folder / patient.plan
    return str(own) if own.is_file() else patient.plan


def todays_plan(
    folder: Path, asked: str | None, patient: PatientSettings, target: Target = NEUTRAL, baseline_file: str = ""
) -> TodaysPlan | None:
    """The plan asked for, else the one assigned in the patient's file; None for the mirror as it is.

    target: the baseline's. baseline_file: its name, '' where none is kept. A file that was assigned before is brought
    within the limits, and that is told; one that is asked for now has to keep them.

    Raises UserError when there is no such plan, or when it can't be done.
    """
    told: tuple[str, ...] = ()
    if asked is not None:
        name, plan = load_plan(asked)
    elif (folder / FILE_NAME).exists():
        name, plan, told = load_known_plan(_assigned(folder, patient))
    else:
        return None
    known = history(folder, name, baseline_file)
    session = session_today(name, plan, patient, known, FeedbackSettings(target=target))
    session = replace(session, notes=(*notes_on_limits(folder, told), *session.notes))
    return TodaysPlan(name, {"name": name, **plan.model_dump(mode="json", by_alias=True)}, session)


def _place_ms(session: SessionRecord) -> int:
    return order_ms(session.folder.name, session.header.get("order_ms"))


def history(folder: Path, plan: str, baseline_file: str = "") -> History:
    """What the sessions in the patient's folder say to the plan of that name, today.

    baseline_file: the name of the neutral's file, for the range that was measured on it.
    """
    past = sorted(map(read_session, session_folders(folder)), key=_place_ms)
    today = datetime.now().astimezone().date()
    told = plan_history(((record.folder.name, record.header, record.summary) for record in past), plan, today)
    return replace(told, range_deg=range_measured(past, baseline_file))
