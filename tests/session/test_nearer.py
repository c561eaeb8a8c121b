"""A nearer aim where a hold is out of reach: half way, on the side of the pull, and no cue away from straight."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import test_live_session
from made.scripted import made_baseline
from test_guided_live import PATIENT, GuidedRoom
from test_live_session import turned

from posture_trainer.feedback import Cue, FeedbackSample, FeedbackSettings, FeedbackState, PostureState, step
from posture_trainer.pages.keys import Key
from posture_trainer.pages.views import GuidedView
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.target import Target
from posture_trainer.session.parts.nearer import nearer_aim
from posture_trainer.session.todays_plan import todays_plan

SETTINGS = FeedbackSettings()
PULLED = Target(22.0, -12.0, 2.0)


def test_half_way_on_the_sides_that_are_out() -> None:
    found = nearer_aim(SETTINGS, PULLED)
    assert found is not None
    assert found.aim == Target(11.0, -6.0, 0.0)
    assert found.tolerances == replace(SETTINGS.tolerances, rotation_right_deg=16.0, tilt_left_deg=11.0)
    assert nearer_aim(SETTINGS, Target(4.0, -3.0, 7.0)) is None, "it is not out"


@pytest.mark.parametrize("rotation_deg", range(-45, 46, 3))
@pytest.mark.parametrize("head_deg", [-28.0, 22.0])
def test_no_cue_ever_leads_away_from_straight(rotation_deg: int, head_deg: float) -> None:
    found = nearer_aim(SETTINGS, Target(head_deg, 0.0, 0.0))
    assert found is not None
    settings, state, cues = replace(SETTINGS, tolerances=found.tolerances), FeedbackState(), set()
    for frame in range(120):
        angles = HeadAngles(float(rotation_deg), 0.0, 0.0, abs(float(rotation_deg)))
        state, feedback = step(state, settings, FeedbackSample(frame / 30, angles))
        cues |= {feedback.cue, feedback.way_back} - {None}
    assert cues <= {Cue.TURN_LEFT if rotation_deg > 0 else Cue.TURN_RIGHT}
    if abs(rotation_deg) <= 3:
        assert feedback.state is PostureState.NEUTRAL


def events(room: GuidedRoom, name: str) -> list[dict[str, object]]:
    (log,) = room.folder.glob("sessions/*/events.jsonl")
    return [each for line in log.read_text().splitlines() if (each := json.loads(line)).get("event") == name]


@pytest.mark.parametrize(("key", "taken"), [(None, True), (Key.YES, True), (Key.NO, False)])
def test_it_is_offered_after_a_while_and_taken_unless_somebody_says_no(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: Key | None, taken: bool
) -> None:
    monkeypatch.setattr(test_live_session, "RATE_HZ", 10.0)
    plan = tmp_path / "far.toml"
    plan.write_text('title = "Far"\n[[block]]\nkind = "hold"\nhold_s = 5.0\nlimit_s = 60.0\nrepetitions = 2\n')
    keys = {0.1: Key.CONFIRM} | ({} if key is None else {36.0: key})
    room = GuidedRoom(tmp_path / "anna", lambda t, _seen: turned(22 if t < 60 else 9), keys=keys, seconds=200)
    room.practise(baseline=made_baseline(), seconds=80.0, plan=todays_plan(tmp_path, str(plan), PATIENT))
    offered = [view for _, view, _ in room.window.shown if isinstance(view, GuidedView) and view.offer]
    assert offered
    assert {Key.YES, Key.NO} <= {each for action in offered[0].actions for each in action.keys}
    found = events(room, "interim_target")
    assert len(found) == taken
    held = events(room, "hold")
    if taken:
        assert 9 < float(str(found[0]["rotation_deg"])) < 13
        assert held[0]["ending"] == "done", "with the nearer aim 9 degrees are near enough"
