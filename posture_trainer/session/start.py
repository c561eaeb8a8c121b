"""Puts a practice session together: whose, against which neutral, with which plan, on which devices."""

import math
from collections.abc import Callable
from contextlib import closing, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from posture_trainer.course.doses import Dose, dose_now
from posture_trainer.errors import CutShort
from posture_trainer.feedback import FeedbackSettings
from posture_trainer.figures.session_summary import Summary
from posture_trainer.plans.in_force import in_force
from posture_trainer.plans.limits import within_limits
from posture_trainer.pose.target import NEUTRAL
from posture_trainer.records.baseline_files import latest_baseline
from posture_trainer.records.clinic.lock import held
from posture_trainer.records.past_doses import past_doses
from posture_trainer.records.people import DEMO, GUEST, checked_code, data_folder, patient_folder
from posture_trainer.records.session_log import Follower
from posture_trainer.session.hidden_face import keep_hiding
from posture_trainer.session.kept_to_limits import notes_on_limits
from posture_trainer.session.looks import Looks, keep_looks, set_up
from posture_trainer.session.open_devices import Within, open_devices
from posture_trainer.session.parts.care import numbers_of
from posture_trainer.session.practice import Practice, practise
from posture_trainer.session.todays_plan import OwnPast, now, settings_of, todays_plan
from posture_trainer.sources.open_source import open_source
from posture_trainer.tracking.choice import Way
from posture_trainer.words.ratings import RATED_ALWAYS, RATINGS


@dataclass(frozen=True)
class Call:
    """What was asked for. command: practice or demo. told: of the camera, by the keys that it is kept under.

    tracker: one of `tracking.choice.Way`; None: the usual one. lsl: rows and events go out as streams.
    """

    command: str
    source: str
    data_dir: Path | None
    patient: str | None
    plan: str | None
    seconds: float | None
    no_window: bool
    mute: bool
    told: dict[str, float | bool]
    tracker: str | None = None
    within: Within | None = None
    lsl: bool = False


def start(call: Call, say: Callable[[str], None]) -> tuple[Summary, Path] | None:
    """Run the session; gives its summary and the patient's folder, or None when it was stopped before it began.

    Raises UserError; CutShort when the system asked to stop before it began.
    """
    is_demo = call.command == "demo"
    code = checked_code(call.patient) if call.patient is not None else DEMO if is_demo else GUEST
    data = data_folder(call.data_dir)
    with held(data, code) if call.patient is not None else nullcontext():
        if not call.lsl:
            return _start(call, say, data, code)
        from posture_trainer.exchange.lab_streams import LabStreams

        with closing(LabStreams()) as streams:
            return _start(call, say, data, code, streams)


def _start(
    call: Call, say: Callable[[str], None], data: Path, code: str, follower: Follower | None = None
) -> tuple[Summary, Path] | None:
    is_demo = call.command == "demo"
    folder = patient_folder(data, code)
    known = latest_baseline(folder) if call.patient is not None else None
    own = settings_of(folder, demo=is_demo)
    target = within_limits((known[1].target if known else None) or NEUTRAL)
    past = None if is_demo or call.patient is None else OwnPast(known[0].name if known else "")
    dose = Dose(math.inf) if is_demo else dose_now(past_doses(folder, now()), in_force(own), now(), past is None)
    todays = todays_plan(folder, call.plan, own, target, dose.longest_s or math.inf, past)
    session = Practice(
        command=call.command,
        patient=code,
        folder=folder,
        baseline=known[1] if known else None,
        baseline_file=known[0] if known else None,
        keep_baseline=call.patient is not None,
        seconds=call.seconds,
        settings=FeedbackSettings(
            tolerances=own.all_tolerances(),
            target=target,
            trunk=own.trunk.limits(todays is not None and todays.meant.plan.trunk_signs),
        ),
        plan=todays,
        beyond_limits=notes_on_limits(folder, todays.meant.told if todays else ()),
        follower=follower,
    )
    opened = open_source(call.source, repeat=is_demo and todays is not None and not todays.open_ended)
    if opened.live:  # somebody sits there; of who is no patient with a code, only what matters today is asked
        rated = tuple(RATINGS) if todays is not None and call.patient is not None else RATED_ALWAYS
        session = replace(session, questions=own, known=call.patient is not None, rated=rated, dose=dose)
        if todays is None:
            session = replace(session, seconds=min(call.seconds or math.inf, dose.longest_s))
    way, within = Way(call.tracker) if call.tracker else None, call.within
    with open_devices(opened, data, say, call.told, call.no_window, call.mute, is_demo, way, within) as devices:
        looks = Looks(data, code, folder if call.patient is not None else None)
        set_up(devices, own, looks)
        devices.numbers = numbers_of(own)
        if call.patient is not None:
            devices.keep_hiding = lambda: keep_hiding(devices, folder)
        try:
            summary = practise(devices, session)
        finally:
            if devices.hiding_changed:  # what was kept since then may have been of before
                devices.keep_hiding()
            keep_looks(devices, own, looks)
    if summary is None and devices.stop_asked():
        raise CutShort("Stopped before the session began.")
    return None if summary is None else (summary, folder)
