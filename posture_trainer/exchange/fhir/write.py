"""A patient's record as one Bundle of FHIR R4, checked before it is written. Needs the extra [fhir].

The same record gives the same file, to the byte: no time of making, and ids made of what they stand for.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from pydantic import ValidationError

from posture_trainer import __version__
from posture_trainer.course.past_session import PastSession
from posture_trainer.errors import UserError
from posture_trainer.exchange.fhir import codes
from posture_trainer.exchange.fhir.observations import figures_of_session, observation
from posture_trainer.private_files import private_file
from posture_trainer.records.past_sessions import past_sessions

_IDS = UUID(codes.PATIENTS.removeprefix("urn:uuid:"))


@dataclass(frozen=True)
class FhirResult:
    """How much was written. troubles: sessions that are not whole or left out, with why."""

    sessions: int
    observations: int
    troubles: tuple[str, ...]


def export_fhir(patient: Path, out: Path, done: Callable[[int, int], None] = lambda _done, _of: None) -> FhirResult:
    """Write the Bundle of the patient in that folder to the new file `out`. Raises UserError.

    done: told how many sessions of how many have been read.
    """
    checked = _checker()
    with private_file(out) as file:
        sessions = past_sessions(patient, done)
        found = bundle(patient.name, sessions)
        count = len(found["entry"]) - 2
        if not count:
            raise UserError(f"There is nothing to hand over of {patient.name} yet: no session has any figure.")
        try:
            checked(found)
        except ValidationError as error:
            where = ", ".join(".".join(map(str, each["loc"]))[:120] for each in error.errors()[:3])
            raise UserError(f"Nothing was exported: the Bundle would not be valid FHIR ({where}).") from error
        file.write((json.dumps(found, indent=1, ensure_ascii=False) + "\n").encode())
    troubles = tuple(f"{each.name} ({each.trouble})" for each in sessions if each.trouble)
    return FhirResult(sum(_handed_over(each) for each in sessions), count, troubles)


def bundle(code: str, sessions: Iterable[PastSession]) -> dict[str, Any]:
    """The Bundle: the patient, known by the code alone, the program, and the Observations, oldest session first."""
    subject, device = _id(code), _id(f"program {__version__}")
    resources: list[dict[str, Any]] = [
        {"resourceType": "Patient", "id": subject, "identifier": [{"system": codes.PATIENTS, "value": code}]},
        {
            "resourceType": "Device",
            "id": device,
            "deviceName": [{"name": "posture_trainer", "type": "user-friendly-name"}],
            "version": [{"value": __version__}],
            "note": [{"text": "A practice and record aid, not a medical device. These figures are no diagnosis."}],
        },
    ]
    links = {"subject": {"reference": f"urn:uuid:{subject}"}, "device": {"reference": f"urn:uuid:{device}"}}
    for session in sessions:
        if _handed_over(session):
            resources += [
                observation(session, figure, {"id": _id(f"{code} {session.folder.name} {figure.code.code}"), **links})
                for figure in figures_of_session(session)
            ]
    entries = [{"fullUrl": f"urn:uuid:{each['id']}", "resource": each} for each in resources]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def _handed_over(session: PastSession) -> bool:
    """A session that was refused is none; one whose time is not known can't be placed."""
    return session.begun is not None and not session.refused


def _id(name: str) -> str:
    return str(uuid5(_IDS, name))


def _checker() -> Callable[[dict[str, Any]], Any]:
    """What refuses a Bundle that is not valid: R4B, whose resources used here are those of R4. Raises UserError."""
    try:
        from fhir.resources.R4B.bundle import Bundle
    except ImportError:
        raise UserError(
            "FHIR needs a package that is not installed here. Please run: pip install 'posture-trainer[fhir]'"
        ) from None
    check: Callable[[dict[str, Any]], Any] = Bundle.model_validate
    return check
