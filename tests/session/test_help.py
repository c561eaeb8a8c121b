"""Help in a session: F1 on any page; a mirror pauses behind it, a question waits longer."""

from pathlib import Path

import pytest
import test_live_session
from made.scripted import made_baseline
from test_guided_live import ASKED
from test_live_session import NEUTRAL, Room

from posture_trainer.feedback import PostureState
from posture_trainer.pages.care import ChoiceView
from posture_trainer.pages.keys import Key
from posture_trainer.pages.views import HelpView, PracticeView

BEGIN = {0.1: Key.CONFIRM}


@pytest.fixture(autouse=True)
def _fewer_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(test_live_session, "RATE_HZ", 5.0)


def test_the_mirror_pauses_behind_help(tmp_path: Path) -> None:
    room = Room(tmp_path, lambda _t: NEUTRAL, BEGIN | {2.0: Key.HELP, 4.0: Key.STOP, 6.0: Key.PAUSE}, seconds=100.0)
    summary = room.practise(baseline=made_baseline(), seconds=10.0)
    shown = [(at_s, view) for at_s, view, _ in room.window.shown if 2.5 < at_s < 3.8]
    assert {type(view) for _, view in shown} == {HelpView}
    after = [view for at_s, view, _ in room.window.shown if 4.6 < at_s < 5.8]
    assert after
    assert all(isinstance(view, PracticeView) and view.feedback.state is PostureState.PAUSED for view in after)
    assert summary is not None
    assert summary.ended == "time", "Esc in help closes help, and nothing else"


def test_a_question_waits_while_help_is_read(tmp_path: Path) -> None:
    keys = BEGIN | {1.0: Key.HELP, 120.0: Key.CONFIRM, 122.0: Key.NO}
    room = Room(tmp_path, lambda _t: NEUTRAL, keys, seconds=500.0)
    room.practise(baseline=made_baseline(), seconds=4.0, questions=ASKED)
    (helped,) = {view for at_s, view, _ in room.window.shown if isinstance(view, HelpView)}
    assert len(helped.sentences) == 3
    signs = [at_s for at_s, view, _ in room.window.shown if isinstance(view, ChoiceView)]
    assert max(signs) > 121.0, "it is still asked after two minutes of help"


def test_whoever_feels_unwell_says_so_in_help_too(tmp_path: Path) -> None:
    keys = BEGIN | {2.0: Key.HELP, 3.0: Key.UNWELL, 4.0: Key.DIGIT_1, 20.0: Key.STOP}
    room = Room(tmp_path, lambda _t: NEUTRAL, keys, seconds=100.0)
    summary = room.practise(baseline=made_baseline(), seconds=30.0)
    assert summary is not None
    assert summary.ended == "unwell"
