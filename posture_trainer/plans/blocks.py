"""The blocks of a plan: one model for each kind of exercise (docs/exercises.md says what each asks of the patient)."""

from collections.abc import Callable
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, AliasChoices, Field, model_validator

from posture_trainer.exercises.follow import Path
from posture_trainer.exercises.timed import Drawing
from posture_trainer.plans import limits
from posture_trainer.plans.fields import (
    PRINTABLE,
    FeedbackShare,
    Flag,
    Repetitions,
    RestSeconds,
    StretchLimits,
    Table,
    TolerancesTable,
    Words,
    beyond_limit,
)
from posture_trainer.plans.not_when import NotWhen
from posture_trainer.plans.progress import longest_grown_s
from posture_trainer.pose.directions import Direction

SIX = tuple(Direction)
TURNS = (Direction.ROTATION_RIGHT, Direction.ROTATION_LEFT)
Ways = tuple[Direction, ...]


def _only(allowed: Ways) -> Callable[[Ways], Ways]:
    """A check that each direction is one of these, and there once."""

    def check(ways: Ways) -> Ways:
        kept = tuple(dict.fromkeys(way for way in ways if way in allowed))
        if kept != ways:
            found = ", ".join(ways)
            raise beyond_limit((), found, f"each once, of {', '.join(allowed)}", list(map(str, kept)) or None)
        return ways

    return check


_Ways = Annotated[Ways, Field(min_length=1, max_length=6)]


class _Block(Table):
    """title: shown in place of the kind's own. rest_s: after each trial, the last one too; at least half of what was
    held. not_when: beside what its kind brings along (not_today.py)."""

    title: Words = ""
    not_when: Annotated[tuple[NotWhen, ...], Field(max_length=20)] = ()
    rest_s: RestSeconds = limits.LEAST_REST_S
    tolerances: TolerancesTable = TolerancesTable()

    @property
    def held_s(self) -> float:
        """Seconds of holding in a trial, of which half has to be rested."""
        return 0.0

    @model_validator(mode="after")
    def _rest_is_long_enough(self) -> Self:
        needed_s = limits.rest_needed_s(self.held_s)
        if "rest_s" in self.model_fields_set and self.rest_s < needed_s:
            raise beyond_limit("rest_s", self.rest_s, f"at least {needed_s:g}, half of what is held", needed_s)
        return self


class HoldBlock(_Block):
    """hold_step_s: how much longer the hold is with each step of progress (progress.py), up to longest_hold_s; files of
    before call it hold_growth_s_per_day.

    limit_s: of a trial beyond the hold itself. feedback: None takes the patient's. probe_every: every so many trials
    one without cues. ask_felt: after trials without cues, ask how far off the patient feels to be.
    """

    kind: Literal["hold"]
    repetitions: Repetitions = 5
    hold_s: Annotated[float, Field(strict=True, ge=1, le=limits.LONGEST_HOLD_S)] = 10.0
    hold_step_s: Annotated[
        float, Field(strict=True, ge=0, le=30, validation_alias=AliasChoices("hold_step_s", "hold_growth_s_per_day"))
    ] = 0.0
    longest_hold_s: Annotated[float, Field(strict=True, ge=1, le=limits.LONGEST_HOLD_S)] = limits.LONGEST_HOLD_S
    limit_s: Annotated[float, Field(strict=True, ge=5, le=limits.LONGEST_TRY_S)] = 30.0
    on_leaving: Literal["pause", "restart"] = "pause"
    feedback: FeedbackShare | None = None
    probe_every: Annotated[int, Field(strict=True, ge=2, le=60)] | None = None
    ask_felt: Flag = False

    @property
    def held_s(self) -> float:
        """As it begins; where it has grown, the session rests longer (expand.py)."""
        return self.hold_s

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
    tries: Annotated[int, Field(strict=True, ge=1, le=limits.MOST_TESTS)] = 2
    rest_s: RestSeconds = limits.REST_SHARE * limits.HOLD_TEST_S

    @property
    def held_s(self) -> float:
        """At the most."""
        return limits.HOLD_TEST_S


class FollowBlock(_Block):
    """target: its size. extent: how far the path goes, as a share of the patient's reach.

    How far and how fast the head has to go comes of path, speed, extent and reach together (movements.py).
    """

    kind: Literal["follow"]
    path: Path = "butterfly"
    speed: Literal["slow", "medium", "fast"] = "slow"
    target: Literal["large", "medium", "small"] = "large"
    path_visible: Flag = True
    loops: Repetitions = 2
    extent: Annotated[float, Field(strict=True, ge=0.2, le=0.9)] = 0.7
    repetitions: Repetitions = 2
    rest_s: RestSeconds = 15.0

    @model_validator(mode="after")
    def _few_rounds(self) -> Self:
        most = limits.MOST_REPETITIONS // self.loops
        if self.repetitions > most:
            raise beyond_limit("repetitions", self.repetitions, f"at most {most} with {self.loops} loops", most)
        return self


class PositionSenseBlock(_Block):
    """turn_deg: the marked angle to turn away to."""

    kind: Literal["position_sense"]
    directions: Annotated[_Ways, AfterValidator(_only(TURNS))] = TURNS
    trials_per_direction: Annotated[int, Field(strict=True, ge=1, le=limits.EYES_CLOSED_TRIALS)] = 6
    turn_deg: Annotated[float, Field(strict=True, ge=10, le=limits.EYES_CLOSED_DEG)] = limits.EYES_CLOSED_DEG
    rest_s: Annotated[float, Field(strict=True, ge=limits.EYES_CLOSED_REST_S, le=600)] = limits.EYES_CLOSED_REST_S


class RangeBlock(_Block):
    """Each direction so many times; the chin's way up is none of them."""

    kind: Literal["range"]
    directions: Annotated[_Ways, AfterValidator(_only(limits.RANGE_DIRECTIONS))] = limits.RANGE_DIRECTIONS
    repetitions: Annotated[int, Field(strict=True, ge=1, le=limits.MOST_RANGE_TRIALS)] = 3


class StretchBlock(_Block):
    """limits_deg: for each direction the comfortable angle; what is left out comes from the patient's file, and a
    direction that has none in either is left out. away_from_pull: one direction only, which lengthens the side that
    pulls, and never the chin's way up; directions do not count then."""

    kind: Literal["stretch"]
    directions: Annotated[_Ways, AfterValidator(_only(SIX))] = SIX
    away_from_pull: Flag = False
    limits_deg: StretchLimits = Field(default_factory=dict)
    move_s: Annotated[float, Field(strict=True, ge=3, le=30)] = 6.0
    hold_s: Annotated[float, Field(strict=True, ge=limits.LEAST_STRETCH_S, le=limits.LONGEST_STRETCH_S)] = 15.0
    repetitions: Repetitions = 1
    rest_s: RestSeconds = 10.0

    @property
    def held_s(self) -> float:
        """At the end of the way out."""
        return self.hold_s


class BreatheBlock(_Block):
    """The pace, and how long. body_scan: no pace; sentences are spoken, for three to eight minutes."""

    kind: Literal["breathe"]
    body_scan: Flag = False
    seconds: Annotated[float, Field(strict=True, gt=0, le=limits.LONGEST_SCAN_S)] = 60.0
    in_s: Annotated[float, Field(strict=True, ge=2, le=limits.LONGEST_IN_S)] = 4.0
    out_s: Annotated[float, Field(strict=True, ge=2, le=limits.LONGEST_OUT_S)] = 6.0

    @model_validator(mode="after")
    def _as_long_as_its_kind(self) -> Self:
        least_s = limits.SHORTEST_SCAN_S
        if self.body_scan and self.seconds < least_s:
            raise beyond_limit("seconds", self.seconds, f"at least {least_s:g} with body_scan", least_s)
        longest_s = limits.LONGEST_BREATHE_S
        if not self.body_scan and self.seconds > longest_s:
            raise beyond_limit("seconds", self.seconds, f"at most {longest_s:g} without body_scan", longest_s)
        return self


class TimedBlock(_Block):
    """words: what to do, as the patient reads it; {far_side} becomes the side away from the pull. drawing: shown in
    place of the mirror, if any. supported_rest: the head is supported, and nothing is held. warmth: a warm compress,
    for ten to fifteen minutes, with what to mind; it is a supported rest too."""

    kind: Literal["timed"]
    words: Annotated[str, Field(strict=True, min_length=1, max_length=200, pattern=PRINTABLE)]
    drawing: Drawing | None = None
    seconds: Annotated[float, Field(strict=True, gt=0, le=limits.LONGEST_WARM_S)] = 20.0
    repetitions: Repetitions = 1
    supported_rest: Flag = False
    warmth: Flag = False
    rest_s: RestSeconds = 10.0

    @property
    def rests(self) -> bool:
        """Whether the head is supported meanwhile."""
        return self.supported_rest or self.warmth

    @property
    def held_s(self) -> float:
        """The camera does not see what is done, so it counts as held."""
        return 0.0 if self.rests else self.seconds

    @model_validator(mode="after")
    def _not_too_long(self) -> Self:
        longest_s = limits.LONGEST_UNMEASURED_S
        if self.held_s > longest_s:
            raise beyond_limit("seconds", self.seconds, f"at most {longest_s:g} without supported_rest", longest_s)
        if self.warmth and self.seconds < limits.SHORTEST_WARM_S:
            least_s = limits.SHORTEST_WARM_S
            raise beyond_limit("seconds", self.seconds, f"at least {least_s:g} with warmth", least_s)
        supported_s = limits.LONGEST_SUPPORTED_S
        if not self.warmth and self.seconds > supported_s:
            raise beyond_limit("seconds", self.seconds, f"at most {supported_s:g} without warmth", supported_s)
        return self


class TrickBlock(_Block):
    """part_s: seconds without, with and again without the touch, each. rounds: how often."""

    kind: Literal["trick"]
    part_s: Annotated[float, Field(strict=True, ge=10, le=30)] = 20.0
    rounds: Annotated[int, Field(strict=True, ge=1, le=5)] = 3
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
    | TrickBlock
    | FreeBlock,
    Field(discriminator="kind"),
]
