"""What can be done on a page: the keys that ask for it, what is printed on them, what they do in a word. Pure.

A view carries its actions. The key bar draws them, a point on one of them means its key, and a key that no action of
the shown view names does nothing there.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from posture_trainer.pages.keys import STEPS, Key
from posture_trainer.words.care import NONE_OF_THESE, ONE_OF_THESE
from posture_trainer.words.straightness import AGAIN, YES, YES_STEP

CAPS: dict[Key, str] = {
    Key.PAUSE: "Space",
    Key.CALIBRATE: "C",
    Key.MUTE: "M",
    Key.LOUDER: "+",
    Key.QUIETER: "−",
    Key.VOICE: "V",
    Key.TEXT_SIZE: "T",
    Key.FULL_SCREEN: "F",
    Key.FIGURES: "D",
    Key.HIDE_FACE: "H",
    Key.STOP: "Esc",
    Key.CONFIRM: "Enter",
    Key.PAGE: "Tab",
    Key.ERASE: "Backspace",
    Key.INJECTION: "I",
    Key.YES: "Y",
    Key.NO: "N",
    Key.UNSURE: "S",
    Key.UNWELL: "U",
    Key.HELP: "F1",
    **{key: f"{step} of 100" for key, step in STEPS.items()},
    **{Key(str(digit)): str(digit) for digit in range(10)},
}
"""What is printed on a key."""


@dataclass(frozen=True)
class Action:
    """Something that can be done on a page.

    keys: any of them does it, or its part of it (louder, quieter). word: what it does. undo: the word instead while
    what it turns off is off ('' where it turns nothing off). together: what stands for all keys at once, where they
    are not named one by one. sets: whether it is for the whole program and not for the page: it sets the window or the
    sound, or says that the patient is unwell, and is done wherever it is offered. shown: whether it stands in the key
    bar; what does not is told by the page itself, or where it is `listed` by its help. band: one of the few large
    buttons of whoever practises.
    """

    keys: tuple[Key, ...]
    word: str
    undo: str = ""
    together: str = ""
    sets: bool = False
    shown: bool = True
    listed: bool = False
    band: bool = False

    @property
    def cap(self) -> str:
        """What is printed on its keys."""
        return self.together or " ".join(CAPS[key] for key in self.keys)


Actions = tuple[Action, ...]

STOP = Action((Key.STOP,), "stop")
UNWELL = Action((Key.UNWELL,), "I feel unwell", sets=True)
TEXT_SIZE = Action((Key.TEXT_SIZE,), "text size", sets=True)
FULL_SCREEN = Action((Key.FULL_SCREEN,), "full screen", sets=True)
HELP = Action((Key.HELP,), "help", sets=True)
MUTE = Action((Key.MUTE,), "mute", undo="sound on", sets=True)
VOICE = Action((Key.VOICE,), "voice off", undo="voice on", sets=True)
VOLUME = Action((Key.LOUDER, Key.QUIETER), "volume", sets=True)
FIGURES = Action((Key.FIGURES,), "figures", sets=True)
HIDE = Action((Key.HIDE_FACE,), "hide face", undo="show face", sets=True)
PAUSE = Action((Key.PAUSE,), "pause")
GO_ON = Action((Key.PAUSE,), "go on")
CALIBRATE = Action((Key.CALIBRATE,), "set straight again")
TYPE = Action(tuple(Key(str(digit)) for digit in range(10)), "type", together="0–9")
CHANGE = Action((Key.MORE, Key.LESS, Key.BIT_MORE, Key.BIT_LESS), "change", together="Arrows")
UNDO = Action((Key.ERASE,), "undo")
ANSWERED = Action((Key.CONFIRM,), "go on")
INJECTION = Action((Key.INJECTION,), "injection date")
SKIP_REST = Action((Key.CONFIRM,), "go on at once", band=True)
HEARD = Action((Key.CONFIRM,), "I hear it")


def named_keys(actions: Iterable[Action]) -> frozenset[Key]:
    """Every key that does something where these are the actions."""
    return frozenset(key for action in actions for key in action.keys)


def unshown(*actions: Action) -> Actions:
    """The same actions without a place in the key bar."""
    return tuple(replace(action, shown=False) for action in actions)


def any_other_key(word: str, actions: Actions) -> Action:
    """What every key does that these actions do not name; the page itself has to say so."""
    others = tuple(key for key in Key if key not in named_keys(actions))
    return Action(others, word, together="any key", shown=False)


_SIZES: Actions = (TEXT_SIZE, FULL_SCREEN)
WINDOW: Actions = (*_SIZES, HELP, UNWELL)
"""What is offered on every page; but for those that UNWELL leads to."""
BASELINE: Actions = (HIDE, *WINDOW, STOP, *unshown(MUTE, VOICE, VOLUME))
SAFETY: Actions = (*_SIZES, UNWELL, STOP, *unshown(HELP, HIDE, MUTE, VOICE, VOLUME), any_other_key("begin", BASELINE))
FACES: Actions = (Action((Key.DIGIT_1,), "the left one"), Action((Key.DIGIT_2,), "the right one"))
"""Whose neutral it is, of two in the mirror."""
STRAIGHT_ANSWERS: Actions = unshown(
    Action((Key.DIGIT_1,), AGAIN), Action((Key.DIGIT_2,), YES), Action((Key.DIGIT_3,), YES_STEP)
)
"""What can be answered to "is this straight?", told large on the page itself; no key that is pressed by habit."""
STRAIGHT: Actions = (*STRAIGHT_ANSWERS, *WINDOW, STOP, *unshown(MUTE, VOICE, VOLUME))
YES_OR_NO: Actions = (Action((Key.YES,), "Yes"), Action((Key.NO,), "No"))
NEARER: Actions = (Action((Key.YES,), "nearer step", band=True), Action((Key.NO,), "as it is", band=True))
SIGNS: Actions = (Action((Key.NO,), NONE_OF_THESE), Action((Key.YES,), ONE_OF_THESE))
SUDDEN: Actions = (*YES_OR_NO, Action((Key.UNSURE,), "Not sure"))
STEP_ACTIONS: Actions = unshown(*(Action((key,), f"{step}") for key, step in STEPS.items()))
HELPED: Actions = (
    Action((Key.STOP,), "go on"),
    *unshown(Action((Key.HELP,), "go on"), Action((Key.CONFIRM,), "go on")),
    *_SIZES,
    UNWELL,
)
CARE: Actions = (*_SIZES, Action((Key.STOP,), "close"))
"""A text that nobody shall close by accident."""
SUMMARY: Actions = (*_SIZES, UNWELL, STOP, *unshown(HELP), any_other_key("close", (*WINDOW, STOP)))


def placement_actions(choosing: bool) -> Actions:
    """Before a neutral. choosing: whether one of two faces is to be chosen, by where it is in the mirror."""
    return (*(FACES if choosing else ()), *BASELINE)


def _mirror_actions(paused: bool, voice: Actions) -> Actions:
    """Four large buttons for whoever practises; in a pause all else that can be chosen, and on the page itself a large
    one that goes on. The keys work all the time."""
    if paused:
        return (*unshown(GO_ON), CALIBRATE, MUTE, *voice, VOLUME, HIDE, *WINDOW, FIGURES, STOP)
    band = tuple(replace(action, band=True) for action in (PAUSE, MUTE, HELP, STOP))
    others = (CALIBRATE, *voice, VOLUME, HIDE, *_SIZES, FIGURES)
    return (*band, UNWELL, *(replace(action, shown=False, listed=True) for action in others))


def practice_actions(paused: bool, spoken: bool) -> Actions:
    """On the mirror. spoken: whether there is a voice to turn off."""
    return _mirror_actions(paused, (VOICE,) if spoken else ())


def exercise_actions(paused: bool, choices: tuple[str, ...]) -> Actions:
    """In an exercise. choices: the answers of a question, told large on the page itself; it may be waited out."""
    answers = tuple(Action((Key(str(number)),), word) for number, word in enumerate(choices, 1))
    quiet = unshown(*answers, ANSWERED) if choices else ()
    return (*_mirror_actions(paused, (VOICE,)), *quiet)


def hearing_actions() -> Actions:
    """Where the patient is to say that the tone is heard: by any key but those that set the sound and the window."""
    named = (HEARD, MUTE, VOICE, VOLUME, *WINDOW, STOP)
    return (*named, any_other_key(HEARD.word, named))


def question_actions(change_injection: bool = False, steps: bool = False) -> Actions:
    """At a question. change_injection: whether the date of the last injection can be asked for from here. steps:
    whether the answer can be pointed at."""
    injection = (INJECTION,) if change_injection else ()
    scale = STEP_ACTIONS if steps else ()
    return (TYPE, CHANGE, UNDO, ANSWERED, *injection, VOICE, *WINDOW, STOP, *unshown(MUTE, VOLUME), *scale)


def choice_actions(choices: Actions, unwell: bool) -> Actions:
    """Where one of these is chosen. unwell: whether to feel unwell can still be said, and has not been already."""
    return (*unshown(*choices), VOICE, *(WINDOW if unwell else _SIZES), STOP, *unshown(MUTE, VOLUME))
