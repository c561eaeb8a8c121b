"""The blocks of a plan: one model for each kind of exercise (docs/exercises.md says what each asks of the patient)."""

from typing import Annotated, Literal, Self

from pydantic import AliasChoices, Field, model_validator

from posture_trainer.exercises.follow import Path
from posture_trainer.exercises.timed import Drawing
from posture_trainer.plans.fields import (
    PRINTABLE,
    Degrees,
    FeedbackShare,
    Flag,
    Repetitions,
    RestSeconds,
    Seconds,
    Table,
    TolerancesTable,
    Words,
)
from posture_trainer.plans.progress import longest_grown_s
from posture_trainer.pose.directions import Direction

SIX = tuple(Direction)
TURNS = (Direction.ROTATION_RIGHT, Direction.ROTATION_LEFT)


class _Block(Table):
    """title: shown in place of the kind's own. rest_s: after each trial, the last one too."""

    title: Words = ""
    rest_s: RestSeconds = 5.0
    tolerances: TolerancesTable = TolerancesTable()


class HoldBlock(_Block):
    """hold_step_s: how much longer the hold is with each step of progress (progress.py), up to longest_hold_s; files of
    before call it hold_growth_s_per_day.

    limit_s: of a trial beyond the hold itself. feedback: None takes the patient's. probe_every: every so many trials
    one without cues. ask_felt: after trials without cues, ask how far off the patient feels to be.
    """

    kind: Literal["hold"]
    repetitions: Repetitions = 5
    hold_s: Annotated[float, Field(strict=True, ge=1, le=120)] = 10.0
    hold_step_s: Annotated[
        float, Field(strict=True, ge=0, le=30, validation_alias=AliasChoices("hold_step_s", "hold_growth_s_per_day"))
    ] = 0.0
    longest_hold_s: Annotated[float, Field(strict=True, ge=1, le=120)] = 60.0
    limit_s: Annotated[float, Field(strict=True, ge=5, le=300)] = 30.0
    on_leaving: Literal["pause", "restart"] = "pause"
    feedback: FeedbackShare | None = None
    probe_every: Annotated[int, Field(strict=True, ge=2, le=60)] | None = None
    ask_felt: Flag = False

    @model_validator(mode="after")
    def _cap_above_start(self) -> Self:
        if self.hold_s > self.longest_hold_s:
            raise ValueError(f"hold_s ({self.hold_s:g}) must not be above longest_hold_s ({self.longest_hold_s:g})")
        return self

    def hold_today_s(self, steps: int) -> float:
        """Seconds to hold, so many steps up from where the plan begins."""
        return min(self.hold_s + self.hold_step_s * steps, longest_grown_s(self.hold_s, self.longest_hold_s))


class HoldTestBlock(_Block):
    """The protocol's own numbers are fixed (10 degrees, 60 s); only the tries and the rest can be changed."""

    kind: Literal["hold_test"]
    tries: Annotated[int, Field(strict=True, ge=1, le=5)] = 2
    rest_s: RestSeconds = 30.0


class FollowBlock(_Block):
    """target: its size. extent: how far the path goes, as a share of the patient's reach."""

    kind: Literal["follow"]
    path: Path = "butterfly"
    speed: Literal["slow", "medium", "fast"] = "slow"
    target: Literal["large", "medium", "small"] = "large"
    path_visible: Flag = True
    loops: Annotated[int, Field(strict=True, ge=1, le=20)] = 2
    extent: Annotated[float, Field(strict=True, ge=0.2, le=0.9)] = 0.7
    repetitions: Repetitions = 2
    rest_s: RestSeconds = 15.0


class PositionSenseBlock(_Block):
    """turn_deg: the marked angle to turn away to."""

    kind: Literal["position_sense"]
    directions: Annotated[tuple[Direction, ...], Field(min_length=1, max_length=6)] = TURNS
    trials_per_direction: Annotated[int, Field(strict=True, ge=1, le=12)] = 6
    turn_deg: Annotated[float, Field(strict=True, ge=10, le=40)] = 30.0
    rest_s: RestSeconds = 3.0


class RangeBlock(_Block):
    """Each direction so many times."""

    kind: Literal["range"]
    directions: Annotated[tuple[Direction, ...], Field(min_length=1, max_length=6)] = SIX
    repetitions: Annotated[int, Field(strict=True, ge=1, le=6)] = 3
    rest_s: RestSeconds = 4.0


class StretchBlock(_Block):
    """limits_deg: for each direction the comfortable angle; what is left out comes from the patient's file, and a
    direction that has none in either is left out."""

    kind: Literal["stretch"]
    directions: Annotated[tuple[Direction, ...], Field(min_length=1, max_length=6)] = SIX
    limits_deg: dict[Direction, Degrees] = Field(default_factory=dict)
    move_s: Annotated[float, Field(strict=True, ge=3, le=30)] = 6.0
    hold_s: Annotated[float, Field(strict=True, ge=1, le=60)] = 15.0
    repetitions: Annotated[int, Field(strict=True, ge=1, le=10)] = 1
    rest_s: RestSeconds = 10.0


class BreatheBlock(_Block):
    """The pace, and how long."""

    kind: Literal["breathe"]
    seconds: Seconds = 60.0
    in_s: Annotated[float, Field(strict=True, ge=2, le=10)] = 4.0
    out_s: Annotated[float, Field(strict=True, ge=2, le=15)] = 6.0


class TimedBlock(_Block):
    """words: what to do, as the patient reads it. drawing: shown in place of the mirror, if any. supported_rest: the
    head is supported, and nothing is held."""

    kind: Literal["timed"]
    words: Annotated[str, Field(strict=True, min_length=1, max_length=200, pattern=PRINTABLE)]
    drawing: Drawing | None = None
    supported_rest: Flag = False
    seconds: Seconds = 20.0
    repetitions: Repetitions = 1
    rest_s: RestSeconds = 10.0


class FreeBlock(_Block):
    """seconds: left out, until the session ends."""

    kind: Literal["free"]
    seconds: Annotated[float, Field(strict=True, ge=5, le=3600)] | None = None


Block = Annotated[
    HoldBlock
    | HoldTestBlock
    | FollowBlock
    | PositionSenseBlock
    | RangeBlock
    | StretchBlock
    | BreatheBlock
    | TimedBlock
    | FreeBlock,
    Field(discriminator="kind"),
]
