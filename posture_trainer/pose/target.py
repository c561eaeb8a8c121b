"""The target: where practice guides the head to, as angles from neutral. All zero is neutral itself.

A therapist sets it as a step on the way to neutral. The angles are head angles (angles.py): in the neutral head's own
axes, or in those of this neck where the baseline has them. So the rotation of a head on the target is
R = R_neutral A Rx(flexion) Rz(tilt) Ry(-rotation) A^T, with A = neck_axes or the identity, and a head is on the target
when its three angles are the target's. Measured angles stay relative to neutral.
"""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from posture_trainer.pose.angles import Matrix, rotation_from_angles

FURTHEST_DEG = 30.0  # further, and one axis's way back begins to move the others
_Degrees = Annotated[float, Field(ge=-FURTHEST_DEG, le=FURTHEST_DEG, allow_inf_nan=False)]


@dataclass(frozen=True)
class Target:
    """Angles from neutral in degrees, up to 30 to each side, signed as head angles are."""

    rotation_deg: _Degrees = 0.0
    tilt_deg: _Degrees = 0.0
    flexion_deg: _Degrees = 0.0

    def rotation(self) -> Matrix:
        """The 3x3 rotation away from neutral."""
        return rotation_from_angles(self.rotation_deg, self.tilt_deg, self.flexion_deg)


NEUTRAL = Target()
