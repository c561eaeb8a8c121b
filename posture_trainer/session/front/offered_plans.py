"""Which ready-made plans the therapist is offered: the program's, and the clinic's own."""

from pathlib import Path

from posture_trainer.errors import UserError
from posture_trainer.plans.patient_file import load_clinic_settings
from posture_trainer.plans.plan import load_plan, preset_names
from posture_trainer.session.todays_plan import CLINIC_PLANS


def offered_plans(data: Path) -> tuple[tuple[tuple[str, str], ...], str]:
    """(name or file, title) of each that can be read, and in words what can't be.

    Where clinic.toml names none: all presets, then the files in the folder `plans` of the data folder.
    """
    trouble, wanted = "", (*preset_names(), *sorted(path.name for path in (data / CLINIC_PLANS).glob("*.toml")))
    try:
        wanted = load_clinic_settings(data).plans or wanted
    except UserError as error:
        trouble = str(error)
    found = []
    for name in wanted:
        own = data / CLINIC_PLANS / name
        place = str(own) if own.is_file() else name
        try:
            found.append((place, load_plan(place)[1].title))
        except UserError as error:
            trouble = trouble or str(error)
    return tuple(found), trouble
