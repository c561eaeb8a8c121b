"""A plan written as a TOML file into the patient's folder, where the therapist has changed one by form."""

import json
from pathlib import Path
from typing import Any

from posture_trainer.audit import note_of
from posture_trainer.plans.plan import Plan
from posture_trainer.plans.toml_files import save_toml

OWN_PLAN = "plan.toml"


def save_plan(folder: Path, plan: Plan) -> Path:
    """Write it, whole and private. Raises UserError, also for what is beyond a limit."""
    note_of(folder, "plan")
    return save_toml(folder / OWN_PLAN, plan_toml(plan), Plan, "The plan", "The plan")


def plan_toml(plan: Plan) -> str:
    """The plan as the text of its file."""
    # A rest that nobody set follows what is held, and is not written down.
    found = plan.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_unset=True)
    whole: dict[str, Any] = {"schema_version": plan.schema_version, **found}
    blocks: list[dict[str, Any]] = whole.pop("block")
    lines = ["# A plan of this patient, made by posture-trainer in its window.", *_lines(whole)]
    for block in blocks:
        lines += ["", "[[block]]", *_lines(block)]
    return "\n".join(lines) + "\n"


def _lines(table: dict[str, Any]) -> list[str]:
    return [f"{key} = {_value(value)}" for key, value in table.items() if value not in ({}, [])]


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_value(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
