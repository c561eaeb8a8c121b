"""Finds the face in a frame: the only module that knows MediaPipe."""

from types import TracebackType
from typing import Protocol, Self

import cv2
import numpy as np

from posture_trainer import shipped_files
from posture_trainer.errors import UserError
from posture_trainer.pose.posture import FacePose
from posture_trainer.sources.frames import Frame


class FaceTracker(Protocol):
    """Anything that finds the patient's face in one frame after the other."""

    def track(self, frame: Frame) -> FacePose | None:
        """The pose of the face in the frame, or None when there is none."""
        ...

    def close(self) -> None:
        """Give back what the tracker holds."""
        ...


class MediaPipeTracker:
    """MediaPipe's Face Landmarker in VIDEO mode (0.10.31, which makes no network call).

    Raises UserError when the model is missing or cannot be loaded.
    """

    def __init__(self) -> None:
        import mediapipe as mp  # half a second: only when a face is really to be tracked
        from mediapipe.tasks.python import BaseOptions, vision

        model = shipped_files.face_landmarker()
        if not model.is_file():
            raise UserError(f"The face model is missing: {model}. Please install the program again.")
        self._mp = mp
        options = vision.FaceLandmarkerOptions(
            base_options=BaseOptions(model_asset_buffer=model.read_bytes()),
            running_mode=vision.RunningMode.VIDEO,
            num_faces=1,
            output_facial_transformation_matrixes=True,
        )
        try:
            self._landmarker = vision.FaceLandmarker.create_from_options(options)
        except (RuntimeError, ValueError, OSError) as error:
            raise UserError(
                f"The face model could not be loaded ({model}). Please install the program again."
            ) from error
        self._last_ms = -1

    def track(self, frame: Frame) -> FacePose | None:
        """The pose of the one face that MediaPipe follows. Frames come in the order of time."""
        self._last_ms = max(self._last_ms + 1, round(frame.t_s * 1000))  # MediaPipe wants times that grow strictly
        picture = self._mp.Image(
            image_format=self._mp.ImageFormat.SRGB, data=cv2.cvtColor(frame.image_bgr, cv2.COLOR_BGR2RGB)
        )
        found = self._landmarker.detect_for_video(picture, self._last_ms)
        if not found.face_landmarks:
            return None
        landmarks = np.array([(point.x, point.y) for point in found.face_landmarks[0]])
        matrix = np.asarray(found.facial_transformation_matrixes[0], dtype=float)
        across = landmarks[:, 0] * frame.image_bgr.shape[1]
        return FacePose(
            rotation=matrix[:3, :3],
            position_cm=matrix[:3, 3],
            landmarks=landmarks,
            width_px=float(across.max() - across.min()),
        )

    def close(self) -> None:
        """Stop MediaPipe; without this it may hang at the end of the program."""
        self._landmarker.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
