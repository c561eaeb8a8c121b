"""A plan: a small TOML file with what to do, how often, with how much help, and when to rest."""

from collections import Counter
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from posture_trainer import shipped_files
from posture_trainer.errors import UserError
from posture_trainer.plans import limits
from posture_trainer.plans.blocks import Block, BreatheBlock, StretchBlock
from posture_trainer.plans.fields import PRINTABLE, FeedbackShare, Flag, Table, Words, beyond_limit
from posture_trainer.plans.not_when import NotWhen
from posture_trainer.plans.toml_files import read_toml, read_within_limits
from posture_trainer.pose.directions import Direction

_MOST_A_SESSION = {
    "hold_test": ("tries", limits.MOST_TESTS),
    "position_sense": ("trials_per_direction", limits.EYES_CLOSED_TRIALS),
    "range": ("repetitions", limits.MOST_RANGE_TRIALS),
}
"""How often what measures is done in a session, in each direction: the key that says so, and the most."""


class Plan(Table):
    """A plan as its file states it.

    description, source: for the therapist. longest_session_min, feedback: where the patient's file sets none.
    times_a_day, days_a_week: how often it is meant. weekly: at most once in seven days. not_when: reasons against all
    of it. needs_pull: it can't be done where no side of pull is marked. trunk_signs: the body is told of in the mirror,
    as by the patient's own setting.
    """

    schema_version: Literal[1] = 1
    title: Annotated[str, Field(strict=True, min_length=1, max_length=60, pattern=PRINTABLE)]
    description: Words = ""
    source: Words = ""
    longest_session_min: Annotated[float, Field(strict=True, ge=1, le=60)] = 20.0
    feedback: FeedbackShare = 1.0
    times_a_day: Annotated[int, Field(strict=True, ge=1, le=3)] = 3
    days_a_week: Annotated[int, Field(strict=True, ge=1, le=7)] = 5
    weekly: Flag = False
    not_when: Annotated[tuple[NotWhen, ...], Field(max_length=20)] = ()
    needs_pull: Flag = False
    trunk_signs: Flag = False
    blocks: Annotated[tuple[Block, ...], Field(alias="block", min_length=1, max_length=40)]

    @model_validator(mode="after")
    def _not_too_much_stretching(self) -> Self:
        held_s = dict.fromkeys(Direction, 0.0)
        for index, block in enumerate(self.blocks):
            if not isinstance(block, StretchBlock):
                continue
            ways = tuple(Direction) if block.away_from_pull else block.directions
            left_s = limits.STRETCH_A_DIRECTION_S - max(held_s[way] for way in ways)
            most = int(left_s // block.hold_s)
            if block.repetitions > most:
                allowed = f"at most {most}, for a direction is held {limits.STRETCH_A_DIRECTION_S:g} s in a session"
                raise beyond_limit(("block", index, "repetitions"), block.repetitions, allowed, most or None)
            for way in ways:
                held_s[way] += block.repetitions * block.hold_s
        return self

    @model_validator(mode="after")
    def _measured_no_oftener_in_more_blocks(self) -> Self:
        done: Counter[tuple[str, str]] = Counter()
        for index, block in enumerate(self.blocks):
            if block.kind not in _MOST_A_SESSION:
                continue
            name, most = _MOST_A_SESSION[block.kind]
            asked, ways = getattr(block, name), getattr(block, "directions", ("",))
            left = most - max(done[block.kind, way] for way in ways)
            if asked > left:
                allowed = f"at most {left}, for {most} in a session"
                raise beyond_limit(("block", index, name), asked, allowed, left or None)
            done.update({(block.kind, way): asked for way in ways})
        return self

    @model_validator(mode="after")
    def _not_too_much_breathing(self) -> Self:
        left_s = limits.LONGEST_BREATHE_S
        for index, block in enumerate(self.blocks):
            if not isinstance(block, BreatheBlock) or block.body_scan:
                continue
            if block.seconds > left_s:
                allowed = f"at most {left_s:g}, for {limits.LONGEST_BREATHE_S:g} s in a session"
                raise beyond_limit(("block", index, "seconds"), block.seconds, allowed, left_s or None)
            left_s -= block.seconds
        return self


def preset_names() -> list[str]:
    """The names of the plans that come with the program."""
    return sorted(path.stem for path in shipped_files.presets().glob("*.toml"))


def load_plan(name_or_file: str) -> tuple[str, Plan]:
    """The plan of that name, or in that file, with the name it goes by. Raises UserError, also beyond a limit.

    A preset's name comes first; anything with a dot or a slash in it is a file.
    """
    path = _plan_file(name_or_file)
    return path.stem, read_toml(path, Plan, "plan")


def load_known_plan(name_or_file: str) -> tuple[str, Plan, tuple[str, ...]]:
    """The same of a plan that was assigned before: brought within the limits, with what was changed, in words."""
    path = _plan_file(name_or_file)
    return path.stem, *read_within_limits(path, Plan, "plan")


def _plan_file(name_or_file: str) -> Path:
    if name_or_file in preset_names():
        return shipped_files.presets() / f"{name_or_file}.toml"
    path = Path(name_or_file).expanduser()
    if path.suffix or len(path.parts) > 1 or path.is_file():
        return path
    raise UserError(f"There is no plan {name_or_file!r}. There are {', '.join(preset_names())}, or give a TOML file.")
