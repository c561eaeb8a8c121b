"""Which of the two ways of tracking is taken: MediaPipe's networks by LiteRT, or its own graph."""

from enum import StrEnum

from posture_trainer.errors import UserError
from posture_trainer.tracking.faces import FaceTracker

_NOT_THERE = "LiteRT can't be loaded here. Install it: pip install ai-edge-litert"


class Way(StrEnum):
    """The ways of tracking, by their names in the log."""

    MEDIAPIPE = "mediapipe"
    LITERT = "litert"


SELDOM_S = 2.0  # at a desk, where a few pictures a second are looked at, for hours


def open_tracker(way: Way | None = None, seldom: bool = False) -> FaceTracker:
    """A tracker; None: the usual one, LiteRT, or MediaPipe's graph where LiteRT can't be loaded. seldom: LiteRT looks
    for a second face, and at the mirrored crop, only every few seconds: for a few pictures a second.

    Raises UserError when the model is missing or cannot be loaded, or when LiteRT was asked for and is not there.
    """
    if way is not Way.MEDIAPIPE:
        try:
            from posture_trainer.tracking.litert_tracker import LiteRtTracker

            return LiteRtTracker(SELDOM_S, SELDOM_S) if seldom else LiteRtTracker()
        except ImportError as error:
            if way is Way.LITERT:
                raise UserError(_NOT_THERE) from error
    from posture_trainer.tracking.mediapipe_tracker import MediaPipeTracker

    return MediaPipeTracker()


def gains_by_a_second(tracker: FaceTracker) -> bool:
    """Whether a second tracker of its kind would make a recorded video go faster, with the same angles."""
    return tracker.name == Way.MEDIAPIPE
