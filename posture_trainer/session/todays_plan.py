"""Which plan is practised today, and what it means for this patient."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from posture_trainer.course.practice_days import plan_history
from posture_trainer.errors import UserError
from posture_trainer.exercises.free import FreeSettings
from posture_trainer.exercises.guided_records import GuidedSession
from posture_trainer.feedback import FeedbackSettings
from posture_trainer.plans.expand import History, session_today
from posture_trainer.plans.patient_file import FILE_NAME, load_patient_settings
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.plans.plan import Plan, load_plan
from posture_trainer.plans.restricted import restricted
from posture_trainer.plans.restriction import Restrictions
from posture_trainer.pose.directions import Direction
from posture_trainer.pose.target import NEUTRAL, Target
from posture_trainer.records.order import order_ms
from posture_trainer.records.people import session_folders
from posture_trainer.records.session_reader import SessionRecord, read_session

_MIRROR = "free"
# The demo has no patient, so what a therapist would have set is made up for it.
_DEMO = PatientSettings(
    pull=(Direction.ROTATION_RIGHT,),
    stretch_limits_deg=dict.fromkeys((Direction.ROTATION_RIGHT, Direction.ROTATION_LEFT), 15.0),
)


@dataclass(frozen=True)
class TodaysPlan:
    """A plan made into a session. contents: its name and the whole plan, for session.json. past: what earlier sessions
    say to it."""

    name: str
    contents: dict[str, Any]
    session: GuidedSession
    plan: Plan
    past: History

    @property
    def open_ended(self) -> bool:
        """Whether nothing but the patient or the time ends it: the free mirror."""
        last = self.session.trials[-1].settings
        return isinstance(last, FreeSettings) and last.seconds is None


def settings_of(folder: Path, demo: bool = False) -> PatientSettings:
    """What is set for the patient of that folder. Raises UserError when the file is not as it should be."""
    return _DEMO if demo else load_patient_settings(folder)


def assigned_plan(folder: Path, patient: PatientSettings) -> tuple[str, Plan]:
    """The plan that is set for the patient: a preset, or a file, which may lie in the patient's folder."""
    own = folder / patient.plan
    return load_plan(str(own) if own.is_file() else patient.plan)


def todays_plan(
    folder: Path, asked: str | None, patient: PatientSettings, target: Target = NEUTRAL
) -> TodaysPlan | None:
    """The plan asked for, else the one assigned in the patient's file; None for the mirror as it is.

    target: the baseline's.

    Raises UserError when there is no such plan, or when it can't be done.
    """
    if asked is None and not (folder / FILE_NAME).exists():
        return None
    name, plan = assigned_plan(folder, patient) if asked is None else load_plan(asked)
    return _made(name, plan, patient, history(folder, name), target)


def held_back(todays: TodaysPlan | None, patient: PatientSettings, restrictions: Restrictions) -> TodaysPlan | None:
    """What is left of today's plan where these restrictions hold; the mirror under them, where nothing is left of it,
    or where it is the mirror as it is (None). None where that is nothing, too.

    Without restrictions it is today's plan as it stands.
    """
    if not restrictions:
        return todays
    plans = [(todays.name, todays.plan, todays.past)] if todays else []
    told: tuple[str, ...] = ()
    for name, plan, past in (*plans, (*load_plan(_MIRROR), History())):
        smaller, notes = restricted(plan, restrictions)
        told += notes
        if smaller is not None:
            with suppress(UserError):  # what is left of it may not be enough to begin with
                made = _made(name, smaller, patient, past)
                return replace(made, session=replace(made.session, notes=(*told, *made.session.notes)))
    return None


def _made(name: str, plan: Plan, patient: PatientSettings, past: History, target: Target = NEUTRAL) -> TodaysPlan:
    session = session_today(name, plan, patient, past, FeedbackSettings(target=target))
    return TodaysPlan(name, {"name": name, **plan.model_dump(mode="json", by_alias=True)}, session, plan, past)


def _place_ms(session: SessionRecord) -> int:
    return order_ms(session.folder.name, session.header.get("order_ms"))


def history(folder: Path, plan: str) -> History:
    """What the sessions in the patient's folder say to the plan of that name, today."""
    past = sorted(map(read_session, session_folders(folder)), key=_place_ms)
    today = datetime.now().astimezone().date()
    return plan_history(((record.folder.name, record.header, record.summary) for record in past), plan, today)
