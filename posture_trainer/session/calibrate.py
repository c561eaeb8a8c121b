"""Recording a patient's neutral baseline, by a therapist or alone."""

from dataclasses import dataclass
from pathlib import Path

from posture_trainer.errors import UserError
from posture_trainer.pose.baseline import Baseline, BaselineRules, Refusal
from posture_trainer.records.baseline_files import save_baseline
from posture_trainer.screen.mirror_view import SummaryView
from posture_trainer.session.baseline_stage import baseline_stage, plan_for
from posture_trainer.session.practice import begin
from posture_trainer.session.stage import Stage
from posture_trainer.session.turns_stage import turns_stage

_TRIES = 3
_SHOWN_S = {True: 30.0, False: 3.0}


@dataclass(frozen=True)
class Calibration:
    """Whose baseline is to be recorded, for how long, how still the head must be, whether with "no" and "yes"."""

    patient: str
    folder: Path
    seconds: float
    rules: BaselineRules
    with_turns: bool = False


def calibrate(stage: Stage, calibration: Calibration) -> tuple[Path, Baseline] | None:
    """Record and store a baseline; None when stopped. Raises UserError with the reason when it is refused."""
    if not begin(stage):
        return None
    live = stage.source.live
    taken = baseline_stage(stage, plan_for(live, calibration.seconds, calibration.rules, tries=_TRIES if live else 1))
    if taken is None:
        return None
    if isinstance(taken, Refusal):
        raise UserError(f"{taken.reason} Nothing was changed.")
    if calibration.with_turns:
        taken = turns_stage(stage, taken)
        if taken is None:
            return None
        if isinstance(taken, Refusal):
            raise UserError(f"{taken.reason} Nothing was changed.")
    path = save_baseline(calibration.folder, taken)
    stage.play("finished")
    _show_result(stage, calibration.patient, taken)
    return path, taken


def _show_result(stage: Stage, patient: str, baseline: Baseline) -> None:
    if not stage.window.visible:
        return
    rows = (("Held still within", f"{baseline.spread_deg:.1f}°"), ("Pictures used", str(baseline.frames)))
    view = SummaryView(f"Neutral position of {patient} saved", rows, "Practice can begin.", "Press any key to close.")
    until_s = stage.clock() + _SHOWN_S[stage.source.live]
    while stage.clock() < until_s and not stage.show(view):
        stage.next_frame()
