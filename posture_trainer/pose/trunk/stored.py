"""The shoulders' neutral as a baseline keeps it."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from posture_trainer.pose.camera_model import Camera
from posture_trainer.pose.trunk.body import Body
from posture_trainer.pose.trunk.shoulders import Place, Shoulders, mean, shoulders

FEWEST_LOOKS = 4
_Degrees = Annotated[float, Field(ge=-180, le=180)]
_Cm = Annotated[float, Field(ge=-1000, le=1000)]


class StoredShoulders(BaseModel):
    """As `Shoulders` (shoulders.py); spread_deg: of the line, root mean square; looks: how many it is made of."""

    model_config = ConfigDict(frozen=True, allow_inf_nan=False)

    line_deg: _Degrees
    turn_deg: _Degrees
    right_cm: tuple[_Cm, _Cm]
    left_cm: tuple[_Cm, _Cm]
    depth_cm: float = Field(gt=0, le=10_000)
    spread_deg: float = Field(ge=0, le=180)
    looks: int = Field(ge=1, le=1_000_000)

    def seen(self) -> Shoulders:
        """As they were seen."""
        return Shoulders(self.line_deg, self.turn_deg, self.right_cm, self.left_cm, self.depth_cm)


def stored_shoulders(bodies: Sequence[Body], head_cm: Place, camera: Camera) -> StoredShoulders | None:
    """The neutral of the shoulders from the looks of a neutral; None where they were seen too seldom."""
    found = [each for body in bodies if (each := shoulders(body, head_cm, camera)) is not None]
    if len(found) < FEWEST_LOOKS or len(found) < len(bodies) / 2:
        return None
    middle, spread_deg = mean(found)
    if middle.breadth_cm < 1:
        return None

    def rounded(place: tuple[float, float]) -> tuple[float, float]:
        return round(place[0], 3), round(place[1], 3)

    return StoredShoulders(
        line_deg=round(middle.line_deg, 3),
        turn_deg=round(middle.turn_deg, 3),
        right_cm=rounded(middle.right_cm),
        left_cm=rounded(middle.left_cm),
        depth_cm=round(middle.depth_cm, 3),
        spread_deg=round(spread_deg, 3),
        looks=len(found),
    )
