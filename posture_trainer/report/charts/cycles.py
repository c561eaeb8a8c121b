"""The chart over the weeks since an injection: the cycles on top of one another."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from posture_trainer.course.cycles import BEFORE_DAYS, LONGEST_DAYS, RESPONSE_WEEKS, week_after, week_before
from posture_trainer.course.past_session import PastSession
from posture_trainer.report.charts.parts import NARROW, WIDE, Chart, Drawing, Scale, across, foot, frame, upwards

MOST_CYCLES = 3
_LOOKS = (("blue", "disc", ""), ("orange", "diamond", "7 4"), ("ink", "square", "2 3"))
_EACH, _GAP, _TOP = 76.0, 30.0, 58.0
Getter = Callable[[PastSession], float | None]
Seen = list[tuple[int, float]]  # days since the injection, value


@dataclass(frozen=True)
class Cycle:
    """What was measured around one injection, of each figure: days from it (below 0: before it), and values."""

    day: date
    figures: tuple[Seen, ...]


def cycles_of(sessions: list[PastSession], getters: list[Getter], injections: list[date]) -> list[Cycle]:
    """The newest cycles with any session after the injection, oldest first.

    A cycle has 4 weeks before its injection, not further back than the one before, and 16 after it, or those up to the
    next.
    """
    bounds = [date.min, *injections, date.max]
    found = []
    for earlier, day, later in zip(bounds, injections, bounds[2:], strict=False):
        mine = [
            (session, (session.day - day).days)
            for session in sessions
            if session.day is not None and earlier <= session.day < later and not (session.refused or session.trouble)
        ]
        inside = [(session, since) for session, since in mine if -BEFORE_DAYS <= since <= LONGEST_DAYS]
        if any(since >= 0 for _, since in inside):
            figures = tuple(
                [(since, value) for session, since in inside if (value := getter(session)) is not None]
                for getter in getters
            )
            found.append(Cycle(day, figures))
    return found[-MOST_CYCLES:]


def cycles_chart(cycles: list[Cycle], titles: list[str]) -> Chart:
    """Each figure in a row, from 4 weeks before to as far as any cycle goes; each cycle has its own mark and line."""
    described = " ".join(_told(cycle, titles) for cycle in cycles)
    wide, narrow = (_drawn(cycles, titles, width).svg(described) for width in (WIDE, NARROW))
    return Chart(described, wide, narrow)


def _told(cycle: Cycle, titles: list[str]) -> str:
    """The medians of one cycle, in a sentence."""
    parts = []
    for title, seen in zip(titles, cycle.figures, strict=True):
        before = [value for since, value in seen if since < 0]
        after = [value for since, value in seen if since >= 0 and _answers(since)]
        if before or after:
            words = [f"{np.median(each):.0f}" if each else "nothing" for each in (before, after)]
            parts.append(f"{title} {words[0]} before, {words[1]} in weeks {RESPONSE_WEEKS[0]} to {RESPONSE_WEEKS[1]}")
    return f"Injection of {cycle.day}: medians of {'; '.join(parts) or 'nothing'}."


def _answers(since: int) -> bool:
    return RESPONSE_WEEKS[0] <= week_after(since) <= RESPONSE_WEEKS[1]


def _drawn(cycles: list[Cycle], titles: list[str], width: int) -> Drawing:
    days = [since for cycle in cycles for seen in cycle.figures for since, _ in seen]
    rows = [place for place in range(len(titles)) if any(cycle.figures[place] for cycle in cycles)]
    bottom = _TOP + len(rows) * (_EACH + _GAP) - _GAP
    drawing = Drawing(width, int(bottom + 40))
    first, last = min([*days, -7]), max([*days, 42])
    x = across(first - 2, last + 2, 40, width - 10)
    left, right = x.px(7 * (RESPONSE_WEEKS[0] - 1) + 0.5), x.px(7 * RESPONSE_WEEKS[1] + 0.5)
    drawing.area((left, right), (_TOP - 4, bottom), "a-band")
    drawing.text((left + right) / 2, _TOP - 20, f"weeks {RESPONSE_WEEKS[0]}–{RESPONSE_WEEKS[1]}", "t-quiet", "middle")
    drawing.line([(x.px(0), _TOP - 16), (x.px(0), bottom)], "l-ink", 1.5)
    drawing.text(x.px(0) - 4, _TOP - 20, "injection", "t-quiet", "end")
    for number, row in enumerate(rows):
        top = _TOP + number * (_EACH + _GAP)
        values = [value for cycle in cycles for _, value in cycle.figures[row]]
        y = upwards(0, max(values) * 1.08 or 1.0, top, top + _EACH)
        frame(drawing, x, y, titles[row])
        for look, cycle in zip(_LOOKS, cycles, strict=False):
            _curve(drawing, x, y, cycle.figures[row], look)
    weeks = range(-(-first // 7), last // 7 + 1, 2 if width == WIDE else 4)
    ticks = [(7.0 * week, f"{week}".replace("-", "−")) for week in (each - each % 2 for each in weeks)]
    foot(drawing, x, bottom, "weeks since the injection", [each for each in ticks if x.first <= each[0] <= x.last])
    entries = [
        (shape, f"a-{colour}", f"{cycle.day.day} {cycle.day:%b %Y}")
        for (colour, shape, _), cycle in zip(_LOOKS, cycles, strict=False)
    ]
    drawing.key(40 if width == WIDE else 2, 16, entries)
    return drawing


def _curve(drawing: Drawing, x: Scale, y: Scale, seen: Seen, look: tuple[str, str, str]) -> None:
    """The sessions as small marks, the medians of the weeks as a line."""
    colour, shape, dash = look
    weeks: dict[int, Seen] = {}
    for since, value in seen:
        weeks.setdefault(week_after(since) if since >= 0 else -week_before(-since), []).append((since, value))
    for side in (False, True):
        medians = [
            (float(np.mean([since for since, _ in each])), float(np.median([value for _, value in each])))
            for week, each in sorted(weeks.items())
            if (week > 0) is side
        ]
        drawing.line([(x.px(since), y.px(value)) for since, value in medians], f"l-{colour}", 2.2, dash)
    for since, value in seen:
        drawing.mark(x.px(since), y.px(value), shape, f"a-{colour}", f"day {since}: {value:.1f}", 2.6)
