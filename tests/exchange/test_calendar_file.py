"""The file for the patient's own calendar: read back by another's parser, with the plan's name and nothing else."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import icalendar

from posture_trainer.exchange.calendar_file import calendar_bytes, save_calendar

TIMES = ("09:00", "13:00", "18:00")


def test_three_times_a_day_on_the_clock_on_the_wall() -> None:
    written = calendar_bytes("Meige's mirror; 10, holds", TIMES, date(2026, 3, 4), 8)
    calendar = icalendar.Calendar.from_ical(written)
    events = list(calendar.walk("VEVENT"))
    assert [event.decoded("dtstart") for event in events] == [datetime(2026, 3, 4, hour) for hour in (9, 13, 18)]
    assert {event["summary"] for event in events} == {"Meige's mirror; 10, holds"}
    assert {event.decoded("duration") for event in events} == {timedelta(minutes=8)}
    assert len({event["uid"] for event in events}) == 3
    assert all(event["rrule"] == {"FREQ": ["DAILY"]} for event in events)
    assert [alarm.decoded("trigger") for alarm in calendar.walk("VALARM")] == [timedelta(0)] * 3
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    assert b"TZID" not in written, "nine is nine after a change of the clock too"
    assert events[0].decoded("dtstamp") == datetime(2026, 3, 4, tzinfo=UTC)


def test_it_names_no_illness_and_nobody() -> None:
    written = calendar_bytes("Practice", TIMES, date(2026, 3, 4)).lower()
    for word in (b"dystonia", b"neck", b"posture", b"patient", b"health", b"anna"):
        assert word not in written


def test_nothing_is_written_over(tmp_path: Path) -> None:
    paths = [save_calendar(tmp_path, "Practice", TIMES, date(2026, 3, 4)) for _ in range(2)]
    assert [path.name for path in paths] == ["times.ics", "times-2.ics"]
    assert paths[0].read_bytes() == paths[1].read_bytes()
