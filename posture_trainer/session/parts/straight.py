"""The question after a recording that does not look straight: can the head be held straighter today?"""

from collections.abc import Callable
from enum import StrEnum

from posture_trainer.pages.keys import Key
from posture_trainer.pages.views import StraightView
from posture_trainer.pose.neutral.attitude import Attitude, AttitudeLimits
from posture_trainer.session.devices import Devices
from posture_trainer.session.parts.question import WAIT_S, Patience
from posture_trainer.tracking.seen import TrackedFrame
from posture_trainer.words.straightness import QUESTION, WAITING, looks_words


class Answer(StrEnum):
    """What was said. STEP: yes, and practice guides a step towards straight. NONE: nobody answered."""

    AGAIN = "again"
    YES = "yes"
    STEP = "step"
    NONE = "none"
    STOP = "stop"


_ANSWERS = {
    Key.DIGIT_1: Answer.AGAIN,
    Key.DIGIT_2: Answer.YES,
    Key.DIGIT_3: Answer.STEP,
    Key.STOP: Answer.STOP,
}


def straight_part(
    devices: Devices, attitude: Attitude, on_frame: Callable[[TrackedFrame], None] | None = None
) -> Answer:
    """Ask it until a key answers, or until it has been waited out. on_frame sees every frame that passes meanwhile."""
    patience = Patience(devices, WAIT_S)
    looks = looks_words(attitude, AttitudeLimits())
    while (left := patience.left()) > 0 and not devices.time_is_up():
        for key in devices.show(StraightView(looks, QUESTION, attitude, WAITING, left)):
            if key in _ANSWERS:
                return _ANSWERS[key]
        tracked = devices.next_frame()
        if tracked is not None and on_frame is not None:
            on_frame(tracked)
    return Answer.NONE
