"""The figures that are compared from session to session: what each is called, its floor, which way is better."""

from collections.abc import Callable
from dataclasses import dataclass

from posture_trainer.course.change import Comparison, angle_limits_deg, compare, deviation_limit_deg
from posture_trainer.course.past_session import PastSession

Getter = Callable[[PastSession], float | None]


@dataclass(frozen=True)
class Measure:
    """floor: what a difference must exceed at least, in the unit. better: +1 if more is better, -1 if less is.

    by_size: judged by its distance from 0, whatever the side.
    """

    name: str
    unit: str
    floor: float
    better: int
    value: Getter
    by_size: bool = False


@dataclass(frozen=True)
class Judged:
    """One measure of the last session against earlier ones."""

    measure: Measure
    compared: Comparison


def measures(latest: PastSession) -> list[Measure]:
    """What is compared, in the order of the page. The floor of the deviation depends on the axis furthest out."""
    figures = latest.figures
    medians = {name: angle.median_deg for name, angle in figures.angles.items()} if figures else {}
    medians.pop("deviation", None)
    limits_deg = angle_limits_deg(latest.slow_deg)
    found = [
        Measure("Hold test", "s", 5.0, 1, lambda session: session.extras.hold_test_s),
        Measure("Time in tolerance", "share", 0.10, 1, figure("in_tolerance_share")),
        Measure("Median deviation", "deg", deviation_limit_deg(medians, limits_deg), -1, figure("deviation_deg")),
        Measure("Longest hold in practice", "s", 5.0, 1, figure("longest_hold_s")),
        Measure("Cues", "1/min", 1.0, -1, figure("cues_per_min")),
        Measure("Return to neutral", "s", 1.0, -1, figure("return_s")),
    ]
    for axis, limit_deg in limits_deg.items():
        found.append(Measure(f"Median {axis}", "deg", limit_deg, -1, _median_angle(axis), by_size=True))
    for name, better in (("pain", -1), ("dizziness", -1), ("control", 1)):
        for when in ("before", "after"):
            title = f"{name.capitalize()} {when}"
            found.append(Measure(title, "0–100", 10.0, better, _rating(name, when)))
    return found


def judge(sessions: list[PastSession], latest: PastSession) -> list[Judged]:
    """The measures of `latest` against the comparable sessions of its group before it; without those never given."""
    upto = sessions[: sessions.index(latest) + 1]
    mates = [session for session in upto if session.group == latest.group and session.comparable]
    judged = []
    for measure in measures(latest):
        values = [measure.value(session) for session in mates]
        if not latest.comparable:
            values = [measure.value(latest)]
        if any(value is not None for value in values):
            judged.append(Judged(measure, _compared(measure, values)))
    return judged


def _compared(measure: Measure, values: list[float | None]) -> Comparison:
    if not measure.by_size:
        return compare(values, measure.floor, measure.better)
    sizes = compare([None if value is None else abs(value) for value in values], measure.floor, measure.better)
    signed = compare(values, measure.floor, measure.better)
    return Comparison(
        signed.latest,
        signed.previous,
        sizes.limit,
        sizes.word,
        signed.first_median,
        signed.last_median,
        sizes.long_word,
    )


def figure(name: str) -> Getter:
    """Of a session, the figure of that name in SessionFigures."""

    def value(session: PastSession) -> float | None:
        found = getattr(session.figures, name) if session.figures is not None else None
        return None if found is None else float(found)

    return value


def _median_angle(axis: str) -> Getter:
    def value(session: PastSession) -> float | None:
        angle = session.figures.angles.get(axis) if session.figures is not None else None
        return None if angle is None else angle.median_deg

    return value


def _rating(name: str, when: str) -> Getter:
    return lambda session: session.extras.ratings.get((name, when))
