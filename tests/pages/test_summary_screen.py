"""What a patient reads and sees at the end: plain words, one picture, nothing that shames."""

from dataclasses import replace
from pathlib import Path

import pytest
from test_drawing import drawn, noted, words
from test_guided_live import ASKED, GuidedRoom
from test_live_session import NEUTRAL, Room, turned

from posture_trainer.exercises.guided_records import ExerciseEvent
from posture_trainer.pages.keys import Key
from posture_trainer.pages.summary_picture import summary_bars
from posture_trainer.pages.views import Controls, SummaryView, TrialBars
from posture_trainer.screen.kit import palette

pytestmark = pytest.mark.usefixtures("slow_camera")


def trial(kind: str, ending: str = "done", **numbers: float | None) -> ExerciseEvent:
    return ExerciseEvent(kind, 1.0, {"ending": ending, **numbers})


def hold(share: float | None, ending: str = "done") -> ExerciseEvent:
    return trial("hold", ending, in_tolerance_share=share)


def last(room: Room) -> SummaryView:
    view = room.window.shown[-1][1]
    assert isinstance(view, SummaryView)
    return view


def test_the_picture_is_the_time_in_neutral_of_each_hold() -> None:
    events = [hold(0.9), trial("follow", on_target_share=0.2), hold(None, "unfinished"), hold(0.1, "void"), hold(0.4)]
    assert summary_bars(events, []) == TrialBars("Time straight, hold by hold", (0.9, None, 0.4))


def test_what_has_no_holds_shows_what_comes_next_to_them() -> None:
    tries = [trial("hold_test", held_s=30.0), trial("hold_test", held_s=60.0)]
    assert summary_bars(tries, []) == TrialBars("Time held in each try, of 60 s", (0.5, 1.0))
    rounds = [trial("follow", on_target_share=0.2), trial("follow", on_target_share=0.8)]
    found = summary_bars(rounds, [])
    assert found is not None
    assert found.shares == (0.2, 0.8)


def test_no_picture_where_the_task_is_not_to_be_in_neutral() -> None:
    assert summary_bars([trial("range", farthest_deg=30.0)] * 6, [(5.0, 10.0)] * 20) is None
    assert summary_bars([trial("position_sense", absolute_error_deg=3.0)] * 12, [(5.0, 10.0)] * 20) is None


def test_the_mirror_alone_is_shown_in_parts_and_gaps_are_no_zeros() -> None:
    short = summary_bars([], [(5.0, 10.0), (0.0, 0.0), (10.0, 10.0)])
    assert short == TrialBars("Time straight, every 10 seconds", (0.5, None, 1.0))
    long = summary_bars([], [(5.0, 10.0)] * 12 + [(0.0, 5.0)])
    assert long == TrialBars("Time straight, minute by minute", (0.5, 0.5, 0.0))
    assert summary_bars([], [(5.0, 10.0)]) is None, "one bar is no picture"


def test_a_guided_session_ends_with_its_picture(tmp_path: Path) -> None:
    room = GuidedRoom(tmp_path, lambda t, _seen: turned(15 if 28 < t < 60 and t % 4 > 2 else 0), seconds=400)
    summary = room.plan("meige")
    assert summary is not None
    bars = last(room).bars
    assert bars is not None
    assert len(bars.shares) == 10
    assert bars.shares[0] == 1.0
    assert min(share for share in bars.shares if share is not None) < 0.7


def test_the_mirror_alone_ends_with_its_picture(tmp_path: Path) -> None:
    room = Room(tmp_path, lambda t: turned(20) if 20 <= t < 30 else NEUTRAL, seconds=200.0)
    room.practise(seconds=50.0)
    bars = last(room).bars
    assert bars is not None
    assert bars.title == "Time straight, every 10 seconds"
    assert [round(share or 0) for share in bars.shares] == [1, 0, 1, 1, 1]


def test_nobody_is_told_that_nothing_was_held(tmp_path: Path) -> None:
    room = GuidedRoom(tmp_path, lambda _t, _seen: turned(25), seconds=900)
    room.plan("meige", questions=ASKED)
    shown = words(noted(last(room), Controls()))
    assert dict(last(room).rows)["Holds practised"] == "10"
    assert "0 of" not in shown
    assert "%" not in shown


def test_whoever_practised_is_thanked_and_nobody_praised(tmp_path: Path) -> None:
    for name, ended in (("done", None), ("stopped", {20.0: Key.STOP})):
        room = GuidedRoom(tmp_path / name, keys=ended, seconds=900)
        room.plan("meige")
        shown = words(noted(last(room), Controls()))
        assert "Thank you for practising." in shown
        assert not any(praise in shown.lower() for praise in ("well done", "well held", "good", "great"))


@pytest.mark.parametrize("share", [0.0, 0.25, 1.0])
def test_a_bar_is_as_high_as_its_share(share: float) -> None:
    view = SummaryView("Thank you", (("Holds practised", "2"),), "That was all.", "Press any key.")
    with_bars = replace(view, bars=TrialBars("Time straight, hold by hold", (1.0, share)))
    pixels, notes = drawn(with_bars, Controls())
    whole, part = (item.rect for item in notes if item.what == "trial")
    assert part.height == round(share * whole.height)
    assert part.bottom == whole.bottom
    assert tuple(pixels[whole.centery, whole.centerx]) == palette.NEUTRAL
    assert not any(item.what == "trial" for item in noted(view, Controls()))


def test_a_range_is_told_in_three_rows_and_what_gave_no_figure_says_so(tmp_path: Path) -> None:
    room = GuidedRoom(tmp_path, seconds=1000)
    room.plan("range")
    assert [what for what, _ in last(room).rows] == ["Turning", "Leaning", "Chin", "Session"]
    assert dict(last(room).rows)["Turning"].startswith("left ")
    assert last(room).bars is None
    still = GuidedRoom(tmp_path / "still", lambda _t, _seen: turned(0), seconds=1000)
    still.plan("position-sense", seconds=120.0)
    assert last(still).rows[0] == ("Position sense", "not measured")
