"""A hand at the face or the head: which, and where as far as it can be told. Pure."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from posture_trainer.pose.trunk.body import LEFT_HAND, LEFT_SHOULDER, RIGHT_HAND, RIGHT_SHOULDER, Body

_HEAD = tuple(range(11))  # nose, eyes, ears, mouth
_EARS, _EYES, _MOUTH = (7, 8), (2, 5), (9, 10)
_HEAD_OF_SHOULDERS = 0.42  # the width of a head as a share of the shoulders' breadth
# Of finger points at the head the network says so with 0.85 and more; where there is no hand, up to 0.5. Hands that
# were drawn on a picture lie between.
_THERE = 0.55
# Head widths from the middle of the face to the middle of a hand's finger points, which lie near the knuckles:
# of hands at the head up to 1.8, of arms that hang 2.7 and more (bench/trunk.py).
_NEAR = 1.9
_PLACES = {"chin": (0.5, 1.4), "cheek": (1.0, 0.8), "temple": (1.2, 0.0), "forehead": (0.9, -0.4)}  # beside, below

Array = NDArray[np.float64]


class Hand(StrEnum):
    """Which hand is at the head, the person's own."""

    NONE = "none"
    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


class Place(StrEnum):
    """Where on the head; a hand at its back can't be told from one at the cheek."""

    CHIN = "chin"
    CHEEK = "cheek"
    FOREHEAD = "forehead"
    TEMPLE = "temple"


@dataclass(frozen=True)
class HandSeen:
    """Which hand is at the head in one frame, and where; place None for no hand."""

    hand: Hand
    place: Place | None = None


def hand_at_head(body: Body) -> HandSeen:
    """The hand at the head in one frame. The head is where the body's own points have it: a face may be covered."""
    middle, width, down = _head(body)
    near: dict[Hand, Place] = {}
    for hand, points, outwards in ((Hand.LEFT, LEFT_HAND, 1.0), (Hand.RIGHT, RIGHT_HAND, -1.0)):
        fingers = list(points[1:])
        if float(body.there[fingers].mean()) < _THERE:
            continue
        away = (body.points[fingers, :2].mean(axis=0) - middle) / width
        if float(np.hypot(*away)) < _NEAR:
            beside = outwards * float(away @ np.array([down[1], -down[0]]))
            near[hand] = _place(beside, float(away @ down))
    if not near:
        return HandSeen(Hand.NONE)
    return HandSeen(Hand.BOTH if len(near) == 2 else next(iter(near)), next(iter(near.values())))


def _head(body: Body) -> tuple[Array, float, Array]:
    """The middle of the face and the width of the head, in pixels, and which way the chin is (a unit vector)."""
    ears = body.points[list(_EARS), :2]
    both = body.points[[LEFT_SHOULDER, RIGHT_SHOULDER], :2]
    across = float(np.linalg.norm(ears[0] - ears[1]))
    width = max(across, _HEAD_OF_SHOULDERS * float(np.linalg.norm(both[0] - both[1])), 1.0)
    down = body.points[list(_MOUTH), :2].mean(axis=0) - body.points[list(_EYES), :2].mean(axis=0)
    return body.points[list(_HEAD), :2].mean(axis=0), width, down / max(float(np.linalg.norm(down)), 1e-6)


def _place(beside: float, below: float) -> Place:
    """The nearest of the places; beside, below: head widths from the middle of the face, outwards and to the chin."""
    return Place(min(_PLACES, key=lambda name: (_PLACES[name][0] - beside) ** 2 + (_PLACES[name][1] - below) ** 2))
