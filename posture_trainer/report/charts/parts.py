"""What all charts are drawn with: SVG as text, in the page's own colours, so that it follows a dark screen and paper.

A chart is read without colour too: shapes, dashes and words say the same. Colours are classes (report.css): `a-` fills
an area, `l-` draws a line, `t-` writes; the names are those of the page's variables. Sizes are in the units of the
drawing, which are pixels on a wide screen.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from markupsafe import Markup, escape

from posture_trainer.figures.samples import Floats

WIDE, HALF, NARROW = 860, 420, 350  # of a chart over the whole page, of half of it, and of one on a phone
MOST_POINTS = 1500
TEXT_PX = 13
Point = tuple[float, float | None]


@dataclass(frozen=True)
class Chart:
    """A chart: what it shows in words, with its numbers, and how it looks. narrow: on a phone, if that is different."""

    described: str
    wide: Markup
    narrow: Markup | None = None


@dataclass(frozen=True)
class Scale:
    """From values to pixels. first, last: the values at its ends; first_px, last_px: where these are."""

    first: float
    last: float
    first_px: float
    last_px: float
    logarithmic: bool = False

    def px(self, value: float) -> float:
        """Where a value is."""
        first, last, value = (math.log10(each) if self.logarithmic else each for each in (self.first, self.last, value))
        return self.first_px + (value - first) / ((last - first) or 1.0) * (self.last_px - self.first_px)

    def ticks(self, most: int) -> list[float]:
        """At most so many round values on it; powers of ten where it is logarithmic."""
        low, high = sorted((self.first, self.last))
        if self.logarithmic:
            powers = range(math.ceil(math.log10(low)), math.floor(math.log10(high)) + 1)
            return [10.0**power for power in powers][:: max(1, -(-len(powers) // most))]
        step = _round_step((high - low) / max(1, most))
        return [round(step * number, 10) for number in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _round_step(least: float) -> float:
    power = 10.0 ** math.floor(math.log10(max(least, 1e-9)))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least * 0.999)


@dataclass
class Drawing:
    """An SVG in the making, so wide and so high."""

    width: int
    height: int
    parts: list[str] = field(default_factory=list)

    def area(self, x: tuple[float, float], y: tuple[float, float], look: str, title: str = "") -> None:
        """A filled rectangle between two places each way. title: what a pointer over it is told."""
        (left, right), (top, bottom) = sorted(x), sorted(y)
        size = f'width="{right - left:.1f}" height="{bottom - top:.1f}"'
        self.parts.append(f'<rect x="{left:.1f}" y="{top:.1f}" {size} class="{look}"{_end("rect", title)}')

    def line(self, points: Iterable[Point], look: str, width: float = 1.5, dash: str = "") -> None:
        """A line through points; it breaks where one has no y. dash: as in SVG, e.g. "6 4"."""
        way, drawn = [], False
        for x, y in points:
            if y is None or not math.isfinite(y):
                drawn = False
                continue
            way.append(f"{'L' if drawn else 'M'}{x:.1f} {y:.1f}")
            drawn = True
        if way:
            dashed = f' stroke-dasharray="{dash}"' if dash else ""
            self.parts.append(f'<path d="{"".join(way)}" class="{look}" stroke-width="{width:g}"{dashed}/>')

    def mark(self, x: float, y: float, shape: str, look: str, title: str = "", size: float = 4.5) -> None:
        """A small mark: disc, ring, square, diamond, up, down or bar (upright)."""
        if shape in ("disc", "ring"):
            self.parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:g}" class="{look}"{_end("circle", title)}')
            return
        corners = " ".join(f"{x + size * dx:.1f},{y + size * dy:.1f}" for dx, dy in _SHAPES[shape])
        self.parts.append(f'<polygon points="{corners}" class="{look}"{_end("polygon", title)}')

    def text(self, x: float, y: float, text: object, look: str = "t-quiet", anchor: str = "start") -> None:
        """A text. anchor: start, middle or end. y: of its foot."""
        self.parts.append(f'<text x="{x:.1f}" y="{y:.1f}" class="{look}" text-anchor="{anchor}">{escape(text)}</text>')

    def key(self, x: float, y: float, entries: Sequence[tuple[str, str, str]]) -> float:
        """A legend from x on, at y: of each entry a mark's shape ("line" for a line), its look, and what it means.
        Gives back where the next entry would be."""
        for shape, look, words in entries:
            if shape.startswith("line"):
                self.line([(x, y - 4), (x + 20, y - 4)], look, 2, shape.removeprefix("line").strip())
            else:
                self.mark(x + 10, y - 4, shape, look)
            self.text(x + 25, y, words)
            x += 43 + 6.6 * len(words)
        return x

    def svg(self, described: str) -> Markup:
        """The drawing as it stands in the page."""
        head = f'<svg viewBox="0 0 {self.width} {self.height}" role="img" aria-label="{escape(described)}">'
        return Markup(f"{head}{''.join(self.parts)}</svg>")  # texts were escaped when they were drawn


_SHAPES = {
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "diamond": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
    "up": ((0, -1.2), (1.2, 0.9), (-1.2, 0.9)),
    "down": ((0, 1.2), (1.2, -0.9), (-1.2, -0.9)),
    "bar": ((-0.35, -2), (0.35, -2), (0.35, 2), (-0.35, 2)),
}


def _end(tag: str, title: str) -> str:
    return f"><title>{escape(title)}</title></{tag}>" if title else "/>"


def across(first: float, last: float, left: float, right: float) -> Scale:
    """A scale from left to right."""
    return Scale(first, last, left, right)


def upwards(low: float, high: float, top: float, bottom: float, logarithmic: bool = False) -> Scale:
    """A scale from the bottom up."""
    return Scale(low, high, bottom, top, logarithmic)


def frame(drawing: Drawing, x: Scale, y: Scale, title: str, y_ticks: Sequence[tuple[float, str]] | None = None) -> None:
    """The place of curves: its name above it, quiet lines at round values of y with their numbers, a line below."""
    if title:
        drawing.text(x.first_px, y.last_px - 7, title, "t-ink")
    height = abs(y.first_px - y.last_px)
    for value, words in y_ticks if y_ticks is not None else plain_ticks(y.ticks(max(2, round(height / 22)))):
        drawing.line([(x.first_px, y.px(value)), (x.last_px, y.px(value))], "l-grid", 1)
        drawing.text(x.first_px - 6, y.px(value) + 4, words, "t-quiet", "end")
    drawing.line([(x.first_px, y.first_px), (x.last_px, y.first_px)], "l-line", 1)


def foot(drawing: Drawing, x: Scale, y_px: float, title: str, ticks: Sequence[tuple[float, str]] | None = None) -> None:
    """What stands under a frame: numbers along it, and their name below them."""
    told = ticks if ticks is not None else plain_ticks(x.ticks(max(3, int(abs(x.last_px - x.first_px) // 70))))
    for value, words in told:
        drawing.line([(x.px(value), y_px), (x.px(value), y_px + 4)], "l-line", 1)
        drawing.text(x.px(value), y_px + 17, words, "t-quiet", "middle")
    if title:
        drawing.text((x.first_px + x.last_px) / 2, y_px + 35, title, "t-quiet", "middle")


def plain_ticks(values: Iterable[float]) -> list[tuple[float, str]]:
    """Values with their own figures."""
    return [(value, f"{value:,g}".replace("-", "−")) for value in values]


def numbers(values: Iterable[float]) -> list[float | None]:
    """Numbers for a line; None, a break in it, for what is not a number."""
    return [float(value) if np.isfinite(value) else None for value in values]


def thinned(t_s: Floats, values: Floats, most: int = MOST_POINTS) -> tuple[Floats, Floats]:
    """At most twice so many points: the lowest and the highest of each small stretch, so that no peak is lost."""
    if len(t_s) <= 2 * most:
        return t_s, values
    kept: list[int] = []
    for rows in np.array_split(np.arange(len(t_s)), most):
        seen = rows[np.isfinite(values[rows])]
        ends = {int(seen[np.argmin(values[seen])]), int(seen[np.argmax(values[seen])])} if len(seen) else set()
        kept += sorted(ends | ({int(rows[0])} if len(seen) < len(rows) else set()))
    return t_s[kept], values[kept]
