"""What finds the body that a face belongs to: the contract, the model, and which of the two ways is there."""

import hashlib
from typing import Protocol

from posture_trainer import shipped_files
from posture_trainer.errors import UserError
from posture_trainer.pose.face import Face
from posture_trainer.pose.trunk.body import Body
from posture_trainer.sources.frames import Frame


class BodyTracker(Protocol):
    """Anything that finds the body below a face."""

    def track(self, frame: Frame, face: Face | None) -> Body | None:
        """The body in the frame. face: the patient's in it; None: where it was last. None where no body is seen."""
        ...

    def close(self) -> None:
        """Give back what the tracker holds."""
        ...


def open_body_tracker() -> BodyTracker | None:
    """MediaPipe's pose network by LiteRT, else by MediaPipe's own graph; None where its model can't be used: the
    mirror does without."""
    try:
        bundle = body_model()
    except UserError:
        return None
    try:
        from posture_trainer.tracking.litert_body import LiteRtBody

        return LiteRtBody(bundle)
    except (ImportError, RuntimeError, ValueError, KeyError):
        pass
    try:
        from posture_trainer.tracking.mediapipe_body import MediaPipeBody

        return MediaPipeBody(bundle)
    except (ImportError, RuntimeError, ValueError, OSError):
        return None


def body_model() -> bytes:
    """MediaPipe's Pose Landmarker (lite), as it was published. Raises UserError when it is missing or not that one."""
    path = shipped_files.pose_landmarker()
    try:
        model = path.read_bytes()
    except OSError as error:
        words = (
            f"The model of the shoulders can't be read: {path} ({error.strerror}). Please install the program again."
        )
        raise UserError(words) from error
    if hashlib.sha256(model).hexdigest() != shipped_files.POSE_LANDMARKER_SHA256:
        raise UserError(f"The body model is damaged: {path}. Please install the program again.")
    return model
