"""Files far larger than any that is meant: they take little memory and little work."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from made.common import child_environment
from made.patients import make_patient
from test_damaged_files import taken_or_refused

from posture_trainer.errors import UserError
from posture_trainer.exchange.tables.sample_rows import all_columns, read_rows
from posture_trainer.plans.patient_file import load_patient_settings
from posture_trainer.records.samples_file import load_samples
from posture_trainer.records.session_reader import MOST_EVENTS, read_events, read_samples

MB = 1_000_000
ENORMOUS: dict[str, Callable[[Path], tuple[Path, bytes]]] = {
    "lists in the header": lambda session: (session / "session.json", b'{"a":[' + b"[]," * (5 * MB // 3) + b"[]]}"),
    "cues in the summary": lambda session: (
        session / "summary.json", b'{"cues":{' + b",".join(b'"%d":-1' % each for each in range(450_000)) + b"}}"
    ),
    "events": lambda session: (session / "events.jsonl", b'{"event":""}\n' * (5 * MB // 13)),
    "rows of commas": lambda session: (
        session / "samples.csv", _heading(session) + (b"," * 23 + b"\n") * (5 * MB // 24)
    ),
    "rows of ones": lambda session: (
        session / "samples.csv", _heading(session) + b"x\n" + (b"1," * 23 + b"1\n") * (5 * MB // 48)
    ),
    "columns": lambda session: (session / "samples.csv", b"a," * (5 * MB // 2) + b"\n"),
    "landmarks": lambda session: (
        max((session.parent.parent / "baselines").iterdir()), b'{"landmarks":[' + b"[1]," * (5 * MB // 4) + b"[1]]}"
    ),
    "versions": lambda session: (
        max((session.parent.parent / "baselines").iterdir()),
        b'{"versions":{' + b",".join(b'"%d":1' % each for each in range(450_000)) + b"}}",
    ),
    "kept figures": lambda session: (
        session.parent.parent / "review-figures.json",
        b'{"figures":{' + b",".join(b'"%d":{}' % each for each in range(300_000)) + b"}}",
    ),
}  # fmt: skip
MOST_MB = 300
READ_ALL = f"""
import sys
from pathlib import Path
sys.path.insert(0, {str(Path(__file__).parent)!r})
import test_damaged_files as own
import test_large_files
from posture_trainer.errors import UserError
def most_mb():
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1000
patient = Path(sys.argv[1])
own.look_at_sessions(patient)
for name, make in test_large_files.ENORMOUS.items():
    path, content = make(max((patient / "sessions").iterdir()))
    with own.Put(path, lambda _: content):
        content = b""
        Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
        before = most_mb()
        own.past_sessions(patient)
        own.read_session(path.parent)
        own.taken_or_refused(lambda: own.latest_baseline(patient))
        if most_mb() - before > {MOST_MB}:
            print(name, round(most_mb() - before), "MB")
"""


def _heading(session: Path) -> bytes:
    return (session / "samples.csv").read_bytes().partition(b"\n")[0] + b"\n"


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="needs Linux's word on memory")
def test_no_file_of_5_mb_takes_more_than_300_mb(tmp_path: Path) -> None:
    patient = make_patient(tmp_path, "anna", sessions=1, rows=40)
    tests = os.pathsep.join([str(Path(__file__).parent.parent), child_environment()["PYTHONPATH"]])
    done = subprocess.run(
        [sys.executable, "-c", READ_ALL, str(patient)],
        env={**child_environment(), "PYTHONPATH": tests},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    "row",
    [
        b"",
        b"a",
        b"," * 23,
        b"1," * 23 + b"1",
        b"1,1," + b"180," * 10 + b"neutral,180,good,1" + b"," * 8,
        b'1,1,"",' + b"," * 12,
    ],
    ids=["nothing", "a letter", "commas", "ones", "whole but odd", "quotes"],
)
def test_rows_that_are_none_cost_little(tmp_path: Path, row: bytes) -> None:
    """Counted as calls of Python for each row, because time differs from one computer to the next."""
    session = max((make_patient(tmp_path, "anna", sessions=1, rows=40) / "sessions").iterdir())
    count = 5000
    (session / "samples.csv").write_bytes(_heading(session) + b"x\n" + (row + b"\n") * count)
    columns = all_columns([session])
    found = read_rows(session, columns)
    calls = calls_of(lambda: read_rows(session, columns))
    assert found.rows == (count if b"good" in row else 0)
    assert found.rows + found.left_out == count + 1
    if b"," in row:
        assert calls < 36 * count
    else:  # no line that can't be a row is looked at
        assert calls + calls_of(lambda: load_samples(session)) + calls_of(lambda: list(read_samples(session))) < count


def calls_of(work: Callable[[], object]) -> int:
    """How many calls of Python it takes."""
    calls = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("line", ["", "{}", '{"a": "event"', '{"event"'])
def test_lines_that_are_no_events_cost_little(tmp_path: Path, line: str) -> None:
    (tmp_path / "events.jsonl").write_text(f"{line}\n" * 80_000 + '{"event": "cue"}')
    found: list[object] = []
    assert calls_of(lambda: found.extend(read_events(tmp_path))) < 30 * MOST_EVENTS
    assert found == ([] if "event" in line else [{"event": "cue"}])


def test_thousands_of_unknown_keys_are_told_in_a_line_without_comparing_each_with_each(tmp_path: Path) -> None:
    patient = make_patient(tmp_path, "anna", sessions=1, rows=40)
    (patient / "patient.toml").write_text("".join(f"plam{number} = 1\n" for number in range(3900)))
    calls = calls_of(lambda: taken_or_refused(lambda: load_patient_settings(patient)))
    assert calls < 500_000
    with pytest.raises(UserError, match=r"plam0 is not a key .* \(3899 more"):
        load_patient_settings(patient)
