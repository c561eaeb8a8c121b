"""Setting what straight is from home: placement, hold still, and the question where it looks crooked."""

from pathlib import Path

from posture_trainer.errors import UserError
from posture_trainer.pose.neutral.recording import Refusal
from posture_trainer.records.baseline_files import save_baseline
from posture_trainer.records.clinic.lock import held
from posture_trainer.records.people import GUEST, patient_folder
from posture_trainer.session.looks import Looks, keep_looks, set_up
from posture_trainer.session.open_devices import Within, open_devices
from posture_trainer.session.parts.baseline import CALIBRATE_S
from posture_trainer.session.parts.care import numbers_of
from posture_trainer.session.practice import begin, take_baseline
from posture_trainer.session.refused import Whose, unwell_before
from posture_trainer.session.todays_plan import settings_of
from posture_trainer.sources.open_source import open_source

KEPT = "Your straight position is set."
ONLY_NOW = "That was your straight position. As a guest it is not kept."


def straighten(data: Path, code: str, known: bool, source: str, within: Within, mute: bool) -> str:
    """Record a straight position, and keep it where the person has a code; gives a word on it, '' when stopped.

    Raises UserError, with the reason when it was refused.
    """
    folder = patient_folder(data, code or GUEST)
    own = settings_of(folder)
    opened = open_source(source)
    looks = Looks(data, code or GUEST, folder if known else None)
    with open_devices(opened, data, lambda _words: None, {}, mute=mute, within=within) as devices:
        set_up(devices, own, looks)
        devices.numbers = numbers_of(own)
        taken = take_baseline(devices, CALIBRATE_S) if begin(devices) else None
        keep_looks(devices, own, looks)
        if devices.unwell:
            unwell_before(devices, Whose("calibrate", code or GUEST, folder), None)
        if isinstance(taken, Refusal):
            raise UserError(f"{taken.reason} Nothing was changed.")
        if taken is None:
            return ""
        if known:
            with held(data, code):
                save_baseline(folder, taken.baseline)
        devices.play("finished")
    return KEPT if known else ONLY_NOW
