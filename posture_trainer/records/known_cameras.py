"""What was told once of a camera, and is kept by the camera's name: its field of view, and how its pictures stand."""

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, JsonValue, RootModel, ValidationError, model_validator

from posture_trainer.errors import UserError
from posture_trainer.private_files import make_private_folder, write_private_file
from posture_trainer.records.json_file import TooMuch, json_bytes

FILE = "cameras.json"
_LONGEST_NAME, _LARGEST_BYTES = 500, 200_000  # characters of a name; of the file, which has a line a camera


class KnownCamera(BaseModel):
    """One camera. vfov_deg: its vertical field of view in degrees, None where nobody told it."""

    model_config = ConfigDict(frozen=True, strict=True)

    vfov_deg: float | None = Field(default=None, ge=10, le=150)
    mirrored: bool = False
    upside_down: bool = False

    @model_validator(mode="before")
    @classmethod
    def _of_before(cls, value: Any) -> Any:
        """Files of before hold the field of view alone."""
        return {"vfov_deg": value} if isinstance(value, int | float) and not isinstance(value, bool) else value


def known_camera(data: Path, camera: str, told: dict[str, float | bool]) -> KnownCamera:
    """What is known of that camera. told: keys of KnownCamera that were told now; they are kept for the next time.

    Raises UserError when they can't be kept.
    """
    path = data / FILE
    kept = _kept(path)
    before = kept.get(camera, KnownCamera())
    known = before.model_copy(update=told)
    if known != before:
        make_private_folder(data)
        whole = RootModel[dict[str, KnownCamera]]({**kept, camera: known})
        try:
            write_private_file(path, whole.model_dump_json(indent=1) + "\n")
        except OSError as error:
            raise UserError(f"What you said of the camera can't be kept in {path}: {error.strerror}.") from error
    return known


def _kept(path: Path) -> dict[str, KnownCamera]:
    """Every camera in the file that can be meant. A lost setting is no reason to stop: a usual value serves."""
    try:
        found = RootModel[dict[str, JsonValue]].model_validate_json(json_bytes(path, _LARGEST_BYTES)).root
    except (OSError, TooMuch, ValidationError):
        return {}
    kept = {}
    for name, value in found.items():
        try:
            if len(name) <= _LONGEST_NAME:
                kept[name] = KnownCamera.model_validate(value)
        except ValidationError:
            continue
    return kept
