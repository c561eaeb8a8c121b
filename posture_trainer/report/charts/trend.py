"""Charts over the weeks: one row for each figure, with injections, new baselines and notes marked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from posture_trainer.course.past_session import PastSession
from posture_trainer.report.charts.parts import HALF, NARROW, WIDE, Chart, Drawing, Scale, across, foot, frame, upwards

_LOW = 156  # the foot of a half-wide chart
Getter = Callable[[PastSession], float | None]
_EACH, _GAP, _TOP = 62.0, 30.0, 56.0


@dataclass(frozen=True)
class Line:
    """Values on days, joined. name: "" where there is one line alone. bars: of each value how far it reaches."""

    name: str
    look: str
    shape: str
    days: Sequence[date]
    values: Sequence[float]
    dash: str = ""
    bars: Sequence[tuple[float, float]] = ()


def trend_chart(
    sessions: list[PastSession],
    rows: list[tuple[str, Getter]],
    injections: list[date],
    notes: Sequence[tuple[date, int]] = (),
) -> Chart:
    """Each figure over time. Lines join only sessions of one baseline; hollow marks are sessions not compared.

    notes: the days of a therapist's notes, with the number each has in the list below the chart.
    """
    dated = [session for session in sessions if session.day is not None and session.figures is not None]
    told = []
    for title, getter in rows:
        values = [value for session in dated if session.comparable and (value := getter(session)) is not None]
        if values:
            third = max(1, len(values) // 3)
            first, last = float(np.median(values[:third])), float(np.median(values[-third:]))
            told.append(f"{title}: median {first:.0f} in the first third, {last:.0f} in the last")
    described = f"{len(dated)} sessions, {_span(dated)}. {'; '.join(told)}."
    wide, narrow = (_drawn(dated, rows, injections, notes, width).svg(described) for width in (WIDE, NARROW))
    return Chart(described, wide, narrow)


def _drawn(
    dated: list[PastSession],
    rows: list[tuple[str, Getter]],
    injections: list[date],
    notes: Sequence[tuple[date, int]],
    width: int,
) -> Drawing:
    bottom = _TOP + len(rows) * (_EACH + _GAP) - _GAP
    drawing = Drawing(width, int(bottom + 30))
    days = [session.day for session in dated if session.day is not None]
    x = day_scale(days, width)
    inside = [day for day in injections if x.first <= day.toordinal() <= x.last]
    _uprights(drawing, x, (30, bottom), dated, inside)
    for day, number in notes:
        if not x.first <= day.toordinal() <= x.last:
            continue
        at = x.px(day.toordinal())
        drawing.mark(at, 38, "disc", "a-ink", f"note {number}", 8)
        drawing.text(at, 42.5, number, "t-paper", "middle")
    for place, (title, getter) in enumerate(rows):
        top = _TOP + place * (_EACH + _GAP)
        known = [(session, value) for session in dated if (value := getter(session)) is not None]
        y = upwards(0, max([value for _, value in known] or [1.0]) * 1.08 or 1.0, top, top + _EACH)
        frame(drawing, x, y, title)
        for group in dict.fromkeys(session.group for session, _ in known):
            mates = [each for each in known if each[0].group == group and each[0].comparable]
            drawing.line([(x.px(_when(session)), y.px(value)) for session, value in mates], "l-blue", 1.2)
        for session, value in known:
            look, shape = ("a-blue", "disc") if session.comparable else ("l-blue", "ring")
            drawing.mark(x.px(_when(session)), y.px(value), shape, look, f"{session.begun_words}: {value:.1f}", 3.2)
    foot(drawing, x, bottom, "", date_ticks(x, width))
    return drawing


def _uprights(
    drawing: Drawing, x: Scale, y: tuple[float, float], dated: list[PastSession], injections: list[date]
) -> None:
    """Injections, and where another baseline or tolerance began."""
    taken: list[float] = []
    for day in injections:
        _upright(drawing, x.px(day.toordinal()), y, "injection", "l-orange", "6 4", taken)
    for earlier, later in pairwise(dated):
        if later.group and earlier.group != later.group:
            words = "new baseline" if earlier.baseline != later.baseline else "new tolerances"
            _upright(drawing, x.px(_when(later) - 0.5), y, words, "l-ink", "", taken)


def _upright(
    drawing: Drawing, at: float, y: tuple[float, float], words: str, look: str, dash: str, taken: list[float]
) -> None:
    drawing.line([(at, y[0] - 10), (at, y[1])], look, 1.5, dash)
    if all(abs(at - each) > 95 for each in taken):
        near_end = at > drawing.width - 90
        drawing.text(at + (-5 if near_end else 5), y[0] - 3, words, "t-quiet", "end" if near_end else "start")
        taken.append(at)


def lines_over_time(title: str, lines: Sequence[Line], injections: Sequence[date], described: str) -> Chart:
    """A half-wide chart of a few lines over the days."""
    days = [day for line in lines for day in line.days]
    ends = [end for line in lines for bar in line.bars for end in bar]
    highest = max([*(value for line in lines for value in line.values), *ends])
    named = [line for line in lines if line.name]
    drawing = Drawing(HALF, _LOW + (54 if named else 26))
    x, y = day_scale(days, HALF), upwards(0, highest * 1.12 or 1.0, 34, _LOW)
    for day in injections:
        if x.first <= day.toordinal() <= x.last:
            drawing.line([(x.px(day.toordinal()), 34), (x.px(day.toordinal()), _LOW)], "l-orange", 1.5, "6 4")
    frame(drawing, x, y, title)
    foot(drawing, x, _LOW, "", date_ticks(x, HALF))
    for line in lines:
        at = [x.px(day.toordinal()) for day in line.days]
        for place, (low, high) in zip(at, line.bars, strict=False):
            drawing.line([(place, y.px(low)), (place, y.px(high))], line.look, 2)
        drawing.line(zip(at, (y.px(value) for value in line.values), strict=True), line.look, 1.5, line.dash)
        for place, day, value in zip(at, line.days, line.values, strict=True):
            drawing.mark(place, y.px(value), line.shape, line.look.replace("l-", "a-"), f"{day}: {value:.1f}", 3.6)
    if named:
        drawing.key(x.first_px, _LOW + 46, [(line.shape, line.look.replace("l-", "a-"), line.name) for line in named])
    return Chart(described, drawing.svg(described))


def day_scale(days: Sequence[date], width: int) -> Scale:
    """Across a chart so wide, from the first of the days to the last one, a week at least."""
    first, last = min(days), max(days)
    return across(first.toordinal() - 1, max(last.toordinal(), first.toordinal() + 6) + 1, 40, width - 12)


def date_ticks(x: Scale, width: int) -> list[tuple[float, str]]:
    """Mondays, or the first days of months where the weeks would not fit."""
    first, last = date.fromordinal(round(x.first)), date.fromordinal(round(x.last))
    every = 7 * max(1, -(-(last - first).days * 62 // (7 * max(1, width - 52))))
    monday = first + timedelta(days=-first.weekday() % 7)
    days = [monday + timedelta(days=each) for each in range(0, (last - monday).days + 1, every)]
    return [(float(day.toordinal()), f"{day.day} {day:%b}") for day in days]


def _when(session: PastSession) -> float:
    """Its day, and the part of it that had passed, so that several of a day stand apart."""
    part = (session.begun.hour + session.begun.minute / 60) / 24 if session.begun is not None else 0.5
    return (session.day.toordinal() if session.day is not None else 0) + part


def _span(dated: list[PastSession]) -> str:
    days = [session.day for session in dated if session.day is not None]
    return f"from {min(days)} to {max(days)}" if days else "none with a date"
