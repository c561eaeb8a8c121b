"""Which of the two ways of tracking is taken: MediaPipe's networks by LiteRT, or MediaPipe's own graph."""

from enum import StrEnum

from posture_trainer.errors import UserError
from posture_trainer.tracking.faces import FaceTracker


class Way(StrEnum):
    """The ways of tracking, by their names in the log."""

    LITERT = "litert"
    MEDIAPIPE = "mediapipe"


def open_tracker(way: Way | None = None) -> FaceTracker:
    """A tracker; None: by LiteRT, or by MediaPipe's graph on a computer that LiteRT has no files for.

    Raises UserError when the model is missing or cannot be loaded, or when the way that was asked for is not there.
    """
    if way is not Way.MEDIAPIPE:
        try:
            from posture_trainer.tracking.litert_tracker import LiteRtTracker

            return LiteRtTracker()
        except ImportError as error:
            if way is Way.LITERT:
                raise UserError(f"LiteRT can't be loaded here ({error}). Please leave out --tracker litert.") from error
    from posture_trainer.tracking.mediapipe_tracker import MediaPipeTracker

    return MediaPipeTracker()


def gains_by_a_second(tracker: FaceTracker) -> bool:
    """Whether a second tracker of its kind would make a recorded video go faster, with the same angles."""
    return tracker.name == Way.MEDIAPIPE
