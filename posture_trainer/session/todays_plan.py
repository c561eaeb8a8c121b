"""Which plan is practised today, and what it means for this patient."""

import math
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from posture_trainer.course.adherence import asked_of
from posture_trainer.course.doses import not_yet
from posture_trainer.course.practice_days import PastPractice, plan_history
from posture_trainer.errors import UserError
from posture_trainer.exercises.free import FreeSettings
from posture_trainer.exercises.guided_records import GuidedSession
from posture_trainer.feedback import FeedbackSettings
from posture_trainer.plans.expand import History, session_today
from posture_trainer.plans.in_force import in_force
from posture_trainer.plans.not_today import without, without_what_is_not_today
from posture_trainer.plans.patient_file import load_patient_settings
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.plans.plan import Plan, load_known_plan, load_plan
from posture_trainer.plans.progress import progress
from posture_trainer.plans.restricted import restricted
from posture_trainer.plans.restriction import Restriction, Restrictions
from posture_trainer.pose.directions import Direction
from posture_trainer.pose.target import NEUTRAL, Target
from posture_trainer.records.order import order_ms
from posture_trainer.records.people import GUEST, session_folders
from posture_trainer.records.session_reader import SessionRecord, read_events, read_session
from posture_trainer.session.kept_to_limits import range_measured

CLINIC_PLANS = "plans"  # in the data folder: plan files for all patients
GENTLE, MIRROR = "gentle", "free"  # presets: the gentle set, and the mirror as it is

# The demo has no patient, so what a therapist would have set is made up for it.
_DEMO = PatientSettings(
    pull=(Direction.ROTATION_RIGHT,),
    stretch_limits_deg=dict.fromkeys((Direction.ROTATION_RIGHT, Direction.ROTATION_LEFT), 15.0),
)


@dataclass(frozen=True)
class MeantPlan:
    """A plan before anything of today holds it back. past: what earlier sessions say to it. target: the baseline's.

    longest_s: of a session that begins now. told: what of it was brought within the limits, for the therapist.
    """

    name: str
    plan: Plan
    past: History = History()
    target: Target = NEUTRAL
    longest_s: float = math.inf
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class TodaysPlan:
    """A plan made into a session. contents: its name, the whole plan, and what of it is for today, for session.json."""

    meant: MeantPlan
    contents: dict[str, Any]
    session: GuidedSession

    @property
    def name(self) -> str:
        """Of the plan."""
        return self.meant.name

    @property
    def open_ended(self) -> bool:
        """Whether nothing but the patient or the time ends it: the free mirror."""
        last = self.session.trials[-1].settings
        return isinstance(last, FreeSettings) and last.seconds is None


def settings_of(folder: Path, demo: bool = False) -> PatientSettings:
    """What is set for the patient of that folder. Raises UserError when the file is not as it should be."""
    if demo:
        return _DEMO
    found = load_patient_settings(folder)
    return found.model_copy(update={"plan": None}) if folder.name == GUEST else found  # the clinic's is for patients


def assigned_plan(folder: Path, patient: PatientSettings) -> tuple[str, Plan]:
    """The plan that is set for the patient: a preset, or a file, which may lie in the patient's folder.

    Raises UserError, also for one that goes beyond a limit.
    """
    return load_plan(assigned_name(folder, patient))


def assigned_name(folder: Path, patient: PatientSettings) -> str:
    """A preset's name, or the path of the plan's file, which may lie in the patient's folder or among the clinic's;
    with none the mirror."""
    plan = patient.plan or MIRROR
    files = (folder / plan, folder.parent.parent / CLINIC_PLANS / plan)
    return next((str(own) for own in files if own.is_file()), plan)


@dataclass(frozen=True)
class OwnPast:
    """That the sessions in the folder are this patient's own. baseline_file: the name of the neutral's file, for the
    range that was measured on it; '' where none is kept."""

    baseline_file: str = ""


def todays_plan(
    folder: Path,
    asked: str | None,
    patient: PatientSettings,
    target: Target = NEUTRAL,
    longest_s: float = math.inf,
    own_past: OwnPast | None = OwnPast(),
) -> TodaysPlan | None:
    """The plan asked for, else the one assigned to the patient; None for the mirror as it is.

    target: the baseline's. longest_s: of a session that begins now. own_past: None for a guest, of whom nothing is
    known. A file that was assigned before is brought within the limits; one that is asked for now has to keep them.

    Raises UserError when there is no such plan, or when it can't be done.
    """
    told: tuple[str, ...] = ()
    if asked is not None:
        name, plan = load_plan(asked)
    elif patient.plan is not None:
        name, plan, told = load_known_plan(assigned_name(folder, patient))
    else:
        return None
    past = History() if own_past is None else history(folder, name, plan, own_past)
    session_today(name, plan, patient)  # a plan that can't be done at all is no plan for a gentle day
    return _for_today(MeantPlan(name, plan, past, target, longest_s, told), patient, plan, _Day({}))


def held_back(
    todays: TodaysPlan | None,
    patient: PatientSettings,
    restrictions: Restrictions,
    pain: float | None = None,
    longest_s: float = math.inf,
) -> TodaysPlan | None:
    """What is left of today's plan once the answers before the session are known.

    todays: None for the mirror as it is, which stays so where nothing restricts it. pain: before the session. Where
    nothing is left of a plan the gentle set takes its place.
    """
    if todays is None and not restrictions:
        return None
    meant = MeantPlan(*load_plan(MIRROR), longest_s=longest_s) if todays is None else todays.meant
    done, left_out = without_what_is_not_today(meant.plan, patient, restrictions)
    return _for_today(meant, patient, done, _Day(restrictions, pain, left_out))


@dataclass(frozen=True)
class _Day:
    """What is known of today. pain: before the session. left_out: of the plan already, in words."""

    restrictions: Restrictions
    pain: float | None = None
    left_out: tuple[str, ...] = ()


def _for_today(meant: MeantPlan, patient: PatientSettings, done: Plan | None, day: _Day) -> TodaysPlan:
    """The session that is for today: by what holds now, by how far practice has come, by what is due.

    done: what of the plan is for today.
    """
    today, past = now().date(), meant.past
    injections = (*patient.injections, *([patient.last_injection] if patient.last_injection else []))
    stands = progress(past.practised, today, in_force(patient).pain_limit, injections, day.pain)
    held = {**day.restrictions, **({Restriction.HALF: stands.half} if stands.half else {})}
    undone, told = (None, ()) if done is None else without(done, not_yet(past.done_on, today))
    left, more = (None, ()) if undone is None else restricted(undone, held)
    timing = FeedbackSettings(target=meant.target, trunk=patient.trunk.limits(meant.plan.trunk_signs))
    stood = replace(past, progress=stands)
    session, practised, instead = None, meant.plan, {}
    if left is not None:
        with suppress(UserError):  # what is left of it may not be enough to begin with
            session = session_today(meant.name, left, patient, stood, timing)
    if session is None:
        name, practised = load_plan(GENTLE)
        instead = {} if name == meant.name else {"instead_of": meant.name}
        gentle = restricted(practised, held)[0] or practised
        session = session_today(name, gentle, patient, past, timing)
    elif stands.why:
        told = (stands.why, *told)
    rules = replace(session.rules, longest_s=min(session.rules.longest_s, meant.longest_s))
    notes = tuple(dict.fromkeys((*told, *more, *day.left_out, *session.notes)))
    restrictions = {each.value: list(why) for each, why in held.items()}
    contents = {
        "name": session.plan,
        **practised.model_dump(mode="json", by_alias=True),
        "times_a_day": asked_of(practised, in_force(patient).sessions_a_day).times_a_day,
        "today": {"steps": stands.steps, "restrictions": restrictions, **instead},
    }
    return TodaysPlan(meant, contents, replace(session, rules=rules, notes=notes))


def now() -> datetime:
    """The time where the patient is."""
    return datetime.now().astimezone()


def _place_ms(session: SessionRecord) -> int:
    return order_ms(session.folder.name, session.header.get("order_ms"))


def history(folder: Path, name: str, plan: Plan, own_past: OwnPast = OwnPast()) -> History:
    """What the sessions in the patient's folder say to the plan of that name."""
    past = sorted(map(read_session, session_folders(folder)), key=_place_ms)
    told = (PastPractice(each.folder.name, each.header, each.summary, tuple(read_events(each.folder))) for each in past)
    known = plan_history(told, name, plan)
    return replace(known, range_deg=range_measured(past, own_past.baseline_file))
