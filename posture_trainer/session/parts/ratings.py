"""How the patient feels before and after a session, 0 to 100: pain, dizziness, control; each skipped by waiting."""

from collections.abc import Callable, Sequence

from posture_trainer.pages.entries import NumberEntry
from posture_trainer.pages.keys import Key
from posture_trainer.pages.ratings import MOST, Ratings, rating_view
from posture_trainer.pages.views import QuestionView
from posture_trainer.session.devices import Devices
from posture_trainer.session.parts.question import NOBODY_S, WAIT_S, ask
from posture_trainer.words.ratings import RATINGS

_STEP = 5


def ratings_part(
    devices: Devices,
    title: str,
    names: Sequence[str] = tuple(RATINGS),
    wait_s: float = WAIT_S,
    change_injection: Callable[[], bool] | None = None,
) -> Ratings | None:
    """The ratings of these names, None for one that was waited out; None altogether when the patient stops here.

    wait_s: for each, and no longer than NOBODY_S once one was waited out. change_injection: what the key
    I does, where there is one; it gives False when the patient stops there.
    """
    ratings: Ratings = {}
    for name in names:

        def view(entry: NumberEntry, left_share: float, name: str = name) -> QuestionView:
            return rating_view(title, name, entry, left_share, change_injection is not None)

        entry, left_by = ask(devices, name, NumberEntry(MOST, _STEP), view, wait_s=wait_s)
        while left_by is Key.INJECTION:
            if change_injection is not None and not change_injection():
                return None
            entry, left_by = ask(devices, name, entry, view, wait_s=wait_s)
        if left_by is Key.STOP:
            return None
        ratings[name] = entry.value
        wait_s = NOBODY_S if entry.value is None else WAIT_S
    return ratings
