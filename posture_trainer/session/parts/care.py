"""For somebody who is not well: which text it is, the text itself, and whom to call."""

import locale
from dataclasses import dataclass
from datetime import datetime

from posture_trainer.pages.care import FELT, CareView, which_view
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.session.devices import Devices
from posture_trainer.session.parts.question import choose
from posture_trainer.words.care import Care, Numbers, care_phrase, care_text
from posture_trainer.words.emergency import emergency_number

WHICH_S = 30.0
_SHOWN_S = 600.0


@dataclass(frozen=True)
class Felt:
    """What somebody who feels unwell said. which: None where nobody answered. text: what follows from it."""

    which: Care | None
    text: Care


def which_part(devices: Devices) -> Felt:
    """Ask which it is. Who does not answer may be unable to: then it is the text for sudden signs, as it is for
    whoever closes the question without an answer. A hand that moves the mouse and finds no button puts nothing off."""
    key = choose(devices, "which", which_view(), WHICH_S, None)
    which = FELT.get(key) if key is not None else None
    return Felt(which, which or Care.A)


def care_part(devices: Devices, which: Care) -> None:
    """Show and speak the text, and say it in the terminal. It stays until it is closed."""
    text = care_text(which, devices.numbers)
    devices.say(text.words)
    if not devices.window.visible:
        return
    devices.speak(care_phrase(which))
    until_s = devices.patience() + _SHOWN_S
    while devices.patience() < until_s and not devices.show(CareView(text)):
        devices.next_frame()


def numbers_of(settings: PatientSettings) -> Numbers:
    """Whom to call: as it is set, or the emergency number of the country where this computer stands."""
    offset = datetime.now().astimezone().utcoffset()
    offset_h = offset.total_seconds() / 3600 if offset is not None else 0.0
    own = emergency_number(locale.getlocale()[0] or "", offset_h)
    return Numbers(settings.contact.strip(), settings.emergency.strip() or own)
