"""One question before or after a session: answered by keys, or waited out."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol, Self, TypeVar

from posture_trainer.pages.actions import named_keys
from posture_trainer.pages.care import ChoiceView
from posture_trainer.pages.keys import STEPS, Key
from posture_trainer.pages.views import QuestionView
from posture_trainer.session.devices import Devices

WAIT_S, SETTLED_S = 60.0, 4.0  # without any answer; after the last key of one
NOBODY_S = 20.0
"""Without any answer, where the question before was waited out already."""


class Patience:
    """A clock that runs out only while nobody is there: any key, and any move of the mouse, begins it anew.

    wait_s: until it runs out. whole_s: the same once it has begun anew; None: it never does."""

    def __init__(self, devices: Devices, wait_s: float, whole_s: float | None = WAIT_S) -> None:
        self._devices, self._wait_s, self._whole_s = devices, wait_s, whole_s
        self._since_s = devices.patience()

    def left(self) -> float:
        """The share of the time that is left, 1 to 0."""
        stirred_s = self._devices.stirred_s
        if self._whole_s is not None and stirred_s > self._since_s:
            self._since_s, self._wait_s = stirred_s, self._whole_s
        return max(0.0, 1 - (self._devices.patience() - self._since_s) / self._wait_s)


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
    so long; one that was pointed at stands at once. wait_s: without any answer, while nobody is there.
    """
    devices.speak(phrase)
    patience = Patience(devices, wait_s)
    while (left := patience.left()) > 0:
        for key in devices.show(view(entry, left)):
            if key in (Key.STOP, Key.INJECTION):
                return entry, key
            if key is Key.CONFIRM:
                return entry, None
            changed = entry.after(key)
            if key in STEPS:
                return changed, None
            if changed != entry:
                entry, patience = changed, Patience(devices, settled_s, settled_s)
        devices.next_frame()
    return entry, None


def choose(
    devices: Devices, phrase: str, view: ChoiceView, wait_s: float, whole_s: float | None = WAIT_S
) -> Key | None:
    """Show a question with large buttons, and say it; gives the key of the answer, or STOP; None where it was waited
    out. phrase: '' for one that is not spoken. wait_s, whole_s: of its `Patience`.
    """
    if phrase:
        devices.speak(phrase)
    answers = named_keys(view.choices)
    patience = Patience(devices, wait_s, whole_s)
    while (left := patience.left()) > 0:
        for key in devices.show(replace(view, left_share=left)):
            if key is Key.STOP or key in answers:
                return key
        devices.next_frame()
    return None
