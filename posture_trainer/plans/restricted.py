"""A plan made smaller by what holds today (docs/exercises.md); what is left out for a reason: not_today.py. Pure."""

from typing import Any

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
from posture_trainer.plans.plan import Plan
from posture_trainer.plans.restriction import Restriction, Restrictions
from posture_trainer.words import doses as words
from posture_trainer.words.phrases import TITLES

GENTLE_HOLD_S = 10.0
_LEAST_HOLD_S, _LEAST_SESSION_MIN = 1.0, 1.0


def restricted(plan: Plan, restrictions: Restrictions) -> tuple[Plan | None, tuple[str, ...]]:
    """The gentle set of the plan, half of it, or all; and what is to be told of that; None: nothing is left.

    Half of a plan is half of each exercise: holds half as long, of others half as many, and half of the time of one
    that is done once. Breathing and resting stay as they are.
    """
    out: dict[Restriction, list[str]] = {}
    kept: list[Block] = []
    for block in plan.blocks:
        against = next((each for each in restrictions if _is_too_much(each, block)), None)
        if against is None:
            kept.append(_smaller(block, restrictions))
        else:
            out.setdefault(against, []).append(block.title or TITLES[block.kind])
    notes = tuple(note for each in restrictions if (note := _note(each, out, restrictions[each], bool(kept))))
    if not kept or (out and all(_is_rest(block) for block in kept)):
        return None, notes
    longest_min = plan.longest_session_min
    if Restriction.HALF in restrictions:
        longest_min = max(_LEAST_SESSION_MIN, longest_min / 2)
    return plan.model_copy(update={"blocks": tuple(kept), "longest_session_min": longest_min}), notes


def _note(
    restriction: Restriction, out: dict[Restriction, list[str]], reasons: tuple[str, ...], something: bool
) -> str:
    """What is to be told of a restriction, '' where it changes nothing."""
    if restriction is Restriction.GENTLE:
        return words.only_gentle(reasons)
    names = tuple(dict.fromkeys(out.get(restriction, ())))
    if names:
        return words.left_out(names, reasons)
    return words.half(reasons) if restriction is Restriction.HALF and something else ""


def _is_rest(block: Block) -> bool:
    return isinstance(block, BreatheBlock) or (isinstance(block, TimedBlock) and block.rests)


def _is_too_much(restriction: Restriction, block: Block) -> bool:
    """Whether nothing is left of the block where that holds."""
    match restriction:
        case Restriction.GENTLE:
            return not (isinstance(block, HoldBlock) or _is_rest(block))
        case Restriction.HALF:  # of its two tries one says nothing
            return isinstance(block, HoldTestBlock)
        case _:
            return False


def _smaller(block: Block, restrictions: Restrictions) -> Block:
    """What is left of a block that is done."""
    if Restriction.GENTLE in restrictions and isinstance(block, HoldBlock):
        longest_s = min(block.longest_hold_s, GENTLE_HOLD_S)
        block = _changed(block, longest_hold_s=longest_s, hold_s=min(block.hold_s, longest_s))
    return _half(block) if Restriction.HALF in restrictions else block


def _half(block: Block) -> Block:
    match block:
        case HoldBlock():
            return _changed(
                block,
                hold_s=max(_LEAST_HOLD_S, block.hold_s / 2),
                hold_step_s=block.hold_step_s / 2,
                longest_hold_s=max(_LEAST_HOLD_S, block.longest_hold_s / 2),
            )
        case FollowBlock() if block.repetitions == 1:
            return _changed(block, loops=max(1, block.loops // 2))
        case FollowBlock() | RangeBlock():
            return _changed(block, repetitions=max(1, block.repetitions // 2))
        case PositionSenseBlock():
            return _changed(block, trials_per_direction=max(1, block.trials_per_direction // 2))
        case StretchBlock() if block.repetitions == 1:
            return _changed(block, hold_s=block.hold_s / 2)
        case TimedBlock() if block.rests:
            return block
        case TimedBlock() if block.repetitions == 1:
            return _changed(block, seconds=block.seconds / 2)
        case TrickBlock():
            return _changed(block, rounds=max(1, block.rounds // 2))
        case StretchBlock() | TimedBlock():
            return _changed(block, repetitions=block.repetitions // 2)
        case FreeBlock() if block.seconds is not None:
            return _changed(block, seconds=block.seconds / 2)
        case _:
            return block


def _changed(block: Block, **values: Any) -> Block:
    return block.model_copy(update=values)
