"""A small chart for each kind of exercise, from the records of its trials (docs/exercises.md)."""

from collections.abc import Callable, Mapping
from typing import Any

from posture_trainer.exercises.hold_test import BANDS
from posture_trainer.exercises.trial import Numbers
from posture_trainer.pose.directions import Direction
from posture_trainer.pose.quality import FURTHEST_TURN_DEG
from posture_trainer.report.charts.parts import (
    BLUE,
    GREY_BAND,
    INK,
    LINE,
    ORANGE,
    SKY,
    Chart,
    axis,
    chart,
    rectangle,
    upright,
    words,
)  # fmt: skip
from posture_trainer.words.directions import DIRECTION_WORDS

_HEIGHT_PX = 250
_LEGEND = {"showlegend": True, "legend": {"orientation": "h", "x": 0, "y": 1.22}}


def exercise_chart(kind: str, trials: list[Numbers], section: Mapping[str, Any]) -> Chart | None:
    """The chart of the trials of one kind; None for a kind without pictures, and where there is nothing to draw.

    trials: the records of those that count. section: the kind's part of summary.json.
    """
    draw = _CHARTS.get(kind)
    return draw(trials, section) if draw is not None and trials else None


def _hold(trials: list[Numbers], _section: Mapping[str, Any]) -> Chart:
    traces = []
    for name, cues, look in (
        ("held, with cues", True, {"color": BLUE}),
        ("held, without cues", False, {"color": SKY, "pattern": {"shape": "/", "fgcolor": INK, "size": 6}}),
    ):
        chosen = [number for number, trial in enumerate(trials, 1) if trial["cues"] is cues]
        if chosen:
            traces.append(_bars(name, chosen, [_value(trials[number - 1], "held_s") for number in chosen], look, "s"))
    asked = {
        "type": "scatter", "mode": "markers", "name": "asked for", "x": list(range(1, len(trials) + 1)),
        "y": [_value(trial, "asked_s") for trial in trials],
        "marker": {"symbol": "line-ew", "size": 22, "line": {"width": 3, "color": ORANGE}},
        "hovertemplate": "%{y:.0f} s asked for<extra></extra>",
    }  # fmt: skip
    return chart(
        [*traces, asked],
        _HEIGHT_PX,
        "Seconds held in each hold.",
        xaxis=_numbered("hold", len(trials)),
        yaxis=axis("seconds", rangemode="tozero"),
        **_LEGEND,
    )


def _hold_test(trials: list[Numbers], section: Mapping[str, Any]) -> Chart:
    held_s = [_value(trial, "held_s") for trial in trials]
    last = len(trials) + 0.5
    shapes, notes, above_s = [], [], 64.0
    for lowest_s, name in BANDS:
        shapes.append(_level(lowest_s, 0.5, last, LINE, "dot"))
        middle_s = max(lowest_s, (lowest_s + above_s) / 2)
        notes.append(words(name, last, middle_s, yref="y", xanchor="left", xshift=6))
        above_s = lowest_s
    if section.get("mean_s") is not None:
        shapes.append(_level(section["mean_s"], 0.5, last, ORANGE, "solid"))
        notes.append(
            words("mean", 0.5, section["mean_s"], yref="y", xanchor="right", xshift=-4, font={"color": "#a34700"})
        )
    return chart(
        [_bars("held", list(range(1, len(trials) + 1)), held_s, {"color": BLUE}, "s")],
        _HEIGHT_PX,
        "Seconds held in each try, with the bands.",
        xaxis=_numbered("try", len(trials)),
        yaxis=axis("seconds within 10°", range=[0, 64], tickvals=[0, 15, 30, 45, 60], zeroline=False, showgrid=False),
        margin={"l": 90, "r": 90, "t": 16, "b": 48},
        shapes=shapes,
        annotations=notes,
    )


def _follow(trials: list[Numbers], _section: Mapping[str, Any]) -> Chart:
    numbers = list(range(1, len(trials) + 1))
    share = [None if (each := _value(trial, "on_target_share")) is None else 100 * each for trial in trials]
    distance = _bars(
        "distance", numbers, [_value(trial, "mean_distance_deg") for trial in trials], {"color": ORANGE}, "°"
    )
    return chart(
        [_bars("on target", numbers, share, {"color": BLUE}, "%"), {**distance, "xaxis": "x2", "yaxis": "y2"}],
        _HEIGHT_PX,
        "Time on the target and distance from it, in each round of following.",
        xaxis=_numbered("trial", len(trials), domain=[0, 0.44]),
        yaxis=axis("% of the time on the target", range=[0, 100]),
        xaxis2=_numbered("trial", len(trials), domain=[0.58, 1], anchor="y2"),
        yaxis2=axis("mean distance, °", rangemode="tozero", anchor="x2"),
    )


def _position_sense(trials: list[Numbers], section: Mapping[str, Any]) -> Chart:
    ways = list(section.get("directions", {}))
    each = [
        (ways.index(way), _value(trial, "absolute_error_deg"))
        for trial in trials
        if (way := trial["direction"]) in ways
    ]
    single = {
        "type": "scatter", "mode": "markers", "name": "one trial", "x": [place - 0.08 for place, _ in each],
        "y": [error for _, error in each], "marker": {"color": BLUE, "size": 9, "symbol": "circle-open"},
        "hovertemplate": "off by %{y:.1f}°<extra></extra>",
    }  # fmt: skip
    figures = list(section.get("directions", {}).values())
    mean = {
        "type": "scatter", "mode": "markers", "name": "mean ± SD", "x": [place + 0.08 for place in range(len(ways))],
        "y": [part["mean_absolute_error_deg"] for part in figures],
        "error_y": {
            "type": "data", "array": [part["sd_absolute_error_deg"] or 0 for part in figures], "color": INK, "width": 8,
        },
        "marker": {"color": INK, "size": 11, "symbol": "diamond"},
        "hovertemplate": "mean %{y:.1f}°<extra></extra>",
    }  # fmt: skip
    return chart(
        [single, mean],
        300,
        "Position error of each trial, with mean and SD of each direction.",
        xaxis=axis(
            "",
            tickvals=list(range(len(ways))),
            ticktext=[_way(way) for way in ways],
            range=[-0.6, len(ways) - 0.4],
            zeroline=False,
        ),
        yaxis=axis("off by, °", rangemode="tozero"),
        **_LEGEND,
    )


def _range(_trials: list[Numbers], section: Mapping[str, Any]) -> Chart:
    ways: dict[str, Any] = dict(reversed(section.get("directions", {}).items()))
    best = [part["best_deg"] for part in ways.values()]
    beyond = [bool(part["beyond_camera"]) for part in ways.values()]
    names = [_way(way) for way in ways]
    bars = {
        "type": "bar", "orientation": "h", "name": "best", "x": best, "y": names, "marker": {"color": BLUE},
        "text": [_angle(deg, more) for deg, more in zip(best, beyond, strict=True)], "textposition": "inside",
        "insidetextanchor": "start", "hovertemplate": "best %{x:.1f}°<extra></extra>",
    }  # fmt: skip
    mean = {
        "type": "scatter", "mode": "markers", "name": "mean", "x": [part["mean_deg"] for part in ways.values()],
        "y": names, "hovertemplate": "mean %{x:.1f}°<extra></extra>",
        "marker": {"color": "#ffffff", "size": 10, "symbol": "diamond", "line": {"color": INK, "width": 2}},
    }  # fmt: skip
    reach = max([60.0, *(deg + 5 for deg in best if deg is not None)])
    return chart(
        [bars, mean],
        90 + 36 * len(ways),
        "Farthest angle in each direction.",
        xaxis=axis("degrees from neutral", range=[0, reach]),
        yaxis=axis(""),
        shapes=[
            rectangle((FURTHEST_TURN_DEG, reach), (0, 1), GREY_BAND, yref="paper"),
            upright(FURTHEST_TURN_DEG, LINE, "dash"),
        ],
        annotations=[words("beyond what the camera can measure", reach, 1.0, xanchor="right", yanchor="bottom")],
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1.0, "yanchor": "bottom"},
    )


def _stretch(_trials: list[Numbers], section: Mapping[str, Any]) -> Chart:
    ways: dict[str, Any] = dict(reversed(section.get("directions", {}).items()))
    names = [_way(way) for way in ways]
    bars = {
        "type": "bar", "orientation": "h", "name": "farthest", "x": [part["farthest_deg"] for part in ways.values()],
        "y": names, "marker": {"color": BLUE}, "hovertemplate": "farthest %{x:.1f}°<extra></extra>",
    }  # fmt: skip
    limits = {
        "type": "scatter", "mode": "markers", "name": "set angle", "y": names,
        "x": [part["limit_deg"] for part in ways.values()], "hovertemplate": "set %{x:.1f}°<extra></extra>",
        "marker": {"symbol": "line-ns", "size": 20, "line": {"width": 3, "color": ORANGE}},
    }  # fmt: skip
    return chart(
        [bars, limits],
        110 + 36 * len(ways),
        "Farthest angle of the stretches, with the angle that was set.",
        xaxis=axis("degrees from neutral", rangemode="tozero"),
        yaxis=axis(""),
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1.0, "yanchor": "bottom"},
    )


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


def _bars(name: str, x: list[int], y: list[Any], look: dict[str, Any], unit: str) -> dict[str, Any]:
    return {
        "type": "bar", "name": name, "x": x, "y": y, "marker": look, "width": 0.6,
        "hovertemplate": f"%{{y:.1f}} {unit}<extra></extra>",
    }  # fmt: skip


def _numbered(what: str, count: int, **more: Any) -> dict[str, Any]:
    every = 1 if count <= 20 else 5
    return axis(what, range=[0.4, count + 0.6], tickvals=list(range(1, count + 1, every)), **more)


def _level(y: float, x0: float, x1: float, colour: str, dash: str) -> dict[str, Any]:
    line = {"color": colour, "width": 2, "dash": dash}
    return {"type": "line", "xref": "x", "yref": "y", "x0": x0, "x1": x1, "y0": y, "y1": y, "line": line}


def _way(way: str) -> str:
    return DIRECTION_WORDS[Direction(way)]


def _angle(deg: float | None, at_least: bool) -> str:
    return "" if deg is None else f"{'≥ ' if at_least else ''}{deg:.0f}°"
