"""The range that stretches are measured by: of the last test on the neutral in use, and of nothing else."""

from pathlib import Path
from typing import Any

import pytest

from posture_trainer.course.measured_range import measured_range
from posture_trainer.figures.session_summary import SummaryTally
from posture_trainer.pose.directions import Direction
from posture_trainer.records.session_reader import SessionRecord
from posture_trainer.session.kept_to_limits import range_measured

LEFT, RIGHT = Direction.ROTATION_LEFT, Direction.ROTATION_RIGHT


def exercises(**mean_deg: float) -> dict[str, Any]:
    return {"range": {"directions": {way: {"best_deg": deg + 5, "mean_deg": deg} for way, deg in mean_deg.items()}}}


def record(folder: Path, baseline_file: str | None, found: dict[str, Any]) -> SessionRecord:
    summary = SummaryTally().summary("done", 60.0).model_copy(update={"exercises": found})
    return SessionRecord(folder, {"baseline_file": baseline_file}, summary, "")


def test_the_last_mean_of_each_direction_counts() -> None:
    tests = [exercises(rotation_left=40.0, rotation_right=30.0), exercises(rotation_left=20.0), {"hold": {}}]
    assert measured_range(tests) == {LEFT: 20.0, RIGHT: 30.0}


@pytest.mark.parametrize("odd", [None, 3, {}, {"directions": 3}, {"directions": {"rotation_left": {"mean_deg": "x"}}}])
def test_what_nobody_wrote_counts_for_nothing(odd: Any) -> None:
    assert measured_range([{"range": odd}]) == {}
    assert measured_range([{"range": {"directions": {"rotation_left": {"mean_deg": -4}}}}]) == {}


def test_only_tests_on_the_neutral_in_use_count(tmp_path: Path) -> None:
    renewed = tmp_path / "renewed"
    renewed.mkdir()
    (renewed / "events.jsonl").write_text('{"t_s": 3.0, "event": "baseline"}\n', encoding="utf-8")
    past = [
        record(tmp_path, "now.json", exercises(rotation_left=20.0)),
        record(tmp_path, "old.json", exercises(rotation_left=40.0)),
        record(tmp_path, None, exercises(rotation_left=41.0)),
        record(renewed, "now.json", exercises(rotation_left=42.0)),
    ]
    assert range_measured(past, "now.json") == {LEFT: 20.0}
    assert range_measured(past, "") == {}
