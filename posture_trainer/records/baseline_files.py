"""A patient's baselines on disk: each in a file of its own, none ever changed."""

from pathlib import Path

from pydantic import ValidationError

from posture_trainer.errors import UserError
from posture_trainer.pose.neutral.attitude import with_attitude
from posture_trainer.pose.neutral.baseline import Baseline, upgraded
from posture_trainer.private_files import make_private_folder, write_private_file
from posture_trainer.records.people import utc_name
from posture_trainer.words.harmless import plain_text


def save_baseline(patient: Path, baseline: Baseline) -> Path:
    """Store a baseline beside the earlier ones, none of which changes. Raises UserError."""
    folder = patient / "baselines"
    make_private_folder(folder)
    path = folder / f"{utc_name(baseline.created_utc)}.json"
    if path.exists():
        raise UserError(f"There is a baseline of this very moment already: {path}. Please try again.")
    try:
        write_private_file(path, baseline.model_dump_json(indent=1) + "\n")
    except OSError as error:
        raise UserError(f"The baseline could not be saved in {folder} ({error.strerror}).") from error
    return path


def load_baseline(path: Path) -> Baseline:
    """Read a baseline to practise against. Raises UserError when it is missing, damaged or without the face's shape."""
    try:
        baseline = Baseline.model_validate_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UserError(f"There is no baseline {path}.") from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(plain_text(part, 60) for part in first["loc"]) or "the file"
        raise UserError(f"The baseline {path} is damaged ({place}: {first['msg']}). Please record a new one.") from None
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "not text"
        raise UserError(f"The baseline {path} can't be read ({why}). Please record a new one.") from None
    if baseline.landmarks is None or baseline.face_model is None:
        raise UserError(f"The baseline {path} came without the shape of the face. Please record a new one.")
    return with_attitude(upgraded(baseline))


def latest_baseline(patient: Path) -> tuple[Path, Baseline] | None:
    """The newest baseline of a patient, or None if there is none yet. Raises UserError if it is damaged.

    An older one is never taken in its place: a session against the wrong neutral would guide the wrong way.
    """
    found = sorted((patient / "baselines").glob("*.json"))
    return (found[-1], load_baseline(found[-1])) if found else None
