"""A patient's baselines on disk: each in a file of its own, none ever changed."""

import json
import re
from pathlib import Path

from pydantic import ValidationError

from posture_trainer.audit import note_of
from posture_trainer.errors import UserError
from posture_trainer.pose.neutral.attitude import with_attitude
from posture_trainer.pose.neutral.baseline import Baseline, upgraded
from posture_trainer.private_files import make_private_folder, write_private_file
from posture_trainer.records.json_file import TooMuch, json_bytes
from posture_trainer.records.order import next_order_ms, order_ms
from posture_trainer.records.people import utc_name
from posture_trainer.words.harmless import plain_text

LARGEST_BYTES = 5_000_000
_ORDER = re.compile(rb'"order_ms": ?([0-9]{1,16})')


def save_baseline(patient: Path, baseline: Baseline) -> Path:
    """Store a baseline beside the earlier ones, none of which changes, as the latest. Raises UserError."""
    folder = patient / "baselines"
    make_private_folder(folder)
    path = folder / f"{utc_name(baseline.created_utc)}.json"
    if path.exists():
        raise UserError(f"There is a straight position of this very moment already: {path}. Please try again.")
    place = next_order_ms(baseline.created_utc, map(_order_ms, folder.glob("*.json")))
    baseline = baseline.model_copy(update={"order_ms": place})
    note_of(patient, "baseline")
    try:
        write_private_file(path, baseline.model_dump_json(indent=1) + "\n")
    except OSError as error:
        raise UserError(f"The straight position could not be saved in {folder} ({error.strerror}).") from error
    return path


def load_baseline(path: Path) -> Baseline:
    """Read a baseline to practise against. Raises UserError when it is missing, damaged or without the face's shape."""
    try:
        baseline = Baseline.model_validate_json(json_bytes(path, LARGEST_BYTES))
    except FileNotFoundError:
        raise UserError(f"There is no file {path} with a straight position.") from None
    except TooMuch:
        raise _unusable(path, "is damaged (larger than any)") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(plain_text(part, 60) for part in first["loc"]) or "the file"
        raise _unusable(path, f"is damaged ({place}: {first['msg']})") from None
    except OSError as error:
        raise _unusable(path, f"can't be read ({error.strerror})") from None
    if baseline.landmarks is None or baseline.face_model is None:
        raise _unusable(path, "came without the shape of the face")
    return with_attitude(upgraded(baseline))


def _unusable(path: Path, why: str) -> UserError:
    """In the patient's words: `practice` says it too."""
    return UserError(f"The straight position in {path} {why}. Please have it set again.")


def latest_baseline(patient: Path) -> tuple[Path, Baseline] | None:
    """The baseline that was recorded last, or None if there is none yet. Raises UserError if it is damaged.

    An older one is never taken in its place: a session against the wrong neutral would guide the wrong way.
    """
    latest = latest_baseline_file(patient)
    return (latest, load_baseline(latest)) if latest is not None else None


def latest_baseline_file(patient: Path) -> Path | None:
    """The file of the baseline that was recorded last, whatever is in it; None if there is none yet."""
    found = [(_order_ms(path), path) for path in (patient / "baselines").glob("*.json")]
    return max(found)[1] if found else None


def _order_ms(path: Path) -> int:
    """The place in order of a baseline; of a damaged one as far as it can be found in its text."""
    try:
        content = json_bytes(path, LARGEST_BYTES)
    except (OSError, TooMuch):
        content = b""
    try:
        found = json.loads(content)
        said = found.get("order_ms") if isinstance(found, dict) else None
    except (ValueError, RecursionError):
        match = _ORDER.search(content)
        said = int(match[1]) if match else None
    return order_ms(path.name, said)
