import threading
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from made.scripted import made_face

from posture_trainer import shipped_files
from posture_trainer.errors import UserError
from posture_trainer.pose.face import Face
from posture_trainer.pose.trunk.body import Body
from posture_trainer.sources.frames import Frame
from posture_trainer.tracking import bodies
from posture_trainer.tracking.body_beside import EVERY_S, BodyBeside

PICTURE = np.zeros((48, 64, 3), np.uint8)


class Made:
    """A body tracker that is a function of the frame's time."""

    def __init__(self, look: Callable[[float], Body | None]) -> None:
        self._look = look
        self.looked_s: list[float] = []
        self.closed = False

    def track(self, frame: Frame, face: Face | None) -> Body | None:
        self.looked_s.append(frame.t_s)
        return self._look(frame.t_s)

    def close(self) -> None:
        self.closed = True


def a_body(t_s: float) -> Body:
    return Body(t_s, np.zeros((33, 3)), np.ones(33), np.ones(33), (64, 48))


def frame(t_s: float) -> Frame:
    return Frame(t_s, PICTURE)


def test_no_frame_waits_for_a_slow_look() -> None:
    go_on = threading.Event()

    def slowly(t_s: float) -> Body:
        go_on.wait(10.0)
        return a_body(t_s)

    tracker = Made(slowly)
    beside = BodyBeside(lambda: tracker)
    try:
        assert [beside.after(frame(i / 30), (made_face(),)) for i in range(60)] == [None] * 60
    finally:
        go_on.set()
        beside.close()
    assert tracker.looked_s == [0.0], "while one is looked at, others pass by"
    assert tracker.closed


def test_a_recorded_video_gives_the_same_each_time() -> None:
    tracker = Made(a_body)
    beside = BodyBeside(lambda: tracker, in_step=True)
    found = [beside.after(frame(i / 30), ()) for i in range(31)]
    beside.close()
    steps = [body.t_s for body in found if body is not None]
    assert steps == tracker.looked_s[: len(steps)]
    assert len(steps) == 7
    assert min(b - a for a, b in pairwise(steps)) >= EVERY_S - 1e-9


def test_a_look_that_fails_again_and_again_is_given_up() -> None:
    def failing(_t_s: float) -> Body:
        raise RuntimeError("no")

    tracker = Made(failing)
    beside = BodyBeside(lambda: tracker, in_step=True)
    assert [beside.after(frame(i / 5), ()) for i in range(30)] == [None] * 30
    beside.close()
    assert len(tracker.looked_s) == 5


def test_without_its_model_the_mirror_does_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipped_files, "POSE_LANDMARKER_SHA256", "0" * 64)
    with pytest.raises(UserError, match="damaged"):
        bodies.body_model()
    assert bodies.open_body_tracker() is None


def test_the_model_is_the_published_one() -> None:
    assert len(bodies.body_model()) == 5_777_746
