"""The kinds of values that plans and patient files hold, with what is allowed, and the base of their models."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainValidator
from pydantic_core import PydanticCustomError

from posture_trainer.exercises.feedback_schedule import LADDER
from posture_trainer.feedback import Tolerances

SMALLEST_TOLERANCE_DEG, LARGEST_TOLERANCE_DEG = 1.0, 45.0


class Table(BaseModel):
    """A table of a TOML file: no unknown keys, no infinite numbers."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, populate_by_name=True)


def _on_the_ladder(value: Any) -> Any:
    if value == "fade" or (isinstance(value, int | float) and not isinstance(value, bool) and value in LADDER):
        return value if value == "fade" else float(value)
    raise PydanticCustomError("feedback_share", "1.0, 0.67, 0.33, 0.0 or 'fade'")


Seconds = Annotated[float, Field(strict=True, gt=0, le=600)]
RestSeconds = Annotated[float, Field(strict=True, ge=0, le=600)]
Repetitions = Annotated[int, Field(strict=True, ge=1, le=60)]
Degrees = Annotated[float, Field(strict=True, gt=0, le=90)]
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
