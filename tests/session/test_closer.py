"""The word on the way back: closer after a third of it, almost straight near the edge; never one for worse."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from test_live_session import NEUTRAL, Room, turned

from posture_trainer.feedback import Cue, Feedback, PostureState, Way
from posture_trainer.session.parts.closer import FAR_S, NEAR_S, Closer, Pace, pause_s


def said(way_deg: list[float], cue: Cue = Cue.TURN_LEFT) -> list[str]:
    """The words for a head at these degrees, half a second each, with a tolerance of 5."""
    closer = Closer()
    moments = [Feedback(PostureState.OUT, None, cue, each / 5, way=Way(each, 5.0)) for each in way_deg]
    return [closer.word(number / 2, moment) for number, moment in enumerate(moments)]


def test_closer_when_a_third_is_done_and_kept_for_a_second() -> None:
    assert said([25, 25, 24, 17, 17, 17]) == ["", "", "", "", "", "Closer"]
    assert said([25, 17, 25, 17, 25, 17]) == [""] * 6, "not kept"


def test_almost_straight_near_the_edge_and_nothing_for_worse() -> None:
    assert said([25, 7, 30, 30, 30]) == ["", "Almost straight", "", "", ""]


def test_another_way_begins_anew() -> None:
    closer = Closer()
    for number in range(4):
        closer.word(number / 2, Feedback(PostureState.OUT, None, Cue.TURN_LEFT, 3.0, way=Way(25 - 4 * number, 5.0)))
    assert closer.word(2.0, Feedback(PostureState.OUT, None, Cue.CHIN_UP, 3.0, way=Way(13.0, 5.0))) == ""
    assert closer.word(2.5, Feedback(PostureState.NEUTRAL, None, None, 0.5)) == ""


def test_the_pace_of_the_touches_rises_with_every_degree() -> None:
    pauses = [pause_s(Way(off, 5.0)) for off in range(5, 46)]
    assert pauses[0] == NEAR_S
    assert pauses[-1] == FAR_S
    assert all(later > earlier for earlier, later in pairwise(pauses))
    assert pause_s(Way(90.0, 5.0)) == FAR_S
    assert pause_s(Way(1.0, 5.0)) == NEAR_S


@pytest.mark.parametrize(("off_deg", "count"), [(45.0, 5), (25.0, 8), (5.0, 19)])
def test_so_many_touches_in_ten_seconds(off_deg: float, count: int) -> None:
    pace = Pace()
    out = Feedback(PostureState.OUT, None, Cue.TURN_LEFT, 1.0, way=Way(off_deg, 5.0))
    assert not pace.due(0.0, replace(out, cue=Cue.TURN_LEFT))
    touches = [frame / 30 for frame in range(1, 301) if pace.due(frame / 30, out)]
    assert touches[0] >= 1.0, "not into the cue"
    assert abs(len(touches) - count) <= 1


def test_it_is_quiet_where_no_way_back_is_shown() -> None:
    pace = Pace()
    steady = Feedback(PostureState.NEUTRAL, None, None, 0.0)
    assert not any(pace.due(frame / 30, steady) for frame in range(300))


@pytest.mark.parametrize("wanted", [False, True])
def test_touches_are_heard_only_where_they_are_wanted(tmp_path: Path, wanted: bool) -> None:
    room = Room(tmp_path, lambda t: turned(20) if t > 14 else NEUTRAL)
    room.devices.pace_tones = wanted
    room.devices.controls = replace(room.devices.controls, voice=False)  # no touch is heard over words
    room.practise(seconds=24.0)
    assert ("nearer" in room.heard(15)) == wanted
    assert "nearer" not in room.heard(0, 15)
