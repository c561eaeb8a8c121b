"""One question before or after a session: answered by keys, or waited out."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol, Self, TypeVar

from posture_trainer.pages.actions import named_keys
from posture_trainer.pages.care import ChoiceView
from posture_trainer.pages.keys import STEPS, Key
from posture_trainer.pages.views import QuestionView
from posture_trainer.session.devices import Devices

WAIT_S, SETTLED_S = 10.0, 4.0  # without any answer; after the last key of one


class Entry(Protocol):
    """An answer as it stands (pages/entries.py)."""

    def after(self, key: Key) -> Self:
        """As it stands after that key."""
        ...


AnEntry = TypeVar("AnEntry", bound=Entry)


def ask(
    devices: Devices,
    phrase: str,
    entry: AnEntry,
    view: Callable[[AnEntry, float], QuestionView],
    settled_s: float = SETTLED_S,
    wait_s: float = WAIT_S,
) -> tuple[AnEntry, Key | None]:
    """Say and show a question until it is answered or waited out.

    Gives the answer as it stands, and STOP or INJECTION when that key left the question. view: what to show of the
    answer, with the share of the waiting time that is left. settled_s: an answer stands when it was not changed for
    so long; one that was pointed at stands at once. wait_s: without any answer.
    """
    devices.speak(phrase)
    until_s = devices.patience() + wait_s
    while (left_s := until_s - devices.patience()) > 0:
        for key in devices.show(view(entry, left_s / wait_s)):
            if key in (Key.STOP, Key.INJECTION):
                return entry, key
            if key is Key.CONFIRM:
                return entry, None
            changed = entry.after(key)
            if key in STEPS:
                return changed, None
            if changed != entry:
                entry, wait_s = changed, settled_s
                until_s = devices.patience() + wait_s
        devices.next_frame()
    return entry, None


def choose(devices: Devices, phrase: str, view: ChoiceView, wait_s: float) -> Key | None:
    """Show a question with large buttons, and say it; gives the key of the answer, or STOP; None where it was waited
    out. phrase: '' for one that is not spoken.
    """
    if phrase:
        devices.speak(phrase)
    answers = named_keys(view.choices)
    until_s = devices.patience() + wait_s
    while (left_s := until_s - devices.patience()) > 0:
        for key in devices.show(replace(view, left_share=left_s / wait_s)):
            if key is Key.STOP or key in answers:
                return key
        devices.next_frame()
    return None
