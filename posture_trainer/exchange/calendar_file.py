"""Times of practice as a file for the patient's own calendar (iCalendar, RFC 5545)."""

import uuid
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from posture_trainer.errors import UserError
from posture_trainer.private_files import private_file

ENDING = ".ics"
_PRODUCT = "-//Times of day//EN"
_NAMESPACE = uuid.UUID("2f0c1a52-7c1f-4a55-9d4e-0d6f4a7a6c11")


def calendar_bytes(title: str, times: Sequence[str], first: date, minutes: int = 10) -> bytes:
    """The contents of the file: each time once a day from that day on, with an alarm, without an end.

    times: as "09:00". They have no time zone on purpose: it is nine on the wall wherever the calendar is, before and
    after a change of the clock. title: all that it says; it names nobody and no illness.
    """
    import icalendar  # a tenth of a second, for those who want the file

    calendar = icalendar.Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    for each in times:
        begins = datetime.combine(first, time.fromisoformat(each))
        event = icalendar.Event()
        event.add("uid", str(uuid.uuid5(_NAMESPACE, f"{title} {each}")))
        event.add("dtstamp", datetime.combine(first, time(0), UTC))
        event.add("summary", title)
        event.add("dtstart", begins)
        event.add("duration", timedelta(minutes=minutes))
        event.add("rrule", {"freq": "daily"})
        event.add("transp", "TRANSPARENT")
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", title)
        alarm.add("trigger", timedelta(0))
        event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def save_calendar(folder: Path, title: str, times: Sequence[str], first: date, minutes: int = 10) -> Path:
    """Write it there under a name that is not taken. Raises UserError."""
    names = (f"times{'' if number == 1 else f'-{number}'}{ENDING}" for number in range(1, 1000))
    path = next((folder / name for name in names if not (folder / name).exists()), None)
    if path is None:
        raise UserError(f"There are too many such files in {folder} already.")
    with private_file(path) as file:
        file.write(calendar_bytes(title, times, first, minutes))
    return path
