"""Recording the neutral baseline in a live session: a countdown, then a few seconds of holding still."""

import math
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime

import numpy as np

from posture_trainer.pages.keys import Key
from posture_trainer.pages.views import BaselineView
from posture_trainer.pose.face import Face
from posture_trainer.pose.neutral.baseline import Baseline
from posture_trainer.pose.neutral.recording import BaselineRules, Refusal, record_baseline
from posture_trainer.pose.patient_face import choose_patient
from posture_trainer.pose.quality import HINTS, Quality, is_upside_down
from posture_trainer.records.session_header import versions
from posture_trainer.session.devices import Devices
from posture_trainer.tracking.seen import TrackedFrame

COUNTDOWN_S, QUICK_S, CALIBRATE_S, FILE_S = 3.0, 3.0, 5.0, 2.5
LEAST_S = 3.0
_REFUSAL_SHOWN_S = 4.0


@dataclass(frozen=True)
class BaselinePlan:
    """How a baseline is recorded. tries: None for as many as it takes."""

    seconds: float
    countdown_s: float
    rules: BaselineRules = BaselineRules()
    tries: int | None = None


def plan_for(live: bool, seconds: float, rules: BaselineRules | None = None, tries: int | None = None) -> BaselinePlan:
    """A countdown for people, none for a file, whose first seconds are the neutral."""
    return BaselinePlan(seconds, COUNTDOWN_S if live else 0.0, rules or BaselineRules(), tries)


@dataclass
class _Recording:
    """One try: what has been seen since it began."""

    seen: list[tuple[float, Face | None]]

    def add(self, tracked: TrackedFrame) -> None:
        face = Quality.DAMAGED if tracked.frame.damaged else choose_patient(tracked.faces)
        self.seen.append((tracked.frame.t_s, None if isinstance(face, Quality) else face))

    @property
    def seconds(self) -> float:
        return self.seen[-1][0] - self.seen[0][0] if self.seen else 0.0


def baseline_part(
    devices: Devices, plan: BaselinePlan, on_frame: Callable[[TrackedFrame], None] | None = None
) -> Baseline | Refusal | None:
    """Record a baseline: gives it, or the last Refusal when tries or source are at an end, or None when stopped.

    on_frame sees every frame that passes, for a session that is being logged meanwhile.
    """
    devices.tracking.fine = False
    message, tries = "", 0
    begins_s = devices.clock() + plan.countdown_s
    recording: _Recording | None = None
    refusal = Refusal("The time was over before a neutral position was recorded.")
    while True:
        tracked = devices.next_frame()
        if tracked is not None and on_frame is not None:
            on_frame(tracked)
        now_s = devices.clock()
        if recording is None and now_s >= begins_s:
            recording, message = _Recording([]), ""
        if recording is not None and tracked is not None:
            recording.add(tracked)
        lost = devices.picture_age_s() > plan.seconds
        if recording is not None and (recording.seconds >= plan.seconds or lost):
            taken = _judge(devices, recording, plan.rules)
            if isinstance(taken, Baseline):
                return taken
            tries, refusal, recording = tries + 1, taken, None
            message, begins_s = taken.reason, now_s + (_REFUSAL_SHOWN_S + plan.countdown_s if plan.countdown_s else 0.0)
            if tries == plan.tries:
                return refusal
            devices.notice(taken.reason)
        if devices.tracking.finished or devices.time_is_up():
            return refusal
        if Key.STOP in devices.show(_view(devices, plan, recording, message, begins_s - now_s)):
            return None


def _judge(devices: Devices, recording: _Recording, rules: BaselineRules) -> Baseline | Refusal:
    if not recording.seen:
        return Refusal("The camera gives no picture. Plug it in again, or close other programs that use it.")
    found = record_baseline(
        recording.seen,
        devices.vfov_deg(),
        created_utc=datetime.now(UTC),
        source=asdict(devices.source.info),
        versions=versions(),
        rules=rules,
    )
    if isinstance(found, Baseline) and is_upside_down(np.array(found.rotation)):
        return Refusal(HINTS[Quality.UPSIDE_DOWN])
    return found


def _view(
    devices: Devices, plan: BaselinePlan, recording: _Recording | None, message: str, wait_s: float
) -> BaselineView:
    # What was refused is told in the middle of the screen; the notice at its edge would say it twice.
    devices.controls = replace(devices.controls, notice="" if message else devices.controls.notice)
    countdown = None if recording is not None or wait_s > plan.countdown_s else max(1, math.ceil(wait_s))
    progress = min(1.0, recording.seconds / plan.seconds) if recording is not None else 0.0
    return BaselineView(devices.live_picture(), countdown, progress, message)
