"""The word on the way back: closer after a third of it, almost straight near the edge; never one for worse."""

from posture_trainer.feedback import Cue, Feedback, PostureState, Way
from posture_trainer.session.parts.closer import Closer


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
