"""What is left of a record after a kill, a full disk, a broken line; and what is said of it."""

import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from made.common import RunCommand, child_environment
from test_session_log import posix, write_session

from posture_trainer.errors import RecordingStopped
from posture_trainer.feedback import Feedback, PostureState
from posture_trainer.figures.session_summary import SummaryTally
from posture_trainer.pose.posture import PostureSample
from posture_trainer.records.people import patient_folder
from posture_trainer.records.session_log import SessionLog
from posture_trainer.records.session_reader import CUT_OFF, read_events, read_samples, read_session

# --- sessions that were cut off ---------------------------------------------------------------------------------

WRITER = """
import sys
from pathlib import Path
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.feedback import Cue, Feedback, PostureState
from posture_trainer.pose.posture import PostureSample
from posture_trainer.pose.quality import Quality
from posture_trainer.records.session_log import SessionLog
log = SessionLog(Path(sys.argv[1]), {"command": "practice"})
for index in range(10**9):
    out = index % 20 > 12
    angles = HeadAngles(float(index % 7), -1.0, 2.0, 3.0)
    cue = Cue.TURN_LEFT if index % 20 == 18 else None
    state = PostureState.OUT if out else PostureState.NEUTRAL
    log.sample(PostureSample(index / 30, angles, angles, (0.0, 0.0, 0.0)), Feedback(state, cue, cue, 0.5))
    print(index + 1, flush=True)
"""


@posix
def test_a_killed_session_keeps_every_row(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder)], env=child_environment(), stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        for _ in range(200):
            told = int(writer.stdout.readline())
        writer.send_signal(signal.SIGKILL)
        told += sum(line.endswith("\n") for line in writer.stdout)
    assert writer.returncode == -signal.SIGKILL
    rows = list(read_samples(folder))
    assert told >= 200
    assert len(rows) in (told, told + 1)  # the last one may have been killed between writing and telling
    assert [row.t_s for row, _ in rows] == pytest.approx([index / 30 for index in range(len(rows))], abs=1e-4)

    record = read_session(folder)
    assert record.trouble == CUT_OFF
    assert record.header == {"command": "practice"}
    expected = SummaryTally()
    for row, state in rows:
        expected.add(row, state)
    for event in read_events(folder):
        expected.add_cue(event["cue"])
    assert record.summary == expected.summary(CUT_OFF)
    assert record.summary is not None
    assert record.summary.neutral_s == pytest.approx(0.65 * record.summary.length_s, abs=0.5)
    assert abs(record.summary.cue_count - len(rows) / 20) <= 1


def test_a_killed_session_is_listed_as_cut_off(tmp_path: Path, call_command: RunCommand) -> None:
    log = write_session(patient_folder(tmp_path, "anna") / "sessions" / "2026-01-31T08-15-00.000Z")
    done = call_command("review", "--patient", "anna", "--data-dir", tmp_path)
    log.finish("stopped")
    assert done.returncode == 0
    assert CUT_OFF in re.sub(r"\s+", " ", done.stdout)
    assert "2026-01-31 08:15" in done.stdout
    assert CUT_OFF not in call_command("review", "--patient", "anna", "--data-dir", tmp_path).stdout


@pytest.mark.parametrize("lost", [25, 40, 60, 75])
def test_a_half_written_last_line_is_left_out(tmp_path: Path, lost: int) -> None:
    write_session(tmp_path / "s").finish("stopped")
    (tmp_path / "s" / "summary.json").unlink()
    samples = tmp_path / "s" / "samples.csv"
    assert len(samples.read_bytes().splitlines()[-1]) > 75
    samples.write_bytes(samples.read_bytes()[:-lost])
    assert [row.t_s for row, _ in read_samples(tmp_path / "s")] == pytest.approx([index / 10 for index in range(9)])
    record = read_session(tmp_path / "s")
    assert record.trouble == CUT_OFF
    assert record.summary is not None
    assert record.summary.frames == 9


def test_a_half_written_event_is_left_out(tmp_path: Path) -> None:
    log = write_session(tmp_path / "s")
    log.event(0.5, "pause")
    log.event(0.6, "resume")
    log.finish("stopped")
    events = tmp_path / "s" / "events.jsonl"
    events.write_bytes(events.read_bytes()[:-5])
    assert [event["event"] for event in read_events(tmp_path / "s")] == ["pause"]


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"schema_version": 1}', "\x00\x00"])
def test_a_damaged_summary_is_made_anew_from_the_rows(tmp_path: Path, content: str) -> None:
    summary = write_session(tmp_path / "s").finish("stopped")
    (tmp_path / "s" / "summary.json").write_text(content, encoding="utf-8")
    record = read_session(tmp_path / "s")
    assert record.trouble == "summary.json is damaged"
    assert record.summary == summary.model_copy(update={"ended": CUT_OFF})


def test_a_folder_with_nothing_readable_is_no_crash(tmp_path: Path) -> None:
    (tmp_path / "session.json").write_bytes(b"\xff\xfe{")
    record = read_session(tmp_path)
    assert record.summary is None
    assert "session.json can't be read" in record.trouble


# --- a full disk ------------------------------------------------------------------------------------------------

FULL_DISK = """
import resource, sys
from pathlib import Path
from posture_trainer.errors import RecordingStopped
from posture_trainer.feedback import Feedback, PostureState
from posture_trainer.pose.posture import PostureSample
from posture_trainer.pose.quality import Quality
from posture_trainer.records.session_log import SessionLog
log = SessionLog(Path(sys.argv[1]), {})
resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))
told = 0
try:
    for index in range(10**4):
        log.sample(PostureSample(index / 30), Feedback(PostureState.NO_FACE, None, None, None))
        told += 1
except RecordingStopped as error:
    print(told)
    print(error)
    log.sample(PostureSample(1e4), Feedback(PostureState.NO_FACE, None, None, None))
    log.event(1e4, "stop")
    print(log.finish("disk").frames)
"""


@posix
def test_a_full_disk_stops_the_recording_and_keeps_what_was_written(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(tmp_path / "s")],
        env=child_environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told, words, frames = done.stdout.splitlines()
    assert "can't be written on" in words
    assert str(tmp_path / "s") in words
    rows = list(read_samples(tmp_path / "s"))
    assert len(rows) == int(told) > 50
    assert int(frames) >= len(rows)
    record = read_session(tmp_path / "s")
    assert record.trouble == CUT_OFF
    assert record.summary is not None
    assert record.summary.frames == len(rows)


def one_short_message(stderr: str) -> str:
    """The one line about the fault; the safety text of a session is not a fault."""
    assert "Traceback" not in stderr
    lines = [line for line in stderr.splitlines() if "Sit on a firm chair" not in line]
    assert len(lines) == 1
    return lines[0]


@posix
@pytest.mark.parametrize("when", ["in mid session", "at the end"])
def test_a_folder_that_was_taken_away_is_told_and_nothing_said_to_be_kept(tmp_path: Path, when: str) -> None:
    log = SessionLog(tmp_path / "s", {})
    feedback = Feedback(PostureState.NO_FACE, None, None, None)
    log.sample(PostureSample(0.0), feedback)
    shutil.rmtree(tmp_path / "s")
    with pytest.raises(RecordingStopped) as caught:
        log.sample(PostureSample(0.1), feedback) if when == "in mid session" else log.finish("stopped")
    assert "The record of this session is lost" in str(caught.value)
    assert log.finish("disk").frames >= 1
    assert not (tmp_path / "s").exists()


@posix
def test_practice_on_a_full_disk_ends_kindly(tmp_path: Path, still_face_video: Path, run_command: RunCommand) -> None:
    arguments = ("--patient", "anna", "--source", still_face_video, "--no-window", "--data-dir", tmp_path)
    assert run_command("calibrate", *arguments).returncode == 0
    done = run_command("practice", *arguments, file_limit=9000)
    assert done.returncode == 1
    assert "can't be written on" in one_short_message(done.stderr)
    assert "pygame" not in done.stdout
    (folder,) = (patient_folder(tmp_path, "anna") / "sessions").iterdir()
    record = read_session(folder)
    assert record.header["patient"] == "anna"
    assert record.trouble == CUT_OFF
    assert record.summary is not None
    assert record.summary.frames > 10
    assert (folder / "samples.csv").stat().st_size <= 9000


@posix
def test_analyze_on_a_full_disk_ends_kindly(tmp_path: Path, no_face_video: Path, run_command: RunCommand) -> None:
    done = run_command("analyze", no_face_video, "--out", tmp_path / "log", file_limit=900)
    assert done.returncode == 1
    assert "can't be written on" in one_short_message(done.stderr)
    later = run_command("analyze", no_face_video, "--out", tmp_path / "later", file_limit=10)
    assert later.returncode == 1
    assert "can't be written on" in one_short_message(later.stderr)
    assert done.stdout == later.stdout == ""
