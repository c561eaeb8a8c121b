"""A frame on which the tracker or the pose fails is left out and counted; a long row of them ends in words."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import pytest
from made.scripted import ScriptedSource, ScriptedTracker, frames_at, made_baseline, made_face
from test_frame_reader import wait_until
from test_live_session import NEUTRAL, Room

from posture_trainer.errors import UserError
from posture_trainer.pages.views import SummaryView
from posture_trainer.pose.face import Face
from posture_trainer.pose.head_pose import solve_pose
from posture_trainer.session.recorded_video import Analysis, analyze
from posture_trainer.sources.frame_reader import FrameReader
from posture_trainer.sources.frames import Frame
from posture_trainer.tracking.careful import BadFrames
from posture_trainer.tracking.live import LiveTracking
from posture_trainer.tracking.seen import TrackedFrame


def failing(when: Callable[[float], bool], error: Exception) -> ScriptedTracker:
    def face_of(frame: Frame) -> Face:
        if when(frame.t_s):
            raise error
        return made_face()

    return ScriptedTracker(face_of)


def test_a_row_is_hopeless_after_two_seconds_and_five_frames() -> None:
    bad = BadFrames()
    for index in range(20):
        bad = bad.after_fault(index / 10, RuntimeError("x"))
    assert (bad.count, bad.in_a_row, bad.kind) == (20, 20, "RuntimeError")
    with pytest.raises(UserError, match="can't be followed any more"):
        bad.after_fault(2.0, RuntimeError("x"))
    assert bad.after_good().after_fault(2.0, RuntimeError("x")).in_a_row == 1
    assert BadFrames().after_fault(0.0, ValueError()).after_fault(9.0, ValueError()).count == 2, "few and far between"


def tracked_live(times_s: list[float], tracker: ScriptedTracker) -> tuple[LiveTracking, list[TrackedFrame]]:
    """All that real threads hand on, of a file that waits for its frames to be taken."""
    reader = FrameReader(ScriptedSource(frames_at(times_s)), wait_for_taker=True)
    tracking = LiveTracking(reader, lambda: tracker)
    reader.start()
    results: list[TrackedFrame] = []

    def done() -> bool:
        result = tracking.next(0.0)
        results.extend([] if result is None else [result])
        return tracking.finished

    try:
        wait_until(done)
    finally:
        tracking.close()
        reader.close()
    return tracking, results


def test_one_frame_on_which_the_tracker_fails_is_not_handed_on() -> None:
    times_s = [index / 1000 for index in range(20)]
    tracking, results = tracked_live(times_s, failing(lambda t_s: t_s == 0.007, RuntimeError("frame 7")))
    assert [result.frame.t_s for result in results] == [t_s for t_s in times_s if t_s != 0.007]
    assert tracking.bad.count == 1
    assert all(result.frame.image_bgr.size == 0 for result in results), "what waits holds no picture"


def test_a_tracker_that_always_fails_is_told_in_words() -> None:
    with pytest.raises(UserError, match="can't be followed any more"):
        tracked_live([index / 2 for index in range(20)], failing(lambda _t: True, RuntimeError("graph")))


def test_a_tracker_that_cannot_be_made_is_told_in_words() -> None:
    def no_room() -> Any:
        raise MemoryError("no room for the model")

    tracking = LiveTracking(FrameReader(ScriptedSource([])), no_room)
    with pytest.raises(UserError, match=r"could not begin \(MemoryError\)"):
        wait_until(lambda: tracking.next(0.01) is not None)
    tracking.close()


def pose_that_fails(monkeypatch: pytest.MonkeyPatch, room: Room, *spans_s: tuple[float, float]) -> list[float]:
    """Lets the pose fail in these spans of the clock; gives the moments at which it did, as they come."""
    failed: list[float] = []

    def solve_or_fail(*arguments: Any) -> Any:
        if any(since_s <= room.clock() < until_s for since_s, until_s in spans_s):
            failed.append(room.clock())
            raise cv2.error("sqpnp")
        return solve_pose(*arguments)

    for where in ("pose.posture", "session.parts.safety"):
        monkeypatch.setattr(f"posture_trainer.{where}.solve_pose", solve_or_fail)
    return failed


def test_some_frames_on_which_the_pose_fails_are_left_out_told_once_and_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Room(tmp_path, lambda _t: NEUTRAL)
    pose_that_fails(monkeypatch, room, (12.0, 12.2))
    summary = room.practise(seconds=15.0, baseline=made_baseline())
    assert summary is not None
    assert summary.ended == "time"
    first, total = [event for event in room.events() if event["event"].startswith("bad_frame")]
    assert (first["event"], first["kind"]) == ("bad_frame", "error")
    assert (total["event"], total["count"]) == ("bad_frames", 6)


def test_a_frame_on_which_the_pose_fails_while_neutral_is_taken_costs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Room(tmp_path, lambda _t: NEUTRAL)
    spans_s = [(1.0, 1.1), (4.0, 4.1), (9.5, 9.6)]  # in the safety text, in placement, in the recording
    failed = pose_that_fails(monkeypatch, room, *spans_s)
    summary = room.practise(seconds=25.0)
    assert summary is not None
    assert {int(at_s) for at_s in failed} == {1, 4, 9}, "it did fail in each of them"
    assert summary.frames > 100


def test_a_pose_that_always_fails_ends_the_session_in_words_with_all_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Room(tmp_path, lambda _t: NEUTRAL)
    pose_that_fails(monkeypatch, room, (14.0, 1e9))
    with pytest.raises(UserError, match="All up to now is kept in") as told:
        room.practise(seconds=40.0, baseline=made_baseline())
    (session,) = (tmp_path / "sessions").iterdir()
    summary = json.loads((session / "summary.json").read_text(encoding="utf-8"))
    assert summary["ended"] == "error"
    assert summary["frames"] > 90, "all rows from before"
    last = room.window.shown[-1][1]
    assert isinstance(last, SummaryView)
    assert last.closing.startswith(str(told.value)), "the patient reads it too"
    assert told.value.exit_code == 1


def analysed(out: Path, tracker: ScriptedTracker) -> list[str]:
    source = ScriptedSource(frames_at([index / 20 for index in range(160)]))
    return analyze(source, tracker, Analysis(out)).warnings


def rows(out: Path) -> list[str]:
    return (out / "samples.csv").read_text(encoding="utf-8").splitlines()[1:]


def test_a_video_loses_the_frame_that_fails_and_no_other(tmp_path: Path) -> None:
    warnings = analysed(tmp_path / "out", failing(lambda t_s: t_s in (0.5, 4.0), RuntimeError("x")))
    assert len(rows(tmp_path / "out")) == 158
    assert warnings == ["Pictures that could not be worked on, and are left out: 2."]
    events = (tmp_path / "out" / "events.jsonl").read_text(encoding="utf-8").splitlines()
    assert {"event": "bad_frames", "t_s": 7.95, "count": 2} in [json.loads(line) for line in events]


def test_a_video_that_cannot_be_followed_on_is_kept_up_to_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is kept in"):
        analysed(tmp_path / "out", failing(lambda t_s: t_s >= 4.0, RuntimeError("x")))
    assert len(rows(tmp_path / "out")) == 80
    assert json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))["ended"] == "error"
