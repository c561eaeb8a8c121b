"""Outlives a frame on which tracking or pose fails: it is left out and counted, and only a long row of them ends it."""

from dataclasses import dataclass, replace

from posture_trainer.errors import UserError
from posture_trainer.pose.face import Face
from posture_trainer.sources.frames import Frame
from posture_trainer.tracking.faces import FaceTracker

FEWEST_IN_A_ROW, LONGEST_ROW_S = 5, 2.0  # more than this, and for longer than this: it will not get better


@dataclass(frozen=True)
class BadFrames:
    """How many frames failed so far, and how long the row of them is that lasts on. kind: of the last fault."""

    count: int = 0
    in_a_row: int = 0
    since_s: float = 0.0
    kind: str = ""

    def after_fault(self, t_s: float, error: Exception) -> "BadFrames":
        """After a frame at `t_s` that raised this. Raises UserError when nothing has worked for too long."""
        since_s = self.since_s if self.in_a_row else t_s
        after = BadFrames(self.count + 1, self.in_a_row + 1, since_s, type(error).__name__)
        if after.in_a_row >= FEWEST_IN_A_ROW and t_s - since_s >= LONGEST_ROW_S:
            raise UserError(
                f"The face can't be followed any more ({after.kind}). Please start again; if it happens again: "
                "posture-trainer check"
            ) from error
        return after

    def after_good(self) -> "BadFrames":
        """After a frame that worked."""
        return replace(self, in_a_row=0) if self.in_a_row else self


class CarefulTracker:
    """A face tracker that gives no faces where the tracker beneath it raises; `left_out` tells those frames.

    Raises UserError when it has raised on every frame for 2 s.
    """

    def __init__(self, tracker: FaceTracker) -> None:
        self._tracker = tracker
        self.name = tracker.name
        self._left_out: set[float] = set()
        self.bad = BadFrames()

    def track(self, frame: Frame, fine: bool) -> tuple[Face, ...]:
        """The faces in the frame."""
        try:
            faces = self._tracker.track(frame, fine)
        except UserError:
            raise
        except Exception as error:
            self._left_out.add(frame.t_s)
            self.bad = self.bad.after_fault(frame.t_s, error)
            return ()
        self.bad = self.bad.after_good()
        return faces

    def left_out(self, t_s: float) -> bool:
        """Whether the frame of that time failed; asked once for each frame."""
        if t_s not in self._left_out:
            return False
        self._left_out.discard(t_s)
        return True

    def close(self) -> None:
        """Close the tracker."""
        self._tracker.close()
