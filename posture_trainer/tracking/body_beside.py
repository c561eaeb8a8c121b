"""Follows the body beside the face, on a thread of its own: no frame of the mirror ever waits for it."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from posture_trainer.pose.face import Face
from posture_trainer.pose.trunk.body import Body
from posture_trainer.sources.frames import Frame
from posture_trainer.tracking.bodies import BodyTracker

EVERY_S = 0.125  # a trunk is slow, and is averaged over a second
_MOST_FAULTS = 5  # then the body is not looked for any more: the face is what matters


class BodyBeside:
    """One frame at a time: while one is being looked at, others pass by.

    in_step: a recorded video is to give the same each time, however fast it goes: each look is waited for when the
    next is due. A live picture is not waited for at all.
    """

    def __init__(self, make_tracker: Callable[[], BodyTracker | None], in_step: bool = False) -> None:
        self._make, self._in_step = make_tracker, in_step
        self._beside = ThreadPoolExecutor(1, "body")
        self._tracker: BodyTracker | None = None
        self._loaded = False
        self._asked_s: float | None = None
        self._answer: Future[Body | None] | None = None
        self._faults = 0

    def after(self, frame: Frame, faces: Sequence[Face]) -> Body | None:
        """The body that became known since the last frame, if any. faces: of this frame; the largest is taken."""
        due = self._asked_s is None or not 0 <= frame.t_s - self._asked_s < EVERY_S
        known = None
        if self._answer is not None and (due if self._in_step else self._answer.done()):
            known, self._answer = self._result(self._answer), None
        if due and self._answer is None and self._faults < _MOST_FAULTS:
            self._asked_s = frame.t_s
            face = max(faces, key=lambda each: each.width_px) if faces else None
            self._answer = self._beside.submit(self._look, frame, face)
        return known

    def close(self) -> None:
        """End the thread, and close the tracker."""
        self._beside.shutdown(cancel_futures=True)
        if self._tracker is not None:
            self._tracker.close()

    def _look(self, frame: Frame, face: Face | None) -> Body | None:
        if not self._loaded:
            self._loaded, self._tracker = True, self._make()
        return self._tracker.track(frame, face) if self._tracker is not None else None

    def _result(self, answer: Future[Body | None]) -> Body | None:
        try:
            body = answer.result()
        except Exception:  # whatever it is: the mirror goes on without
            self._faults += 1
            return None
        self._faults = 0
        return body
