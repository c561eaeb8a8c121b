"""A recorded video into the same log as a session, as fast as the computer can."""

from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from posture_trainer.errors import CutShort, RecordingStopped, UserError
from posture_trainer.feedback import FeedbackSample, FeedbackSettings, FeedbackState, step
from posture_trainer.figures.session_summary import Summary
from posture_trainer.pose.camera_model import default_vfov_deg
from posture_trainer.pose.face import Face
from posture_trainer.pose.first_face import FirstFace, Track, first_face, settled
from posture_trainer.pose.neutral.baseline import Baseline, with_shoulders
from posture_trainer.pose.neutral.graded import Grader, fit_faces, lacking_in
from posture_trainer.pose.neutral.placement import Advice
from posture_trainer.pose.neutral.recording import ANY_STILLNESS, BaselineRules, Refusal, record_baseline
from posture_trainer.pose.patient_face import Bystanders, FaceChoice
from posture_trainer.pose.posture import PatientPosture, PostureSample
from posture_trainer.pose.quality import Quality
from posture_trainer.records.session_header import session_header, versions
from posture_trainer.records.session_log import Follower, SessionLog, what_is_kept
from posture_trainer.session.measuring import Measuring
from posture_trainer.session.watching import LogEvent, Watch
from posture_trainer.sources.frames import Frame, FrameSource
from posture_trainer.tracking.ahead import ahead
from posture_trainer.tracking.body_beside import BodyBeside
from posture_trainer.tracking.careful import CarefulTracker
from posture_trainer.tracking.faces import FaceTracker
from posture_trainer.tracking.seen import SeenFrame
from posture_trainer.tracking.video import tracked
from posture_trainer.words.kept_place import kept_place
from posture_trainer.words.straightness import baseline_notes

_UPSIDE_DOWN = "therefore count for no cue. If all of it is, please analyse it again with --upside-down."

Seen = list[SeenFrame]


@dataclass(frozen=True)
class Analysis:
    """What to analyse and how. Without a baseline the first `neutral_seconds` with a face are neutral.

    vfov_deg: the camera's vertical field of view; None: the baseline's, or the usual one for the shape of the picture.
    face: whose neutral it is when two faces are seen; None: the one that stays or moves (pose/first_face.py).
    follower: gets each row and event too.
    """

    out: Path
    neutral_seconds: float = 2.0
    baseline: Baseline | None = None
    baseline_file: Path | None = None
    vfov_deg: float | None = None
    settings: FeedbackSettings = FeedbackSettings()
    face: FaceChoice | None = None
    follower: Follower | None = None


@dataclass(frozen=True)
class AnalysisResult:
    """The figures, and what the reader should know about the neutral position or the video."""

    summary: Summary
    warnings: list[str]


def analyze(
    source: FrameSource,
    tracker: FaceTracker,
    analysis: Analysis,
    progress: Callable[[float], None] = lambda _t_s: None,
    second: FaceTracker | None = None,
    body: BodyBeside | None = None,
    faults: Callable[[], list[str]] = list,
) -> AnalysisResult:
    """Track every frame of the source and write the log. progress gets the seconds of video done.

    body: follows the body. second: a tracker that may work beside the first, for speed only. faults: asked at the end
    for what was wrong with the source, a sentence each, for the log.

    Raises UserError when the folder is in use, or when the face could not be followed on; RecordingStopped when the
    disk is full or the folder was taken away; CutShort on a KeyboardInterrupt. Each says what there is of the log.
    """
    begun = begin(source, tracker, analysis, second, body)
    with closing(begun.frames):
        baseline, warnings, settings = begun.baseline, begun.warnings, analysis.settings
        if baseline is not None and baseline.target is not None:
            settings = replace(settings, target=baseline.target)
        header = session_header(
            command="analyze",
            patient=None,
            source=source.info,
            baseline=baseline,
            baseline_file=analysis.baseline_file,
            settings=settings,
            notes=warnings,
            tracker=tracker.name,
        )
        log, told = SessionLog(analysis.out, header, analysis.follower), len(warnings)
        following = _Following(log, settings, baseline, begun.others)
        _follow_on(following, chain(begun.head, begun.frames), progress, analysis.out)
        warnings += following.doubts(begun.first.bad.count)
        found = [*faults(), *warnings[told:]]
        if found:
            log.event(following.t_s, "video", faults=found)
        told_of = baseline_notes(baseline) if baseline else []
        return AnalysisResult(log.finish("end of file", following.t_s, kept_place(baseline).key), [*told_of, *warnings])


@dataclass(frozen=True, eq=False)
class Begun:
    """A video whose neutral is known. head: the frames that were looked at for it. frames: those after them; whoever
    takes them closes them. warnings: of the neutral. others: who else is in the picture."""

    baseline: Baseline | None
    warnings: list[str]
    others: Bystanders
    head: Seen
    frames: Generator[SeenFrame, None, None]
    first: CarefulTracker


def begin(
    source: FrameSource,
    tracker: FaceTracker,
    analysis: Analysis,
    second: FaceTracker | None = None,
    body: BodyBeside | None = None,
) -> Begun:
    """Start to track, and find the neutral in the first seconds where none is known. Raises UserError."""
    neutral_s = analysis.neutral_seconds if analysis.baseline is None else None
    # Three threads: decoding, tracking, and the rest. They end before the source and the tracker are closed.
    first = CarefulTracker(tracker)
    beside = CarefulTracker(second) if second is not None else None
    seen = ahead(_worked(tracked(ahead(_frames(source)), first, beside, neutral_s, body), first))
    baseline, warnings, others, head = analysis.baseline, list[str](), Bystanders(), Seen()
    try:
        if baseline is None:
            head = _neutral_part(seen, analysis)
            whose = first_face(_believed(head), analysis.face)
            baseline, warnings = video_baseline(source, whose, analysis)
            baseline = _with_shoulders(baseline, head, whose, analysis)
            others = whose.others
        elif analysis.vfov_deg is not None:
            baseline = baseline.model_copy(update={"vfov_deg": analysis.vfov_deg})
    except BaseException:
        seen.close()
        raise
    return Begun(baseline, warnings, others, head, seen, first)


def _follow_on(
    following: "_Following", frames: Iterable[SeenFrame], progress: Callable[[float], None], out: Path
) -> None:
    """All frames into the log. When that can't go on, what was written until then is closed, and told truly."""
    try:
        for frame in frames:
            progress(frame.t_s)
            following.frame(frame)
    except RecordingStopped:
        following.log.finish("disk", following.t_s)
        raise
    except KeyboardInterrupt:
        following.log.finish("stopped", following.t_s)
        raise CutShort(f"Stopped at {following.t_s:.1f} s of the video. {what_is_kept(out)}") from None
    except Exception as error:
        following.log.finish("error", following.t_s)
        if isinstance(error, UserError):
            raise UserError(f"{error} {what_is_kept(out)}") from error
        error.add_note(what_is_kept(out))
        raise


class _Following:
    """From each frame of a video to its row and its events."""

    def __init__(
        self, log: SessionLog, settings: FeedbackSettings, baseline: Baseline | None, others: Bystanders
    ) -> None:
        self.log, self._settings = log, settings
        self._measuring = Measuring() if baseline is not None else None
        if self._measuring is not None and baseline is not None:
            self._measuring.use(PatientPosture(baseline, bystanders=others), baseline)
        self._state, self._watch = FeedbackState(), Watch()
        self._upside_down = 0
        self.t_s = 0.0

    def frame(self, frame: SeenFrame) -> None:
        """Write one frame; one that can't be computed leaves no row."""
        self.t_s = frame.t_s
        sample = self._measuring.sample(*frame) if self._measuring is not None else without_face(frame)
        if sample is None:
            return
        self._upside_down += sample.quality is Quality.UPSIDE_DOWN
        seen = FeedbackSample(frame.t_s, sample.smoothed, trusted=sample.fit_for_cues)
        self._state, feedback = step(self._state, self._settings, seen)
        self._watch, effects = self._watch.after_frame(frame.t_s, sample.quality, quiet=True)
        for effect in effects:
            if isinstance(effect, LogEvent):
                self.log.event(effect.t_s, effect.name, **effect.more)
        self.log.sample(sample, feedback)

    def doubts(self, untracked: int) -> list[str]:
        """What the reader should know at the end. untracked: frames on which the tracker failed."""
        left_out = untracked + (self._measuring.bad.count if self._measuring is not None else 0)
        words = []
        if self._upside_down:
            words.append(f"The picture is upside down in {self._upside_down} pictures, which {_UPSIDE_DOWN}")
        if left_out:
            self.log.event(self.t_s, "bad_frames", count=left_out)
            words.append(f"Pictures that could not be worked on, and are left out: {left_out}.")
        return words


def _worked(frames: Generator[SeenFrame, None, None], tracker: CarefulTracker) -> Generator[SeenFrame, None, None]:
    """The frames without those on which the tracker failed."""
    with closing(frames):
        yield from (frame for frame in frames if not tracker.left_out(frame.t_s))


def _frames(source: FrameSource) -> Generator[Frame, None, None]:
    while (frame := source.read()) is not None:
        yield frame


def without_face(frame: SeenFrame) -> PostureSample:
    """The sample of a frame that nothing is measured in."""
    return PostureSample(frame.t_s, quality=Quality.DAMAGED if frame.damaged else Quality.NO_FACE)


def _neutral_part(frames: Generator[SeenFrame, None, None], analysis: Analysis) -> Seen:
    """The frames up to the end of the neutral part, or until it is known whose neutral it is."""
    head: Seen = []
    for frame in frames:
        head.append(frame)
        if settled(_believed(head), analysis.neutral_seconds, analysis.face):
            break
    return head


def _believed(seen: Seen) -> list[tuple[float, tuple[Face, ...]]]:
    """Times and faces, none in pictures that are not to be believed."""
    return [(frame.t_s, () if frame.damaged else frame.faces) for frame in seen]


def video_baseline(source: FrameSource, first: FirstFace, analysis: Analysis) -> tuple[Baseline | None, list[str]]:
    """The neutral of the face's first seconds, and what makes it doubtful, for the log and the terminal."""
    doubts = [first.words] if first.words else []
    if not first.track:
        return None, doubts or ["No face was seen in the whole video, so the log holds no angles."]
    first_face_s = first.track[0][0]
    vfov_deg = analysis.vfov_deg or default_vfov_deg(source.info.width, source.info.height)
    neutral = [(t_s, face) for t_s, face in first.track if t_s - first_face_s <= analysis.neutral_seconds]
    seen, lacking = _fit_part(neutral, vfov_deg)
    found = record_baseline(
        seen,
        vfov_deg,
        created_utc=datetime.now(UTC),
        source=asdict(source.info),
        versions=versions(),
        rules=ANY_STILLNESS,
    )
    assert not isinstance(found, Refusal), "any stillness is taken"
    if first_face_s > analysis.neutral_seconds:
        doubts.append(f"No face was seen before {first_face_s:.1f} s; neutral is taken from there.")
    slow_deg = found.spread_deg if found.slow_deg is None else found.slow_deg
    if slow_deg > BaselineRules().longest_spread_deg:
        doubts.append(f"The head was restless in the neutral seconds ({slow_deg:.1f}°): angles may be off as much.")
    return found.model_copy(update={"lacking": tuple(advice.value for advice in lacking)}), doubts


def _with_shoulders(baseline: Baseline | None, head: Seen, whose: FirstFace, analysis: Analysis) -> Baseline | None:
    """The baseline with the shoulders' neutral, from the same seconds."""
    if baseline is None:
        return None
    first_s = whose.track[0][0]
    seconds = (first_s, first_s + analysis.neutral_seconds)
    return with_shoulders(baseline, [f.body for f in head if f.body is not None and seconds[0] <= f.t_s <= seconds[1]])


def _fit_part(neutral: Track, vfov_deg: float) -> tuple[Track, tuple[Advice, ...]]:
    """The frames that may be part of a neutral, and what they lack that nobody can mend any more."""
    grader = Grader(vfov_deg)
    graded = [grader.grade(t_s, (face,)) for t_s, face in neutral]
    lacking = lacking_in(graded)
    fit = [(t_s, face) for t_s, face in fit_faces(graded, lacking) if face is not None]
    return fit or neutral, lacking  # of a picture on its head, say, all is taken: its rows tell what they are worth


def check_out_folder(out: Path) -> None:
    """Raise UserError when `out` is a file, before any work is done."""
    if out.exists() and not out.is_dir():
        raise UserError(f"{out} is a file. Please name a folder for the log.")
