"""Stopped by the system (Ctrl-C, a shutdown, a closed terminal): one plain line, 130 unless a session's summary is
written, and nothing half done stays. Every case runs in one process of its own and sends itself the signal, at the very
moment that is meant; signals from outside: tests/session/test_ending.py."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from made.common import ROOT, child_environment
from made.patients import make_patient

from posture_trainer.exchange.archive.write import export_patient

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")

# name: signal, how often, where it comes (module, name in it, at which call), arguments
CASES: dict[str, tuple[str, int, str, int, list[str]]] = {
    "analyze": ("SIGINT", 1, "session.recorded_video:_Following.frame", 22, ["analyze", "VIDEO", "--out", "OUT"]),
    "analyze, before its log": ("SIGTERM", 1, "session.recorded_video:first_face", 1,
        ["analyze", "VIDEO", "--out", "OUT"]),
    "export": ("SIGTERM", 1, "exchange.archive.write:_add", 2, ["export", "--patient", "anna", "--out", "OUT"]),
    "tables": ("SIGINT", 1, "exchange.tables.csv_files:read_rows", 2, ["export", "--format", "csv", "--out", "OUT"]),
    "import": ("SIGHUP", 1, "exchange.archive.take_in:place", 1, ["import", "ZIP", "--data-dir", "OUT"]),
    "review": ("SIGTERM", 1, "report.write:write_private_file", 1, ["review", "--patient", "anna", "--out", "OUT"]),
    "calibrate": ("SIGTERM", 1, "session.parts.baseline:_Recording.add", 9,
        ["calibrate", "--patient", "new", "--source", "VIDEO", "--no-window", "--mute"]),
    "calibrate, in the window": ("SIGHUP", 1, "screen.window:PygameWindow.show", 4,
        ["calibrate", "--patient", "new", "--source", "VIDEO", "--mute"]),
    "practice, before it began": ("SIGINT", 1, "screen.window:PygameWindow.show", 4,
        ["practice", "--patient", "anna", "--source", "VIDEO", "--mute"]),
    "practice": ("SIGTERM", 1, "records.session_log:SessionLog.sample", 9,
        ["practice", "--patient", "anna", "--source", "VIDEO", "--mute", "--no-window"]),
    "practice, asked twice": ("SIGINT", 2, "records.session_log:SessionLog.sample", 9,
        ["practice", "--patient", "anna", "--source", "VIDEO", "--mute"]),
    "demo": ("SIGINT", 1, "records.session_log:SessionLog.sample", 9, ["demo", "--mute"]),
}  # fmt: skip

PROGRAM = """
import contextlib, importlib, io, json, os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # in the background of a script it is ignored, and stays so
signal.signal(signal.SIGHUP, signal.SIG_DFL)
from pathlib import Path
tests, cases, places, results = sys.argv[1:]
sys.path.insert(0, tests)
from made.scripted import ScriptedTracker, made_face
from posture_trainer.quiet import quiet_native_libraries
from posture_trainer.session import open_devices
from posture_trainer.tracking import choice
quiet_native_libraries()
class Tracker(ScriptedTracker):
    def __init__(self): super().__init__(lambda _frame: made_face())
    def __enter__(self): return self
    def __exit__(self, *_): pass
choice.open_tracker = open_devices.open_tracker = lambda _way=None: Tracker()
from posture_trainer.cli.app import main

def signalling(where, call, number, times):
    module, _, path = where.partition(":")
    *above, name = path.split(".")
    owner = importlib.import_module("posture_trainer." + module)
    for each in above: owner = getattr(owner, each)
    real, calls = getattr(owner, name), []
    def stand_in(*a, **k):
        calls.append(1)
        if len(calls) == call:
            for _ in range(times): os.kill(os.getpid(), number)
        return real(*a, **k)
    setattr(owner, name, stand_in)
    return lambda: setattr(owner, name, real)

found = {}
for case, (name, times, where, call, arguments) in json.loads(cases).items():
    number = getattr(signal, name)
    put_back = signalling(where, call, number, times)
    known = dict(json.loads(places), OUT=str(Path(results).parent / case))
    before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    out, errors = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors):
        code = main([known.get(each, each) for each in arguments])
    put_back()
    same = before == {each: signal.getsignal(each) for each in before}
    found[case] = dict(code=code, out=out.getvalue(), errors=errors.getvalue(), same=same)
Path(results).write_text(json.dumps(found), encoding="utf-8")
"""


@dataclass(frozen=True)
class Stopped:
    """What came of one case. place: of what it was to make."""

    code: int
    out: str
    errors: str
    same: bool
    place: Path


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("home")
    make_patient(data, "anna", sessions=2, rows=40)
    export_patient(data, "anna", data / "anna.zip")
    return data


@pytest.fixture(scope="module")
def stopped(home: Path, tmp_path_factory: pytest.TempPathFactory, still_face_video: Path) -> dict[str, Stopped]:
    folder = tmp_path_factory.mktemp("stopped")
    places = {"VIDEO": str(still_face_video), "ZIP": str(home / "anna.zip")}
    call = [str(ROOT / "tests"), json.dumps(CASES), json.dumps(places), str(folder / "results.json")]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *call],
        env={**child_environment(), "POSTURE_TRAINER_HOME": str(home)},
        capture_output=True, text=True, timeout=170, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    return {case: Stopped(**came, place=folder / case) for case, came in found.items()}


def new_sessions(home: Path, code: str) -> list[dict[str, Any]]:
    """Headers, summaries and numbers of rows of what was recorded today."""
    folders = (home / "patients" / code / "sessions").glob("*")
    found = []
    for folder in sorted(each for each in folders if not each.name.startswith("2026-01-3")):
        summary = folder / "summary.json"
        rows = len((folder / "samples.csv").read_text(encoding="utf-8").splitlines()) - 1
        found.append({"rows": rows, "ended": json.loads(summary.read_bytes())["ended"] if summary.exists() else None})
    return found


@pytest.mark.parametrize("case", CASES)
def test_it_ends_with_a_plain_line_and_leaves_the_signals_as_they_were(stopped: dict[str, Stopped], case: str) -> None:
    found = stopped[case]
    summarised = case in ("practice", "demo")
    assert found.code == (0 if summarised else 130)
    assert found.same
    said = [line for line in found.errors.splitlines() if "Sit on a firm chair" not in line]
    if CASES[case][0] == "SIGHUP":
        assert said == [], "there is nobody to speak to"
    elif summarised:
        assert said == []
        assert "Recorded in" in found.out
    else:
        (line,) = said
        assert line.startswith("posture-trainer: Stopped")


def test_a_video_is_kept_up_to_there(stopped: dict[str, Stopped]) -> None:
    found = stopped["analyze"]
    assert f"Stopped at 1.0 s of the video. All up to now is kept in {found.place}." in found.errors
    assert json.loads((found.place / "summary.json").read_bytes())["ended"] == "stopped"
    assert len((found.place / "samples.csv").read_text(encoding="utf-8").splitlines()) == 1 + 21
    assert not stopped["analyze, before its log"].place.exists()


@pytest.mark.parametrize("case", ["export", "tables", "import"])
def test_nothing_half_done_stays(stopped: dict[str, Stopped], case: str) -> None:
    place = stopped[case].place
    kept = {"audit", "locks"}  # of the folder of all records: who did what, and who is at it
    assert not place.exists() or {each.name for each in place.iterdir()} <= kept
    assert list(place.parent.glob(".*")) == []


def test_what_was_not_calibrated_is_not_there(stopped: dict[str, Stopped], home: Path) -> None:
    assert "Nothing was changed" in stopped["calibrate"].errors
    assert not (home / "patients" / "new").exists()


def test_asked_twice_it_ends_at_once_and_says_what_is_kept(stopped: dict[str, Stopped]) -> None:
    assert "Stopped at once. All up to now is kept in" in stopped["practice, asked twice"].errors


def test_every_session_that_ran_has_its_rows_and_its_summary(stopped: dict[str, Stopped], home: Path) -> None:
    assert stopped
    practised = new_sessions(home, "anna")
    assert [each["ended"] for each in practised] == ["stopped"] * 2
    assert all(each["rows"] >= 9 - (each is practised[1]) for each in practised)
    assert [each["ended"] for each in new_sessions(home, "demo")] == ["stopped"]
