"""Lab Streaming Layer outlets, heard by a real inlet on this computer."""

import json
import math
import subprocess
import sys
import time
from pathlib import Path

import pytest
from made.common import child_environment

from posture_trainer.errors import UserError
from posture_trainer.exchange import lab_streams
from posture_trainer.exchange.lab_streams import EVENTS_NAME, LABELS, NAME, LabStreams, row
from posture_trainer.feedback import PostureState
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.posture import PostureSample
from posture_trainer.pose.quality import Quality

try:
    lab_streams._pylsl()
except UserError:
    pytest.skip("pylsl or its library is not installed (extra [lab])", allow_module_level=True)

# Heard in a process of its own, as by a recorder: what came, its time, and how far its clock is from ours.
LISTENER = """
import json, sys
from posture_trainer.exchange.lab_streams import _pylsl
lsl = _pylsl()
found = {}
for name in ("posture_trainer", "posture_trainer_events"):
    (info,) = lsl.resolve_byprop("name", name, 1, 30)
    found[name] = lsl.StreamInlet(info, recover=False)
    found[name].open_stream(30)
rows = found["posture_trainer"]
channel = rows.info(30).desc().child("channels").child("channel")
channels = []
while not channel.empty():
    channels.append([channel.child_value(key) for key in ("label", "type", "unit")])
    channel = channel.next_sibling()
correction = rows.time_correction(30)
print("ready", flush=True)
wanted = int(sys.argv[1])
got = []
while len(got) < wanted:
    sample, stamp = rows.pull_sample(30)
    if sample is None:
        break
    got.append([sample, stamp])
event, event_stamp = found["posture_trainer_events"].pull_sample(30)
print(json.dumps([channels, correction, got, event, event_stamp]), flush=True)
"""


@pytest.fixture
def listener() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", LISTENER, "3"], stdout=subprocess.PIPE, text=True, env=child_environment()
    )


def a_sample(t_s: float) -> PostureSample:
    angles = HeadAngles(10.0, -2.0, 3.5, 11.0)
    return PostureSample(t_s, angles, angles, (0.5, -0.25, 1.0), Quality.GOOD, True)


def test_a_real_inlet_hears_rows_and_events_at_their_time(listener: subprocess.Popen[str]) -> None:
    with listener:
        streams = LabStreams()
        assert listener.stdout is not None
        assert listener.stdout.readline() == "ready\n"
        zero_s = time.monotonic() - 5.0
        streams.begins(zero_s)
        streams.sample(a_sample(5.0), PostureState.NEUTRAL)
        streams.sample(PostureSample(5.04), PostureState.NO_FACE)
        streams.sample(a_sample(5.08), PostureState.OUT)
        streams.event(5.08, "cue", {"cue": "turn_left", "edge_share": 1.2})
        channels, correction, rows, event, event_stamp = json.loads(listener.stdout.readline())
        streams.close()
    assert [channel[0] for channel in channels] == list(LABELS)
    assert ["rotation_deg", "ORNT", "deg"] in channels
    assert ["x_cm", "POS", "cm"] in channels
    first, hidden, last = (dict(zip(LABELS, values, strict=True)) for values, _ in rows)
    assert (first["rotation_deg"], first["x_cm"], first["state"], first["quality"]) == (10.0, 0.5, 1.0, 1.0)
    assert (hidden["face"], last["state"]) == (0.0, 2.0)
    assert math.isnan(hidden["rotation_deg"])
    assert json.loads(event[0]) == {"t_s": 5.08, "event": "cue", "cue": "turn_left", "edge_share": 1.2}
    # The stamps in the listener's clock, which on this computer is time.monotonic() shifted by a constant.
    import pylsl

    shift_s = time.monotonic() - pylsl.local_clock()
    for stamp, t_s in zip((*(stamp for _, stamp in rows), event_stamp), (5.0, 5.04, 5.08, 5.08), strict=True):
        assert abs(stamp + correction + shift_s - (zero_s + t_s)) < 0.002


def test_the_channels_are_those_of_the_log(tmp_path: Path) -> None:
    from posture_trainer.records.session_log import COLUMNS

    assert ("t_s", *LABELS) == COLUMNS
    assert len(row(a_sample(0.0), PostureState.PAUSED)) == len(LABELS)
    assert tmp_path.is_dir()


def test_without_the_library_one_line_says_how(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pylsl", None)
    with pytest.raises(UserError, match=r"pip install 'posture-trainer\[lab\]'"):
        LabStreams()
    assert (NAME, EVENTS_NAME) == (lab_streams.NAME, lab_streams.EVENTS_NAME)


def test_analyze_streams_what_it_logs(tmp_path: Path, restless_face_video: Path) -> None:
    listening = subprocess.Popen(
        [sys.executable, "-c", LISTENER, "60"], stdout=subprocess.PIPE, text=True, env=child_environment()
    )
    call = [sys.executable, "-m", "posture_trainer", "analyze", restless_face_video, "--out", tmp_path / "log", "--lsl"]
    with listening, subprocess.Popen([*map(str, call)], env=child_environment()) as analysing:
        assert listening.stdout is not None
        assert listening.stdout.readline() == "ready\n"
        _, _, rows, event, _ = json.loads(listening.stdout.readline())
        assert analysing.wait(60) == 0
    lines = (tmp_path / "log/samples.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert len(rows) == len(lines) == 60
    stamps = [stamp for _, stamp in rows]
    for index, (line, (values, stamp)) in enumerate(zip(lines, rows, strict=True)):
        t_s, face, rotation, *_ = line.split(",")
        assert values[0] == float(face)
        assert values[1] == pytest.approx(float(rotation), abs=0.001)
        assert stamp - stamps[0] == pytest.approx(float(t_s), abs=0.0001), index
    assert (
        json.loads(event[0])["event"] == json.loads((tmp_path / "log/events.jsonl").read_text().split("\n")[0])["event"]
    )
