"""A video tracked by two: every frame once, in order, and the second only where it changes nothing."""

from collections.abc import Callable, Generator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made.scripted import ScriptedTracker, frames_at, made_face

from posture_trainer.pose.angles import rotation_from_angles
from posture_trainer.pose.face import Face
from posture_trainer.sources.frames import Frame
from posture_trainer.tracking.mediapipe_tracker import allows_fine
from posture_trainer.tracking.video import tracked

FIRST, SECOND = 100.0, 200.0  # the trackers are told by the brightness of what they see
COUNT = 40
FACES = {
    (turned, by): made_face(rotation_from_angles(50.0 if turned else 0.0, 0, 0), brightness=by)
    for turned in (True, False)
    for by in (FIRST, SECOND)
}


def a_tracker(by: float, script: list[str]) -> ScriptedTracker:
    def face_of(frame: Frame) -> Face | None:
        what = script[round(frame.t_s * 30)]
        return None if what == "no face" else FACES[what == "turned", by]

    return ScriptedTracker(face_of)


def a_video(count: int, last: Callable[[], None] = lambda: None) -> Generator[Frame, None, None]:
    yield from frames_at([i / 30 for i in range(count)])
    last()


def test_the_made_faces_are_what_they_are_meant_to_be() -> None:
    assert allows_fine((FACES[False, FIRST],), begun=False)
    assert not allows_fine((FACES[True, FIRST],), begun=True)


@given(
    st.lists(st.sampled_from(["straight", "straight", "straight", "turned", "no face"]), min_size=COUNT, max_size=COUNT)
)
def test_every_frame_comes_once_and_in_order_and_only_straight_faces_from_the_second(script: list[str]) -> None:
    first, second = a_tracker(FIRST, script), a_tracker(SECOND, script)
    seen = list(tracked(a_video(COUNT), first, second, None))
    assert [frame.t_s for frame in seen] == [i / 30 for i in range(COUNT)]
    for (_, faces, *_), what in zip(seen, script, strict=True):
        assert bool(faces) == (what != "no face")
        if what == "turned":
            assert faces[0].brightness == FIRST, "what depends on the frame before comes from one tracker"
    assert first.tracked_s == sorted(first.tracked_s)
    assert second.tracked_s == sorted(second.tracked_s)


def test_a_straight_face_is_shared_by_both() -> None:
    first, second = a_tracker(FIRST, ["straight"] * COUNT), a_tracker(SECOND, ["straight"] * COUNT)
    seen = list(tracked(a_video(COUNT), first, second, neutral_s=0.3))
    by_second = [t_s for t_s, faces, *_ in seen if faces[0].brightness == SECOND]
    assert min(by_second) > 0.3, "neutral is the first tracker's alone"
    assert len(by_second) >= 12
    assert len(first.tracked_s) < COUNT


def test_a_fault_of_the_second_tracker_or_of_the_video_is_raised() -> None:
    def broken(_frame: Frame) -> Face | None:
        raise RuntimeError("the model is gone")

    straight = ["straight"] * COUNT
    with pytest.raises(RuntimeError, match="model"):
        list(tracked(a_video(COUNT), a_tracker(FIRST, straight), ScriptedTracker(broken), None))

    def torn() -> None:
        raise OSError("the file is torn")

    with pytest.raises(OSError, match="torn"):
        list(tracked(a_video(COUNT, torn), a_tracker(FIRST, straight), a_tracker(SECOND, straight), None))
