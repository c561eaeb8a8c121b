"""One picture of a patient's course for a printed page, as plain geometry that a template draws: no script needed."""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

import numpy as np

from posture_trainer.course.measures import BY_NAME, HOLD_TEST, PAIN, PULL
from posture_trainer.course.past_session import PastSession
from posture_trainer.course.series import track
from posture_trainer.course.told.patient import plain_name
from posture_trainer.figures.angle_figures import median
from posture_trainer.words.figures import day_words, whole_amount

WIDTH, HEIGHT = 700.0, 210.0
LEFT, RIGHT, TOP, BOTTOM = 52.0, 12.0, 22.0, 26.0
LEAST_SESSIONS = 3
_MOST_TICKS = 6
_BETTER = {-1: "Lower is better.", 1: "Higher is better."}


@dataclass(frozen=True)
class Tick:
    """A mark on an axis, at that place in the picture, with its words."""

    at: float
    words: str


@dataclass(frozen=True)
class CoursePicture:
    """A dot for each session, a line through the middle value of each week, and a line for each injection.

    described: all of it in words, for who can't see it.
    """

    title: str
    described: str
    dots: tuple[tuple[float, float], ...]
    line: tuple[tuple[float, float], ...]
    days: tuple[Tick, ...]
    values: tuple[Tick, ...]
    injections: tuple[Tick, ...]


def course_picture(sessions: list[PastSession], latest: PastSession, injections: list[date]) -> CoursePicture | None:
    """The picture of what says most of this patient: the pull, or the hold test, or pain; None with too few of all."""
    for name in (PULL, HOLD_TEST, PAIN):
        found = track(BY_NAME[name], sessions, latest)
        if len(found.values) >= LEAST_SESSIONS and found.days[-1] > found.days[0]:
            return _picture(found.days, [float(each) for each in found.values], name, injections)
    return None


def _picture(days: list[date], values: list[float], name: str, injections: list[date]) -> CoursePicture:
    measure = BY_NAME[name]
    step = _step(max(values))
    top = step * max(1, math.ceil(max(values) / step))
    span = max(1, (days[-1] - days[0]).days)

    def across(day: date) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (day - days[0]).days / span, 1)

    def up(value: float) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / top, 1)

    weeks = [
        (begun, [value for _, value in each])
        for begun, each in groupby(zip(days, values, strict=True), lambda pair: (pair[0] - days[0]).days // 7)
    ]
    middles = [(days[0] + timedelta(days=min(span, 7 * week + 3)), median(each) or 0.0) for week, each in weeks]
    inside = [day for day in injections if days[0] <= day <= days[-1]]
    first, last = (whole_amount(middles[place][1], measure.unit) for place in (0, -1))
    words = plain_name(measure)
    return CoursePicture(
        title=f"{words[0].upper()}{words[1:]}. {_BETTER[measure.better]}",
        described=f"{words}, from {day_words(days[0])} to {day_words(days[-1])}: {len(values)} sessions, "
        f"{first} in the first week and {last} in the last.",
        dots=tuple((across(day), up(value)) for day, value in zip(days, values, strict=True)),
        line=tuple((across(day), up(value)) for day, value in middles),
        days=tuple(Tick(across(day), f"{day.day} {day:%b}") for day in _day_ticks(days[0], span)),
        values=tuple(
            Tick(up(value), whole_amount(float(value), measure.unit).replace("econds", ""))
            for value in np.arange(0, top + step / 2, step)
        ),
        injections=tuple(Tick(across(day), f"injection {day.day} {day:%b}") for day in inside),
    )


def _step(largest: float) -> float:
    """A round step that makes few lines."""
    return next((each for each in (1.0, 2.0, 5.0, 10.0, 20.0) if largest / each <= _MOST_TICKS), 50.0)


def _day_ticks(first: date, span: int) -> list[date]:
    """A few days, evenly, in whole weeks where there are any."""
    apart = max(1, -(-span // _MOST_TICKS))
    apart = -(-apart // 7) * 7 if apart > 3 else apart
    return [first + timedelta(days=days) for days in range(0, span + 1, apart)]
