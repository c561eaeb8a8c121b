"""Which way of tracking is taken, and what is said where LiteRT is not there."""

import json
import sys
from contextlib import closing
from pathlib import Path

import pytest
from made.scripted import ScriptedSource, ScriptedTracker, frames_at, made_baseline, made_face

from posture_trainer.errors import UserError
from posture_trainer.records.session_header import UNSMOOTHED
from posture_trainer.self_check import look
from posture_trainer.session.recorded_video import Analysis, analyze
from posture_trainer.tracking.choice import Way, gains_by_a_second, open_tracker


@pytest.mark.parametrize(("way", "name"), [(None, "litert"), (Way.MEDIAPIPE, "mediapipe"), (Way.LITERT, "litert")])
def test_the_usual_way_is_litert_and_mediapipe_on_request(way: Way | None, name: str) -> None:
    with closing(open_tracker(way)) as tracker:
        assert tracker.name == name
        assert gains_by_a_second(tracker) == (name == "mediapipe")


def test_without_litert_mediapipe_goes_on_and_check_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "ai_edge_litert.interpreter", None)
    with closing(open_tracker()) as tracker:
        assert tracker.name == "mediapipe"
    with pytest.raises(UserError, match="pip install ai-edge-litert"):
        open_tracker(Way.LITERT)
    (speed,) = (each for each in look(tmp_path, "no camera") if each.what == "Speed")
    assert "LiteRT" in speed.words


@pytest.mark.parametrize("way", [*Way])
def test_the_log_says_which_way_it_was(tmp_path: Path, way: Way) -> None:
    tracker = ScriptedTracker(lambda _frame: made_face())
    tracker.name = way
    analyze(ScriptedSource(frames_at([i / 30 for i in range(75)])), tracker, Analysis(tmp_path / "log"))
    told = json.loads((tmp_path / "log" / "session.json").read_text("utf-8"))["tracking"]
    assert told["tracker"] == way
    assert told["unsmoothed"] == UNSMOOTHED[way]


@pytest.mark.parametrize(("recorded_with", "told"), [("litert", False), ("mediapipe", True), (None, True)])
def test_a_neutral_of_the_other_way_is_told_in_the_log(tmp_path: Path, recorded_with: str | None, told: bool) -> None:
    tracker = ScriptedTracker(lambda _frame: made_face())
    tracker.name = "litert"
    versions = {"tracker": recorded_with} if recorded_with else {}
    baseline = made_baseline().model_copy(update={"versions": versions})
    known = Analysis(tmp_path / "log", baseline=baseline, baseline_file=tmp_path / "then.json")
    analyze(ScriptedSource(frames_at([i / 30 for i in range(30)])), tracker, known)
    notes = json.loads((tmp_path / "log" / "session.json").read_text("utf-8"))["notes"]
    assert any("mediapipe" in note for note in notes) == told
