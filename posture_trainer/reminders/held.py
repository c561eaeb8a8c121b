"""Whether a posture is held outside the desk's tolerance: judged on the last minute, a look aside is none. Pure.

Looking at a second screen or the keyboard, talking and drinking are no faults. A posture counts as held outside when
the median of the last `held_s` seconds is, and nearly all that was seen in them was outside on that side.
"""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace

from posture_trainer.feedback import Cue, Tolerances, ways_back
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.target import NEUTRAL

HELD_SHARE = 0.9  # of what was seen in the window has to be outside
SEEN_SHARE = 0.75  # of the window has to be seen
BACK_S = 10.0  # in place again by the median of so long
REGAIN_SHARE = 0.7  # of the tolerance, so that a head at its edge is one time outside and not many
CLEAR_S = 1.5  # properly inside for so long: what is held outside afterwards begins anew
LONGEST_BLIND_S = 10.0  # unseen for longer: then nobody knows what was held
ZERO = HeadAngles(0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Seen:
    """A moment in which the head was seen. angles: from the place of work it is nearest to. edge_share: of the worst
    axis, 1 is the edge of the tolerance. dt_s: seconds it stands for."""

    t_s: float
    dt_s: float
    angles: HeadAngles
    edge_share: float


def nearest(angles: HeadAngles, places: Sequence[HeadAngles], tolerances: Tolerances) -> tuple[HeadAngles, float]:
    """The angles from the nearest of the places of work (each told from the first one), with their edge share."""
    away = [_less(angles, place) for place in places or (ZERO,)]
    shares = [max(ways_back(each, NEUTRAL, tolerances).values()) for each in away]
    best = min(range(len(away)), key=lambda each: shares[each])
    return away[best], shares[best]


def _less(angles: HeadAngles, place: HeadAngles) -> HeadAngles:
    return replace(
        angles,
        rotation_deg=angles.rotation_deg - place.rotation_deg,
        tilt_deg=angles.tilt_deg - place.tilt_deg,
        flexion_deg=angles.flexion_deg - place.flexion_deg,
    )


def medians(seen: Sequence[HeadAngles]) -> HeadAngles | None:
    """The median of each angle; None of nothing."""
    if not seen:
        return None
    return HeadAngles(
        statistics.median(each.rotation_deg for each in seen),
        statistics.median(each.tilt_deg for each in seen),
        statistics.median(each.flexion_deg for each in seen),
        statistics.median(each.deviation_deg for each in seen),
    )


@dataclass(frozen=True)
class Window:
    """What was seen lately, oldest first. outside: held outside, and not properly back since. way: back, while it is.

    begun_s: when the head was properly inside last, or the watching began. inside_since_s: since when it is inside now.
    seen_s, out_s: seconds of it, and of them outside.
    """

    seen: tuple[Seen, ...] = ()
    begun_s: float = 0.0
    outside: bool = False
    way: Cue | None = None
    seen_s: float = 0.0
    out_s: float = 0.0
    inside_since_s: float | None = None

    def after(self, moment: Seen, held_s: float, tolerances: Tolerances) -> "Window":
        """With one more moment. held_s: how long a posture has to be held."""
        if not self.seen or moment.t_s - self.seen[-1].t_s > LONGEST_BLIND_S:
            return _with((), moment, Window(begun_s=moment.t_s))
        old = next((at for at, each in enumerate(self.seen) if moment.t_s - each.t_s <= held_s), len(self.seen))
        gone = self.seen[:old]
        window = replace(
            self,
            seen_s=self.seen_s - sum(each.dt_s for each in gone),
            out_s=self.out_s - sum(each.dt_s for each in gone if each.edge_share > 1),
        )
        window = _with(self.seen[old:], moment, window)
        if self.outside:
            return window._still_outside(moment.t_s, tolerances)
        return window._judged(moment.t_s, held_s, tolerances)

    def _still_outside(self, t_s: float, tolerances: Tolerances) -> "Window":
        lately = _edge([each for each in self.seen if t_s - each.t_s <= BACK_S], tolerances)
        if lately is None or lately[1] >= REGAIN_SHARE:
            return self if lately is None or lately[1] <= 1 else replace(self, way=lately[0])
        last = self.seen[-1]
        return _with((), last, Window(begun_s=last.t_s))

    def _judged(self, t_s: float, held_s: float, tolerances: Tolerances) -> "Window":
        if t_s - self.begun_s < held_s or self.seen_s < SEEN_SHARE * held_s or self.out_s < HELD_SHARE * self.seen_s:
            return self
        found = _edge(self.seen, tolerances)
        if found is None or found[1] <= 1:
            return self
        way = found[0]
        one_way_s = sum(
            each.dt_s for each in self.seen if ways_back(each.angles, NEUTRAL, tolerances).get(way, 0.0) > 1
        )
        return replace(self, outside=True, way=way) if one_way_s >= HELD_SHARE * self.seen_s else self


def _with(kept: tuple[Seen, ...], moment: Seen, window: Window) -> Window:
    """The window with these moments and one more."""
    t_s, out_s, since_s = moment.t_s, moment.dt_s if moment.edge_share > 1 else 0.0, window.inside_since_s
    since_s = None if moment.edge_share >= REGAIN_SHARE else t_s if since_s is None else since_s
    return replace(
        window,
        seen=(*kept, moment),
        seen_s=window.seen_s + moment.dt_s,
        out_s=window.out_s + out_s,
        inside_since_s=since_s,
        begun_s=t_s if since_s is not None and t_s - since_s >= CLEAR_S else window.begun_s,
    )


def _edge(seen: Sequence[Seen], tolerances: Tolerances) -> tuple[Cue, float] | None:
    """The way back of the medians, and their edge share."""
    middle = medians([each.angles for each in seen])
    return None if middle is None else max(ways_back(middle, NEUTRAL, tolerances).items(), key=lambda way: way[1])
