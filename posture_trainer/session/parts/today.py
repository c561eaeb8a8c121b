"""What is to be told before a session: what is left out of it or changed today, and why."""

from posture_trainer.pages.keys import Key
from posture_trainer.pages.views import SummaryView
from posture_trainer.session.devices import Devices

_HEADING, _HINT = "Today", "Press any key to go on, or wait. Esc stops."
_LEAST_S, _PER_WORD_S, _MOST_S = 4.0, 0.4, 30.0  # to read it slowly


def today_part(devices: Devices, told: tuple[str, ...], for_therapist: tuple[str, ...] = ()) -> bool:
    """Say and show it until a key, or long enough to be read; False when the patient stops here.

    for_therapist: what names keys of files, which is only said in the terminal.
    Before a recorded video, whose frames do not wait, it is only said.
    """
    if not told:
        return True
    words = "\n".join(told)
    devices.say("\n".join((words, *for_therapist)))
    if not (devices.window.visible and devices.source.live):
        return True
    until_s = devices.clock() + min(_MOST_S, _LEAST_S + _PER_WORD_S * len(words.split()))
    while devices.clock() < until_s:
        keys = devices.show(SummaryView(_HEADING, (), words, _HINT))
        if keys:
            return Key.STOP not in keys
        devices.next_frame()
    return True
