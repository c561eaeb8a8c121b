"""Which plan is practised today, and what it means for this patient."""

import math
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from posture_trainer.course.doses import not_yet
from posture_trainer.course.practice_days import PastPractice, plan_history
from posture_trainer.errors import UserError
from posture_trainer.exercises.free import FreeSettings
from posture_trainer.exercises.guided_records import GuidedSession
from posture_trainer.feedback import FeedbackSettings
from posture_trainer.plans.expand import History, session_today
from posture_trainer.plans.in_force import in_force
from posture_trainer.plans.patient_file import FILE_NAME, load_patient_settings
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.plans.plan import Plan, load_plan
from posture_trainer.plans.progress import progress
from posture_trainer.plans.restricted import restricted, without
from posture_trainer.plans.restriction import Restriction, Restrictions
from posture_trainer.pose.directions import Direction
from posture_trainer.pose.target import NEUTRAL, Target
from posture_trainer.records.order import order_ms
from posture_trainer.records.people import session_folders
from posture_trainer.records.session_reader import SessionRecord, read_events, read_session

GENTLE, MIRROR = "gentle", "free"  # presets: the gentle set, and the mirror as it is

# The demo has no patient, so what a therapist would have set is made up for it.
_DEMO = PatientSettings(
    pull=(Direction.ROTATION_RIGHT,),
    stretch_limits_deg=dict.fromkeys((Direction.ROTATION_RIGHT, Direction.ROTATION_LEFT), 15.0),
)


@dataclass(frozen=True)
class TodaysPlan:
    """A plan made into a session. contents: its name and the whole plan, for session.json, and what of it is for today.

    plan: as its file states it. past: what earlier sessions say to it. target: the baseline's. longest_s: of a session
    that begins now.
    """

    name: str
    contents: dict[str, Any]
    session: GuidedSession
    plan: Plan
    past: History = History()
    target: Target = NEUTRAL
    longest_s: float = math.inf

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
    folder: Path,
    asked: str | None,
    patient: PatientSettings,
    target: Target = NEUTRAL,
    longest_s: float = math.inf,
    has_past: bool = True,
) -> TodaysPlan | None:
    """The plan asked for, else the one assigned in the patient's file; None for the mirror as it is.

    target: the baseline's. longest_s: of a session that begins now. has_past: whether the sessions in the folder are
    this patient's own; of a guest nobody knows.

    Raises UserError when there is no such plan, or when it can't be done.
    """
    if asked is None and not (folder / FILE_NAME).exists():
        return None
    name, plan = assigned_plan(folder, patient) if asked is None else load_plan(asked)
    past = history(folder, name, plan) if has_past else History()
    session_today(name, plan, patient)  # a plan that can't be done at all is no plan for a gentle day
    return _for_today(_Meant(name, plan, past, target, longest_s), patient, {}, None)


def held_back(
    todays: TodaysPlan | None,
    patient: PatientSettings,
    restrictions: Restrictions,
    pain: float | None = None,
    longest_s: float = math.inf,
) -> TodaysPlan | None:
    """What is left of today's plan under these restrictions, once the answers before the session are known.

    todays: None for the mirror as it is, which stays so where nothing restricts it. pain: before the session. Where
    nothing is left of a plan the gentle set takes its place.
    """
    if todays is not None:
        meant = _Meant(todays.name, todays.plan, todays.past, todays.target, todays.longest_s)
    elif restrictions:
        meant = _Meant(*load_plan(MIRROR), History(), NEUTRAL, longest_s)
    else:
        return None
    return _for_today(meant, patient, restrictions, pain)


@dataclass(frozen=True)
class _Meant:
    """A plan before anything restricts it, as in TodaysPlan."""

    name: str
    plan: Plan
    past: History
    target: Target
    longest_s: float


def _for_today(meant: _Meant, patient: PatientSettings, restrictions: Restrictions, pain: float | None) -> TodaysPlan:
    """The session that is for today: by what holds now, by how far practice has come, by what is due."""
    today, past = now().date(), meant.past
    injections = (*patient.injections, *([patient.last_injection] if patient.last_injection else []))
    stands = progress(past.practised, today, in_force(patient).pain_limit, injections, pain)
    held = {**restrictions, **({Restriction.HALF: stands.half} if stands.half else {})}
    undone, told = without(meant.plan, not_yet(past.last_done, today))
    left, more = (None, ()) if undone is None else restricted(undone, held)
    timing, stood = FeedbackSettings(target=meant.target), replace(past, progress=stands)
    session, practised = None, meant.plan
    if left is not None:
        with suppress(UserError):  # what is left of it may not be enough to begin with
            session = session_today(meant.name, left, patient, stood, timing)
    if session is None:
        name, practised = load_plan(GENTLE)
        gentle = restricted(practised, held)[0] or practised
        session = session_today(name, gentle, patient, past, timing)
    elif stands.why:
        told = (stands.why, *told)
    rules = replace(session.rules, longest_s=min(session.rules.longest_s, meant.longest_s))
    notes = tuple(dict.fromkeys((*told, *more, *session.notes)))
    contents = {
        "name": session.plan,
        **practised.model_dump(mode="json", by_alias=True),
        "today": {"steps": stands.steps, "restrictions": {each.value: list(why) for each, why in held.items()}},
    }
    session = replace(session, rules=rules, notes=notes)
    return TodaysPlan(meant.name, contents, session, meant.plan, past, meant.target, meant.longest_s)


def now() -> datetime:
    """The time where the patient is."""
    return datetime.now().astimezone()


def _place_ms(session: SessionRecord) -> int:
    return order_ms(session.folder.name, session.header.get("order_ms"))


def history(folder: Path, name: str, plan: Plan) -> History:
    """What the sessions in the patient's folder say to the plan of that name."""
    past = sorted(map(read_session, session_folders(folder)), key=_place_ms)
    told = (PastPractice(each.folder.name, each.header, each.summary, tuple(read_events(each.folder))) for each in past)
    return plan_history(told, name, plan)
