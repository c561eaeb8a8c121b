"""The mirror while the patient practises: every tracked frame becomes posture, feedback, a row and a picture."""

from dataclasses import replace

from posture_trainer import spoken_way
from posture_trainer.feedback import Feedback, FeedbackSample, FeedbackSettings, FeedbackState, PostureState, step
from posture_trainer.pages.front.camera import kept_words
from posture_trainer.pages.keys import Key
from posture_trainer.pages.views import PracticeView, View
from posture_trainer.plans.limits import within_limits
from posture_trainer.pose.neutral.baseline import Baseline, NeutralGuide
from posture_trainer.pose.posture import PatientPosture, PostureSample
from posture_trainer.pose.quality import Quality
from posture_trainer.pose.target import NEUTRAL, Target
from posture_trainer.pose.trunk.signs import BodySign, BodySigns
from posture_trainer.records.session_log import SessionLog, missing
from posture_trainer.session.camera_gone import camera_gone, wait_for_camera
from posture_trainer.session.devices import LOST_AFTER_S, Devices
from posture_trainer.session.measuring import Measuring
from posture_trainer.session.parts.baseline import QUICK_S, Recorded, plan_for
from posture_trainer.session.parts.closer import Closer, Pace
from posture_trainer.session.parts.neutral import neutral_part
from posture_trainer.session.parts.rests import Rests
from posture_trainer.session.watching import Effect, LogEvent, Watch
from posture_trainer.sound.player import FACE_LOST, NEARER
from posture_trainer.tracking.seen import TrackedFrame
from posture_trainer.words.kept_place import KeptPlace, kept_place
from posture_trainer.words.trunk import SIT_BACK

_STALE_S = 0.5  # a sign or a cue about a moment longer ago than this would mislead
_UNMEASURED_ENDS_S = 180.0  # nothing could be measured for so long, from the very beginning: it won't get better
_IN_EVENT = {
    "rotation", "position_cm", "spread_deg", "slow_deg", "widened", "restless", "lacking", "attitude_deg",
    "confirmed_as_straightest", "target",
}  # fmt: skip
NO_FEEDBACK = Feedback(PostureState.NO_FACE, None, None, None)


class MirrorPart:
    """Runs the mirror until the patient stops, the time is up or the file ends."""

    def __init__(self, devices: Devices, log: SessionLog, baseline: Baseline, settings: FeedbackSettings) -> None:
        self._devices, self._log, self._settings = devices, log, settings
        self._measuring = Measuring()
        self._use(baseline)
        self._place = kept_place(baseline)
        self._measured = False  # since this baseline is used
        self._unmeasured_s, self._measured_to_s = 0.0, 0.0
        self._state = FeedbackState()
        self._feedback = NO_FEEDBACK
        self._closer, self._pace, self._nearer_word = Closer(), Pace(), ""
        self._way = spoken_way.WayState()
        self._body = BodySigns(settings.trunk)
        self._body_sign: BodySign | None = None
        self._sample = PostureSample(0.0)
        self._watch = Watch()
        self._bad_told = False
        self._paused = False
        self._rests = Rests(devices, log)
        self._first_t_s: float | None = None
        self._began_s = devices.clock()
        self._waited_s = 0.0  # of the session before its first frame

    def run(self) -> str:
        """Run to the end; gives back why it ended: "stopped", "time", "unmeasured", "camera" or "end of file"."""
        while True:
            tracked = self._devices.next_frame()
            if tracked is not None:
                self._process(tracked)
            else:
                self._without_frame()
            self._watch_camera(tracked)
            self._tell_bad_frames()
            for key in self._devices.show(self._view()):
                if key is Key.STOP:
                    self._log.event(self.now_s(), "stop")
                    return "stopped"
                if self._press(key):
                    continue
                if key is Key.PAUSE:
                    self._paused = not self._paused
                    self._log.event(self.now_s(), "pause" if self._paused else "resume")
                if key is Key.CALIBRATE and not self._calibrate_again():
                    return "stopped"
            ended = self._ended() or self._wait_for_camera()
            if ended is not None:
                return ended

    @property
    def place(self) -> KeptPlace:
        """What to call where the patient was to be: of neutrals in one session, the one that is least to be praised."""
        return self._place

    def now_s(self) -> float:
        """Seconds since the session began: of the last frame, or later while no frames come."""
        return max(self._sample.t_s, self._devices.clock() - self._began_s if self._devices.source.live else 0.0)

    def _decide(self, seen: FeedbackSample) -> Feedback:
        """What this moment means for the patient."""
        resting = self._rests.step(seen)
        self._state, feedback = step(self._state, self._settings, replace(seen, paused=seen.paused or resting))
        return feedback

    def _without_frame(self) -> None:
        """A short while has passed without a frame."""

    def _press(self, key: Key) -> bool:
        """A key that may be one of the page's own; whether it was, and means nothing else."""
        return key is Key.CONFIRM and self._rests.skip(self.now_s())

    def _ended(self) -> str | None:
        """Why the session is over by itself, or None while it is not."""
        if self._devices.time_is_up():
            return "time"
        if self._devices.source.live and not self._measured and self._unmeasured_s >= _UNMEASURED_ENDS_S:
            return "unmeasured"
        return "end of file" if self._devices.tracking.finished else None

    def _wait_for_camera(self) -> str | None:
        """Where the camera is gone for long, a page says what to try; why the session ends there, None to go on."""
        if not (camera_gone(self._devices) and self._needs_camera()):
            return None
        ended = wait_for_camera(self._devices, kept_words(self._sample.t_s, bool(missing(self._log.folder))))
        if ended == "stopped":
            self._log.event(self.now_s(), "stop")
        return ended

    def _needs_camera(self) -> bool:
        """Whether somebody waits for the picture just now."""
        return not (self._paused or self._rests.due)

    def _face_lost_sounds(self) -> bool:
        """Whether a face that has been gone for a moment is worth a tone."""
        return not (self._paused or self._rests.due or self._devices.own_clip)

    def _use(self, baseline: Baseline) -> None:
        self._baseline = baseline
        self._guides: dict[Target, NeutralGuide] = {}
        self._measuring.use(PatientPosture(baseline), baseline)
        self._devices.tracking.fine = True

    def _aim_at(self, target: Target) -> None:
        """From now on this is where the patient is guided to."""
        self._settings = replace(self._settings, target=target)

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
            if self._log.follower is not None:
                self._log.follower.begins(self._devices.reader.zero_s() + self._first_t_s)
        t_s = tracked.frame.t_s - self._first_t_s
        sample = self._measuring.sample(t_s, tracked.faces, tracked.frame.damaged, tracked.body)
        if sample is None:
            return
        self._sample = sample
        exact = sample.quality is Quality.GOOD
        seen = FeedbackSample(t_s, sample.smoothed, self._paused, sample.fit_for_cues, exact, sample.trunk)
        self._watch_measure(sample)
        self._feedback = self._decide(seen)
        self._nearer_word = self._closer.word(t_s, self._feedback)
        touch = self._pace.due(t_s, self._feedback)
        self._body_sign = self._body.after(t_s, self._feedback.state is PostureState.NEUTRAL, sample.trunk)
        if self._body.sit_back(t_s, sample.trunk):
            self._devices.show_words(SIT_BACK)
        if self._is_fresh():
            self._sound(t_s, touch)
        self._log.sample(sample, self._feedback)
        self._watch, effects = self._watch.after_frame(t_s, sample.quality, quiet=not self._face_lost_sounds())
        self._do(effects)

    def _is_fresh(self) -> bool:
        """Whether what was measured last is of the last half second: no sign and no sound is older."""
        newest = self._devices.reader.newest()
        behind_s = 0.0 if newest is None else newest.t_s - (self._first_t_s or 0.0) - self._sample.t_s
        return behind_s + self._devices.picture_age_s() <= _STALE_S

    def _do(self, effects: tuple[Effect, ...]) -> None:
        for effect in effects:
            if isinstance(effect, LogEvent):
                self._log.event(effect.t_s, effect.name, **effect.more)
            else:
                self._devices.play(FACE_LOST)

    def _watch_measure(self, sample: PostureSample) -> None:
        """How long nothing could be measured at all: a neutral that was taken in the dark may never let it."""
        self._measured |= sample.fit_for_cues
        if not self._paused and self._feedback.state in (PostureState.UNSURE, PostureState.NO_FACE):
            self._unmeasured_s += max(0.0, sample.t_s - self._measured_to_s)
        self._measured_to_s = sample.t_s

    def _sound(self, t_s: float, touch: bool) -> None:
        devices = self._devices
        if not devices.cue_tones:
            return
        voice = devices.controls.voice and not devices.controls.muted
        moment = spoken_way.Moment(t_s, self._feedback, self._nearer_word, voice, devices.sounding)
        self._way, heard = spoken_way.step(self._way, moment)
        if heard.tone is not None:
            devices.play(heard.tone)
        elif heard.phrase is None and touch and devices.pace_tones and not devices.sounding:
            devices.play(NEARER)
        if heard.phrase is not None:
            devices.speak(heard.phrase)

    def _watch_camera(self, tracked: TrackedFrame | None) -> None:
        """Notice a camera that gives no picture, or a uniform one, and when it is back."""
        gone = self._devices.picture_age_s() > LOST_AFTER_S
        covered = None if tracked is None else tracked.covered
        self._watch, effects = self._watch.after_moment(self.now_s(), gone, covered)
        self._do(effects)

    @property
    def bad_frames(self) -> int:
        """How many frames failed, and left no row."""
        return self._measuring.bad.count + self._devices.tracking.bad.count

    def _tell_bad_frames(self) -> None:
        """The first one is an event at once, for whoever looks for what happened; how many is told at the end."""
        if self.bad_frames and not self._bad_told:
            self._bad_told = True
            kind = self._measuring.bad.kind or self._devices.tracking.bad.kind
            self._log.event(self.now_s(), "bad_frame", kind=kind)

    def _calibrate_again(self) -> bool:
        """A new baseline for the rest of this session only; False when the patient stops the session."""
        self._log.event(self.now_s(), "calibrate")
        paused, self._paused = self._paused, True
        taken = neutral_part(self._devices, plan_for(True, QUICK_S), self._process)
        self._paused = paused
        self._devices.tracking.fine = True
        if isinstance(taken, Recorded):
            self._renew(taken.baseline)
        return taken is not None

    def _renew(self, baseline: Baseline) -> None:
        """Go on with a new baseline: what was held now is where to come back to, or the step towards straight."""
        target = within_limits(baseline.target or NEUTRAL)
        self._use(baseline)
        self._aim_at(target)
        self._measured, self._unmeasured_s = False, 0.0
        place = kept_place(baseline)
        self._place = place if self._place.praised else self._place
        stored = baseline.model_dump(mode="json", include=_IN_EVENT)
        self._log.event(self.now_s(), "baseline", **stored)

    def _view(self) -> View:
        """What the window shows now."""
        return self._rests.view(self.now_s()) if self._rests.due and not self._paused else self._mirror_view()

    def _words(self, words: str) -> str:
        """What is to be said of the picture: nothing in a pause, nor of the clip of the program's own."""
        return "" if self._paused or self._devices.own_clip else words

    def _mirror_view(self) -> PracticeView:
        return PracticeView(
            picture_bgr=self._devices.live_picture(),
            guide=self._guide(),
            feedback=self._feedback if self._is_fresh() else NO_FEEDBACK,
            angles=self._sample.smoothed if self._is_fresh() else None,
            message=self._words(self._watch.words),
            neutral_s=self._log.neutral_s,
            session_s=self.now_s(),
            place=kept_place(self._baseline),
            nearer=self._nearer_word,
            body=self._body_sign if self._is_fresh() else None,
        )
