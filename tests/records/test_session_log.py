"""The record: its columns, its figures, and what is left of it after a kill, a full disk, a broken line."""

import csv
import json
import math
import os
import stat
import string
import tempfile
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from made.scripted import ScriptedSource, ScriptedTracker, frames_at, made_baseline, made_face

from posture_trainer.errors import UserError, WrongCall
from posture_trainer.feedback import Cue, Feedback, PostureState
from posture_trainer.figures.session_summary import Summary, SummaryTally
from posture_trainer.pose.angles import HeadAngles, rotation_from_angles
from posture_trainer.pose.posture import PostureSample
from posture_trainer.pose.quality import Quality
from posture_trainer.records.baseline_files import save_baseline
from posture_trainer.records.people import checked_code, patient_folder
from posture_trainer.records.samples_file import TRUNK
from posture_trainer.records.session_log import FILES, SessionLog, session_folder
from posture_trainer.records.session_reader import read_events, read_samples, read_session
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
    assert {row.pop(name) for name in (*TRUNK, "hand", "hand_place")} == {""}, "no body was seen"
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
    assert sum(path.is_file() for path in found) == len(FILES) + 2, "the baseline, and the line that tells of it"


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
