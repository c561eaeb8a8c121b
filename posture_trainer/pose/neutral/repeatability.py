"""How far two neutrals may differ without anything having changed. Pure."""

import math

from posture_trainer.pose.neutral.compare import PLACEMENT_DEG

_INTERVAL_95 = 1.96  # standard deviations


def placement_limit_deg(axis: str, *slow_spreads_deg: float) -> float:
    """Up to how many degrees a difference on `axis` (a key of PLACEMENT_DEG) may be placement, for neutrals that were
    recorded with these slow spreads (stillness.Stillness.slow_deg, each >= 0); none known: the usual limit.

    Where the head is put and how it wanders meanwhile are independent, so their 95 % intervals add as squares. A spread
    is that of the whole rotation, and any one axis has at most all of it: the limit is rather too wide than too narrow.
    What is above 1 Hz is left out: over a few seconds a tremor of 4° at 2 Hz moves the mean by 0.2° at most.
    """
    variance = PLACEMENT_DEG[axis] ** 2 + sum((_INTERVAL_95 * spread) ** 2 for spread in slow_spreads_deg)
    return math.sqrt(variance)
