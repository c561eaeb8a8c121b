"""The calibration dialogue in the window: the camera, the keys and the disk around its state machine."""

from dataclasses import replace
from pathlib import Path

from posture_trainer.errors import UserError
from posture_trainer.pages.calibration import dialogue as dialogues
from posture_trainer.pages.calibration import form
from posture_trainer.pages.calibration.choices import Draft
from posture_trainer.pages.calibration.dialogue import Ask, Dialogue, Page
from posture_trainer.pages.keys import Keyboard
from posture_trainer.plans.limits import within_limits
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.face import Face
from posture_trainer.pose.neutral.attitude import (
    Attitude,
    AttitudeLimits,
    attitude_of,
    step_to_straight,
    stored_attitude,
)
from posture_trainer.pose.neutral.baseline import Baseline
from posture_trainer.pose.neutral.compare import angles_from
from posture_trainer.pose.neutral.recording import Refusal
from posture_trainer.pose.patient_face import choose_patient
from posture_trainer.pose.posture import PatientPosture, PostureSample, Reference
from posture_trainer.pose.target import NEUTRAL, Target
from posture_trainer.session.calibration_store import Calibration, check_plan, store
from posture_trainer.session.camera_gone import camera_gone, wait_for_camera
from posture_trainer.session.devices import LOST_AFTER_S, Devices
from posture_trainer.session.measuring import Measuring
from posture_trainer.session.parts.baseline import Recorded, Tries, plan_for
from posture_trainer.session.parts.neutral import neutral_part
from posture_trainer.session.parts.turns import turns_part
from posture_trainer.session.watching import FACE_LOST_S, Watch
from posture_trainer.tracking.seen import TrackedFrame


class DialoguePart:
    """Runs the dialogue until all is stored or the therapist leaves."""

    def __init__(self, devices: Devices, calibration: Calibration, last: Baseline | None) -> None:
        self._devices, self._calibration, self._last = devices, calibration, last
        draft = Draft(calibration.proposed, calibration.proposed)
        self._dialogue = Dialogue(draft, with_turns=calibration.with_turns)
        when = last.created_utc.strftime("%Y-%m-%d") if last else ""
        target = (last.target if last else None) or NEUTRAL
        self._occasion = form.Occasion(
            calibration.patient, when, target, calibration.rules.longest_spread_deg, last.slow_deg if last else None
        )
        self._tries: Tries = []
        self._measuring = Measuring()
        self._measure_from(last)

    def run(self) -> tuple[Path, Baseline] | None:
        """Run to the end; gives the stored baseline with its path, or None when nothing was to be changed."""
        try:
            return self._run()
        finally:
            self._devices.window.keyboard = Keyboard.SESSION

    def _run(self) -> tuple[Path, Baseline] | None:
        while True:
            tracked = self._devices.next_frame()
            if camera_gone(self._devices) and wait_for_camera(self._devices) is not None:
                return None
            self._see(tracked)
            window = self._devices.window
            window.keyboard = Keyboard.TYPING if self._dialogue.page in dialogues.TYPED else Keyboard.FORM
            keys = self._devices.show(form.view(self._dialogue, self._occasion, self._seen()))
            self._dialogue = dialogues.typed(self._dialogue, window.typed())
            for key in keys:
                self._dialogue, ask = dialogues.press(self._dialogue, key)
                if ask is Ask.LEAVE or (ask is Ask.RECORD and not self._record()):
                    return None
                if ask is Ask.TURNS and not self._turn():
                    return None
                if ask is Ask.STORE or (ask is Ask.TURNS and not self._dialogue.turns_due):
                    stored = self._store()
                    if stored is not None:
                        return stored
                if ask is not Ask.NOTHING:
                    break  # keys pressed before something happened were not meant for what came after it

    def _measure_from(self, baseline: Baseline | None) -> None:
        """From now on angles are those from this neutral, or from the camera; wherever the patient sits."""
        if baseline is None:
            reference = Reference.camera(self._devices.vfov_deg())
        else:
            reference = replace(Reference.of(baseline), place=None)
        self._neutral = baseline
        self._measuring.use(PatientPosture(reference))
        self._sample: PostureSample | None = None
        self._watch = Watch()
        self._attitude: Attitude | None = None

    def _see(self, tracked: TrackedFrame | None) -> None:
        gone = self._devices.picture_age_s() > LOST_AFTER_S
        covered = None if tracked is None else tracked.covered
        self._watch, _ = self._watch.after_moment(self._devices.clock(), gone, covered)
        sample = self._measuring.sample(tracked.frame.t_s, tracked.faces) if tracked is not None else None
        if sample is None or tracked is None:
            return
        face = choose_patient(tracked.faces)
        if isinstance(face, Face) and sample.fit_for_cues:
            self._attitude = attitude_of([face], self._devices.vfov_deg())
        self._watch, _ = self._watch.after_frame(sample.t_s, sample.quality, quiet=True)
        # Figures stay for a moment without a frame to be trusted: they shall not flicker.
        if sample.fit_for_cues or self._sample is None or sample.t_s - self._sample.t_s > FACE_LOST_S:
            self._sample = sample

    def _seen(self) -> form.Seen:
        sample = self._sample if not self._watch.camera.words else None
        trusted = sample is not None and sample.fit_for_cues
        return form.Seen(
            picture_bgr=self._devices.live_picture(),
            angles=sample.smoothed if sample is not None and trusted else None,
            attitude=self._attitude if trusted else None,
            guide=self._neutral.guide(self._target()) if self._neutral else None,
            trouble=self._watch.words,
        )

    def _target(self) -> Target:
        """What the outline shows: the target that is being set; of the last neutral, that neutral itself."""
        return self._dialogue.draft.target if self._dialogue.taken is not None else NEUTRAL

    def _record(self) -> bool:
        """One recording, and what came of it; False when the therapist leaves."""
        calibration = self._calibration
        plan = plan_for(True, calibration.seconds, calibration.rules, once=True)
        taken = neutral_part(self._devices, plan, tries=self._tries)
        if taken is None:
            return False
        from_last: HeadAngles | None = None
        found = taken if isinstance(taken, Refusal) else taken.baseline
        if isinstance(taken, Recorded):
            if self._last is not None:
                from_last = angles_from(self._last, taken.faces)
            self._measure_from(taken.baseline)
        self._dialogue = dialogues.recorded(self._dialogue, found, from_last)
        return True

    def _turn(self) -> bool:
        """The movements of the neck; False when the therapist leaves."""
        taken = self._dialogue.taken
        assert taken is not None, "movements are asked for after a recording"
        found = turns_part(self._devices, taken)
        if found is None:
            return False
        if isinstance(found, Baseline):
            self._measure_from(found)
            self._retell_step(found)
        self._dialogue = dialogues.turned(self._dialogue, found)
        return True

    def _retell_step(self, baseline: Baseline) -> None:
        """A step towards straight that was taken over is told in the axes of this neck, now that they are known."""
        attitude, draft = stored_attitude(baseline), self._dialogue.draft
        if attitude is not None and baseline.target is not None and draft.target == baseline.target:
            step = within_limits(step_to_straight(attitude, AttitudeLimits(), baseline.axes()))
            self._dialogue = replace(self._dialogue, draft=replace(draft, target=step))

    def _store(self) -> tuple[Path, Baseline] | None:
        """Store all or nothing; None, with the reason on the page, when it can't be done."""
        draft, taken = self._dialogue.draft, self._dialogue.taken
        assert taken is not None, "only a recording is stored"
        target = None if draft.target == NEUTRAL else draft.target
        baseline = taken.model_copy(update={"target": target})
        try:
            if (draft.settings.plan, draft.settings.pull) != (draft.known.plan, draft.known.pull):
                check_plan(self._calibration.folder, draft.settings)
        except UserError as error:
            self._dialogue = dialogues.told(self._dialogue, Page.PLAN, f"Not saved yet. {error}")
            return None
        try:
            hidden = self._devices.controls.hide_face
            return store(self._calibration, baseline, draft.settings.model_copy(update={"hide_face": hidden})), baseline
        except UserError as error:
            words = f"Not saved. {error} Nothing is lost: press Enter to try again."
            self._dialogue = dialogues.told(self._dialogue, Page.READY, words)
            return None
