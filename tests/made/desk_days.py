"""A day at the desk, made of parts: where the head is three times a second, as angles from the desk's straight.

What is ordinary at a desk: typing with looks at the keyboard, looks at a second screen, somebody who talks beside, a
drink, the telephone, a stretch, a slow slide in the chair and back, a walk to the kitchen. Each look away from the
screen is shorter than a minute; how long and how often is drawn by chance.
"""

import math
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from posture_trainer.pose.angles import HeadAngles
from posture_trainer.reminders.desk import Moment, Sight

RATE_HZ = 3.0
HOUR_S = 3600.0
Part = tuple[float, float, float]  # rotation, tilt, flexion in degrees

KEYBOARD, SECOND, BESIDE, DRINK, TELEPHONE = (2, 0, 24), (34, 2, 4), (-52, -4, 2), (0, 0, -22), (-8, 18, 8)
# What is looked at, how often by weight, and for how long: the middle in seconds, the longest.
LOOKS = (
    (KEYBOARD, 10, 3.0, 15.0),
    (SECOND, 6, 9.0, 50.0),
    (BESIDE, 2, 12.0, 45.0),
    (DRINK, 1, 4.0, 8.0),
    (TELEPHONE, 1, 25.0, 50.0),
)


@dataclass(frozen=True)
class Stay:
    """So long with the head there; None: away from the desk. covered: a hand is before the face."""

    seconds: float
    head: Part | None
    covered: bool = False


def ordinary(seed: int, hours: float = 8.0) -> Iterator[Stay]:
    """Ordinary hours at the desk."""
    chance = random.Random(seed)
    left_s, slide = hours * HOUR_S, 0.0
    while left_s > 0:
        slide = max(-9.0, min(9.0, slide + chance.gauss(0, 1.5)))  # the chair: lower, and up again
        stays = [Stay(3 + chance.expovariate(1 / 18), (chance.gauss(0, 1.5), chance.gauss(0, 1.5), slide))]
        head, _, middle_s, longest_s = chance.choices(LOOKS, weights=[look[1] for look in LOOKS])[0]
        long_s = min(longest_s, chance.lognormvariate(math.log(middle_s), 0.8))
        stays.append(Stay(long_s, head, covered=head is DRINK))
        if chance.random() < 0.008:
            stays.append(Stay(chance.uniform(60, 1500), None))
        for stay in stays:
            yield stay
            left_s -= stay.seconds


def moments(
    stays: Iterable[Stay], seed: int = 0, tremor_deg: float = 1.5, begin_s: float = 0.0, rate_hz: float = RATE_HZ
) -> Iterator[Moment]:
    """So many moments a second: the head goes to each place within a second, trembles and is measured with an error."""
    chance = random.Random(seed + 1)
    t_s, now = begin_s, (0.0, 0.0, 0.0)
    for stay in stays:
        for _ in range(max(1, round(stay.seconds * rate_hz))):
            t_s += 1 / rate_hz
            if stay.head is None:
                yield Moment(t_s, Sight.AWAY)
                continue
            now = tuple(old + 0.6 * (new - old) for old, new in zip(now, stay.head, strict=True))  # type: ignore[assignment]
            if stay.covered:
                yield Moment(t_s, Sight.UNSURE)
                continue
            shake = tremor_deg * math.sin(2 * math.pi * 1.95 * t_s)
            turn, lean, nod = (value + chance.gauss(0, 1.2) for value in now)
            turn, nod = turn + shake, nod + shake / 2
            yield Moment(t_s, Sight.SEEN, HeadAngles(turn, lean, nod, math.hypot(turn, lean, nod)))
