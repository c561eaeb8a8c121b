"""Finds the body with MediaPipe's own graph, where LiteRT is not there."""

from typing import Any

import cv2
import numpy as np

from posture_trainer.pose.face import Face
from posture_trainer.pose.trunk.body import Body
from posture_trainer.sources.frames import Frame


class MediaPipeBody:
    """MediaPipe's Pose Landmarker on single pictures: it costs three times as much, but keeps no time of its own.

    Raises ImportError where MediaPipe is not there, and what MediaPipe raises.
    """

    def __init__(self, bundle: bytes) -> None:
        import mediapipe as mp
        from mediapipe.tasks.python import BaseOptions, vision

        self._mp = mp
        options = vision.PoseLandmarkerOptions(base_options=BaseOptions(model_asset_buffer=bundle))
        self._landmarker: Any = vision.PoseLandmarker.create_from_options(options)

    def track(self, frame: Frame, face: Face | None) -> Body | None:
        """The body in the frame; not that of somebody else than the face."""
        height, width = frame.image_bgr.shape[:2]
        rgb = cv2.cvtColor(frame.image_bgr, cv2.COLOR_BGR2RGB)
        found = self._landmarker.detect(self._mp.Image(image_format=self._mp.ImageFormat.SRGB, data=rgb))
        if not found.pose_landmarks:
            return None
        marks = found.pose_landmarks[0]
        points = np.array([(mark.x, mark.y, mark.z) for mark in marks]) * (width, height, width)
        if face is not None and float(np.linalg.norm(points[0, :2] - face.centre_px)) > face.width_px:
            return None
        seen = np.array([mark.visibility for mark in marks])
        there = np.array([mark.presence for mark in marks])
        return Body(frame.t_s, points, seen, there, (width, height))

    def close(self) -> None:
        """Stop MediaPipe."""
        self._landmarker.close()
