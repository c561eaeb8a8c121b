"""The record: its columns, its figures, and what is left of it after a kill, a full disk, a broken line."""

import csv
import json
import math
import os
import re
import shutil
import signal
import stat
import string
import subprocess
import sys
import tempfile
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from made.common import RunCommand, child_environment
from made.scripted import ScriptedSource, ScriptedTracker, frames_at, made_baseline, made_face

from posture_trainer.errors import RecordingStopped, UserError, WrongCall
from posture_trainer.feedback import Cue, Feedback, PostureState
from posture_trainer.figures.session_summary import Summary, SummaryTally
from posture_trainer.pose.angles import HeadAngles, rotation_from_angles
from posture_trainer.pose.posture import PostureSample
from posture_trainer.pose.quality import Quality
from posture_trainer.records.baseline_files import save_baseline
from posture_trainer.records.people import checked_code, patient_folder
from posture_trainer.records.session_log import FILES, SessionLog, session_folder
from posture_trainer.records.session_reader import CUT_OFF, read_events, read_samples, read_session
from posture_trainer.session.recorded_video import Analysis, analyze

NEUTRAL, OUT, PAUSED, NO_FACE = PostureState.NEUTRAL, PostureState.OUT, PostureState.PAUSED, PostureState.NO_FACE
posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX files, signals and limits")


def sample(t_s: float, rotation_deg: float = 1.0) -> PostureSample:
    angles = HeadAngles(rotation_deg, -2.0, 3.5, 4.25)
    measured = HeadAngles(rotation_deg + 0.5, -2.5, 3.0, 4.75)
    return PostureSample(t_s, angles, measured, (0.1, -0.25, 12.345), Quality.GOOD, unsmoothed=True)


def quiet(state: PostureState) -> Feedback:
    return Feedback(state, None, None, None)


def write_session(folder: Path, count: int = 10) -> SessionLog:
    """A log with rows in neutral, a tenth of a second apart; not finished."""
    log = SessionLog(folder, {"schema_version": 1})
    for index in range(count):
        log.sample(sample(index / 10), quiet(NEUTRAL))
    return log


# --- columns ----------------------------------------------------------------------------------------------------


def test_the_columns_are_those_the_format_fixes(tmp_path: Path) -> None:
    write_session(tmp_path / "s").finish("stopped")
    header = (tmp_path / "s" / "samples.csv").read_text(encoding="utf-8").splitlines()[0]
    fixed = (
        "t_s,face,rotation_deg,tilt_deg,flexion_deg,deviation_deg,measured_rotation_deg,measured_tilt_deg,"
        "measured_flexion_deg,x_cm,y_cm,z_cm,state"
    )
    assert header == fixed or header.startswith(fixed + ",")


def test_a_row_holds_smoothed_and_measured_angles_position_and_state(tmp_path: Path) -> None:
    log = SessionLog(tmp_path / "s", {})
    log.sample(sample(1.25, rotation_deg=-7.0), quiet(OUT))
    log.finish("stopped")
    with (tmp_path / "s" / "samples.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["state"] == "out"
    assert row["face"] == "1"
    assert (row.pop("quality"), row.pop("unsmoothed")) == ("good", "1")
    numbers = {name: float(value) for name, value in row.items() if name not in ("state", "face")}
    assert numbers == pytest.approx(
        {
            "t_s": 1.25,
            "rotation_deg": -7.0,
            "tilt_deg": -2.0,
            "flexion_deg": 3.5,
            "deviation_deg": 4.25,
            "measured_rotation_deg": -6.5,
            "measured_tilt_deg": -2.5,
            "measured_flexion_deg": 3.0,
            "x_cm": 0.1,
            "y_cm": -0.25,
            "z_cm": 12.345,
            "measured_deviation_deg": 4.75,
        },
        abs=0.006,
    )


def test_without_a_face_the_angles_are_empty(tmp_path: Path) -> None:
    log = SessionLog(tmp_path / "s", {})
    log.sample(PostureSample(2.0), quiet(NO_FACE))
    log.finish("stopped")
    with (tmp_path / "s" / "samples.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row.pop("t_s"), row.pop("face"), row.pop("state")) == ("2.0000", "0", "no_face")
    assert (row.pop("quality"), row.pop("unsmoothed")) == ("no_face", "0")
    assert set(row.values()) == {""}


def test_cues_are_events_of_their_own(tmp_path: Path) -> None:
    log = SessionLog(tmp_path / "s", {})
    log.sample(sample(1.0), Feedback(OUT, Cue.TURN_LEFT, Cue.TURN_LEFT, 1.5))
    log.event(2.0, "pause")
    summary = log.finish("stopped")
    events = list(read_events(tmp_path / "s"))
    assert [(event["t_s"], event["event"]) for event in events] == [(1.0, "cue"), (2.0, "pause")]
    assert (events[0]["cue"], events[0]["edge_share"]) == ("turn_left", 1.5)
    assert summary.cues["turn_left"] == summary.cue_count == 1


def test_what_was_written_reads_back(tmp_path: Path) -> None:
    log = write_session(tmp_path / "s")
    log.sample(PostureSample(1.0), quiet(NO_FACE))
    log.finish("stopped")
    rows = list(read_samples(tmp_path / "s"))
    assert [row.t_s for row, _ in rows] == pytest.approx([index / 10 for index in range(11)])
    assert [state for _, state in rows] == [NEUTRAL] * 10 + [NO_FACE]
    assert rows[0][0].smoothed == HeadAngles(1.0, -2.0, 3.5, 4.25)
    assert rows[-1][0].smoothed is None


# --- the figures ------------------------------------------------------------------------------------------------


def tally(*rows: tuple[float, PostureState, float | None]) -> Summary:
    """The summary of rows (seconds, state, rotation in degrees or None without a face)."""
    adding = SummaryTally()
    for t_s, state, rotation_deg in rows:
        angles = None if rotation_deg is None else HeadAngles(rotation_deg, 0.0, 0.0, abs(rotation_deg))
        adding.add(PostureSample(t_s, angles, quality=Quality.GOOD if angles else Quality.NO_FACE), state)
    return adding.summary("stopped")


MIXED = (
    (0.0, NEUTRAL, 1.0),
    (0.2, NEUTRAL, 3.0),
    (0.4, NEUTRAL, 2.0),
    (0.6, OUT, 10.0),
    (0.8, OUT, 12.0),
    (1.0, NEUTRAL, 4.0),
    (1.2, NEUTRAL, 4.0),
    (2.0, NEUTRAL, 4.0),  # after a gap of 0.8 s
    (2.2, NO_FACE, None),
    (2.4, NO_FACE, None),
    (2.6, PAUSED, 50.0),
    (2.9, PAUSED, None),
    (3.1, NEUTRAL, 4.0),
)


def test_seconds_belong_to_the_state_they_began_in() -> None:
    summary = tally(*MIXED)
    assert summary.neutral_s == pytest.approx(0.6 + 0.2 + 0.2)
    assert summary.out_s == pytest.approx(0.4)
    assert summary.no_face_s == pytest.approx(0.4)
    assert summary.paused_s == pytest.approx(0.5)
    assert summary.seen_s == pytest.approx(summary.neutral_s + summary.out_s)
    assert summary.length_s == pytest.approx(3.1)


def test_a_step_of_more_than_half_a_second_counts_as_nothing() -> None:
    assert tally((0.0, NEUTRAL, 0.0), (0.5, NEUTRAL, 0.0)).neutral_s == 0.5
    assert tally((0.0, NEUTRAL, 0.0), (0.51, NEUTRAL, 0.0)).neutral_s == 0.0
    assert tally((0.0, OUT, 9.0), (10.0, OUT, 9.0)).length_s == 10.0


def test_the_longest_hold_is_without_a_break() -> None:
    assert tally(*MIXED).longest_neutral_s == pytest.approx(0.6)
    gap = [(t_s, NEUTRAL, 0.0) for t_s in (0.0, 0.25, 0.5, 1.25, 1.5, 1.75, 2.0)]
    assert tally(*gap).longest_neutral_s == 0.75
    short_loss = [(0.0, NEUTRAL, 0.0), (0.25, NEUTRAL, 0.0), (0.5, NO_FACE, None), (0.75, NEUTRAL, 0.0)]
    assert tally(*short_loss).longest_neutral_s == 0.5


def test_the_share_with_a_face() -> None:
    summary = tally(*MIXED)
    assert summary.frames == 13
    assert summary.face_share == pytest.approx(10 / 13, abs=1e-4)
    assert tally().face_share is None


def test_mean_and_spread_are_of_the_rows_in_neutral_and_out() -> None:
    values = [1.0, 3.0, 2.0, 10.0, 12.0, 4.0, 4.0, 4.0, 4.0]
    mean = sum(values) / len(values)
    spread = math.sqrt(sum((value - mean) ** 2 for value in values) / len(values))
    figures = tally(*MIXED).angles["rotation"]
    assert (figures.mean_deg, figures.sd_deg) == pytest.approx((mean, spread), abs=1e-3)
    assert tally((0.0, NO_FACE, None), (0.1, PAUSED, 5.0)).angles == {}


def test_the_summary_on_disk_is_the_one_given_back(tmp_path: Path) -> None:
    summary = write_session(tmp_path / "s").finish("stopped", 12.0)
    assert summary.length_s == 12.0
    record = read_session(tmp_path / "s")
    assert record.summary == summary
    assert record.trouble == ""
    assert record.header == {"schema_version": 1}


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
    done = run_command("practice", *arguments, file_limit=4500)
    assert done.returncode == 1
    assert "can't be written on" in one_short_message(done.stderr)
    assert "pygame" not in done.stdout
    (folder,) = (patient_folder(tmp_path, "anna") / "sessions").iterdir()
    record = read_session(folder)
    assert record.header["patient"] == "anna"
    assert record.trouble == CUT_OFF
    assert record.summary is not None
    assert record.summary.frames > 10
    assert (folder / "samples.csv").stat().st_size <= 4500


@posix
def test_analyze_on_a_full_disk_ends_kindly(tmp_path: Path, no_face_video: Path, run_command: RunCommand) -> None:
    done = run_command("analyze", no_face_video, "--out", tmp_path / "log", file_limit=900)
    assert done.returncode == 1
    assert "can't be written on" in one_short_message(done.stderr)
    later = run_command("analyze", no_face_video, "--out", tmp_path / "later", file_limit=10)
    assert later.returncode == 1
    assert "can't be written on" in one_short_message(later.stderr)
    assert done.stdout == later.stdout == ""


# --- folders, files, codes --------------------------------------------------------------------------------------


@posix
def test_records_are_for_their_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        folder = session_folder(patient_folder(tmp_path / "data", "anna"))
        write_session(folder).finish("stopped")
        save_baseline(patient_folder(tmp_path / "data", "anna"), made_baseline())
    finally:
        os.umask(before)
    found = [tmp_path / "data", *(tmp_path / "data").rglob("*")]
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in found}
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o600}
    assert sum(path.is_file() for path in found) == len(FILES) + 1


def test_an_earlier_session_is_never_written_over(tmp_path: Path) -> None:
    write_session(tmp_path / "s").finish("stopped")
    before = {name: (tmp_path / "s" / name).read_bytes() for name in FILES}
    with pytest.raises(UserError, match="already holds a session"):
        SessionLog(tmp_path / "s", {"another": "one"})
    assert {name: (tmp_path / "s" / name).read_bytes() for name in FILES} == before


@pytest.mark.parametrize("name", FILES)
def test_not_even_a_part_of_one(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("old", encoding="utf-8")
    with pytest.raises(UserError, match="already holds a session"):
        SessionLog(tmp_path, {})
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text(encoding="utf-8") == "old"


def test_a_folder_under_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UserError, match="can't make the folder"):
        SessionLog(tmp_path / "file" / "s", {})


def test_session_folders_sort_by_time(tmp_path: Path) -> None:
    moments = [datetime(2026, 1, 31, 8, 5, 9, 7000, tzinfo=UTC), datetime(2026, 1, 31, 20, 5, 9, tzinfo=UTC)]
    names = [session_folder(tmp_path, moment).name for moment in moments]
    assert names == ["2026-01-31T08-05-09.007Z", "2026-01-31T20-05-09.000Z"] == sorted(names)


near_codes = st.text(alphabet=string.ascii_letters + string.digits + "-_./\\ \n\0:é١", max_size=70)


@given(st.one_of(st.text(max_size=80), near_codes))
@example("..")
@example("a/b")
@example("a\\b")
@example("anna\n")
@example("")
@example("x" * 64)
@example("x" * 65)
@example("é")
@example("١")  # a digit, but not one of 0 to 9
@example("C:")
def test_only_plain_codes_pass_and_none_leaves_the_folder(code: str) -> None:
    allowed = set(string.ascii_letters + string.digits + "-_")
    fine = 1 <= len(code) <= 64 and set(code) <= allowed
    data = Path(tempfile.gettempdir()) / "data"
    if fine:
        assert checked_code(code) == code
        folder = patient_folder(data, code)
        assert Path(os.path.normpath(folder)).parent == data / "patients"
        assert folder.name == code
    else:
        with pytest.raises(WrongCall):
            checked_code(code)
        with pytest.raises(WrongCall):
            patient_folder(data, code)


# --- analyze writes the same log --------------------------------------------------------------------------------


def scripted_analysis(out: Path, times_s: list[float], **more: Any) -> Summary:
    """A head that is still for 2 s and turns 20 degrees to the right after 3 s; unseen from 6 s on."""

    def pose_at(t_s: float) -> Any:
        return None if t_s >= 6 else made_face(rotation_from_angles(20.0 if t_s >= 3 else 0.0, 0.0, 0.0))

    tracker = ScriptedTracker(lambda frame: pose_at(frame.t_s))
    return analyze(ScriptedSource(frames_at(times_s)), tracker, Analysis(out, **more)).summary


def test_analyze_logs_every_frame_with_its_own_time(tmp_path: Path) -> None:
    times_s = [index / 20 for index in range(160)]
    del times_s[70:74]
    summary = scripted_analysis(tmp_path / "out", times_s)
    rows = list(read_samples(tmp_path / "out"))
    assert [row.t_s for row, _ in rows] == pytest.approx(times_s)
    assert {path.name for path in (tmp_path / "out").iterdir()} == set(FILES)
    turned = [row.smoothed.rotation_deg for row, _ in rows if row.smoothed and row.t_s > 4]
    # MediaPipe's landmarks bend as the head turns, these do not: the correction of the bend adds what is not there.
    assert turned == pytest.approx([20.0] * len(turned), abs=1.5)
    assert np.ptp(turned) < 0.01
    assert [event["event"] for event in read_events(tmp_path / "out")][-1] == "face_lost"
    assert summary.cues["turn_left"] == summary.cue_count == 1
    assert summary.no_face_s == pytest.approx(8 - 6 - 0.05)
    assert summary.face_share == pytest.approx(116 / 156, abs=1e-3)
    header = json.loads((tmp_path / "out" / "session.json").read_text(encoding="utf-8"))
    assert header["baseline"]["spread_deg"] == 0
    assert "landmarks" not in header["baseline"]


def test_no_thread_is_left_when_analyze_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "samples.csv").write_text("old", encoding="utf-8")
    with pytest.raises(UserError, match="already holds a session") as caught:
        scripted_analysis(tmp_path, [index / 20 for index in range(160)])
    assert caught.tb is not None  # which keeps all that analyze held alive, as it does while the source is closed
    assert "decoding" not in [thread.name for thread in threading.enumerate()]
