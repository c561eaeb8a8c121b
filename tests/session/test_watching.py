"""One rule for a lost face, a hint that is due and a camera that gives nothing, wherever a head is followed."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made.scripted import ScriptedSource, ScriptedTracker, frames_at, made_baseline, made_face
from test_live_session import RATE_HZ, Room

from posture_trainer.pose.face import Face
from posture_trainer.pose.quality import HINTS, Quality
from posture_trainer.session.recorded_video import Analysis, analyze
from posture_trainer.session.watching import CameraWatch, FaceTone, FaceWatch, HintWatch, LogEvent, Watch
from posture_trainer.words.seeing import CAMERA_GONE, COVERED, NO_FACE, OFFERS

Step = tuple[float, bool]


def watched(steps: list[Step], quiet: bool = False) -> list[tuple[float, Any]]:
    """What was to be done at which moment."""
    watch, done = FaceWatch(), []
    for t_s, seen in steps:
        watch, effects = watch.step(t_s, seen, quiet)
        done += [(t_s, effect) for effect in effects]
    return done


def names(done: list[tuple[float, Any]]) -> list[tuple[float, str]]:
    return [(t_s, effect.name if isinstance(effect, LogEvent) else "tone") for t_s, effect in done]


def test_a_lost_face_is_logged_after_0_3_s_with_its_beginning_and_heard_after_1_s() -> None:
    steps = [(index / 10, not 10 <= index < 30) for index in range(40)]
    done = watched(steps)
    assert names(done) == [(1.3, "face_lost"), (2.0, "tone"), (3.0, "face_found")]
    assert done[0][1] == LogEvent(1.3, "face_lost", {"since_s": 1.0})


def test_a_tone_waits_while_none_is_wanted() -> None:
    watch, _ = FaceWatch().step(0.0, False)
    watch, effects = watch.step(5.0, False, quiet=True)
    assert effects == (LogEvent(5.0, "face_lost", {"since_s": 0.0}),)
    watch, effects = watch.step(6.0, False)
    assert effects == (FaceTone(),)
    assert watch.step(7.0, False)[1] == ()


@given(st.lists(st.tuples(st.floats(0.01, 0.6), st.booleans()), max_size=60))
def test_losses_and_findings_alternate_and_each_loss_was_long_enough(moves: list[tuple[float, bool]]) -> None:
    steps, t_s = [], 0.0
    for step_s, seen in moves:
        t_s += step_s
        steps.append((t_s, seen))
    events = [effect for _, effect in watched(steps) if isinstance(effect, LogEvent)]
    assert [event.name for event in events] == [("face_lost", "face_found")[i % 2] for i in range(len(events))]
    for lost in events[::2]:
        assert lost.t_s - lost.more["since_s"] >= 0.3 - 1e-3
        assert not any(seen for at_s, seen in steps if lost.more["since_s"] - 1e-4 <= at_s <= lost.t_s)


def test_a_hint_appears_and_goes_when_it_has_been_due_for_half_a_second() -> None:
    watch, words = HintWatch(), []
    for index in range(30):
        watch = watch.step(index / 10, Quality.DARK if 5 <= index < 15 or index in (1, 2) else Quality.GOOD)
        words.append(watch.words)
    assert [index for index, said in enumerate(words) if said] == list(range(10, 20))
    assert set(words) == {"", HINTS[Quality.DARK]}


REFUSED = (Quality.OTHER_FACE, Quality.UNSURE_FACE, Quality.COVERED)


@pytest.mark.parametrize("quality", REFUSED)
def test_whoever_is_not_known_for_ten_seconds_is_offered_a_new_start(quality: Quality) -> None:
    watch, words = HintWatch(), []
    for index in range(140):
        watch = watch.step(index / 10, quality)
        words.append(watch.words)
    assert set(words[5:100]) == {HINTS[quality]}
    assert set(words[110:]) == {OFFERS[quality]}
    assert "press C" in OFFERS[quality]


def test_a_new_start_is_offered_to_whoever_is_known_now_and_then_but_not_after_the_patient_was_away() -> None:
    def words_of(seen: Callable[[int], Quality]) -> set[str]:
        watch, words = HintWatch(), set()
        for index in range(400):
            watch = watch.step(index / 10, seen(index))
            words.add(watch.words)
        return words

    now_and_then = words_of(lambda index: Quality.GOOD if index % 20 < 5 else Quality.OTHER_FACE)
    assert OFFERS[Quality.OTHER_FACE] in now_and_then
    away = words_of(lambda index: Quality.NO_FACE if index % 80 == 0 else Quality.OTHER_FACE)
    assert OFFERS[Quality.OTHER_FACE] not in away


def test_a_camera_is_lost_covered_and_found_once_each() -> None:
    watch, done = CameraWatch(), []
    for index, (gone, covered) in enumerate(
        [(False, False), (True, None), (True, None), (False, None), (False, True), (False, True), (False, False)]
    ):
        watch, effects = watch.step(float(index), gone, covered)
        events = [effect for effect in effects if isinstance(effect, LogEvent)]
        assert len(events) == len(effects), "a camera has no tone"
        done += [(event.t_s, event.name, event.more.get("reason")) for event in events]
    assert done == [
        (1.0, "camera_lost", "no picture"),
        (4.0, "camera_lost", "covered"),
        (6.0, "camera_found", None),
    ]


def test_the_camera_is_told_before_the_face_and_the_face_before_a_hint() -> None:
    watch = Watch()
    for index in range(20):
        watch, _ = watch.after_frame(index / 10, Quality.SMALL)
    assert watch.words == HINTS[Quality.SMALL]
    for index in range(20, 30):
        watch, _ = watch.after_frame(index / 10, Quality.NO_FACE)
    assert watch.words == NO_FACE
    covered, _ = watch.after_moment(3.0, gone=False, covered=True)
    assert covered.words == COVERED
    gone, _ = covered.after_moment(3.1, gone=True, covered=None)
    assert gone.words == CAMERA_GONE


def test_two_faces_are_told_as_two_and_not_as_none() -> None:
    watch = Watch()
    for index in range(20):
        watch, effects = watch.after_frame(index / 10, Quality.TWO_FACES)
        assert effects == ()
    assert watch.words == HINTS[Quality.TWO_FACES]


NEUTRAL, ELSEWHERE = made_face(), made_face(position_cm=(45.0, 0.0, -120.0))


def seen_at(t_s: float) -> Face | None:
    """A blink of five frames, two losses, another person in between, and a loss that lasts to the end."""
    if 1.0 <= t_s < 1.15 or 2.0 <= t_s < 3.7 or 5.0 <= t_s < 5.5 or t_s >= 8.0:
        return None
    return ELSEWHERE if 6.0 <= t_s < 7.0 else NEUTRAL


def face_events(folder: Path) -> list[dict[str, Any]]:
    lines = (folder / "events.jsonl").read_text(encoding="utf-8").splitlines()
    return [event for event in map(json.loads, lines) if event["event"].startswith("face")]


def test_mirror_and_video_tell_the_same_of_the_same_frames(tmp_path: Path) -> None:
    room = Room(tmp_path / "mirror", seen_at, seconds=9.0, live=False)
    room.practise(baseline=made_baseline())
    (session,) = (tmp_path / "mirror" / "sessions").iterdir()
    tracker = ScriptedTracker(lambda frame: seen_at(frame.t_s))
    source = ScriptedSource(frames_at([index / RATE_HZ for index in range(int(9 * RATE_HZ) - 1)]))
    analyze(source, tracker, Analysis(tmp_path / "video", baseline=made_baseline()))
    told = face_events(session)
    assert told == face_events(tmp_path / "video")
    assert [(event["event"], event.get("since_s")) for event in told] == [
        ("face_lost", 2.0), ("face_found", None), ("face_lost", 5.0), ("face_found", None), ("face_lost", 8.0),
    ]  # fmt: skip
