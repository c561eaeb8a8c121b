"""A patient's botulinum toxin injections, as the patient's file or the sessions know them."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from posture_trainer.course.extras import Extras, day_of, list_of
from posture_trainer.errors import UserError
from posture_trainer.plans.patient_file import FILE_NAME
from posture_trainer.plans.toml_files import toml_table


def injections(patient: Path, told: Iterable[Extras] = ()) -> list[date]:
    """The days of the injections in patient.toml (`last_injection`, `injections`); if none, those the sessions know.

    told: of the patient's sessions; each says which injection was the last one then. The file comes first, because a
    day that was mistaken is put right there.
    """
    try:
        found = toml_table(patient / FILE_NAME, "patient's file")
    except UserError:
        found = {}
    days = [day_of(value) for value in (*list_of(found.get("injections")), found.get("last_injection"))]
    known = {day for day in days if day is not None}
    return sorted(known or {extras.last_injection for extras in told if extras.last_injection is not None})
