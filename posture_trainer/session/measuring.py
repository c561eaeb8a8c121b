"""From a tracked frame to the patient's posture, whatever happens on a single frame."""

from collections.abc import Sequence
from dataclasses import replace

from posture_trainer.errors import UserError
from posture_trainer.pose.camera_model import Camera
from posture_trainer.pose.face import Face
from posture_trainer.pose.neutral.baseline import Baseline
from posture_trainer.pose.posture import PatientPosture, PostureSample
from posture_trainer.pose.trunk.body import Body
from posture_trainer.pose.trunk.follow import TrunkFollower
from posture_trainer.tracking.careful import BadFrames


class Measuring:
    """One patient's posture from frame to frame. A frame on which the computation fails is left out and counted."""

    def __init__(self) -> None:
        self._posture: PatientPosture | None = None
        self._trunk: TrunkFollower | None = None
        self.bad = BadFrames()

    def use(self, posture: PatientPosture, baseline: Baseline | None = None) -> None:
        """From now on angles are those of this posture; the trunk is measured where its baseline is given."""
        self._posture, self._trunk = posture, _trunk_of(baseline) if baseline is not None else None

    def sample(
        self, t_s: float, faces: Sequence[Face], damaged: bool = False, body: Body | None = None
    ) -> PostureSample | None:
        """The sample for the faces seen at `t_s`, or None for a frame to be left out. body: what became known of it.

        Raises UserError when nothing could be computed for 2 s.
        """
        assert self._posture is not None, "measured before there was anything to measure against"
        try:
            sample = self._posture.sample(t_s, faces, damaged)
            if self._trunk is not None:
                trunk = self._trunk.after(t_s, sample.smoothed, sample.position_cm, body)
                sample = replace(sample, trunk=trunk) if trunk is not None else sample
        except UserError:
            raise
        except Exception as error:
            self.bad = self.bad.after_fault(t_s, error)
            return None
        self.bad = self.bad.after_good()
        return sample


def _trunk_of(baseline: Baseline) -> TrunkFollower:
    width, height = baseline.picture_size
    x, y, z = baseline.position_cm
    neutral = baseline.shoulders.seen() if baseline.shoulders is not None else None
    return TrunkFollower(neutral, Camera(width, height, baseline.vfov_deg), (x, y, z))
