"""Recording a patient's neutral baseline, by a therapist or alone."""

from dataclasses import replace
from pathlib import Path

from posture_trainer.errors import UserError
from posture_trainer.pages.views import SummaryView
from posture_trainer.pose.neutral.baseline import Baseline
from posture_trainer.pose.neutral.recording import Refusal
from posture_trainer.records.baseline_files import latest_baseline
from posture_trainer.session.calibration_store import Calibration, store
from posture_trainer.session.devices import Devices
from posture_trainer.session.parts.baseline import plan_for
from posture_trainer.session.parts.calibration_dialogue import DialoguePart
from posture_trainer.session.parts.neutral import neutral_part
from posture_trainer.session.parts.summary import summary_part
from posture_trainer.session.parts.turns import turns_part
from posture_trainer.session.practice import begin
from posture_trainer.words.directions import target_words
from posture_trainer.words.straightness import baseline_title

_SHOWN_S = {True: 30.0, False: 3.0}


def calibrate(devices: Devices, calibration: Calibration) -> tuple[Path, Baseline] | None:
    """Record and store a baseline; None when stopped. Raises UserError with the reason when it is refused.

    With a camera and a window that is a dialogue; otherwise what is seen first is taken, once and for all.
    """
    devices.controls = replace(devices.controls, hide_face=calibration.settings.hide_face)
    if not begin(devices):
        return None
    if devices.source.live and devices.window.visible:
        saved = DialoguePart(devices, calibration, _last(devices, calibration.folder)).run()
    else:
        saved = _without_dialogue(devices, calibration)
    if saved is not None:
        devices.play("finished")
        _show_result(devices, calibration.patient, saved[1])
    return saved


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
    return store(calibration, taken, calibration.settings), taken


def _show_result(devices: Devices, patient: str, baseline: Baseline) -> None:
    rows = [("Held still within", f"{baseline.spread_deg:.1f}°"), ("Pictures used", str(baseline.frames))]
    if baseline.target is not None:
        rows.append(("Target", target_words(baseline.target)))
    view = SummaryView(
        f"{baseline_title(baseline)} of {patient} saved", tuple(rows), "Practice can begin.", "Press any key to close."
    )
    summary_part(devices, view, _SHOWN_S[devices.source.live])
