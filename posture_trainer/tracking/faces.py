"""What finds faces in one frame after the other: the contract that both ways of tracking keep."""

import hashlib
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from posture_trainer import shipped_files
from posture_trainer.errors import UserError
from posture_trainer.pose.face import Face
from posture_trainer.pose.skin_colours import colours_at
from posture_trainer.sources.frames import Frame

PRESENCE = 0.3  # MediaPipe's default of 0.5 loses faces turned far; at 0.3 no face appeared where there was none


class FaceTracker(Protocol):
    """Anything that finds faces in one frame after the other."""

    @property
    def name(self) -> str:
        """Which way of tracking it is, for the log."""
        ...

    def track(self, frame: Frame, fine: bool) -> tuple[Face, ...]:
        """The faces in the frame, none to two. fine: unsmoothed landmarks are wanted where they are possible."""
        ...

    def close(self) -> None:
        """Give back what the tracker holds."""
        ...


def face_model() -> bytes:
    """MediaPipe's model, as it was published: a single bit that flipped would give wrong angles in silence.

    Raises UserError when the file is missing, can't be read, or is not the published one.
    """
    path = shipped_files.face_landmarker()
    try:
        model = path.read_bytes()
    except FileNotFoundError:
        raise UserError(f"The face model is missing: {path}. Please install the program again.") from None
    except OSError as error:
        raise UserError(f"The face model can't be read: {path} ({error.strerror}).") from error
    if hashlib.sha256(model).hexdigest() != shipped_files.FACE_LANDMARKER_SHA256:
        raise UserError(f"The face model is damaged: {path}. Please install the program again.")
    return model


def not_loaded() -> UserError:
    """What to say when the model is the published one, and yet cannot be loaded."""
    return UserError(
        f"The face model could not be loaded ({shipped_files.face_landmarker()}). Please install the program again."
    )


def face_of(image_bgr: NDArray[np.uint8], landmarks: NDArray[np.float64], smoothed: bool) -> Face:
    """The face with these landmarks, (478, 3) in pixels, in the picture."""
    height, width = image_bgr.shape[:2]
    colours = colours_at(image_bgr, landmarks)
    return Face(landmarks, (width, height), _brightness(image_bgr, landmarks), smoothed, colours)


def _brightness(image_bgr: NDArray[np.uint8], landmarks: NDArray[np.float64]) -> float:
    """Mean grey level of the middle of the face, on every fourth pixel."""
    left, top = np.maximum(landmarks[:, :2].min(axis=0), 0).astype(int)
    right, bottom = landmarks[:, :2].max(axis=0).astype(int)
    rows = slice((3 * top + bottom) // 4, (top + 3 * bottom) // 4, 4)
    middle = image_bgr[rows, (3 * left + right) // 4 : (left + 3 * right) // 4 : 4]
    return float(middle.mean()) if middle.size else 0.0
