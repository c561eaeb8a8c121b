"""What each page of the calibration dialogue says. Pure."""

from dataclasses import dataclass

from posture_trainer.pages.actions import FULL_SCREEN, HIDE, UNWELL, WINDOW, Action, Actions, unshown
from posture_trainer.pages.calibration.choices import plan_name, pull_words
from posture_trainer.pages.calibration.dialogue import CHOICES, TYPED, Dialogue, Page
from posture_trainer.pages.keys import Key
from posture_trainer.pages.views import FormRow, FormView, Picture
from posture_trainer.pose.angles import AXES, HeadAngles
from posture_trainer.pose.neutral.attitude import Attitude, AttitudeLimits, stored_attitude
from posture_trainer.pose.neutral.baseline import NeutralGuide
from posture_trainer.pose.neutral.repeatability import placement_limit_deg
from posture_trainer.pose.target import NEUTRAL, Target
from posture_trainer.words.directions import angle_words, placement_words, target_words
from posture_trainer.words.straightness import straightness_words

_LEAVE = Action((Key.STOP,), "leave, nothing changes")
_CHANGE = Action((Key.PREVIOUS, Key.NEXT, Key.MORE, Key.LESS), "choose, change", together="Arrows")
_ON: Actions = (Action((Key.PAGE,), "next page"), Action((Key.CONFIRM,), "done"))
_RECORD = Action((Key.PAUSE,), "record neutral")
_AGAIN = Action((Key.PAUSE,), "again")
_KEEP = Action((Key.CONFIRM,), "keep the one before")
_TURNS: Actions = (Action((Key.PAUSE,), "move again"), Action((Key.CONFIRM,), "save without"))
_DELETE = Action((Key.ERASE,), "delete")
_OWN_AXES = {"rotation": "turn", "tilt": "tilt", "flexion": "nod"}
_HEADINGS = {
    Page.TARGET: ("Target", "Where practice guides the head to. 0° is neutral; a step on the way to it can be set."),
    Page.TOLERANCES: ("How far from the target is fine", ""),
    Page.PLAN: ("Side of pull, and plan", "As the patient sees it."),
    Page.NOTE: ("Note", "Just type. No names, please."),
    Page.CONTACT: ("The clinic's telephone number", "Whom the patient calls when not well. Just type."),
}


@dataclass(frozen=True, eq=False)
class Seen:
    """What the camera sees now. angles: from the neutral that the page is about, None while there are none to trust.
    attitude: how straight the head is by itself, likewise.

    trouble: why, in words, or ''. guide: the outline of that neutral or target.
    """

    picture_bgr: Picture | None = None
    angles: HeadAngles | None = None
    guide: NeutralGuide | None = None
    trouble: str = ""
    attitude: Attitude | None = None


@dataclass(frozen=True)
class Occasion:
    """Whose neutral it is, when the last one was taken (a date, or '' for none) and which target it had, the largest
    spread that is good, and how restless the last one was (None where it does not say so)."""

    patient: str
    last: str
    last_target: Target
    longest_spread_deg: float
    last_slow_deg: float | None = None


def view(dialogue: Dialogue, occasion: Occasion, seen: Seen) -> FormView:
    """The page as it is to be drawn."""
    match dialogue.page:
        case Page.AIM:
            since = f"Now, from the neutral of {occasion.last}" if occasion.last else "Now, as the camera sees it"
            heading, detail, rows = f"Neutral position of {occasion.patient}", since, _figures(seen)
            actions: Actions = (_RECORD, HIDE, *WINDOW, _LEAVE)
        case Page.REFUSED:
            heading, detail, rows = "Not taken", "", _figures(seen)
            kept = (_KEEP,) if dialogue.taken is not None else ()
            actions = (_AGAIN, *kept, HIDE, *WINDOW, _LEAVE)
        case Page.TURNS:
            heading, detail, rows = 'The "no" and the "yes" were not clear', "", ()
            actions = (*_TURNS, HIDE, *WINDOW, _LEAVE)
        case Page.RESULT:
            heading, detail, rows = _result(dialogue, occasion)
            actions = _accept(dialogue, "target, tolerance, plan, note, clinic")
        case Page.READY:
            heading, detail, rows = "To be saved", "", () if dialogue.message else _ready(dialogue)
            actions = _accept(dialogue, "change")
        case Page.NOTE | Page.CONTACT as page:
            heading, detail = _HEADINGS[page]
            rows, actions = (), (*_ON, _DELETE, _LEAVE, UNWELL, *unshown(FULL_SCREEN))
        case page:
            heading, detail = _HEADINGS[page]
            if page is Page.TARGET and occasion.last_target != NEUTRAL:
                detail = f"Where practice guides the head to. Last time: {target_words(occasion.last_target)}."
            rows, actions = _choices(dialogue, seen), (_CHANGE, *_ON, HIDE, *WINDOW, _LEAVE)
    return FormView(
        picture_bgr=seen.picture_bgr,
        guide=seen.guide,
        heading=heading,
        detail=detail,
        rows=rows,
        actions=actions,
        chosen=dialogue.row if dialogue.page in CHOICES else None,
        large=dialogue.page in (Page.AIM, Page.REFUSED),
        message=dialogue.message or seen.trouble,
        note=getattr(dialogue.draft.settings, TYPED[dialogue.page]) if dialogue.page in TYPED else None,
    )


def _accept(dialogue: Dialogue, further: str) -> Actions:
    """Where there is a recording to be saved. further: what the other pages are for."""
    enter = Action((Key.CONFIRM,), "go on" if dialogue.turns_due else "save")
    return (enter, _AGAIN, Action((Key.PAGE,), further), HIDE, *WINDOW, _LEAVE)


def _figures(seen: Seen) -> tuple[FormRow, ...]:
    rows = []
    for axis, own in _OWN_AXES.items():
        value = "–" if seen.angles is None else angle_words(axis, getattr(seen.angles, f"{axis}_deg"))
        straight = "" if seen.attitude is None else f"from straight about {angle_words(axis, seen.attitude.of(own))}"
        rows.append(FormRow(axis.capitalize(), value, straight))
    return tuple(rows)


def _result(dialogue: Dialogue, occasion: Occasion) -> tuple[str, str, tuple[FormRow, ...]]:
    taken, from_last = dialogue.taken, dialogue.from_last
    assert taken is not None, "there is a result only of a recording"
    still_deg = taken.spread_deg if taken.slow_deg is None else taken.slow_deg
    heading = f"{'Held' if taken.restless or taken.is_start_position else 'Good: held'} still within {still_deg:.1f}°"
    good = f"Up to {occasion.longest_spread_deg:.1f}° is good, without a tremor ({taken.spread_deg:.1f}° with it)."
    attitude = stored_attitude(taken)
    if attitude is not None:
        good += f" Straightness: {straightness_words(attitude, AttitudeLimits())}."
    if from_last is None:
        return heading, f"{good} There is no earlier neutral to compare with.", ()
    slow_deg = [spread for spread in (occasion.last_slow_deg, taken.slow_deg) if spread is not None]
    limits = {axis: placement_limit_deg(axis, *slow_deg) for axis in AXES}
    apart = {axis: getattr(from_last, f"{axis}_deg") for axis in AXES}
    rows = tuple(
        FormRow(axis.capitalize(), angle_words(axis, deg), placement_words(axis, deg, limits[axis]))
        for axis, deg in apart.items()
    )
    compared = f"Compared with {occasion.last}; a camera that was moved counts too."
    dropped = "" if occasion.last_target == NEUTRAL else " The target of last time is not taken over."
    return heading, f"{good} {compared}{dropped}", rows


def _ready(dialogue: Dialogue) -> tuple[FormRow, ...]:
    """What is going to be stored."""
    draft = dialogue.draft
    tolerances, note = (
        "changed" if getattr(draft.settings, name) != getattr(draft.known, name) else "as before"
        for name in ("tolerances", "note")
    )
    return (
        FormRow("Target", target_words(draft.target)),
        FormRow("Tolerance", tolerances),
        FormRow("Pull", pull_words(draft)),
        FormRow("Plan", plan_name(draft)),
        FormRow("Note", note),
        FormRow("Clinic", draft.settings.contact or "no number"),
    )


def _choices(dialogue: Dialogue, seen: Seen) -> tuple[FormRow, ...]:
    rows = [
        FormRow(choice.label, choice.value(dialogue.draft), choice.remark(dialogue.draft))
        for choice in CHOICES[dialogue.page]
    ]
    if dialogue.page is Page.TARGET and seen.angles is not None:
        now = [angle_words(axis, getattr(seen.angles, f"{axis}_deg")) for axis in AXES]
        rows = [FormRow(row.label, row.value, f"now {words}") for row, words in zip(rows, now, strict=True)]
    return tuple(rows)
