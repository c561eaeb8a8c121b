"""A small chart for each kind of exercise, from the records of its trials (docs/exercises.md)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from posture_trainer.exercises.hold_test import BANDS
from posture_trainer.exercises.trial import Numbers
from posture_trainer.pose.directions import Direction
from posture_trainer.pose.quality import FURTHEST_TURN_DEG
from posture_trainer.report.charts.parts import HALF, Chart, Drawing, Scale, across, foot, frame, plain_ticks, upwards
from posture_trainer.words.directions import DIRECTION_WORDS

_LEFT, _RIGHT, _TOP, _HEIGHT = 40.0, HALF - 10.0, 34.0, 180


def exercise_chart(kind: str, trials: list[Numbers], section: Mapping[str, Any]) -> Chart | None:
    """The chart of the trials of one kind; None for a kind without pictures, and where there is nothing to draw.

    trials: the records of those that count. section: the kind's part of summary.json.
    """
    draw = _CHARTS.get(kind)
    return draw(trials, section) if draw is not None and trials else None


def _hold(trials: list[Numbers], _section: Mapping[str, Any]) -> Chart:
    held_s, asked_s = ([_value(trial, name) for trial in trials] for name in ("held_s", "asked_s"))
    drawing = Drawing(HALF, _HEIGHT)
    x, y = _columns(drawing, "seconds held", max([*_known(held_s), *_known(asked_s), 1.0]) * 1.08, len(trials), "hold")
    for number, trial in enumerate(trials, 1):
        look = "a-blue" if trial["cues"] is True else "a-paper"
        _column(drawing, x, y, number, held_s[number - 1], look, " s")
        asked = asked_s[number - 1]
        if asked:
            wide = 0.42 * (x.px(1) - x.px(0))
            at = (x.px(number), y.px(asked))
            drawing.line([(at[0] - wide, at[1]), (at[0] + wide, at[1])], "l-orange", 3)
    entries = [("square", "a-blue", "with cues"), ("square", "a-paper", "without"), ("line", "l-orange", "asked for")]
    drawing.key(_LEFT, _HEIGHT - 4, entries)
    without = sum(trial["cues"] is not True for trial in trials)
    described = (
        f"{len(trials)} holds, {without} of them without cues: held {_span(held_s, 's')}, asked for "
        f"{_span(asked_s, 's')}."
    )
    return Chart(described, drawing.svg(described))


def _hold_test(trials: list[Numbers], section: Mapping[str, Any]) -> Chart:
    held_s = [_value(trial, "held_s") for trial in trials]
    drawing = Drawing(HALF, _HEIGHT)
    x, y = _columns(drawing, "seconds within 10°", 72, len(trials), "try", right=_RIGHT - 52)
    above_s = 72.0
    for lowest_s, name in BANDS:
        drawing.line([(x.first_px, y.px(lowest_s)), (x.last_px, y.px(lowest_s))], "l-line", 1, "2 3")
        drawing.text(x.last_px + 6, y.px((lowest_s + above_s) / 2) + 4, name)
        above_s = lowest_s
    for number, value_s in enumerate(held_s, 1):
        _column(drawing, x, y, number, value_s, "a-blue", " s")
    mean_s = section.get("mean_s")
    if mean_s is not None:
        drawing.line([(x.first_px, y.px(mean_s)), (x.last_px, y.px(mean_s))], "l-orange", 2)
        drawing.key(_LEFT, _HEIGHT - 4, [("line", "l-orange", f"mean, {mean_s:.1f} s")])
    tries = ", ".join(f"{value_s:.1f} s" for value_s in _known(held_s))
    described = f"Hold test, tries of {tries}" + (f"; mean {mean_s:.1f} s." if mean_s is not None else ".")
    return Chart(described, drawing.svg(described))


def _follow(trials: list[Numbers], _section: Mapping[str, Any]) -> Chart:
    shares, off_deg = ([_value(trial, name) for trial in trials] for name in ("on_target_share", "mean_distance_deg"))
    share = [None if each is None else 100 * each for each in shares]
    drawing = Drawing(HALF, _HEIGHT)
    x, y = _columns(drawing, "on the target, %", 100, len(trials), "round", right=HALF * 0.47)
    for number, value in enumerate(share, 1):
        _column(drawing, x, y, number, value, "a-blue", " %")
    x, y = _columns(
        drawing, "mean distance, °", max([*_known(off_deg), 1.0]) * 1.08, len(trials), "round", left=HALF * 0.58
    )  # fmt: skip
    for number, value in enumerate(off_deg, 1):
        _column(drawing, x, y, number, value, "a-orange", "°")
    described = f"{len(trials)} rounds: on the target {_span(share, '%')} of the time, off by {_span(off_deg, '°')}."
    return Chart(described, drawing.svg(described))


def _position_sense(trials: list[Numbers], section: Mapping[str, Any]) -> Chart:
    ways = list(section.get("directions", {}))
    parts = list(section.get("directions", {}).values())
    errors = [
        (ways.index(trial["direction"]), error)
        for trial in trials
        if trial["direction"] in ways and (error := _value(trial, "absolute_error_deg")) is not None
    ]
    tops = [(part["mean_absolute_error_deg"] or 0) + (part["sd_absolute_error_deg"] or 0) for part in parts]
    drawing = Drawing(HALF, _HEIGHT)
    x = across(-0.5, len(ways) - 0.5, _LEFT, _RIGHT)
    y = upwards(0, max([5.0, *tops, *(error for _, error in errors)]) * 1.08, _TOP, _HEIGHT - 62)
    frame(drawing, x, y, "position error, °")
    foot(drawing, x, y.first_px, "", [(place, _way(way)) for place, way in enumerate(ways)])
    for place, error in errors:
        drawing.mark(x.px(place - 0.1), y.px(error), "ring", "l-blue", f"{error:.1f}°")
    for place, part in enumerate(parts):
        mean, sd = part["mean_absolute_error_deg"], part["sd_absolute_error_deg"] or 0
        if mean is None:
            continue
        at = x.px(place + 0.1)
        drawing.line([(at, y.px(max(0, mean - sd))), (at, y.px(mean + sd))], "l-ink", 2)
        drawing.mark(at, y.px(mean), "diamond", "a-ink", f"mean {mean:.1f}°")
    drawing.key(_LEFT, _HEIGHT - 8, [("ring", "l-blue", "one trial"), ("diamond", "a-ink", "mean ± SD")])
    told = [
        f"{_way(way)} {part['mean_absolute_error_deg']:.1f}°"
        for way, part in zip(ways, parts, strict=True)
        if part["mean_absolute_error_deg"] is not None
    ]
    described = f"Mean position error of {len(errors)} trials: {', '.join(told)}."
    return Chart(described, drawing.svg(described))


def _range(_trials: list[Numbers], section: Mapping[str, Any]) -> Chart:
    ways: dict[str, Any] = section.get("directions", {})
    reach = max([60.0, *(part["best_deg"] + 5 for part in ways.values() if part["best_deg"] is not None)])
    drawing, x, rows = _rows(list(ways), reach, "degrees from neutral")
    drawing.area((x.px(FURTHEST_TURN_DEG), x.last_px), (_TOP - 6, rows[-1] + 14), "a-aside")
    drawing.text(x.last_px, _TOP - 12, "beyond what the camera measures", anchor="end")
    told = []
    for row, (way, part) in zip(rows, ways.items(), strict=True):
        if part["best_deg"] is None:
            continue
        words = f"{'≥ ' if part['beyond_camera'] else ''}{part['best_deg']:.0f}°"
        told.append(f"{_way(way)} {words}")
        drawing.area((x.first_px, x.px(part["best_deg"])), (row - 9, row + 9), "a-blue", words)
        drawing.text(x.first_px + 6, row + 5, words, "t-on")
        if part["mean_deg"] is not None:
            drawing.mark(x.px(part["mean_deg"]), row, "diamond", "a-paper", f"mean {part['mean_deg']:.1f}°")
    drawing.key(_LEFT, drawing.height - 4, [("square", "a-blue", "best"), ("diamond", "a-paper", "mean")])
    described = f"Farthest angle: {', '.join(told)}."
    return Chart(described, drawing.svg(described))


def _stretch(_trials: list[Numbers], section: Mapping[str, Any]) -> Chart:
    ways: dict[str, Any] = section.get("directions", {})
    ends = [part[name] for part in ways.values() for name in ("farthest_deg", "limit_deg") if part[name] is not None]
    drawing, x, rows = _rows(list(ways), max([10.0, *ends]) * 1.1, "degrees from neutral")
    told = []
    for row, (way, part) in zip(rows, ways.items(), strict=True):
        if part["farthest_deg"] is not None:
            drawing.area((x.first_px, x.px(part["farthest_deg"])), (row - 9, row + 9), "a-blue")
            told.append(f"{_way(way)} {part['farthest_deg']:.0f}° of {part['limit_deg'] or 0:.0f}° set")
        if part["limit_deg"] is not None:
            drawing.mark(x.px(part["limit_deg"]), row, "bar", "a-orange", f"set {part['limit_deg']:.1f}°", 6)
    drawing.key(_LEFT, drawing.height - 4, [("square", "a-blue", "farthest"), ("bar", "a-orange", "set angle")])
    described = f"Stretches: {', '.join(told)}."
    return Chart(described, drawing.svg(described))


_CHARTS: dict[str, Callable[[list[Numbers], Mapping[str, Any]], Chart]] = {
    "hold": _hold,
    "hold_test": _hold_test,
    "follow": _follow,
    "position_sense": _position_sense,
    "range": _range,
    "stretch": _stretch,
}


def _value(trial: Numbers, name: str) -> float | None:
    value = trial.get(name)
    return float(value) if isinstance(value, int | float) else None


def _columns(
    drawing: Drawing, title: str, highest: float, count: int, what: str, left: float = _LEFT, right: float = _RIGHT
) -> tuple[Scale, Scale]:
    """A frame for a numbered column each."""
    x, y = across(0.4, count + 0.6, left, right), upwards(0, highest, _TOP, _HEIGHT - 62)
    frame(drawing, x, y, title)
    every = -(-count // max(1, int((right - left) // 28)))
    foot(drawing, x, y.first_px, what, plain_ticks(range(1, count + 1, every)))
    return x, y


def _column(drawing: Drawing, x: Scale, y: Scale, number: int, value: float | None, look: str, unit: str) -> None:
    if value is None:
        return
    wide = min(22.0, 0.32 * (x.px(1) - x.px(0)))
    drawing.area((x.px(number) - wide, x.px(number) + wide), (y.px(0), y.px(value)), look, f"{value:.1f}{unit}")


def _rows(ways: Sequence[str], reach: float, title: str) -> tuple[Drawing, Scale, list[float]]:
    """A drawing with a row for each direction; where the rows are."""
    drawing = Drawing(HALF, int(_TOP + 26 * len(ways) + 64))
    x = across(0, reach, _LEFT + 36, _RIGHT)
    rows = [_TOP + 8 + 26 * place for place in range(len(ways))]
    for row, way in zip(rows, ways, strict=True):
        drawing.text(x.first_px - 6, row + 4, _way(way), "t-ink", "end")
    foot(drawing, x, rows[-1] + 16 if rows else _TOP, title)
    return drawing, x, rows


def _known(values: Sequence[float | None]) -> list[float]:
    return [value for value in values if value is not None]


def _span(values: Sequence[float | None], unit: str) -> str:
    """ "12 to 15 s"; one value where they are all alike."""
    known = _known(values)
    if not known:
        return "not recorded"
    low, high = f"{min(known):.0f}", f"{max(known):.0f}"
    unit = unit if unit == "°" else f" {unit}"
    return f"{low}{unit}" if low == high else f"{low} to {high}{unit}"


def _way(way: str) -> str:
    return DIRECTION_WORDS[Direction(way)]
