"""Which way of tracking is taken, and what is said where LiteRT is not there."""

import sys
from contextlib import closing

import pytest

from posture_trainer.errors import UserError
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
