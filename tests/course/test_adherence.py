"""Practice against the plan: what was asked, done and cut short on each day, and how often the plan was changed."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from made.courses import Day, Stretch, session_of

from posture_trainer.course.adherence import (
    Asked,
    AskedAndDone,
    AskedPlan,
    DayMark,
    asked_by_day,
    asked_days,
    asked_in_week,
    asked_of,
    calendar_days,
    dated_plans,
    lately,
    plan_changes,
    recorded_plan,
)
from posture_trainer.course.past_session import PastSession
from posture_trainer.course.practice_days import counts, days_with_practice
from posture_trainer.plans.plan import load_plan

MODEL = session_of(Day(0, (Stretch(150, (12, 0, 0)),)))
SHORT = session_of(Day(0, (Stretch(60, (12, 0, 0)),))).figures
HOME: dict[str, Any] = {"name": "home", "times_a_day": 2, "days_a_week": 5, "weekly": False}
TEST: dict[str, Any] = {"name": "hold-test", "times_a_day": 1, "days_a_week": 5, "weekly": True}
FIRST = MODEL.day or date.min


def session(day: int, plan: dict[str, Any] | None, ended: str = "done", **more: Any) -> PastSession:
    begun = MODEL.begun
    assert begun is not None
    header = {**MODEL.header, "plan": plan, **({"refused": more.pop("refused")} if "refused" in more else {})}
    extras = replace(MODEL.extras, ratings={("pain", "before"): more.pop("pain")} if "pain" in more else {})
    return replace(MODEL, begun=begun + timedelta(days=day), header=header, extras=extras, ended=ended, **more)


def test_practice_is_what_came_to_its_end_or_lasted_two_minutes() -> None:
    assert counts(session(0, HOME, "stopped")), "150 s"
    assert not counts(session(0, HOME, "stopped", figures=SHORT)), "60 s and broken off"
    assert counts(session(0, HOME, "done", figures=SHORT))
    assert counts(session(0, None, "time", figures=SHORT))
    assert not counts(session(0, HOME, refused="dizziness"))
    assert not counts(session(0, HOME, wrong_date=True))
    assert not counts(session(0, HOME, figures=None)), "nobody was seen"
    sessions = [session(0, HOME), session(0, HOME), session(1, HOME, "", figures=SHORT), session(2, HOME)]
    assert days_with_practice(sessions) == {FIRST, FIRST + timedelta(days=2)}


def test_each_day_tells_what_was_asked_done_cut_short_and_the_pain() -> None:
    sessions = [
        session(0, HOME, pain=20.0),
        session(0, HOME, pain=40.0),
        session(1, HOME, "stopped"),
        session(2, HOME, "", trouble="cut off: it ended without a summary", figures=SHORT),
        session(4, HOME, refused="dizziness"),
    ]
    days = calendar_days(sessions, FIRST + timedelta(days=5))
    assert [each.day for each in days] == [FIRST + timedelta(days=place) for place in range(6)]
    assert {each.asked for each in days} == {Asked(2, 5)}
    assert [(each.done, each.cut_short, each.refused) for each in days] == [
        (2, 0, 0), (1, 1, 0), (0, 1, 0), (0, 0, 0), (0, 0, 1), (0, 0, 0)
    ]  # fmt: skip
    assert [each.pain for each in days] == [40.0, None, None, None, None, None]
    assert days[0].minutes == pytest.approx(5.0, abs=0.05)
    assert days[4].minutes == 0, "of a refused one"


def test_the_mirror_as_it_is_asks_for_no_day_and_is_whole_when_it_is_stopped() -> None:
    (day,) = calendar_days([session(0, None, "stopped")], FIRST)
    assert (day.asked, day.done, day.cut_short, day.mark) == (None, 1, 0, DayMark.DONE)
    (day,) = calendar_days([session(0, None, "unwell", figures=SHORT)], FIRST)
    assert (day.done, day.cut_short) == (0, 1)


def marks(practised: set[int], plan: dict[str, Any], today: int = 20) -> str:
    """The marks of two weeks from a Monday on: # done, - asked and none, . free."""
    assert FIRST.weekday() == 0
    sessions = [session(day, plan) for day in sorted(practised)]
    signs = {DayMark.DONE: "#", DayMark.LESS: "~", DayMark.MISSED: "-", DayMark.FREE: "."}
    return "".join(signs[each.mark] for each in calendar_days(sessions, FIRST + timedelta(days=today)))[:14]


@pytest.mark.parametrize(
    ("practised", "expected"),
    [
        ({0, 1, 2, 3, 4, 7, 9, 10, 12, 13}, "#####..#.##.##"),
        ({0, 1, 2, 7, 10, 11, 12, 13}, "###..--#..####"),
        ({0}, "#..----..-----"),
    ],
)
def test_a_day_is_missed_only_where_the_week_can_not_reach_its_days(practised: set[int], expected: str) -> None:
    once = {**HOME, "times_a_day": 1}
    assert marks(practised, once) == expected
    missed = [week.count("-") for week in (expected[:7], expected[7:])]
    assert missed == [5 - week.count("#") for week in (expected[:7], expected[7:])], "as many as were missing"
    assert marks(practised, HOME) == expected.replace("#", "~"), "twice a day was asked"


def test_today_is_not_over() -> None:
    assert marks({0, 1}, {**HOME, "times_a_day": 1, "days_a_week": 7}, today=3) == "##-."


def test_a_test_once_a_week_takes_no_plans_place() -> None:
    read = {**HOME, "name": "read", "times_a_day": 3, "days_a_week": 7}
    sessions = [session(0, HOME), session(1, TEST), session(3, read)]
    days = calendar_days(sessions, FIRST + timedelta(days=4))
    assert [each.asked for each in days] == [Asked(2, 5), Asked(2, 5), Asked(2, 5), Asked(3, 7), Asked(3, 7)]
    assert plan_changes(sessions) == 1
    assert [each.asked for each in calendar_days([session(0, TEST)], FIRST)] == [Asked(1, 1)], "alone it asks for a day"


def test_a_day_of_the_gentle_set_changes_no_plan() -> None:
    gentle = {"name": "gentle", "times_a_day": 1, "days_a_week": 7, "today": {"instead_of": "home"}}
    sessions = [session(0, HOME), session(1, gentle), session(2, HOME)]
    assert plan_changes(sessions) == 0
    assert {each.asked for each in calendar_days(sessions, FIRST + timedelta(days=2))} == {Asked(2, 5)}
    assigned = {**gentle, "today": {}}
    assert plan_changes([session(0, HOME), session(1, assigned)]) == 1, "one that was assigned is one"


def test_days_asked_for_are_sevenths_of_a_week() -> None:
    def asked(sessions: list[PastSession], today: int) -> AskedAndDone:
        on = FIRST + timedelta(days=today)
        return lately(days_with_practice(sessions), dated_plans(sessions, on), on)

    assert asked([session(day, HOME) for day in range(0, 28, 2)], 27) == AskedAndDone(14, 20)
    assert asked([session(0, HOME)], 60) == AskedAndDone(0, 20), "whoever stays away is still asked"
    assert asked([session(0, None), session(21, HOME)], 27) == AskedAndDone(2, 5), "from the first planned day on"
    assert asked([session(0, None)], 0) == AskedAndDone(1, None)
    assert asked([session(0, TEST)], 27) == AskedAndDone(1, 4)
    assert asked([session(0, {**HOME, "days_a_week": 7}), session(14, HOME)], 27) == AskedAndDone(2, 24)
    assert asked_days([Asked(1, 1)]) == 1, "never none of some"


def test_a_week_asks_for_its_newest_plans_days() -> None:
    recorded = [
        (FIRST + timedelta(days=place), AskedPlan("", Asked(1, days), False)) for place, days in ((2, 5), (9, 3))
    ]
    weeks = [
        asked_by_day(recorded, FIRST + timedelta(days=7 * week), FIRST + timedelta(days=7 * week + 6))
        for week in (-1, 0, 1)
    ]
    assert [asked_in_week(week) for week in weeks] == [None, 5, 3]


def test_a_plan_of_today_and_as_it_was_recorded_ask_alike() -> None:
    for name in ("home", "hold-test", "meige"):
        plan = load_plan(name)[1]
        known = recorded_plan({"plan": {"name": name, **plan.model_dump(mode="json", by_alias=True)}})
        assert known is not None
        assert known.asked == asked_of(plan, most_a_day=3)
    assert asked_of(load_plan("meige")[1], most_a_day=1).times_a_day == 1


def test_headers_of_before_mean_the_usual_days() -> None:
    before = {name: value for name, value in HOME.items() if name != "days_a_week"}
    (day,) = calendar_days([session(0, before)], FIRST)
    assert day.asked == Asked(2, 5)


@pytest.mark.parametrize("key", ["times_a_day", "days_a_week"])
@pytest.mark.parametrize("value", [None, "3", 0, -1, 1e9, True])
def test_a_plan_that_no_program_wrote_asks_for_nothing(key: str, value: Any) -> None:
    (day,) = calendar_days([session(0, {**HOME, key: value})], FIRST)
    assert day.asked is None


def test_dates_to_come_are_left_out() -> None:
    assert calendar_days([session(400, HOME)], FIRST) == []
    assert calendar_days([], FIRST) == []
