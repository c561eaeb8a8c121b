"""The figures that are compared from session to session: what each is called, what matters, and what cuts it. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from posture_trainer.course.past_session import PastSession

Getter = Callable[[PastSession], float | None]
PULL, HOLD_TEST, PAIN, CONTROL = "Pull", "Hold test", "Pain before", "Control before"
IN_TOLERANCE, DEVIATION, LONGEST = "In tolerance, 5 min", "Deviation, 5 min", "Longest hold, 5 min"


class Cut(Enum):
    """What ends the comparison with earlier sessions.

    NOTHING: no new neutral, no new tolerance touches it. PLACEMENT: other tolerances; over a new neutral it goes on,
    with the placement's own uncertainty. NEUTRAL: a new neutral as well as other tolerances.
    """

    NOTHING = 0
    PLACEMENT = 1
    NEUTRAL = 2


class Domain(Enum):
    """What a figure is of. Figures of different domains are measured apart, so that one tells something of another."""

    ANGLE = "angle"
    HOLDING = "holding"
    RATING = "rating"


@dataclass(frozen=True)
class Measure:
    """One figure that is compared.

    least: the smallest change that matters, in the unit. better: +1 if more is better, -1 if less is. weight: its part
    of the one statement over all measures (Holm); 0: it is shown and not compared, as it depends on what a session was
    made of. setting: whether it is of the mirror's own time (figures/mirror_time.py), which must be of one kind.
    bound: whether a session's value is only a lower bound, because the face was turned too far.
    """

    name: str
    unit: str
    least: float
    better: int
    weight: float
    cut: Cut
    domain: Domain
    value: Getter
    setting: bool = False
    response_weight: float = 1.0
    bound: Callable[[PastSession], bool] = lambda _session: False

    def bounded(self, sessions: list[PastSession]) -> bool:
        """Whether of most of these sessions the value is only a lower bound, and so is their median."""
        return 2 * sum(map(self.bound, sessions)) > len(sessions)


def figure(name: str) -> Getter:
    """Of a session, the figure of that name in SessionFigures."""

    def value(session: PastSession) -> float | None:
        found = getattr(session.figures, name) if session.figures is not None else None
        return None if found is None else float(found)

    return value


def mirror_figure(name: str) -> Getter:
    """Of a session, the figure of that name in MirrorFigures."""

    def value(session: PastSession) -> float | None:
        mirror = session.figures.mirror if session.figures is not None else None
        found = getattr(mirror, name) if mirror is not None else None
        return None if found is None else float(found)

    return value


def mirror_bound(name: str) -> Callable[[PastSession], bool]:
    """Of a session, the flag of that name in MirrorFigures."""

    def bound(session: PastSession) -> bool:
        mirror = session.figures.mirror if session.figures is not None else None
        return mirror is not None and bool(getattr(mirror, name))

    return bound


def deviation_bound(session: PastSession) -> bool:
    """Whether a session's median deviation is only a lower bound."""
    return session.figures is not None and session.figures.deviation_at_least


def rating(name: str, when: str) -> Getter:
    """Of a session, a rating of 0 to 100."""
    return lambda session: session.extras.ratings.get((name, when))


# What matters: 3 degrees is what a good webcam's head pose is off by on average (docs/report.md); the others are our
# own. The weights put first what patients come for; they are fixed before any record is looked at.
MEASURES = (
    Measure(
        PULL, "deg", 3.0, -1, 40.0, Cut.PLACEMENT, Domain.ANGLE, mirror_figure("pull_deg"),
        setting=True, response_weight=3.0, bound=mirror_bound("pull_at_least"),
    ),
    Measure(
        HOLD_TEST, "s", 5.0, 1, 4.0, Cut.NOTHING, Domain.HOLDING, lambda session: session.extras.hold_test_s,
        response_weight=2.0,
    ),
    Measure(
        IN_TOLERANCE,
        "share",
        0.1,
        1,
        1.0,
        Cut.NEUTRAL,
        Domain.HOLDING,
        mirror_figure("in_tolerance_share"),
        setting=True,
    ),
    Measure(
        DEVIATION, "deg", 3.0, -1, 0.5, Cut.PLACEMENT, Domain.ANGLE, mirror_figure("deviation_deg"),
        setting=True, bound=mirror_bound("deviation_at_least"),
    ),
    Measure(LONGEST, "s", 5.0, 1, 0.5, Cut.NEUTRAL, Domain.HOLDING, mirror_figure("longest_hold_s"), setting=True),
    Measure(PAIN, "0–100", 10.0, -1, 1.0, Cut.NOTHING, Domain.RATING, rating("pain", "before"), response_weight=2.0),
    Measure(
        CONTROL, "0–100", 10.0, 1, 1.0, Cut.NOTHING, Domain.RATING, rating("control", "before"), response_weight=2.0
    ),
    Measure("Dizziness before", "0–100", 10.0, -1, 0.5, Cut.NOTHING, Domain.RATING, rating("dizziness", "before")),
    Measure("Time in tolerance", "share", 0.1, 1, 0.0, Cut.NEUTRAL, Domain.HOLDING, figure("in_tolerance_share")),
    Measure(
        "Median deviation", "deg", 3.0, -1, 0.0, Cut.NEUTRAL, Domain.ANGLE, figure("deviation_deg"),
        bound=deviation_bound,
    ),
    Measure("Longest hold in practice", "s", 5.0, 1, 0.0, Cut.NEUTRAL, Domain.HOLDING, figure("longest_hold_s")),
    Measure("Cues", "1/min", 1.0, -1, 0.0, Cut.NEUTRAL, Domain.HOLDING, figure("cues_per_min")),
    Measure("Return to neutral", "s", 1.0, -1, 0.0, Cut.NEUTRAL, Domain.HOLDING, figure("return_s")),
)  # fmt: skip
# Which tell how long good and bad times last: of each domain the first that says anything.
TELL_RUNS = {Domain.ANGLE: (PULL,), Domain.HOLDING: (HOLD_TEST, IN_TOLERANCE), Domain.RATING: (PAIN, CONTROL)}
BY_NAME = {measure.name: measure for measure in MEASURES}


def compared(measure: Measure, sessions: list[PastSession], latest: PastSession) -> list[PastSession]:
    """The sessions up to the latest whose value of this measure can be compared with its, oldest first; [] if its own
    can't be. A value may still be missing in any of them."""
    if not _usable(measure, latest):
        return []
    upto = sessions[: sessions.index(latest) + 1]
    return [session for session in upto if _usable(measure, session) and _alike(measure, session, latest)]


def _usable(measure: Measure, session: PastSession) -> bool:
    if session.refused:
        return False
    if measure.cut is Cut.NOTHING:
        return session.begun is not None and not session.trouble
    return session.begun is not None and session.comparable


def _alike(measure: Measure, session: PastSession, latest: PastSession) -> bool:
    if measure.cut is Cut.NEUTRAL and session.group != latest.group:
        return False
    if measure.cut is Cut.PLACEMENT and session.tolerances != latest.tolerances:
        return False
    return not measure.setting or setting_of(session) == setting_of(latest)


def setting_of(session: PastSession) -> str:
    """What kind of time a session's own figures of the mirror are from; "" if there are none."""
    mirror = session.figures.mirror if session.figures is not None else None
    return mirror.setting if mirror is not None else ""
