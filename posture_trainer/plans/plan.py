"""A plan: a small TOML file with what to do, how often, with how much help, and when to rest."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from posture_trainer import shipped_files
from posture_trainer.errors import UserError
from posture_trainer.plans.blocks import Block
from posture_trainer.plans.fields import PRINTABLE, FeedbackShare, Table, Words
from posture_trainer.plans.toml_files import read_toml


class Plan(Table):
    """A plan as its file states it.

    description, source: for the therapist. longest_session_min, feedback: where the patient's file sets none.
    """

    schema_version: Literal[1] = 1
    title: Annotated[str, Field(strict=True, min_length=1, max_length=60, pattern=PRINTABLE)]
    description: Words = ""
    source: Words = ""
    longest_session_min: Annotated[float, Field(strict=True, ge=1, le=60)] = 20.0
    feedback: FeedbackShare = 1.0
    blocks: Annotated[tuple[Block, ...], Field(alias="block", min_length=1, max_length=40)]


def preset_names() -> list[str]:
    """The names of the plans that come with the program."""
    return sorted(path.stem for path in shipped_files.presets().glob("*.toml"))


def load_plan(name_or_file: str) -> tuple[str, Plan]:
    """The plan of that name, or in that file, with the name it goes by. Raises UserError.

    A preset's name comes first; anything with a dot or a slash in it is a file.
    """
    if name_or_file in preset_names():
        return name_or_file, read_toml(shipped_files.presets() / f"{name_or_file}.toml", Plan, "plan")
    path = Path(name_or_file).expanduser()
    if path.suffix or len(path.parts) > 1 or path.is_file():
        return path.stem, read_toml(path, Plan, "plan")
    raise UserError(f"There is no plan {name_or_file!r}. There are {', '.join(preset_names())}, or give a TOML file.")
