"""From a tracked frame to the patient's posture, whatever happens on a single frame."""

from collections.abc import Sequence

from posture_trainer.errors import UserError
from posture_trainer.pose.face import Face
from posture_trainer.pose.posture import PatientPosture, PostureSample
from posture_trainer.tracking.careful import BadFrames


class Measuring:
    """One patient's posture from frame to frame. A frame on which the computation fails is left out and counted."""

    def __init__(self) -> None:
        self._posture: PatientPosture | None = None
        self.bad = BadFrames()

    def use(self, posture: PatientPosture) -> None:
        """From now on angles are those of this posture."""
        self._posture = posture

    def sample(self, t_s: float, faces: Sequence[Face], damaged: bool = False) -> PostureSample | None:
        """The sample for the faces seen at `t_s`, or None for a frame to be left out.

        Raises UserError when nothing could be computed for 2 s.
        """
        assert self._posture is not None, "measured before there was anything to measure against"
        try:
            sample = self._posture.sample(t_s, faces, damaged)
        except UserError:
            raise
        except Exception as error:
            self.bad = self.bad.after_fault(t_s, error)
            return None
        self.bad = self.bad.after_good()
        return sample
