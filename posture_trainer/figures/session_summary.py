"""The figures of one session, added up row by row. Pure; docs/formats.md defines each figure."""

import math
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from posture_trainer.feedback import Cue, PostureState
from posture_trainer.pose.posture import PostureSample
from posture_trainer.pose.quality import Quality

PART_S = 10.0  # time in neutral is also kept in parts of the session
LONGEST_STEP_S = 0.5  # a longer step between rows is a gap: nothing is known of it, so it counts as nothing


Seconds = Annotated[float, Field(ge=0, le=7 * 86_400)]  # no session is longer
Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0, le=1_000_000_000)]
_ROUNDING_S = 1.0
_LARGEST = 1e12


class AngleFigures(BaseModel):
    """Mean and spread (standard deviation) of one smoothed angle over good frames in neutral or out."""

    model_config = ConfigDict(allow_inf_nan=False)

    mean_deg: float = Field(ge=-180, le=180)
    sd_deg: float = Field(ge=0, le=180)


class Summary(BaseModel):
    """The figures of one session. Seconds, shares from 0 to 1, degrees.

    A file whose numbers nobody can mean (negative, beyond any session, more time in neutral than it lasted) is none.
    """

    model_config = ConfigDict(extra="ignore", allow_inf_nan=False)

    schema_version: int = 1
    length_s: Seconds
    seen_s: Seconds
    neutral_s: Seconds
    out_s: Seconds
    paused_s: Seconds
    no_face_s: Seconds
    unsure_s: Seconds = 0.0
    longest_neutral_s: Seconds
    frames: Count
    face_share: Share | None
    good_share: Share | None = None
    cues: dict[str, Count] = Field(max_length=200)
    regained: Count = 0
    angles: dict[str, AngleFigures] = Field(max_length=20)
    ended: str = Field(max_length=200)
    exercises: dict[str, Any] | None = None
    """A section for each exercise of a guided session (figures/exercises.py); None for the mirror alone."""

    @field_validator("exercises")
    @classmethod
    def _of_numbers(cls, value: dict[str, Any] | None) -> dict[str, Any] | None:
        if not _plain(value):
            raise ValueError("numbers beyond any exercise")
        return value

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        parts_s = self.neutral_s + self.out_s
        whole_s = self.seen_s + self.paused_s + self.no_face_s + self.unsure_s
        if abs(parts_s - self.seen_s) > _ROUNDING_S or self.longest_neutral_s > self.neutral_s + _ROUNDING_S:
            raise ValueError("its times do not agree")
        if whole_s > self.length_s + _ROUNDING_S:
            raise ValueError("more time than it lasted")
        return self

    @property
    def cue_count(self) -> int:
        """Cues of all kinds together."""
        return sum(self.cues.values())


def _plain(value: Any) -> bool:
    """Whether all numbers in a value from JSON are some that anything can be done with."""
    if isinstance(value, dict):
        return all(map(_plain, value.values()))
    if isinstance(value, list):
        return all(map(_plain, value))
    return not isinstance(value, int | float) or abs(value) < _LARGEST


class SummaryTally:
    """Adds rows and cues up to a Summary. The time from one row to the next belongs to the earlier row's state."""

    def __init__(self) -> None:
        self._last: tuple[float, PostureState] | None = None
        self._seconds = dict.fromkeys(PostureState, 0.0)
        self._hold_s = self._longest_hold_s = 0.0
        self._parts: list[tuple[float, float]] = []
        self._frames = self._with_face = self._good = self._regained = 0
        self._cues = {cue.value: 0 for cue in Cue}
        self._angles = {name: _Moments() for name in ("rotation", "tilt", "flexion", "deviation")}

    @property
    def neutral_s(self) -> float:
        """Seconds in neutral so far."""
        return self._seconds[PostureState.NEUTRAL]

    def add(self, sample: PostureSample, state: PostureState) -> None:
        """Count one row of samples.csv."""
        if self._last is not None:
            last_t_s, last_state = self._last
            step_s = sample.t_s - last_t_s
            if 0.0 <= step_s <= LONGEST_STEP_S:
                self._seconds[last_state] += step_s
                self._add_to_part(last_t_s, last_state, step_s)
                if last_state is PostureState.NEUTRAL:
                    self._hold_s += step_s
                    self._longest_hold_s = max(self._longest_hold_s, self._hold_s)
            if step_s > LONGEST_STEP_S or state is not PostureState.NEUTRAL:
                self._hold_s = 0.0
        self._last = (sample.t_s, state)
        self._frames += 1
        self._with_face += sample.smoothed is not None
        self._good += sample.quality is Quality.GOOD
        practising = state in (PostureState.NEUTRAL, PostureState.OUT)
        if sample.smoothed is not None and sample.quality is Quality.GOOD and practising:
            for name, moments in self._angles.items():
                moments.add(getattr(sample.smoothed, f"{name}_deg"))

    def _add_to_part(self, t_s: float, state: PostureState, step_s: float) -> None:
        while len(self._parts) <= t_s / PART_S:
            self._parts.append((0.0, 0.0))
        neutral_s, seen_s = self._parts[int(t_s / PART_S)]
        if state is PostureState.NEUTRAL:
            neutral_s += step_s
        if state in (PostureState.NEUTRAL, PostureState.OUT):
            seen_s += step_s
        self._parts[int(t_s / PART_S)] = (neutral_s, seen_s)

    @property
    def parts(self) -> list[tuple[float, float]]:
        """Seconds in neutral, and seen and not paused, of each PART_S of the session."""
        return list(self._parts)

    def add_cue(self, cue: str) -> None:
        """Count one cue; one of an unknown kind counts under its own name."""
        self._cues[cue] = self._cues.get(cue, 0) + 1

    def add_regained(self) -> None:
        """Count one confirmation that neutral was regained."""
        self._regained += 1

    def summary(self, ended: str, length_s: float | None = None) -> Summary:
        """The figures so far. ended: why the session ended. length_s: its length, where it is known better."""
        last_s = self._last[0] if self._last else 0.0
        seconds = {state: round(value, 3) for state, value in self._seconds.items()}
        return Summary(
            length_s=round(max(last_s, length_s or 0.0), 3),
            seen_s=round(seconds[PostureState.NEUTRAL] + seconds[PostureState.OUT], 3),
            neutral_s=seconds[PostureState.NEUTRAL],
            out_s=seconds[PostureState.OUT],
            paused_s=seconds[PostureState.PAUSED],
            no_face_s=seconds[PostureState.NO_FACE],
            unsure_s=seconds[PostureState.UNSURE],
            longest_neutral_s=round(self._longest_hold_s, 3),
            frames=self._frames,
            face_share=round(self._with_face / self._frames, 4) if self._frames else None,
            good_share=round(self._good / self._with_face, 4) if self._with_face else None,
            cues=self._cues,
            regained=self._regained,
            angles={name: moments.figures() for name, moments in self._angles.items() if moments.count},
            ended=ended,
        )


class _Moments:
    """Running mean and variance of one angle (Welford 1962)."""

    def __init__(self) -> None:
        self.count, self._mean, self._squares = 0, 0.0, 0.0

    def add(self, value: float) -> None:
        self.count += 1
        change = value - self._mean
        self._mean += change / self.count
        self._squares += change * (value - self._mean)

    def figures(self) -> AngleFigures:
        return AngleFigures(mean_deg=round(self._mean, 3), sd_deg=round(math.sqrt(self._squares / self.count), 3))
