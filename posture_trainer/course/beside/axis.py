"""The diary, days at the desk and practice on one axis of days, for charts over the weeks and over a cycle. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from posture_trainer.course.beside.desk_days import DeskDay
from posture_trainer.course.beside.diary import DiaryEntry
from posture_trainer.words.all_day.diary import MORE_IS_BETTER, NAMES, SCALES

DESK_TITLE, PRACTICE_TITLE = "desk, % in tolerance", "practice, min a day"


@dataclass(frozen=True)
class DatedSeries:
    """Values on days, in order. most: the top of its scale, None for the largest value."""

    title: str
    values: tuple[tuple[date, float], ...]
    most: float | None = None


def axis_of(
    diary: Sequence[DiaryEntry], desk: Sequence[DeskDay], practice_min: Sequence[tuple[date, float]]
) -> tuple[DatedSeries, ...]:
    """What there is, each of its own scale: practice, desk, then the questions of the diary."""
    series = [
        DatedSeries(PRACTICE_TITLE, tuple(sorted(practice_min))),
        DatedSeries(DESK_TITLE, tuple((each.day, each.told) for each in desk if each.told is not None), 100.0),
    ]
    for name in SCALES:
        better = " (10: well)" if name in MORE_IS_BETTER else ""
        dated = ((entry.day, entry.value(name)) for entry in diary)
        known = tuple((day, value) for day, value in dated if day is not None and value is not None)
        series.append(DatedSeries(f"{NAMES[name].lower()}, 0–10{better}", known, 10.0))
    return tuple(each for each in series if each.values)
