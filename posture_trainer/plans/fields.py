"""The kinds of values that plans and patient files hold, with what is allowed, and the base of their models."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator
from pydantic_core import PydanticCustomError

from posture_trainer.exercises.feedback_schedule import LADDER
from posture_trainer.feedback import Tolerances
from posture_trainer.plans import limits
from posture_trainer.pose.directions import Direction

SMALLEST_TOLERANCE_DEG, LARGEST_TOLERANCE_DEG = 1.0, 45.0


class Table(BaseModel):
    """A table of a TOML file: no unknown keys, no infinite numbers."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, populate_by_name=True)


def beyond_limit(key: str | tuple[str | int, ...], found: object, allowed: str, value: object) -> PydanticCustomError:
    """The error for what a single field's bounds can't say. key: its place, from where the check stands.

    value: what a file that is there already is brought to; None takes its block out.
    """
    place = key if isinstance(key, tuple) else (key,)
    told = {"key": place, "found": found, "allowed": allowed, "value": value}
    return PydanticCustomError("beyond_limit", "beyond a limit", told)


def _on_the_ladder(value: Any) -> Any:
    if value == "fade" or (isinstance(value, int | float) and not isinstance(value, bool) and value in LADDER):
        return value if value == "fade" else float(value)
    raise PydanticCustomError("feedback_share", "1.0, 0.67, 0.33, 0.0 or 'fade'")


def _not_too_far(limits_deg: dict[Direction, float]) -> dict[Direction, float]:
    for way, degrees in limits_deg.items():
        furthest_deg = limits.FURTHEST_DEG[way]
        if degrees > furthest_deg:
            raise beyond_limit(way.value, degrees, f"at most {furthest_deg:g}", furthest_deg)
    return limits_deg


RestSeconds = Annotated[float, Field(strict=True, ge=limits.LEAST_REST_S, le=600)]
Repetitions = Annotated[int, Field(strict=True, ge=1, le=limits.MOST_REPETITIONS)]
_Degrees = Annotated[float, Field(strict=True, gt=0)]
StretchLimits = Annotated[dict[Direction, _Degrees], AfterValidator(_not_too_far)]
ToleranceDegrees = Annotated[float, Field(strict=True, ge=SMALLEST_TOLERANCE_DEG, le=LARGEST_TOLERANCE_DEG)]
Day = Annotated[date, Field(ge=date(1970, 1, 1), le=date(2200, 12, 31))]
Flag = Annotated[bool, Field(strict=True)]
PRINTABLE = r"^(?:[^\p{Cc}]|[\n\t])*$"  # it is shown in a terminal, where control characters do things
Words = Annotated[str, Field(strict=True, max_length=2000, pattern=PRINTABLE)]
Text = Annotated[str, Field(strict=True, max_length=2000)]
ShortText = Annotated[str, Field(strict=True, max_length=60, pattern=PRINTABLE)]
FeedbackShare = Annotated[float | Literal["fade"], PlainValidator(_on_the_ladder)]


class TolerancesTable(Table):
    """How far from neutral is still fine, in degrees; what is left out is as the patient's own, or the program's."""

    rotation_right_deg: ToleranceDegrees | None = None
    rotation_left_deg: ToleranceDegrees | None = None
    tilt_right_deg: ToleranceDegrees | None = None
    tilt_left_deg: ToleranceDegrees | None = None
    flexion_deg: ToleranceDegrees | None = None
    extension_deg: ToleranceDegrees | None = None

    def over(self, others: Tolerances) -> Tolerances:
        """These where they are set, the others where they are not."""
        return Tolerances(**{**others.__dict__, **self.model_dump(exclude_none=True)})
