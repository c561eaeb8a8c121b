"""Puts a calibration together: whose, for how long, on which devices. The command and the therapist's page run it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from posture_trainer.errors import CutShort, WrongCall
from posture_trainer.plans.patient_file import settings_within_limits
from posture_trainer.pose.neutral.baseline import Baseline
from posture_trainer.pose.neutral.recording import BaselineRules
from posture_trainer.records.clinic.lock import held
from posture_trainer.records.people import checked_code, data_folder, patient_folder
from posture_trainer.session.calibrate import calibrate
from posture_trainer.session.calibration_store import Calibration
from posture_trainer.session.looks import Looks, keep_looks, set_up
from posture_trainer.session.open_devices import Within, open_devices
from posture_trainer.session.parts.baseline import CALIBRATE_S, FILE_S, LEAST_S
from posture_trainer.session.parts.care import numbers_of
from posture_trainer.sources.open_source import open_source
from posture_trainer.tracking.choice import Way

STOPPED = "Stopped. Nothing was changed."


@dataclass(frozen=True)
class CalibrationCall:
    """What was asked for. seconds: to hold, None for the usual. max_spread_deg: restlessness still taken. told: of the
    camera. tracker: of tracking, None for the usual one. within: what is open already."""

    patient: str
    source: str = "0"
    data_dir: Path | None = None
    seconds: float | None = None
    max_spread_deg: float = 2.0
    with_turns: bool = False
    no_window: bool = False
    mute: bool = False
    told: dict[str, float | bool] | None = None
    tracker: str | None = None
    within: Within | None = None


def start_calibration(call: CalibrationCall, say: Callable[[str], None]) -> tuple[Path, Baseline] | None:
    """Run it; gives the stored baseline with its path, or None when stopped. Raises UserError, CutShort."""
    code = checked_code(call.patient)
    data = data_folder(call.data_dir)
    with held(data, code):
        return _calibrate(call, say, data, code)


def _calibrate(
    call: CalibrationCall, say: Callable[[str], None], data: Path, code: str
) -> tuple[Path, Baseline] | None:
    folder = patient_folder(data, code)
    settings, brought = settings_within_limits(folder)
    for words in brought:
        say(f"More is set in patient.toml than is allowed, and only that is used: {words}")
    opened = open_source(call.source)
    if opened.live and call.seconds is not None and call.seconds < LEAST_S:
        opened.close()
        raise WrongCall(f"--seconds must be at least {LEAST_S:g} with a camera.")
    wanted_s = call.seconds or (CALIBRATE_S if opened.live else FILE_S)
    within, told, way = call.within, call.told or {}, Way(call.tracker) if call.tracker else None
    with open_devices(opened, data, say, told, call.no_window, call.mute, way=way, within=within) as devices:
        rules = BaselineRules(longest_spread_deg=call.max_spread_deg)
        devices.numbers = numbers_of(settings)
        looks = Looks(data, code, None)
        if within is not None:
            set_up(devices, settings, looks)
        saved = calibrate(
            devices, Calibration(code, folder, wanted_s, rules, call.with_turns, settings, questions=True)
        )
        if within is not None:
            keep_looks(devices, settings, looks)
    if saved is None and devices.stop_asked():
        raise CutShort(STOPPED)
    return saved
