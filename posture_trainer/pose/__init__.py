"""Where the head is: landmarks, rotations, angles, the neutral baseline. For labs: `track`, one's own video to posture.

The room itself is pure and knows no file. `track` is its door for others, and leads to the rooms that read videos.
"""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from posture_trainer.pose.neutral.baseline import Baseline
    from posture_trainer.pose.posture import PostureSample

__all__ = ["track"]


def track(
    path: str | Path,
    *,
    baseline: "Baseline | None" = None,
    neutral_seconds: float = 2.0,
    vfov_deg: float | None = None,
    tracker: str | None = None,
) -> "Iterator[PostureSample]":
    """The posture of the head in each picture of a video, in order, as fast as the computer can.

    path: any video that FFmpeg reads. baseline: the neutral position (`records.baseline_files.load_baseline`); without
    one the first `neutral_seconds` (s) with a face are neutral. vfov_deg: the camera's vertical field of view in
    degrees; None: the baseline's, or the usual one for the shape of the picture. tracker: "mediapipe" or "litert"; None
    for the usual one.

    Each sample has `t_s` in seconds from the video's start, and `smoothed` and `measured` (`HeadAngles`, degrees,
    relative to neutral), `position_cm` (x to the patient's left, y up, z towards the camera), `quality`; angles are
    None where no face is seen. Pictures that can't be worked on are left out. Nothing is written.

    Raises `posture_trainer.errors.UserError` when the video or the model can't be opened, or the face not followed on.
    """
    own_video = import_module("posture_trainer.session.own_video")
    samples: Iterator[PostureSample] = own_video.track_video(Path(path), baseline, neutral_seconds, vfov_deg, tracker)
    return samples
