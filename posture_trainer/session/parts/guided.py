"""A guided session on the mirror: the plan's exercises, fed by the camera, shown, said, sounded and written down."""

from dataclasses import asdict, replace

from posture_trainer.exercises import guided_session, guided_view, hearing
from posture_trainer.exercises.guided_records import GuidedSession, Phase, Progress
from posture_trainer.feedback import Feedback, FeedbackSample
from posture_trainer.pages.keys import Key
from posture_trainer.pages.views import GuidedView, View
from posture_trainer.plans.expand import aimed_at
from posture_trainer.pose.neutral.baseline import Baseline
from posture_trainer.pose.target import Target
from posture_trainer.records.session_log import SessionLog
from posture_trainer.session.devices import Devices
from posture_trainer.session.parts.mirror import NO_FEEDBACK, MirrorPart
from posture_trainer.session.parts.nearer import ANSWER_S, OFFER, TAKEN, Reach, nearer_aim, with_nearer
from posture_trainer.sound.player import FACE_LOST
from posture_trainer.words.doses import SOUND_OFF, SOUND_OFF_WORDS
from posture_trainer.words.felt import FELT_WORDS, Felt
from posture_trainer.words.kept_place import kept_place, said_of, spoken_of
from posture_trainer.words.phrases import PHRASES

_SUBTITLE_S = 5.0
_BLIND_S, _BLIND_STEP_S = 0.3, 0.1  # without a frame for so long, time goes on in such steps
_SETTLED_S = 2.5  # an answer stands when it has not been changed for so long
_FELT = {Key(str(number)): felt for number, felt in enumerate(Felt, 1)}
_NOBODY_NEEDED = ("rest", "supported_rest", "ask", "hear", "paused", "ended")
_ENDS = {"done": "done", "time": "time", "left": "left"}


class GuidedPart(MirrorPart):
    """Runs a plan's session until it is done, the patient stops, the time is up or the file ends."""

    def __init__(self, devices: Devices, log: SessionLog, baseline: Baseline, session: GuidedSession) -> None:
        super().__init__(devices, log, baseline, session.trials[0].feedback)
        self._session = session
        self._plan_state = guided_session.begin(session)
        self._progress: Progress | None = None
        self._stepped_s = 0.0
        self._stepped_at_s = devices.clock()
        self._subtitle, self._subtitle_until_s = "", 0.0
        self._felt: Felt | None = None
        self._felt_at_s = 0.0
        self._reach = Reach()
        self._nearer: tuple[int, Target] | None = None  # the block, and its nearer aim

    def run(self) -> str:
        """Run to the end; gives back why it ended: "done", "left", "stopped", "time" or "end of file"."""
        ended = super().run()
        if self._plan_state.ended is None:
            self._plan_state, progress = guided_session.stop(self._plan_state, self._session, self.now_s(), ended)
            self._take(progress)
        return ended

    def now_s(self) -> float:
        """Seconds since the session began."""
        return max(super().now_s(), self._stepped_s)

    def _decide(self, seen: FeedbackSample) -> Feedback:
        t_s = self._stepped_s = max(self._stepped_s, seen.t_s)
        self._stepped_at_s = self._devices.clock()
        self._settle_felt()
        moment = replace(seen, t_s=t_s)
        attended = self._devices.source.live
        audible = self._devices.audible or not attended  # a file has no ears, and no eyes to close
        self._plan_state, progress = guided_session.step(self._plan_state, self._session, moment, audible)
        if not attended:
            self._plan_state = hearing.heard(self._plan_state)
        self._take(progress)
        self._watch_reach(moment)
        return progress.feedback

    def _watch_reach(self, seen: FeedbackSample) -> None:
        """Offer a nearer aim for today where a hold is out of reach, and take it where nobody says no."""
        if not self._devices.source.live:
            return
        self._reach.see(seen)
        due = self._reach.due(seen.t_s, self._plan_state, self._session)
        if due == "offer":
            self._devices.show_words(OFFER, ANSWER_S)
        elif due == "take":
            self._take_nearer()

    def _take_nearer(self) -> None:
        trial = self._session.trials[self._plan_state.index]
        head = self._reach.head()
        self._reach.answer()
        found = nearer_aim(trial.feedback, head) if head is not None else None
        if found is None:
            return
        self._session = with_nearer(self._session, trial.block, found)
        self._nearer = trial.block, found.aim
        self._log.event(self.now_s(), "interim_target", **asdict(found.aim), tolerances=asdict(found.tolerances))
        self._devices.show_words(TAKEN)

    def _take(self, progress: Progress) -> None:
        self._progress = progress
        for event in progress.events:
            self._log.exercise(event)
        if progress.sound == "eyes_open" and not self._devices.audible and self._devices.source.live:
            self._devices.call("eyes_open", "position_open")
        elif progress.sound is not None:
            self._devices.play(progress.sound)
        elif progress.say == "face_gone":
            self._devices.play(FACE_LOST)
        if progress.say is not None:
            place = kept_place(self._baseline)
            spoken = spoken_of(place, progress.say)
            if spoken is not None:
                self._devices.speak(spoken)
            self._subtitle = said_of(place, PHRASES[progress.say])
            self._subtitle_until_s = self._devices.clock() + _SUBTITLE_S
            if progress.activity == "free":
                self._devices.show_words(self._subtitle)

    def _without_frame(self) -> None:
        """Rests, limits and the wait for the patient go on while the camera gives nothing."""
        now_s = self._devices.clock()
        blind_s = now_s - self._stepped_at_s
        ahead_s = _BLIND_STEP_S if self._stepped_s > self._sample.t_s else _BLIND_S
        if not self._devices.source.live or blind_s < ahead_s:
            return
        if self._first_t_s is None:
            self._waited_s = now_s - self._began_s
        self._feedback = self._decide(FeedbackSample(self._stepped_s + blind_s, None, self._paused))

    def _needs_camera(self) -> bool:
        """In a rest, and while something is asked or heard, nobody has to be seen."""
        shown = guided_view.view(self._plan_state, self._session)
        return not self._paused and shown.kind not in _NOBODY_NEEDED

    def _face_lost_sounds(self) -> bool:
        """The plan itself says when it waits: in a rest nobody has to be there, in a far turn the face may be gone."""
        return False

    def _ended(self) -> str | None:
        return _ENDS.get(self._plan_state.ended or "") or super()._ended()

    def _aim_at(self, target: Target) -> None:
        super()._aim_at(target)
        self._nearer = None
        self._session = aimed_at(self._session, target)

    def _target(self) -> Target:
        trial = self._session.trials[self._plan_state.index]
        if self._nearer is not None and trial.kind == "hold" and trial.block == self._nearer[0]:
            return self._nearer[1]
        return trial.feedback.target

    def _press(self, key: Key) -> bool:
        if self._reach.offered and key in (Key.YES, Key.NO):
            if key is Key.YES:
                self._take_nearer()
            self._reach.answer()
            return True
        before = self._plan_state
        self._plan_state = hearing.heard(before)
        if before.phase is Phase.HEAR:
            return True
        if key is Key.CONFIRM:
            self._plan_state = guided_session.skip_rest(self._plan_state)
        if self._plan_state.phase is not Phase.ASK:
            return False
        if key is Key.CONFIRM:
            self._felt_at_s = -_SETTLED_S
        elif key in _FELT:
            self._felt, self._felt_at_s = _FELT[key], self._devices.clock()
        return False

    def _settle_felt(self) -> None:
        if self._plan_state.phase is not Phase.ASK:
            self._felt = None
        elif self._felt is not None:
            left_s = self._session.rules.ask_s - self._plan_state.phase_s
            if self._devices.clock() - self._felt_at_s >= _SETTLED_S or left_s < 0.5:
                self._plan_state = guided_session.answer(self._plan_state, self._felt)

    def _view(self) -> View:
        shown = guided_view.view(self._plan_state, self._session)
        place = kept_place(self._baseline)
        choices = tuple(said_of(place, words) for words in shown.choices)
        shown = replace(
            shown, words=said_of(place, shown.words), message=said_of(place, shown.message), choices=choices
        )
        if shown.kind == hearing.HEAR and not self._devices.audible:
            shown = replace(shown, words=SOUND_OFF, message=SOUND_OFF_WORDS)
        said = self._subtitle if self._devices.clock() < self._subtitle_until_s else ""
        if shown.kind == "free" and not shown.offer_stop:
            return replace(self._mirror_view(), spoken=True)
        trouble = self._watch.camera.words
        if not trouble and shown.kind not in _NOBODY_NEEDED and shown.mirror:
            trouble = self._watch.hint.words
        if shown.kind == "no_face" and trouble and not self._watch.face.lost:
            shown, trouble = replace(shown, words=trouble), ""  # a face is seen, but not known or not to be measured
        return GuidedView(
            picture_bgr=self._devices.live_picture(),
            guide=self._guide(),
            feedback=self._feedback if self._is_fresh() else NO_FEEDBACK,
            exercise=shown,
            angles=self._sample.smoothed if self._is_fresh() else None,
            message=self._words(trouble),
            subtitle="" if said in f"{shown.words} {shown.message}" else said,
            offer=self._reach.offered,
            nearer=self._nearer_word,
            body=self._body_sign if self._is_fresh() and shown.outline else None,
            answer="" if self._felt is None else said_of(place, FELT_WORDS[self._felt]),
        )
