"""A patient who looks otherwise after a pause, in another light say, is never refused for ever: key C begins anew."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import test_live_session
from test_guided_live import PATIENT, GuidedRoom
from test_live_session import NEUTRAL, Room, Script

from posture_trainer.pages.keys import Key
from posture_trainer.pages.views import GuidedView, PracticeView
from posture_trainer.pose.face import Face
from posture_trainer.pose.quality import HINTS, Quality
from posture_trainer.pose.skin_colours import skin_points
from posture_trainer.words.seeing import OFFERS

GONE_S, BACK_S = 14.0, 16.0
REFUSALS = {words[quality] for words in (HINTS, OFFERS) for quality in OFFERS}


def coloured(seed: int) -> Face:
    rng = np.random.default_rng(seed)
    tone = rng.uniform(60, 190, 3)
    colours = tone * np.exp(rng.normal(0, 0.25, (len(skin_points()), 1)))
    return replace(NEUTRAL, colours=np.asarray(colours, np.float32))


MINE, UNLIKE = coloured(0), coloured(1)


def looks_otherwise_from(back_s: float) -> Script:
    return lambda t_s: MINE if t_s < back_s - 2 else UNLIKE if t_s >= back_s else None


def test_whoever_is_not_known_again_is_offered_a_new_start_and_goes_on_with_it(tmp_path: Path) -> None:
    room = Room(tmp_path, looks_otherwise_from(BACK_S), {30.0: Key.CALIBRATE, 45.0: Key.STOP})
    room.practise()
    before = {view.message for view in room.views(PracticeView, BACK_S + 1, BACK_S + 9)}
    assert before <= {HINTS[quality] for quality in OFFERS}
    assert {view.message for view in room.views(PracticeView, BACK_S + 11, 30)} <= set(OFFERS.values())
    after = room.views(PracticeView, 40, 45)
    assert after
    assert {view.message for view in after} == {""}, "known as they look now"
    assert {view.feedback.state for view in after} == {"neutral"}


def test_guided_session_says_that_a_face_is_not_known_and_not_that_none_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(test_live_session, "RATE_HZ", 12.0)  # a slower camera: fewer frames
    script = looks_otherwise_from(40.0)
    room = GuidedRoom(tmp_path, lambda t_s, _view: script(t_s), seconds=200.0, keys={65.0: Key.STOP})
    room.plan("hold-test", PATIENT)
    waiting = [view for view in room.views(GuidedView, 45.0, 60.0) if view.exercise.kind == "no_face"]
    assert waiting
    assert {view.exercise.words for view in waiting} <= REFUSALS
    assert OFFERS[Quality.OTHER_FACE] in {view.exercise.words for view in room.views(GuidedView, 52.0)}
