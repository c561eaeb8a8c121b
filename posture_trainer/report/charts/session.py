"""The chart of one session over its time: three angles, tolerance, cues, exercises, and what is not counted."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from posture_trainer.course.extras import finite
from posture_trainer.exercises.guided_records import ExerciseEvent
from posture_trainer.figures.practice_time import counted, longest_hold
from posture_trainer.figures.samples import AXES, Floats, Samples
from posture_trainer.figures.tolerance_edges import EdgesInForce
from posture_trainer.figures.trust import gaps_s
from posture_trainer.report.charts.parts import (
    NARROW,
    TEXT_PX,
    WIDE,
    Chart,
    Drawing,
    Scale,
    across,
    foot,
    frame,
    numbers,
    thinned,
    upwards,
)
from posture_trainer.words.directions import AXIS_ENDS
from posture_trainer.words.phrases import TITLES

CUE_AXIS = {"turn": "rotation", "tilt": "tilt", "chin": "flexion"}
_MOST_AREAS = 150
_TOP, _EACH, _GAP, _STRIP = 38.0, 84.0, 27.0, 20.0
Stretch = tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True)
class SessionRecord:
    """What the chart of a session is drawn from."""

    samples: Samples
    edges: EdgesInForce
    events: list[dict[str, Any]]
    trials: list[ExerciseEvent]

    @property
    def end_min(self) -> float:
        """When it ended, minutes."""
        return float(self.samples.t_s[-1]) / 60 if len(self.samples.t_s) else 1.0


def angles_over_time(record: SessionRecord) -> Chart:
    """The three angles over time, with the tolerance, cues, exercises, pauses, times without a face, and gaps.

    What was seen but is not counted (in rests, and where the task is not to be in neutral) is a thin grey line.
    """
    cues = [event for event in record.events if event["event"] == "cue" and _axis_of(event)]
    start_s, length_s = longest_hold(record.samples)
    told = []
    for name in AXES:
        angle = record.samples.angle_deg(name)[counted(record.samples)]
        if len(angle) and np.isfinite(angle).any():
            low, middle, high = np.nanpercentile(angle, (5, 50, 95))
            minus, plus = AXIS_ENDS[name]
            told.append(
                f"{name} mostly {_signed(low)} to {_signed(high)}, median {_signed(middle)} (+ {plus}, − {minus})"
            )
    described = (
        f"Over {record.end_min:.1f} minutes: {'; '.join(told) or 'no angle'}. {len(cues)} cues. Longest hold "
        f"{length_s:.0f} s, from minute {start_s / 60:.1f} on."
    )
    return Chart(
        described,
        _drawn(record, cues, (start_s, length_s), WIDE, 1500).svg(described),
        _drawn(record, cues, (start_s, length_s), NARROW, 350).svg(described),
    )


def _drawn(
    record: SessionRecord, cues: list[dict[str, Any]], hold: tuple[float, float], width: int, most: int
) -> Drawing:
    foot_px = _TOP + 3 * _EACH + 2 * _GAP
    strip_px = foot_px + (8 + _STRIP if record.trials else 0)
    drawing = Drawing(width, int(strip_px + 44))
    x = across(0, record.end_min, 44, width - 10)
    for begin, end in _unseen(record.samples)[:_MOST_AREAS]:
        drawing.area((x.px(begin), x.px(end)), (_TOP - 4, foot_px), "a-aside")
    for number, name in enumerate(AXES):
        top = _TOP + number * (_EACH + _GAP)
        _axis(drawing, record, [cue for cue in cues if _axis_of(cue) == name], name, x, (top, top + _EACH), most)
    start_min, length_min = hold[0] / 60, hold[1] / 60
    drawing.area((x.px(start_min), x.px(start_min + length_min)), (6, 12), "a-ink", "longest hold")
    if record.trials:
        _exercise_strip(drawing, record.trials, x, foot_px + 8)
    foot(drawing, x, strip_px, "minutes since the start")
    return drawing


def _axis(
    drawing: Drawing,
    record: SessionRecord,
    cues: list[dict[str, Any]],
    name: str,
    x: Scale,
    place: tuple[float, float],
    most: int,
) -> None:
    samples = record.samples
    minutes, angle = samples.t_s / 60, samples.angle_deg(name)
    used = counted(samples)
    shown, aside = np.where(used, angle, np.nan), np.where(samples.good & ~used, angle, np.nan)
    bands = _bands(record.edges, name, record.end_min)
    y = upwards(*_reach(shown, bands), *place)
    for (begin, end), (low, high) in bands:
        title = f"tolerance, {name}: {_signed(low)} to {_signed(high)}"
        drawing.area((x.px(begin), x.px(end)), (y.px(low), y.px(high)), "a-band", title)
    minus, plus = AXIS_ENDS[name]
    frame(drawing, x, y, f"{name}, °  (+ {plus}, − {minus})")
    for values, look, width in ((aside, "l-line", 0.8), (shown, "l-blue", 1.2)):
        if np.isfinite(values).any():
            at, what = thinned(minutes, values, most)
            points = zip((x.px(float(each)) for each in at), numbers(what), strict=True)
            kept = [(each, None if value is None else y.px(min(max(value, y.first), y.last))) for each, value in points]
            drawing.line(kept, look, width)
    at_s = np.array([finite(event.get("t_s")) or 0.0 for event in cues])
    for event, t_s, edge_plus, edge_minus in zip(cues, at_s, *record.edges.at(at_s, name), strict=True):
        back = _towards_minus(event)
        edge = float(edge_plus if back else -edge_minus)
        shape = "down" if back else "up"
        drawing.mark(x.px(t_s / 60), y.px(edge), shape, "a-orange", f"cue at {t_s / 60:.1f} min")


def _exercise_strip(drawing: Drawing, trials: list[ExerciseEvent], x: Scale, top: float) -> None:
    """Which exercise was when: one bar for each run of trials of one kind."""
    runs: list[tuple[str, float, float]] = []
    for trial in trials:
        began_s = finite(trial.numbers.get("began_s"))
        if trial.name not in TITLES or trial.name == "rest" or began_s is None:
            continue
        if runs and runs[-1][0] == trial.name:
            began_s = runs.pop()[1]
        runs.append((trial.name, began_s, trial.t_s))
    for place, (name, began_s, ended_s) in enumerate(runs):
        left, right = x.px(began_s / 60), x.px(ended_s / 60)
        drawing.area((left, right), (top, top + _STRIP), ("a-pale", "a-band")[place % 2], TITLES[name])
        if right - left > 0.55 * TEXT_PX * len(TITLES[name]) + 6:
            drawing.text((left + right) / 2, top + 14, TITLES[name], "t-ink", "middle")


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


def _bands(edges: EdgesInForce, name: str, end_min: float) -> list[Stretch]:
    """Of an axis, from when to when in minutes, and the tolerance that was in force then, from - to +."""
    begins = [min(since_s / 60, end_min) for since_s, _ in edges.since]
    sides = [each[name] for _, each in edges.since]
    stretches = zip(begins, [*begins[1:], end_min], sides, strict=True)
    joined: list[Stretch] = []
    for begin, end, (plus, minus) in stretches:
        if joined and joined[-1][1] == (-minus, plus):
            begin = joined.pop()[0][0]
        if end > begin or len(sides) == 1:
            joined.append(((begin, end), (-minus, plus)))
    return joined


def _reach(angle: Floats, bands: list[Stretch]) -> tuple[float, float]:
    seen = angle[np.isfinite(angle)]
    low, high = (float(seen.min()), float(seen.max())) if len(seen) else (0.0, 0.0)
    return min(low, *(band[0] for _, band in bands)) - 2, max(high, *(band[1] for _, band in bands)) + 2


def _signed(angle_deg: float) -> str:
    return f"{round(angle_deg):d}°".replace("-", "−")


def _axis_of(event: dict[str, Any]) -> str | None:
    return CUE_AXIS.get(str(event.get("cue")).split("_")[0])


def _towards_minus(event: dict[str, Any]) -> bool:
    """Whether the cue asks for the - side: the head is beyond the + edge."""
    return str(event.get("cue")) in ("turn_left", "tilt_left", "chin_up")
