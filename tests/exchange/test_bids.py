"""The Motion-BIDS export: valid for the official validator, and the same figures as the log."""

import csv
import json
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from made.common import ROOT
from made.patients import change_header, make_patient
from test_tables import chosen, guided

from posture_trainer.exchange.tables.bids import labels
from posture_trainer.exchange.tables.bids_text import CHANNELS
from posture_trainer.exchange.tables.write import export_tables
from posture_trainer.records.people import session_folders
from posture_trainer.records.session_log import COLUMNS


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """Two patients whose codes differ by signs that BIDS does not allow; one session with odd text in it."""
    make_patient(tmp_path / "data", "anna-1")
    folder = make_patient(tmp_path / "data", "anna_1", sessions=1)
    (session,) = session_folders(folder)
    change_header(session, command="=\tevil\n", source={"kind": "camera", "name": "=cam\t\x1b[2J"}, created_utc="never")
    export_tables(chosen(tmp_path / "data"), tmp_path / "bids", "bids")
    return tmp_path / "bids"


# What is not known here, or is for whoever publishes the data to say.
RECOMMENDED = {"JSON_KEY_RECOMMENDED", "SIDECAR_KEY_RECOMMENDED", "TOO_FEW_AUTHORS", "NO_AUTHORS"}


def validated(dataset: Path) -> set[str]:
    """The codes of all that the official validator has to say; fails where there is an error."""
    validator = Path(sysconfig.get_path("scripts")) / "bids-validator-deno"
    if not validator.exists() and not validator.with_suffix(".exe").exists():
        pytest.skip("bids-validator-deno is not installed (it is in the extra [test])")
    done = subprocess.run(
        [validator, dataset, "--format", "json", "--max-rows", "-1"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    found = json.loads(done.stdout)
    issues = found["issues"]["issues"]
    assert [issue for issue in issues if issue["severity"] == "error"] == []
    assert done.returncode == 0
    assert found["summary"]["totalFiles"] > 10
    assert found["summary"]["modalities"] == ["motion"] or "motion" in str(found["summary"]["dataTypes"])
    assert "MISCChannelCount" not in {issue.get("subCode") for issue in issues}
    return {issue["code"] for issue in issues}


def test_it_is_valid_for_the_official_validator(dataset: Path) -> None:
    assert validated(dataset) <= RECOMMENDED


def test_every_file_name_is_one_of_bids(dataset: Path) -> None:
    validator = pytest.importorskip("bids_validator", reason="bids-validator is not installed (extra [test])")
    names = ["/" + each.relative_to(dataset).as_posix() for each in dataset.rglob("*") if each.is_file()]
    assert [name for name in names if not validator.BIDSValidator().is_bids(name)] == []


def test_the_rows_are_those_of_the_log(dataset: Path) -> None:
    (motion,) = dataset.glob("sub-anna1/ses-20260130T081500000Z/motion/*_motion.tsv")
    assert motion.name == "sub-anna1_ses-20260130T081500000Z_task-practice_tracksys-webcam_motion.tsv"
    log = dataset.parent / "data/patients/anna-1/sessions/2026-01-30T08-15-00.000Z/samples.csv"
    with motion.open(encoding="utf-8", newline="") as file:
        found = list(csv.reader(file, delimiter="\t"))
    with log.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    numbers = {"no_face": "0", "neutral": "1", "out": "2", "good": "1"}
    assert found == [[numbers.get(cell, cell) or "n/a" for cell in row] for row in rows]
    about = json.loads(motion.with_suffix(".json").read_bytes())
    assert about["SamplingFrequency"] == pytest.approx(30, abs=0.1)
    assert about["SamplingFrequencyEffective"] == pytest.approx(30, abs=0.1)
    assert about["Baseline"]["spread_deg"] == 0
    assert "landmarks" not in json.dumps(about)


def test_channels_describe_the_columns_in_their_order(dataset: Path) -> None:
    assert tuple(channel[0] for channel in CHANNELS) == COLUMNS
    (path, *_) = dataset.rglob("*_channels.tsv")
    with path.open(encoding="utf-8", newline="") as file:
        assert [row["name"] for row in csv.DictReader(file, delimiter="\t")] == list(COLUMNS)


def test_participants_keep_their_codes_apart(dataset: Path) -> None:
    lines = (dataset / "participants.tsv").read_text(encoding="utf-8").splitlines()
    assert lines == ["participant_id\tpatient_code", "sub-anna1\tanna-1", "sub-anna1x2\tanna_1"]
    assert labels(["a-b", "AB", "ab", "--"]) == {"a-b": "ab", "AB": "ABx2", "ab": "abx3", "--": "x"}


def test_events_are_in_order_of_time(dataset: Path) -> None:
    path = next(iter(sorted(dataset.rglob("*_events.tsv"))))
    with path.open(encoding="utf-8", newline="") as file:
        events = list(csv.DictReader(file, delimiter="\t"))
    assert [(event["trial_type"], event["cue"]) for event in events] == [("cue", "turn_left"), ("stop", "n/a")]
    assert float(events[0]["onset"]) == 2.0


def test_events_hold_ratings_and_trials_with_their_figures(tmp_path: Path) -> None:
    guided(tmp_path / "data")
    export_tables(chosen(tmp_path / "data"), tmp_path / "bids", "bids")
    (path,) = (tmp_path / "bids").rglob("*_events.tsv")
    with path.open(encoding="utf-8", newline="") as file:
        events = list(csv.DictReader(file, delimiter="\t"))
    onsets = [float(event["onset"]) for event in events]
    assert onsets == sorted(onsets)
    (rated,) = [event for event in events if event["trial_type"] == "ratings"]
    assert (rated["when"], rated["pain"], rated["control"], rated["onset"]) == ("before", "40", "55", "1.0")
    (stretch,) = [event for event in events if event["trial_type"] == "stretch"]
    assert (stretch["onset"], stretch["duration"], stretch["limit_deg"]) == ("5.0", "10.0", "15")
    assert (stretch["direction"], stretch["cues"], stretch["ending"], stretch["pain"]) == (
        "tilt_left",
        "1",
        "done",
        "n/a",
    )
    about = json.loads(path.with_suffix(".json").read_bytes())
    assert set(events[0]) - {"onset", "duration"} == set(about) - {"StimulusPresentation"}
    assert about["limit_deg"]["Units"] == "deg"
    assert validated(tmp_path / "bids") <= RECOMMENDED


def test_the_command_writes_it(tmp_path: Path) -> None:
    make_patient(tmp_path / "data", "a", sessions=1)
    call = [sys.executable, "-m", "posture_trainer", "export", "--format", "bids", "--out", str(tmp_path / "out")]
    root = ROOT
    done = subprocess.run([*call, "--data-dir", str(tmp_path / "data")], cwd=root, capture_output=True, check=False)
    assert done.returncode == 0
    assert (tmp_path / "out" / "dataset_description.json").is_file()
