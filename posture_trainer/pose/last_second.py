"""The posture of the last second: the place that a tremor swings about. Pure."""

import math
from dataclasses import dataclass

from posture_trainer.pose.angles import HeadAngles, deviation_deg

AVERAGED_S = 1.0  # of a swing of 2 Hz nothing is left in the mean, of one of 1.5 Hz a fifth
_ROUNDING_S = 1e-6  # sums of float steps fall a hair short of it


@dataclass(frozen=True)
class LastSecond:
    """moments: of the last second in which a face was seen, oldest first: how long each stood for, in seconds, then
    rotation, tilt and flexion in degrees."""

    moments: tuple[tuple[float, float, float, float], ...] = ()

    def after(self, dt_s: float, now: HeadAngles | None) -> "LastSecond":
        """One moment on, which stood for so many seconds; one without a face (None) adds nothing."""
        if now is None:
            return self
        moments = (*self.moments, (dt_s, now.rotation_deg, now.tilt_deg, now.flexion_deg))
        spare_s = sum(moment[0] for moment in moments) - AVERAGED_S
        while spare_s >= moments[0][0]:
            spare_s, moments = spare_s - moments[0][0], moments[1:]
        return LastSecond(moments)

    @property
    def full(self) -> bool:
        """Whether a whole second was seen: less says nothing of a place."""
        return sum(moment[0] for moment in self.moments) >= AVERAGED_S - _ROUNDING_S

    @property
    def mean(self) -> HeadAngles:
        """The mean of each angle over exactly the last second, each moment by how long it stood for."""
        spare_s = max(0.0, sum(moment[0] for moment in self.moments) - AVERAGED_S)
        (oldest_s, *oldest), *others = self.moments
        weighed = [(oldest_s - spare_s, *oldest), *others]
        whole_s = math.fsum(moment[0] for moment in weighed)
        rotation, tilt, flexion = (
            math.fsum(moment[0] * moment[axis] for moment in weighed) / whole_s for axis in (1, 2, 3)
        )
        return HeadAngles(rotation, tilt, flexion, deviation_deg(rotation, tilt, flexion))
