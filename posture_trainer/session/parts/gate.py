"""What is asked before a session: signs that are new, once a year the rest, how it is now; and what follows from it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from posture_trainer.errors import UserError
from posture_trainer.pages import care as pages
from posture_trainer.pages.care import ChoiceView
from posture_trainer.pages.injection import is_due
from posture_trainer.pages.keys import Key
from posture_trainer.pages.ratings import Ratings
from posture_trainer.plans import gate
from posture_trainer.plans.gate import Answers, Verdict
from posture_trainer.plans.patient_file import save_patient_settings
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.session.devices import Devices
from posture_trainer.session.parts.injection import injection_part
from posture_trainer.session.parts.question import NOBODY_S, WAIT_S, choose
from posture_trainer.session.parts.ratings import ratings_part
from posture_trainer.words.care import CLEARED, FAR_MOVEMENTS

NOBODY_ANSWERS = "Without a window nobody can be asked how they are: only gentle exercises."
_NO_SESSION = ("alone", "injury")
_YES_OR_NO = {Key.YES: True, Key.NO: False}


@dataclass(frozen=True)
class Asking:
    """Whom to ask. settings, folder: of the patient. known: whether it is a patient with a code, who is asked the
    once-a-year questions and for injections. rated: which ratings are asked."""

    folder: Path
    settings: PatientSettings
    today: date
    known: bool
    rated: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """What was answered, and what follows. settings: of the patient, with the answers that are kept. ratings: None
    where nobody was asked."""

    answers: Answers
    settings: PatientSettings
    verdict: Verdict
    ratings: Ratings | None


def gate_part(devices: Devices, asking: Asking) -> Asked | None:
    """Ask, and judge; None when the patient stops here. Whoever must not practise is asked nothing further."""
    if not devices.window.visible:
        devices.say(NOBODY_ANSWERS)
        return _judged(asking, Answers(), asking.settings, None)
    return _Gate(devices, asking).run()


def _judged(asking: Asking, answers: Answers, settings: PatientSettings, ratings: Ratings | None) -> Asked:
    return Asked(answers, settings, gate.verdict(answers, settings, asking.today), ratings)


class Stopped(Exception):
    """The questions are left."""


def yes_or_no(devices: Devices, phrase: str, view: ChoiceView, wait_s: float) -> bool | None:
    """Ask; None for unsure, or without an answer. Raises Stopped."""
    key = choose(devices, phrase, view, wait_s)
    if key is Key.STOP:
        raise Stopped
    return _YES_OR_NO.get(key) if key is not None else None


class _Gate:
    """The questions one after the other. Once one was waited out the others wait no longer than they must."""

    def __init__(self, devices: Devices, asking: Asking) -> None:
        self._devices, self._asking, self._settings = devices, asking, asking.settings
        self._wait_s = WAIT_S
        self._answers = Answers()
        self._ratings: Ratings | None = None

    def run(self) -> Asked | None:
        """Ask until all is asked, or there is no session today."""
        for ask in (self._signs, self._once, self._now, self._injection, self._swallowing):
            try:
                ask()
            except Stopped:
                if not self._answers.signs or self._devices.unwell:
                    return None
            judged = _judged(self._asking, self._answers, self._settings, self._ratings)
            if judged.verdict.refused is not None:
                break
        return judged

    def _yes(self, phrase: str, view: ChoiceView) -> bool | None:
        answer = yes_or_no(self._devices, phrase, view, self._wait_s)
        self._wait_s = NOBODY_S if answer is None else WAIT_S
        return answer

    def _signs(self) -> None:
        self._answers = replace(self._answers, signs=self._yes("signs", pages.signs_view()))
        if self._answers.signs:
            self._answers = replace(self._answers, sudden=self._yes("sudden", pages.sudden_view()))

    def _once(self) -> None:
        if self._asking.known:
            self._settings = once_part(self._devices, self._asking, therapist=False, ask=self._yes)

    def _now(self) -> None:
        change = self._change_injection if self._asking.known else None
        ratings = ratings_part(self._devices, "Before we begin", self._asking.rated, self._wait_s, change)
        if ratings is None:
            raise Stopped
        self._ratings = ratings
        if ratings:
            self._wait_s = NOBODY_S if set(ratings.values()) == {None} else WAIT_S
        self._answers = replace(self._answers, pain=ratings.get("pain"), dizziness=ratings.get("dizziness"))

    def _change_injection(self, wait_s: float = WAIT_S) -> bool:
        asking = self._asking
        changed = injection_part(self._devices, asking.folder, self._settings, asking.today, wait_s)
        self._settings = changed or self._settings
        return changed is not None

    def _injection(self) -> None:
        due = self._asking.known and is_due(self._settings, self._asking.today)
        if due and not self._change_injection(self._wait_s):
            raise Stopped

    def _swallowing(self) -> None:
        if gate.asks_swallowing(self._settings, self._asking.today):
            self._answers = replace(self._answers, swallowing=self._yes("swallowing", pages.swallowing_view()))


def once_part(
    devices: Devices, asking: Asking, therapist: bool, ask: Callable[[str, ChoiceView], bool | None]
) -> PatientSettings:
    """Ask those of the once-a-year questions that are due, and keep the answers; gives the settings as they are then.

    The first that is waited out ends it: nobody is there. So does a yes that means no session, where no therapist sits
    beside, who can clear a neck and allow far movements. What cannot be kept is said, and holds for this session.
    """
    table, given = asking.settings.questions, dict[str, bool | None]()
    due = gate.once_due(table, asking.today, therapist)
    for number, name in enumerate(due, 1):
        given[name] = ask(f"once_{name}", pages.once_view(name, number, len(due)))
        if given[name] is None or (given[name] and name in _NO_SESSION and not therapist):
            break
    changed = gate.with_once(table, given, asking.today)
    if therapist and given.get("injury"):
        cleared = ask("", pages.therapist_view(CLEARED))
        changed = changed.model_copy(update={"cleared": asking.today if cleared else None})
    if therapist and given.get("fragile"):
        changed = changed.model_copy(update={"far_movements": bool(ask("", pages.therapist_view(FAR_MOVEMENTS)))})
    if changed == table:
        return asking.settings
    settings = asking.settings.model_copy(update={"questions": changed})
    try:
        save_patient_settings(asking.folder, settings)
    except UserError as error:
        devices.not_kept(error)
    return settings
