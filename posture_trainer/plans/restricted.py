"""A plan made smaller by what holds today. Pure."""

from posture_trainer.plans.blocks import (
    Block,
    BreatheBlock,
    FollowBlock,
    FreeBlock,
    HoldBlock,
    PositionSenseBlock,
    RangeBlock,
    StretchBlock,
)
from posture_trainer.plans.plan import Plan
from posture_trainer.plans.restriction import Restriction, Restrictions

_GENTLE_HOLD_S = 10.0


def restricted(plan: Plan, restrictions: Restrictions) -> tuple[Plan | None, tuple[str, ...]]:
    """The plan without what is not for today, and a note on what was left out; None when nothing is left."""
    kept = tuple(smaller for block in plan.blocks if (smaller := _block(block, restrictions)) is not None)
    out = len(plan.blocks) - len(kept)
    notes = (f"{out} of {len(plan.blocks)} exercises are left out today.",) if out else ()
    if not kept:
        return None, notes
    longest_min = plan.longest_session_min / (2 if Restriction.HALF in restrictions else 1)
    return plan.model_copy(update={"blocks": kept, "longest_session_min": max(1.0, longest_min)}), notes


def _block(block: Block, restrictions: Restrictions) -> Block | None:
    held = set(restrictions)
    if Restriction.GENTLE in held and not isinstance(block, BreatheBlock | HoldBlock | FreeBlock):
        return None
    if held & {Restriction.DIZZY, Restriction.NO_CLOSED_EYES} and isinstance(block, PositionSenseBlock):
        return None
    fast = isinstance(block, FollowBlock) and block.speed == "fast"
    if Restriction.DIZZY in held and (fast or isinstance(block, RangeBlock)):
        return None
    if Restriction.NO_STRAIN in held and isinstance(block, StretchBlock):
        return None
    changes: dict[str, object] = {}
    if Restriction.GENTLE in held and isinstance(block, HoldBlock):
        longest_s = min(block.longest_hold_s, _GENTLE_HOLD_S)
        changes |= {"longest_hold_s": longest_s, "hold_s": min(block.hold_s, longest_s)}
    if Restriction.HALF in held and isinstance(block, HoldBlock | FollowBlock | RangeBlock | StretchBlock):
        changes |= {"repetitions": max(1, block.repetitions // 2)}
    return block.model_copy(update=changes) if changes else block
