"""The chart of weeks: one row for each figure, injections and new baselines marked."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

from posture_trainer.course.past_session import PastSession
from posture_trainer.report.charts.parts import BLUE, INK, ORANGE, Chart, axis, chart, upright, words

Getter = Callable[[PastSession], float | None]


def trend_chart(sessions: list[PastSession], rows: list[tuple[str, Getter]], injections: list[date]) -> Chart:
    """Each figure over time. Lines join only sessions of one baseline; hollow marks are sessions not compared."""
    dated = [session for session in sessions if session.begun is not None and session.figures is not None]
    traces: list[dict[str, Any]] = []
    height = 1 / max(1, len(rows))
    layout: dict[str, Any] = {}
    for number, (title, getter) in enumerate(rows):
        suffix = "" if number == 0 else str(number + 1)
        top = 1 - number * height
        layout[f"yaxis{suffix}"] = axis(title, domain=[top - 0.82 * height, top], rangemode="tozero", nticks=4)
        layout[f"yaxis{suffix}"]["title"]["font"] = {"size": 13}
        for group in dict.fromkeys(session.group for session in dated):
            mates = [session for session in dated if session.group == group and session.comparable]
            traces.append(_marks(mates, getter, suffix, True))
        traces.append(_marks([session for session in dated if not session.comparable], getter, suffix, False))
    foot = f"y{len(rows)}" if len(rows) > 1 else "y"
    layout["xaxis"] = axis(
        "",
        type="date",
        tickangle=0,
        nticks=7,
        anchor=foot,
        tickformat="%d %b<br>%Y",
    )
    shapes, notes = [], []
    for earlier, later in pairwise(dated):
        if later.group and earlier.group != later.group:
            shapes.append({**upright(_time(later), INK, "solid"), "y0": 0.18 * height})
            notes.append(words("new baseline", _time(later), 1.0, yanchor="bottom", xanchor="center"))
    for day in injections:
        shapes.append({**upright(f"{day} 00:00", ORANGE, "dash"), "y0": 0.18 * height})
        notes.append(words("injection", f"{day} 00:00", 1.0, yanchor="bottom", xanchor="center"))
    layout |= {"shapes": shapes, "annotations": notes}
    return chart(traces, 60 + 112 * len(rows), "Figures of all sessions over the weeks.", **layout)


def _marks(sessions: list[PastSession], getter: Getter, suffix: str, joined: bool) -> dict[str, Any]:
    known = [(session, value) for session in sessions if (value := getter(session)) is not None]
    return {
        "type": "scatter", "mode": "lines+markers" if joined else "markers", "xaxis": "x", "yaxis": f"y{suffix}",
        "x": [_time(session) for session, _ in known], "y": [round(value, 3) for _, value in known],
        "line": {"color": BLUE, "width": 1.5},
        "marker": {"color": BLUE, "size": 7, "symbol": "circle" if joined else "circle-open"},
        "hovertemplate": "%{x|%d %b %Y %H:%M}: %{y:.1f}<extra></extra>",
    }  # fmt: skip


def _time(session: PastSession) -> str:
    return session.begun.strftime("%Y-%m-%d %H:%M") if session.begun else ""
