"""For whoever feels unwell at home, before any session: the same questions and texts as in one, and the same record."""

from posture_trainer.errors import UserError
from posture_trainer.home.room import Room
from posture_trainer.records.people import GUEST


def unwell(room: Room) -> None:
    """Ask which it is, show what to do, write it down. What can't be written keeps nobody from reading what to do."""
    from posture_trainer.plans.patient_settings import PatientSettings
    from posture_trainer.session.front.without_camera import without_camera
    from posture_trainer.session.open_devices import Within
    from posture_trainer.session.parts.care import numbers_of
    from posture_trainer.session.refused import Whose, unwell_before
    from posture_trainer.session.todays_plan import settings_of

    settings = PatientSettings()
    try:
        settings = settings_of(room.folder)
    except UserError as error:
        room.notice(str(error))
    within = Within(room.window, room.stop_asked)
    with without_camera(within, room.sounds, room.notice, room.controls) as devices:
        devices.numbers = numbers_of(settings)
        try:
            unwell_before(devices, Whose("home", room.code or GUEST, room.folder), None)
        except UserError as error:
            room.notice(str(error))
