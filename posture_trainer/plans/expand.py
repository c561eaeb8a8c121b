"""From a plan and a patient's settings to the session of today: every trial, its cues, its rest. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from posture_trainer.errors import UserError
from posture_trainer.exercises.body.trick import TrickSettings
from posture_trainer.exercises.breathe import BreatheSettings
from posture_trainer.exercises.feedback_schedule import TrialFeedback, faded_share, schedule
from posture_trainer.exercises.free import FreeSettings
from posture_trainer.exercises.guided_records import GuidedSession, PlannedTrial, SessionRules
from posture_trainer.exercises.hold import WITHOUT_READY_S, HoldSettings
from posture_trainer.exercises.hold_test import HoldTestSettings
from posture_trainer.exercises.position_sense import PositionSenseSettings
from posture_trainer.exercises.range_of_motion import RangeSettings
from posture_trainer.feedback import FeedbackSettings
from posture_trainer.plans.blocks import (
    Block,
    BreatheBlock,
    FollowBlock,
    FreeBlock,
    HoldBlock,
    HoldTestBlock,
    PositionSenseBlock,
    RangeBlock,
    StretchBlock,
    TimedBlock,
    TrickBlock,
)
from posture_trainer.plans.in_force import in_force
from posture_trainer.plans.limits import FURTHEST_DEG, rest_needed_s, within_limits
from posture_trainer.plans.movements import follows, stretches, timed
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.plans.plan import Plan
from posture_trainer.plans.progress import Practised, Progress
from posture_trainer.pose.directions import Direction
from posture_trainer.pose.target import NEUTRAL, Target

_WITHOUT = TrialFeedback(False)
_AT_TARGET = ("hold", "free")  # what is measured from neutral, as tests are, begins in neutral too


@dataclass(frozen=True)
class History:
    """What earlier sessions say. practised: each of them, oldest first, and progress: what follows for today.

    went_well: of each, `went_well_share` of its holds (None counts as nothing). done_on: the days on which each
    kind of exercise was done. range_deg: the comfortable range of each direction that the last range test on this
    neutral has measured.
    """

    practised: Sequence[Practised] = ()
    progress: Progress = Progress()
    went_well: Sequence[float | None] = ()
    range_deg: Mapping[Direction, float] = field(default_factory=dict)
    done_on: Mapping[str, Collection[date]] = field(default_factory=dict)


def session_today(
    name: str,
    plan: Plan,
    patient: PatientSettings | None = None,
    history: History | None = None,
    feedback: FeedbackSettings | None = None,
) -> GuidedSession:
    """The session that this plan means today, for this patient. Raises UserError when it can't be done.

    feedback: target and timing of cues, if they are not the program's own; tolerances come from plan and patient.
    """
    patient, history = patient or PatientSettings(), history or History()
    trials: list[PlannedTrial] = []
    notes: list[str] = []
    for block in plan.blocks:
        share = feedback_share_today(plan, patient, history, block)
        asked, note = _trials(block, patient, history, share)
        if note and note not in notes:
            notes.append(note)
        if not asked:
            continue
        number = trials[-1].block + 1 if trials else 1
        tolerances = block.tolerances.over(patient.all_tolerances())
        timing = replace(feedback or FeedbackSettings(), tolerances=tolerances)
        timing = replace(timing, target=_target(block.kind, timing.target))
        for index, (settings, allowed) in enumerate(asked):
            trials.append(
                PlannedTrial(
                    kind=block.kind,
                    settings=settings,
                    block=number,
                    trial=index + 1,
                    trials=len(asked),
                    title=block.title,
                    cues=allowed.cues,
                    probe=allowed.probe,
                    feedback=timing,
                    rest_s=max(block.rest_s, rest_needed_s(_held_s(block, settings))),
                    ask=isinstance(block, HoldBlock) and block.ask_felt and not allowed.cues,
                )
            )
    if not trials or (plan.needs_pull and not patient.pull):
        raise UserError(f"The plan {name} can't begin. {' '.join(notes)}")
    longest_min = min(plan.longest_session_min, in_force(patient).longest_session_min)
    return GuidedSession(name, tuple(trials), SessionRules(longest_s=60.0 * longest_min), tuple(notes))


def aimed_at(session: GuidedSession, target: Target) -> GuidedSession:
    """The session with another target, in the trials that go there."""
    trials = [
        replace(each, feedback=replace(each.feedback, target=_target(each.kind, target))) for each in session.trials
    ]
    return replace(session, trials=tuple(trials))


def feedback_share_today(plan: Plan, patient: PatientSettings, history: History, block: Block | None = None) -> float:
    """The share of trials with cues: the block's own, else the patient's, else the plan's; `fade` as it stands."""
    own = block.feedback if isinstance(block, HoldBlock) else None
    chosen = next(each for each in (own, patient.feedback, plan.feedback) if each is not None)
    return faded_share(history.went_well) if isinstance(chosen, str) else chosen


def _target(kind: str, target: Target) -> Target:
    return within_limits(target) if kind in _AT_TARGET else NEUTRAL


def _held_s(block: Block, settings: Any) -> float:
    """Seconds that a trial holds today, of which half is rested."""
    return settings.hold_s if isinstance(settings, HoldSettings) else block.held_s


Trials = list[tuple[Any, TrialFeedback]]


def _trials(block: Block, patient: PatientSettings, history: History, share: float) -> tuple[Trials, str]:
    """The settings of each trial of a block, and whether it has cues; none where the patient's settings lack it.

    Then what was left out or made smaller, in words.
    """
    match block:
        case FollowBlock():
            paths, note = follows(block, patient)
            return [(settings, _WITHOUT) for settings in paths for _ in range(block.repetitions)], note
        case StretchBlock():
            ways, note = stretches(block, patient, history.range_deg)
            return [(settings, _WITHOUT) for _ in range(block.repetitions) for settings in ways], note
        case TimedBlock():
            told, note = timed(block, patient)
            return [(settings, _WITHOUT) for settings in told] * block.repetitions, note
        case _:
            return _measured(block, history, share), ""


def _measured(
    block: HoldBlock | HoldTestBlock | PositionSenseBlock | RangeBlock | BreatheBlock | TrickBlock | FreeBlock,
    history: History,
    share: float,
) -> Trials:
    """Those of a kind that is the same for every patient."""
    match block:
        case HoldBlock():
            hold_s = block.hold_today_s(history.progress.steps)
            limit_s = max(hold_s, WITHOUT_READY_S) + block.limit_s
            return [
                (HoldSettings(hold_s, limit_s, block.on_leaving, allowed.cues), allowed)
                for allowed in schedule(share, block.repetitions, block.probe_every)
            ]
        case HoldTestBlock():
            return [(HoldTestSettings(), _WITHOUT)] * block.tries
        case PositionSenseBlock():
            turns = [PositionSenseSettings(way, block.turn_deg) for way in block.directions]
            return [(settings, _WITHOUT) for _ in range(block.trials_per_direction) for settings in turns]
        case RangeBlock():
            ends = [RangeSettings(way, FURTHEST_DEG[way]) for way in block.directions]
            return [(settings, _WITHOUT) for _ in range(block.repetitions) for settings in ends]
        case BreatheBlock():
            return [(BreatheSettings(block.seconds, block.in_s, block.out_s, block.body_scan), _WITHOUT)]
        case TrickBlock():
            return [(TrickSettings(block.part_s), _WITHOUT)] * block.rounds
        case FreeBlock():
            return [(FreeSettings(block.seconds), TrialFeedback(True))]
