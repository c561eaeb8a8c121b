"""Reminders of practice: at their time of day, once, whatever the clock does."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from posture_trainer.reminders.practice_times import Reminded, due

BERLIN = ZoneInfo("Europe/Berlin")
TIMES = ("09:00", "13:00", "18:00")


def said(begin: datetime, minutes: int, done: int = 0, reminded: Reminded | None = None) -> list[str]:
    found = []
    for minute in range(minutes):
        now = (begin.astimezone(ZoneInfo("UTC")) + timedelta(minutes=minute)).astimezone(BERLIN)
        reminded, time = due(reminded, TIMES, now, done)
        if time:
            found.append(f"{now:%d %H:%M}")
    return found


def test_three_a_day_through_a_month_with_a_change_of_the_clock() -> None:
    begin = datetime(2026, 3, 10, 0, 0, tzinfo=BERLIN)
    found = said(begin, 30 * 24 * 60)
    assert len(found) == 90
    assert {each.split()[1] for each in found} == set(TIMES)


def test_slept_through_for_half_an_hour_it_is_told_and_later_not() -> None:
    assert said(datetime(2026, 3, 10, 9, 29, tzinfo=BERLIN), 5) == ["10 09:29"]
    assert said(datetime(2026, 3, 10, 9, 31, tzinfo=BERLIN), 5) == []


def test_what_was_practised_is_not_reminded_of() -> None:
    assert said(datetime(2026, 3, 10, 8, 0, tzinfo=BERLIN), 12 * 60, done=1) == ["10 13:00", "10 18:00"]
    assert said(datetime(2026, 3, 10, 8, 0, tzinfo=BERLIN), 12 * 60, done=3) == []


def test_a_clock_set_back_reminds_nobody_twice() -> None:
    reminded, time = due(None, TIMES, datetime(2026, 3, 10, 9, 5, tzinfo=BERLIN))
    assert time == "09:00"
    reminded, time = due(reminded, TIMES, datetime(2026, 3, 10, 8, 59, tzinfo=BERLIN))
    assert time == ""
    assert due(reminded, TIMES, datetime(2026, 3, 10, 9, 1, tzinfo=BERLIN))[1] == ""
    assert due(reminded, TIMES, datetime(2026, 3, 11, 9, 1, tzinfo=BERLIN))[1] == "09:00"
