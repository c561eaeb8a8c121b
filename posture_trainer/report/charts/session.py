"""The charts of one session."""

from typing import Any

import numpy as np

from posture_trainer.course.extras import finite
from posture_trainer.exercises.guided_records import ExerciseEvent
from posture_trainer.figures.excursions import ExcursionFigures
from posture_trainer.figures.practice_time import counted, longest_hold, measured_well, steps_s
from posture_trainer.figures.samples import AXES, Floats, Samples
from posture_trainer.figures.spectrum import HIGHEST_HZ, LOWEST_HZ, Spectrum
from posture_trainer.figures.tolerance_edges import EdgesInForce
from posture_trainer.figures.tremor import Tremor
from posture_trainer.figures.trust import gaps_s
from posture_trainer.report.charts.parts import (
    BAND,
    BLUE,
    GREY_BAND,
    INK,
    LINE,
    ORANGE,
    SKY,
    Chart,
    axis,
    chart,
    numbers,
    rectangle,
    thinned,
    upright,
    words,
)  # fmt: skip
from posture_trainer.words.directions import AXIS_ENDS
from posture_trainer.words.phrases import TITLES

CUE_AXIS = {"turn": "rotation", "tilt": "tilt", "chin": "flexion"}
_MOST_AREAS = 150


def angles_over_time(
    samples: Samples, edges: EdgesInForce, events: list[dict[str, Any]], trials: list[ExerciseEvent]
) -> Chart:
    """The three angles over time, with the tolerance, cues, exercises, pauses, times without a face, and gaps.

    What was seen but is not counted (in rests, and where the task is not to be in neutral) is a thin grey line.
    """
    traces: list[dict[str, Any]] = []
    layout: dict[str, Any] = {"shapes": [], "annotations": []}
    rows = [(0.70, 1.0), (0.38, 0.68), (0.06, 0.36)]
    minutes = samples.t_s / 60
    dark = _unseen(samples)
    for number, name in enumerate(AXES):
        suffix = "" if number == 0 else str(number + 1)
        aside = np.where(samples.good & ~counted(samples), samples.angle_deg(name), np.nan)
        if np.isfinite(aside).any():
            traces.append(_curve(*thinned(minutes, aside), name, suffix, {"color": LINE, "width": 1}))
        shown = np.where(counted(samples), samples.angle_deg(name), np.nan)
        t_min, angle = thinned(minutes, shown)
        traces.append(_curve(t_min, angle, name, suffix, {"color": BLUE, "width": 1.4}))
        cues = [event for event in events if event["event"] == "cue" and _axis_of(event) == name]
        at_s = [finite(event.get("t_s")) or 0.0 for event in cues]
        cue_edges = zip(cues, *edges.at(np.array(at_s), name), strict=True)
        traces.append(
            {
                "type": "scatter", "mode": "markers", "name": f"cue, {name}", "xaxis": "x", "yaxis": f"y{suffix}",
                "x": [round(t_s / 60, 4) for t_s in at_s],
                "y": [float(plus if _towards_minus(event) else -minus) for event, plus, minus in cue_edges],
                "marker": {
                    "color": ORANGE, "size": 9, "line": {"color": "#ffffff", "width": 1},
                    "symbol": ["triangle-down" if _towards_minus(event) else "triangle-up" for event in cues],
                },
                "hovertemplate": "cue at %{x:.2f} min<extra></extra>",
            }
        )  # fmt: skip
        bands = _bands(edges, name, float(minutes[-1]) if len(minutes) else 1.0)
        low, high = _range(angle, bands)
        ends = AXIS_ENDS[name]
        layout[f"yaxis{suffix}"] = axis(f"{name}, °", domain=rows[number], range=[low, high], zeroline=True)
        layout["shapes"] += [rectangle(when, band, BAND, yref=f"y{suffix}") for when, band in bands]
        for text, y, anchor in ((ends[1], rows[number][1], "top"), (ends[0], rows[number][0], "bottom")):
            layout["annotations"].append(words(text, 0.995, y, "paper", "paper", xanchor="right", yanchor=anchor))
    start_s, length_s = longest_hold(samples)
    hold = {
        "type": "line", "xref": "x", "yref": "paper", "x0": start_s / 60, "x1": (start_s + length_s) / 60,
        "y0": 1.01, "y1": 1.01, "line": {"color": INK, "width": 5},
    }  # fmt: skip
    layout["shapes"] += [hold, *(rectangle(area, (0, 1), GREY_BAND, yref="paper") for area in dark[:_MOST_AREAS])]
    end = float(minutes[-1]) if len(minutes) else 1.0
    if trials:
        traces.append(_exercise_strip(trials))
        layout |= {"uniformtext": {"minsize": 11, "mode": "hide"}, "barmode": "overlay", "bargap": 0}
    layout["yaxis4"] = {"domain": [0, 0.055], "range": [-0.5, 0.5], "visible": False, "fixedrange": True}
    layout["xaxis"] = axis("minutes since the start", range=[0, end], anchor="y4" if trials else "y3")
    return chart(traces, 540, "Rotation, tilt and flexion over the session.", **layout)


def head_density(samples: Samples, edges: EdgesInForce) -> Chart:
    """Where the head was: seconds at each rotation and tilt, in squares of 1 degree, with the tolerance drawn in."""
    rows = measured_well(samples)
    rotation, tilt, weight = (
        samples.angle_deg("rotation")[rows],
        samples.angle_deg("tilt")[rows],
        steps_s(samples)[rows],
    )
    reach = 12.0
    for values in (rotation, tilt):
        if len(values):
            reach = max(reach, float(np.percentile(np.abs(values), 99.5)) + 2)
    reach = min(90.0, float(np.ceil(reach)))
    sides = np.arange(-reach - 0.5, reach + 1.0, 1.0 if reach <= 45 else 2.0)
    seconds, _, _ = np.histogram2d(tilt, rotation, [sides, sides], weights=weight)
    middles = (sides[:-1] + sides[1:]) / 2
    heat = {
        "type": "heatmap", "x": middles.tolist(), "y": middles.tolist(), "zsmooth": False,
        "z": [numbers(np.where(line > 0, line, np.nan), 2) for line in seconds],
        "colorscale": [[0, "#d7ecf9"], [0.3, "#56b4e9"], [0.7, "#0072b2"], [1, "#00304d"]],
        "colorbar": {"title": {"text": "seconds"}, "thickness": 14},
        "hovertemplate": "rotation %{x:.0f}°, tilt %{y:.0f}°: %{z:.1f} s<extra></extra>",
    }  # fmt: skip
    boxes = [
        {
            "type": "rect", "x0": -each["rotation"][1], "x1": each["rotation"][0], "y0": -each["tilt"][1],
            "y1": each["tilt"][0], "line": {"color": ORANGE, "width": 3}, "layer": "above",
        }
        for each in edges.judged
    ]  # fmt: skip
    ticks = {"range": [-reach, reach], "zeroline": True}
    return chart(
        [heat],
        420,
        "Seconds at each rotation and tilt.",
        shapes=boxes,
        xaxis=axis(_with_ends("rotation"), **ticks, constrain="domain"),
        yaxis=axis(_with_ends("tilt"), **ticks, scaleanchor="x", constrain="domain"),
        margin={"l": 64, "r": 90, "t": 16, "b": 48},
    )


def excursion_charts(found: list[ExcursionFigures]) -> Chart:
    """How many excursions lasted how long; and how long the way back took from how far."""
    lengths = [excursion.length_s for excursion in found]
    edges = [0, 1, 2, 4, 8, 15, 30, 60, float("inf")]
    names = ["<1", "1–2", "2–4", "4–8", "8–15", "15–30", "30–60", ">60"]
    counts = np.histogram(lengths, edges)[0].tolist()
    bars = {
        "type": "bar", "x": names, "y": counts, "marker": {"color": BLUE},
        "text": [str(n) if n else "" for n in counts],
        "textposition": "outside", "cliponaxis": False, "hovertemplate": "%{y} lasted %{x} s<extra></extra>",
    }  # fmt: skip
    back = [excursion for excursion in found if excursion.return_s is not None]
    dots = {
        "type": "scatter", "mode": "markers", "xaxis": "x2", "yaxis": "y2",
        "x": [round(excursion.peak_deg, 2) for excursion in back],
        "y": [round(excursion.return_s or 0.0, 2) for excursion in back],
        "marker": {"color": ORANGE, "size": 8, "symbol": "diamond", "line": {"color": "#ffffff", "width": 1}},
        "hovertemplate": "peak %{x:.1f}°, back after %{y:.1f} s<extra></extra>",
    }  # fmt: skip
    return chart(
        [bars, dots],
        330,
        "Excursions by length; time of return by peak.",
        xaxis=axis("length of excursion, s", domain=[0, 0.5], type="category", tickangle=0, tickfont={"size": 12}),
        yaxis=axis("excursions", rangemode="tozero"),
        xaxis2=axis("peak deviation, °", domain=[0.61, 1], anchor="y2", rangemode="tozero"),
        yaxis2=axis("from peak to neutral, s", anchor="x2", rangemode="tozero"),
    )


def out_share_chart(out_share: float) -> Chart:
    """The share of time outside on a line with its edges at 25, 50 and 75 %."""
    percent = round(100 * out_share, 1)
    bar = {
        "type": "bar", "orientation": "h", "x": [percent], "y": [""], "width": [0.5], "marker": {"color": ORANGE},
        "hovertemplate": "%{x:.0f} % of the time outside<extra></extra>",
    }  # fmt: skip
    return chart(
        [bar],
        110,
        "Share of time outside the tolerance.",
        xaxis=axis("% of the counted time outside the tolerance", range=[0, 100], tickvals=[0, 25, 50, 75, 100]),
        yaxis=axis("", showticklabels=False),
        shapes=[upright(edge, INK, "dot") for edge in (25, 50, 75)],
        margin={"l": 20, "r": 20, "t": 8, "b": 48},
    )


def spectrum_chart(found: Spectrum, told: Tremor) -> Chart:
    """Power of the three measured angles from 0.5 to 10 Hz, with the tremor's peak or, if irregular, its band."""
    inside = (found.frequency_hz >= LOWEST_HZ) & (found.frequency_hz <= HIGHEST_HZ)
    styles = {"rotation": (BLUE, "solid"), "tilt": (INK, "dot"), "flexion": (ORANGE, "dash")}
    traces = [
        {
            "type": "scatter", "mode": "lines", "name": name, "x": numbers(found.frequency_hz[inside]),
            "y": numbers(power[inside], 6), "line": {"color": styles[name][0], "dash": styles[name][1], "width": 2},
            "hovertemplate": f"{name}, %{{x:.2f}} Hz: %{{y:.3g}} °²/Hz<extra></extra>",
        }
        for name, power in zip(AXES, found.power, strict=True)
    ]  # fmt: skip
    marks = {}
    if told.peak_hz is not None:
        text = f"peak, {told.axis}: {told.peak_hz:.1f} Hz"
        marks = {
            "shapes": [upright(told.peak_hz, LINE, "dash")],
            "annotations": [words(text, told.peak_hz, 1.0, xanchor="left", yanchor="top", xshift=6)],
        }
    elif told.low_hz is not None and told.high_hz is not None:
        text = f"irregular, {told.axis}: {told.low_hz:.1f}–{told.high_hz:.1f} Hz"
        marks = {
            "shapes": [rectangle((told.low_hz, told.high_hz), (0, 1), GREY_BAND, yref="paper")],
            "annotations": [words(text, told.high_hz, 1.0, xanchor="left", yanchor="top", xshift=6)],
        }
    return chart(
        traces,
        330,
        "Spectrum of the measured angles.",
        xaxis=axis("frequency, Hz", range=[LOWEST_HZ, HIGHEST_HZ]),
        yaxis=axis("power, °²/Hz", type="log", exponentformat="power", dtick=1),
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1.16},
        **marks,
    )


def _curve(t_min: Floats, angle: Floats, name: str, suffix: str, line: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "scatter", "mode": "lines", "x": numbers(t_min, 4), "y": numbers(angle, 2), "name": name,
        "xaxis": "x", "yaxis": f"y{suffix}", "line": line, "connectgaps": False,
        "hovertemplate": f"{name} %{{y:.1f}}° at %{{x:.2f}} min<extra></extra>",
    }  # fmt: skip


def _exercise_strip(trials: list[ExerciseEvent]) -> dict[str, Any]:
    """Which exercise was when: one bar for each run of trials of one kind."""
    runs: list[tuple[str, float, float]] = []
    for trial in trials:
        began_s = finite(trial.numbers.get("began_s"))
        if trial.name not in TITLES or trial.name == "rest" or began_s is None:
            continue
        if runs and runs[-1][0] == trial.name:
            began_s = runs.pop()[1]
        runs.append((trial.name, began_s, trial.t_s))
    titles = [TITLES[name] for name, _, _ in runs]
    return {
        "type": "bar", "orientation": "h", "xaxis": "x", "yaxis": "y4", "y": [0] * len(runs), "text": titles,
        "base": [round(began_s / 60, 4) for _, began_s, _ in runs],
        "x": [round((ended_s - began_s) / 60, 4) for _, began_s, ended_s in runs],
        "marker": {"color": [(SKY, "#cfe8f7")[place % 2] for place in range(len(runs))]},
        "textposition": "inside", "insidetextanchor": "middle", "textangle": 0, "width": 1,
        "textfont": {"color": INK, "size": 12},
        "hovertemplate": "%{text}<extra></extra>",
    }  # fmt: skip


def _unseen(samples: Samples) -> list[tuple[float, float]]:
    """From when to when, in minutes, nothing is counted: paused, no face, not good, or a gap. Longest ones first."""
    away = ~counted(samples)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], away, [False])).astype(int)))
    areas = []
    for first, end in zip(edges[::2], edges[1::2], strict=True):
        last = min(int(end), len(samples.t_s) - 1)
        areas.append((float(samples.t_s[first]), float(samples.t_s[last])))
    areas += [(start, start + length) for start, length in gaps_s(samples)]
    areas.sort(key=lambda area: area[0] - area[1])
    return [(start / 60, end / 60) for start, end in areas if end - start > 0.2]


def _bands(edges: EdgesInForce, name: str, end_min: float) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Of an axis, from when to when in minutes, and the tolerance that was in force then, from - to +."""
    begins = [min(since_s / 60, end_min) for since_s, _ in edges.since]
    sides = [each[name] for _, each in edges.since]
    stretches = zip(begins, [*begins[1:], end_min], sides, strict=True)
    joined: list[tuple[tuple[float, float], tuple[float, float]]] = []
    for begin, end, (plus, minus) in stretches:
        if joined and joined[-1][1] == (-minus, plus):
            begin = joined.pop()[0][0]
        if end > begin or len(sides) == 1:
            joined.append(((begin, end), (-minus, plus)))
    return joined


def _range(angle: Floats, bands: list[tuple[tuple[float, float], tuple[float, float]]]) -> tuple[float, float]:
    seen = angle[np.isfinite(angle)]
    low, high = (float(seen.min()), float(seen.max())) if len(seen) else (0.0, 0.0)
    low, high = min(low, *(band[0] for _, band in bands)) - 2, max(high, *(band[1] for _, band in bands)) + 2
    return low, high


def _with_ends(name: str) -> str:
    minus, plus = AXIS_ENDS[name]
    return f"{name}, °   (− {minus} · {plus} +)"


def _axis_of(event: dict[str, Any]) -> str | None:
    return CUE_AXIS.get(str(event.get("cue")).split("_")[0])


def _towards_minus(event: dict[str, Any]) -> bool:
    """Whether the cue asks for the - side: the head is beyond the + edge."""
    return str(event.get("cue")) in ("turn_left", "tilt_left", "chin_up")
