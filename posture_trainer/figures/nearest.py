"""How near a head came to straight in one session. Pure."""

from collections import deque

from posture_trainer.figures import practice_time
from posture_trainer.figures.samples import Samples

KEPT_S = 1.0


def nearest_deg(samples: Samples) -> float | None:
    """The smallest deviation (degrees) that the head kept within for a second, of rows that were measured well and
    count as practice; None where there was no such second."""
    rows = practice_time.measured_well(samples)
    deviation, times = samples.angle_deg("deviation"), samples.t_s
    steps = practice_time.steps_s(samples)
    nearest: float | None = None
    begun = 0
    largest: deque[int] = deque()  # rows of the second, of falling deviation: the first is its largest
    for row in range(len(times)):
        if not rows[row] or (row and not steps[row - 1]):
            largest.clear()
            begun = row + (not rows[row])
            if not rows[row]:
                continue
        while largest and deviation[largest[-1]] <= deviation[row]:
            largest.pop()
        largest.append(row)
        while times[row] - times[begun] >= KEPT_S:
            here = float(deviation[largest[0]])
            nearest = here if nearest is None else min(nearest, here)
            begun += 1
            if largest[0] < begun:
                largest.popleft()
    return nearest
