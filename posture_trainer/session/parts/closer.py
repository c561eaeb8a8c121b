"""The word under the sign of the way back: closer, almost straight; never one for worse. Pure but for its memory."""

from posture_trainer.feedback import Cue, Feedback
from posture_trainer.words.directions import ALMOST, CLOSER

_SHARE, _KEPT_S, _ALMOST = 1 / 3, 1.0, 1.5


class Closer:
    """Follows one way back. A third of the way that was done and kept for a second is closer."""

    def __init__(self) -> None:
        self._cue: Cue | None = None
        self._farthest_deg = 0.0
        self._since_s: float | None = None

    def word(self, t_s: float, feedback: Feedback) -> str:
        """The word at this moment, '' for none."""
        way = feedback.way
        if feedback.way_back is None or way is None:
            self._cue = None
            return ""
        if feedback.way_back is not self._cue:
            self._cue, self._farthest_deg, self._since_s = feedback.way_back, way.off_deg, None
        if way.off_deg > self._farthest_deg:
            self._farthest_deg = way.off_deg
        if way.off_deg <= _ALMOST * way.tolerance_deg:
            return ALMOST
        done_deg, whole_deg = self._farthest_deg - way.off_deg, self._farthest_deg - way.tolerance_deg
        if done_deg < _SHARE * whole_deg:
            self._since_s = None
            return ""
        self._since_s = t_s if self._since_s is None else self._since_s
        return CLOSER if t_s - self._since_s >= _KEPT_S else ""
