"""Recording a patient's neutral baseline, by a therapist or alone."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from posture_trainer.errors import UserError
from posture_trainer.pages.views import SummaryView
from posture_trainer.plans.gate import may_go_far
from posture_trainer.pose.neutral.baseline import Baseline
from posture_trainer.pose.neutral.recording import Refusal
from posture_trainer.records.baseline_files import latest_baseline
from posture_trainer.session.calibration_store import Calibration, store
from posture_trainer.session.devices import Devices
from posture_trainer.session.parts.baseline import plan_for
from posture_trainer.session.parts.calibration_dialogue import DialoguePart
from posture_trainer.session.parts.gate import Asking, Stopped, once_part, yes_or_no
from posture_trainer.session.parts.neutral import neutral_part
from posture_trainer.session.parts.summary import summary_part
from posture_trainer.session.parts.turns import turns_part
from posture_trainer.session.practice import begin
from posture_trainer.session.refused import Whose, unwell_before
from posture_trainer.words.directions import target_words
from posture_trainer.words.straightness import baseline_title

NO_TURNS = "The movements of the neck are left out: they are not for this patient, or the questions were not answered."
_QUESTION_S = 60.0
_SHOWN_S = {True: 30.0, False: 3.0}


def calibrate(devices: Devices, calibration: Calibration) -> tuple[Path, Baseline] | None:
    """Record and store a baseline; None when stopped. Raises UserError with the reason when it is refused.

    With a camera and a window that is a dialogue; otherwise what is seen first is taken, once and for all.
    """
    devices.controls = replace(devices.controls, hide_face=calibration.settings.hide_face)
    saved = _calibrated(devices, calibration) if begin(devices) else None
    if saved is not None:
        devices.play("finished")
        _show_result(devices, calibration.patient, saved[1])
    if devices.unwell:
        unwell_before(devices, Whose("calibrate", calibration.patient, calibration.folder), None)
    return saved


def _calibrated(devices: Devices, calibration: Calibration) -> tuple[Path, Baseline] | None:
    """The stored baseline, after the questions of once a year where they are due; None when stopped."""
    if calibration.questions and devices.source.live:
        try:
            calibration = _after_questions(devices, calibration)
        except Stopped:
            return None
    if not (devices.source.live and devices.window.visible):
        return _without_dialogue(devices, calibration)
    return DialoguePart(devices, calibration, _last(devices, calibration.folder)).run()


def _after_questions(devices: Devices, calibration: Calibration) -> Calibration:
    """The same calibration with the answers in its settings; without the far movements of the neck for somebody who may
    not make them. Raises Stopped."""
    today = datetime.now().astimezone().date()
    asking = Asking(calibration.folder, calibration.settings, today, known=True, rated=())
    settings = calibration.settings
    if devices.window.visible:
        settings = once_part(devices, asking, therapist=True, ask=partial(yes_or_no, devices, wait_s=_QUESTION_S))
    if calibration.with_turns and not may_go_far(settings, today):
        devices.notice(NO_TURNS)
    with_turns = calibration.with_turns and may_go_far(settings, today)
    return replace(calibration, settings=settings, with_turns=with_turns)


def _last(devices: Devices, folder: Path) -> Baseline | None:
    """The last baseline, to compare with. One that can't be read is what this calibration is there to replace."""
    try:
        found = latest_baseline(folder)
    except UserError as error:
        devices.notice(f"{error} There is nothing to compare with.")
        return None
    return found[1] if found else None


def _without_dialogue(devices: Devices, calibration: Calibration) -> tuple[Path, Baseline] | None:
    live = devices.source.live
    recorded = neutral_part(devices, plan_for(live, calibration.seconds, calibration.rules, once=not live))
    if recorded is None:
        return None
    if isinstance(recorded, Refusal):
        raise UserError(f"{recorded.reason} Nothing was changed.")
    taken = recorded.baseline
    if calibration.with_turns:
        turned = turns_part(devices, taken)
        if turned is None:
            return None
        if isinstance(turned, Refusal):
            raise UserError(f"{turned.reason} Nothing was changed.")
        taken = turned
    return store(calibration, taken, calibration.proposed), taken


def _show_result(devices: Devices, patient: str, baseline: Baseline) -> None:
    rows = [("Held still within", f"{baseline.spread_deg:.1f}°"), ("Pictures used", str(baseline.frames))]
    if baseline.target is not None:
        rows.append(("Target", target_words(baseline.target)))
    view = SummaryView(
        f"{baseline_title(baseline)} of {patient} saved", tuple(rows), "Practice can begin.", "Press any key to close."
    )
    summary_part(devices, view, _SHOWN_S[devices.source.live])
