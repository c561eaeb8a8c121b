"""The tolerances that a session was held with, as angles from neutral. Pure."""

from typing import Any

from pydantic import TypeAdapter, ValidationError

from posture_trainer.feedback import Tolerances
from posture_trainer.figures.session_figures import Edges
from posture_trainer.pose.target import NEUTRAL, Target


def tolerance_edges(header: dict[str, Any]) -> Edges:
    """The tolerances the session was held with, as angles from neutral to the + and the - side of each axis.

    They lie about the session's target. Today's defaults stand for what the header does not say.
    """
    feedback = header.get("feedback")
    given = feedback.get("tolerances") if isinstance(feedback, dict) else None
    said = {k: float(v) for k, v in given.items() if _is_angle(v)} if isinstance(given, dict) else {}
    names = Tolerances.__dataclass_fields__
    edges = Tolerances(**{name: value for name, value in said.items() if name in names})
    target = _target(feedback.get("target")) if isinstance(feedback, dict) else NEUTRAL
    return {
        "rotation": (edges.rotation_right_deg + target.rotation_deg, edges.rotation_left_deg - target.rotation_deg),
        "tilt": (edges.tilt_right_deg + target.tilt_deg, edges.tilt_left_deg - target.tilt_deg),
        "flexion": (edges.flexion_deg + target.flexion_deg, edges.extension_deg - target.flexion_deg),
    }


def _target(said: Any) -> Target:
    try:
        return TypeAdapter(Target).validate_python(said)
    except ValidationError:
        return NEUTRAL


def _is_angle(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 180
