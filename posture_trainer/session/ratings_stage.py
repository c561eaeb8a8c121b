"""How the patient feels before and after a session: pain, dizziness and control, 0 to 100, each skipped by waiting."""

import math

from posture_trainer.exercises.exercise_view import ExerciseView
from posture_trainer.exercises.session_records import SILENT
from posture_trainer.screen.controls import Key
from posture_trainer.screen.mirror_view import GuidedView
from posture_trainer.session.stage import Stage

QUESTIONS = {
    "pain": ("How much pain is there now?", "0 is none, 100 the worst you can think of."),
    "dizziness": ("How dizzy are you now?", "0 is not at all, 100 very much."),
    "control": ("How well can you steer your head now?", "0 is not at all, 100 as you please."),
}
Ratings = dict[str, int | None]

_WAIT_S, _SETTLED_S = 8.0, 4.0  # without any answer; after the last change of one
_STEP, _FIRST, _MOST = 5, 0, 100


def ratings_stage(stage: Stage, title: str) -> Ratings | None:
    """The three ratings, None for one that was waited out; None altogether when the patient stops here."""
    ratings: Ratings = {}
    for name, (words, scale) in QUESTIONS.items():
        answered = _ask(stage, title, words, scale)
        if answered is Key.STOP:
            return None
        ratings[name] = answered if isinstance(answered, int) else None
    return ratings


def too_dizzy(ratings: Ratings, limit: int) -> bool:
    """Whether there should be no session today."""
    dizziness = ratings.get("dizziness")
    return dizziness is not None and dizziness > limit


def _ask(stage: Stage, title: str, words: str, scale: str) -> int | Key | None:
    value: int | None = None
    until_s = stage.clock() + _WAIT_S
    while True:
        left_s = until_s - stage.clock()
        if left_s <= 0:
            return value
        asked = ExerciseView("ask", title, words, scale, mirror=False, countdown_s=math.ceil(left_s))
        view = GuidedView(None, None, SILENT, asked, answer="" if value is None else str(value))
        for key in stage.show(view):
            if key is Key.STOP:
                return Key.STOP
            if key is Key.CONFIRM:
                return value
            if key in (Key.MORE, Key.LESS):
                change = _STEP if key is Key.MORE else -_STEP
                value = _FIRST if value is None else min(_MOST, max(0, value + change))
                until_s = stage.clock() + _SETTLED_S
        stage.next_frame()
