"""How far the way back is: in a word (closer, almost straight; never one for worse), and by the pace of soft touches.
Pure but for its memory."""

from posture_trainer.feedback import Cue, Feedback, Way
from posture_trainer.words.directions import ALMOST, CLOSER

_SHARE, _KEPT_S, _ALMOST = 1 / 3, 1.0, 1.5
NEAR_S, FAR_S, FAR_DEG = 0.5, 2.0, 45.0
_AFTER_CUE_S = 1.0  # a cue is heard to its end


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


def pause_s(way: Way) -> float:
    """Seconds from one touch to the next: FAR_S at 45 degrees and beyond, NEAR_S at the tolerance, in equal steps."""
    whole_deg = max(1.0, FAR_DEG - way.tolerance_deg)
    share = min(1.0, max(0.0, (way.off_deg - way.tolerance_deg) / whole_deg))
    return NEAR_S + share * (FAR_S - NEAR_S)


class Pace:
    """When the next touch is due. It is quiet inside the tolerance, and wherever no way back is shown."""

    def __init__(self) -> None:
        self._next_s: float | None = None

    def due(self, t_s: float, feedback: Feedback) -> bool:
        """Whether one is due at this moment."""
        way = feedback.way
        if feedback.way_back is None or way is None:
            self._next_s = None
            return False
        if feedback.cue is not None or self._next_s is None:
            self._next_s = t_s + _AFTER_CUE_S
            return False
        if t_s < self._next_s:
            return False
        self._next_s = t_s + pause_s(way)
        return True
