"""The clinic's name and logo on top of a report, as clinic.toml gives them."""

import base64
from dataclasses import dataclass
from pathlib import Path

from posture_trainer.errors import UserError
from posture_trainer.plans.patient_file import load_clinic_settings

LARGEST_BYTES = 500_000
_KINDS = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg"}


@dataclass(frozen=True)
class Letterhead:
    """name: '' for none. logo: the picture as a data: address, '' for none."""

    name: str = ""
    logo: str = ""


def letterhead(patient: Path) -> Letterhead:
    """Of the data folder that this patient's folder lies in. Raises UserError when the file or the logo is no such."""
    if patient.parent.name != "patients":
        return Letterhead()
    data = patient.parent.parent
    clinic = load_clinic_settings(data)
    return Letterhead(clinic.name, _logo(data / clinic.logo) if clinic.logo else "")


def _logo(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise UserError(f"The clinic's logo {path} can't be read ({error.strerror}).") from error
    kind = next((kind for sign, kind in _KINDS.items() if content.startswith(sign)), None)
    if kind is None or len(content) > LARGEST_BYTES:
        raise UserError(f"The clinic's logo {path} is no PNG or JPEG picture of at most {LARGEST_BYTES // 1000} kB.")
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"
