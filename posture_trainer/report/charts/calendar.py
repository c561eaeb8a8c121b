"""The calendar of practice against the plan: a square for each day."""

import math
from collections.abc import Sequence
from datetime import date, timedelta

from posture_trainer.course.adherence import DayMark, PracticeDay, asked_days
from posture_trainer.report.charts.parts import NARROW, WIDE, Chart, Drawing

MOST_WEEKS = 26
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_KEY = (
    (DayMark.DONE.value, PracticeDay(date.min, mark=DayMark.DONE)),
    (DayMark.LESS.value, PracticeDay(date.min, mark=DayMark.LESS)),
    ("cut short", PracticeDay(date.min, cut_short=1, mark=DayMark.MISSED)),
    (DayMark.MISSED.value, PracticeDay(date.min, mark=DayMark.MISSED)),
    (DayMark.FREE.value, PracticeDay(date.min)),
)
_LOOKS = {DayMark.DONE: "a-blue", DayMark.LESS: "a-pale", DayMark.MISSED: "a-missed", DayMark.FREE: "a-blank"}


def calendar_chart(days: Sequence[PracticeDay], injections: Sequence[date]) -> Chart:
    """The newest weeks, Monday to Sunday; the figure in a square is the pain before practice on that day."""
    shown = [each for each in days if each.day >= _monday(days[-1].day) - timedelta(weeks=MOST_WEEKS - 1)]
    described = calendar_words(shown)
    wide, narrow = (_drawn(shown, injections, across).svg(described) for across in (True, False))
    return Chart(described, wide, narrow)


def calendar_words(days: Sequence[PracticeDay]) -> str:
    """What the calendar shows, in a few sentences."""
    asked = asked_days(each.asked for each in days)
    practised = [each for each in days if each.done]
    words = f"{days[0].day} to {days[-1].day}: practice on {len(practised)} of {len(days)} days"
    if asked is not None:
        kept = sum(each.asked is not None and each.mark is DayMark.DONE for each in days)
        words += f"; {asked} {'was' if asked == 1 else 'were'} asked for, done as often as asked on {kept}"
    words += f". {_times(sum(each.done for each in days), 'session')} of practice"
    words += f", {_times(sum(each.cut_short for each in days), 'session')} cut short"
    refused = sum(each.refused for each in days)
    words += f", {refused} refused." if refused else "."
    pains = [(each.pain, each.day) for each in days if each.pain is not None]
    if pains:
        highest, day = max(pains)
        words += f" Pain before practice from {min(pains)[0]:.0f} to {highest:.0f} of 100, the highest on {day}."
    return words


def _times(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _drawn(days: Sequence[PracticeDay], injections: Sequence[date], across: bool) -> Drawing:
    """across: weeks side by side, as on a wide screen; else one below the other."""
    first = _monday(days[0].day)
    weeks = (_monday(days[-1].day) - first).days // 7 + 1
    cell = (min(40.0, (WIDE - 40) / weeks), 24.0) if across else (40.0, 24.0)
    corner = (40.0, 22.0) if across else (56.0, 22.0)
    size = (WIDE, corner[1] + 7 * cell[1] + 34) if across else (NARROW, corner[1] + weeks * cell[1] + 64)
    drawing = Drawing(int(size[0]), int(size[1]))

    def place(week: int, weekday: int) -> tuple[float, float]:
        column, row = (week, weekday) if across else (weekday, week)
        return corner[0] + column * cell[0], corner[1] + row * cell[1]

    for weekday, name in enumerate(_WEEKDAYS):
        left, top = place(0, weekday)
        if across:
            drawing.text(34, top + 16, name, anchor="end")
        else:
            drawing.text(left + cell[0] / 2, 16, name, anchor="middle")
    every = max(1, math.ceil(50 / cell[0])) if across else 1
    for week in range(0, weeks, every):
        monday, (left, top) = first + timedelta(weeks=week), place(week, 0)
        if across:
            drawing.text(left, 16, f"{monday.day} {monday:%b}")
        else:
            drawing.text(50, top + 16, f"{monday.day} {monday:%b}", anchor="end")
    for each in days:
        corner_of_day = place((each.day - first).days // 7, each.day.weekday())
        _square(drawing, each, corner_of_day, cell, each.day in injections)
    _key(drawing, (corner[0], size[1] - 26 if across else size[1] - 56), across)
    return drawing


def _square(
    drawing: Drawing, each: PracticeDay, corner: tuple[float, float], cell: tuple[float, float], injected: bool = False
) -> None:
    left, top, right, bottom = corner[0] + 1, corner[1] + 1, corner[0] + cell[0] - 1, corner[1] + cell[1] - 1
    drawing.area((left, right), (top, bottom), _LOOKS[each.mark], _day_words(each))
    if each.cut_short:
        drawing.line(
            [(left + 1, bottom - 1), (left + 10, bottom - 1), (left + 1, bottom - 10), (left + 1, bottom - 1)],
            "a-orange",
        )
    if each.pain is not None:
        drawing.text(
            (left + right) / 2, top + 16, f"{each.pain:.0f}", "t-on" if each.mark is DayMark.DONE else "t-ink", "middle"
        )
    if injected:
        drawing.area((left, right), (top, bottom), "o-orange")


def _day_words(each: PracticeDay) -> str:
    asked = "" if each.asked is None else f" of {each.asked.times_a_day} asked"
    words = f"{each.day}: {each.done} done{asked}"
    words += f", {each.cut_short} cut short" if each.cut_short else ""
    words += f", {each.refused} refused" if each.refused else ""
    return words + (f", pain {each.pain:.0f}" if each.pain is not None else "")


def _key(drawing: Drawing, corner: tuple[float, float], across: bool) -> None:
    left, top = corner[0] if across else 8.0, corner[1]
    for number, (words, example) in enumerate(_KEY):
        if not across and number == 3:
            left, top = 8.0, top + 26
        _square(drawing, example, (left, top), (24, 20))
        drawing.text(left + 29, top + 15, words)
        left += 44 + 6.7 * len(words)
    _square(drawing, _KEY[4][1], (left, top), (24, 20), True)
    drawing.text(left + 29, top + 15, "injection")
