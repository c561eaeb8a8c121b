"""The mirror while the patient practises: every tracked frame becomes posture, feedback, a row and a picture."""

from dataclasses import replace

from posture_trainer.feedback import Feedback, FeedbackSample, FeedbackSettings, FeedbackState, PostureState, step
from posture_trainer.pages.keys import Key
from posture_trainer.pages.views import PracticeView, View
from posture_trainer.pose.neutral.baseline import Baseline, NeutralGuide
from posture_trainer.pose.posture import PatientPosture, PostureSample
from posture_trainer.pose.quality import HINTS, Quality
from posture_trainer.pose.target import NEUTRAL, Target
from posture_trainer.records.session_log import SessionLog
from posture_trainer.session.devices import LOST_AFTER_S, Devices
from posture_trainer.session.parts.baseline import QUICK_S, baseline_part, plan_for
from posture_trainer.sound.player import FACE_LOST, REGAINED
from posture_trainer.tracking.seen import TrackedFrame

_STALE_S = 0.5  # a cue about a moment longer ago than this would mislead
_NO_FACE_WORDS_S = 0.3  # a single missed frame is not worth a word
_NO_FACE_SOUND_S = 1.0
_HINT_S = 0.5
_NOT_GONE = (Quality.OTHER_FACE, Quality.DAMAGED)  # without angles, but nobody is to be told that no face is seen

NO_FACE = "I can't see your face"
CAMERA_GONE = "The camera is gone. I'll go on when it is back."
COVERED = "The camera sees nothing. Is the lens covered?"


class MirrorPart:
    """Runs the mirror until the patient stops, the time is up or the file ends."""

    def __init__(self, devices: Devices, log: SessionLog, baseline: Baseline, settings: FeedbackSettings) -> None:
        self._devices, self._log, self._settings = devices, log, settings
        self._use(baseline)
        self._state = FeedbackState()
        self._feedback = Feedback(PostureState.NO_FACE, None, None, None)
        self._sample = PostureSample(0.0)
        self._hint = ""
        self._hint_due = "", 0.0
        self._paused = False
        self._first_t_s: float | None = None
        self._began_s = devices.clock()
        self._face_lost_s: float | None = None
        self._face_lost_said = False
        self._sound_due_s = 0.0
        self._trouble = ""
        self._waited_s = 0.0  # of the session before its first frame

    def run(self) -> str:
        """Run to the end; gives back why it ended: "stopped", "time" or "end of file"."""
        while True:
            tracked = self._devices.next_frame()
            if tracked is not None:
                self._process(tracked)
            else:
                self._without_frame()
            self._watch_camera(tracked)
            for key in self._devices.show(self._view()):
                if key is Key.STOP:
                    self._log.event(self.now_s(), "stop")
                    return "stopped"
                self._press(key)
                if key is Key.PAUSE:
                    self._paused = not self._paused
                    self._log.event(self.now_s(), "pause" if self._paused else "resume")
                if key is Key.CALIBRATE and not self._calibrate_again():
                    return "stopped"
            ended = self._ended()
            if ended is not None:
                return ended

    def now_s(self) -> float:
        """Seconds since the session began: of the last frame, or later while no frames come."""
        return max(self._sample.t_s, self._devices.clock() - self._began_s if self._devices.source.live else 0.0)

    def _decide(self, seen: FeedbackSample) -> Feedback:
        """What this moment means for the patient."""
        self._state, feedback = step(self._state, self._settings, seen)
        return feedback

    def _without_frame(self) -> None:
        """A short while has passed without a frame."""

    def _press(self, key: Key) -> None:
        """A key that is not one of the mirror's own."""

    def _ended(self) -> str | None:
        """Why the session is over by itself, or None while it is not."""
        if self._devices.time_is_up():
            return "time"
        return "end of file" if self._devices.tracking.finished else None

    def _face_lost_sounds(self) -> bool:
        """Whether a face that has been gone for a moment is worth a tone."""
        return not self._paused

    def _use(self, baseline: Baseline) -> None:
        self._baseline = baseline
        self._guides: dict[Target, NeutralGuide] = {}
        self._posture = PatientPosture(baseline)
        self._devices.tracking.fine = True

    def _aim_at_neutral(self) -> None:
        self._settings = replace(self._settings, target=NEUTRAL)

    def _target(self) -> Target:
        """Where the head is to be now."""
        return self._settings.target

    def _guide(self) -> NeutralGuide:
        target = self._target()
        if target not in self._guides:
            self._guides[target] = self._baseline.guide(target)
        return self._guides[target]

    def _process(self, tracked: TrackedFrame) -> None:
        if self._first_t_s is None:
            self._first_t_s = tracked.frame.t_s - self._waited_s
            self._began_s = self._devices.clock() - self._waited_s
        t_s = tracked.frame.t_s - self._first_t_s
        sample = self._sample = self._posture.sample(t_s, tracked.faces, tracked.frame.damaged)
        exact = sample.quality is Quality.GOOD
        seen = FeedbackSample(t_s, sample.smoothed, self._paused, sample.fit_for_cues, exact)
        self._feedback = self._decide(seen)
        newest = self._devices.reader.newest()
        if newest is not None and newest.t_s - tracked.frame.t_s <= _STALE_S:
            self._sound(self._feedback)
        self._log.sample(self._sample, self._feedback)
        self._watch_hint(t_s, sample.quality)
        self._watch_face(t_s, sample.smoothed is not None or sample.quality in _NOT_GONE)

    def _sound(self, feedback: Feedback) -> None:
        if not self._devices.cue_tones:
            return
        if feedback.cue is not None:
            self._devices.play(feedback.cue.value)
        elif feedback.regained:
            self._devices.play(REGAINED)

    def _watch_hint(self, t_s: float, quality: Quality) -> None:
        """A hint appears when it has been due for a moment, so that words do not flicker."""
        hint = HINTS.get(quality, "")
        if hint != self._hint_due[0]:
            self._hint_due = hint, t_s
        if t_s - self._hint_due[1] >= _HINT_S:
            self._hint = hint

    def _watch_face(self, t_s: float, seen: bool) -> None:
        if seen:
            if self._face_lost_said:
                self._log.event(t_s, "face_found")
            self._face_lost_s, self._face_lost_said = None, False
            return
        if self._face_lost_s is None:
            self._face_lost_s = t_s
        if not self._face_lost_said and t_s - self._face_lost_s >= _NO_FACE_WORDS_S:
            self._face_lost_said = True
            self._log.event(t_s, "face_lost", since_s=round(self._face_lost_s, 4))
            self._sound_due_s = self._face_lost_s + _NO_FACE_SOUND_S
        if self._face_lost_said and self._face_lost_sounds() and t_s >= self._sound_due_s:
            self._sound_due_s = float("inf")
            self._devices.play(FACE_LOST)

    def _watch_camera(self, tracked: TrackedFrame | None) -> None:
        """Notice a camera that gives no picture, or a uniform one, and when it is back."""
        if self._devices.picture_age_s() > LOST_AFTER_S:
            trouble = CAMERA_GONE
        elif tracked is None:
            return
        else:
            trouble = COVERED if tracked.covered else ""
        if trouble == self._trouble:
            return
        if trouble == CAMERA_GONE:
            self._feedback = Feedback(PostureState.NO_FACE, None, None, None)
        if trouble:
            reason = "no picture" if trouble == CAMERA_GONE else "covered"
            self._log.event(self.now_s(), "camera_lost", reason=reason)
        else:
            self._log.event(self.now_s(), "camera_found")
        self._trouble = trouble

    def _calibrate_again(self) -> bool:
        """A new baseline for the rest of this session only; False when the patient stops the session."""
        self._log.event(self.now_s(), "calibrate")
        paused, self._paused = self._paused, True
        taken = baseline_part(self._devices, plan_for(True, QUICK_S, tries=3), self._process)
        self._paused = paused
        if isinstance(taken, Baseline):
            self._use(taken)
            self._aim_at_neutral()  # what was held now is where to come back to
            self._log.event(
                self.now_s(),
                "baseline",
                rotation=taken.rotation,
                position_cm=taken.position_cm,
                spread_deg=taken.spread_deg,
                target=None,
            )
        return taken is not None

    def _view(self) -> View:
        """What the window shows now."""
        return self._mirror_view()

    def _mirror_view(self) -> PracticeView:
        lost_words = NO_FACE if self._face_lost_said else ""
        return PracticeView(
            picture_bgr=self._devices.live_picture(),
            guide=self._guide(),
            feedback=self._feedback,
            angles=self._sample.smoothed,
            message="" if self._paused else self._trouble or lost_words or self._hint,
            neutral_s=self._log.neutral_s,
            session_s=self.now_s(),
        )
