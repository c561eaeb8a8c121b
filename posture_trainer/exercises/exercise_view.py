"""Everything a window must draw for an exercise, as one plain record: a drawing needs to know no rule of it.

Positions are in a plane with 0, 0 in the middle of the mirror, x to the patient's right (the right of the mirrored
picture) and y up; 1 is the edge of the patient's comfortable reach, the same length on the screen in x and y.
"""

from dataclasses import dataclass

from posture_trainer.pose.directions import Direction

Point = tuple[float, float]


@dataclass(frozen=True)
class Gauge:
    """A scale for one direction: where the head is, where it should go, and the limit it must not pass. Degrees."""

    direction: Direction
    now_deg: float | None
    target_deg: float | None
    limit_deg: float | None


@dataclass(frozen=True)
class ExerciseView:
    """What the screen shows of the exercise at this moment.

    kind: the exercise's name, or rest, supported_rest, ask, hear, paused, no_face, ended. title: what it is called.
    words: what to do now, to be shown large. message: a second, smaller line ('' if none). mirror: show the patient's
    own picture. outline: and the ghost outline and lines in it. ring_share: how full the ring is. countdown_s: whole
    seconds left. target, target_radius, pointer, path: of the follow exercise (path empty when it is hidden).
    choices: the answers to a question, by the keys 1, 2 and so on.
    on_target: the pointer touches the target. arrow: the direction to move in. gauge: a scale for one direction.
    circle_share: size of the breathing circle. eyes_closed: the patient has the eyes closed, so sounds must tell
    everything. bright: fill the screen with light, which is seen through closed lids. drawing: name of a drawing to
    show, drawn_to_left: the other way round. offer_stop: show that stopping now is fine, and how.
    block, blocks, trial, trials: where we are, counted from 1. elapsed_s, longest_s: of the session.
    """

    kind: str
    title: str = ""
    words: str = ""
    message: str = ""
    mirror: bool = True
    outline: bool = False
    ring_share: float | None = None
    countdown_s: int | None = None
    target: Point | None = None
    target_radius: float = 0.0
    pointer: Point | None = None
    path: tuple[Point, ...] = ()
    choices: tuple[str, ...] = ()
    on_target: bool = False
    arrow: Direction | None = None
    gauge: Gauge | None = None
    circle_share: float | None = None
    eyes_closed: bool = False
    bright: bool = False
    drawing: str | None = None
    drawn_to_left: bool = False
    offer_stop: bool = False
    block: int = 0
    blocks: int = 0
    trial: int = 0
    trials: int = 0
    elapsed_s: float = 0.0
    longest_s: float = 0.0
