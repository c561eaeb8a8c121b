"""When a session was: its moment, and its day where the patient lives. Pure."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from posture_trainer.pose.neutral.baseline import FIRST_YEAR, LAST_YEAR

_FARTHEST_S = 18 * 3600  # no clock on earth is further from UTC


def session_begun(name: str, header: dict[str, Any]) -> datetime | None:
    """When the session in the folder of that name began, UTC; by its header where the name says nothing.

    None where both say nothing that can be meant.
    """
    try:
        day, clock = name[:11], name[11:19].replace("-", ":")
        begun = datetime.fromisoformat(f"{day}{clock}+00:00")  # strptime takes three times as long, for thousands
        if not (day.endswith("T") and len(clock) == 8):
            raise ValueError
    except ValueError:
        try:
            moment = datetime.fromisoformat(str(header.get("created_utc")))
            begun = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
        except (ValueError, OverflowError):
            return None
    return begun if FIRST_YEAR <= begun.year <= LAST_YEAR else None


def session_day(begun: datetime | None, utc_offset_s: Any) -> date | None:
    """The day in the session's own time zone: by its offset from UTC in seconds, as its files say.

    Files of before say nothing of it: then the reader's time zone stands for the patient's.
    """
    if begun is None:
        return None
    known = isinstance(utc_offset_s, int | float) and not isinstance(utc_offset_s, bool)
    try:
        if known and abs(utc_offset_s) <= _FARTHEST_S:
            return begun.astimezone(timezone(timedelta(seconds=utc_offset_s))).date()
        return begun.astimezone().date()
    except (ValueError, OverflowError, OSError):  # on the first or the last day of all years
        return begun.date()
