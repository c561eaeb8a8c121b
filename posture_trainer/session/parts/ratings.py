"""How the patient feels before and after a session: pain, dizziness and control, 0 to 100, each skipped by waiting."""

from collections.abc import Callable

from posture_trainer.pages.entries import NumberEntry
from posture_trainer.pages.keys import Key
from posture_trainer.pages.ratings import MOST, Ratings, rating_view
from posture_trainer.pages.views import QuestionView
from posture_trainer.session.devices import Devices
from posture_trainer.session.parts.question import ask
from posture_trainer.words.ratings import RATINGS

_STEP = 5


def ratings_part(devices: Devices, title: str, change_injection: Callable[[], bool] | None = None) -> Ratings | None:
    """The three ratings, None for one that was waited out; None altogether when the patient stops here.

    change_injection: what the key I does, where there is one; it gives False when the patient stops there.
    """
    ratings: Ratings = {}
    for name in RATINGS:

        def view(entry: NumberEntry, left_share: float, name: str = name) -> QuestionView:
            return rating_view(title, name, entry, left_share, change_injection is not None)

        entry, left_by = ask(devices, name, NumberEntry(MOST, _STEP), view)
        while left_by is Key.INJECTION:
            if change_injection is not None and not change_injection():
                return None
            entry, left_by = ask(devices, name, entry, view)
        if left_by is Key.STOP:
            return None
        ratings[name] = entry.value
    return ratings
