"""Which settings and plans in an archive go beyond the limits: what comes in is refused, not brought down."""

from pathlib import Path

from posture_trainer.errors import UserError
from posture_trainer.plans.patient_file import FILE_NAME
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.plans.plan import Plan
from posture_trainer.plans.toml_files import read_within_limits


def beyond_limits(unpacked: Path) -> dict[str, str]:
    """Of an unpacked record the files that ask for more than is allowed (with /), each with its first such value.

    A file that is no plan or no settings at all is none of them: whoever uses it is told.
    """
    found = {}
    for path in sorted(unpacked.rglob("*.toml")):
        try:
            if path.name == FILE_NAME:
                told = read_within_limits(path, PatientSettings, "patient's file")[1]
            else:
                told = read_within_limits(path, Plan, "plan")[1]
        except UserError:
            continue
        if told:
            found[path.relative_to(unpacked).as_posix()] = told[0]
    return found
