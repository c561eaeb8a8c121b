"""One's own video to posture samples, without a log: what `posture_trainer.pose.track` does."""

from collections.abc import Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path

from posture_trainer.pose.neutral.baseline import Baseline
from posture_trainer.pose.posture import PatientPosture, PostureSample
from posture_trainer.session.measuring import Measuring
from posture_trainer.session.recorded_video import Analysis, begin, without_face
from posture_trainer.sources.video_file import VideoFile
from posture_trainer.tracking.choice import Way, open_tracker
from posture_trainer.tracking.upside_down import UpsideDownWatch


def track_video(
    path: Path, baseline: Baseline | None, neutral_seconds: float, vfov_deg: float | None, tracker: str | None
) -> Iterator[PostureSample]:
    """As `pose.track` says."""
    way = Way(tracker) if tracker is not None else None
    analysis = Analysis(path, neutral_seconds, baseline, vfov_deg=vfov_deg)
    with (
        closing(VideoFile(path)) as source,
        closing(UpsideDownWatch(open_tracker(way), lambda: open_tracker(way))) as eyes,
    ):
        begun = begin(source, eyes, analysis)
        measuring = None
        if begun.baseline is not None:
            measuring = Measuring()
            measuring.use(PatientPosture(begun.baseline, bystanders=begun.others))
        with closing(begun.frames):
            for frame in chain(begun.head, begun.frames):
                sample = measuring.sample(*frame) if measuring is not None else without_face(frame)
                if sample is not None:
                    yield sample
