"""Both ways of tracking keep one contract, and find the same landmarks."""

from collections.abc import Iterator
from contextlib import closing

import cv2
import numpy as np
import pytest
from made.common import Picture

from posture_trainer.pose.face import Face
from posture_trainer.sources.frames import Frame
from posture_trainer.tracking.choice import Way, open_tracker
from posture_trainer.tracking.faces import FaceTracker

STEP_S = 1 / 30
GREY = np.full((480, 640, 3), 128, np.uint8)


@pytest.fixture(params=[*Way])
def tracker(request: pytest.FixtureRequest) -> Iterator[FaceTracker]:
    with closing(open_tracker(request.param)) as opened:
        yield opened


@pytest.fixture(scope="module")
def portrait(astronaut_bgr: Picture) -> Picture:
    return np.ascontiguousarray(astronaut_bgr[0:300, 90:370])


def with_portraits(*placed: tuple[Picture, int, int]) -> Picture:
    picture = GREY.copy()
    for portrait, left, top in placed:
        picture[top : top + portrait.shape[0], left : left + portrait.shape[1]] = portrait
    return picture


def seen(tracker: FaceTracker, pictures: list[Picture], fine: bool = False) -> list[tuple[Face, ...]]:
    return [tracker.track(Frame(i * STEP_S, picture), fine) for i, picture in enumerate(pictures)]


def test_one_face_is_in_every_picture_where_it_is(tracker: FaceTracker, portrait: Picture) -> None:
    pictures = [with_portraits((portrait, 150 + 3 * i, 100)) for i in range(15)]
    found = seen(tracker, pictures)
    assert [len(faces) for faces in found] == [1] * 15
    (first,), (last,) = found[0], found[-1]
    assert last.landmarks.shape == (478, 3)
    assert last.picture_size == (640, 480)
    assert last.centre_px - first.centre_px == pytest.approx([42, 0], abs=4)
    eyes = last.landmarks[[33, 263], :2]
    assert eyes[0, 0] < eyes[1, 0], "the patient's right eye is at the left of the picture"
    assert last.landmarks[152, 1] > eyes[:, 1].max() + 30, "the chin is below"
    assert last.landmarks[4, 2] < last.landmarks[[234, 454], 2].min(), "the nose is nearer than the ears"
    assert 20 < last.brightness < 235
    assert last.colours is not None


def test_the_ways_agree(portrait: Picture) -> None:
    found = []
    for way in Way:
        with closing(open_tracker(way)) as tracker:
            (face,) = seen(tracker, [with_portraits((portrait, 180, 100))] * 8)[-1]
            found.append(face)
            assert tracker.name == way
    apart_px = np.linalg.norm(found[0].landmarks[:, :2] - found[1].landmarks[:, :2], axis=1)
    assert apart_px.mean() < 0.012 * found[0].width_px
    deeper = found[0].landmarks[:, 2] - found[1].landmarks[:, 2]
    assert np.abs(deeper).mean() < 0.03 * found[0].width_px


def test_where_there_is_no_face_none_is_found(tracker: FaceTracker) -> None:
    assert seen(tracker, [GREY] * 3) == [()] * 3


def test_a_face_that_goes_is_gone_at_once_and_found_when_it_is_back(tracker: FaceTracker, portrait: Picture) -> None:
    here, elsewhere = with_portraits((portrait, 180, 100)), with_portraits((portrait, 330, 150))
    found = seen(tracker, [*[here] * 4, *[GREY] * 4, *[elsewhere] * 4])
    assert [len(faces) for faces in found] == [1] * 4 + [0] * 4 + [1] * 4
    assert found[-1][0].centre_px - found[0][0].centre_px == pytest.approx([150, 50], abs=4)


def test_a_second_face_is_seen_within_half_a_second_and_each_face_once(tracker: FaceTracker, portrait: Picture) -> None:
    other = np.ascontiguousarray(portrait[:, ::-1])
    alone, both = with_portraits((portrait, 20, 100)), with_portraits((portrait, 20, 100), (other, 340, 100))
    found = seen(tracker, [*[alone] * 5, *[both] * 20], fine=True)
    assert all(len(faces) <= 1 for faces in found[:5])
    assert max(len(faces) for faces in found[5:]) == 2
    for faces in found[5:]:
        lefts = sorted(float(face.centre_px[0]) for face in faces)
        assert len(lefts) < 2 or lefts[1] - lefts[0] > 200


def test_upright_or_not_the_same_person_is_seen_in_the_same_size(portrait: Picture) -> None:
    with closing(open_tracker(Way.LITERT)) as tracker:
        upright = with_portraits((portrait, 180, 90))
        turn = cv2.getRotationMatrix2D((320, 240), 30, 1.0)
        turned = np.asarray(cv2.warpAffine(upright, turn, (640, 480), borderMode=cv2.BORDER_REPLICATE), np.uint8)
        (one,), (other,) = seen(tracker, [upright] * 4)[-1], seen(tracker, [turned] * 4)[-1]
    back = one.landmarks[:, :2] @ turn[:, :2].T + turn[:, 2]
    assert np.linalg.norm(back - other.landmarks[:, :2], axis=1).mean() < 0.02 * one.width_px


def test_small_faces_are_found_and_followed(portrait: Picture) -> None:
    small = np.asarray(cv2.resize(portrait, None, fx=0.45, fy=0.45, interpolation=cv2.INTER_AREA), np.uint8)
    with closing(open_tracker(Way.LITERT)) as tracker:
        found = seen(tracker, [with_portraits((small, 300 + 2 * i, 50)) for i in range(95)])
    begun = next(i for i, faces in enumerate(found) if faces)
    assert begun * STEP_S < 2.6
    assert all(len(faces) == 1 for faces in found[begun:])
    assert 40 < found[-1][0].width_px < 70


def test_the_same_pictures_give_the_same_landmarks(portrait: Picture) -> None:
    pictures = [with_portraits((portrait, 150 + 4 * i, 100)) for i in range(12)]
    runs = []
    for _ in range(2):
        with closing(open_tracker(Way.LITERT)) as tracker:
            runs.append(np.array([faces[0].landmarks for faces in seen(tracker, pictures)]))
    assert (runs[0] == runs[1]).all()
