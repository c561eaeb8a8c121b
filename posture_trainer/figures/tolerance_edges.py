"""The tolerances that a session was held with, as angles from neutral, and from when each was in force. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from pydantic import TypeAdapter, ValidationError

from posture_trainer.exercises.machines import MACHINES
from posture_trainer.feedback import Tolerances
from posture_trainer.figures.samples import Floats
from posture_trainer.pose.target import NEUTRAL, Target

Edges = dict[str, tuple[float, float]]  # of each axis: tolerance on the + and on the - side, degrees


@dataclass(frozen=True)
class EdgesInForce:
    """The edges over a session. since: from which second on which were in force, in order; the first from its start.

    judged: the different ones by which the head was judged in or out of tolerance, in the order they came.
    """

    since: tuple[tuple[float, Edges], ...]
    judged: tuple[Edges, ...]

    def at(self, t_s: Floats, axis: str) -> tuple[Floats, Floats]:
        """The tolerance of an axis on the + and on the - side at these seconds, (n,) each."""
        place = np.searchsorted([begins_s for begins_s, _ in self.since[1:]], t_s, side="right")
        sides = np.array([edges[axis] for _, edges in self.since])[place]
        return sides[..., 0], sides[..., 1]


def edges_in_force(header: dict[str, Any], events: Iterable[dict[str, Any]]) -> EdgesInForce:
    """The edges over a session: those of its header, of each trial from its beginning, and of a neutral taken anew.

    A trial's are in force until the next one begins: rests are not judged. Logs of before say nothing of their trials:
    of them the header's are all that is known.
    """
    first = _edges(header.get("feedback"))
    since, judged = [(0.0, first)], [] if isinstance(header.get("plan"), dict) else [first]
    latest = header.get("feedback")
    for event in sorted(events, key=_begins_s):
        if event["event"] in MACHINES and isinstance(event.get("tolerances"), dict):
            latest = {"tolerances": event["tolerances"], "target": event.get("target")}
            if MACHINES[event["event"]].needs_tolerance:
                judged.append(_edges(latest))
        elif event["event"] == "baseline":  # from here on neutral itself is guided to
            latest = {**latest, "target": None} if isinstance(latest, dict) else None
            judged += [_edges(latest)] if not isinstance(header.get("plan"), dict) else []
        else:
            continue
        if _edges(latest) != since[-1][1]:
            since.append((_begins_s(event), _edges(latest)))
    different = [each for place, each in enumerate(judged) if each not in judged[:place]]
    return EdgesInForce(tuple(since), tuple(different or [first]))


def _edges(feedback: Any) -> Edges:
    """The tolerances of a header's `feedback`, or of a trial, as angles from neutral to the + and the - side.

    They lie about the target. Today's defaults stand for what is not said.
    """
    said = feedback if isinstance(feedback, dict) else {}
    given = said.get("tolerances")
    angles = {k: float(v) for k, v in given.items() if _is_angle(v)} if isinstance(given, dict) else {}
    names = Tolerances.__dataclass_fields__
    edges = Tolerances(**{name: value for name, value in angles.items() if name in names})
    target = _target(said.get("target"))
    return {
        "rotation": (edges.rotation_right_deg + target.rotation_deg, edges.rotation_left_deg - target.rotation_deg),
        "tilt": (edges.tilt_right_deg + target.tilt_deg, edges.tilt_left_deg - target.tilt_deg),
        "flexion": (edges.flexion_deg + target.flexion_deg, edges.extension_deg - target.flexion_deg),
    }


def _begins_s(event: dict[str, Any]) -> float:
    """When what an event tells of began: of a trial that is not when it was written."""
    for name in ("began_s", "t_s"):
        value = event.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e9:
            return float(value)
    return 0.0


def _target(said: Any) -> Target:
    try:
        return TypeAdapter(Target).validate_python(said)
    except ValidationError:
        return NEUTRAL


def _is_angle(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 180
