"""The calibration dialogue as a state machine: which page is open, what a key does on it, what it asks for. Pure.

    aim -- Space --> (a recording) --> result -- Tab --> target, tolerances, plan, note, contact -- Tab, Enter --> ready
                          |              |                                                                          |
                       refused         Enter --> (stored) <------------------------------------------------------- Enter

Space on refused, result and ready records anew and keeps what was set; when that is refused, Enter keeps the recording
before it. Tab on ready begins with the target again.
Esc leaves everywhere, with nothing changed.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from posture_trainer.pages.calibration.choices import Choice, Draft, plan_choices, target_choices, tolerance_choices
from posture_trainer.pages.keys import Key
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.neutral.baseline import Baseline
from posture_trainer.pose.neutral.recording import Refusal


class Page(StrEnum):
    """What is on the screen. ready: what is going to be stored. turns: the movements were refused."""

    AIM = "aim"
    REFUSED = "refused"
    RESULT = "result"
    TARGET = "target"
    TOLERANCES = "tolerances"
    PLAN = "plan"
    NOTE = "note"
    CONTACT = "contact"
    READY = "ready"
    TURNS = "turns"


class Ask(StrEnum):
    """What the dialogue wants done: record neutral, the movements of the neck, store all, or leave."""

    NOTHING = "nothing"
    RECORD = "record"
    TURNS = "turns"
    STORE = "store"
    LEAVE = "leave"


CHOICES: dict[Page, tuple[Choice, ...]] = {
    Page.TARGET: target_choices(),
    Page.TOLERANCES: tolerance_choices(),
    Page.PLAN: plan_choices(),
}
NO_FURTHER = "This is the furthest that is allowed."
TYPED = {Page.NOTE: "note", Page.CONTACT: "contact"}
"""Pages on which a text is typed, with its key in the patient's file."""
_AFTER = {
    Page.RESULT: Page.TARGET,
    Page.TARGET: Page.TOLERANCES,
    Page.TOLERANCES: Page.PLAN,
    Page.PLAN: Page.NOTE,
    Page.NOTE: Page.CONTACT,
    Page.CONTACT: Page.READY,
    Page.READY: Page.TARGET,
}


@dataclass(frozen=True)
class Dialogue:
    """Where the dialogue is.

    taken: the recording, once one was good. from_last: its angles from the last neutral, None if there is none.
    row: the chosen one of the page. message: why something was not done, in words. with_turns: whether the movements
    of the neck are to be made before all is stored.
    """

    draft: Draft
    with_turns: bool = False
    page: Page = Page.AIM
    row: int = 0
    taken: Baseline | None = None
    from_last: HeadAngles | None = None
    message: str = ""

    @property
    def turns_due(self) -> bool:
        """Whether the movements of the neck are still to be made."""
        return self.with_turns and (self.taken is None or self.taken.neck_axes is None)


def recorded(dialogue: Dialogue, found: Baseline | Refusal, from_last: HeadAngles | None) -> Dialogue:
    """After a recording: its result, or why it was refused; a good one from before is not thrown away."""
    if isinstance(found, Refusal):
        return replace(dialogue, page=Page.REFUSED, message=found.reason)
    draft = dialogue.draft if found.target is None else replace(dialogue.draft, target=found.target)
    return replace(dialogue, page=Page.RESULT, taken=found, from_last=from_last, message="", draft=draft)


def turned(dialogue: Dialogue, found: Baseline | Refusal) -> Dialogue:
    """After the movements of the neck: the recording with its axes, or why there are none."""
    if isinstance(found, Refusal):
        return replace(dialogue, page=Page.TURNS, message=found.reason)
    return replace(dialogue, page=Page.READY, taken=found, message="")


def told(dialogue: Dialogue, page: Page, message: str) -> Dialogue:
    """On that page, with why something could not be done."""
    return replace(dialogue, page=page, row=0, message=message)


def press(dialogue: Dialogue, key: Key) -> tuple[Dialogue, Ask]:
    """What a key does."""
    if key is Key.STOP:
        return dialogue, Ask.LEAVE
    if dialogue.page is Page.REFUSED and key is Key.CONFIRM and dialogue.taken is not None:
        return replace(dialogue, page=Page.RESULT, message=""), Ask.NOTHING
    if dialogue.page in (Page.AIM, Page.REFUSED):
        return dialogue, Ask.RECORD if key is Key.PAUSE else Ask.NOTHING
    if dialogue.page is Page.TURNS:
        if key is Key.CONFIRM:
            return replace(dialogue, with_turns=False), Ask.STORE
        return dialogue, Ask.TURNS if key is Key.PAUSE else Ask.NOTHING
    if key is Key.PAGE:
        return replace(dialogue, page=_AFTER[dialogue.page], row=0, message=""), Ask.NOTHING
    if dialogue.page in (Page.RESULT, Page.READY):
        if key is Key.CONFIRM:
            return dialogue, Ask.TURNS if dialogue.turns_due else Ask.STORE
        return dialogue, Ask.RECORD if key is Key.PAUSE else Ask.NOTHING
    if key is Key.CONFIRM:
        return replace(dialogue, page=Page.READY, row=0, message=""), Ask.NOTHING
    return _set(dialogue, key), Ask.NOTHING


def typed(dialogue: Dialogue, text: str) -> Dialogue:
    """What typing does, where a text is typed."""
    if dialogue.page not in TYPED or not text:
        return dialogue
    return replace(dialogue, draft=dialogue.draft.typed(text, TYPED[dialogue.page]))


def _set(dialogue: Dialogue, key: Key) -> Dialogue:
    if dialogue.page in TYPED:
        draft = dialogue.draft.deleted(TYPED[dialogue.page]) if key is Key.ERASE else dialogue.draft
        return replace(dialogue, draft=draft)
    choices = CHOICES[dialogue.page]
    if key in (Key.NEXT, Key.PREVIOUS):
        return replace(dialogue, row=(dialogue.row + (1 if key is Key.NEXT else -1)) % len(choices))
    if key in (Key.MORE, Key.LESS):
        draft = choices[dialogue.row].changed(dialogue.draft, 1 if key is Key.MORE else -1)
        return replace(dialogue, draft=draft, message=NO_FURTHER if draft == dialogue.draft else "")
    return dialogue
