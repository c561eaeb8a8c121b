"""The figures of one session as summary.json has them: added up row by row while it runs, or from its rows afterwards.

Pure; docs/formats.md defines each figure. Both ways give the same (tests/test_session_summary.py).
"""

import math
from collections.abc import Iterable
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from posture_trainer.feedback import LONGEST_GAP_S, Cue, PostureState, time_in_tolerance
from posture_trainer.figures import practice_time, trust
from posture_trainer.figures.samples import AXES, Samples
from posture_trainer.pose.posture import PostureSample
from posture_trainer.pose.quality import Quality

PART_S = 10.0  # time in neutral is also kept in parts of the session
Seconds = Annotated[float, Field(ge=0, le=practice_time.LONGEST_SESSION_S)]
Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0, le=1_000_000_000)]
_ROUNDING_S = 1.0
_LARGEST = 1e12


class MeanAndSpread(BaseModel):
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
    angles: dict[str, MeanAndSpread] = Field(max_length=20)
    ended: str = Field(max_length=200)
    utc_offset_s: int | None = Field(default=None, ge=-64_800, le=64_800)
    kept_to: str = Field(default="neutral", max_length=40)
    """Where the patient was to be, by its key in words/kept_place.py: a start position is not called neutral."""
    refused: str | None = Field(default=None, max_length=40)
    """Why there was no session (plans/gate.py); None where there was one."""
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

    @property
    def in_tolerance_share(self) -> float | None:
        """Share of the time seen that was in tolerance."""
        return time_in_tolerance(self.neutral_s, self.out_s)


def summary_of(samples: Samples, events: Iterable[dict[str, Any]], ended: str) -> Summary:
    """The summary of a session from its rows and the lines of its events, without its exercises."""
    found = list(events)
    rows = practice_time.measured_well(samples)
    angles = {name: samples.angle_deg(name)[rows] for name in (*AXES, "deviation")} if rows.any() else {}
    return Summary(
        length_s=round(practice_time.length_s(samples), 3),
        **_seconds({state: practice_time.state_s(samples, state) for state in PostureState}),
        longest_neutral_s=round(practice_time.longest_hold(samples)[1], 3),
        frames=len(samples.t_s),
        face_share=_share(trust.face_share(samples)),
        good_share=_share(trust.good_share(samples)),
        cues=cues_of(found),
        regained=sum(event["event"] == "regained" for event in found),
        angles={name: mean_and_spread(float(each.mean()), float(each.std())) for name, each in angles.items()},
        ended=ended,
    )


def cues_of(events: Iterable[dict[str, Any]]) -> dict[str, int]:
    """How many cues of each kind there were; one of an unknown kind counts under its own name."""
    cues = {cue.value: 0 for cue in Cue}
    for event in events:
        if event["event"] == "cue":
            cue = str(event.get("cue", "unknown"))
            cues[cue] = cues.get(cue, 0) + 1
    return cues


def mean_and_spread(mean_deg: float, sd_deg: float) -> MeanAndSpread:
    """As they are recorded: to a thousandth of a degree."""
    return MeanAndSpread(mean_deg=round(mean_deg, 3), sd_deg=round(sd_deg, 3))


def _seconds(of_state: dict[PostureState, float]) -> dict[str, Any]:
    seconds = {f"{state.value}_s": round(value, 3) for state, value in of_state.items()}
    return {**seconds, "seen_s": round(seconds["neutral_s"] + seconds["out_s"], 3)}


def _share(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _plain(value: Any) -> bool:
    """Whether all numbers in a value from JSON are some that anything can be done with."""
    waiting = [value]
    for each in waiting:  # a clinic has a hundred thousand
        kind = type(each)
        if kind is dict:
            waiting += each.values()
        elif kind is list:
            waiting += each
        elif (kind is float or kind is int) and not abs(each) < _LARGEST:
            return False
    return True


class SummaryTally:
    """Adds rows and cues up to a Summary. The time from one row to the next belongs to the earlier row's state."""

    def __init__(self) -> None:
        self._last: tuple[float, PostureState] | None = None
        self._seconds = dict.fromkeys(PostureState, 0.0)
        self._hold_s = self._longest_hold_s = 0.0
        self._parts: list[tuple[float, float]] = []
        self._frames = self._with_face = self._good = self._regained = 0
        self._cues = cues_of(())
        self._angles = {name: _Moments() for name in (*AXES, "deviation")}

    @property
    def neutral_s(self) -> float:
        """Seconds in neutral so far."""
        return self._seconds[PostureState.NEUTRAL]

    def add(self, sample: PostureSample, state: PostureState) -> None:
        """Count one row of samples.csv."""
        if self._last is not None:
            last_t_s, last_state = self._last
            step_s = sample.t_s - last_t_s
            if 0.0 <= step_s <= LONGEST_GAP_S:
                self._seconds[last_state] += step_s
                self._add_to_part(last_t_s, last_state, step_s)
                if last_state is PostureState.NEUTRAL:
                    self._hold_s += step_s
                    self._longest_hold_s = max(self._longest_hold_s, self._hold_s)
            if step_s > LONGEST_GAP_S or state is not PostureState.NEUTRAL:
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
        return Summary(
            length_s=round(practice_time.longer_s(last_s, length_s), 3),
            **_seconds(self._seconds),
            longest_neutral_s=round(self._longest_hold_s, 3),
            frames=self._frames,
            face_share=_share(self._with_face / self._frames if self._frames else None),
            good_share=_share(self._good / self._with_face if self._with_face else None),
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

    def figures(self) -> MeanAndSpread:
        return mean_and_spread(self._mean, math.sqrt(self._squares / self.count))
