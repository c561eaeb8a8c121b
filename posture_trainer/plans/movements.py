"""What a block asks of the head, for this patient: paths, stretches and words with a side, within the limits. Pure.

Each gives the settings of its trials, and in words what was left out or made smaller ('' for nothing).
"""

from collections.abc import Mapping

from posture_trainer.exercises.follow import LOOP_S, RADIUS, FollowSettings
from posture_trainer.exercises.stretch import StretchSettings
from posture_trainer.exercises.timed import TimedSettings
from posture_trainer.plans.blocks import FollowBlock, StretchBlock, TimedBlock
from posture_trainer.plans.limits import followed_within_limits, stretch_limit_deg
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.pose.directions import OPPOSITE, Direction
from posture_trainer.words.directions import end_words
from posture_trainer.words.not_today import NEARER, NO_PULL, NO_STRETCH, SHORTER_STRETCH

FAR_SIDE = "{far_side}"
_SIDES = (Direction.ROTATION_RIGHT, Direction.ROTATION_LEFT, Direction.TILT_RIGHT, Direction.TILT_LEFT)
_LEAST_STRETCH_DEG = 3.0  # less is none


def follows(block: FollowBlock, patient: PatientSettings) -> tuple[list[FollowSettings], str]:
    """One for each direction to train for the path away from the pull, else one."""
    ways = [OPPOSITE[pulled] for pulled in patient.pull] if block.path == "opposite" else [None]
    asked = [
        FollowSettings(
            path=block.path,
            direction=way,
            loop_s=LOOP_S[block.speed],
            loops=block.loops,
            radius=RADIUS[block.target],
            extent=block.extent,
            path_visible=block.path_visible,
            reach=patient.reach.reach(),
        )
        for way in ways
    ]
    if not asked:
        return [], NO_PULL
    allowed = [followed_within_limits(each) for each in asked]
    return allowed, "" if allowed == asked else NEARER


def stretches(
    block: StretchBlock, patient: PatientSettings, range_deg: Mapping[Direction, float]
) -> tuple[list[StretchSettings], str]:
    """One for each direction whose comfortable angle is set. range_deg: of those that a range test has measured."""
    set_deg = {**patient.stretch_limits_deg, **block.limits_deg}
    ways = [way for way in _stretched(block, patient) if way in set_deg]
    if block.away_from_pull:
        ways = ways[:1]
    if not ways:
        return [], NO_STRETCH
    allowed_deg = {way: stretch_limit_deg(way, set_deg[way], range_deg.get(way)) for way in ways}
    made = [
        StretchSettings(allowed_deg[way], way, block.move_s, block.hold_s)
        for way in ways
        if allowed_deg[way] >= min(_LEAST_STRETCH_DEG, set_deg[way])
    ]
    return made, SHORTER_STRETCH if any(allowed_deg[way] < set_deg[way] for way in ways) else ""


def _stretched(block: StretchBlock, patient: PatientSettings) -> list[Direction]:
    if not block.away_from_pull:
        return list(block.directions)
    return [way for pulled in patient.pull if (way := OPPOSITE[pulled]) is not Direction.EXTENSION]


def timed(block: TimedBlock, patient: PatientSettings) -> tuple[list[TimedSettings], str]:
    """One; with a side in its words, the one away from the pull, as seen by the patient."""
    if FAR_SIDE not in block.words:
        return [TimedSettings(block.seconds, block.words, block.drawing, block.rests, warmth=block.warmth)], ""
    pulled = next((way for way in _SIDES if way in patient.pull), None)
    if pulled is None:
        return [], NO_PULL
    far_side = OPPOSITE[pulled]
    words = block.words.replace(FAR_SIDE, end_words(far_side))
    mirrored = far_side in (Direction.ROTATION_LEFT, Direction.TILT_LEFT)
    return [TimedSettings(block.seconds, words, block.drawing, block.rests, mirrored, block.warmth)], ""
