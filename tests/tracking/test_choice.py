"""Which way of tracking is taken, and what is said where LiteRT is not there."""

import json
import sys
from contextlib import closing
from pathlib import Path

import pytest
from made.scripted import ScriptedSource, ScriptedTracker, frames_at, made_face

from posture_trainer.errors import UserError
from posture_trainer.records.session_header import UNSMOOTHED
from posture_trainer.session.recorded_video import Analysis, analyze
from posture_trainer.tracking.choice import Way, gains_by_a_second, open_tracker


@pytest.mark.parametrize(("way", "name"), [(None, "mediapipe"), (Way.MEDIAPIPE, "mediapipe"), (Way.LITERT, "litert")])
def test_the_usual_way_is_mediapipe_and_litert_on_request(way: Way | None, name: str) -> None:
    with closing(open_tracker(way)) as tracker:
        assert tracker.name == name
        assert gains_by_a_second(tracker) == (name == "mediapipe")


def test_without_litert_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ai_edge_litert.interpreter", None)
    open_tracker().close()
    with pytest.raises(UserError, match=r"pip install 'posture-trainer\[litert\]'"):
        open_tracker(Way.LITERT)


@pytest.mark.parametrize("way", [*Way])
def test_the_log_says_which_way_it_was(tmp_path: Path, way: Way) -> None:
    tracker = ScriptedTracker(lambda _frame: made_face())
    tracker.name = way
    analyze(ScriptedSource(frames_at([i / 30 for i in range(75)])), tracker, Analysis(tmp_path / "log"))
    told = json.loads((tmp_path / "log" / "session.json").read_text("utf-8"))["tracking"]
    assert told["tracker"] == way
    assert told["unsmoothed"] == UNSMOOTHED[way]
