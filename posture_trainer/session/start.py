"""Puts a practice session together: whose, against which neutral, with which plan, on which devices."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from posture_trainer.errors import CutShort
from posture_trainer.feedback import FeedbackSettings
from posture_trainer.figures.session_summary import Summary
from posture_trainer.pose.target import NEUTRAL
from posture_trainer.records.baseline_files import latest_baseline
from posture_trainer.records.people import DEMO, GUEST, checked_code, data_folder, patient_folder
from posture_trainer.session.open_devices import open_devices
from posture_trainer.session.practice import Practice, practise
from posture_trainer.session.todays_plan import settings_of, todays_plan
from posture_trainer.sources.open_source import open_source


@dataclass(frozen=True)
class Call:
    """What was asked for. command: practice or demo. told: of the camera, by the keys that it is kept under."""

    command: str
    source: str
    data_dir: Path | None
    patient: str | None
    plan: str | None
    seconds: float | None
    no_window: bool
    mute: bool
    told: dict[str, float | bool]


def start(call: Call, say: Callable[[str], None]) -> tuple[Summary, Path] | None:
    """Run the session; gives its summary and the patient's folder, or None when it was stopped before it began.

    Raises UserError; CutShort when the system asked to stop before it began.
    """
    is_demo = call.command == "demo"
    code = checked_code(call.patient) if call.patient is not None else DEMO if is_demo else GUEST
    data = data_folder(call.data_dir)
    folder = patient_folder(data, code)
    known = latest_baseline(folder) if call.patient is not None else None
    own = settings_of(folder, demo=is_demo)
    target = (known[1].target if known else None) or NEUTRAL
    todays = todays_plan(folder, call.plan, own, target)
    session = Practice(
        command=call.command,
        patient=code,
        folder=folder,
        baseline=known[1] if known else None,
        baseline_file=known[0] if known else None,
        keep_baseline=call.patient is not None,
        seconds=call.seconds,
        settings=FeedbackSettings(tolerances=own.all_tolerances(), target=target),
        plan=todays,
    )
    opened = open_source(call.source, repeat=is_demo and todays is not None and not todays.open_ended)
    if todays is not None and call.patient is not None and opened.live and not call.no_window:
        session = replace(session, questions=own)
    with open_devices(opened, data, say, call.told, call.no_window, call.mute, own_clip=is_demo) as devices:
        devices.controls = replace(devices.controls, volume=own.sound.volume, voice=own.sound.spoken)
        devices.cue_tones = own.sound.cues
        summary = practise(devices, session)
    if summary is None and devices.stop_asked():
        raise CutShort("Stopped before the session began.")
    return None if summary is None else (summary, folder)
