"""A Motion-BIDS dataset: one subject for each patient, one session for each session."""

import json
import re
import statistics
from collections.abc import Iterable
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

from posture_trainer.exchange.tables import bids_text
from posture_trainer.exchange.tables.bids_beside import write_desk, write_diary
from posture_trainer.exchange.tables.bids_events import event_rows, events_json
from posture_trainer.exchange.tables.chosen import Chosen, TablesResult
from posture_trainer.exchange.tables.sample_rows import Samples, read_rows
from posture_trainer.exchange.tables.session_rows import SESSION_COLUMNS, Value, session_row
from posture_trainer.pose.quality import Quality
from posture_trainer.private_files import open_private
from posture_trainer.progress import Advance
from posture_trainer.records.session_log import COLUMNS
from posture_trainer.records.session_reader import read_object
from posture_trainer.words.harmless import text_cell

_NOT_IN_LABEL = re.compile(r"[^A-Za-z0-9]")
_UTC = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}")
_LARGEST = 1e15  # no number in a record is larger
_SESSION_FIGURES = ("length_s", "seen_s", "neutral_s", "cues", "hold_test_s", "trouble")


def write(chosen: Chosen, folder: Path, progress: Advance) -> TablesResult:
    """Fill the folder. A session without a single whole row is told and left out."""
    patients = {
        patient: [place for _, place in group] for patient, group in groupby(chosen.sessions, lambda each: each[0])
    }
    subjects = labels(patients)
    places_of = dict(chosen.patients)
    rows, written, troubles = 0, 0, []
    participants = []
    for patient, places in patients.items():
        subject, sessions = f"sub-{subjects[patient]}", []
        names = labels(place.name for place in places)
        for place in places:
            session = f"ses-{names[place.name]}"
            about = session_row(patient, place)
            figures = dict(zip(SESSION_COLUMNS, about.values, strict=True))
            trouble = about.trouble
            count = _session(folder / subject / session / "motion", f"{subject}_{session}", place)
            if count:
                acquired = _UTC.match(str(figures["started_utc"]))
                time = acquired[0] + "Z" if acquired else None
                sessions.append([session, time, *(figures[name] or None for name in _SESSION_FIGURES)])
                rows, written = rows + count, written + 1
            else:
                trouble = trouble or "no whole row"
            if trouble:
                troubles.append(f"{patient}/{place.name} ({trouble})")
            progress(1)
        if patient in places_of and sessions:
            for write_beside in (write_diary, write_desk):
                found = write_beside(folder, subject, patient, places_of[patient], _write_tsv, _write_json)
                sessions += [[*each, *([None] * len(_SESSION_FIGURES))] for each in found]
        if sessions:
            participants.append([subject, text_cell(patient)])
            heading = ["session_id", "acq_time", *_SESSION_FIGURES]
            _write_tsv(folder / subject / f"{subject}_sessions.tsv", [heading, *sessions])
            _write_json(folder / subject / f"{subject}_sessions.json", bids_text.SESSIONS_JSON)
    _write_tsv(folder / "participants.tsv", [["participant_id", "patient_code"], *participants])
    _write_json(folder / "participants.json", bids_text.PARTICIPANTS_JSON)
    _write_json(folder / "dataset_description.json", bids_text.dataset_description())
    _write_text(folder / "README.md", bids_text.README)
    return TablesResult(written, rows, tuple(troubles))


def labels(names: Iterable[str]) -> dict[str, str]:
    """A BIDS label (letters and digits only) for each name; x2, x3… is added where two would be the same."""
    given: dict[str, str] = {}
    used: set[str] = set()  # in lower case, to keep them apart on any disk
    for name in names:
        plain = _NOT_IN_LABEL.sub("", name) or "x"
        label, number = plain, 2
        while label.lower() in used:
            label, number = f"{plain}x{number}", number + 1
        used.add(label.lower())
        given[name] = label
    return given


def _session(folder: Path, start: str, place: Path) -> int:
    """Write one session's files; gives back the number of its rows, 0 if there was nothing to write."""
    try:
        found = read_rows(place, COLUMNS)
    except OSError:
        return 0
    if not found.rows:
        return 0
    header = read_object(place / "session.json")
    command = header.get("command")
    task, description = bids_text.TASKS.get(command if isinstance(command, str) else "", bids_text.OTHER_TASK)
    start = f"{start}_task-{task}"
    tracked = f"{start}_tracksys-webcam"
    with open_private(folder / f"{tracked}_motion.tsv") as file:
        file.write(_motion(found).encode())
    _write_json(folder / f"{tracked}_motion.json", _about_motion(found, header, task, description))
    _write_tsv(folder / f"{tracked}_channels.tsv", [bids_text.CHANNEL_COLUMNS, *bids_text.CHANNELS])
    _write_json(folder / f"{tracked}_channels.json", bids_text.CHANNELS_JSON)
    events = event_rows(place)
    if events:
        _write_tsv(folder / f"{start}_events.tsv", events)
        _write_json(folder / f"{start}_events.json", events_json(events[0]))
    return found.rows


def _motion(found: Samples) -> str:
    """The rows without a heading, words as numbers, n/a for what is missing."""
    state, quality = COLUMNS.index("state"), COLUMNS.index("quality")
    hand, place = COLUMNS.index("hand"), COLUMNS.index("hand_place")
    lines = []
    for line in found.text.split("\n")[:-1]:
        cells = line.split(",")
        cells[state] = str(bids_text.STATES.get(cells[state], bids_text.OTHER_STATE))
        cells[quality] = cells[quality] and str(int(cells[quality] == Quality.GOOD.value))
        cells[hand] = str(bids_text.HANDS.get(cells[hand], ""))
        cells[place] = str(bids_text.PLACES.get(cells[place], ""))
        lines.append("\t".join(cell or "n/a" for cell in cells))
    return "\n".join(lines) + "\n"


def _about_motion(found: Samples, header: dict[str, Any], task: str, description: str) -> dict[str, Any]:
    times_s = [float(line.partition(",")[0]) for line in found.text.split("\n")[:-1]]
    steps_s = [later - earlier for earlier, later in pairwise(times_s) if later > earlier]
    median_hz = 1 / statistics.median(steps_s) if steps_s else 0.0
    length_s = times_s[-1] - times_s[0]
    source, baseline, versions = (_dict(header.get(key)) for key in ("source", "baseline", "versions"))
    about: dict[str, Any] = {
        "TaskName": task,
        "TaskDescription": description,
        "Instructions": bids_text.INSTRUCTIONS.get(task, "n/a"),
        "SamplingFrequency": round(median_hz, 3),
        "SamplingFrequencyEffective": round((len(times_s) - 1) / length_s, 3) if length_s > 0 else "n/a",
        "TrackingSystemName": "webcam",
        "Manufacturer": "n/a",
        "ManufacturersModelName": text_cell(str(source.get("name") or "n/a")),
        "DeviceSerialNumber": "n/a",
        "SoftwareVersions": text_cell("; ".join(f"{name} {each}" for name, each in sorted(versions.items())) or "n/a"),
        "MissingValues": "n/a",
        **bids_text.channel_counts(),
        "Baseline": {
            "created_utc": text_cell(str(baseline.get("created_utc") or "n/a")),
            "spread_deg": _finite(baseline.get("spread_deg")),
        },
    }
    about["Feedback"] = _numbers(_dict(header.get("feedback")))
    return about


def _numbers(settings: dict[str, Any], deeper: int = 2) -> dict[str, Any]:
    """The numbers of a header's settings (tolerances in degrees, timing in seconds), and nothing else."""
    found: dict[str, Any] = {}
    for key, value in list(settings.items())[:50]:
        if isinstance(value, dict) and deeper:
            found[text_cell(key)[:64]] = _numbers(value, deeper - 1)
        elif isinstance(_finite(value), float):
            found[text_cell(key)[:64]] = _finite(value)
    return found


def _finite(value: Any) -> float | str:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < _LARGEST:
        return float(value)
    return "n/a"


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _write_tsv(path: Path, rows: Iterable[Iterable[Value]]) -> None:
    lines = ["\t".join("n/a" if cell in (None, "") else _tsv_cell(cell) for cell in row) for row in rows]
    _write_text(path, "".join(f"{line}\n" for line in lines))


def _tsv_cell(cell: Value) -> str:
    return text_cell(cell) if isinstance(cell, str) and not cell.startswith("n/a") else str(cell)


def _write_json(path: Path, content: dict[str, Any]) -> None:
    _write_text(path, json.dumps(content, indent=1, ensure_ascii=False) + "\n")


def _write_text(path: Path, text: str) -> None:
    with open_private(path) as file:
        file.write(text.encode())
