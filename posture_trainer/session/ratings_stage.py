"""How the patient feels before and after a session: pain, dizziness and control, 0 to 100, each skipped by waiting."""

from collections.abc import Callable

from posture_trainer.screen.controls import Key
from posture_trainer.screen.mirror_view import QuestionView
from posture_trainer.session.entries import NumberEntry
from posture_trainer.session.question_stage import ask
from posture_trainer.session.stage import Stage
from posture_trainer.words.phrases import PHRASES
from posture_trainer.words.ratings import RATINGS

Ratings = dict[str, int | None]

_MOST, _STEP = 100, 5
_HINT = "Type 0 to 100, or use the arrow keys. Or just wait."


def rating_view(
    title: str, name: str, entry: NumberEntry, left_share: float, change_injection: bool = False
) -> QuestionView:
    """The screen of one rating. left_share: of its time. change_injection: whether the key I does something here."""
    marked = None if entry.value is None else entry.value / _MOST
    keys = (("I", "injection date"),) if change_injection else ()
    return QuestionView(title, PHRASES[name], entry.words, "", _HINT, left_share, RATINGS[name], marked, keys)


def ratings_stage(stage: Stage, title: str, change_injection: Callable[[], bool] | None = None) -> Ratings | None:
    """The three ratings, None for one that was waited out; None altogether when the patient stops here.

    change_injection: what the key I does, where there is one; it gives False when the patient stops there.
    """
    ratings: Ratings = {}
    for name in RATINGS:

        def view(entry: NumberEntry, left_share: float, name: str = name) -> QuestionView:
            return rating_view(title, name, entry, left_share, change_injection is not None)

        entry, left_by = ask(stage, name, NumberEntry(_MOST, _STEP), view)
        while left_by is Key.INJECTION:
            if change_injection is not None and not change_injection():
                return None
            entry, left_by = ask(stage, name, entry, view)
        if left_by is Key.STOP:
            return None
        ratings[name] = entry.value
    return ratings


def too_dizzy(ratings: Ratings, limit: int) -> bool:
    """Whether there should be no session today."""
    dizziness = ratings.get("dizziness")
    return dizziness is not None and dizziness > limit
