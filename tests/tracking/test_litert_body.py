"""The body of a made-up person in the clips of the demos: what was put there is seen, on its side."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import av
import numpy as np
import pytest

from posture_trainer import shipped_files
from posture_trainer.pose.neutral.baseline import Baseline, with_shoulders
from posture_trainer.pose.neutral.recording import ANY_STILLNESS, record_baseline
from posture_trainer.pose.posture import PatientPosture
from posture_trainer.pose.trunk.follow import TrunkSample
from posture_trainer.pose.trunk.hand import Hand, HandSeen, Place
from posture_trainer.session.measuring import Measuring
from posture_trainer.sources.frames import Frame
from posture_trainer.tracking.bodies import body_model
from posture_trainer.tracking.litert_body import LiteRtBody
from posture_trainer.tracking.litert_tracker import LiteRtTracker

LOOKS = 4


class Room:
    """Looks at single pictures of a clip, each as if it stood still for half a second; neutral from the first."""

    def __init__(self, plan: str) -> None:
        with av.open(str(shipped_files.body_clip(plan))) as file:
            self._pictures = [frame.to_ndarray(format="bgr24") for frame in file.decode(video=0)]
        self._tracker, self._body = LiteRtTracker(), LiteRtBody(body_model())
        self._baseline: Baseline | None = None

    def at(self, t_s: float) -> TrunkSample:
        picture = np.asarray(self._pictures[round(12 * t_s)], np.uint8)
        (face,) = self._tracker.track(Frame(t_s, picture), True)
        bodies = [self._body.track(Frame(look / 8, picture), face) for look in range(LOOKS)]
        looks = [body for body in bodies if body is not None]
        if self._baseline is None:
            found = record_baseline(
                [(0.0, face)], 45.0, created_utc=datetime.now(UTC), source={}, versions={}, rules=ANY_STILLNESS
            )
            assert isinstance(found, Baseline)
            self._baseline = with_shoulders(found, looks)
            assert self._baseline.shoulders is not None
        measuring = Measuring()
        measuring.use(PatientPosture(self._baseline), self._baseline)
        trunk = None
        for look in looks:
            sample = measuring.sample(look.t_s, (face,), False, look)
            assert sample is not None
            trunk = sample.trunk
        assert trunk is not None
        return trunk

    def close(self) -> None:
        self._tracker.close()


@pytest.fixture(scope="module")
def touch() -> Iterator[Room]:
    with closing(Room("trick")) as room:
        yield room


@pytest.fixture(scope="module")
def shoulders() -> Iterator[Room]:
    with closing(Room("shoulders")) as room:
        yield room


def test_a_hand_at_the_cheek_is_seen_and_none_before_and_after(touch: Room) -> None:
    assert touch.at(1.0).hand == HandSeen(Hand.NONE)
    assert touch.at(30.0).hand == HandSeen(Hand.RIGHT, Place.CHEEK)
    assert touch.at(50.0).hand == HandSeen(Hand.NONE)


def test_a_turned_trunk_and_a_lifted_shoulder_are_told_apart(shoulders: Room) -> None:
    straight, turned, lifted = (shoulders.at(t_s).figures for t_s in (1.0, 10.0, 22.0))
    assert straight is not None
    assert turned is not None
    assert lifted is not None
    assert abs(straight.trunk_rotation_deg) < 3
    assert turned.trunk_rotation_deg > 6
    assert lifted.shoulder_line_deg < -5
    assert abs(lifted.trunk_rotation_deg) < turned.trunk_rotation_deg


def test_without_a_face_it_is_looked_for_below_the_last_one_for_a_while(touch: Room) -> None:
    picture = np.asarray(touch._pictures[0], np.uint8)
    (face,) = touch._tracker.track(Frame(0.0, picture), True)
    body = LiteRtBody(body_model())
    assert body.track(Frame(0.0, picture), None) is None
    assert body.track(Frame(0.1, picture), face) is not None
    assert body.track(Frame(4.0, picture), None) is not None
    assert body.track(Frame(6.0, picture), None) is None


def test_a_picture_of_nothing_shows_no_shoulders(touch: Room) -> None:
    picture = np.asarray(touch._pictures[0], np.uint8)
    (face,) = touch._tracker.track(Frame(0.0, picture), True)
    seen = LiteRtBody(body_model()).track(Frame(0.0, np.full_like(picture, 90)), replace(face))
    assert seen is None or not seen.shoulders_seen()
