"""A recorded video into the same log as a session, as fast as the computer can."""

import queue
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from posture_trainer.errors import UserError
from posture_trainer.feedback import FeedbackSample, FeedbackSettings, FeedbackState, step
from posture_trainer.pose.baseline import Baseline, BaselineRules, Refusal, baseline_from_poses
from posture_trainer.pose.face_tracker import FaceTracker
from posture_trainer.pose.posture import FacePose, PostureFilter, PostureSample
from posture_trainer.records.session_header import session_header, versions
from posture_trainer.records.session_log import SessionLog
from posture_trainer.records.session_summary import Summary
from posture_trainer.sources.frames import Frame, FrameSource

_DECODED_AHEAD = 4  # decoding and tracking overlap; more only costs memory
# A video is what it is: nobody can be asked to sit still again, so a restless neutral is told, not refused.
_ANY_STILLNESS = BaselineRules(longest_spread_deg=180.0, fewest_frames=1, face_share=0.0)


@dataclass(frozen=True)
class Analysis:
    """What to analyse and how. Without a baseline the first `neutral_seconds` with a face are neutral."""

    out: Path
    neutral_seconds: float = 2.0
    baseline: Baseline | None = None
    baseline_file: Path | None = None
    settings: FeedbackSettings = FeedbackSettings()


@dataclass(frozen=True)
class AnalysisResult:
    """The figures, and what the reader should know about the neutral position or the video."""

    summary: Summary
    warnings: list[str]


def analyze(
    source: FrameSource, tracker: FaceTracker, analysis: Analysis, progress: Callable[[float], None] = lambda _t_s: None
) -> AnalysisResult:
    """Track every frame of the source and write the log. progress gets the seconds of video done.

    Raises UserError when the folder is in use, RecordingStopped when the disk is full.
    """
    with closing(_tracked(source, tracker, progress)) as frames:  # the decoding ends before the source is closed
        return _analyze(source, frames, analysis)


def _analyze(
    source: FrameSource, frames: Iterator[tuple[Frame, FacePose | None]], analysis: Analysis
) -> AnalysisResult:
    head: list[tuple[float, FacePose | None]] = []
    baseline, warnings = analysis.baseline, []
    if baseline is None:
        head, size = _neutral_part(frames, analysis.neutral_seconds)
        found = _baseline(source, head, size, analysis.neutral_seconds)
        if isinstance(found, Refusal):
            warnings.append("No face was seen in the whole video, so the log holds no angles.")
        else:
            baseline = found
            warnings += _doubts(found, head, analysis.neutral_seconds)
    header = session_header(
        command="analyze",
        patient=None,
        source=source.info,
        baseline=baseline,
        baseline_file=analysis.baseline_file,
        settings=analysis.settings,
        notes=warnings,
    )
    log = SessionLog(analysis.out, header)
    posture = PostureFilter(baseline.neutral()) if baseline else None
    state = FeedbackState()
    had_face = True
    t_s = 0.0
    for t_s, pose in _chain(head, frames):
        sample = posture.sample(t_s, pose) if posture else PostureSample(t_s)
        state, feedback = step(state, analysis.settings, FeedbackSample(t_s, sample.smoothed))
        if (pose is not None) != had_face:
            had_face = pose is not None
            log.event(t_s, "face_found" if had_face else "face_lost")
        log.sample(sample, feedback)
    return AnalysisResult(log.finish("end of file", t_s), warnings)


def _tracked(
    source: FrameSource, tracker: FaceTracker, progress: Callable[[float], None]
) -> Generator[tuple[Frame, FacePose | None], None, None]:
    """Every frame with its pose; the next frames are decoded on a thread meanwhile."""
    decoded: queue.Queue[Frame | None] = queue.Queue(_DECODED_AHEAD)
    stop = threading.Event()

    def hand_on(frame: Frame | None) -> bool:
        while not stop.is_set():
            try:
                decoded.put(frame, timeout=0.1)
                return True
            except queue.Full:
                continue
        return False

    def decode() -> None:
        try:
            while (frame := source.read()) is not None and hand_on(frame):
                pass
        finally:
            hand_on(None)  # whatever happened: nobody may wait for a frame for ever

    worker = threading.Thread(target=decode, name="decoding", daemon=True)
    worker.start()
    try:
        while (frame := decoded.get()) is not None:
            yield frame, tracker.track(frame)
            progress(frame.t_s)
    finally:
        stop.set()
        worker.join()


def _chain(
    head: list[tuple[float, FacePose | None]], rest: Iterator[tuple[Frame, FacePose | None]]
) -> Iterator[tuple[float, FacePose | None]]:
    yield from head
    for frame, pose in rest:
        yield frame.t_s, pose


def _neutral_part(
    frames: Iterator[tuple[Frame, FacePose | None]], seconds: float
) -> tuple[list[tuple[float, FacePose | None]], tuple[int, int]]:
    """The frames up to the end of the neutral part, which begins with the first face; and the picture's size."""
    head: list[tuple[float, FacePose | None]] = []
    size, first_face_s = (0, 0), None
    for frame, pose in frames:
        size = frame.image_bgr.shape[1], frame.image_bgr.shape[0]
        head.append((frame.t_s, pose))
        if first_face_s is None and pose is not None:
            first_face_s = frame.t_s
        if first_face_s is not None and frame.t_s - first_face_s >= seconds:
            break
    return head, size


def _baseline(
    source: FrameSource, head: list[tuple[float, FacePose | None]], size: tuple[int, int], seconds: float
) -> Baseline | Refusal:
    poses = [pose for _, pose in head if pose is not None]
    return baseline_from_poses(
        poses,
        len(head),
        seconds,
        size,
        created_utc=datetime.now(UTC),
        source=asdict(source.info),
        versions=versions(),
        rules=_ANY_STILLNESS,
    )


def _doubts(baseline: Baseline, head: list[tuple[float, FacePose | None]], seconds: float) -> list[str]:
    """What makes this neutral doubtful, for the log and the terminal."""
    doubts = []
    first_face_s = next(t_s for t_s, pose in head if pose is not None)
    if first_face_s > seconds:
        doubts.append(f"No face was seen before {first_face_s:.1f} s; neutral is taken from there.")
    if baseline.spread_deg > BaselineRules().longest_spread_deg:
        doubts.append(
            f"The head was restless in the neutral seconds ({baseline.spread_deg:.1f}°): angles may be off as much."
        )
    return doubts


def check_out_folder(out: Path) -> None:
    """Raise UserError when `out` is a file, before any work is done."""
    if out.exists() and not out.is_dir():
        raise UserError(f"{out} is a file. Please name a folder for the log.")
