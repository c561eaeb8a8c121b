"""Recording the neutral baseline in a live session: a countdown, then a few seconds of holding still."""

import math
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime

from posture_trainer.pages.keys import Key
from posture_trainer.pages.views import BaselineView
from posture_trainer.pose.face import Face
from posture_trainer.pose.neutral.baseline import Baseline, with_shoulders
from posture_trainer.pose.neutral.graded import GradedFrame, Grader, fit_faces, lacking_in
from posture_trainer.pose.neutral.recording import BaselineRules, Refusal, judged, record_baseline
from posture_trainer.pose.neutral.stillness import TryRules, rules_for_try
from posture_trainer.pose.quality import HINTS, Quality
from posture_trainer.pose.trunk.body import Body
from posture_trainer.records.session_header import versions
from posture_trainer.session.camera_gone import camera_gone, wait_for_camera
from posture_trainer.session.devices import Devices
from posture_trainer.session.parts.placement import Placed
from posture_trainer.tracking.seen import TrackedFrame

COUNTDOWN_S, QUICK_S, CALIBRATE_S, FILE_S = 3.0, 3.0, 5.0, 2.5
LEAST_S = 3.0
_REFUSAL_SHOWN_S = 4.0
_MOST_UNSEEN = 3  # recordings in which too little was seen: then more of them won't help
_MOSTLY = 0.5  # of the frames
_NO_PICTURE = "The camera gives no picture. Plug it in again, or close other programs that use it."


@dataclass(frozen=True)
class BaselinePlan:
    """How a baseline is recorded. once: one refusal, and it is given up for now; else a restless head has three tries,
    after which something is taken, and a head that can't be seen as many."""

    seconds: float
    countdown_s: float
    rules: BaselineRules = BaselineRules()
    once: bool = False


def plan_for(live: bool, seconds: float, rules: BaselineRules | None = None, once: bool = False) -> BaselinePlan:
    """A countdown for people, none for a file, whose first seconds are the neutral."""
    return BaselinePlan(seconds, COUNTDOWN_S if live else 0.0, rules or BaselineRules(), once)


@dataclass(frozen=True, eq=False)
class Recorded:
    """A baseline, and the faces that it was made of."""

    baseline: Baseline
    faces: tuple[Face, ...]


Tries = list[Recorded]
"""The recordings of a restless head so far, each refused; kept by the caller where they are more than one call's."""


class _Recording:
    """One try: what has been seen since it began."""

    def __init__(self, grader: Grader) -> None:
        self._grader = grader
        self.seen: list[GradedFrame] = []
        self.bodies: list[Body] = []

    def add(self, tracked: TrackedFrame) -> None:
        self.seen.append(self._grader.grade(tracked.frame.t_s, tracked.faces, tracked.frame.damaged))
        if tracked.body is not None:
            self.bodies.append(tracked.body)

    @property
    def seconds(self) -> float:
        return self.seen[-1].t_s - self.seen[0].t_s if self.seen else 0.0


def baseline_part(
    devices: Devices,
    plan: BaselinePlan,
    placed: Placed | None = None,
    on_frame: Callable[[TrackedFrame], None] | None = None,
    tries: Tries | None = None,
) -> Recorded | Refusal | None:
    """Record a baseline: gives it, or the last Refusal when tries or source are at an end, or None when stopped.

    placed: how the placement before it ended, None where there was none (a file). on_frame sees every frame that
    passes, for a session that is being logged meanwhile. tries: of earlier calls; those of this one are added.
    """
    placed, tries = placed or Placed(), [] if tries is None else tries
    devices.tracking.fine = placed.crowd  # calm landmarks, but for one face only
    first = TryRules(plan.seconds, plan.rules.longest_spread_deg)
    message, unseen = "", 0
    begins_s = devices.clock() + plan.countdown_s
    recording: _Recording | None = None
    refusal = Refusal("The time was over before your straight position was set.")
    while True:
        tracked = devices.next_frame()
        if tracked is not None and on_frame is not None:
            on_frame(tracked)
        now_s, wanted_s = devices.clock(), rules_for_try(len(tries) + 1, first).seconds
        if recording is None and now_s >= begins_s:
            recording, message = _Recording(Grader(devices.vfov_deg(), placed.place)), ""
        if recording is not None and tracked is not None:
            recording.add(tracked)
        lost = devices.picture_age_s() > plan.seconds
        if recording is not None and (recording.seconds >= wanted_s or lost):
            before = len(tries)
            taken = _judge(devices, recording, plan.rules, placed, tries, first)
            if isinstance(taken, Recorded):
                return taken
            unseen, refusal, recording = unseen + (len(tries) == before), taken, None
            message, begins_s = taken.reason, now_s + (_REFUSAL_SHOWN_S + plan.countdown_s if plan.countdown_s else 0.0)
            if plan.once or unseen >= _MOST_UNSEEN:
                return refusal
            devices.notice(taken.reason)
        if devices.tracking.finished or devices.time_is_up():
            return refusal
        if camera_gone(devices):
            ended = wait_for_camera(devices)
            if ended is not None:
                return None if ended == "stopped" else Refusal(_NO_PICTURE)
            recording, message, begins_s = None, "", devices.clock() + plan.countdown_s
        progress = min(1.0, recording.seconds / wanted_s) if recording is not None else None
        if Key.STOP in devices.show(_view(devices, plan, progress, message, begins_s - now_s)):
            return None


def _judge(
    devices: Devices, recording: _Recording, rules: BaselineRules, placed: Placed, tries: Tries, first: TryRules
) -> Recorded | Refusal:
    """What becomes of a recording: it, an earlier one that was stiller, or why it is refused."""
    seen = recording.seen
    if not seen:
        return Refusal(_NO_PICTURE)
    for quality in (Quality.UPSIDE_DOWN, Quality.TWO_FACES):
        if sum(each.quality is quality for each in seen) > _MOSTLY * len(seen):
            return Refusal(HINTS[quality])
    lacking = placed.lacking if devices.source.live else lacking_in(seen)
    faces = fit_faces(seen, lacking)
    found = record_baseline(
        faces,
        devices.vfov_deg(),
        created_utc=datetime.now(UTC),
        source=asdict(devices.source.info),
        versions=versions() | {"tracker": devices.tracking.way or "unknown"},
        rules=rules,
    )
    if isinstance(found, Refusal):
        return found
    found = with_shoulders(found, recording.bodies)
    found = found.model_copy(update={"lacking": tuple(advice.value for advice in lacking)})
    tries.append(Recorded(found, tuple(face for _, face in faces if face is not None)))
    chosen = judged([each.baseline for each in tries], first)
    return chosen if isinstance(chosen, Refusal) else Recorded(chosen[1], tries[chosen[0]].faces)


def _view(devices: Devices, plan: BaselinePlan, progress: float | None, message: str, wait_s: float) -> BaselineView:
    # What was refused is told in the middle of the screen; the notice at its edge would say it twice.
    devices.controls = replace(devices.controls, notice="" if message else devices.controls.notice)
    countdown = None if progress is not None or wait_s > plan.countdown_s else max(1, math.ceil(wait_s))
    return BaselineView(devices.live_picture(), countdown, progress or 0.0, message)
