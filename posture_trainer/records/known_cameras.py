"""The vertical field of view of cameras, told once with --vfov and kept by the camera's name."""

from pathlib import Path

from pydantic import RootModel, ValidationError

from posture_trainer.private_files import make_private_folder, write_private_file

FILE = "cameras.json"


class KnownCameras(RootModel[dict[str, float]]):
    """Degrees by camera name."""


def known_vfov_deg(data: Path, camera: str, told: float | None) -> float | None:
    """The field of view of that camera, in degrees: the one told now, which is kept, or the one kept, or None."""
    path = data / FILE
    try:
        kept = KnownCameras.model_validate_json(path.read_text(encoding="utf-8")).root
    except (OSError, ValidationError, UnicodeDecodeError):
        kept = {}  # a lost setting is no reason to stop: a usual value serves
    if told is None or kept.get(camera) == told:
        return told or kept.get(camera)
    make_private_folder(data)
    write_private_file(path, KnownCameras({**kept, camera: told}).model_dump_json(indent=1) + "\n")
    return told
