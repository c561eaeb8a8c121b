"""The questions about pain, dizziness and control, and their answers. Pure."""

from posture_trainer.pages.actions import question_actions
from posture_trainer.pages.entries import NumberEntry
from posture_trainer.pages.views import QuestionView
from posture_trainer.words.phrases import PHRASES
from posture_trainer.words.ratings import RATINGS

Ratings = dict[str, int | None]
MOST = 100
_HINT = "Click a number, or type 0 to 100, or use the arrow keys. Or just wait."


def rating_view(
    title: str, name: str, entry: NumberEntry, left_share: float, change_injection: bool = False
) -> QuestionView:
    """The screen of one rating. left_share: of its time. change_injection: whether the key I does something here."""
    marked = None if entry.value is None else entry.value / MOST
    actions = question_actions(change_injection, steps=True)
    return QuestionView(title, PHRASES[name], entry.words, "", _HINT, left_share, RATINGS[name], marked, actions)
