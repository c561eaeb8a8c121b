"""Range, position sense and tremor over the sessions, and what healthy people's range is."""

from datetime import date
from typing import Any

import numpy as np

from posture_trainer.course.extras import finite
from posture_trainer.course.past_session import PastSession
from posture_trainer.figures.samples import AXES
from posture_trainer.report.charts.trend import Line, lines_over_time
from posture_trainer.report.page import MEASURED, Page

_LOOKS = {
    "rotation": ("l-blue", "disc", ""),
    "tilt": ("l-ink", "square", "2 3"),
    "flexion": ("l-orange", "diamond", "7 4"),
}
_RANGE = "Range, both ways together"

# Degrees: rotation, tilt, flexion with extension, of the head on the trunk. Sources: definitions.py.
NORMS: tuple[tuple[str, str, str, str], ...] = (
    ("Women 15–18 (22)", "143", "103", "137"),
    ("Women 20–30 (25)", "151", "101", "128"),
    ("Women 35–45 (16)", "143", "100", "127"),
    ("Men about 16 (20)", "160", "85", "130–132"),
    ("Men about 23 (30)", "155", "77", "130–132"),
    ("Men about 37 (20)", "153", "79", "117"),
)


def measured(page: Page) -> dict[str, Any]:
    """The charts of range, position sense and tremor, as far as there are any; whether norms belong to them."""
    used = [
        session for session in page.sessions if session.day is not None and not (session.refused or session.trouble)
    ]
    ranged, told = _range(page, used), False
    for chart in (ranged, _position_sense(page, used), _tremor(page, used)):
        told = told or chart
    return {"any": told, "norms": NORMS if ranged else ()}


def _range(page: Page, sessions: list[PastSession]) -> bool:
    lines, words = [], []
    for axis in AXES:
        seen, bound = [], False
        for session in sessions:
            cycle = session.extras.exercises.get("range", {}).get("cycles", {}).get(axis, {})
            value = finite(cycle.get("cycle_deg"))
            if value is not None:
                at_least = cycle.get("cycle_beyond_camera") is True
                seen.append((session, value))
                bound = bound or at_least
                page.ledger.show(MEASURED, session.name, f"{_RANGE}, {axis}", value, "deg", at_least=at_least)
        if seen:
            look, shape, dash = _LOOKS[axis]
            lines.append(Line(axis, look, shape, _days(seen), [value for _, value in seen], dash))
            words.append(f"{axis} {_first_last(seen, '°')}{', some of them lower bounds' if bound else ''}")
    if lines:
        described = f"Range, both ways together: {'; '.join(words)}."
        page.charts["ranges"] = lines_over_time(f"{_RANGE}, °", lines, page.injections, described)
    return bool(lines)


def _position_sense(page: Page, sessions: list[PastSession]) -> bool:
    seen = []
    for session in sessions:
        ways = session.extras.exercises.get("position_sense", {}).get("directions", {})
        errors = [finite(part.get("mean_absolute_error_deg")) for part in ways.values()]
        known = [error for error in errors if error is not None]
        if known:
            seen.append((session, float(np.mean(known))))
            page.ledger.show(MEASURED, session.name, "Position error, mean of the directions", seen[-1][1], "deg")
    if not seen:
        return False
    described = f"Position error, mean of the directions: {_first_last(seen, '°')}."
    line = Line("", "l-blue", "disc", _days(seen), [value for _, value in seen])
    title = "Position error, mean of the directions, °"
    page.charts["position"] = lines_over_time(title, [line], page.injections, described)
    return True


def _tremor(page: Page, sessions: list[PastSession]) -> bool:
    told = [(session, session.figures.tremor) for session in sessions if session.figures is not None]
    looked = [(session, tremor) for session, tremor in told if tremor.told]
    bars, seen, sizes = [], [], []
    for session, tremor in looked:
        if tremor.low_hz is not None and tremor.high_hz is not None:
            bars.append((tremor.low_hz, tremor.high_hz))
            middle = (tremor.low_hz + tremor.high_hz) / 2
            seen.append((session, tremor.peak_hz if tremor.peak_hz is not None else middle))
            sizes.append(tremor.amplitude_deg or 0.0)
    if not seen:
        return False
    described = (
        f"Tremor in {len(seen)} of {len(looked)} sessions that could tell: {_first_last(seen, ' Hz')}; indicative "
        f"amplitude ±{min(sizes):.1f} to ±{max(sizes):.1f}°."
    )
    page.charts["tremors"] = lines_over_time(
        "Tremor, Hz: frequency, and its band",
        [Line("", "l-blue", "disc", _days(seen), [value for _, value in seen], bars=bars)],
        page.injections,
        described,
    )
    return True


def _days(seen: list[tuple[PastSession, float]]) -> list[date]:
    return [session.day for session, _ in seen if session.day is not None]


def _first_last(seen: list[tuple[PastSession, float]], unit: str) -> str:
    """ "148° on 2026-01-12, 156° on 2026-02-20 (6 sessions)"."""
    first, last = f"{seen[0][1]:.1f}{unit} on {seen[0][0].day}", f"{seen[-1][1]:.1f}{unit} on {seen[-1][0].day}"
    return first if len(seen) == 1 else f"{first}, {last} ({len(seen)} sessions)"
