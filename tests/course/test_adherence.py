"""Practice against the plan: what was asked, done and cut short on each day, and how often the plan was changed."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from made.courses import Day, Stretch, session_of

from posture_trainer.course.adherence import asked_per_week, plan_changes, practice_days
from posture_trainer.course.past_session import PastSession

MODEL = session_of(Day(0, (Stretch(60, (12, 0, 0)),)))
HOME: dict[str, Any] = {"name": "home", "times_a_day": 2, "weekly": False}
TEST: dict[str, Any] = {"name": "hold-test", "times_a_day": 1, "weekly": True}
FIRST = MODEL.day or date.min


def session(day: int, plan: dict[str, Any] | None, ended: str = "done", **more: Any) -> PastSession:
    begun = MODEL.begun
    assert begun is not None
    header = {**MODEL.header, "plan": plan, **({"refused": more.pop("refused")} if "refused" in more else {})}
    extras = replace(MODEL.extras, ratings={("pain", "before"): more.pop("pain")} if "pain" in more else {})
    return replace(MODEL, begun=begun + timedelta(days=day), header=header, extras=extras, ended=ended, **more)


def test_each_day_tells_what_was_asked_done_cut_short_and_the_pain() -> None:
    sessions = [
        session(0, HOME, pain=20.0),
        session(0, HOME, pain=40.0),
        session(1, HOME, "stopped"),
        session(2, HOME, trouble="cut off: it ended without a summary"),
        session(4, HOME, refused="dizziness"),
    ]
    days = practice_days(sessions, FIRST + timedelta(days=5))
    assert [each.day for each in days] == [FIRST + timedelta(days=place) for place in range(6)]
    assert {each.asked for each in days} == {2}
    assert [(each.done, each.cut_short, each.refused) for each in days] == [
        (2, 0, 0), (0, 1, 0), (0, 1, 0), (0, 0, 0), (0, 0, 1), (0, 0, 0)
    ]  # fmt: skip
    assert [each.pain for each in days] == [40.0, None, None, None, None, None]
    assert days[0].minutes == pytest.approx(2.0, abs=0.02)
    assert days[4].minutes == 0, "of a refused one"


def test_the_mirror_as_it_is_asks_for_no_day_and_is_whole_when_it_is_stopped() -> None:
    (day,) = practice_days([session(0, None, "stopped")], FIRST)
    assert (day.asked, day.done, day.cut_short) == (None, 1, 0)
    (day,) = practice_days([session(0, None, "unwell")], FIRST)
    assert (day.done, day.cut_short) == (0, 1)


def test_a_test_once_a_week_takes_no_plans_place() -> None:
    sessions = [session(0, HOME), session(1, TEST), session(3, {**HOME, "name": "read", "times_a_day": 3})]
    days = practice_days(sessions, FIRST + timedelta(days=4))
    assert [each.asked for each in days] == [2, 2, 2, 3, 3]
    assert plan_changes(sessions) == 1
    assert [each.asked for each in practice_days([session(0, TEST)], FIRST)] == [None]


def test_days_are_asked_for_from_the_first_planned_one_on() -> None:
    days = practice_days([session(0, None), session(21, HOME)], FIRST + timedelta(days=27))
    assert asked_per_week(days, 28) == pytest.approx(7 * 7 / 28), "seven of the last 28"
    assert asked_per_week(practice_days([session(0, None)], FIRST), 28) is None


@pytest.mark.parametrize("times", [None, "3", 0, -1, 1e9, True])
def test_a_plan_that_no_program_wrote_asks_for_nothing(times: Any) -> None:
    (day,) = practice_days([session(0, {**HOME, "times_a_day": times})], FIRST)
    assert day.asked is None


def test_dates_to_come_are_left_out() -> None:
    assert practice_days([session(400, HOME)], FIRST) == []
    assert practice_days([], FIRST) == []
