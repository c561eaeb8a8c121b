"""The seat and the screen, tried before any session: the live picture with the frame to sit in. Nothing is recorded."""

from pathlib import Path

from posture_trainer.records.people import GUEST, patient_folder
from posture_trainer.session.looks import Looks, keep_looks, set_up
from posture_trainer.session.open_devices import Within, open_devices
from posture_trainer.session.parts.care import numbers_of
from posture_trainer.session.parts.placement import placement_part
from posture_trainer.session.refused import Whose, unwell_before
from posture_trainer.session.todays_plan import settings_of
from posture_trainer.sources.open_source import open_source

THEN = "Then we go on"


def try_seat(data: Path, code: str, known: bool, source: str, within: Within, mute: bool) -> bool:
    """Show the frame until the face has been well in it, or half a minute; gives whether it was not stopped.

    Raises UserError, NoCamera where there is none.
    """
    folder = patient_folder(data, code or GUEST)
    own = settings_of(folder)
    looks = Looks(data, code or GUEST, folder if known else None)
    with open_devices(open_source(source), data, lambda _words: None, {}, mute=mute, within=within) as devices:
        set_up(devices, own, looks)
        devices.numbers = numbers_of(own)
        devices.reader.start()
        placed = placement_part(devices, then=THEN)
        keep_looks(devices, own, looks)
        if devices.unwell:
            unwell_before(devices, Whose("home", code or GUEST, folder), None)
    return placed is not None
