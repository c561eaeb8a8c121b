"""A video that is analysed while the disk fills, or while somebody takes its folder away: what is said is true."""

import errno
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from made.scripted import ScriptedSource, ScriptedTracker, frames_at, made_face
from test_live_session import NEUTRAL, Room

from posture_trainer.errors import RecordingStopped, UserError
from posture_trainer.pose.face import Face
from posture_trainer.pose.neutral.recording import BaselineRules
from posture_trainer.private_files import write_private_file
from posture_trainer.records.session_log import FILES, SessionLog
from posture_trainer.records.session_reader import read_session
from posture_trainer.session.calibrate import calibrate
from posture_trainer.session.calibration_store import Calibration
from posture_trainer.session.recorded_video import Analysis, analyze
from posture_trainer.sources.frames import Frame

posix = pytest.mark.skipif(sys.platform == "win32", reason="an open file can't be taken away there")
FRAMES, HZ = 120, 20
Doing = Callable[[], object]
Seeing = Callable[[float], object]


def nothing(*_: object) -> None:
    pass


@contextmanager
def no_file_beyond(size_bytes: int) -> Iterator[None]:
    """As on a full disk: whatever grows further is refused by the system."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def analysed(out: Path, before_frame: Seeing = nothing, at_end: Doing = nothing) -> None:
    def face(frame: Frame) -> Face:
        before_frame(frame.t_s)
        return made_face()

    source = ScriptedSource(frames_at([index / HZ for index in range(FRAMES)]), at_end=at_end)
    analyze(source, ScriptedTracker(face), Analysis(out))


def words_of(out: Path, before_frame: Seeing = nothing, at_end: Doing = nothing) -> str:
    with pytest.raises(RecordingStopped) as told:
        analysed(out, before_frame, at_end)
    return str(told.value)


def rows(out: Path) -> int:
    return len((out / "samples.csv").read_text(encoding="utf-8").splitlines()) - 1


def from_4_s(do: Doing) -> Seeing:
    return lambda t_s: do() if t_s == 4.0 else None


@posix
def test_a_disk_that_fills_is_told_and_what_is_said_to_be_kept_is_there(tmp_path: Path) -> None:
    with no_file_beyond(5000):
        words = words_of(tmp_path / "out")
    assert f"All up to now is kept in {tmp_path / 'out'}. Please make room" in words
    record = read_session(tmp_path / "out")
    assert record.summary is not None
    assert record.summary.frames == rows(tmp_path / "out") - 1 > 20, "all but the row that did not fit"


@posix
def test_a_disk_with_no_room_for_a_beginning_leaves_none_behind(tmp_path: Path) -> None:
    with no_file_beyond(700):
        words = words_of(tmp_path / "out")
    assert "No session is recorded" in words
    assert not any((tmp_path / "out" / name).exists() for name in FILES)
    analysed(tmp_path / "out")
    assert rows(tmp_path / "out") == FRAMES


def test_what_another_program_began_there_meanwhile_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from posture_trainer.records import session_log

    def with_another(path: Path, text: str) -> None:
        write_private_file(path, text)
        (tmp_path / "samples.csv").write_text("theirs", encoding="utf-8")

    monkeypatch.setattr(session_log, "write_private_file", with_another)
    with pytest.raises(RecordingStopped, match="No session is recorded"):
        SessionLog(tmp_path, {})
    assert (tmp_path / "samples.csv").read_text(encoding="utf-8") == "theirs"


@posix
def test_a_folder_that_is_taken_away_meanwhile_is_not_said_to_be_kept(tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = words_of(out, from_4_s(lambda: shutil.rmtree(out)))
    assert words.startswith("The record of this session is lost")
    assert "kept" not in words
    assert not out.exists()


@posix
@pytest.mark.parametrize("name", ["session.json", "events.jsonl", "samples.csv"])
def test_a_file_that_is_taken_away_at_the_very_end_is_missed(tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    words = words_of(
        out, at_end=lambda: (out / name).unlink(missing_ok=True) if (out / "events.jsonl").exists() else None
    )
    assert "kept" not in words
    assert ("lost" in words) == (name == "samples.csv")
    assert name == "samples.csv" or name in words


@posix
def test_another_file_in_the_place_of_the_rows_is_not_taken_for_them(tmp_path: Path) -> None:
    out = tmp_path / "out"

    def put_another() -> None:
        (out / "samples.csv").unlink()
        (out / "samples.csv").write_text("t_s,face\n", encoding="utf-8")

    words = words_of(out, from_4_s(put_another))
    assert "kept" not in words


def test_a_failure_that_nobody_foresaw_tells_what_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_log: SessionLog, *_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(SessionLog, "sample", fail)
    with pytest.raises(ZeroDivisionError) as raised:
        analysed(tmp_path / "out")
    assert raised.value.__notes__ == [f"All up to now is kept in {tmp_path / 'out'}."]
    assert json.loads((tmp_path / "out" / "summary.json").read_bytes())["ended"] == "error"


@posix
def test_a_baseline_that_does_not_fit_on_the_disk_is_not_said_to_be_saved(tmp_path: Path) -> None:
    room = Room(tmp_path, lambda _t: NEUTRAL, seconds=12.0, live=False)
    room.window.visible = False
    with no_file_beyond(2000), pytest.raises(UserError, match=f"could not be saved.*{os.strerror(errno.EFBIG)}"):
        calibrate(room.devices, Calibration("anna", tmp_path, 2.5, BaselineRules()))
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == []
