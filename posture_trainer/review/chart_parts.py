"""What all charts share: colours, lettering, axes. A chart is a Plotly figure as plain data: nothing here runs Plotly.

Blue and orange (their vermilion, which is dark enough on white) are those of Okabe and Ito.
Text has 4.5 : 1, marks 3 : 1.
"""

from typing import Any

import numpy as np

from posture_trainer.figures.samples import Floats

Chart = dict[str, Any]

WIDTH_PX = 700  # fits between the margins of A4 and Letter
INK, QUIET, LINE, BLUE, ORANGE, SKY = "#11151a", "#4a5562", "#767f8a", "#0072b2", "#d55e00", "#56b4e9"
BAND, GREY_BAND = "rgba(86,180,233,0.22)", "rgba(120,128,138,0.25)"
FONT = "Atkinson Hyperlegible, system-ui, Segoe UI, sans-serif"
MOST_POINTS = 1500


def axis(title: str, **more: Any) -> dict[str, Any]:
    """A plain axis with a title and quiet grid lines."""
    return {
        "title": {"text": title, "standoff": 6},
        "gridcolor": "#e3e7eb",
        "zerolinecolor": LINE,
        "linecolor": LINE,
        "automargin": True,
        **more,
    }


def chart(traces: list[dict[str, Any]], height_px: int, described: str, **layout: Any) -> Chart:
    """A whole chart; described says in words what is to be seen, for those who can't see it."""
    base = {
        "width": WIDTH_PX,
        "height": height_px,
        "margin": {"l": 64, "r": 16, "t": 28, "b": 48},
        "font": {"family": FONT, "size": 14, "color": INK},
        "paper_bgcolor": "#ffffff",
        "plot_bgcolor": "#ffffff",
        "hovermode": "closest",
        "showlegend": False,
    }
    return {"data": traces, "layout": {**base, **layout}, "described": described}


def rectangle(x: tuple[Any, Any], y: tuple[float, float], colour: str, xref: str = "x", yref: str = "y") -> Chart:
    """A filled area behind the curves."""
    return {
        "type": "rect", "layer": "below", "xref": xref, "yref": yref, "fillcolor": colour, "line": {"width": 0},
        "x0": x[0], "x1": x[1], "y0": y[0], "y1": y[1],
    }  # fmt: skip


def upright(x: Any, colour: str, dash: str, yref: str = "paper") -> Chart:
    """A vertical line through the whole chart."""
    line = {"color": colour, "width": 2, "dash": dash}
    return {"type": "line", "xref": "x", "yref": yref, "x0": x, "x1": x, "y0": 0, "y1": 1, "line": line}


def words(text: str, x: Any, y: float, xref: str = "x", yref: str = "paper", **more: Any) -> Chart:
    """A short text at a place in the chart."""
    place = {"x": x, "y": y, "xref": xref, "yref": yref}
    return {"text": text, "showarrow": False, "font": {"size": 13, "color": INK}, **place, **more}


def numbers(values: Floats, digits: int = 3) -> list[float | None]:
    """Rounded numbers for a chart; None, a break in the line, for what is not a number."""
    return [None if not np.isfinite(value) else round(float(value), digits) for value in values]


def thinned(t_s: Floats, values: Floats) -> tuple[Floats, Floats]:
    """At most about 3000 points: the lowest and the highest of each small stretch, so that no peak is lost."""
    if len(t_s) <= 2 * MOST_POINTS:
        return t_s, values
    kept: list[int] = []
    for rows in np.array_split(np.arange(len(t_s)), MOST_POINTS):
        seen = rows[np.isfinite(values[rows])]
        ends = {int(seen[np.argmin(values[seen])]), int(seen[np.argmax(values[seen])])} if len(seen) else set()
        kept += sorted(ends | ({int(rows[0])} if len(seen) < len(rows) else set()))
    return t_s[kept], values[kept]
