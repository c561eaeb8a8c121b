"""Follow: a target moves along a path, the face steers a pointer.

The gain between head and pointer is open and fixed: the pointer is at the edge (1) when the head is at the patient's
reach, an angle per axis that is set for the patient and stated in every trial's record.
"""

import math
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from posture_trainer.exercises.exercise_view import ExerciseView, Point
from posture_trainer.exercises.trial import (
    NOTHING,
    ROUNDING_S,
    Ending,
    Numbers,
    Outcome,
    TrialSample,
    rounded,
    share,
    whole_seconds,
)
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.directions import Direction
from posture_trainer.words.phrases import PHRASES

Path = Literal["butterfly", "sideways", "up_down", "opposite"]
LOOP_S = {"slow": 24.0, "medium": 16.0, "fast": 10.0}  # seconds for one round of the path
RADIUS = {"large": 0.30, "medium": 0.20, "small": 0.12}  # of the target, as a share of the reach
READY_S = 3.0  # the target waits, so that the pointer can be brought to it
_PATH_POINT_S = 0.1  # path lengths are taken from points this far apart, so that they do not grow with the frame rate
_PATH_POINTS = 64


@dataclass(frozen=True)
class Reach:
    """The head angle, in degrees, that brings the pointer to the edge; the gain is 1 / reach and never changes."""

    rotation_deg: float = 20.0
    tilt_deg: float = 15.0
    flexion_deg: float = 12.0


@dataclass(frozen=True)
class FollowSettings:
    """extent: how far the path goes, as a share of the reach. direction: of an `opposite` path, which goes from
    neutral to that direction and back; tilt directions are steered by tilt, all other paths by rotation."""

    path: Path = "butterfly"
    direction: Direction | None = None
    loop_s: float = 24.0
    loops: int = 2
    radius: float = 0.30
    extent: float = 0.7
    path_visible: bool = True
    reach: Reach = field(default_factory=Reach)

    @property
    def by_tilt(self) -> bool:
        """Whether the pointer goes sideways with the tilt in place of the rotation."""
        return self.direction in (Direction.TILT_RIGHT, Direction.TILT_LEFT)


@dataclass(frozen=True)
class FollowState:
    """moved_s: how far the target has come, in seconds of its path. The sums are over frames with a face."""

    t_s: float = 0.0
    moved_s: float = 0.0
    angles: HeadAngles | None = None
    on_target: bool = False
    on_target_s: float = 0.0
    distance_sum_deg: float = 0.0
    frames: int = 0
    point_due_s: float = 0.0
    last_points: tuple[Point, Point] | None = None  # of pointer and target
    pointer_path: float = 0.0
    target_path: float = 0.0


def opening(_settings: FollowSettings) -> str:
    """The phrase that begins the trial."""
    return "follow"


def target_at(settings: FollowSettings, moved_s: float) -> Point:
    """Where the target is, after so many seconds on its way."""
    turn = 2 * math.pi * moved_s / settings.loop_s
    extent = settings.extent
    if settings.path == "butterfly":
        return extent * math.sin(turn), extent * math.sin(2 * turn) / 2
    if settings.path == "sideways":
        return extent * math.sin(turn), 0.0
    if settings.path == "up_down":
        return 0.0, extent * math.sin(turn)
    out = extent * (1 - math.cos(turn)) / 2
    match settings.direction:
        case Direction.ROTATION_LEFT | Direction.TILT_LEFT:
            return -out, 0.0
        case Direction.FLEXION:
            return 0.0, -out
        case Direction.EXTENSION:
            return 0.0, out
        case _:
            return out, 0.0


def pointer_at(settings: FollowSettings, angles: HeadAngles) -> Point:
    """Where the head puts the pointer: its angles over the reach, x to the patient's right, y up."""
    reach = settings.reach
    sideways = angles.tilt_deg / reach.tilt_deg if settings.by_tilt else angles.rotation_deg / reach.rotation_deg
    return sideways, -angles.flexion_deg / reach.flexion_deg


def step(state: FollowState, settings: FollowSettings, sample: TrialSample) -> tuple[FollowState, Outcome]:
    """One moment on. The target waits while no face is seen."""
    t_s = state.t_s + sample.dt_s
    if state.frames == 0 and (t_s < READY_S or sample.angles is None):
        return FollowState(t_s, angles=sample.angles), NOTHING
    if sample.angles is None:
        return replace(state, t_s=t_s, angles=None, on_target=False, last_points=None), NOTHING
    began = state.frames == 0
    moved_s = state.moved_s if began or state.angles is None else state.moved_s + sample.dt_s
    pointer, target = pointer_at(settings, sample.angles), target_at(settings, moved_s)
    dx, dy = pointer[0] - target[0], pointer[1] - target[1]
    reach_x_deg = settings.reach.tilt_deg if settings.by_tilt else settings.reach.rotation_deg
    last, pointer_path, target_path, due_s = state.last_points, state.pointer_path, state.target_path, state.point_due_s
    if moved_s >= due_s - ROUNDING_S:
        if last is not None:
            pointer_path += math.dist(pointer, last[0])
            target_path += math.dist(target, last[1])
        last, due_s = (pointer, target), moved_s + _PATH_POINT_S
    state = FollowState(
        t_s=t_s,
        moved_s=moved_s,
        angles=sample.angles,
        on_target=math.hypot(dx, dy) <= settings.radius,
        on_target_s=state.on_target_s + (moved_s - state.moved_s if state.on_target else 0.0),
        distance_sum_deg=state.distance_sum_deg + math.hypot(dx * reach_x_deg, dy * settings.reach.flexion_deg),
        frames=state.frames + 1,
        point_due_s=due_s,
        last_points=last,
        pointer_path=pointer_path,
        target_path=target_path,
    )
    if moved_s >= settings.loop_s * settings.loops - ROUNDING_S:
        return state, Outcome(sound="trial_done", ending=Ending.DONE)
    return state, Outcome(say="follow_go") if began else NOTHING


@lru_cache(maxsize=8)
def _path(settings: FollowSettings) -> tuple[Point, ...]:
    return tuple(target_at(settings, settings.loop_s * point / _PATH_POINTS) for point in range(_PATH_POINTS + 1))


def view(state: FollowState, settings: FollowSettings) -> ExerciseView:
    """What to draw."""
    ready = state.frames == 0
    return ExerciseView(
        "follow",
        words=PHRASES["follow" if ready else "follow_go"],
        countdown_s=whole_seconds(READY_S - state.t_s) if ready else None,
        ring_share=state.moved_s / (settings.loop_s * settings.loops),
        target=target_at(settings, state.moved_s),
        target_radius=settings.radius,
        pointer=pointer_at(settings, state.angles) if state.angles else None,
        path=_path(settings) if settings.path_visible else (),
        on_target=state.on_target,
    )


def numbers(state: FollowState, settings: FollowSettings) -> Numbers:
    """What is recorded of the trial (docs/exercises.md)."""
    return {
        "path": settings.path,
        "direction": settings.direction.value if settings.direction else None,
        "loop_s": settings.loop_s,
        "radius": settings.radius,
        "extent": settings.extent,
        "path_visible": settings.path_visible,
        "reach_sideways_deg": settings.reach.tilt_deg if settings.by_tilt else settings.reach.rotation_deg,
        "reach_up_down_deg": settings.reach.flexion_deg,
        "followed_s": rounded(state.moved_s),
        "mean_distance_deg": rounded(state.distance_sum_deg / state.frames) if state.frames else None,
        "on_target_s": rounded(state.on_target_s),
        "on_target_share": share(state.on_target_s, state.moved_s),
        "path_ratio": rounded(state.pointer_path / state.target_path) if state.target_path else None,
    }
