"""Records that nobody's program wrote: report, tables, overview and plans go on, and say no false number."""

import json
import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from made.reported import write_session
from test_report_figures import every_exercise
from test_tables import chosen

from posture_trainer.exchange.tables.write import export_tables
from posture_trainer.plans.plan import load_plan
from posture_trainer.plans.progress import progress
from posture_trainer.records.clinic.overview import overview
from posture_trainer.records.past_doses import past_doses
from posture_trainer.records.people import patient_folder
from posture_trainer.records.session_reader import read_summary
from posture_trainer.report.write import patient_report, session_report
from posture_trainer.session.todays_plan import history

HUGE = 10**400
ROW = "1," * 10 + "neutral,1,good,1"


def lines(*events: str | dict[str, Any]) -> str:
    return "".join((each if isinstance(each, str) else json.dumps(each)) + "\n" for each in events)


def trial(kind: str, **numbers: Any) -> dict[str, Any]:
    return {"t_s": 1, "event": kind, "ending": "done", "cues": True, **numbers}


EVENTS = {
    "not numbers": lines('{"t_s": NaN, "event": "cue", "cue": "turn_left"}', '{"t_s": 1e999, "event": "baseline"}'),
    "too large": lines(
        f'{{"t_s": {HUGE}, "event": "cue", "cue": "turn_left"}}',
        f'{{"t_s": 1, "event": "ratings", "when": "before", "pain": {HUGE}}}',
        f'{{"t_s": {HUGE}, "event": "hold_test", "ending": "done", "held_s": {HUGE}}}',
    ),
    "deep": lines("[" * 100_000, '{"event": "note", "text": ' + "[" * 100_000),
    "keys missing": lines({"event": "hold", "ending": "done"}, {"t_s": 1, "event": "range", "ending": "done"}),
    "lists": lines(
        trial("position_sense", direction=["a"]),
        trial("hold_test", ending=["done"]),
        {"event": "ratings", "when": ["before"], "pain": [1]},
        {"event": "cue", "cue": {"a": 1}, "t_s": "now"},
    ),
    "texts": lines(
        trial("hold", held_s="<script>", asked_s="x", in_tolerance_share="1"),
        trial("position_sense", direction="nowhere", signed_error_deg="x"),
        trial("range", direction="tilt_left", farthest_deg="far", beyond_camera="x"),
    ),
    "negative": lines(trial("hold_test", held_s=-9e11, began_s=-9e11), trial("hold_test", held_s=-9e11)),
    "many": lines(*[trial("hold_test", held_s=9.0)] * 5000),
    "no events": lines("null", "3", '"x"', '{"event": 3}', "\x00"),
}
HEADERS = {
    "list": "[]",
    "deep": '{"a": ' * 100_000,
    "kinds": '{"baseline": [1], "feedback": "x", "source": 3, "created_utc": [1], "notes": "a", "last_injection": {}}',
    "not numbers": '{"baseline": {"created_utc": {"a": 1}, "spread_deg": NaN}, "last_injection": "2026-99-99",'
    ' "feedback": {"tolerances": {"rotation_right_deg": 1e999, "tilt_left_deg": true}}}',
    "too large": f'{{"baseline": {{"created_utc": "x", "spread_deg": {HUGE}}},'
    f' "feedback": {{"tolerances": {{"rotation_right_deg": {HUGE}}}}}}}',
}
SUMMARIES = {"list": "[]", "deep": "[" * 100_000, "not numbers": '{"length_s": NaN}'}
SETTINGS = {"half": "a = [", "number": "last_injection = 3", "kinds": "injections = [{}, [1], 2026-01-02]"}
SAMPLES = {
    "empty": "",
    "no rows": "{heading}\n",
    "nul": "{heading}\n" + "\0" * 1000 + "{body}",
    "long line": "{heading}\n" + "9" * 5_000_000 + "\n{body}",
    "times": f"{{heading}}\ninf,1,{ROW}\n-1e15,1,{ROW}\n{{body}}1e308,1,{ROW}\n",
    "same time": "{heading}\n" + f"1.0,1,{ROW}\n" * 3000,
    "angles": "{heading}\n"
    + "".join(f"{row / 25},1,179,-179,179,180,{'1e300,-1e300,1e300,' * 2}out,1e300,good,1\n" for row in range(1500)),
    "comments": "{heading}\n#{body}",
    "quotes": '{heading}\n"{body}',
}  # fmt: skip
FILES = {
    "events.jsonl": EVENTS,
    "session.json": HEADERS,
    "samples.csv": SAMPLES,
    "summary.json": SUMMARIES,
    "patient.toml": SETTINGS,
}
CASES = [
    pytest.param(name, text, id=f"{name}, {what}") for name, texts in FILES.items() for what, text in texts.items()
]


@pytest.mark.parametrize(("name", "text"), CASES)
def test_what_nobody_wrote_stops_nothing_and_gives_no_false_number(tmp_path: Path, name: str, text: str) -> None:
    patient = patient_folder(tmp_path, "anna")
    write_session(patient, 0)
    hostile = write_session(patient, 1, hold_test_s=30, exercises=every_exercise())
    path = patient / name if name == "patient.toml" else hostile / name
    heading, _, body = (hostile / "samples.csv").read_text(encoding="utf-8").partition("\n")
    path.write_text(text.replace("{heading}", heading).replace("{body}", body), encoding="utf-8")
    for cut_off in (False, True):
        if cut_off:
            (hostile / "summary.json").unlink()
        report = patient_report(patient, tmp_path / "out")
        assert len(report.page.sessions) == 2
        for line in [
            *report.page.ledger.lines,
            *session_report(patient, hostile.name, tmp_path / "one").page.ledger.lines,
        ]:
            assert "<" not in line.shown
            assert line.shown.strip("−").lower()[:3] not in ("nan", "inf")
        assert len(overview(tmp_path).sessions) == 2
        progress(history(patient, *load_plan("home")).practised, date(2026, 3, 1))
        past_doses(patient, datetime.now(UTC))
    for kind in ("csv", "bids"):
        export_tables(chosen(tmp_path), tmp_path / kind, kind)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name here")
def test_a_pipe_in_the_place_of_a_summary_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "summary.json")
    assert read_summary(tmp_path) == (None, "summary.json can't be read (a pipe, and no file)")
