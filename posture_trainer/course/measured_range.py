"""The comfortable range that range tests have measured, from which the furthest stretch is taken. Pure."""

from collections.abc import Iterable
from typing import Any

from posture_trainer.course.extras import finite
from posture_trainer.pose.directions import Direction


def measured_range(range_tests: Iterable[dict[str, Any]]) -> dict[Direction, float]:
    """Degrees of each direction: the mean of its trials in the last test that had some.

    range_tests: the exercises of sessions on one neutral (`exercises` of summary.json), oldest first.
    """
    found: dict[Direction, float] = {}
    for exercises in range_tests:
        section = exercises.get("range")
        directions = section.get("directions") if isinstance(section, dict) else None
        for way in Direction:
            figures = directions.get(way.value) if isinstance(directions, dict) else None
            mean_deg = finite(figures.get("mean_deg")) if isinstance(figures, dict) else None
            if mean_deg is not None and mean_deg >= 0:
                found[way] = mean_deg
    return found
