"""A made body before a made camera: what was put there is told, with its sign."""

from dataclasses import replace
from math import cos, radians, sin

import numpy as np
import pytest

from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.camera_model import Camera
from posture_trainer.pose.trunk.body import LEFT_SHOULDER, RIGHT_SHOULDER, Body
from posture_trainer.pose.trunk.follow import FILTER_S, TrunkFollower
from posture_trainer.pose.trunk.hand import Hand, HandSeen, Place, hand_at_head
from posture_trainer.pose.trunk.shoulders import LINE_GAIN, TURN_GAIN, Shoulders, TrunkFigures, figures, shoulders
from posture_trainer.pose.trunk.stored import stored_shoulders

CAMERA = Camera(640, 480, 45.0)
HEAD_CM = (0.0, 5.0, -80.0)
STRAIGHT = HeadAngles(0.0, 0.0, 0.0, 0.0)
HALF_CM, BELOW_CM = 17.0, 22.0


def body(
    turn_deg: float = 0.0,
    lift_cm: tuple[float, float] = (0.0, 0.0),
    aside_cm: float = 0.0,
    farther_cm: float = 0.0,
    t_s: float = 0.0,
) -> Body:
    """turn_deg: of the trunk to its right. lift_cm: of the right and the left shoulder. aside_cm: of the shoulders, to
    the left of the head (the head is so much to the right of them)."""
    across, deep = HALF_CM * cos(radians(turn_deg)), HALF_CM * sin(radians(turn_deg))
    y = HEAD_CM[1] - BELOW_CM
    right = (aside_cm - across, y + lift_cm[0], HEAD_CM[2] - farther_cm - deep)
    left = (aside_cm + across, y + lift_cm[1], HEAD_CM[2] - farther_cm + deep)
    points = np.zeros((33, 3))
    points[[RIGHT_SHOULDER, LEFT_SHOULDER], :2] = CAMERA.pixels(np.array([right, left]))
    scale = CAMERA.focal_px / -HEAD_CM[2]
    points[[RIGHT_SHOULDER, LEFT_SHOULDER], 2] = -scale * np.array([right[2], left[2]])
    return Body(t_s, points, np.ones(33), np.ones(33), (640, 480))


def seen(one: Body) -> Shoulders:
    found = shoulders(one, HEAD_CM, CAMERA)
    assert found is not None
    return found


def told(one: Body, head: HeadAngles = STRAIGHT) -> TrunkFigures:
    return figures(seen(one), seen(body()), head)


def test_nothing_has_moved_in_neutral() -> None:
    assert told(body()).in_order() == pytest.approx((0, 0, 0, 0, 0, 0), abs=1e-9)


def test_the_right_shoulder_up_is_plus() -> None:
    assert told(body(lift_cm=(3.0, 0.0))).shoulder_line_deg == pytest.approx(LINE_GAIN * 5.0, abs=0.3)
    assert told(body(lift_cm=(0.0, 3.0))).shoulder_line_deg == pytest.approx(-LINE_GAIN * 5.0, abs=0.3)


def test_the_trunk_to_the_right_is_plus() -> None:
    assert told(body(turn_deg=15.0)).trunk_rotation_deg == pytest.approx(TURN_GAIN * 15.0, abs=1.0)
    assert told(body(turn_deg=-15.0)).trunk_rotation_deg == pytest.approx(-TURN_GAIN * 15.0, abs=1.0)


def test_the_head_to_the_right_of_the_shoulders_is_plus() -> None:
    assert told(body(aside_cm=4.0)).head_shift_cm == pytest.approx(4.0, abs=0.1)


def test_a_turned_trunk_is_no_shift() -> None:
    assert abs(told(body(turn_deg=20.0)).head_shift_cm) < 0.8


def test_shoulders_that_stay_behind_are_a_head_forward() -> None:
    assert told(body(farther_cm=4.0)).head_forward_cm == pytest.approx(4.0, abs=0.3)


def test_the_neck_is_the_head_without_the_trunk() -> None:
    found = told(body(turn_deg=20.0, lift_cm=(3.0, 0.0)), HeadAngles(10.0, 5.0, 0.0, 11.0))
    assert found.neck_rotation_deg == pytest.approx(10.0 - found.trunk_rotation_deg)
    assert found.neck_tilt_deg == pytest.approx(5.0 + found.shoulder_line_deg)


def test_shoulders_below_the_picture_or_not_seen_are_none() -> None:
    low = body()
    low.points[LEFT_SHOULDER, 1] = 481.0
    assert shoulders(low, HEAD_CM, CAMERA) is None
    hidden = replace(body(), seen=np.full(33, 0.2))
    assert shoulders(hidden, HEAD_CM, CAMERA) is None


def follower() -> TrunkFollower:
    neutral = stored_shoulders([body()] * 5, HEAD_CM, CAMERA)
    assert neutral is not None
    return TrunkFollower(neutral.seen(), CAMERA, HEAD_CM)


def test_one_wrong_look_in_a_second_changes_nothing() -> None:
    following, found = follower(), None
    for look in range(8):
        wrong = 60.0 if look == 5 else 0.0
        found = following.after(0.125 * look, STRAIGHT, (0.0, 0.0, 0.0), body(wrong, t_s=0.125 * look))
    assert found is not None
    assert found.figures is not None
    assert abs(found.figures.trunk_rotation_deg) < 0.1


def test_what_was_seen_a_second_ago_is_not_told_any_more() -> None:
    following = follower()
    assert following.after(0.0, STRAIGHT, (0.0, 0.0, 0.0), body()) is not None
    assert following.after(FILTER_S + 0.1, STRAIGHT, (0.0, 0.0, 0.0), None) is None


def test_without_a_face_there_are_no_figures() -> None:
    following = follower()
    found = following.after(0.0, None, None, body())
    assert found is not None
    assert found.figures is None


def test_too_few_looks_are_no_neutral() -> None:
    assert stored_shoulders([body()] * 3, HEAD_CM, CAMERA) is None


def with_hand(left: tuple[float, float] | None, right: tuple[float, float] | None) -> Body:
    """Hands so many head widths beside (outwards) and below the middle of the face; None: in the lap."""
    points, middle, width = np.zeros((33, 3)), np.array([320.0, 150.0]), 60.0
    points[:11, :2] = middle
    points[[7, 8], :2] = middle + np.array([[width / 2, 0], [-width / 2, 0]])
    points[[2, 5], :2] = middle + np.array([[10, -12], [-10, -12]])
    points[[9, 10], :2] = middle + np.array([[8, 24], [-8, 24]])
    points[[0, 1, 3, 4, 6], :2] = middle
    points[[11, 12], :2] = middle + np.array([[70, 110], [-70, 110]])
    for hand, place, outwards in ((15, left, 1), (16, right, -1)):
        beside, below = place or (1.5, 5.0)
        points[hand : hand + 8 : 2, :2] = middle + width * np.array([outwards * beside, below])
    return Body(0.0, points, np.ones(33), np.ones(33), (640, 480))


@pytest.mark.parametrize(
    ("left", "right", "hand", "place"),
    [
        (None, None, Hand.NONE, None),
        ((0.5, 1.4), None, Hand.LEFT, Place.CHIN),
        (None, (1.0, 0.8), Hand.RIGHT, Place.CHEEK),
        (None, (0.9, -0.4), Hand.RIGHT, Place.FOREHEAD),
        ((1.2, 0.0), (1.2, 0.0), Hand.BOTH, Place.TEMPLE),
    ],
)
def test_the_hand_and_its_place(
    left: tuple[float, float] | None, right: tuple[float, float] | None, hand: Hand, place: Place | None
) -> None:
    assert hand_at_head(with_hand(left, right)) == HandSeen(hand, place)


def test_a_hand_that_is_not_there_is_none() -> None:
    assert hand_at_head(replace(with_hand((0.5, 1.4), None), there=np.full(33, 0.4))).hand is Hand.NONE
