"""The anchor beside us in the benches: MediaPipe's Face Landmarker as its documentation shows it, and nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import cv2

from posture_trainer import shipped_files


class BareLandmarker:
    """One face, VIDEO mode, with the pose matrix."""

    def __init__(self, mediapipe: Any, landmarker: Any) -> None:
        self._mediapipe, self._landmarker = mediapipe, landmarker

    def detect(self, image_bgr: Any, t_ms: int) -> Any:
        """MediaPipe's result for one picture; times grow."""
        rgb = cv2.cvtColor(image_bgr, cv2.COLOR_BGR2RGB)
        picture = self._mediapipe.Image(image_format=self._mediapipe.ImageFormat.SRGB, data=rgb)
        return self._landmarker.detect_for_video(picture, t_ms)


@contextmanager
def bare_landmarker() -> Iterator[BareLandmarker]:
    """A loaded landmarker, closed at the end."""
    import mediapipe
    from mediapipe.tasks.python import BaseOptions, vision

    options = vision.FaceLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=str(shipped_files.face_landmarker())),
        running_mode=vision.RunningMode.VIDEO,
        output_facial_transformation_matrixes=True,
    )
    with vision.FaceLandmarker.create_from_options(options) as landmarker:
        yield BareLandmarker(mediapipe, landmarker)
