"""What no plan, no patient's file and no form may ask for: every number, and what is made of it. Pure.

Where no source is named a number is the program's own cautious choice, to be signed off by a clinician; the table is in
docs/exercises.md. Degrees are from neutral, seconds are running time.
"""

import itertools
import math
from dataclasses import replace

from posture_trainer.exercises.follow import FollowSettings, target_at
from posture_trainer.pose.directions import Direction
from posture_trainer.pose.target import Target

# Where the head may be guided to.
FURTHEST_DEG = {
    Direction.ROTATION_RIGHT: 45.0,
    Direction.ROTATION_LEFT: 45.0,
    Direction.TILT_RIGHT: 30.0,
    Direction.TILT_LEFT: 30.0,
    Direction.FLEXION: 30.0,
    Direction.EXTENSION: 15.0,
}
TURNED_FAR_DEG, CHIN_UP_WHEN_TURNED_DEG = 20.0, 10.0  # beyond the first at most so much extension
FASTEST_DEG_PER_S = 15.0  # of what is to be followed

# How long, how often.
LONGEST_HOLD_S = 30.0
HOLD_TEST_S = 60.0  # the hold test's own cap
LONGEST_TRY_S = 60.0  # a hold that is not reached, beyond the hold itself
MOST_REPETITIONS = 10
MOST_TESTS = 2  # the hold test is the mean of two
LEAST_REST_S, REST_SHARE = 5.0, 0.5  # the share is of what was held
LONGEST_UNMEASURED_S = 30.0  # what the camera does not measure is taken for a hold,
LONGEST_SUPPORTED_S = 180.0  # but for a rest with the head supported

# Stretches: the seconds are ACSM's Guidelines for Exercise Testing and Prescription (2021).
STRETCH_SHARE = 0.75  # of the comfortable range that was measured
UNMEASURED_SHARE = 1 / 3  # of FURTHEST_DEG, where none was
LEAST_STRETCH_S, LONGEST_STRETCH_S, STRETCH_A_DIRECTION_S = 10.0, 30.0, 60.0

# Breathing: not so slow that a patient gets light-headed.
LONGEST_IN_S, LONGEST_OUT_S, LONGEST_BREATHE_S = 5.0, 7.0, 180.0

# A body scan, which has no pace; warmth: the minutes are those of a health service's leaflet (docs/exercises.md).
SHORTEST_SCAN_S, LONGEST_SCAN_S = 180.0, 480.0
SHORTEST_WARM_S, LONGEST_WARM_S = 600.0, 900.0

# With closed eyes: turns only.
EYES_CLOSED_DEG, EYES_CLOSED_REST_S, EYES_CLOSED_TRIALS = 30.0, 10.0, 6
# The ends of the range: not the chin's way up, and few of them.
RANGE_DIRECTIONS = tuple(way for way in Direction if way is not Direction.EXTENSION)
MOST_RANGE_TRIALS = 3

_PATH_POINTS = 720


def rest_needed_s(held_s: float) -> float:
    """The shortest rest after so many seconds of holding."""
    return max(LEAST_REST_S, REST_SHARE * held_s)


def stretch_limit_deg(direction: Direction, set_deg: float, measured_deg: float | None) -> float:
    """How far a stretch goes. set_deg: as typed. measured_deg: the comfortable range, None if it was never measured."""
    furthest_deg = FURTHEST_DEG[direction]
    if measured_deg is None:
        return min(set_deg, UNMEASURED_SHARE * furthest_deg)
    return min(set_deg, furthest_deg, STRETCH_SHARE * max(0.0, measured_deg))


def within_limits(target: Target) -> Target:
    """The target, or the nearest one to it that practice may guide to."""
    turn_deg = min(abs(target.rotation_deg), FURTHEST_DEG[Direction.ROTATION_RIGHT])
    lean_deg = min(abs(target.tilt_deg), FURTHEST_DEG[Direction.TILT_RIGHT])
    up_deg = CHIN_UP_WHEN_TURNED_DEG if turn_deg > TURNED_FAR_DEG else FURTHEST_DEG[Direction.EXTENSION]
    return Target(
        math.copysign(turn_deg, target.rotation_deg),
        math.copysign(lean_deg, target.tilt_deg),
        min(FURTHEST_DEG[Direction.FLEXION], max(-up_deg, target.flexion_deg)),
    )


def followed_within_limits(settings: FollowSettings) -> FollowSettings:
    """The same path, made smaller and slower where the head that follows it would go too far or too fast.

    How far and how fast a head has to go comes of path, extent, speed and reach together.
    """
    share = min(1.0, *(_share_allowed(*degrees) for degrees in _round_deg(settings)))
    if share < 1.0:
        settings = replace(settings, extent=math.floor(settings.extent * share * 1000) / 1000)
    too_fast = _peak_deg_per_s(settings) / FASTEST_DEG_PER_S
    if too_fast > 1.0:
        settings = replace(settings, loop_s=math.ceil(settings.loop_s * too_fast * 10) / 10)
    return settings


def _round_deg(settings: FollowSettings) -> list[tuple[float, float, float]]:
    """Where a head is that follows one round of the path: rotation, tilt, flexion, at points as far apart in time."""
    reach = settings.reach
    found = []
    for point in range(_PATH_POINTS + 1):
        x, y = target_at(settings, settings.loop_s * point / _PATH_POINTS)
        turn_deg, lean_deg = (0.0, x * reach.tilt_deg) if settings.by_tilt else (x * reach.rotation_deg, 0.0)
        found.append((turn_deg, lean_deg, -y * reach.flexion_deg))
    return found


def _share_allowed(turn_deg: float, lean_deg: float, down_deg: float) -> float:
    """By how much these angles would have to be smaller to be allowed; 1 or more where they are."""
    turn_deg, lean_deg, up_deg = abs(turn_deg), abs(lean_deg), max(0.0, -down_deg)
    both = max(_share(TURNED_FAR_DEG, turn_deg), _share(CHIN_UP_WHEN_TURNED_DEG, up_deg))  # one of the two will do
    return min(
        both,
        _share(FURTHEST_DEG[Direction.ROTATION_RIGHT], turn_deg),
        _share(FURTHEST_DEG[Direction.TILT_RIGHT], lean_deg),
        _share(FURTHEST_DEG[Direction.FLEXION], max(0.0, down_deg)),
        _share(FURTHEST_DEG[Direction.EXTENSION], up_deg),
    )


def _share(limit_deg: float, asked_deg: float) -> float:
    return math.inf if asked_deg <= limit_deg else limit_deg / asked_deg


def _peak_deg_per_s(settings: FollowSettings) -> float:
    """The fastest that the head has to go. Turn and nod are about axes that stand upright on each other."""
    path = _round_deg(settings)
    between_s = settings.loop_s / _PATH_POINTS
    return max(math.dist(one, two) for one, two in itertools.pairwise(path)) / between_s
