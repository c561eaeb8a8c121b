"""Practice, desk days, diary and injections on one axis: over the days, and over the weeks since an injection."""

from collections.abc import Sequence
from datetime import date

from posture_trainer.course.beside.axis import DatedSeries
from posture_trainer.course.cycles import BEFORE_DAYS, LONGEST_DAYS
from posture_trainer.report.charts.cycles import MOST_CYCLES, Cycle, cycles_chart
from posture_trainer.report.charts.parts import NARROW, WIDE, Chart, Drawing, foot, frame, upwards
from posture_trainer.report.charts.trend import date_ticks, day_scale

_EACH, _GAP, _TOP = 52.0, 30.0, 44.0


def all_day_chart(series: Sequence[DatedSeries], injections: Sequence[date]) -> Chart:
    """Each series in a row of its own; dashed lines are injections."""
    described = ". ".join(_told(each) for each in series) + "."
    wide, narrow = (_drawn(series, injections, width).svg(described) for width in (WIDE, NARROW))
    return Chart(described, wide, narrow)


def _told(each: DatedSeries) -> str:
    first, last = each.values[0], each.values[-1]
    return f"{each.title}: {len(each.values)} days, {first[1]:.0f} on {first[0]} and {last[1]:.0f} on {last[0]}"


def _drawn(series: Sequence[DatedSeries], injections: Sequence[date], width: int) -> Drawing:
    bottom = _TOP + len(series) * (_EACH + _GAP) - _GAP
    drawing = Drawing(width, int(bottom + 30))
    x = day_scale([day for each in series for day, _ in each.values], width)
    for day in injections:
        if x.first <= day.toordinal() <= x.last:
            at = x.px(day.toordinal())
            drawing.line([(at, 20), (at, bottom)], "l-orange", 1.5, "6 4")
            drawing.text(at + 5, 17, "injection", "t-quiet")
    for place, each in enumerate(series):
        top = _TOP + place * (_EACH + _GAP)
        y = upwards(0, each.most or max(value for _, value in each.values) * 1.08 or 1.0, top, top + _EACH)
        frame(drawing, x, y, each.title)
        points = [(x.px(day.toordinal() + 0.5), y.px(value)) for day, value in each.values]
        drawing.line(points, "l-blue", 1.2)
        for (at, high), (day, value) in zip(points, each.values, strict=True):
            drawing.mark(at, high, "disc", "a-blue", f"{day}: {value:.0f}", 3.2)
    foot(drawing, x, bottom, "", date_ticks(x, width))
    return drawing


def all_day_cycles(series: Sequence[DatedSeries], injections: Sequence[date]) -> Chart | None:
    """The same over the weeks since an injection, the cycles on top of one another, as of sessions; None without."""
    bounds = [date.min, *injections, date.max]
    cycles = []
    for earlier, day, later in zip(bounds, injections, bounds[2:], strict=False):
        figures = tuple(
            [
                ((at - day).days, value)
                for at, value in each.values
                if earlier <= at < later and -BEFORE_DAYS <= (at - day).days <= LONGEST_DAYS
            ]
            for each in series
        )
        if any(since >= 0 for seen in figures for since, _ in seen):
            cycles.append(Cycle(day, figures))
    return cycles_chart(cycles[-MOST_CYCLES:], [each.title for each in series]) if cycles else None
