"""From the pose of the face in one frame to the patient's posture relative to neutral. Pure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posture_trainer.pose.angles import HeadAngles, Matrix, head_angles
from posture_trainer.pose.one_euro import OneEuroSettings, OneEuroState, smooth

SMOOTHING_GAP_S = 0.5  # the filter starts anew when no face was seen for longer than this


@dataclass(frozen=True, eq=False)
class FacePose:
    """Where a face is in one frame.

    rotation: 3x3, head axes to camera axes. position_cm: (3,) in camera axes. landmarks: (478, 2) shares of
    the picture's width and height. width_px: width of the face in the picture.
    """

    rotation: Matrix
    position_cm: NDArray[np.float64]
    landmarks: NDArray[np.float64]
    width_px: float


@dataclass(frozen=True)
class Neutral:
    """The neutral head that all angles and positions refer to (see FacePose for the axes)."""

    rotation: Matrix
    position_cm: NDArray[np.float64]


@dataclass(frozen=True)
class PostureSample:
    """One frame's posture. All but t_s are None when no face was seen.

    smoothed: what cues are decided on. measured: the same before our smoothing.
    position_cm: x to the patient's left, y up, z towards the camera, relative to the neutral position.
    """

    t_s: float
    smoothed: HeadAngles | None = None
    measured: HeadAngles | None = None
    position_cm: tuple[float, float, float] | None = None


class PostureFilter:
    """Turns poses, one after the other, into samples relative to one neutral head."""

    def __init__(self, neutral: Neutral, smoothing: OneEuroSettings | None = None) -> None:
        self._neutral = neutral
        self._settings = smoothing or OneEuroSettings()
        self._smoothing: OneEuroState | None = None

    def sample(self, t_s: float, pose: FacePose | None) -> PostureSample:
        """The sample for the pose seen at `t_s` (seconds, growing), or for none."""
        if pose is None:
            return PostureSample(t_s)
        last = self._smoothing
        if last is not None and t_s - last.t_s > SMOOTHING_GAP_S:
            last = None
        self._smoothing = smooth(last, self._settings, t_s, pose.rotation)
        moved = pose.position_cm - self._neutral.position_cm
        return PostureSample(
            t_s,
            smoothed=head_angles(self._neutral.rotation, self._smoothing.rotation),
            measured=head_angles(self._neutral.rotation, pose.rotation),
            position_cm=(float(moved[0]), float(moved[1]), float(moved[2])),
        )
