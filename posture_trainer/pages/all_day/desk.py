"""What the small window at the desk holds. Pure."""

from dataclasses import dataclass
from typing import Literal

from posture_trainer.feedback import Cue
from posture_trainer.pages.front.page import BACK, UNWELL, Button, DeskSign, PageView
from posture_trainer.words.all_day import desk as words

PAUSE, TOMORROW, GO_ON, HERE_TOO, BEGIN, LATER = "pause", "tomorrow", "go on", "here too", "begin", "later"
TITLE = "At the desk"
_WAYS: dict[Cue, Literal["left", "right", "up", "down"]] = {  # as in a mirror: the patient's own sides
    Cue.TURN_LEFT: "left",
    Cue.TURN_RIGHT: "right",
    Cue.TILT_LEFT: "left",
    Cue.TILT_RIGHT: "right",
    Cue.CHIN_UP: "up",
    Cue.CHIN_DOWN: "down",
}
_HOME = Button(BACK, "Home", sign="back", cap="Esc")
_UNWELL = Button(UNWELL, "Unwell", cap="U")


@dataclass(frozen=True)
class DeskNow:
    """As it is. look: of the sign. says: in place of its word, '' for none: of the camera, of a place that is taken.
    reminder: the way that is told just now. break_: the break that is offered: its name, what to do. break_left_s: of
    the break that is done, None while none is. until: when the pause ends, '' for tomorrow; None: no pause."""

    look: Literal["in place", "drifting", "away", "paused"]
    says: str = ""
    reminder: Cue | None = None
    break_: tuple[str, str] | None = None
    break_left_s: int | None = None
    until: str | None = None


def desk_view(now: DeskNow) -> PageView:
    """The small window."""
    if now.until is not None:
        ends = f"Until {now.until}. " if now.until else "Until tomorrow. "
        sign = DeskSign("paused", words.SIGN_WORDS["paused"], ends + words.CAMERA_OFF)
        more = (Button(TOMORROW, "Tomorrow"),) if now.until else ()
        return _view(sign, more, Button(GO_ON, "Go on", cap="Enter"))
    if now.break_left_s is not None and now.break_ is not None:
        return _view(DeskSign("in place", now.break_[1], f"{now.break_left_s} s"), (Button(LATER, "Stop"),), None)
    if now.break_ is not None:
        sign = DeskSign("in place", "Time for a break?", now.break_[0])
        return _view(sign, (Button(LATER, "Later"),), Button(BEGIN, "Begin", cap="Enter"))
    pause = Button(PAUSE, "Pause", cap="P")
    if now.reminder is not None:
        sign = DeskSign("drifting", words.reminder_words(now.reminder), "", _WAYS[now.reminder])
        return _view(sign, (pause,), None)
    said = now.says or words.SIGN_WORDS[now.look]
    return _view(DeskSign(now.look, said, words.CAMERA_ON), (pause, Button(HERE_TOO, "Here too", cap="W")), None)


def _view(sign: DeskSign, nexts: tuple[Button, ...], main: Button | None) -> PageView:
    return PageView(
        TITLE, (sign,), back=_HOME, help=None, unwell=_UNWELL, nexts=nexts, main=main, focus=_focus(nexts, main)
    )


def _focus(nexts: tuple[Button, ...], main: Button | None) -> str:
    return main.name if main is not None else nexts[0].name
