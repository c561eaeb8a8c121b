"""When the buttons of the mirror go out of sight, so that it shows the face and the way back alone. Pure."""

from posture_trainer.feedback import PostureState
from posture_trainer.pages.views import AnyView, GuidedView, PracticeView

RESTS_AFTER_S = 4.0
_WAITING = ("paused", "no_face", "hear", "supported_rest")


def buttons_rest(view: AnyView, still_s: float) -> bool:
    """Whether the buttons are out of sight: on the mirror, once for 4 s nobody has moved the mouse or pressed a key.

    still_s: seconds since then, or since the mirror was first shown. They stay where something waits for an answer or
    is in the way: in a pause, without a face, at a question, where a nearer aim or to stop is offered.
    """
    if still_s < RESTS_AFTER_S:
        return False
    match view:
        case PracticeView():
            return not view.message and view.feedback.state is not PostureState.PAUSED
        case GuidedView():
            exercise = view.exercise
            asked = view.offer or bool(view.message or exercise.message or exercise.choices)
            return exercise.mirror and exercise.kind not in _WAITING and not asked
    return False
