"""Better, worse, the same, unsure, too few: the one place where a figure's change, or an injection, gets its word.

Pure. All that is said of one patient is one family, so that with no true change hardly any record has a word of better
or worse: docs/report-method.md tells how far that was measured. Reports and the terminal all ask here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import partial

import numpy as np

from posture_trainer.course.change import LEAST_SESSIONS, Change, change, holm, runs
from posture_trainer.course.cycles import RESPONSE_WEEKS, relevant, week_after
from posture_trainer.course.injections import LEAST_EACH, Response, around, response, runs_around
from posture_trainer.course.measures import BY_NAME, MEASURES, PULL, TELL_RUNS, Cut, Domain, Measure
from posture_trainer.course.past_session import PastSession
from posture_trainer.course.series import Track, by_phase, median_pull, plain_series, start_pull, track
from posture_trainer.course.statistics.evidence import Told
from posture_trainer.figures.samples import AXES, Floats
from posture_trainer.pose.quality import FURTHEST_TURN_DEG

_RANGES = {"deg": 90.0, "share": 1.0, "0–100": 100.0}  # no change of a figure with that unit is larger
LEVEL = 0.1  # of all statements on one patient together
_SIDE, _SIDE_WEIGHT = "side", 2.0


class Mark(StrEnum):
    """What can be said of a change."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    UNSURE = "unsure"
    TOO_FEW = "too few"


MARK_WORDS = {
    Mark.BETTER: "better",
    Mark.WORSE: "worse",
    Mark.SAME: "no change that matters",
    Mark.UNSURE: "can't be told from the usual ups and downs",
    Mark.TOO_FEW: "too few sessions to say",
}
ONE_CYCLE = "no two injection cycles with sessions in the same weeks yet"
TOO_FEW_SESSIONS = f"{LEAST_SESSIONS} comparable sessions over a week are needed"


@dataclass(frozen=True)
class Judged:
    """One measure over the sessions. latest: of the session looked at. change: None where nothing can be said.

    mark: None for what is shown and not compared. why: what is missing, "" if nothing is. compared: how many sessions.
    first_at_least, last_at_least: the level rests on faces turned too far, and is a lower bound.
    """

    measure: Measure
    latest: float | None
    compared: int
    change: Change | None
    mark: Mark | None
    why: str = ""
    step_day: date | None = None
    step_span: tuple[date, date] | None = None
    first_at_least: bool = False
    last_at_least: bool = False
    latest_at_least: bool = False

    @property
    def change_at_least(self) -> bool:
        """Whether the change is a lower bound, as only one of its ends is."""
        return self.first_at_least != self.last_at_least


@dataclass(frozen=True)
class JudgedResponse:
    """What one injection did to one measure. before_at_least, after_at_least: the medians are lower bounds."""

    measure: Measure
    response: Response
    mark: Mark
    before_at_least: bool = False
    after_at_least: bool = False

    @property
    def change_at_least(self) -> bool:
        """Whether the difference is a lower bound, as only one of its ends is."""
        return self.before_at_least != self.after_at_least


@dataclass(frozen=True)
class SideChange:
    """The pull changed its side: on that axis, from and to so many degrees, with their signs."""

    axis: str
    first_deg: float
    last_deg: float


@dataclass(frozen=True)
class Judgement:
    """All that is said of a patient's course. responses: of each injection and measure, oldest injection first."""

    measures: tuple[Judged, ...]
    responses: tuple[JudgedResponse, ...]
    side: SideChange | None

    def of(self, name: str) -> Judged | None:
        """The judgement of the measure of that name; None where no session has it."""
        return next((each for each in self.measures if each.measure.name == name), None)


def judgement(sessions: list[PastSession], latest: PastSession, injections: list[date]) -> Judgement:
    """What the sessions up to the latest, oldest first, say. injections: their days, in order."""
    tracks = {measure.name: track(measure, sessions, latest) for measure in MEASURES}
    days = [session.day for session in sessions if session.day is not None]
    touched = relevant(days, injections)
    level = LEVEL / 2 if touched else LEVEL
    others = _others(lambda name: _told_of_change(tracks[name], injections))
    side = _side(tracks[PULL], injections, others[Domain.ANGLE])
    weights = {name: BY_NAME[name].weight for name, found in tracks.items() if len(found.values)}
    weights = {name: weight for name, weight in weights.items() if weight > 0}
    total = sum(weights.values()) + (_SIDE_WEIGHT if side is not None else 0.0)
    changes = {
        name: _change(tracks[name], injections, level * weight / total, others[BY_NAME[name].domain])
        for name, weight in weights.items()
    }
    chances = {name: found.change.chance for name, found in changes.items() if found.change is not None}
    if side is not None:
        chances, weights = chances | {_SIDE: side[1]}, weights | {_SIDE: _SIDE_WEIGHT}
    named = holm(chances, weights, level)
    judged = [_judged(measure, latest, changes.get(measure.name), measure.name in named) for measure in MEASURES]
    return Judgement(
        tuple(each for each in judged if each.latest is not None or each.compared),
        tuple(_responses(tracks, injections, level) if touched else ()),
        side[0] if side is not None and _SIDE in named else None,
    )


@dataclass(frozen=True)
class _Changed:
    """A change, the sessions it is of, and why there is none."""

    change: Change | None
    sessions: list[PastSession]
    why: str = ""


def _others(tell: Callable[[str], Told | None]) -> dict[Domain, tuple[Told, ...]]:
    """For the figures of each domain, what the others say of how long good and bad times last: of each the first."""
    first = {domain: next(filter(None, map(tell, names)), None) for domain, names in TELL_RUNS.items()}
    return {
        domain: tuple(told for other, told in first.items() if other is not domain and told is not None)
        for domain in Domain
    }


def _told_of_change(found: Track, injections: list[date]) -> Told | None:
    used = by_phase(found, injections) if len(found.values) else None
    return runs(used[1]) if used is not None else None


def _change(found: Track, injections: list[date], level: float, others: Sequence[Told]) -> _Changed:
    used = by_phase(found, injections)
    if used is None:
        return _Changed(None, found.sessions, ONE_CYCLE)
    told = change(used[1], level, others)
    return _Changed(told, used[0].sessions, TOO_FEW_SESSIONS if told is None else "")


def _judged(measure: Measure, latest: PastSession, found: _Changed | None, named: bool) -> Judged:
    value = measure.value(latest)
    if found is None:
        mark = None if measure.weight == 0 else Mark.TOO_FEW
        return Judged(measure, value, 0, None, mark, latest_at_least=measure.bound(latest))
    changed, used = found.change, found.sessions
    if changed is None:
        bound = measure.bound(latest)
        return Judged(measure, value, len(used), None, Mark.TOO_FEW, found.why, latest_at_least=bound)
    mark = marked(measure, changed.change, changed.low, changed.high, named)
    size = max(1, len(used) // 3)
    first_bound, last_bound = measure.bounded(used[:size]), measure.bounded(used[-size:])
    changed = replace(
        changed,
        low=max(changed.low, -_RANGES.get(measure.unit, np.inf)),
        high=min(changed.high, _RANGES.get(measure.unit, np.inf)),
        detectable=_detectable(measure, changed.detectable),
        first=min(changed.first, FURTHEST_TURN_DEG) if first_bound else changed.first,
        last=min(changed.last, FURTHEST_TURN_DEG) if last_bound else changed.last,
    )
    days = [used[place].day for place in changed.step]
    return Judged(
        measure,
        value,
        changed.sessions,
        changed,
        mark,
        step_day=days[0] if named else None,
        step_span=(days[1], days[2]) if named and days[1] is not None and days[2] is not None else None,
        first_at_least=first_bound,
        last_at_least=last_bound,
        latest_at_least=measure.bound(latest),
    )


def _detectable(measure: Measure, change: float | None) -> float | None:
    """The smallest change that would have got a word; None where no such figure can change so much."""
    if change is None or change > _RANGES.get(measure.unit, np.inf):
        return None
    return max(change, measure.least)


def marked(measure: Measure, changed: float, low: float, high: float, named: bool) -> Mark:
    """The mark of a change with its interval. named: it is significant in the whole family.

    Significant and large enough to matter: better or worse. The interval shows that none matters: the same.
    """
    if named and abs(changed) >= measure.least:
        return Mark.BETTER if changed * measure.better > 0 else Mark.WORSE
    return Mark.SAME if max(abs(low), abs(high)) <= measure.least else Mark.UNSURE


def _side(pulls: Track, injections: list[date], others: Sequence[Told]) -> tuple[SideChange, float] | None:
    """Whether the axis that was out at the start is out on its other side at the end, the chance of such a change."""
    if not len(pulls.values):
        return None
    start = start_pull(pulls.sessions)
    axis = max(AXES, key=lambda each: abs(start[each]))
    end = median_pull(pulls.sessions[-max(1, len(pulls.sessions) // 3) :])
    least = BY_NAME[PULL].least
    if start[axis] * end[axis] >= 0 or min(abs(start[axis]), abs(end[axis])) < least:
        return None
    along = Measure(axis, "deg", least, -1, 0.0, Cut.PLACEMENT, Domain.ANGLE, lambda session: _pull_on(session, axis))
    known = [(each, value) for each in pulls.sessions if (value := along.value(each)) is not None]
    signed = Track(along, [each for each, _ in known], np.array([value for _, value in known]))
    told = _change(signed, injections, LEVEL, others).change
    return None if told is None else (SideChange(axis, start[axis], end[axis]), told.chance)


def _pull_on(session: PastSession, axis: str) -> float | None:
    mirror = session.figures.mirror if session.figures is not None else None
    return mirror.pull.get(axis) if mirror is not None else None


def _responses(tracks: dict[str, Track], injections: list[date], level: float) -> list[JudgedResponse]:
    """What each injection did to each measure; all of them are one family."""
    found: list[tuple[Track, Response]] = []
    weights = {measure.name: measure.response_weight for measure in MEASURES if measure.weight > 0}
    share = level / (sum(weights.values()) * max(1, len(injections)))
    bounds = [None, *injections, None]
    for earlier, day, later in zip(bounds, injections, bounds[2:], strict=False):
        mine: dict[str, tuple[Track, Floats]] = {}
        for name in weights:
            since = around(tracks[name].days, day, earlier, later)
            places = [int(place) for place in np.flatnonzero(np.isfinite(since))]
            if places:
                mine[name] = tracks[name].only(places), since[places]
        others = _others(partial(_told_of_response, mine))
        for name, (held, since) in mine.items():
            measure = held.measure
            told = response(
                plain_series(held), since, day, measure.better, share * weights[name], others[measure.domain]
            )
            found.append((held, told))
    chances = {(each.day, mine.measure.name): each.found.chance for mine, each in found if each.found is not None}
    named = holm(chances, {key: weights[key[1]] for key in chances}, level)
    return [_judged_response(mine, each, (each.day, mine.measure.name) in named) for mine, each in found]


def _told_of_response(around_it: dict[str, tuple[Track, Floats]], name: str) -> Told | None:
    return runs_around(plain_series(around_it[name][0]), around_it[name][1]) if name in around_it else None


def _judged_response(mine: Track, told: Response, named: bool) -> JudgedResponse:
    weeks = [week_after((day - told.day).days) if day >= told.day else 0 for day in mine.days]
    first, last = RESPONSE_WEEKS
    before = [each for each, week in zip(mine.sessions, weeks, strict=True) if week == 0]
    after = [each for each, week in zip(mine.sessions, weeks, strict=True) if first <= week <= last]
    mark = _response_mark(mine.measure, told, named)
    if told.found is not None:
        told = replace(told, found=replace(told.found, detectable=_detectable(mine.measure, told.found.detectable)))
    return JudgedResponse(mine.measure, told, mark, mine.measure.bounded(before), mine.measure.bounded(after))


def _response_mark(measure: Measure, told: Response, named: bool) -> Mark:
    if told.found is None or min(told.sessions_before, told.sessions_after) < LEAST_EACH:
        return Mark.TOO_FEW
    return marked(measure, told.found.change, told.found.low, told.found.high, named)
