"""What looks through the camera at the desk: seldom, on its own thread, and again where the camera has gone."""

import threading
from collections.abc import Callable

import numpy as np
from made.scripted import ScriptedSource, ScriptedTracker, frames_at, made_face

from posture_trainer.errors import NoCamera
from posture_trainer.session.desk.eyes import CameraEyes, Glimpse
from posture_trainer.sources.frames import Frame

LONGEST_S = 10.0


def first(eyes: CameraEyes, wanted: Callable[[Glimpse], bool]) -> Glimpse:
    """The first look of that kind."""
    moment = threading.Event()
    for _ in range(round(LONGEST_S / 0.01)):
        glimpse = eyes.take()
        if glimpse is not None and wanted(glimpse):
            return glimpse
        moment.wait(0.01)
    raise AssertionError("it never came")


def test_it_looks_says_what_it_saw_and_closes_the_camera() -> None:
    source = ScriptedSource(frames_at([0.0, 0.3]), live=True)
    tracker = ScriptedTracker(lambda _frame: made_face())
    eyes = CameraEyes(lambda: source, lambda: tracker)
    seen = first(eyes, lambda glimpse: bool(glimpse.faces))
    assert (seen.tracker, seen.lost, seen.covered) == ("scripted", False, False)
    assert seen.info is not None
    eyes.close()
    assert source.closed
    assert tracker.closed


def test_a_camera_that_does_not_open_is_told_and_a_covered_one_too() -> None:
    def none() -> ScriptedSource:
        raise NoCamera("There is none.")

    eyes = CameraEyes(none, lambda: ScriptedTracker(lambda _frame: None))
    assert first(eyes, lambda glimpse: glimpse.lost).words == "There is none."
    eyes.close()
    dark = Frame(0.0, np.zeros((24, 32, 3), np.uint8))
    eyes = CameraEyes(lambda: ScriptedSource([dark], live=True), lambda: ScriptedTracker(lambda _frame: None))
    assert first(eyes, lambda glimpse: not glimpse.lost).covered
    eyes.close()


def test_without_a_tracker_it_says_so() -> None:
    def broken() -> ScriptedTracker:
        raise OSError("no model")

    eyes = CameraEyes(lambda: ScriptedSource([], live=True), broken)
    assert first(eyes, lambda glimpse: glimpse.lost).words == "no model"
    eyes.close()
