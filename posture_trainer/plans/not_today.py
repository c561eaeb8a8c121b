"""What of a plan is not done today, and why: its own `not_when` and what each kind of exercise brings along. Pure."""

from collections.abc import Collection, Mapping

from posture_trainer.plans.blocks import Block, FollowBlock, TimedBlock
from posture_trainer.plans.not_when import NotWhen
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.plans.plan import Plan
from posture_trainer.plans.restriction import Restriction
from posture_trainer.pose.directions import Direction
from posture_trainer.words.not_today import NOT_TODAY, left_out
from posture_trainer.words.phrases import TITLES

_BY_KIND = {
    "range": {NotWhen.INJURY, NotWhen.FRAGILE, NotWhen.DIZZY},
    "stretch": {NotWhen.INJURY, NotWhen.FRAGILE, NotWhen.AFTER_INJECTION_24H},
    "position_sense": {NotWhen.INJURY, NotWhen.FRAGILE, NotWhen.UNSTEADY, NotWhen.DIZZY, NotWhen.CLOSED_EYES},
}
_BY_RESTRICTION = {
    NotWhen.AFTER_INJECTION_24H: {Restriction.NO_STRAIN},
    NotWhen.DIZZY: {Restriction.DIZZY},
    NotWhen.CLOSED_EYES: {Restriction.DIZZY, Restriction.NO_CLOSED_EYES},
}


def without_what_is_not_today(
    plan: Plan, settings: PatientSettings, restrictions: Collection[Restriction] = (), swallowing: bool = False
) -> tuple[Plan | None, tuple[str, ...]]:
    """The plan without the blocks that are not for today, and what is to be told of them; None when nothing is left."""
    against = [(block, block_not_today(plan, block, settings, restrictions, swallowing)) for block in plan.blocks]
    kept = tuple(block for block, reasons in against if not reasons)
    notes = (left_out(block.title or TITLES[block.kind], reasons) for block, reasons in against if reasons)
    return (plan.model_copy(update={"blocks": kept}) if kept else None), tuple(dict.fromkeys(notes))


def without(plan: Plan, kinds: Mapping[str, str]) -> tuple[Plan | None, tuple[str, ...]]:
    """The plan without these kinds, each with why, and what is to be told of it; None when nothing is left."""
    kept = tuple(block for block in plan.blocks if block.kind not in kinds)
    notes = tuple(dict.fromkeys(kinds[block.kind] for block in plan.blocks if block.kind in kinds))
    return (plan.model_copy(update={"blocks": kept}) if kept else None), notes


def block_not_today(
    plan: Plan,
    block: Block,
    settings: PatientSettings,
    restrictions: Collection[Restriction] = (),
    swallowing: bool = False,
) -> tuple[str, ...]:
    """Why this block of the plan is left out today, in plain words; nothing where it can be done."""
    found = _against(plan, block) & _holding(settings, restrictions, swallowing)
    return tuple(NOT_TODAY[each] for each in NotWhen if each in found)


def _against(plan: Plan, block: Block) -> set[NotWhen]:
    """All that would speak against the block."""
    of_its_kind = _BY_KIND.get(block.kind, set())
    if isinstance(block, FollowBlock) and block.speed == "fast":
        of_its_kind = {NotWhen.DIZZY}
    if isinstance(block, TimedBlock) and block.warmth:
        of_its_kind = {NotWhen.AFTER_INJECTION_24H}
    return {*plan.not_when, *block.not_when, *of_its_kind}


def _holding(settings: PatientSettings, restrictions: Collection[Restriction], swallowing: bool) -> set[NotWhen]:
    """What is so today. Where a question of once a year was not answered, it is."""
    asked = settings.questions
    found = {
        NotWhen.CHIN_DOWN_PULL: Direction.FLEXION in settings.pull,
        NotWhen.SWALLOWING: swallowing,
        NotWhen.INJURY: asked.injury is not False and asked.cleared is None,
        NotWhen.FRAGILE: asked.fragile is not False and not asked.far_movements,
        NotWhen.UNSTEADY: asked.unsteady is not False,
        NotWhen.ALONE: asked.alone is not False,
        NotWhen.UNSTABLE: settings.unstable,
    }
    by_restriction = {rule for rule, any_of in _BY_RESTRICTION.items() if any_of & set(restrictions)}
    return {rule for rule, holds in found.items() if holds} | by_restriction
