"""In which order records were made, whatever the clock said.

Each record keeps `order_ms`: milliseconds since 1970 by the clock, or one more than the latest record there was, if the
clock stood before that (a hybrid logical clock, Kulkarni et al. 2014). So what is recorded later is later also after a
clock that was wrong, and records from two computers are in order by their clocks. Records of before have none: the time
in their name stands for it.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

_NAME = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d)-(\d\d)-(\d\d)(?:\.(\d{3}))?", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LARGEST_MS = 1 << 53
DAY_MS = 86_400_000
SLACK_MS = 300_000  # clocks that are set by a network may be set back by as much


def to_ms(moment: datetime) -> int:
    """Milliseconds since 1970."""
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def named_ms(name: str) -> int | None:
    """The moment in the name of a record, in milliseconds since 1970; None if there is none."""
    found = _NAME.match(name)
    if found is None:
        return None
    year, month, day, hour, minute, second = map(int, found.groups()[:6])
    try:
        return to_ms(datetime(year, month, day, hour, minute, second, tzinfo=UTC)) + int(found[7] or 0)
    except ValueError:
        return None


def order_ms(name: str, said: Any) -> int:
    """The place in order of a record of that name. said: its own `order_ms`, if it has one."""
    if isinstance(said, int) and not isinstance(said, bool) and 0 <= said <= LARGEST_MS:
        return said
    return named_ms(Path(name).stem if name.endswith(".json") else name) or 0


def next_order_ms(now: datetime, others: Iterable[int]) -> int:
    """For a record that is made now, after all others."""
    return max([to_ms(now), *(other + 1 for other in others)])


def clock_doubt(now: datetime, latest: str | None) -> str:
    """What to say when this computer's clock can't be right, or was not when the latest record was made; or ''.

    latest: the name of the record that was made last.
    """
    latest_ms = named_ms(latest) if latest is not None else None
    if latest_ms is None or to_ms(now) + SLACK_MS >= latest_ms:
        return ""
    day = f"{_EPOCH + timedelta(milliseconds=latest_ms):%Y-%m-%d}"
    return (
        f"This computer's clock says {now:%Y-%m-%d}, but the last record here is of {day}: one of them can't be right. "
        "Please set the clock. The order of the records is kept."
    )


def date_doubt(name: str, place_ms: int, now: datetime) -> str:
    """What is wrong with the date of a record of that name and place in order, in words; or ''."""
    at_ms = named_ms(name)
    if at_ms is None:
        return ""
    if at_ms > to_ms(now) + DAY_MS:
        return "its date lies in the future"
    return "its clock stood before the record that came before it" if place_ms > at_ms + SLACK_MS else ""
